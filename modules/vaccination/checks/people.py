"""What is asked before registrations and past doses are stored, changed or taken back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select

from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.identity import twice
from admin_suite.excel.sheet import Change
from admin_suite.registry.identity import as_cells, cells_of
from admin_suite.registry.models import Person
from admin_suite.registry.queries import Described, wrong_corrections, wrong_people
from modules.vaccination.checks.visits import reported_doses
from modules.vaccination.codes import LISTED, Source
from modules.vaccination.models import Dose, Registration, Visit
from modules.vaccination.queries.regimen import groups, products
from modules.vaccination.rules.verdicts import Given, numbers

OF_DESK = {"on", "product", "lot", "source"}
PARTS = ("product", "on", "lot", "place")


class Known(NamedTuple):
    """A dose that is stored: which, of whom, and what tells it from another."""

    id: int
    on: date
    product: str
    lot: str
    stated: int
    place: str = ""


class Registering(Protocol):
    """What is asked of a registration before it is stored."""

    @property
    def person(self) -> Described: ...  # noqa: D102
    @property
    def priority_group(self) -> int | None: ...  # noqa: D102
    @property
    def uid(self) -> str: ...  # noqa: D102
    def given(self) -> Sequence[tuple[str, str, int]]: ...  # noqa: D102


class Dosed(Protocol):
    """What is asked of a past dose before it is stored."""

    @property
    def person(self) -> Described: ...  # noqa: D102
    @property
    def on(self) -> str: ...  # noqa: D102
    @property
    def product(self) -> str: ...  # noqa: D102
    @property
    def uid(self) -> str: ...  # noqa: D102
    @property
    def source(self) -> Source: ...  # noqa: D102


def wrong_registrations(work: Work, wanted: Sequence[Registering]) -> list[Refusal]:
    """Why each of these registrations could not be stored; a dose that happened is no reason."""
    wrong = wrong_people(work, [one.person for one in wanted])
    there = groups(work)
    for at, one in enumerate(wanted):
        if one.priority_group is not None and one.priority_group not in there:
            said = _("There is no priority group “{cell}”.").format(cell=one.priority_group)
            wrong.append(Refusal(at, "priority_group", said))
        for on, _product, n in one.given():
            if not _a_day(on):
                wrong.append(Refusal(at, f"on{n}", _("“{cell}” is not a day.").format(cell=on)))
    return wrong + twice([one.uid for one in wanted])


def wrong_doses(work: Work, wanted: Sequence[Dosed]) -> list[Refusal]:
    """Why each of these past doses could not be entered."""
    wrong = wrong_people(work, [one.person for one in wanted])
    known, today = products(work), work.today().isoformat()
    claimed = [one.uid for one in wanted if one.source is Source.OWN]
    own = _entered_here(work, claimed)
    for at, one in enumerate(wanted):
        if one.source is Source.OWN and one.uid not in own:
            wrong.append(_not_given_here(at))
        if not one.on:
            wrong.append(Refusal(at, "on", _("The day of the injection is missing.")))
        elif not _a_day(one.on):
            wrong.append(Refusal(at, "on", _("“{cell}” is not a day.").format(cell=one.on)))
        elif one.on > today:
            wrong.append(Refusal(at, "on", _("This day is still to come.")))
        if one.product and one.product not in known:
            said = _("There is no vaccine “{cell}”. Known: {names}.")
            names = ", ".join(known)
            wrong.append(Refusal(at, "product", said.format(cell=one.product, names=names)))
    return wrong + twice([one.uid for one in wanted])


def _entered_here(work: Work, uids: Sequence[str]) -> set[str]:
    """Which of these codes are of doses that the vaccination desk here has entered."""
    query = select(Dose.uid).where(Dose.source == Source.OWN, bulk.among(work, Dose.uid, uids))
    return set(work.session.scalars(query)) if uids else set()


def _not_given_here(at: int) -> Refusal:
    said = _(
        "Only the vaccination desk enters doses that were given here. Say where this one is known "
        "from, such as “{word}”."
    )
    word = Source.LIST.word
    return Refusal(at, "source", said.format(word=word), word)


def _a_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def known_registrations(work: Work, people: Collection[int]) -> dict[int, int]:
    """The registration of each of these people who has one, the first one."""
    query = select(Registration.person_id, Registration.id).order_by(Registration.id.desc())
    among = bulk.among(work, Registration.person_id, people)
    rows = work.session.execute(query.where(among)) if people else ()
    return {row[0]: row[1] for row in rows}


def known_doses(work: Work, people: Collection[int]) -> dict[int, list[Known]]:
    """The doses of each of these people, as far as they tell one from another."""
    told: tuple[Any, ...] = (
        Dose.id,
        Dose.given_on,
        Dose.product,
        Dose.lot,
        Dose.stated,
        Dose.place,
    )
    query = select(Dose.person_id, *told)
    found: dict[int, list[Known]] = {}
    query = query.where(bulk.among(work, Dose.person_id, people))
    for person, *one in work.session.execute(query) if people else ():
        found.setdefault(person, []).append(Known(*one))
    return found


def uncorrectable(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Which changes of a corrected list cannot be made, and why."""
    wrong = wrong_corrections(work, changes)
    there = groups(work)
    for at, change in enumerate(changes):
        number = change.fields.get("priority_group", ("", ""))[1]
        if number and not (number.isdecimal() and int(number) in there):
            said = _("There is no priority group “{cell}”.").format(cell=number)
            wrong.append(Refusal(at, "priority_group", said))
        for name in change.fields:
            new = change.fields[name][1]
            if name[:-1] == "on" and new and not _a_day(new):
                wrong.append(Refusal(at, name, _("“{cell}” is not a day.").format(cell=new)))
        wrong += _given_here(work, at, change)
    return wrong


