"""Who may have which room: arrivals as units that stay together, rooms, the hard rules.

What a family is stays a family; a child is with an adult of his own; sexes are apart; people of
one class and of near days are together; a confirmed case is never with others. What breaks a rule
is no place at all, however much it would save (``costs`` weighs what is left).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_
from admin_suite.registry.codes import Sex
from modules.quarantine.codes import Group

GROUND = 1  # floors up to this one are reached without stairs
SEVERITY = (Group.F0, Group.SYMPTOMATIC, Group.F1, Group.ENTRANT, Group.RETURNEE)


class Rule(Code):
    """The hard rule that keeps somebody out of a room, the surest first."""

    LOCKED = "LOCKED", N_("locked")
    ISOLATION = "ISOLATION", N_("kept for confirmed cases, or not")
    CLASS = "CLASS", N_("with people of another group")
    SEX = "SEX", N_("for the other sex or for one family")
    FULL = "FULL", N_("without enough free beds")
    COHORT = "COHORT", N_("with people who came on other days")
    RESET = "RESET", N_("with somebody who is about to leave")
    NEEDS = "NEEDS", N_("upstairs, and the ground floor is needed")
    APART = "APART", N_("with somebody to be kept apart from")
    GUARDIAN = "GUARDIAN", N_("a child without an adult")


class Terms(Struct, frozen=True):
    """What the unit has decided: how near days must be, the chance of a positive, and the day.

    ``window`` is how many days apart people of one room may have come, ``grace`` how near its end
    nobody is put at risk of beginning again, ``minor`` below which age somebody needs an adult.
    """

    today: date
    window: int = 1
    grace: int = 3
    chance: float = 0.03
    minor: int = 16
    share_rest: bool = False
    longest: int = 21  # days of a quarantine: nobody can lose more


class Guest(Struct, frozen=True):
    """Somebody who needs a bed; ``party`` tells whom he belongs to, ``apart`` whom he avoids."""

    id: int
    sex: Sex | None
    age: int | None
    group: Group
    arrived: date
    party: str = ""
    source: str = ""
    symptomatic: bool = False
    ground: bool = False
    apart: frozenset[int] = frozenset()

    @property
    def kind(self) -> Group:
        """The class that he must not be mixed with others of."""
        if self.group is not Group.F0 and self.symptomatic:
            return Group.SYMPTOMATIC
        return self.group


class Resident(Struct, frozen=True):
    """Somebody who is in a room already, with the days served and those left."""

    id: int
    sex: Sex | None
    kind: Group
    arrived: date
    source: str
    served: int
    left: int
    party: str = ""


class Place(Struct, frozen=True):
    """A room with its free beds; ``key`` is for whom it is while somebody is there."""

    id: int
    name: str
    floor: int
    beds: tuple[int, ...]
    residents: tuple[Resident, ...] = ()
    key: str = ""
    most: int | None = None
    accessible: bool = False
    isolation: bool = False
    locked: bool = False
    building: str = ""

    @property
    def party(self) -> str:
        """The family that has the room for itself: two people or more, all of one party."""
        if self.isolation:
            return ""
        parties = {one.party for one in self.residents}
        return parties.pop() if len(self.residents) > 1 and len(parties) == 1 else ""

    @property
    def room_for(self) -> int:
        """How many more it takes."""
        if self.most is None:
            return len(self.beds)
        return max(0, min(len(self.beds), self.most - len(self.residents)))


class Unit(Struct, frozen=True):
    """People who are put into one room together."""

    guests: tuple[Guest, ...]
    party: str = ""
    part: int = 0  # of a party too large for any room
    key: str = ""
    kind: Group = Group.RETURNEE
    first: date = date.max
    last: date = date.min
    ground: bool = False
    sources: frozenset[str] = frozenset()
    ids: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()
    lone: bool = False  # a child without an adult

    @property
    def size(self) -> int:
        """How many beds it takes."""
        return len(self.guests)


def unit_of(guests: Sequence[Guest], party: str, terms: Terms, part: int = 0) -> Unit:
    """A unit with all that the rules ask of it."""
    sexes = {guest.sex for guest in guests}
    alone = guests[0].id if len(guests) == 1 else 0
    kinds = {guest.kind for guest in guests}
    same = len(sexes) == 1 and None not in sexes and len(kinds) == 1
    return Unit(
        guests=tuple(guests),
        party=party,
        part=part,
        key=next(iter(sexes)) or "" if same else f"P{party or alone}",
        kind=next(code for code in SEVERITY if code in kinds),
        first=min(guest.arrived for guest in guests),
        last=max(guest.arrived for guest in guests),
        ground=any(guest.ground for guest in guests),
        sources=frozenset(guest.source for guest in guests if guest.source),
        ids=frozenset(guest.id for guest in guests),
        apart=frozenset().union(*(guest.apart for guest in guests)),
        lone=all(_is_minor(guest, terms) for guest in guests),
    )


def units_of(guests: Sequence[Guest], terms: Terms, largest: int) -> list[Unit]:
    """The people as units: a party together, a confirmed case apart from its own.

    Whoever is to be kept apart from one of his own party is not put with it. A party larger than
    the largest room becomes parts, each child with an adult.
    """
    members_of: dict[str, set[int]] = {}
    for guest in guests:
        members_of.setdefault(guest.party, set()).add(guest.id)
    parties: dict[tuple[str, bool], list[Guest]] = {}
    for guest in guests:
        at_odds = bool(guest.apart & (members_of[guest.party] - {guest.id}))
        key = guest.party if guest.party and not at_odds else f"#{guest.id}"
        parties.setdefault((key, guest.kind is Group.F0), []).append(guest)
    made = []
    for (key, _infected), members in parties.items():
        party = key if len(members) > 1 else ""
        for number, part in enumerate(_parts(members, largest, terms)):
            made.append(unit_of(part, party, terms, number))
    return made


def _parts(members: Sequence[Guest], largest: int, terms: Terms) -> list[list[Guest]]:
    """A party in as few parts as fit a room; adults first, so every part has one if it can."""
    if len(members) <= largest or largest < 1:
        return [list(members)]
    count = -(-len(members) // largest)
    adults = [guest for guest in members if not _is_minor(guest, terms)]
    minors = [guest for guest in members if _is_minor(guest, terms)]
    count = max(1, min(count, len(adults))) if minors else count
    parts: list[list[Guest]] = [[] for _ in range(count)]
    for at, adult in enumerate(sorted(adults, key=lambda one: one.sex or "")):
        parts[at % count if minors else at * count // len(adults)].append(adult)
    for minor in minors:
        min(parts, key=len).append(minor)
    return [part for part in parts if part]


def _is_minor(guest: Guest, terms: Terms) -> bool:
    return guest.age is not None and guest.age < terms.minor


def in_the_way(unit: Unit, place: Place, others: Sequence[Unit], terms: Terms) -> Rule | None:
    """The hard rule that keeps a unit out of a room that others are put into; None if none does."""
    rules = (_at_the_door, _of_people, _of_days, _of_needs)
    found = (rule(unit, place, others, terms) for rule in rules)
    return next((one for one in found if one is not None), None)


def _at_the_door(unit: Unit, place: Place, _others: object, _terms: object) -> Rule | None:
    if place.locked:
        return Rule.LOCKED
    return Rule.ISOLATION if place.isolation is not (unit.kind is Group.F0) else None


def _of_people(unit: Unit, place: Place, others: Sequence[Unit], terms: Terms) -> Rule | None:
    kinds = {one.kind for one in place.residents} | {one.kind for one in others}
    if kinds - {unit.kind}:
        return Rule.CLASS
    own = {guest.party for guest in unit.guests} == {place.party}  # one who comes after the others
    if (place.party and not own and not terms.share_rest) or not _same_key(
        unit, place, others, terms
    ):
        return Rule.SEX
    full = unit.size > place.room_for - sum(one.size for one in others)
    return Rule.FULL if full else None


def _same_key(unit: Unit, place: Place, others: Sequence[Unit], terms: Terms) -> bool:
    keys = {one.key for one in others} | ({place.key} if place.residents else set())
    if not keys or keys == {unit.key}:
        return True
    if unit.party and place.residents and not others:
        return all(one.party == unit.party for one in place.residents)
    if not terms.share_rest or not unit.key or unit.key.startswith("P"):
        return False
    people = [one.sex for one in place.residents]
    people += [guest.sex for one in others for guest in one.guests]
    return {*people} == {unit.guests[0].sex}


def _of_days(unit: Unit, place: Place, others: Sequence[Unit], terms: Terms) -> Rule | None:
    first = min([unit.first, *(one.arrived for one in place.residents), *(o.first for o in others)])
    last = max([unit.last, *(one.arrived for one in place.residents), *(o.last for o in others)])
    alone = not place.residents and not others  # a family came when it came
    if not alone and (last - first).days > terms.window:
        return Rule.COHORT
    if any(one.left < terms.grace for one in place.residents):
        return Rule.RESET
    return None


def _of_needs(unit: Unit, place: Place, others: Sequence[Unit], _terms: object) -> Rule | None:
    if unit.ground and not (place.accessible or place.floor <= GROUND):
        return Rule.NEEDS
    there = {one.id for one in place.residents}.union(*(one.ids for one in others))
    avoided = frozenset().union(*(one.apart for one in others))
    if unit.apart & there or avoided & unit.ids:
        return Rule.APART
    return None


def killed(
    unit: Unit, places: Iterable[Place], inside: Mapping[int, Sequence[Unit]], terms: Terms
) -> dict[Rule, int]:
    """How many rooms each hard rule keeps a unit out of: why it could not be placed."""
    if unit.lone:
        return {Rule.GUARDIAN: 0}
    found: dict[Rule, int] = {}
    for place in places:
        rule = in_the_way(unit, place, inside.get(place.id, ()), terms)
        if rule is not None:
            found[rule] = found.get(rule, 0) + 1
    return found
