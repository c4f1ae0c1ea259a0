"""The list of registrations, with past doses in the same row."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.excel.identity import COLUMN, FIELD, identified
from admin_suite.excel.sheet import About, Afterwards, Column, Field, Review, Sheet, Table
from admin_suite.registry.reading import days, same
from admin_suite.registry.reading.again import keys_within
from admin_suite.registry.reading.columns import tidied
from admin_suite.registry.reading.details import whole_people
from admin_suite.registry.reading.people import born_after
from admin_suite.registry.service import NewPerson
from admin_suite.registry.sheets import EXAMPLE, PERSON_FIELDS
from modules.vaccination import checks, formats, queries, service
from modules.vaccination.codes import LISTED, Match
from modules.vaccination.permissions import REGISTER, SEE
from modules.vaccination.queries.registrations import RegistrationRow
from modules.vaccination.rules.matching import match
from modules.vaccination.rules.regimen import Regimen
from modules.vaccination.rules.verdicts import Given, Judged, judge
from modules.vaccination.service import NewRegistration
from modules.vaccination.sheets import reading

Dose = tuple[list[str], list[str], list[str], list[str]]  # vaccine, day, lot, place of each row
PARTS = ("product", "on", "lot", "place")
AGAINST = ("priority_group", *(f"lot{n}" for n in LISTED))  # what rows of one person agree on
ADDED = (*AGAINST, *(f"place{n}" for n in LISTED), "wanted_on", "note")
GROWN = 30  # years above which only a rule of the greatest age asks for the age
OF_AGE = "1900"  # stands for the birth of all who are, so that they are judged together


def group(cell: object, about: About) -> object:
    """The number of a priority group that there is."""
    return formats.group(cell, reading.known(about).groups)


def wanted(cell: object, about: About) -> object:
    """The day somebody wants, as ISO; words that are no day are left out."""
    if formats.nothing(cell):
        return None
    found = days.moment(cell, about).day
    return found.isoformat() if found else None


COLUMNS = (
    *reading.person_columns(),
    Column(
        "priority_group",
        N_("Priority group"),
        formats.GROUP_WORDS,
        group,
        note=N_("The number of the group, 1 to 16."),
    ),
    *reading.dose_columns(),
    Column("told", N_("How many doses so far"), formats.TOLD_WORDS, reading.told, offered=False),
    Column("history", N_("Doses so far"), formats.HISTORY_WORDS, reading.history, offered=False),
    Column("wanted_on", N_("Wanted on"), formats.WANTED_WORDS, wanted, offered=False),
    Column("note", N_("Note"), formats.NOTE_WORDS, tidied),
    COLUMN,
)


def registrations(table: Table) -> list[NewRegistration | None]:
    """The registrations of a list, each with the doses of its row."""
    persons = whole_people(table)
    doses = _last_of_several(table, [_doses(table, n) for n in LISTED])
    _check_order(table, doses)
    last = _last_day(table, doses)
    reading.forget(table, doses, last)
    births = [person.dob if person else "" for person in persons]
    said = _("The person was born after the day of the list.")
    born_after(table, births, [last] * table.size, "DOB_AFTER_LIST", said)
    columns: list[Sequence[Any]] = [column for dose in doses for column in dose]
    rows = zip(
        persons,
        table.column("priority_group"),
        table.column("wanted_on", ""),
        table.column("note", ""),
        *columns,
        table.numbers or [0] * table.size,
        strict=True,
    )
    items = [NewRegistration(*row) if row[0] is not None else None for row in rows]
    _remark(table, items)
    return identified(table, items)


def _doses(table: Table, n: int) -> Dose:
    """Vaccine, day, lot and place of the n-th dose; refuses one that cannot have been."""
    names = [f"{part}{n}" for part in PARTS]
    if not any(map(table.has, [*names, "history"])):
        return [""] * table.size, [""] * table.size, [""] * table.size, [""] * table.size
    products, on, lots = reading.parted(table, *names[:3])
    places = table.column(names[3])
    _from_history(table, n, (products, on, lots))
    world = reading.known(table.about)
    today = world.today.isoformat()
    listed = table.about.day.isoformat() if table.about.day else ""
    unread = {remark.at for remark in table.refused if remark.field == names[1]}
    for at, (product, day, lot) in enumerate(zip(products, on, lots, strict=True)):
        if day is None:
            if (product is not None or lot) and at not in unread:
                table.refuse(at, names[1], "NO_DATE", reading.missing_day(str(n)))
        elif day > today:
            table.refuse(at, names[1], "FUTURE_DATE", _("This day is still to come."))
        elif listed and day > listed:
            said = _("This dose is after the day of the list.")
            table.refuse(at, names[1], "DOSE_AFTER_LIST", said)
        elif product is None:
            said = _("The vaccine of this dose is not said.")
            table.warn(at, names[0], "PRODUCT_UNKNOWN", said)
    texts = ([value or "" for value in column] for column in (products, on, lots, places))
    return next(texts), next(texts), next(texts), next(texts)


def _last_of_several(table: Table, doses: list[Dose]) -> list[Dose]:
    """A list of one dose that says how many there were tells the last of them."""
    later = (f"{part}{n}" for part in PARTS for n in LISTED[1:])
    if any(map(table.has, later)):
        return doses
    for at, n in enumerate(table.column("told", 1)):
        if 1 < n <= len(LISTED) and doses[0][1][at] and not doses[n - 1][1][at]:
            for one, other in zip(doses[0], doses[n - 1], strict=True):
                one[at], other[at] = "", one[at]
    return doses


def _from_history(
    table: Table, n: int, dose: tuple[list[str | None], list[str | None], list[str]]
) -> None:
    """Fill in the n-th dose of rows that tell it only in the column of all doses."""
    products, on, lots = dose
    for at, told in enumerate(table.column("history")):
        shot = told.get(n) if told else None
        if shot is not None and products[at] is None and on[at] is None:
            products[at], on[at], lots[at] = shot.product, shot.on, lots[at] or shot.lot


def _check_order(table: Table, doses: Sequence[Sequence[Sequence[str]]]) -> None:
    """A later dose on an earlier day is refused; one without the dose before is said."""
    for n, (before, after) in enumerate(itertools.pairwise(doses), start=2):
        if not any(after[1]):
            continue
        for at, (first, second) in enumerate(zip(before[1], after[1], strict=True)):
            if second and first > second:
                said = _("Dose {n} is before the dose before it.").format(n=n)
                table.refuse(at, f"on{n}", "DOSE_ORDER", said)
            elif second and not first and not before[0][at]:
                said = _("Dose {n} stands there without the dose before it.").format(n=n)
                table.warn(at, f"on{n}", "SECOND_WITHOUT_FIRST", said)


def _last_day(table: Table, doses: Sequence[Sequence[Sequence[str]]]) -> str:
    """The day of the list; without one, the last day on which anybody in it was vaccinated."""
    if table.about.day:
        return table.about.day.isoformat()
    refused = {remark.at for remark in table.refused}
    given = (day for dose in doses for at, day in enumerate(dose[1]) if day and at not in refused)
    return max(given, default=reading.known(table.about).today.isoformat())


def _remark(table: Table, items: Sequence[NewRegistration | None]) -> None:
    """What the rules say of the doses of each row, and what stops its match; nothing is refused."""
    regimen = reading.known(table.about).regimen
    refused = {remark.at for remark in table.refused}
    verdicts = _verdicts(regimen)
    for at, item in enumerate(items):
        if item is None or at in refused:
            continue
        _say_match(table, at, item.person)
        given = item.given()
        born = item.person.dob
        if given:
            grown = bool(born) and int(born[:4]) + GROWN < int(given[0][0][:4])
            grown = grown and not any(product in regimen.uppers for _on, product, _n in given)
            judged = verdicts(tuple(given), OF_AGE if grown else born)
            _say_doses(table, at, [dose[2] for dose in given], judged)


def _verdicts(regimen: Regimen) -> Any:
    """The verdicts of doses by product and day; what many rows share is judged once."""

    @cache
    def told(given: tuple[tuple[str, str, int], ...], born: str) -> list[Judged]:
        doses = [Given(date.fromisoformat(on), product, "", n) for on, product, n in given]
        return judge(doses, born, date.max, regimen)

    return told


def _say_doses(table: Table, at: int, numbers: Sequence[int], judged: Sequence[Judged]) -> None:
    for n, one in zip(numbers, judged, strict=True):
        reading.say_verdict(table, at, f"on{n}", one)


def _say_match(table: Table, at: int, person: NewPerson) -> None:
    found = match(person.id_no, person.dob, person.sex, foreign=bool(person.nationality))
    if found is not None:
        said = _("The national platform will not match this person: {why}.")
        table.warn(at, "id_no", f"MATCH_{found.value}", said.format(why=MATCHES[found]()))


MATCHES = {
    Match.NO_ID: lambda: _("there is no citizen number"),
    Match.BAD_ID: lambda: _("the citizen number is ill-formed"),
    Match.DIFFERS: lambda: _("birth or sex do not go with the number"),
}


def _review(review: Review[NewRegistration]) -> None:
    same.look_over(
        review,
        lambda one: one.person,
        lambda one: (*one.given(), one.uid),
        lambda one, whole: one._replace(person=whole),
        _joined,
    )


def _joined(first: NewRegistration, again: NewRegistration) -> NewRegistration | None:
    """A row with what only the row that says it again tells; none if lots or groups differ."""
    pairs = {name: (getattr(first, name), getattr(again, name)) for name in ADDED}
    if any(all(pairs[name]) and len({*pairs[name]}) > 1 for name in AGAINST):
        return None
    return first._replace(**{name: one or other for name, (one, other) in pairs.items()})


def _rows(work: Work, where: Mapping[str, str]) -> list[RegistrationRow]:
    return queries.registrations.rows(work, where)


REGISTRATIONS = Sheet(
    name="vaccination.registrations",
    title=N_("Registrations for vaccination"),
    kind=NewRegistration,
    columns=COLUMNS,
    items=registrations,
    review=_review,
    context=reading.rules,
    store=service.register,
    check=checks.wrong_registrations,
    rows=_rows,
    first=queries.registrations.first_rows,
    permission=SEE,
    afterwards=Afterwards(
        permission=REGISTER,
        keys=lambda cells: keys_within(cells, ("priority_group",)),
        check=checks.uncorrectable,
        change=service.correct,
        withdraw=service.withdraw,
        empty=service.empty,
        by_uid=checks.registrations_known,
    ),
    fields=(
        *PERSON_FIELDS,
        Field("commune", N_("Commune"), 18),
        Field("district", N_("District"), 12),
        Field("district_code", N_("District code"), 8),
        Field("province", N_("Province"), 10),
        Field("province_code", N_("Province code"), 8),
        Field("address", N_("Address"), 36),
        Field("insurance_no", N_("Insurance number"), 17),
        Field("nationality", N_("Nationality"), 9),
        Field("ethnic", N_("Ethnic group"), 10),
        Field("occupation", N_("Occupation"), 16),
        Field("workplace", N_("Workplace"), 22),
        Field("priority_group", N_("Priority group"), 8, nothing=None),
        *reading.dose_fields(),
        Field("doses", N_("Doses with their verdicts"), 30, show=queries.registrations.told),
        Field("match", N_("Match with the national platform"), 24),
        Field("standing", N_("State"), 18),
        Field("due_on", N_("Next dose due on"), 12),
        Field("wanted_on", N_("Wanted on"), 12),
        Field("sender", N_("Sender"), 28),
        Field("note", N_("Note"), 20),
        FIELD,
    ),
    ignored=(*reading.others(), "Doses with their verdicts", "Match with the national platform"),
    example={
        **EXAMPLE,
        "workplace": "Trường THCS Điện Quan",
        "priority_group": "8",
        "product1": "Vaxzevria",
        "on1": "10/06/2021",
        "lot1": "ABV5297",
    },
)
