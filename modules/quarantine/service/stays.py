"""Beds given, changed and left: each verb one act, logged with its HL7 trigger event.

A bed that is left is claimed by its cleaning from the same moment on, so it is free only when the
person has gone and it is clean.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from admin_suite.registry import presence
from modules.quarantine.checks import stays as checks
from modules.quarantine.checks.stays import Plan
from modules.quarantine.codes import Adt, Ended, Kind
from modules.quarantine.models import Claim, Episode, Facility, Leave, Movement, Room, Sharing
from modules.quarantine.permissions import PLACE
from modules.quarantine.queries.beds import BedRow, beds, rooms_of, stays_now

ENTERING = timedelta(microseconds=1)  # the shortest span both engines can tell from none
CLAIM = (
    "kind",
    "room_id",
    "bed_id",
    "person_id",
    "episode_id",
    "starts_at",
    "ends_at",
    "enters",
    "enters_until",
    "key",
    "infected",
    "reason",
    "by",
)
MOVEMENT = ("event", "at", "claim_id", "former_id", "reason", "by")
RESERVED_HOURS = 4


class Placement(NamedTuple):
    """Somebody and the bed he is to have; ``reason`` where it goes against the proposal."""

    episode_id: int
    bed_id: int
    reason: str = ""


@use_case(PLACE)
def admit(work: Work, placements: Sequence[Placement]) -> Stored:
    """Give people who have none a bed each, all or nobody; returns the stays."""
    made = _planned(work, placements)
    ids = _settle(work, made, placements, Kind.STAY)
    log(work, Adt.A01, [(key, None, one.reason) for key, one in zip(ids, placements, strict=True)])
    _note_arrival(work, made, placements)
    return Stored(ids, len(ids), frozenset(ids))


@use_case(PLACE)
def reserve(work: Work, placements: Sequence[Placement], hours: int = RESERVED_HOURS) -> Stored:
    """Keep a bed for people who are on their way; it falls free by itself after the hours."""
    made = _planned(work, placements)
    until = work.now() + timedelta(hours=hours)
    ids = _settle(work, made, placements, Kind.RESERVED, until)
    log(work, Adt.A05, [(key, None, one.reason) for key, one in zip(ids, placements, strict=True)])
    return Stored(ids, len(ids), frozenset(ids))


@use_case(PLACE)
def transfer(
    work: Work, moves: Sequence[Placement], reason: str = "", *, dirty: bool = False
) -> Stored:
    """Move people to other beds, all or nobody; ``dirty`` beds wait for disinfection."""
    left = Kind.CONTAMINATED if dirty else Kind.TO_CLEAN
    return _moved(work, moves, Adt.A02, reason, left)


@use_case(PLACE)
def swap(work: Work, one: int, other: int, reason: str = "") -> Stored:
    """Let two people change beds."""
    there = stays_now(work, [one, other])
    if len(there) < 2:  # noqa: PLR2004 - two people
        raise UserError(_("Only two people who have beds can change them."))
    moves = [Placement(one, there[other][1]), Placement(other, there[one][1])]
    return _moved(work, moves, Adt.A17, reason)


@use_case(PLACE)
def move_room(work: Work, room_id: int, to_room: int, reason: str = "") -> Stored:
    """Move everybody of a room to another one, each to the bed of the same place or the next."""
    coming = [row for row in beds(work, rooms=[room_id]) if row.kind is Kind.STAY]
    free = [row for row in beds(work, rooms=[to_room]) if row.kind is None]
    if not coming:
        raise UserError(_("Nobody stays in this room."))
    if len(free) < len(coming):
        said = _("Room {room} has {free} free beds for {people} people. Choose a larger room.")
        name = next((row.room for row in beds(work, rooms=[to_room])), "")
        raise UserError(said.format(room=name, free=len(free), people=len(coming)))
    pairs = zip(coming, free, strict=False)
    moves = [Placement(row.episode_id or 0, bed.id) for row, bed in pairs]
    return _moved(work, moves, Adt.A02, reason)


@use_case(PLACE)
def depart(
    work: Work,
    episodes: Sequence[int],
    how: Ended,
    reason: str = "",
    *,
    dirty: bool = False,
    onward: bool = False,
) -> int:
    """Let people go: completed, to a hospital, gone without leave, dead, or the order revoked.

    Whoever absconds keeps his quarantine open and may come back to a bed, as does who goes
    ``onward`` to be at home. ``dirty`` beds wait for disinfection instead of cleaning. Returns how
    many have left.
    """
    there = stays_now(work, episodes)
    missing = [at for at, key in enumerate(episodes) if key not in there]
    refuse([Refusal(at, "person", _("This person has no bed here.")) for at in missing])
    checks.hold(work, {room for _stay, _bed, room in there.values()}, episodes)
    now = work.now()
    ending = [there[key][0] for key in episodes]
    _end(work, ending, how, reason)
    left = [(there[key][1], there[key][2]) for key in episodes]
    claim_beds(work, Kind.CONTAMINATED if dirty else Kind.TO_CLEAN, left)
    log(work, Adt.A03, [(key, None, reason) for key in ending])
    if how is not Ended.ABSCONDED and not onward:
        over = {"ended_at": now, "ended": how, "is_open": None}
        bulk.update_rows(work, Episode, list(episodes), over)
    people = [guest.person_id for guest in checks.guests(work, episodes).values()]
    presence.depart(work, people, now)
    return len(ending)


def _moved(
    work: Work, moves: Sequence[Placement], event: Adt, reason: str, after: Kind = Kind.TO_CLEAN
) -> Stored:
    episodes = [move.episode_id for move in moves]
    there = stays_now(work, episodes)
    wanted = rooms_of(work, [move.bed_id for move in moves])
    checks.hold(work, {*wanted.values(), *(room for _s, _b, room in there.values())}, episodes)
    there = stays_now(work, episodes)
    missing = [at for at, key in enumerate(episodes) if key not in there]
    refuse([Refusal(at, "person", _("This person has no bed here.")) for at in missing])
    leaving = [there[key][0] for key in episodes]
    made = checks.plan(work, moves, leaving)
    refuse(made.refusals)
    _end(work, leaving, Ended.MOVED, reason)
    taken = {move.bed_id for move in moves}
    left = [(bed, room) for _stay, bed, room in there.values() if bed not in taken]
    claim_beds(work, after, left)
    ids = _settle(work, made, moves, Kind.STAY)
    lines = [
        (key, former, move.reason or reason)
        for key, former, move in zip(ids, leaving, moves, strict=True)
    ]
    log(work, event, lines)
    _note_arrival(work, made, moves)
    return Stored(ids, len(ids), frozenset(ids))


def _planned(work: Work, placements: Sequence[Placement]) -> Plan:
    rooms = rooms_of(work, [one.bed_id for one in placements])
    checks.hold(work, set(rooms.values()), [one.episode_id for one in placements])
    made = checks.plan(work, placements)
    refuse(made.refusals)
    return made


def _settle(
    work: Work,
    made: Plan,
    placements: Sequence[Placement],
    kind: Kind,
    until: datetime | None = None,
) -> list[int]:
    """End the reservations of these people, turn a room into a family's, claim the beds."""
    now = work.now()
    cancel(work, made.kept)
    _rekey(work, made.rekeyed, made.keys)
    rows = []
    for one in placements:
        guest, room = made.guests[one.episode_id], made.rooms[one.bed_id]
        rows.append(
            (
                kind,
                room,
                one.bed_id,
                guest.person_id,
                one.episode_id,
                now,
                until,
                1,
                until or now + ENTERING,
                made.keys[room],
                int(guest.roomer.infected),
                one.reason,
                work.actor.id,
            )
        )
    return _claimed(work, rows)


