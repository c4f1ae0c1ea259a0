"""The people who wait and the beds there are, as the rules of allocation want them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct

from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import decimal
from admin_suite.db import settings
from admin_suite.db.settings import Setting, Whole
from admin_suite.db.work import Work
from admin_suite.excel.words import loose
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import fold
from modules.quarantine.codes import Group, Kind
from modules.quarantine.permissions import SETTINGS
from modules.quarantine.queries.beds import BedRow, beds
from modules.quarantine.queries.clocks import POLICY, Facts, clocks_of, facts
from modules.quarantine.rules.allocation import Guest, Place, Resident, Rule, Terms, Unit, units_of
from modules.quarantine.rules.clock import Clock
from modules.quarantine.rules.keys import key_of
from modules.quarantine.rules.search import Proposal, propose

CHANCE = Setting(
    "quarantine.chance_percent",
    N_("Newcomers who turn out positive"),
    N_("The share that a proposal reckons with when it weighs who shares a room."),
    Whole(0, 100, N_("per cent")),
    3,
    SETTINGS,
)
WINDOW = Setting(
    "quarantine.cohort_days",
    N_("People of one room came within"),
    N_("Days between the first and the last arrival in a room."),
    Whole(0, 7, N_("days")),
    1,
    SETTINGS,
)
GRACE = Setting(
    "quarantine.grace_days",
    N_("No newcomer before somebody leaves"),
    N_("Days before the end of anybody in the room from which on nobody moves in."),
    Whole(0, 14, N_("days")),
    3,
    SETTINGS,
)
OLD = 65
NOBODYS = "P?"  # a room whose people may not share it any more takes nobody
GROUND = re.compile(
    r"\bthai\b|xe lan|khuyet tat|chay than|\bliet\b|tai bien|di lai kho|gay chan|wheelchair"
    r"|pregnant"
)
APART = re.compile(r"khong (?:o|xep|chung|cung)|tach (?:khoi|rieng)|mau thuan|keep apart")
RELATIVE = re.compile(
    r"^(?:la )?(?:vo|chong|con|chau|me|bo|cha|ong|ba|em|anh|chi|wife|husband|child|son|daughter)\b"
)


class Waiter(Protocol):
    """Somebody who needs a bed, stored or only read from a list."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def dob(self) -> str: ...  # noqa: D102
    @property
    def sex(self) -> Sex | None: ...  # noqa: D102
    @property
    def group(self) -> Group: ...  # noqa: D102
    @property
    def arrived(self) -> str: ...  # noqa: D102
    @property
    def index_case(self) -> str: ...  # noqa: D102
    @property
    def origin(self) -> str: ...  # noqa: D102
    @property
    def symptomatic(self) -> bool: ...  # noqa: D102
    @property
    def notes(self) -> str: ...  # noqa: D102


class Suggested(Struct, frozen=True):
    """One person's bed in a proposal, by the number the caller has given him."""

    id: int
    party: str
    room: str
    bed: str
    bed_id: int


class Left(Struct, frozen=True):
    """One person without a bed, and why in sentences, the way out last."""

    id: int
    reasons: tuple[str, ...]


class Suggestion(Struct, frozen=True):
    """A proposal in words: who gets which bed, who none, what it costs."""

    placed: tuple[Suggested, ...]
    left: tuple[Left, ...]
    proposal: Proposal
    chance: float


def terms(work: Work) -> Terms:
    """What the unit has decided about sharing rooms."""
    return Terms(
        today=work.today(),
        window=settings.value(work, WINDOW),
        grace=settings.value(work, GRACE),
        chance=settings.value(work, CHANCE) / 100,
        longest=POLICY.at(work, work.today()).value.days,
    )


def suggestion(
    work: Work,
    facility_id: int,
    people: Mapping[int, Waiter],
    parties: Mapping[int, str],
    seed: int = 1,
) -> Suggestion:
    """Where these people could go in a facility; nothing is claimed yet."""
    rules = terms(work)
    there = beds(work, facility_id)
    rooms = places(work, there)
    guests = as_guests(people, parties, rules.today)
    largest = max((place.room_for for place in rooms if not place.residents), default=0)
    found = propose(units_of(guests, rules, largest), rooms, rules, seed)
    labels = {row.id: row.label for row in there}
    placed = []
    taken: dict[int, int] = {}
    for unit, place in found.placed:
        for guest in sorted(unit.guests, key=lambda one: -(one.age or 0)):
            bed = place.beds[taken.get(place.id, 0)]
            taken[place.id] = taken.get(place.id, 0) + 1
            party = unit.party if unit.party and not unit.party.startswith("#") else ""
            placed.append(Suggested(guest.id, party, place.name, labels[bed], bed))
    left = [
        Left(guest.id, reasons(unit, why, rooms, rules))
        for unit, why in found.unplaced
        for guest in unit.guests
    ]
    return Suggestion(tuple(placed), tuple(left), found, rules.chance)


