"""The numbers of a year: who has them reserved, which are used, and why others are not."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Select, Table, func, select

from admin_suite.core.clock import day_shown, here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.queries import own_unit
from modules.lab.codes import BlockKind, Gap, LabelState
from modules.lab.models import Block, Label, Numbering, Tube
from modules.lab.queries.numbering import lettering, numbered
from modules.lab.rules import Lettering, serial_of

WHY = {
    LabelState.PRINTED: Gap.LABEL_WAITS,
    LabelState.VOID: Gap.LABEL_VOID,
    LabelState.MISSING: Gap.LABEL_MISSING,
}


class LabelRow(Struct, frozen=True):
    """One label of the ledger."""

    accession: str
    state: LabelState
    copies: int
    reason: str
    block: int


class BlockRow(Struct, frozen=True):
    """One block of reserved numbers and what became of them."""

    number: int
    kind: BlockKind
    holder: str
    day: str
    first: str
    last: str
    size: int
    used: int
    void: int
    missing: int
    left: int
    closed: bool


class GapRow(Struct, frozen=True):
    """Numbers in a row that no tube has, and why."""

    first: str
    last: str
    count: int
    reason: Gap
    about: str


class Numbers(Struct, frozen=True):
    """Every number of a year and site up to the next one: used, or in a gap with its reason."""

    year: int
    site: str
    dealt: int
    used: int
    void: int
    missing: int
    unexplained: int
    blocks: Sequence[BlockRow]
    gaps: Sequence[GapRow]


class _Year(Struct, frozen=True):
    """What is known of each serial of a year and site."""

    year: int
    site: str
    next: int
    rule: Lettering
    used: set[int] = field(default_factory=set)
    withdrawn: set[int] = field(default_factory=set)
    labels: dict[int, LabelRow] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def number(self, serial: int) -> str:
        """The number of a serial."""
        return numbered(self.rule, self.year, self.site, serial)


# -- the ledger -----------------------------------------------------------------------------------


def labels_of(work: Work, numbers: Sequence[str]) -> dict[str, LabelRow]:
    """The labels of these numbers that stand in the ledger."""
    found: dict[str, LabelRow] = {}
    for part in bulk.chunks(list(dict.fromkeys(numbers))):
        query = _ledger().where(Label.accession.in_(part))
        found |= {row[0]: _label(row) for row in work.session.execute(query)}
    return found


def labels_of_block(work: Work, block: int) -> list[LabelRow]:
    """The labels of a batch, in the order of their numbers."""
    query = _ledger().where(Label.block_id == block).order_by(Label.accession)
    return [_label(row) for row in work.session.execute(query)]


def holder_of_block(work: Work, block_id: int) -> str:
    """Who has the numbers of a block."""
    block = work.session.get(Block, block_id)
    if block is None:
        raise UserError(_("There is no such block of numbers."))
    return block.holder


def ends_of_block(work: Work, block_id: int) -> tuple[str, str]:
    """The first and the last number of a block."""
    block = work.session.get(Block, block_id)
    if block is None:
        raise UserError(_("There is no such block of numbers."))
    rule, last = lettering(work), block.first + block.size - 1
    first, end = (numbered(rule, block.year, block.site, one) for one in (block.first, last))
    return first, end


def used_of_block(work: Work, block_id: int) -> int:
    """How many numbers of a block a tube has."""
    low, high = ends_of_block(work, block_id)
    query = select(func.count()).where(Tube.accession.between(low, high))
    return work.session.scalar(query) or 0


def open_labels(work: Work) -> int:
    """How many printed labels have no tube yet and are neither void nor missing."""
    tube = Tube.__table__
    query = select(func.count()).select_from(Label).where(Label.state == LabelState.PRINTED)
    unused = ~select(tube.c.id).where(tube.c.accession == Label.accession).exists()
    return work.session.scalar(query.where(unused)) or 0


def _ledger() -> Select[Any]:
    tube = Tube.__table__
    columns = (Label.accession, Label.state, Label.copies, Label.reason, Label.block_id, tube.c.id)
    return select(*columns).outerjoin(tube, tube.c.accession == Label.accession)


def _label(row: Sequence[object]) -> LabelRow:
    number, state, copies, reason, block, tube = row
    return LabelRow(
        str(number),
        LabelState.USED if tube is not None else LabelState.of(str(state)),
        int(str(copies)),
        str(reason),
        int(str(block or 0)),
    )


# -- the report -----------------------------------------------------------------------------------


def numbers(work: Work, year: int = 0) -> Numbers:
    """Every number of a year: those used, the blocks, and each gap with its reason."""
    known = _known(work, year or here(work.now()).year)
    gaps = list(_gaps(known))
    counted = dict.fromkeys(Gap, 0)
    for gap in gaps:
        counted[gap.reason] += gap.count
    return Numbers(
        known.year,
        known.site,
        known.next - 1,
        len(known.used),
        counted[Gap.LABEL_VOID],
        counted[Gap.LABEL_MISSING],
        counted[Gap.UNEXPLAINED],
        [_block(known, block) for block in known.blocks],
        gaps,
    )


def _known(work: Work, year: int) -> _Year:
    site = own_unit(work).site
    query = select(Numbering.next).where(Numbering.year == year, Numbering.site == site)
    known = _Year(year, site, work.session.scalar(query) or 1, lettering(work))
    low, high = f"{year % 100:02d}{site}0", f"{year % 100:02d}{site}A"
    tube: Table = Tube.__table__  # type: ignore[assignment]
    rows = select(tube.c.accession, tube.c.voided_at)
    among = (tube.c.accession >= low, tube.c.accession < high)
    for number, voided in work.session.execute(rows.where(*among)):
        (known.used if voided is None else known.withdrawn).add(serial_of(number))
    ledger = _ledger().where(Label.accession >= low, Label.accession < high)
    for row in work.session.execute(ledger):
        known.labels[serial_of(row[0])] = _label(row)
    blocks = select(Block).where(Block.year == year, Block.site == site).order_by(Block.first)
    known.blocks.extend(work.session.scalars(blocks))
    return known


def _block(known: _Year, block: Block) -> BlockRow:
    serials = range(block.first, block.first + block.size)
    states = [label.state for n in serials if (label := known.labels.get(n)) is not None]
    used = sum(n in known.used for n in serials)
    void, missing = states.count(LabelState.VOID), states.count(LabelState.MISSING)
    gone = sum(n in known.withdrawn for n in serials)
    return BlockRow(
        block.id,
        block.kind,
        block.holder,
        block.day.isoformat(),
        known.number(serials[0]),
        known.number(serials[-1]),
        block.size,
        used,
        void,
        missing,
        block.size - used - void - missing - gone,
        block.closed_at is not None,
    )


def _gaps(known: _Year) -> Iterator[GapRow]:
    blocks = {n: b for b in known.blocks for n in range(b.first, b.first + b.size)}
    free = [n for n in range(1, known.next) if n not in known.used]
    told = [(n, *_why(known, blocks, n)) for n in free]
    for _key, run in groupby(enumerate(told), lambda pair: (pair[1][0] - pair[0], *pair[1][1:])):
        part = [one for _at, one in run]
        first, reason, about = part[0]
        last = known.number(part[-1][0])
        yield GapRow(known.number(first), last, len(part), reason, about)


def _why(known: _Year, blocks: Mapping[int, Block], serial: int) -> tuple[Gap, str]:
    label, block = known.labels.get(serial), blocks.get(serial)
    if serial in known.withdrawn:
        return Gap.WITHDRAWN, ""
    if label is not None:
        return WHY[label.state], label.reason or (block.holder if block else "")
    return _of_block(block, serial) if block is not None else (Gap.UNEXPLAINED, "")


def _of_block(block: Block, serial: int) -> tuple[Gap, str]:
    if block.closed_at is None:
        return Gap.RESERVED, f"{block.holder}, {day_shown(block.day)}"
    if block.kind is BlockKind.STATION and serial >= block.next:
        return Gap.GIVEN_BACK, block.holder
    return Gap.NOT_USED, block.reason or block.holder
