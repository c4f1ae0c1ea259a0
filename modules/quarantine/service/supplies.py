"""The ledger of supplies: what comes in, what is given out, what was counted."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import Refusal, refuse
from admin_suite.core.i18n import _
from admin_suite.db.work import Work, use_case
from admin_suite.registry.names import fold, tidy
from modules.quarantine.codes import Flow
from modules.quarantine.models import Facility, Item, Supply
from modules.quarantine.permissions import KEEP


class NewItem(NamedTuple):
    """A supply to keep a ledger of; ``least`` is the stock below which home says so."""

    name: str
    unit: str
    least: int = 0


class Passing(NamedTuple):
    """How much of a supply came in or was given out, or how much was counted."""

    item_id: int
    kind: Flow
    quantity: int
    note: str = ""


@use_case(KEEP)
def keep_items(work: Work, facility_id: int, items: Sequence[NewItem]) -> list[int]:
    """Begin to keep supplies; a known one takes the new unit and least stock."""
    work.session.get_one(Facility, facility_id, with_for_update=True)
    refuse(
        [
            Refusal(at, name, words)
            for at, one in enumerate(items)
            for name, wrong, words in (
                ("name", not one.name.strip(), _("The name of the supply is missing.")),
                ("unit", not one.unit.strip(), _("Say what the supply is counted in.")),
                ("least", one.least < 0, _("The least stock is none at least.")),
            )
            if wrong
        ]
    )
    query = select(Item).where(Item.facility_id == facility_id)
    known = {row.folded: row for row in work.session.scalars(query)}
    ids = []
    for one in items:
        row = known.get(fold(one.name))
        if row is None:
            row = Item(facility_id=facility_id, name=tidy(one.name), folded=fold(one.name))
            known[row.folded] = row
            work.session.add(row)
        row.unit, row.least = tidy(one.unit), one.least
        work.session.flush()
        ids.append(row.id)
    return ids


@use_case(KEEP)
def pass_supplies(work: Work, passings: Sequence[Passing]) -> int:
    """Write what came in, was given out or was counted; never more goes out than there is.

    Counting writes the difference to what the ledger says, nothing where there is none.
    """
    left, serial, items = _stocks(work, [one.item_id for one in passings])
    wrong: list[Refusal] = []
    lines: list[tuple[Passing, int, int]] = []
    for at, one in enumerate(passings):
        moved = one.quantity - left[one.item_id] if one.kind is Flow.COUNTED else one.quantity
        moved = -one.quantity if one.kind is Flow.OUT else moved
        said = _wrong(one, left[one.item_id] + moved, left[one.item_id], items[one.item_id])
        if said:
            wrong.append(Refusal(at, "quantity", said))
        elif moved:
            left[one.item_id] += moved
            lines.append((one, moved, left[one.item_id]))
    refuse(wrong)
    for one, moved, rest in lines:
        serial[one.item_id] += 1
        work.session.add(
            Supply(
                item_id=one.item_id,
                serial=serial[one.item_id],
                kind=one.kind,
                quantity=moved,
                left_over=rest,
                at=work.now(),
                note=one.note.strip(),
                by=work.actor.id,
            )
        )
    work.session.flush()
    return len(lines)


def _wrong(one: Passing, after: int, before: int, item: Item) -> str:
    """Why a line cannot be written; empty where it can."""
    if one.quantity < 0 or (one.quantity == 0 and one.kind is not Flow.COUNTED):
        return _("Say how much, as a whole number.")
    if one.kind is Flow.COUNTED and not one.note.strip() and after != before:
        return _("Say who counted, or why the ledger was wrong.")
    if after < 0:
        said = _("There are {left} {unit} of {name}; {n} cannot be given out.")
        return said.format(left=before, unit=item.unit, name=item.name, n=one.quantity)
    return ""


def _stocks(
    work: Work, ids: Sequence[int]
) -> tuple[dict[int, int], dict[int, int], dict[int, Item]]:
    """What is left of these supplies and their last lines; nobody else writes them meanwhile."""
    left, serial, items = {}, {}, {}
    for key in sorted(set(ids)):
        items[key] = work.session.get_one(Item, key, with_for_update=True)
        last = select(Supply.left_over, Supply.serial).where(Supply.item_id == key)
        found = work.session.execute(last.order_by(Supply.serial.desc()).limit(1)).one_or_none()
        left[key], serial[key] = (found[0], found[1]) if found is not None else (0, 0)
    return left, serial, items
