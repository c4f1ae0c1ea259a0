"""The list of people who come to quarantine."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from admin_suite.core.i18n import N_, _
from admin_suite.excel.identity import COLUMN, FIELD, identified
from admin_suite.excel.sheet import About, Afterwards, Column, Field, Review, Sheet, Table, text
from admin_suite.registry.reading import days, same
from admin_suite.registry.reading.again import keys_within
from admin_suite.registry.reading.columns import OTHERS, PERSON_COLUMNS, tidied
from admin_suite.registry.reading.days import LONG_AGO, Moment
from admin_suite.registry.reading.people import born_after, people
from admin_suite.registry.sheets import EXAMPLE, PERSON_FIELDS
from modules.quarantine import formats
from modules.quarantine.checks import arrivals as checks
from modules.quarantine.checks.home import days_that_move
from modules.quarantine.codes import Group
from modules.quarantine.permissions import EXPECT, SEE
from modules.quarantine.queries import arrivals as queries
from modules.quarantine.service import arrivals as service
from modules.quarantine.service.arrivals import NewArrival
from modules.quarantine.service.rehousing import correct_quarantined
from modules.quarantine.sheets.reading import PERHAPS, sites

OWN = (
    Column("group", N_("Group"), formats.GROUP_WORDS, formats.group, choices=Group),
    Column("index_case", N_("Index case"), formats.CASE_WORDS, formats.nothing_or),
    Column(
        "last_contact",
        N_("Last contact"),
        formats.CONTACT_WORDS,
        formats.last_contact,
        dates=True,
    ),
    Column("arrived", N_("Arrived"), formats.ARRIVED_WORDS, days.moment, dates=True),
    Column(
        "party",
        N_("Family code"),
        formats.PARTY_WORDS,
        formats.nothing_or,
        note=N_("People who belong together have the same code."),
    ),
    Column("symptoms", N_("Symptoms"), formats.SYMPTOM_WORDS, formats.symptoms),
    Column(
        "symptomatic",
        N_("Has symptoms"),
        formats.SYMPTOMATIC_WORDS,
        formats.ticked,
        offered=False,
    ),
    Column("fever", N_("Temperature"), formats.TEMPERATURE_WORDS, formats.fever, offered=False),
    Column("doses", N_("Doses of vaccine"), formats.DOSE_WORDS, formats.doses),
    Column("dose_1", N_("First dose"), formats.FIRST_DOSE, formats.doses, offered=False),
    Column("dose_2", N_("Second dose"), formats.SECOND_DOSE, formats.doses, offered=False),
    Column("origin", N_("Comes from"), formats.ORIGIN_WORDS, tidied),
    Column("vehicle", N_("Vehicle"), formats.VEHICLE_WORDS, text),
    Column("seat", N_("Seat"), formats.SEAT_WORDS, text),
    Column("decision_no", N_("Decision"), formats.DECISION_WORDS, tidied),
    Column("notes", N_("Needs and notes"), formats.NOTE_WORDS, tidied),
    PERHAPS,
)
TAKEN = {name for column in OWN for name in column.aliases}
IGNORED = (*(name for name in OTHERS if name not in TAKEN), *formats.NOT_OURS)


class _Days(Struct):
    """The days of arrival, and whether one came from the title."""

    written: list[str]
    from_title: bool = False


def arrivals(table: Table) -> list[NewArrival | None]:
    """The people of a list of arrivals."""
    arrived = _arrived(table)
    persons = people(table, arrived)
    births = [person.dob if person else "" for person in persons]
    said = _("The person was born after the arrival.")
    born_after(table, births, arrived, "DOB_AFTER_ARRIVAL", said)
    last_contacts = contacts(table, arrived)
    groups(table)
    told, ill = _health(table)
    rows = zip(
        persons,
        table.column("group"),
        arrived,
        table.column("index_case", ""),
        last_contacts,
        table.column("party", ""),
        ill,
        told,
        _doses(table),
        *(table.column(name, "") for name in ("origin", "vehicle", "seat", "decision_no")),
        table.column("notes", ""),
        table.column("facility", ""),
        table.numbers or [0] * table.size,
        strict=True,
    )
    return identified(table, [NewArrival(*row) if row[0] is not None else None for row in rows])


def _health(table: Table) -> tuple[list[str], list[bool]]:
    """What is written of the health of each, with a fever that was measured, and who is ill."""
    columns = zip(*(table.column(n) for n in ("symptoms", "fever", "symptomatic")), strict=True)
    rows = [(pair or ("", False), heat or "", tick) for pair, heat, tick in columns]
    told = [heat if heat and not pair[1] else pair[0] for pair, heat, _tick in rows]
    return told, [bool(pair[1] or heat or tick) for pair, heat, tick in rows]


def _arrived(table: Table) -> list[str]:
    """The day on which each arrived: its row's, that of the line above, or of the title."""
    moments: list[Moment | None] = table.column("arrived")
    refused = {remark.at for remark in table.refused if remark.field == "arrived"}
    found = _Days([])
    for at, (moment, above) in enumerate(zip(moments, days.above(table), strict=True)):
        day = (moment.day if moment else None) or above
        if day is None and at not in refused and table.about.day is not None:
            day, found.from_title = table.about.day, True
        code, said = _impossible(day, table.about)
        if code and at not in refused:
            table.refuse(at, "arrived", code, said)
        found.written.append(day.isoformat() if day else "")
    if found.from_title and table.about.day:
        said = _("Rows without a day arrived on the day under the title: {day}.")
        table.say("DATE_FROM_TITLE", said.format(day=table.about.day.strftime("%d/%m/%Y")))
    return found.written


