"""Registering people, and entering the doses that they were given elsewhere."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import refuse
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry.service import (
    NewPerson,
    add_people,
    correct_people,
    hold_names,
    unit_id,
)
from modules.vaccination import checks
from modules.vaccination.checks.people import Known, dose_meant, parts_of
from modules.vaccination.codes import LISTED, Reliability, Source
from modules.vaccination.models import Dose, Registration
from modules.vaccination.permissions import REGISTER
from modules.vaccination.service.forecasts import forecast

REGISTRATION = (
    "uid",
    "person_id",
    "sender_id",
    "import_id",
    "row",
    "listed_on",
    "priority_group",
    "wanted_on",
    "note",
)
DOSE = (
    "uid",
    "person_id",
    "given_on",
    "product",
    "lot",
    "stated",
    "place",
    "source",
    "reliability",
    "note",
    "registration_id",
    "import_id",
    "entered_by",
)


FILLED = ("product", "lot", "place")  # of a known dose, where nobody has said it


class NewRegistration(NamedTuple):
    """Somebody to register, with the doses of the row; days as ISO, ``row`` the line of the list.

    A dose without a day is none. ``uid`` is the code of a record that came back.
    """

    person: NewPerson
    priority_group: int | None = None
    wanted_on: str = ""
    note: str = ""
    product1: str = ""
    on1: str = ""
    lot1: str = ""
    place1: str = ""
    product2: str = ""
    on2: str = ""
    lot2: str = ""
    place2: str = ""
    product3: str = ""
    on3: str = ""
    lot3: str = ""
    place3: str = ""
    product4: str = ""
    on4: str = ""
    lot4: str = ""
    place4: str = ""
    product5: str = ""
    on5: str = ""
    lot5: str = ""
    place5: str = ""
    row: int = 0
    uid: str = ""

    def given(self) -> list[tuple[str, str, int]]:
        """Day, product and number in the list of each dose."""
        if not (self.on1 or self.on2 or self.on3 or self.on4 or self.on5):
            return []  # as half of a list
        days = (
            (self.on1, self.product1),
            (self.on2, self.product2),
            (self.on3, self.product3),
            (self.on4, self.product4),
            (self.on5, self.product5),
        )
        return [(on, product, n) for n, (on, product) in enumerate(days, start=1) if on]

    def doses(self) -> Iterator["_Fact"]:
        """Each dose as it is stored."""
        for on, product, n in self.given():
            lot, place = getattr(self, f"lot{n}"), getattr(self, f"place{n}")
            yield _Fact(date.fromisoformat(on), product, lot, n, place)


class NewDose(NamedTuple):
    """A dose given elsewhere; ``on`` as ISO, ``stated`` which one its card calls it (0: none)."""

    person: NewPerson
    on: str
    product: str = ""
    lot: str = ""
    stated: int = 0
    place: str = ""
    source: Source = Source.CARD
    reliability: Reliability = Reliability.UNKNOWN
    note: str = ""
    row: int = 0
    uid: str = ""


class _Fact(NamedTuple):
    """A dose to be stored for a person."""

    on: date
    product: str
    lot: str
    stated: int
    place: str
    source: Source = Source.LIST
    reliability: Reliability = Reliability.UNKNOWN
    note: str = ""
    uid: str = ""


class _Kept(NamedTuple):
    """The dose that each fact means, those that are new, what facts filled in, by their places."""

    ids: list[int]
    added: list[int]
    filled: dict[int, list[str]]


@use_case(REGISTER)
def register(
    work: Work, registrations: Sequence[NewRegistration], origin: Origin = TYPED
) -> Stored:
    """Register people with the doses that their rows tell; who is registered already stays so.

    A group that nobody had said of him is written down.
    """
    refuse(checks.wrong_registrations(work, registrations))
    hold_names(work, [one.person for one in registrations])
    sender = unit_id(work, origin.sender)
    entered = add_people(work, [one.person for one in registrations], origin)
    people = entered.ids
    there = checks.known_registrations(work, set(people) - entered.added)
    filled = _say_groups(work, there, zip(people, registrations, strict=True))
    fresh = _fresh(work, sender, zip(people, registrations, strict=True), there, origin)
    added = bulk.insert_rows(work, Registration, REGISTRATION, list(fresh.values()))
    there |= dict(zip(fresh, added, strict=True))
    facts = [
        (person, there[person], dose)
        for person, one in zip(people, registrations, strict=True)
        for dose in one.doses()
    ]
    for at, names in _store_doses(work, facts, origin, entered.added).filled.items():
        told = (f"{name}{facts[at][2].stated}" for name in names)
        filled.setdefault(there[facts[at][0]], []).extend(told)
    forecast(work, sorted(set(people)))
    ids = [there[person] for person in people]
    return Stored(ids, len(added), frozenset(added), filled)


def _fresh(
    work: Work,
    sender: int | None,
    rows: Iterable[tuple[int, NewRegistration]],
    there: Collection[int],
    origin: Origin,
) -> dict[int, tuple[Any, ...]]:
    """The registrations to be stored by person; several rows of one say together what is known."""
    day = origin.day or work.today()
    found: dict[int, tuple[Any, ...]] = {}
    new = [(person, one) for person, one in rows if person not in there]
    for (person, one), uid in zip(new, new_uids(work.now(), len(new)), strict=True):
        about: tuple[Any, ...] = (one.priority_group, one.wanted_on, one.note)
        if before := found.get(person):
            about = tuple(a or b for a, b in zip(before[-3:], about, strict=True))
            found[person] = (*before[:-3], *about)
        else:
            of = (one.uid or uid, person, sender, origin.import_id, one.row, day)
            found[person] = (*of, *about)
    return found


def _say_groups(
    work: Work, there: Mapping[int, int], rows: Iterable[tuple[int, NewRegistration]]
) -> dict[int, list[str]]:
    """Give registrations without a priority group the one that a row says; what was filled in."""
    query = select(Registration.id).where(Registration.priority_group.is_(None))
    without = set(
        work.session.scalars(query.where(bulk.among(work, Registration.id, list(there.values()))))
    )
    filled: dict[int, list[str]] = {}
    for person, one in rows:
        if there.get(person) in without and one.priority_group is not None:
            row = work.session.get_one(Registration, there[person])
            row.priority_group = one.priority_group
            without.discard(row.id)
            filled[row.id] = ["priority_group"]
    return filled


@use_case(REGISTER)
def enter_doses(work: Work, doses: Sequence[NewDose], origin: Origin = TYPED) -> Stored:
    """Enter doses that people were given elsewhere; a dose that is known stays as it is."""
    refuse(checks.wrong_doses(work, doses))
    entered = add_people(work, [one.person for one in doses], origin)
    people = entered.ids
    facts = [
        (
            person,
            None,
            _Fact(
                date.fromisoformat(one.on),
                one.product,
                one.lot,
                one.stated,
                one.place,
                one.source,
                one.reliability,
                one.note,
                one.uid,
            ),
        )
        for person, one in zip(people, doses, strict=True)
    ]
    kept = _store_doses(work, facts, origin, entered.added)
    forecast(work, sorted(set(people)))
    filled: dict[int, list[str]] = {}
    for at, names in kept.filled.items():
        filled.setdefault(kept.ids[at], []).extend(names)
    return Stored(kept.ids, len(kept.added), frozenset(kept.added), filled)


def _store_doses(
    work: Work,
    facts: Sequence[tuple[int, int | None, _Fact]],
    origin: Origin,
    entered: Collection[int] = frozenset(),
) -> _Kept:
    """Store what is not known yet; of people who were ``entered`` just now nothing is.

    Of a known dose only what nobody has said is written: its vaccine, its lot, its place.
    """
    known = checks.known_doses(work, {fact[0] for fact in facts}.difference(entered))
    uids = new_uids(work.now(), len(facts))
    rows: list[tuple[Any, ...]] = []
    places: list[int] = []  # a known dose, or below nought the place of a new one
    filled: dict[int, list[str]] = {}
    for nth, ((person, registration, fact), uid) in enumerate(zip(facts, uids, strict=True)):
        there = known.setdefault(person, [])
        at = next((n for n, one in enumerate(there) if _same(one, fact)), None)
        if at is None:
            at = len(there)
            code = fact.uid or uid
            around = (registration, origin.import_id, work.actor.id)
            there.append(Known(-len(rows) - 1, *fact[:5]))
            rows.append((code, person, *fact[:-1], *around))
        elif added_by := _adds(there[at], fact):
            there[at] = _filled(work, there[at], added_by, rows)
            if there[at].id > 0:
                filled[nth] = list(added_by)
        places.append(there[at].id)
    added = bulk.insert_rows(work, Dose, DOSE, rows)
    return _Kept([key if key > 0 else added[-key - 1] for key in places], added, filled)


def _adds(one: Known, fact: _Fact) -> dict[str, str]:
    """What a fact says of a known dose that nobody has said."""
    told = {name: getattr(fact, name) for name in FILLED}
    return {name: value for name, value in told.items() if value and not getattr(one, name)}


def _filled(work: Work, one: Known, told: Mapping[str, str], rows: list[tuple[Any, ...]]) -> Known:
    """A known dose with what a fact adds; ``rows`` are still to be stored."""
    if one.id > 0:
        dose = work.session.get_one(Dose, one.id)
        for name, value in told.items():
            setattr(dose, name, value)
    else:
        row = {**dict(zip(DOSE, rows[-one.id - 1], strict=True)), **told}
        rows[-one.id - 1] = tuple(row[name] for name in DOSE)
    return Known(**{**one._asdict(), **told})


def _same(one: Known, fact: _Fact) -> bool:
    """Whether a fact tells a dose that is stored: the same day, and nothing against it."""
    if one.on != fact.on:
        return False
    pairs = ((one.product, fact.product), (one.lot, fact.lot))
    return all(a == b or not (a and b) for a, b in pairs)


@use_case(REGISTER)
def correct(work: Work, changes: Sequence[Change]) -> None:
    """Change what a corrected list writes otherwise of a person, a registration, its doses."""
    refuse(checks.uncorrectable(work, changes))
    people = []
    for change in changes:
        row = work.session.get_one(Registration, change.id)
        people.append(Change(row.person_id, change.fields))
        new = {name: pair[1] for name, pair in change.fields.items()}
        if "priority_group" in new:
            row.priority_group = int(new["priority_group"]) if new["priority_group"] else None
        row.wanted_on = new.get("wanted_on", row.wanted_on)
        row.note = new.get("note", row.note)
        for n in LISTED:
            if told := parts_of(change, n):
                _correct_listed(work, row, n, told)
    correct_people(work, people)
    forecast(work, sorted({person.id for person in people}))


def _correct_listed(
    work: Work, row: Registration, n: int, told: Mapping[str, tuple[str, str]]
) -> None:
    """Change the n-th dose of a row, add it, or take it back where the row has none any more."""
    dose = dose_meant(work, row.id, n, told)
    new = {part: pair[1] for part, pair in told.items()}
    if dose is None:
        if new.get("on"):
            rest = (new.get("product", ""), new.get("lot", ""), n, new.get("place", ""))
            fact = _Fact(date.fromisoformat(new["on"]), *rest)
            _store_doses(work, [(row.person_id, row.id, fact)], TYPED)
        return
    if new.get("on", "there") == "":
        dose.void_reason = _("The list that told of this dose was corrected.")
        dose.voided_at = work.now()
        return
    _put(dose, new)


def _put(dose: Dose, told: Mapping[str, str]) -> None:
    if told.get("on"):
        dose.given_on = date.fromisoformat(told["on"])
    dose.product = told.get("product", dose.product)
    dose.lot = told.get("lot", dose.lot)
    dose.place = told.get("place", dose.place)


@use_case(REGISTER)
def correct_doses(work: Work, changes: Sequence[Change]) -> None:
    """Change what is known of doses that were given elsewhere."""
    refuse(checks.uncorrectable_doses(work, changes))
    people = []
    for change in changes:
        dose = work.session.get_one(Dose, change.id)
        people.append(Change(dose.person_id, change.fields))
        new = {name: pair[1] for name, pair in change.fields.items()}
        _put(dose, new)
        if "stated" in new:
            dose.stated = int(new["stated"] or 0)
        if new.get("source"):
            dose.source = Source.of(new["source"])
        dose.note = new.get("note", dose.note)
        if new.get("reliability"):
            dose.reliability = Reliability.of(new["reliability"])
    correct_people(work, people)
    forecast(work, sorted({person.id for person in people}))