def _given_here(work: Work, at: int, change: Change) -> Iterator[Refusal]:
    """Which doses of a changed row were given here: they are corrected at the desk."""
    for n in LISTED:
        told = parts_of(change, n)
        dose = dose_meant(work, change.id, n, told) if told else None
        if dose is not None and dose.source is Source.OWN:
            said = _("This dose was given here; take it back at the vaccination desk.")
            yield Refusal(at, f"{next(iter(told))}{n}", said)


def parts_of(change: Change, n: int) -> dict[str, tuple[str, str]]:
    """What a changed row writes otherwise of its n-th dose: old and new."""
    return {part: change.fields[name] for part in PARTS if (name := f"{part}{n}") in change.fields}


def dose_meant(
    work: Work, registration_id: int, n: int, told: Mapping[str, tuple[str, str]]
) -> Dose | None:
    """The dose that stands under a number in a row: the one that the list itself told there.

    A workbook that we wrote has every dose of the person under its number; its old words tell.
    """
    query = select(Dose).where(Dose.registration_id == registration_id, Dose.stated == n)
    said = work.session.scalars(query.order_by(Dose.id)).first()
    if said is not None and _reads(said, told):
        return said
    person = work.session.get_one(Registration, registration_id).person_id
    found = select(Dose).where(Dose.person_id == person).order_by(Dose.given_on, Dose.id)
    doses = work.session.scalars(found).all()
    given = [Given(one.given_on, one.product, one.lot, one.stated) for one in doses]
    born = work.session.get_one(Person, person).dob
    work.saw(Person.__tablename__, [person])
    own = zip(doses, numbers(given, born, work.today()), strict=True)
    return next((one for one, number in own if number == n and _reads(one, told)), said)


def _reads(dose: Dose, told: Mapping[str, tuple[str, str]]) -> bool:
    """Whether a dose is as somebody saw it who changes it."""
    values = (dose.product, dose.given_on.isoformat(), dose.lot, dose.place)
    known = dict(zip(PARTS, values, strict=True))
    return all(known[part] == old for part, (old, _new) in told.items())


