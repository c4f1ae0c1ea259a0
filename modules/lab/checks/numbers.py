"""What is asked before numbers are reserved, claimed, given back, and labels called void."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import select

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import Refusal, UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Unit
from admin_suite.registry.queries import own_unit
from modules.lab.codes import BlockKind, LabelState, Stage
from modules.lab.models import Block, SamplingList, Tube
from modules.lab.queries import (
    TubeRow,
    labels_of,
    labels_of_block,
    lettering,
    tubes_of,
    unknown,
    used_of_block,
)
from modules.lab.queries.numbers import LabelRow
from modules.lab.rules import ACCESSION, Lettering, serial_of, well_formed

CLAIMED = (BlockKind.LABELS, BlockKind.OFFLINE)


class Numbered(Protocol):
    """A swab that may come with the number of its tube."""

    @property
    def number(self) -> str: ...  # noqa: D102


class Ours(NamedTuple):
    """The site that numbers of ours carry, and what the letter of one covers."""

    site: str
    rule: Lettering


def wrong_numbers(work: Work, samples: Sequence[Numbered], sender: int) -> list[Refusal]:
    """Which swabs cannot go into the tube of the number they come with, and why."""
    wanted = {at: sample.number for at, sample in enumerate(samples) if sample.number}
    if not wanted:
        return []
    numbers = list(dict.fromkeys(wanted.values()))
    tubes, labels = tubes_of(work, numbers), labels_of(work, numbers)
    owners = _owners(work, [tube.id for tube in tubes.values()])
    ours = _ours(work, tubes, numbers)
    said: dict[str, str] = {}
    for number in numbers:
        tube = tubes.get(number)
        if tube is None:
            said[number] = _unclaimable(work, number, labels.get(number), ours)
        else:
            said[number] = _closed(tube, owners[tube.id], sender)
    return [Refusal(at, "number", said[number]) for at, number in wanted.items() if said[number]]


def _closed(tube: TubeRow, owner: tuple[int, str], sender: int) -> str:
    if tube.stage is not Stage.EXPECTED:
        said = _("Tube {accession} was received already; nothing can be added to it.")
        return said.format(accession=tube.accession)
    if owner[0] != sender:
        said = _("Tube {accession} belongs to a list of {sender}. Use another label.")
        return said.format(accession=tube.accession, sender=owner[1])
    return ""


def _unclaimable(work: Work, number: str, label: LabelRow | None, ours: Ours | None) -> str:
    """Why no tube can be made with a number."""
    state = label.state if label is not None else None
    said = ""
    if not well_formed(number, _rule_of(number, ours)):
        said = unknown(number)
    elif state is LabelState.USED:
        said = _("The tube of the number {accession} was withdrawn. Use another label.")
    elif state in {LabelState.VOID, LabelState.MISSING}:
        said = _("The label {accession} is {state}: {reason}. Use another label.")
    elif state is None and not _reserved(work, number):
        said = _("The number {accession} is not reserved. Scan a printed label, or leave it empty.")
    word, reason = (label.state.word.lower(), label.reason) if label is not None else ("", "")
    return said.format(accession=number, state=word, reason=reason)


def _ours(work: Work, tubes: Mapping[str, TubeRow], numbers: Sequence[str]) -> Ours | None:
    """Our site and its rule, asked for only where some number has no tube yet."""
    if any(number not in tubes and ACCESSION.fullmatch(number) for number in numbers):
        return Ours(own_unit(work).site, lettering(work))
    return None


def _rule_of(number: str, ours: Ours | None) -> Lettering | None:
    """What the letter of a number of ours covers; of another site's nobody here knows."""
    found = ACCESSION.fullmatch(number)
    return ours.rule if ours and found is not None and found[2] == ours.site else None


def _reserved(work: Work, number: str) -> bool:
    found = ACCESSION.fullmatch(number)
    assert found is not None  # noqa: S101 - it is well formed
    serial = serial_of(number)
    query = select(Block.id).where(
        Block.site == found[2],
        Block.kind.in_(CLAIMED),
        Block.closed_at.is_(None),
        Block.first <= serial,
        Block.first + Block.size > serial,
        Block.year % 100 == int(found[1]),
    )
    return work.session.scalars(query.limit(1)).first() is not None


def _owners(work: Work, tubes: Sequence[int]) -> dict[int, tuple[int, str]]:
    query = (
        select(Tube.id, Unit.id, Unit.name)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
    )
    rows = work.session.execute(query.where(bulk.among(work, Tube.id, tubes)))
    return {row[0]: (row[1], row[2]) for row in rows}


def numbers_left(work: Work, block: Block | None, reason: str) -> int:
    """How many numbers of a block have no tube; refuses to close one that is not explained."""
    if block is None:
        raise UserError(_("There is no such block of numbers."))
    if block.closed_at is not None:
        said = _("The numbers of {holder} from {day} were given back already.")
        raise UserError(said.format(holder=block.holder, day=day_shown(block.day)))
    if block.kind is BlockKind.STATION:
        return block.first + block.size - block.next
    labels = labels_of_block(work, block.id)
    open_ = [label.accession for label in labels if label.state is LabelState.PRINTED]
    if open_:
        said = _("{n} labels are neither used nor void nor missing, the first is {accession}.")
        raise UserError(said.format(n=len(open_), accession=open_[0]))
    left = block.size - used_of_block(work, block.id)
    if block.kind is BlockKind.OFFLINE and left and not reason.strip():
        said = _("{n} numbers of {holder} have no tube. Say what became of them.")
        raise UserError(said.format(n=left, holder=block.holder))
    return left


def unprintable(work: Work, numbers: Sequence[str]) -> list[Refusal]:
    """Which labels cannot be printed: those of no tube and no reserved number, and void ones."""
    tubes, labels = tubes_of(work, numbers), labels_of(work, numbers)
    ours, wrong = _ours(work, tubes, numbers), []
    for at, number in enumerate(numbers):
        said = "" if number in tubes else _unclaimable(work, number, labels.get(number), ours)
        if said:
            wrong.append(Refusal(at, "accession", said))
    return wrong


def unsettleable(
    work: Work, numbers: Sequence[str], state: LabelState, reason: str
) -> list[Refusal]:
    """Which labels cannot be called void or missing, and why."""
    if state not in {LabelState.VOID, LabelState.MISSING}:
        raise UserError(_("A label is called void or missing, with a reason."))
    if not reason.strip():
        raise UserError(_("Say why the label is not used."))
    labels, wrong = labels_of(work, numbers), []
    for at, number in enumerate(numbers):
        label = labels.get(number)
        if label is None:
            said = _("The label {accession} is not in the ledger.")
        elif label.state is LabelState.USED:
            said = _("The label {accession} is on a tube.")
        else:
            continue
        wrong.append(Refusal(at, "accession", said.format(accession=number)))
    return wrong
