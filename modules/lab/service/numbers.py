"""Numbers of tubes: reserved in blocks, dealt out in order, given back or explained.

Whoever takes or reserves numbers locks the counter of the year first, so no two get the same one.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, or_, select, text

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry.models import Unit
from admin_suite.registry.queries import own_unit
from admin_suite.registry.service import unit_id
from modules.lab import checks, queries
from modules.lab.codes import BlockKind, LabelState
from modules.lab.models import Block, DayStart, Label, Numbering
from modules.lab.permissions import REGISTER

LABEL = ("accession", "block_id", "state", "copies", "printed_at", "printed_by")
BEGIN = text(
    "INSERT INTO lab_numbering (year, site, next) VALUES (:year, :site, 1) "
    "ON CONFLICT (year, site) DO NOTHING"
)
MOST = 10_000  # a batch that no printer prints in a day


class NewBlock(NamedTuple):
    """Numbers to reserve. ``holder`` is who has them, ``sender`` whose tubes get them of itself."""

    size: int
    kind: BlockKind = BlockKind.STATION
    holder: str = ""
    sender: str = ""
    day: date | None = None


@use_case(REGISTER)
def reserve(work: Work, wanted: NewBlock) -> int:
    """Reserve numbers for a station, a site without network or a batch of labels.

    The labels of a batch stand in the ledger from now on, whether the printer worked or not: they
    are printed again with the same numbers. Returns the number of the block.
    """
    holder = (wanted.holder or wanted.sender).strip()
    if not 0 < wanted.size <= MOST:
        raise UserError(_("Between 1 and {most} numbers are reserved at once.").format(most=MOST))
    if not holder:
        raise UserError(_("Say for whom the numbers are reserved."))
    today = work.today()
    counter = _counter(work, today)
    first, counter.next = counter.next, counter.next + wanted.size
    in_order = wanted.kind is BlockKind.STATION
    made = Block(
        year=counter.year,
        site=counter.site,
        kind=wanted.kind,
        first=first,
        size=wanted.size,
        next=first if in_order else first + wanted.size,
        holder=holder,
        unit_id=unit_id(work, wanted.sender) if wanted.sender else None,
        day=wanted.day or today,
        reserved_by=work.actor.id,
        reserved_at=work.now(),
    )
    work.session.add(made)
    work.session.flush()
    if wanted.kind is BlockKind.LABELS:
        rule, serials = queries.lettering(work), range(first, first + wanted.size)
        numbers = [queries.numbered(rule, made.year, made.site, serial) for serial in serials]
        _into_ledger(work, numbers, made.id)
    return made.id


@use_case(REGISTER)
def give_back(work: Work, block_id: int, reason: str = "") -> int:
    """Close a block and return how many of its numbers are left.

    The rest of a station is dealt out to others; the labels of a batch must be used, void or
    missing by now; what a site without network has not used needs a reason.
    """
    block = work.session.get(Block, block_id, with_for_update=True)
    left = checks.numbers_left(work, block, reason)
    assert block is not None  # noqa: S101 - refused by the check
    block.closed_at, block.closed_by = work.now(), work.actor.id
    block.reason = reason.strip()
    return left


@use_case(REGISTER)
def note_printed(work: Work, numbers: Sequence[str]) -> int:
    """Note in the ledger that the labels of these numbers were printed, once more or first.

    No new number comes of it. Returns how many were printed for the first time.
    """
    refuse(checks.unprintable(work, numbers))
    known = bulk.existing(work, Label, "accession", list(numbers))
    times: dict[int, list[int]] = {}
    for part in bulk.chunks(list(known.values())):
        for key, copies in work.session.execute(
            select(Label.id, Label.copies).where(Label.id.in_(part))
        ):
            times.setdefault(copies, []).append(key)
    for copies, keys in times.items():
        bulk.update_rows(work, Label, keys, {"copies": copies + 1})
    new = [number for number in dict.fromkeys(numbers) if number not in known]
    _into_ledger(work, new, None)
    return len(new)


@use_case(REGISTER)
def settle_labels(work: Work, numbers: Sequence[str], state: LabelState, reason: str) -> int:
    """Say of labels that no tube has that they are void or missing, and why. Returns how many."""
    refuse(checks.unsettleable(work, numbers, state, reason))
    found = bulk.existing(work, Label, "accession", list(numbers))
    values = {
        "state": state,
        "reason": reason.strip(),
        "settled_at": work.now(),
        "settled_by": work.actor.id,
    }
    bulk.update_rows(work, Label, list(found.values()), values)
    return len(found)


@use_case(REGISTER)
def unsettle_labels(work: Work, numbers: Sequence[str]) -> int:
    """Take labels up again that were called void or missing. Returns how many."""
    found = bulk.existing(work, Label, "accession", list(numbers))
    values = {"state": LabelState.PRINTED, "reason": "", "settled_at": None, "settled_by": None}
    bulk.update_rows(work, Label, list(found.values()), values)
    return len(found)


def take_numbers(work: Work, count: int, sender: int) -> list[str]:
    """The next numbers: of the sender's block of today, of what was given back, of the year."""
    if not count:
        return []
    today = work.today()
    counter, rule = _counter(work, today), queries.lettering(work)
    asked = {"site": counter.site, "year": counter.year, "sender": sender, "day": today}
    numbers: list[str] = []
    for block in work.session.scalars(_blocks_left(), asked):
        taken = min(count - len(numbers), block.first + block.size - block.next)
        serials = range(block.next, block.next + taken)
        numbers += [queries.numbered(rule, block.year, block.site, one) for one in serials]
        block.next += taken
    first, rest = counter.next, count - len(numbers)
    counter.next += rest
    work.session.flush()
    serials = range(first, first + rest)
    return numbers + [queries.numbered(rule, counter.year, counter.site, one) for one in serials]