def _claimed(work: Work, rows: Sequence[tuple[Any, ...]]) -> list[int]:
    """Write claims of people, after what each of them may share a room by."""
    episode, key = CLAIM.index("episode_id"), CLAIM.index("key")
    pairs = {(row[episode], row[key]) for row in rows}
    query = select(Sharing.episode_id, Sharing.key)
    query = query.where(bulk.among(work, Sharing.episode_id, sorted({one for one, _key in pairs})))
    known = {tuple(row) for row in work.session.execute(query)}
    bulk.insert_rows(work, Sharing, ("episode_id", "key"), sorted(pairs - known))
    return bulk.insert_rows(work, Claim, CLAIM, rows)


def _rekey(work: Work, residents: Sequence[BedRow], keys: Mapping[int, str]) -> None:
    """Whose room becomes the family's room goes on there as one of the family."""
    if not residents:
        return
    now = work.now()
    reserved = [row for row in residents if row.kind is Kind.RESERVED]
    staying = [row for row in residents if row.kind is Kind.STAY]
    _end(work, [row.claim_id or 0 for row in staying], Ended.MOVED, "")
    cancel(work, [row.claim_id or 0 for row in reserved])
    rows: list[tuple[Any, ...]] = []
    for row in [*staying, *reserved]:
        until = row.until if row.kind is Kind.RESERVED else None
        who = (row.room_id, row.id, row.person_id, row.episode_id)
        key = keys[row.room_id]
        entered = until or now + ENTERING
        rows.append(
            (row.kind, *who, now, until, 1, entered, key, int(row.infected), "", work.actor.id)
        )
    ids = _claimed(work, rows)
    pairs = zip(ids, [*staying, *reserved], strict=True)
    log(work, Adt.A08, [(key, row.claim_id, "") for key, row in pairs])