def _impossible(day: date | None, about: About) -> tuple[str, str]:
    if day is None:
        return "NO_DATE", _("The day of arrival is missing.")
    today = about.world.today if about.world else date.max
    if day > today:
        return "FUTURE_DATE", _("This day is still to come.")
    if about.day is not None and abs(day - about.day) > LONG_AGO:
        return "BAD_DATE", _("This day is far from the day of the list.")
    return "", ""


def contacts(table: Table, arrived: Sequence[str]) -> list[str]:
    """The last contact of each; after the arrival it cannot have been."""
    told: list[date | None] = table.column("last_contact")
    out = {remark.at for remark in table.refused if remark.field == "arrived"}
    for at, (contact, day) in enumerate(zip(told, arrived, strict=True)):
        if contact is not None and day and at not in out and contact.isoformat() > day:
            said = _("The last contact is after the arrival.")
            table.refuse(at, "last_contact", "LAST_CONTACT_AFTER_ARRIVAL", said)
    return [day.isoformat() if day else "" for day in told]


def groups(table: Table) -> None:
    """Refuse the rows that do not say why somebody is quarantined.

    In a list without such a column the line above a part of it says so, or the title.
    """
    if not table.has("group"):
        _take_from_above(table)
    refused = {remark.at for remark in table.refused if remark.field == "group"}
    for at, group in enumerate(table.column("group")):
        if group is None and at not in refused:
            said = _("The reason of the quarantine is missing.")
            table.refuse(at, "group", "BAD_GROUP", said)


def _take_from_above(table: Table) -> None:
    title = formats.group_above(table.about.title)
    table.values["group"] = [code or title for code in table.above(formats.group_above)]
    if title is not None and title in table.values["group"]:
        said = _("No column says why people are in quarantine; the title says it of them: {group}.")
        table.say("GROUP_FROM_TITLE", said.format(group=title.word))


def _doses(table: Table) -> list[int]:
    """Doses as told in one column, or by which of two columns are filled."""
    columns = zip(*(table.column(name, 0) for name in ("doses", "dose_1", "dose_2")), strict=True)
    return [max(told, bool(first) + bool(second)) for told, first, second in columns]


def review(told: Review[NewArrival]) -> None:
    """Find the people who stand twice in a list."""
    same.look_over(
        told,
        lambda one: one.person,
        lambda one: (one.arrived, one.party, one.uid),
        lambda one, whole: one._replace(person=whole),
    )


ARRIVALS = Sheet(
    name="quarantine.arrivals",
    title=N_("List of arrivals"),
    kind=NewArrival,
    columns=(*PERSON_COLUMNS, *OWN, COLUMN),
    items=arrivals,
    review=review,
    context=sites,
    store=service.expect,
    check=checks.wrong_arrivals,
    rows=queries.arrivals,
    first=queries.first_arrivals,
    permission=SEE,
    afterwards=Afterwards(
        permission=EXPECT,
        keys=lambda cells: keys_within(cells, ("arrived", "party")),
        check=checks.wrong_arrival_changes,
        change=correct_quarantined,
        advise=days_that_move,
        withdraw=service.withdraw_arrivals,
        by_uid=checks.arrivals_known,
    ),
    fields=(
        Field("row", N_("No."), 6),
        *PERSON_FIELDS,
        Field("commune", N_("Commune"), 18),
        Field("address", N_("Address"), 36),
        Field("group", N_("Group"), 18),
        Field("index_case", N_("Index case"), 12),
        Field("last_contact", N_("Last contact"), 12),
        Field("arrived", N_("Arrived"), 12),
        Field("party", N_("Family code"), 10),
        Field("symptomatic", N_("Has symptoms"), 10),
        Field("symptoms", N_("Symptoms"), 18),
        Field("doses", N_("Doses of vaccine"), 8),
        Field("origin", N_("Comes from"), 22),
        Field("vehicle", N_("Vehicle"), 12),
        Field("seat", N_("Seat"), 6),
        Field("decision_no", N_("Decision"), 18),
        Field("notes", N_("Needs and notes"), 24),
        Field("facility", N_("Facility code"), 12),
        Field("building", N_("Building"), 10),
        Field("room", N_("Room"), 8),
        Field("bed", N_("Bed"), 6),
        FIELD,
    ),
    ignored=IGNORED,
    example={
        **EXAMPLE,
        "group": Group.F1,
        "index_case": "BN201972",
        "last_contact": "10/08/2021",
        "arrived": "12/08/2021",
        "party": "H01",
        "symptoms": "Không",
        "doses": "1 mũi",
        "origin": "Bắc Giang",
        "vehicle": "24B-001.23",
        "seat": "12",
        "decision_no": "45/QĐ-UBND",
        "notes": "mang thai 32 tuần",
    },
)
