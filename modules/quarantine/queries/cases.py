"""What a positive result in quarantine would move, shown before anybody confirms it."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from modules.quarantine.codes import CaseState, Group, Kind, Setting
from modules.quarantine.models import Bed, Case, Claim, Episode, Facility, HomeStay, Room
from modules.quarantine.queries import clocks
from modules.quarantine.queries.beds import BedRow, beds
from modules.quarantine.queries.clocks import Moved, moment_of
from modules.quarantine.rules.clock import Positive
from modules.results.api import SitesAsked


class CaseRow(Struct, frozen=True):
    """A positive result that waits for a decision, or was decided."""

    id: int
    episode_id: int | None
    person_id: int
    name: str
    place: str
    sampled_at: str
    heard_at: datetime
    preliminary: bool
    doubted: bool
    state: CaseState
    setting: Setting | None


class CaseProposal(Struct, frozen=True):
    """One act, as it would be: who is moved where, whose end moves, who is to be sampled."""

    case: CaseRow
    room: str
    room_id: int | None
    beds: Sequence[BedRow]
    mates: Sequence[int]
    moved: Sequence[Moved]
    tests: Sequence[tuple[int, date]]


def cases(work: Work, states: Sequence[CaseState] = (CaseState.PROPOSED,)) -> list[CaseRow]:
    """The positives in these states, the newest first."""
    stay = (Claim.episode_id == Episode.id) & (Claim.kind == Kind.STAY) & Claim.ends_at.is_(None)
    query = (
        select(
            Case.id,
            Episode.id,
            Case.person_id,
            Person.name,
            Room.name,
            Bed.label,
            Case.sampled_at,
            Case.heard_at,
            Case.preliminary,
            Case.doubted,
            Case.state,
            Episode.setting,
        )
        .join(Person, Person.id == Case.person_id)
        .outerjoin(Episode, (Episode.person_id == Case.person_id) & Episode.ended_at.is_(None))
        .outerjoin(Claim, stay)
        .outerjoin(Bed, Bed.id == Claim.bed_id)
        .outerjoin(Room, Room.id == Claim.room_id)
        .where(Case.state.in_(states))
        .order_by(Case.id.desc())
    )
    found = []
    for row in work.session.execute(query):
        place = f"{row[4]}-{row[5]}" if row[4] else ""
        key, episode, person, name, _room, _bed, *told = row
        at_home = told[-1] is Setting.HOME
        found.append(
            CaseRow(key, episode, person, name, Setting.HOME.word if at_home else place, *told)
        )
    work.saw(Person.__tablename__, [row.person_id for row in found])
    return found


def case(work: Work, case_id: int) -> CaseRow:
    """One positive; an unknown number is refused."""
    found = next((row for row in cases(work, tuple(CaseState)) if row.id == case_id), None)
    if found is None:
        raise UserError(_("There is no positive result with the number {n}.").format(n=case_id))
    return found


def proposal(work: Work, case_id: int) -> CaseProposal:
    """What confirming a positive would do, without doing it."""
    row = case(work, case_id)
    now = work.now()
    room_id, facility = _room_now(work, row.episode_id)
    found = mates(work, row.person_id)
    known = clocks.facts(work, found)
    before = clocks.clocks_of(known, now)
    positive = Positive(row.id, row.person_id, moment_of(row.sampled_at), now)
    spans = clocks.facts(work, [row.episode_id] if row.episode_id else []).spans
    known = clocks.Facts(
        known.people, [*known.spans, *spans], known.positives, known.versions, known.names
    )
    after = clocks.clocks_of(known, now, [positive])
    today = work.today()
    due = [
        (key, day)
        for key, one in after.items()
        for day in sorted({today, *one.tests})
        if day >= today
    ]
    somewhere = facility is not None or row.setting is Setting.HOME
    there = beds(work, facility) if somewhere else []
    return CaseProposal(
        case=row,
        room=next((bed.room for bed in there if bed.room_id == room_id), ""),
        room_id=room_id,
        beds=_isolation(there),
        mates=found,
        moved=clocks.moved(known, before, after),
        tests=due,
    )


def mates(work: Work, person_id: int) -> list[int]:
    """The open quarantines of everybody who has ever shared a room or a household with somebody."""
    rooms = select(Claim.room_id).where(Claim.kind == Kind.STAY, Claim.person_id == person_id)
    homes = select(HomeStay.household_id).where(HomeStay.person_id == person_id)
    beside = select(Claim.episode_id).where(Claim.kind == Kind.STAY, Claim.room_id.in_(rooms))
    together = select(HomeStay.episode_id).where(HomeStay.household_id.in_(homes))
    query = (
        select(Episode.id)
        .where(Episode.id.in_(beside) | Episode.id.in_(together))
        .where(Episode.person_id != person_id, Episode.ended_at.is_(None))
        .where(Episode.grouping != Group.F0)
    )
    return sorted(work.session.scalars(query))


def open_episodes(work: Work, people: Sequence[int]) -> dict[int, int]:
    """The open quarantine of each of these people, by person."""
    query = select(Episode.person_id, Episode.id).where(Episode.ended_at.is_(None))
    rows = work.session.execute(query.where(Episode.person_id.in_(people)))
    return {row[0]: row[1] for row in rows}


def stays(work: Work, asked: SitesAsked) -> None:
    """Answer who asks where people stay: the name of the house of whoever has a bed."""
    query = (
        select(Claim.person_id, Facility.name)
        .join(Room, Room.id == Claim.room_id)
        .join(Facility, Facility.id == Room.facility_id)
        .where(Claim.kind == Kind.STAY, Claim.ends_at.is_(None))
        .where(bulk.among(work, Claim.person_id, asked.people))
    )
    for person, name in work.session.execute(query):
        if person is not None:
            asked.sites[person] = name


def _room_now(work: Work, episode_id: int | None) -> tuple[int | None, int | None]:
    query = (
        select(Claim.room_id, Room.facility_id)
        .join(Room, Room.id == Claim.room_id)
        .where(Claim.kind == Kind.STAY, Claim.episode_id == episode_id, Claim.ends_at.is_(None))
    )
    row = work.session.execute(query).first()
    return (row[0], row[1]) if row else (None, None)


def _isolation(there: Sequence[BedRow]) -> list[BedRow]:
    """The free beds where a confirmed case may go: rooms kept for it, without others."""
    shared = {row.room_id for row in there if row.kind is Kind.STAY and not row.infected}
    return [
        row
        for row in there
        if row.isolation and row.kind is None and row.locked is None and row.room_id not in shared
    ]