def uncorrectable_doses(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Which changes of doses cannot be made: what was given here is corrected at the desk."""
    wrong, today = wrong_corrections(work, changes), work.today().isoformat()
    own = set(
        work.session.scalars(
            select(Dose.id).where(
                Dose.source == Source.OWN, bulk.among(work, Dose.id, [c.id for c in changes])
            )
        )
    )
    for at, change in enumerate(changes):
        on = change.fields.get("on", ("", "known"))[1]
        if on != "known" and not _a_day(on):
            wrong.append(Refusal(at, "on", _("“{cell}” is not a day.").format(cell=on)))
        elif on != "known" and on > today:
            wrong.append(Refusal(at, "on", _("This day is still to come.")))
        if change.id in own and OF_DESK & change.fields.keys():
            said = _("This dose was given here; take it back at the vaccination desk.")
            wrong.append(Refusal(at, "on", said))
        elif change.fields.get("source", ("", ""))[1] == Source.OWN.value:
            wrong.append(_not_given_here(at))
    return wrong


def needed_registrations(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """Which of these registrations must stay, and why."""
    query = select(Registration.id).join(Visit, Visit.person_id == Registration.person_id)
    rows = work.session.scalars(query.where(bulk.among(work, Registration.id, ids)))
    on_list = _("This person is on the list of a session; the registration stays.")
    told = select(Dose.registration_id, Dose.id).where(bulk.among(work, Dose.registration_id, ids))
    of = {dose: key for key, dose in work.session.execute(told) if key is not None}
    reported = {of[dose]: said for dose, said in reported_doses(work, list(of)).items()}
    return {**reported, **dict.fromkeys(rows, on_list)}


def registrations_known(work: Work, uids: Sequence[str]) -> dict[str, tuple[int, dict[str, str]]]:
    """The registrations of these codes: the id, and what is known of it, as a list writes it."""
    r = Registration
    query = select(r.uid, r.id, Person.id, r.priority_group, r.wanted_on, r.note, *cells_of(Person))
    query = query.join(Person, Person.id == Registration.person_id)
    found: dict[str, tuple[int, dict[str, str]]] = {}
    people: dict[int, str] = {}
    rows = work.session.execute(query.where(bulk.among(work, Registration.uid, uids)))
    for uid, key, person, number, wanted, note, *values in rows:
        told = {"priority_group": number, "wanted_on": wanted, "note": note}
        own = {name: str(value) for name, value in told.items() if value not in (None, "")}
        found[uid] = (key, as_cells(values) | own)
        people[person] = uid
    for person, doses in _listed(work, list(people)).items():
        found[people[person]][1].update(doses)
    work.saw(Person.__tablename__, sorted(people))
    return found


def _listed(work: Work, people: Sequence[int]) -> dict[int, dict[str, str]]:
    """The doses of people as the cells of a registration say them, each under its number."""
    found: dict[int, dict[str, str]] = {}
    query = select(Dose.person_id, Person.dob, Dose.product, Dose.given_on, Dose.lot, Dose.place)
    query = query.add_columns(Dose.stated).join(Person, Person.id == Dose.person_id)
    query = query.where(bulk.among(work, Dose.person_id, people)).order_by(Dose.given_on, Dose.id)
    rows: dict[int, list[Any]] = {}
    for row in work.session.execute(query):
        rows.setdefault(row[0], []).append(row)
    today = work.today()
    for person, doses in rows.items():
        given = [Given(on, product, lot, n) for _p, _born, product, on, lot, _place, n in doses]
        cells = found[person] = {}
        for row, n in zip(doses, numbers(given, doses[0][1], today), strict=True):
            pairs = zip(PARTS, row[2:6], strict=True) if n else ()
            cells |= {f"{part}{n}": str(value) for part, value in pairs if value}
    return found


def doses_known(work: Work, uids: Sequence[str]) -> dict[str, tuple[int, Mapping[str, str]]]:
    """The doses of these codes: the id, and what is known of it, as a list writes it."""
    query = select(Dose, *cells_of(Person)).join(Person, Person.id == Dose.person_id)
    found: dict[str, tuple[int, Mapping[str, str]]] = {}
    seen = set()
    for dose, *values in work.session.execute(query.where(bulk.among(work, Dose.uid, uids))):
        told = {
            "on": dose.given_on.isoformat(),
            "product": dose.product,
            "lot": dose.lot,
            "stated": str(dose.stated or ""),
            "place": dose.place,
            "source": dose.source.value,
            "reliability": dose.reliability.value,
            "note": dose.note,
        }
        own = {name: text for name, text in told.items() if text}
        found[dose.uid] = (dose.id, as_cells(values) | own)
        seen.add(dose.person_id)
    work.saw(Person.__tablename__, sorted(seen))
    return found