@use_case(PLACE)
def cancel(work: Work, reservations: Sequence[int]) -> None:
    """End reservations now; part of the verbs that use them up."""
    now = work.now()
    bulk.update_rows(work, Claim, reservations, {"ends_at": now, "enters_until": now})


def _end(work: Work, stays: Sequence[int], how: Ended, reason: str) -> None:
    """End stays, and a leave that nobody came back from with them."""
    now = work.now()
    bulk.update_rows(work, Claim, stays, {"ends_at": now, "ended": how})
    away = select(Leave.id).where(Leave.back_at.is_(None), Leave.claim_id.in_(stays))
    bulk.update_rows(work, Leave, list(work.session.scalars(away)), {"back_at": now})


@use_case(PLACE)
def claim_beds(
    work: Work, kind: Kind, places: Sequence[tuple[int, int]], reason: str = ""
) -> list[int]:
    """Claim beds (each with its room) for what is done to them; part of the verbs."""
    now = work.now()
    rows = [
        (kind, room, bed, None, None, now, None, None, None, None, None, reason, work.actor.id)
        for bed, room in places
    ]
    return bulk.insert_rows(work, Claim, CLAIM, rows)


@use_case(PLACE)
def log(work: Work, event: Adt, lines: Sequence[tuple[int, int | None, str]]) -> None:
    """Write down what happened to claims: the claim, the one before it, why."""
    now = work.now()
    rows = [(event, now, claim, former, reason, work.actor.id) for claim, former, reason in lines]
    bulk.insert_rows(work, Movement, MOVEMENT, rows)


def _note_arrival(work: Work, made: Plan, placements: Sequence[Placement]) -> None:
    """Say where people stay now, to whoever must reach them."""
    query = select(Room.id, Facility.unit_id, Facility.id)
    query = query.join(Facility, Facility.id == Room.facility_id)
    rows = work.session.execute(query.where(Room.id.in_(sorted(set(made.rooms.values())))))
    units = {row[0]: (row[1], row[2]) for row in rows}
    people: dict[tuple[int, int], list[Placement]] = {}
    for one in placements:
        people.setdefault(units[made.rooms[one.bed_id]], []).append(one)
    for (unit, facility), some in people.items():
        persons = [made.guests[one.episode_id].person_id for one in some]
        presence.arrive(work, persons, unit, work.now())
        bulk.update_rows(work, Episode, [one.episode_id for one in some], {"facility_id": facility})
