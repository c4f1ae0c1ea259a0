"""Whether people may have the beds wanted for them, and what is in the way."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from msgspec import Struct, field
from sqlalchemy import select, update

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.quarantine.codes import Group, Kind, Setting
from modules.quarantine.models import Claim, Episode, Room
from modules.quarantine.queries.beds import BedRow, beds, covering, rooms_of
from modules.quarantine.rules.keys import Roomer, family_of, key_of, sex_key

TAKEN: Mapping[Kind, str] = {
    Kind.STAY: N_(
        "Bed {bed}, room {room} has {person} since {since}. Choose another bed or move this person."
    ),
    Kind.RESERVED: N_(
        "Bed {bed}, room {room} is reserved for {person} until {until}. Choose another bed."
    ),
    Kind.TO_CLEAN: N_(
        "Bed {bed}, room {room} waits for cleaning since {since}. Say that it is clean, or choose "
        "another bed."
    ),
    Kind.CONTAMINATED: N_(
        "Bed {bed}, room {room} waits for disinfection since {since}. Choose another bed."
    ),
    Kind.OUT_OF_SERVICE: N_(
        "Bed {bed}, room {room} is out of service since {since}. Choose another bed."
    ),
}


class Wanted(Protocol):
    """Somebody and the bed wanted for him."""

    @property
    def episode_id(self) -> int: ...  # noqa: D102
    @property
    def bed_id(self) -> int: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102


class Guest(NamedTuple):
    """Somebody in quarantine as verbs need him."""

    episode_id: int
    person_id: int
    name: str
    sex: Sex | None
    party_id: int | None
    group: Group
    ended: bool
    setting: Setting

    @property
    def roomer(self) -> Roomer:
        """As the rules of rooms see him."""
        return Roomer(self.person_id, self.sex, self.party_id, self.group is Group.F0)


class Plan(Struct):
    """What it takes to give people these beds, or what is in the way.

    ``keys`` says for whom each room is afterwards; ``rekeyed`` are the stays of a family that
    began in a room as one of a sex and goes on as a family's; ``kept`` their own reservations.
    """

    refusals: list[Refusal] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    rekeyed: list[BedRow] = field(default_factory=list)
    guests: dict[int, Guest] = field(default_factory=dict)
    rooms: dict[int, int] = field(default_factory=dict)
    kept: list[int] = field(default_factory=list)


def hold(work: Work, rooms: Collection[int], episodes: Collection[int] = ()) -> None:
    """Keep colleagues out of these rooms and from these people until the unit of work ends.

    The rooms' versions are counted on: of two bookings that pass the checks at once, one finds the
    version changed and loses, on any engine; behind it stands the constraint of the database.
    """
    for part in bulk.chunks(sorted(set(rooms))):
        bulk.hold(work, Room, part)
        booked = update(Room).where(Room.id.in_(part)).values(version=Room.version + 1)
        work.session.execute(booked, execution_options={"synchronize_session": False})
    bulk.hold(work, Episode, set(episodes))


def guests(work: Work, episodes: Sequence[int]) -> dict[int, Guest]:
    """Who these people are, by episode."""
    query = select(
        Episode.id,
        Episode.person_id,
        Person.name,
        Person.sex,
        Episode.party_id,
        Episode.grouping,
        Episode.ended_at.is_not(None),
        Episode.setting,
    ).join(Person, Person.id == Episode.person_id)
    found = {
        row[0]: Guest(*row)
        for part in bulk.chunks(episodes)
        for row in work.session.execute(query.where(Episode.id.in_(part)))
    }
    work.saw(Person.__tablename__, sorted(guest.person_id for guest in found.values()))
    return found


def plan(work: Work, wanted: Sequence[Wanted], leaving: Collection[int] = ()) -> Plan:
    """What is in the way of these placements; the stays of ``leaving`` end in the same act."""
    made = Plan(guests=guests(work, [one.episode_id for one in wanted]))
    made.rooms = rooms_of(work, [one.bed_id for one in wanted])
    there = beds(work, rooms=sorted(set(made.rooms.values())))
    people = {guest.person_id for guest in made.guests.values()}
    free = {
        row.claim_id
        for row in there
        if row.claim_id in leaving or (row.kind is Kind.RESERVED and row.person_id in people)
    }
    made.kept = sorted(_reservations(work, people))
    by_bed = {row.id: row for row in there}
    elsewhere = _stays_elsewhere(work, made.guests, leaving)
    for at, one in enumerate(wanted):
        said = _in_the_way(by_bed.get(one.bed_id), free) or _not_free(made, one, elsewhere)
        if said:
            made.refusals.append(Refusal(at, "bed", said))
    made.refusals += _twice(wanted)
    if not made.refusals:
        _look_at_rooms(made, wanted, there, free)
    return made


def _in_the_way(row: BedRow | None, free: Collection[int | None]) -> str:
    """What is in the way in the bed or at the door of its room."""
    if row is None:
        return _("There is no such bed.")
    if row.kind is not None and row.claim_id not in free:
        return _(TAKEN[row.kind]).format(
            bed=row.label,
            room=row.room,
            person=row.person,
            since=moment_shown(row.since) if row.since else "",
            until=moment_shown(row.until) if row.until else "",
        )
    if row.locked is not None:
        said = _("Room {room} is locked since {since}: nobody may move in. Choose another room.")
        return said.format(room=row.room, since=moment_shown(row.locked))
    return ""


def _not_free(made: Plan, one: Wanted, elsewhere: Mapping[int, str]) -> str:
    guest = made.guests.get(one.episode_id)
    if guest is None or guest.ended:
        return _("This person is not in quarantine any more.")
    if guest.setting is Setting.HOME:
        said = _("{person} is in quarantine at home. Bring this person to a facility first.")
        return said.format(person=guest.name)
    return elsewhere.get(one.episode_id, "")


def _stays_elsewhere(
    work: Work, people: Mapping[int, Guest], leaving: Collection[int]
) -> dict[int, str]:
    """Who of these has a bed already that he does not leave, and where."""
    by_person = {guest.person_id: key for key, guest in people.items()}
    found: dict[int, str] = {}
    query = select(Claim.id, Claim.person_id, Claim.room_id, Claim.bed_id, Claim.starts_at).where(
        Claim.kind == Kind.STAY, covering(work.now())
    )
    for part in bulk.chunks(list(by_person)):
        for key, person, room, bed, since in work.session.execute(
            query.where(Claim.person_id.in_(part))
        ):
            if key in leaving or person is None:
                continue
            row = next(row for row in beds(work, rooms=[room]) if row.id == bed)
            said = _("{person} has bed {bed}, room {room} since {since}. Move this person instead.")
            found[by_person[person]] = said.format(
                person=row.person, bed=row.label, room=row.room, since=moment_shown(since)
            )
    return found


def _reservations(work: Work, people: Collection[int]) -> list[int]:
    query = select(Claim.id).where(Claim.kind == Kind.RESERVED, covering(work.now()))
    return [
        key
        for part in bulk.chunks(sorted(people))
        for key in work.session.scalars(query.where(Claim.person_id.in_(part)))
    ]


def _twice(wanted: Sequence[Wanted]) -> list[Refusal]:
    wrong, seen_beds, seen_people = [], set[int](), set[int]()
    for at, one in enumerate(wanted):
        if one.bed_id in seen_beds or one.episode_id in seen_people:
            said = _("This bed or this person stands in the list twice.")
            wrong.append(Refusal(at, "bed", said))
        seen_beds.add(one.bed_id)
        seen_people.add(one.episode_id)
    return wrong


def _look_at_rooms(
    made: Plan, wanted: Sequence[Wanted], there: Sequence[BedRow], free: Collection[int | None]
) -> None:
    """Whether those who are there and those who come may share each room."""
    residents: defaultdict[int, list[BedRow]] = defaultdict(list)
    by_room: dict[int, BedRow] = {}
    for row in there:
        by_room[row.room_id] = row
        if row.kind in (Kind.STAY, Kind.RESERVED) and row.claim_id not in free:
            residents[row.room_id].append(row)
    newcomers: defaultdict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(wanted):
        newcomers[made.rooms[one.bed_id]].append(at)
    for room, places in newcomers.items():
        coming = [made.guests[wanted[at].episode_id] for at in places]
        said = _unfit(by_room[room], residents[room], coming)
        made.refusals += [Refusal(at, "room", said) for at in places] if said else []
        if not said:
            made.refusals += _strangers(made, wanted, places, residents[room])
        roomers = [row.roomer for row in residents[room]] + [guest.roomer for guest in coming]
        made.keys[room] = key_of(roomers)
        made.rekeyed += [row for row in residents[room] if row.key != made.keys[room]]


def _strangers(
    made: Plan, wanted: Sequence[Wanted], places: Sequence[int], residents: Sequence[BedRow]
) -> list[Refusal]:
    """Who would join a family that has the room for itself without a reason being given."""
    party = family_of([row.roomer for row in residents])
    if party is None:
        return []
    first = residents[0]
    said = _(
        "Room {room} is one family's since {since} ({person}). Choose another room, or write down "
        "why this person is to share it."
    )
    since = min(row.since for row in residents if row.since is not None)
    said = said.format(room=first.room, since=moment_shown(since), person=first.person)
    return [
        Refusal(at, "room", said)
        for at in places
        if made.guests[wanted[at].episode_id].party_id != party and not wanted[at].reason.strip()
    ]


def _corrected(room: BedRow, residents: Sequence[BedRow]) -> str:
    """Who cannot stay with the others any more since his entry was corrected."""
    if not residents or key_of([row.roomer for row in residents]):
        return ""
    odd = [row for row in residents if row.key not in ("", sex_key(row.roomer))]
    if not odd or odd[0].key.startswith("P"):
        return ""
    one = odd[0]
    said = _(
        "Room {room}: {person} is entered as {sex} now and cannot stay with the others. Move this "
        "person to another room first."
    )
    sex = one.sex.word if one.sex is not None else _("of unknown sex")
    return said.format(room=room.room, person=one.person, sex=sex.lower())


def _unfit(room: BedRow, residents: Sequence[BedRow], coming: Sequence[Guest]) -> str:
    roomers = [row.roomer for row in residents] + [guest.roomer for guest in coming]
    first = residents[0] if residents else None
    who = first.person if first else coming[0].name
    if len({one.infected for one in roomers}) > 1:
        said = _("Room {room}: a confirmed case is never in a room with others ({person}).")
        return said.format(room=room.room, person=who)
    if room.most is not None and len(roomers) > room.most:
        said = _("Room {room} takes at most {most} people.")
        return said.format(room=room.room, most=room.most)
    if said := _corrected(room, residents):
        return said
    return "" if key_of(roomers) else _other_sex(room, first)


def _other_sex(room: BedRow, first: BedRow | None) -> str:
    """Why those who come cannot share the room, with each other or with whoever is there."""
    if first is None:
        said = _("Room {room} is for one sex, or for one family alone.")
        return said.format(room=room.room)
    said = {
        "F": _("Room {room} has women since {since} ({person}). Choose a room for men."),
        "M": _("Room {room} has men since {since} ({person}). Choose a room for women."),
    }.get(first.key, _("Room {room} has one family since {since} ({person}). Choose another room."))
    since = moment_shown(first.since) if first.since else ""
    return said.format(room=room.room, since=since, person=first.person)
