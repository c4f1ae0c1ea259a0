"""The list of rapid tests: import, export, template and typing grid in one."""

from collections.abc import Mapping, Sequence

from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.excel.identity import COLUMN, FIELD, identified
from admin_suite.excel.sheet import Afterwards, Column, Field, Review, Sheet, Table, text
from admin_suite.registry.reading import days, same
from admin_suite.registry.reading.again import keys_within
from admin_suite.registry.reading.columns import OTHERS, PERSON_COLUMNS, tidied
from admin_suite.registry.reading.days import Moment
from admin_suite.registry.reading.people import born_after, people, world
from admin_suite.registry.sheets import EXAMPLE, PERSON_FIELDS
from modules.lab import checks, formats, queries, service
from modules.lab.codes import RapidOutcome, Subject
from modules.lab.formats import rapid as words
from modules.lab.formats.ticked import TICKED, ticked
from modules.lab.permissions import RAPID, SEE
from modules.lab.queries import RapidRow
from modules.lab.service import NewRapid

SAID = (
    "name",
    "dob",
    "sex",
    "phone",
    "id_no",
    "commune_code",
    "address",
    "outcome",
    "tested_at",
    "kit",
    "lot",
    "tester",
    "subject",
    "note",
    "site",
)


def rapid_tests(table: Table) -> list[NewRapid | None]:
    """The rapid tests of a list; one without a day of its own was done on the list's day."""
    tested = _tested(table)
    persons = people(table, tested)
    births = [person.dob if person else "" for person in persons]
    born_after(table, births, tested, "DOB_AFTER_TEST", _("The person was born after the test."))
    told = zip(table.column("outcome"), ticked(table), strict=True)
    outcomes = [word or (RapidOutcome.of(tick.value) if tick else None) for word, tick in told]
    refused = {remark.at for remark in table.refused if remark.field == "outcome"}
    for at, outcome in enumerate(outcomes):
        if outcome is None and at not in refused:
            table.refuse(at, "outcome", "NO_VALUE", _("A value is required."))
    kit, lot = words.used(table.about)
    rows = zip(
        persons,
        outcomes,
        tested,
        [one or kit for one in table.column("kit", "")],
        [one or lot for one in table.column("lot", "")],
        table.column("tester", ""),
        table.column("subject"),
        table.column("note", ""),
        table.numbers,
        table.column("site", ""),
        strict=True,
    )
    items = [
        None if person is None or outcome is None else NewRapid(person, outcome, *rest)
        for person, outcome, *rest in rows
    ]
    return identified(table, items)


def _tested(table: Table) -> list[str]:
    """The moment of each test, as FHIR writes it."""
    moments: list[Moment | None] = table.column("tested_at")
    hours: list[Moment | None] = table.column("hour")
    refused = {remark.at for remark in table.refused if remark.field in {"tested_at", "hour"}}
    today = table.about.world.latest if table.about.world else ""
    found = []
    rows = zip(map(days.put_beside, moments, hours), days.above(table), strict=True)
    for at, (moment, above) in enumerate(rows):
        day = moment.day or above or table.about.day
        found.append(days.written(day, moment.hour) if day else "")
        if not day and at not in refused:
            table.refuse(at, "tested_at", "NO_DATE", _("The day of the test is missing."))
        elif today and found[-1][:10] > today:
            table.refuse(at, "tested_at", "FUTURE_DATE", _("This day is still to come."))
    return found


def _review(review: Review[NewRapid]) -> None:
    same.look_over(
        review,
        lambda test: test.person,
        lambda test: (test.tested_at, test.uid),
        lambda test, whole: test._replace(person=whole),
    )


def _rows(work: Work, where: Mapping[str, str]) -> list[RapidRow]:
    return queries.rapid_tests(work, where)


def _by_uid(work: Work, uids: Sequence[str]) -> dict[str, tuple[int, dict[str, str]]]:
    """Tests of these codes with their cells, as a list would write them."""
    known = queries.rapid_known(work, uids)
    rows = {row.id: row for row in queries.rapid_rows(work, list(known.values()))}
    return {uid: (key, _cells(rows[key])) for uid, key in known.items() if key in rows}


def _cells(row: RapidRow) -> dict[str, str]:
    values = ((name, getattr(row, name)) for name in SAID)
    return {name: str(value) for name, value in values if value not in (None, "")}


RAPIDS = Sheet(
    name="lab.rapid",
    title=N_("Rapid tests"),
    kind=NewRapid,
    columns=(
        *PERSON_COLUMNS,
        Column("subject", N_("Reason"), formats.SUBJECT_WORDS, formats.subject, choices=Subject),
        Column("kit", N_("Kit"), words.KIT_WORDS, tidied),
        Column("lot", N_("Lot"), words.LOT_WORDS, text),
        Column(
            "tested_at",
            N_("Tested at"),
            words.TESTED_WORDS,
            days.moment,
            dates=True,
            note=N_("Day and hour: 08:30 13/08/2021."),
        ),
        Column(
            "hour",
            N_("Hour of the test"),
            words.HOUR_WORDS,
            days.hour_and_day,
            dates=True,
            offered=False,
        ),
        Column(
            "outcome",
            N_("Result"),
            words.OUTCOME_WORDS,
            words.rapid_outcome,
            required=True,
            choices=RapidOutcome,
        ),
        *TICKED,
        Column("tester", N_("Tester"), words.TESTER_WORDS, tidied),
        Column("site", N_("Place of the test"), words.SITE_WORDS, tidied),
        Column("note", N_("Note"), formats.NOTE_WORDS, tidied),
        COLUMN,
    ),
    items=rapid_tests,
    review=_review,
    context=world,
    store=service.enter_rapid,
    check=checks.wrong_rapid,
    advise=checks.kit_warnings,
    rows=_rows,
    first=queries.latest_rapid,
    permission=SEE,
    afterwards=Afterwards(
        permission=RAPID,
        keys=lambda cells: keys_within(cells, ("tested_at",)),
        day="tested_at",
        check=checks.uncorrectable_rapid,
        change=service.correct_rapid,
        withdraw=service.withdraw_rapid,
        by_uid=_by_uid,
    ),
    fields=(
        Field("row", N_("No."), 6),
        *PERSON_FIELDS,
        Field("commune", N_("Commune"), 18),
        Field("address", N_("Address"), 36),
        Field("subject", N_("Reason"), 18),
        Field("kit", N_("Kit"), 20),
        Field("lot", N_("Lot"), 14),
        Field("tested_at", N_("Tested at"), 17),
        Field("outcome", N_("Result"), 14),
        Field("tester", N_("Tester"), 22),
        Field("site", N_("Place of the test"), 28),
        Field("note", N_("Note"), 20),
        FIELD,
    ),
    ignored=(*(one for one in OTHERS if one != "Ghi chú"), "STT", "Mã ống", "Loại mẫu"),
    example={
        **EXAMPLE,
        "subject": Subject.F1,
        "kit": "Panbio COVID-19 Ag",
        "lot": "41ADF155A",
        "tested_at": "08:30 13/08/2021",
        "outcome": RapidOutcome.NEGATIVE,
        "tester": "Lý Thị Mẩy",
    },
)
