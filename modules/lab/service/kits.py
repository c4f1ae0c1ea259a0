"""The ledger of test kits: what comes in, what is thrown away, what was counted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry.names import fold, tidy
from modules.lab.codes import Method, Movement
from modules.lab.models import Kit, KitLot, KitMovement
from modules.lab.permissions import KITS
from modules.lab.queries.kits import Named, lot, lots_named

MOVEMENT = ("lot_id", "kind", "quantity", "at", "by", "reason")


class NewLot(NamedTuple):
    """Tests of one lot that have come in; an empty expiry is not known."""

    kit: str
    lot: str
    quantity: int
    expires_on: date | None = None
    maker: str = ""
    method: Method = Method.ANTIGEN


@use_case(KITS)
def receive_kits(work: Work, lots: Sequence[NewLot]) -> list[int]:
    """Enter lots that have come in; more of a lot that is known is added to it."""
    said = (
        (_("The name of the kit is missing."), "kit", lambda one: not one.kit.strip()),
        (_("The number of the lot is missing."), "lot", lambda one: not one.lot.strip()),
        (_("Say how many tests have come in."), "quantity", lambda one: one.quantity <= 0),
    )
    refuse(
        [
            Refusal(at, name, words)
            for at, one in enumerate(lots)
            for words, name, wrong in said
            if wrong(one)
        ]
    )
    ids = lots_of(work, [(one.kit, one.lot) for one in lots])
    for one in lots:
        row = work.session.get_one(KitLot, ids[one.kit, one.lot])
        row.expires_on = one.expires_on or row.expires_on
        kit = work.session.get_one(Kit, row.kit_id)
        kit.maker, kit.method = tidy(one.maker) or kit.maker, one.method
    keys = [ids[one.kit, one.lot] for one in lots]
    counted = zip(keys, (one.quantity for one in lots), strict=True)
    write_ledger(work, [(key, Movement.RECEIVED, n, "") for key, n in counted])
    return keys


@use_case(KITS)
def discard_kits(work: Work, lot_id: int, quantity: int, reason: str) -> None:
    """Take tests of a lot out of the ledger that were thrown away, with the reason."""
    if quantity <= 0:
        raise UserError(_("Say how many tests were thrown away."))
    if not reason.strip():
        raise UserError(_("Say why they were thrown away."))
    write_ledger(work, [(lot_id, Movement.DISCARDED, -quantity, reason.strip())])


@use_case(KITS)
def count_kits(work: Work, lot_id: int, left: int, reason: str) -> int:
    """Say how many tests of a lot are really left; the difference is written. Returns it."""
    known = _lot(work, lot_id)
    if left < 0:
        raise UserError(_("Nobody counts fewer than none."))
    if not reason.strip():
        raise UserError(_("Say who counted, or why the ledger was wrong."))
    difference = left - known
    if difference:
        write_ledger(work, [(lot_id, Movement.COUNTED, difference, reason.strip())])
    return difference


@use_case(KITS)
def lots_of(work: Work, kits: Collection[Named]) -> Mapping[Named, int]:
    """The lots of these names; one that is not known is entered, for a test needs its lot."""
    wanted = [(tidy(kit), number.strip()) for kit, number in kits]
    known = {named: row.id for named, row in lots_named(work, wanted).items()}
    for kit, number in wanted:
        if (kit, number) not in known:
            row = KitLot(kit_id=_kit(work, kit), lot=number, expires_on=None)
            work.session.add(row)
            work.session.flush()
            same = [named for named in wanted if named[1] == number and fold(named[0]) == fold(kit)]
            known |= dict.fromkeys(same, row.id)
    return {named: known[one] for named, one in zip(kits, wanted, strict=True)}


@use_case(KITS)
def write_ledger(work: Work, lines: Sequence[tuple[int, Movement, int, str]]) -> None:
    """Write lines of the ledger: lot, why, how many with their sign, the reason."""
    rows = [(key, kind, n, work.now(), work.actor.id, why) for key, kind, n, why in lines if n]
    bulk.insert_rows(work, KitMovement, MOVEMENT, rows)


def _kit(work: Work, name: str) -> int:
    found = work.session.scalar(select(Kit.id).where(Kit.folded == fold(name)))
    if found is not None:
        return found
    kit = Kit(name=name, folded=fold(name), maker="", method=Method.ANTIGEN)
    work.session.add(kit)
    work.session.flush()
    return kit.id


def _lot(work: Work, lot_id: int) -> int:
    """What the ledger says is left of a lot, which nobody else counts meanwhile."""
    bulk.hold(work, KitLot, [lot_id])
    row = lot(work, lot_id)
    if row is None:
        raise UserError(_("There is no such lot."))
    return row.balance
