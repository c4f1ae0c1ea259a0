"""The hand-over of a shift: what the modules say, what was noted down, and who signed for it."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, to_builtins
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from admin_suite.core.clock import midnight_of, moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.origin import Import
from admin_suite.db.work import Work, use_case
from admin_suite.module import HandoverLine, Module
from admin_suite.registry import pins
from admin_suite.registry.models import Shift, User
from admin_suite.registry.permissions import HAND_OVER
from admin_suite.registry.queries import names_of

MOST = 20
LONGEST = 4000
NOTHING = N_("Nothing is left over")


class Part(Struct, frozen=True):
    """What one module hands over, to whoever has the right ``need``; without one, to everybody."""

    module: str
    lines: tuple[HandoverLine, ...]
    need: str = ""


class ShiftRow(Struct, frozen=True):
    """One hand-over as it was signed; whoever has not signed yet is empty.

    ``withheld`` counts the lines that whoever asks may not know; ``among_us`` says whether the
    giver has the role of whoever asks, whose shifts follow one another.
    """

    id: int
    giver_id: int
    giver: str
    given_at: datetime | None
    taker: str
    taken_at: datetime | None
    notes: str
    parts: tuple[Part, ...]
    withheld: int = 0
    among_us: bool = False


def standing(work: Work, modules: Sequence[Module]) -> list[Part]:
    """What every module would hand over now, each line only to whoever may know it.

    A module of which somebody may know nothing is left out: "nothing is left over" would be said,
    and signed, by somebody who cannot know.
    """
    return _together(_sources(work, modules))


def _sources(work: Work, modules: Sequence[Module]) -> list[Part]:
    """What each source of a module hands over, with the right it needs."""
    return [
        Part(module.title, tuple(source.lines(work)), source.permission.code)
        for module in modules
        for source in module.handovers
        if source.permission.code in work.actor.codes
    ]


def _together(parts: Sequence[Part]) -> list[Part]:
    """The sources of a module as one part."""
    lines: dict[str, tuple[HandoverLine, ...]] = {}
    for part in parts:
        lines[part.module] = lines.get(part.module, ()) + part.lines
    return [Part(module, those) for module, those in lines.items()]


def imports_today(work: Work) -> list[HandoverLine]:
    """The lists that were brought in since midnight; what the house itself hands over."""
    midnight = midnight_of(work.today())
    query = select(func.count(), func.sum(Import.stored), func.sum(Import.refused))
    files, stored, refused = work.session.execute(query.where(Import.at >= midnight)).one()
    if not files:
        return []
    said = _("Lists brought in today: {n}").format(n=files)
    about = _("{n} rows stored, {m} refused").format(n=stored or 0, m=refused or 0)
    return [HandoverLine(said, about, "late" if refused else "done")]


def shifts(work: Work) -> list[ShiftRow]:
    """The last hand-overs, the newest first; drafts are nobody's business."""
    query = select(Shift).where(Shift.given_at.is_not(None)).order_by(Shift.given_at.desc())
    return _rows(work, query.limit(MOST))


def choices(work: Work) -> list[tuple[str, str]]:
    """The last hand-overs to choose from, by number and moment."""
    said = _("No. {number}, {moment}, {name}")
    return [
        (str(one.id), said.format(number=one.id, moment=moment_shown(one.given_at), name=one.giver))
        for one in shifts(work)
        if one.given_at is not None
    ]


def shift(work: Work, shift_id: int = 0) -> ShiftRow:
    """One hand-over, or the last one; refuses where there is none."""
    query = select(Shift).where(Shift.given_at.is_not(None)).order_by(Shift.given_at.desc())
    found = _rows(work, query.where(Shift.id == shift_id) if shift_id else query.limit(1))
    if not found:
        raise UserError(_("This shift was not handed over. Hand it over first."))
    return found[0]


def draft(work: Work) -> str:
    """What the person asking has noted down for the next hand-over."""
    found = _draft(work)
    return found.notes if found is not None else ""


@use_case(HAND_OVER)
def note_down(work: Work, notes: str) -> None:
    """Keep the notes of a hand-over that is not given yet."""
    found = _draft(work)
    if found is None:
        found = Shift(given_by=work.actor.id, notes="", lines="[]")
        work.session.add(found)
    found.notes = _fitting(notes)


