"""Receiving vaccine, opening vials, closing them, recalling a lot. All in whole doses."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from admin_suite.core.clock import here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work, use_case
from modules.vaccination import formats
from modules.vaccination.checks import stock as checks
from modules.vaccination.codes import Move
from modules.vaccination.models import Lot, Session, StockMove, Vial
from modules.vaccination.permissions import STOCK, VACCINATE
from modules.vaccination.queries.regimen import products

OUT = {Move.RETURN, Move.TRANSFER, Move.EXPIRE, Move.BREAK, Move.COLD_CHAIN}
HOURS = 6  # of an opened vial where no rule says it (WHO's policy on vials of several doses)


class NewReceipt(NamedTuple):
    """Vaccine that came: its lot and how many doses; ``doses_per_vial`` 0: as the product has."""

    product: str
    lot: str
    doses: int
    expires_on: date | None = None
    doses_per_vial: int = 0
    supplier: str = ""


class VialEnd(NamedTuple):
    """The end of a vial; ``wasted`` None: all that was not given."""

    vial_id: int
    wasted: int | None = None
    reason: str = ""


@use_case(STOCK)
def receive_stock(work: Work, receipts: Sequence[NewReceipt]) -> list[int]:
    """Take vaccine in; a lot that is there gets more doses. Returns the lots."""
    known = products(work)
    for one in receipts:
        if one.product not in known:
            said = _("There is no vaccine “{cell}”. Known: {names}.")
            raise UserError(said.format(cell=one.product, names=", ".join(known)))
        if one.doses <= 0 or not formats.lot_number(one.lot):
            raise UserError(_("A receipt needs the number of the lot and at least one dose."))
        if not (one.doses_per_vial or known[one.product].vial):
            said = _(
                "How many doses a vial of {product} holds is not known; say it beside the lot."
            )
            raise UserError(said.format(product=one.product))
        checks.same_label(work, one.product, formats.lot_number(one.lot), one)
    lots = []
    for one in receipts:
        lot = _lot(work, one, known[one.product].vial)
        _write(work, lot, one.doses, Move.RECEIVE, one.supplier)
        lots.append(lot.id)
    return lots


def _lot(work: Work, one: NewReceipt, per_vial: int) -> Lot:
    number = formats.lot_number(one.lot)
    query = select(Lot).where(Lot.product == one.product, Lot.lot == number)
    lot = work.session.scalars(query.with_for_update()).first()
    if lot is None:
        lot = Lot(product=one.product, lot=number, expires_on=one.expires_on)
        lot.doses_per_vial, lot.supplier = one.doses_per_vial or per_vial, one.supplier
        work.session.add(lot)
        work.session.flush()
    elif one.expires_on is not None and lot.expires_on is None:
        lot.expires_on = one.expires_on
    return lot


@use_case(STOCK)
def correct_expiry(work: Work, lot_id: int, expires_on: date) -> None:
    """Put right until when a lot is good; it was read wrongly off its label."""
    checks.held_lot(work, lot_id).expires_on = expires_on


@use_case(STOCK)
def move_stock(work: Work, lot_id: int, kind: Move, doses: int, reason: str = "") -> int:
    """Write a line of the ledger: what leaves is counted down. Returns the balance."""
    lot = checks.held_lot(work, lot_id)
    if kind is Move.OPEN:
        raise UserError(_("A vial is opened at its session, which takes it from the stock."))
    if kind is Move.ADJUST and not reason.strip():
        raise UserError(_("Say why the stock is corrected."))
    if not doses:
        raise UserError(_("Say how many doses, as a whole number that is not nought."))
    signed = -abs(doses) if kind in OUT else doses
    there = checks.balance(work, lot_id)
    if there + signed < 0:
        said = _("Of lot {lot} only {n} doses are in stock.")
        raise UserError(said.format(lot=lot.lot, n=there))
    return _write(work, lot, signed, kind, reason.strip()).after


@use_case(STOCK)
def take_back_booking(work: Work, lot_id: int, after: int) -> int:
    """Take the last line of a lot back by its opposite of the same kind. Returns the balance.

    ``after`` is what it left. Only on its own day, so that the report of the day counts neither.
    """
    lot, last = checks.held_lot(work, lot_id), checks.last_move(work, lot_id)
    same = last is not None and last.after == after and last.kind in {*OUT, Move.ADJUST}
    if last is None or not same or here(last.at).date() != work.today():
        raise UserError(_("Another line of this lot was written since; correct it by a new one."))
    return _write(work, lot, -last.doses, last.kind, _("Taken back")).after


def _write(work: Work, lot: Lot, doses: int, kind: Move, reason: str) -> StockMove:
    last = checks.last_move(work, lot.id)
    before = last.after if last else 0
    move = StockMove(lot_id=lot.id, nth=last.nth + 1 if last else 1, before=before)
    move.previous = last.nth if last else None
    move.doses, move.after, move.kind = doses, before + doses, kind
    move.reason, move.at, move.by = reason, work.now(), work.actor.id
    work.session.add(move)
    work.session.flush()
    return move


@use_case(STOCK)
def recall(work: Work, lot_id: int, reason: str) -> None:
    """Recall a lot: from now on nothing of it is opened or drawn."""
    lot = checks.held_lot(work, lot_id)
    if not reason.strip():
        raise UserError(_("Say why the lot is recalled."))
    if lot.recalled_at is None:
        lot.recalled_at, lot.recalled_by = work.now(), work.actor.id
        lot.recall_reason = reason.strip()


@use_case(STOCK)
def lift_recall(work: Work, lot_id: int) -> None:
    """Take a recall back."""
    lot = checks.held_lot(work, lot_id)
    lot.recalled_at, lot.recalled_by, lot.recall_reason = None, None, ""


@use_case(VACCINATE)
def open_vial(work: Work, session_id: int, lot_id: int | None = None) -> int:
    """Open a vial of the day's lot, or of another one; returns it.

    Refuses a lot that is recalled, out of date or used up, before anything is drawn.
    """
    session = checks.open_session(work, session_id)
    chosen = lot_id or _usual_lot(work, session)
    lot = checks.held_lot(work, chosen)
    checks.openable(work, lot, work.today())
    session.lot_id = lot.id
    move = _write(work, lot, -lot.doses_per_vial, Move.OPEN, session.place)
    product = products(work).get(lot.product)
    hours = (product.hours if product else 0) or HOURS
    number = select(func.coalesce(func.max(Vial.number), 0)).where(Vial.session_id == session_id)
    vial = Vial(lot_id=lot.id, session_id=session_id, move_id=move.id, doses=lot.doses_per_vial)
    vial.number = (work.session.scalar(number) or 0) + 1
    vial.opened_at, vial.opened_by = work.now(), work.actor.id
    vial.discard_at = work.now() + timedelta(hours=hours)
    work.session.add(vial)
    work.session.flush()
    return vial.id


def _usual_lot(work: Work, session: Session) -> int:
    """The lot that a session draws from while a vial of it is left, then that of the day."""
    lot = work.session.get(Lot, session.lot_id) if session.lot_id else None
    if lot is not None and checks.balance(work, lot.id) >= lot.doses_per_vial:
        return lot.id
    return _day_lot(work, session.product)


def _day_lot(work: Work, product: str) -> int:
    """The lot of a product that expires first and has a vial left."""
    query = select(Lot).where(Lot.product == product, Lot.recalled_at.is_(None))
    far = date.max
    for lot in sorted(work.session.scalars(query), key=lambda one: (one.expires_on or far, one.id)):
        good = lot.expires_on is None or lot.expires_on >= work.today()
        if good and checks.balance(work, lot.id) >= lot.doses_per_vial:
            return lot.id
    said = _("No usable lot of {product} is in stock. Receive one first.")
    raise UserError(said.format(product=product))


@use_case(VACCINATE)
def note_extra(work: Work, vial_id: int) -> int:
    """Note that one dose more than on the label could be drawn; returns the doses of the vial."""
    facts = checks.vial_facts(work, vial_id, hold=True)
    most = facts.lot.doses_per_vial + checks.most_extra(work, facts.lot.product)
    if facts.vial.closed_at is not None or facts.vial.doses >= most:
        said = _("At most {n} doses are drawn from a vial of {product}.")
        raise UserError(said.format(n=most, product=facts.lot.product))
    facts.vial.doses += 1
    return facts.vial.doses


@use_case(VACCINATE)
def drop_extra(work: Work, vial_id: int) -> int:
    """Take back that one dose more could be drawn; returns the doses of the vial."""
    facts = checks.vial_facts(work, vial_id, hold=True)
    least = max(facts.given, facts.lot.doses_per_vial)
    if facts.vial.closed_at is not None or facts.vial.doses <= least:
        said = _("Vial {number} has no extra dose that could be taken back.")
        raise UserError(said.format(number=facts.vial.number))
    facts.vial.doses -= 1
    return facts.vial.doses


@use_case(VACCINATE)
def close_vials(work: Work, ends: Sequence[VialEnd]) -> int:
    """Close vials: what was not given was thrown away. Returns the doses thrown away."""
    wasted = 0
    for end in ends:
        facts = checks.vial_facts(work, end.vial_id, hold=True)
        if facts.vial.closed_at is not None:
            said = _("Vial {number} is closed already.")
            raise UserError(said.format(number=facts.vial.number))
        left = max(0, facts.vial.doses - facts.given)  # more may have been drawn than was known
        count = left if end.wasted is None else end.wasted
        if not 0 <= count <= left:
            said = _("From vial {number} {n} doses were given; at most {m} can be thrown away.")
            told = {"number": facts.vial.number, "n": facts.given, "m": left}
            raise UserError(said.format(**told))
        vial = facts.vial
        vial.closed_at, vial.closed_by = work.now(), work.actor.id
        vial.wasted, vial.waste_reason = count, end.reason.strip()
        wasted += count
    return wasted


@use_case(VACCINATE)
def reopen_vials(work: Work, vials: Sequence[int]) -> None:
    """Take the closing of vials back."""
    for vial_id in vials:
        vial = checks.vial_facts(work, vial_id, hold=True).vial
        vial.closed_at, vial.closed_by, vial.wasted, vial.waste_reason = None, None, None, ""
