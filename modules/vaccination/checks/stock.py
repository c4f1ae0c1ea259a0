"""What is asked before stock is moved, a vial opened, drawn from or closed."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from sqlalchemy import func, select

from admin_suite.core.clock import day_shown, moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.vaccination.codes import SessionState
from modules.vaccination.models import Dose, Lot, Session, StockMove, Vial
from modules.vaccination.queries.regimen import products
from modules.vaccination.rules.vials import VialState, unusable


class VialFacts(NamedTuple):
    """A vial with its lot, and how much of it was given."""

    vial: Vial
    lot: Lot
    given: int

    def state(self) -> VialState:
        """What the rules ask of it."""
        return VialState(
            self.lot.expires_on,
            self.vial.discard_at,
            self.lot.recalled_at is not None,
            self.vial.closed_at is not None,
            self.vial.doses,
            self.given,
        )


def held_lot(work: Work, lot_id: int) -> Lot:
    """The lot, kept from colleagues until the unit of work ends."""
    return bulk.held(work, Lot, lot_id, _("There is no such lot."))


class Label(Protocol):
    """What the label of a lot says."""

    @property
    def expires_on(self) -> date | None: ...  # noqa: D102
    @property
    def doses_per_vial(self) -> int: ...  # noqa: D102


def same_label(work: Work, product: str, number: str, label: Label) -> None:
    """Refuse more doses of a lot whose label is said to be another than that of the first ones."""
    query = select(Lot).where(Lot.product == product, Lot.lot == number)
    lot = work.session.scalars(query).first()
    if lot is None:
        return
    if label.expires_on and lot.expires_on and label.expires_on != lot.expires_on:
        said = _(
            "Lot {lot} is in stock as good until {day}. Look at the label; "
            "if that day is wrong, correct it on the card of the lot first."
        )
        raise UserError(said.format(lot=lot.lot, day=day_shown(lot.expires_on)))
    if label.doses_per_vial and label.doses_per_vial != lot.doses_per_vial:
        said = _("Lot {lot} is in stock with {n} doses in a vial; look at the label.")
        raise UserError(said.format(lot=lot.lot, n=lot.doses_per_vial))


def last_move(work: Work, lot_id: int) -> StockMove | None:
    """The last line of the ledger of a lot."""
    query = select(StockMove).where(StockMove.lot_id == lot_id)
    return work.session.scalars(query.order_by(StockMove.nth.desc()).limit(1)).first()


def balance(work: Work, lot_id: int) -> int:
    """The doses of a lot in stock, unopened: the sum of its ledger."""
    query = select(func.coalesce(func.sum(StockMove.doses), 0)).where(StockMove.lot_id == lot_id)
    return int(work.session.scalar(query) or 0)


def openable(work: Work, lot: Lot, day: date) -> None:
    """Refuse to open a vial of a lot that is recalled, out of date or used up."""
    if lot.recalled_at is not None:
        said = _("Lot {lot} was recalled at {time}: {reason}. Put it aside and take another lot.")
        time = moment_shown(lot.recalled_at)
        raise UserError(said.format(lot=lot.lot, time=time, reason=lot.recall_reason))
    if lot.expires_on is not None and lot.expires_on < day:
        said = _("Lot {lot} expired on {day}. Take another lot.")
        raise UserError(said.format(lot=lot.lot, day=day_shown(lot.expires_on)))
    there = balance(work, lot.id)
    if there < lot.doses_per_vial:
        said = _("Of lot {lot} {n} doses are in stock; a vial holds {m}. Receive more first.")
        raise UserError(said.format(lot=lot.lot, n=there, m=lot.doses_per_vial))


def vial_facts(work: Work, vial_id: int, *, hold: bool = False) -> VialFacts:
    """A vial with what was given from it."""
    vial = work.session.get(Vial, vial_id, with_for_update=hold, populate_existing=hold)
    if vial is None:
        raise UserError(_("There is no such vial."))
    query = select(func.count(Dose.id)).where(Dose.vial_id == vial_id)
    lot = work.session.get_one(Lot, vial.lot_id)
    return VialFacts(vial, lot, work.session.scalar(query) or 0)


def drawable(work: Work, facts: VialFacts) -> None:
    """Refuse before the needle what must not be given; the sentence says what to do."""
    word = unusable(facts.state(), work.now(), work.today())
    if not word:
        return
    vial, lot = facts.vial, facts.lot
    said = {
        "recalled": _("Lot {lot} was recalled. Put vial {number} aside and open another."),
        "expired": _("Lot {lot} is out of date. Put vial {number} aside and open another."),
        "closed": _("Vial {number} was closed at {time}. Open another one."),
        "over": _("Vial {number} had to be thrown away at {time}. Close it and open another."),
        "empty": _("Vial {number} is used up. Open the next one, or note an extra dose."),
    }[word]
    moment = vial.closed_at if word == "closed" and vial.closed_at else vial.discard_at
    told = said.format(lot=lot.lot, number=vial.number, time=moment_shown(moment))
    raise UserError(told)


def next_draw(work: Work, vial_id: int) -> int:
    """Which dose of a vial comes next."""
    query = select(func.max(Dose.draw)).where(Dose.vial_id == vial_id)
    return (work.session.scalar(query) or 0) + 1


def most_extra(work: Work, product: str) -> int:
    """How many doses beyond the label may be drawn from a vial."""
    found = products(work).get(product)
    return found.extra if found else 0


def open_session(work: Work, session_id: int) -> Session:
    """A session that is not closed."""
    found = work.session.get(Session, session_id)
    if found is None:
        raise UserError(_("There is no such session."))
    if found.state is SessionState.CANCELLED:
        raise UserError(_("This session was cancelled; plan it again first."))
    if found.state is SessionState.CLOSED:
        raise UserError(_("This session is closed; open it again first."))
    return found


def open_vials(work: Work, session_id: int) -> Sequence[Vial]:
    """The vials of a session that are not closed, the oldest first."""
    query = select(Vial).where(Vial.session_id == session_id, Vial.closed_at.is_(None))
    return work.session.scalars(query.order_by(Vial.number)).all()