def cost_in_words(found: Suggestion) -> str:
    """What a proposal costs, as a manager reckons: the days that are lost on average."""
    said = _(
        "If {percent} per cent of the newcomers turn out positive, {days} days are lost on average."
    )
    days = found.proposal.reset_days
    return said.format(percent=round(found.chance * 100), days=decimal(str(days)))


def places(
    work: Work,
    there: Sequence[BedRow],
    found: tuple[Facts, Mapping[int, Clock]] | None = None,
) -> list[Place]:
    """The rooms of these beds with whoever stays in them; ``found`` are their facts and clocks."""
    if found is None:
        told = facts(work, guests_of(there))
        found = told, clocks_of(told, work.now())
    (told, known), now = found, work.today()
    rooms: dict[int, list[BedRow]] = {}
    for row in there:
        rooms.setdefault(row.room_id, []).append(row)
    made = []
    for key, rows in rooms.items():
        held = [row for row in rows if row.kind in (Kind.STAY, Kind.RESERVED)]
        residents = [_resident(row, told, known, now) for row in held]
        first = rows[0]
        made.append(
            Place(
                key,
                first.room,
                first.floor,
                tuple(row.id for row in rows if row.kind is None),
                tuple(residents),
                key_of([row.roomer for row in held]) or NOBODYS if held else "",
                first.most,
                first.accessible,
                first.isolation,
                first.locked is not None,
                first.building,
            )
        )
    return made


def guests_of(there: Sequence[BedRow]) -> list[int]:
    """The quarantines of whoever has one of these beds, or is to have it."""
    held = (Kind.STAY, Kind.RESERVED)
    return [row.episode_id for row in there if row.kind in held and row.episode_id is not None]


def _resident(row: BedRow, told: Facts, known: Mapping[int, Clock], now: date) -> Resident:
    key = row.episode_id or 0
    one, who = known.get(key), told.people.get(key)
    return Resident(
        id=row.person_id or 0,
        sex=row.sex,
        kind=row.group or Group.F1,
        arrived=who.arrived if who is not None else now,
        source="",
        served=max(0, (now - one.exposure.on).days) if one is not None else 0,
        left=(one.ends_on - now).days if one is not None else 0,
        party=str(row.party_id) if row.party_id else "",
    )


def as_guests(people: Mapping[int, Waiter], parties: Mapping[int, str], now: date) -> list[Guest]:
    """People as the rules see them: age, needs and whom to keep apart from what is written."""
    names = {fold(one.name): key for key, one in people.items()}
    told = told_families(people, parties)
    made = []
    for key, one in people.items():
        age = now.year - int(one.dob[:4]) if one.dob[:4].isdecimal() else None
        note = loose(one.notes)
        avoided = (
            frozenset(other for name, other in names.items() if other != key and name in fold(note))
            if APART.search(note)
            else frozenset()
        )
        made.append(
            Guest(
                id=key,
                sex=one.sex,
                age=age,
                group=one.group,
                arrived=date.fromisoformat(one.arrived),
                party=told.get(key, ""),
                source=one.index_case or fold(one.origin),
                symptomatic=one.symptomatic or one.group is Group.SYMPTOMATIC,
                ground=bool(GROUND.search(note)) or (age is not None and age >= OLD),
                apart=avoided,
            )
        )
    return made


def told_families(people: Mapping[int, Waiter], parties: Mapping[int, str]) -> dict[int, str]:
    """The families by their codes, or as notes tell them: ``(vợ)``, ``(con)`` below a person."""
    found, head = {key: party for key, party in parties.items() if party}, 0
    for key, one in people.items():
        if key in found:
            head = 0
        elif RELATIVE.match(loose(one.notes.strip("()[] "))) and head:
            found[head] = found[key] = f"~{head}"
        else:
            head = key
    return found


def reasons(
    unit: Unit, why: Mapping[Rule, int], rooms: Sequence[Place], rules: Terms
) -> tuple[str, ...]:
    """Why a unit has no room, in sentences; then what could be given way to, in order."""
    if Rule.GUARDIAN in why:
        return (_("A child without an adult is given a bed by hand, with a carer."),)
    told = [
        _("{n} rooms are {why}.").format(n=n, why=rule.word)
        for rule, n in sorted(why.items(), key=lambda pair: -pair[1])
    ]
    told = told or [_("The facility has no rooms.")]
    wider = Terms(rules.today, rules.window + 1, rules.grace, rules.chance)
    shared = Terms(rules.today, rules.window, rules.grace, rules.chance, share_rest=True)
    ways = {
        _("It would go if people of one room came a day further apart."): wider,
        _("It would go if the rest of a family's room were shared."): shared,
    }
    for said, changed in ways.items():
        if propose([unit], rooms, changed, rounds=0).placed:
            return (*told, said)
    return (*told, _("Ask another facility, or put them on the waiting list."))
