"""The lists of home quarantine: who is at home by household, and what each day has told."""

from typing import Any

from admin_suite.core.i18n import N_, _
from admin_suite.excel.identity import COLUMN, FIELD, identified
from admin_suite.excel.sheet import Afterwards, Column, Field, Sheet, Table
from admin_suite.registry.reading import days
from admin_suite.registry.reading.again import keys_within
from admin_suite.registry.reading.columns import OTHERS, PERSON_COLUMNS
from admin_suite.registry.reading.people import born_after, people, world
from admin_suite.registry.sheets import EXAMPLE, PERSON_FIELDS
from modules.quarantine import formats
from modules.quarantine.checks import arrivals as checks
from modules.quarantine.checks.home import days_that_move
from modules.quarantine.codes import Group
from modules.quarantine.permissions import EXPECT, SEE
from modules.quarantine.queries import home_lists as queries
from modules.quarantine.service import home as service
from modules.quarantine.service.arrivals import NewArrival
from modules.quarantine.service.rehousing import correct_quarantined
from modules.quarantine.sheets.arrivals import OWN, contacts, groups, review

SINCE = "home_since"
ASKED = ("group", "index_case", "last_contact", "party", "doses", "decision_no", "notes")
SHARED = {column.field: column for column in OWN}
OWN_COLUMNS = (
    Column(
        SINCE,
        N_("At home since"),
        formats.HOME_WORDS,
        days.moment,
        required=True,
        dates=True,
    ),
    *(SHARED[name] for name in ASKED),
)
TAKEN = {name for column in OWN_COLUMNS for name in column.aliases}


def homes(table: Table) -> list[NewArrival | None]:
    """The people of a list of home quarantine; a family code is a household."""
    since = _since(table)
    persons = people(table, since)
    births = [person.dob if person else "" for person in persons]
    said = _("The person was born after the quarantine began.")
    born_after(table, births, since, "DOB_AFTER_ARRIVAL", said)
    told = contacts(table, since)
    groups(table)
    rows = zip(
        persons,
        table.column("group"),
        since,
        table.column("index_case", ""),
        told,
        table.column("party", ""),
        table.column("doses", 0),
        table.column("decision_no", ""),
        table.column("notes", ""),
        table.numbers or [0] * table.size,
        strict=True,
    )
    return identified(table, [_entry(*row) if row[0] is not None else None for row in rows])


def _entry(*cells: Any) -> NewArrival:
    person, group, since, case, contact, party, doses, decision, notes, row = cells
    return NewArrival(
        person,
        group,
        since,
        case,
        contact,
        party,
        symptomatic=group is Group.SYMPTOMATIC,
        doses=doses,
        decision_no=decision,
        notes=notes,
        row=row,
    )


def _since(table: Table) -> list[str]:
    """The day on which each began to be at home; it cannot be still to come."""
    today = table.about.world.today.isoformat() if table.about.world else "9999"
    refused = {remark.at for remark in table.refused if remark.field == SINCE}
    found = []
    for at, moment in enumerate(table.column(SINCE)):
        day = moment.day.isoformat() if moment and moment.day else ""
        if not day and at not in refused:
            table.refuse(at, SINCE, "NO_DATE", _("The day is missing."))
        elif day > today:
            table.refuse(at, SINCE, "FUTURE_DATE", _("This day is still to come."))
        found.append(day)
    return found


HOMES = Sheet(
    name="quarantine.home",
    title=N_("List of home quarantine"),
    kind=NewArrival,
    columns=(*PERSON_COLUMNS, *OWN_COLUMNS, COLUMN),
    items=homes,
    review=review,
    context=world,
    store=service.expect_at_home,
    check=checks.wrong_arrivals,
    rows=queries.home_entries,
    first=queries.last_entries,
    permission=SEE,
    afterwards=Afterwards(
        permission=EXPECT,
        keys=lambda cells: keys_within(cells, ("arrived", "party")),
        check=checks.wrong_arrival_changes,
        change=correct_quarantined,
        advise=days_that_move,
        withdraw=service.withdraw_home,
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
        Field(SINCE, N_("At home since"), 12),
        Field("party", N_("Family code"), 10),
        Field("doses", N_("Doses of vaccine"), 8),
        Field("decision_no", N_("Decision"), 18),
        Field("notes", N_("Needs and notes"), 24),
        Field("household", N_("Number of the household"), 10),
        Field("phase", N_("What for"), 20),
        Field("last_day", N_("Last day"), 12),
        Field("home_until", N_("Followed until"), 12),
        Field("left_home", N_("At home until"), 12),
        Field("ended", N_("How it ended"), 18),
        FIELD,
    ),
    ignored=tuple(name for name in (*OTHERS, *formats.NOT_OURS) if name not in TAKEN),
    example={
        **EXAMPLE,
        SINCE: "12/08/2021",
        "group": Group.F1,
        "index_case": "BN201972",
        "last_contact": "10/08/2021",
        "party": "H01",
        "doses": "1 mũi",
        "decision_no": "45/QĐ-UBND",
        "notes": "",
    },
)
HOME_DAYS: Sheet[Any] = Sheet(
    name="quarantine.home_days",
    title=N_("Calls and visits at home"),
    rows=queries.home_days,
    permission=SEE,
    fields=(
        *PERSON_FIELDS,
        Field("commune", N_("Commune"), 18),
        Field("day", N_("Day"), 12),
        Field("turn", N_("Turn"), 6),
        Field("at", N_("At"), 16),
        Field("channel", N_("Reached by"), 14),
        Field("outcome", N_("What was told"), 20),
        Field("temperature", N_("Temperature"), 8, nothing=None),
        Field("saturation", N_("SpO2"), 6, nothing=None),
        Field("symptoms", N_("Symptoms"), 24),
    ),
)