@use_case(HAND_OVER)
def hand_over(work: Work, modules: Sequence[Module], notes: str) -> int:
    """Give the shift away as it stands now, and return its number.

    Refuses while one that a colleague of the same role gave away waits for its signature; other
    roles hand over beside it.
    """
    waiting = work.session.scalars(_open(work).with_for_update(of=Shift)).first()
    if waiting is not None:
        giver = names_of(work, [waiting.given_by]).get(waiting.given_by, "")
        said = _("The shift that {name} handed over at {time} is not signed yet. Sign it first.")
        when = moment_shown(waiting.given_at or work.now())
        raise UserError(said.format(name=giver, time=when))
    given = _draft(work) or Shift(given_by=work.actor.id)
    given.notes, given.given_at = _fitting(notes).strip(), work.now()
    given.lines = json.dumps(
        to_builtins(_sources(work, modules)), ensure_ascii=False, sort_keys=True
    )
    work.session.add(given)
    work.session.flush()
    return given.id


@use_case(HAND_OVER)
def take_over(work: Work, shift_id: int, name: str, words: str) -> str:
    """Sign for a shift as the next person, by PIN or password; empty where that was wrong.

    The answer is the full name of whoever signed.
    """
    given = work.session.get(Shift, shift_id, with_for_update=True)
    if given is None or given.given_at is None or given.taken_at is not None:
        raise UserError(_("This shift was signed for already."))
    admitted = pins.identify(work, name, words)
    if admitted is None:
        return ""
    if admitted.user.id == given.given_by:
        raise UserError(_("Somebody else takes the shift over: nobody hands it to himself."))
    given.taken_by, given.taken_at = admitted.user.id, work.now()
    return admitted.user.full_name


@use_case(HAND_OVER)
def call_back(work: Work, shift_id: int) -> None:
    """Make a draft again of a hand-over that nobody has signed; only the giver may."""
    given = work.session.get(Shift, shift_id, with_for_update=True)
    if given is None or given.given_by != work.actor.id or given.taken_at is not None:
        raise UserError(_("Only whoever handed the shift over takes it back, before it is signed."))
    given.given_at, given.lines = None, "[]"


def _open(work: Work) -> Select[Any]:
    """What colleagues of the asker's role have given away and nobody has signed."""
    giver, asker = aliased(User), aliased(User)
    query = select(Shift).join(giver, giver.id == Shift.given_by)
    query = query.join(asker, asker.role == giver.role).where(asker.id == work.actor.id)
    return query.where(Shift.given_at.is_not(None), Shift.taken_at.is_(None))


def _draft(work: Work) -> Shift | None:
    mine = select(Shift).where(Shift.given_by == work.actor.id, Shift.given_at.is_(None))
    return work.session.scalars(mine.order_by(Shift.id)).first()


def _fitting(notes: str) -> str:
    if len(notes) > LONGEST:
        said = _("The notes are too long: {n} characters are kept at most.")
        raise UserError(said.format(n=LONGEST))
    return notes


def _rows(work: Work, query: Select[Any]) -> list[ShiftRow]:
    found = list(work.session.scalars(query))
    people = {key for one in found for key in (one.given_by, one.taken_by) if key is not None}
    names = names_of(work, list(people))
    asked = select(User.id, User.role).where(User.id.in_({*people, work.actor.id}))
    roles = {row.id: row.role for row in work.session.execute(asked)}
    ours = {key for key, role in roles.items() if role == roles.get(work.actor.id)}
    return [_row(one, names, work.actor.codes, ours) for one in found]


def _row(
    one: Shift, names: Mapping[int, str], codes: Collection[str], ours: Collection[int]
) -> ShiftRow:
    parts = _parts(one.lines)
    known = [part for part in parts if not part.need or part.need in codes]
    return ShiftRow(
        one.id,
        one.given_by,
        names.get(one.given_by, ""),
        one.given_at,
        names.get(one.taken_by or 0, ""),
        one.taken_at,
        one.notes,
        tuple(_together(known)),
        withheld=sum(len(part.lines) for part in parts if part not in known),
        among_us=one.given_by in ours,
    )


def withheld(row: ShiftRow) -> str:
    """What is said of lines that whoever asks may not know; empty where there are none."""
    if not row.withheld:
        return ""
    return _("{n} more lines were handed over; your rights do not show them.").format(
        n=row.withheld
    )


def _parts(lines: str) -> list[Part]:
    """The parts as they were kept; those of older hand-overs need no right."""
    return [
        Part(
            part["module"],
            tuple(HandoverLine(**line) for line in part["lines"]),
            part.get("need", ""),
        )
        for part in json.loads(lines)
    ]