def next_serial(work: Work) -> tuple[int, int]:
    """The year and the serial that is dealt out next; nobody else deals one meanwhile."""
    counter = _counter(work, work.today())
    return counter.year, counter.next


def _counter(work: Work, today: date) -> Numbering:
    """The counter of a year at this site; locked until the unit of work ends.

    The first who asks on a day begins the short numbers of the day.
    """
    counter = work.session.scalars(_counting(), {"year": today.year}).one_or_none()
    if counter is None:
        begun = {"year": today.year, "site": own_unit(work).site}
        work.session.execute(BEGIN, begun)
        counter = work.session.scalars(_counting(), {"year": today.year}).one()
    asked = {"site": counter.site, "day": today}
    if work.session.scalar(_day_begun(), asked) is None:
        started = DayStart(year=counter.year, site=counter.site, day=today, first=counter.next)
        work.session.add(started)
    return counter


@cache
def _counting() -> Select[Numbering]:
    query = select(Numbering).join(Unit, (Unit.own == 1) & (Unit.site == Numbering.site))
    locked = query.where(Numbering.year == bindparam("year")).with_for_update(of=Numbering)
    return locked.execution_options(populate_existing=True)


@cache
def _day_begun() -> Select[int]:
    asked = (DayStart.site == bindparam("site"), DayStart.day == bindparam("day"))
    return select(DayStart.id).where(*asked)


@cache
def _blocks_left() -> Select[Block]:
    """The sender's block of the day, then what others gave back."""
    mine = (Block.unit_id == bindparam("sender")) & (Block.day == bindparam("day"))
    return (
        select(Block)
        .where(
            Block.site == bindparam("site"),
            Block.year == bindparam("year"),
            Block.next < Block.first + Block.size,
            or_(mine & Block.closed_at.is_(None), Block.closed_at.is_not(None)),
        )
        .order_by(Block.closed_at.is_not(None), Block.first)
    )


def _into_ledger(work: Work, numbers: Sequence[str], block: int | None) -> None:
    now = work.now()
    times = 0 if block else 1
    rows = [(number, block, LabelState.PRINTED, times, now, work.actor.id) for number in numbers]
    bulk.insert_rows(work, Label, LABEL, rows)
