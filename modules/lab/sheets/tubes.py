"""The sampling list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.excel.identity import COLUMN, FIELD, identified
from admin_suite.excel.sheet import About, Afterwards, Column, Field, Review, Sheet, Table, text
from admin_suite.excel.words import loose
from admin_suite.registry.reading import days, same
from admin_suite.registry.reading.again import keys_within
from admin_suite.registry.reading.columns import OTHERS, PERSON_COLUMNS, tidied
from admin_suite.registry.reading.days import LONG_AGO, Moment
from admin_suite.registry.reading.people import born_after, people, world
from admin_suite.registry.sheets import EXAMPLE, PERSON_FIELDS
from modules.lab import checks, formats, queries, service
from modules.lab.codes import Material, Subject
from modules.lab.permissions import REGISTER, SEE
from modules.lab.queries import SampleRow, SampleView
from modules.lab.rules import lists_among
from modules.lab.service import NewSample

COLLECTED = Column(
    "collected_at",
    N_("Collected at"),
    formats.COLLECTED_AT_WORDS,
    days.moment,
    dates=True,
    note=N_("Day and hour: 08:30 13/08/2021."),
)
SAMPLE_COLUMNS = (
    *PERSON_COLUMNS,
    Column(
        "subject",
        N_("Reason"),
        formats.SUBJECT_WORDS,
        formats.subject,
        choices=Subject,
    ),
    COLLECTED,
    Column(
        "hour",
        N_("Hour of collection"),
        formats.HOUR_WORDS,
        days.hour_and_day,
        dates=True,
        offered=False,
    ),
    Column(
        "specimen",
        N_("Specimen"),
        formats.SPECIMEN_WORDS,
        formats.specimen,
        choices=Material,
    ),
    Column(
        "pool",
        N_("Tube code"),
        formats.POOL_WORDS,
        text,
        note=N_("People of one pooled tube have the same code."),
    ),
    Column("note", N_("Note"), formats.NOTE_WORDS, tidied),
    COLUMN,
    # what exports say of where a swab is; read of lists that carry the codes of records
    Column("sender", N_("Sender"), (), tidied, offered=False),
    Column("accession", N_("Accession number"), (), text, offered=False),
    Column("pooled", N_("Pooled"), (), formats.yes, offered=False),
)
SAMPLE_OTHERS = (*(heading for heading in OTHERS if heading != "Ghi chú"), *formats.NOT_OURS)


class Days(Struct):
    """The collection of each row, as FHIR writes it, and whether a day came from the title."""

    written: list[str]
    from_title: bool = False


def samples(table: Table) -> list[NewSample | None]:
    """The swabs of a sampling list."""
    collected = _collected(table)
    persons = people(table, collected)
    births = [person.dob if person else "" for person in persons]
    born_after(
        table,
        births,
        collected,
        "DOB_AFTER_COLLECTION",
        _("The person was born after the collection."),
    )
    _ask_the_lines_above(table)
    _look_at_pools(table)
    named = Counter(code for code in table.column("pool", "") if code)
    rows = zip(
        persons,
        collected,
        table.column("pool", ""),
        table.column("subject"),
        table.column("specimen"),
        table.column("note", ""),
        table.numbers,
        [named.get(code, 1) for code in table.column("pool", "")],
        strict=True,
    )
    items = [NewSample(*row) if row[0] is not None else None for row in rows]
    return formats.transferred(table, identified(table, items))


def _ask_the_lines_above(table: Table) -> None:
    """Let the lines above a row say its tube and its reason where its own cells do not."""
    for name, read in (("pool", formats.tube_above), ("subject", formats.subject_above)):
        above = table.above(read)
        if any(above):
            both = zip(table.column(name), above, strict=True)
            table.values[name] = [own or said or None for own, said in both]


def _look_at_pools(table: Table) -> None:
    """Where a list speaks of pools, say whose empty cell stands below a code written only once."""
    about = table.about
    if "gop" not in loose(f"{about.title} {about.place} {about.headings.get('pool', '')}").split():
        return
    said = _(
        "No tube is written, below tube “{code}”. A person of the same tube needs the same code; "
        "as it is, this person has a tube alone."
    )
    codes, above, part = table.column("pool", ""), "", ""
    several = {code for code, n in Counter(codes).items() if n > 1}
    for at, code in enumerate(codes):
        section = table.sections[at] if table.sections else ""
        above, part = code or (above if section == part else ""), section
        if above and not code and above not in several:
            table.warn(at, "pool", "POOL_MISSING", said.format(code=above))


def _collected(table: Table) -> list[str]:
    """Day and hour of each row; where it has no day, that of the line above, or of the title."""
    moments: list[Moment | None] = table.column("collected_at")
    hours: list[Moment | None] = table.column("hour")
    found = Days([])
    refused = {remark.at for remark in table.refused if remark.field in {"collected_at", "hour"}}
    told: dict[tuple[Moment, date | None], tuple[str, str, str]] = {}
    both = map(days.put_beside, moments, hours)
    for at, key in enumerate(zip(both, days.above(table), strict=True)):
        if key not in told:
            told[key] = _told(*key, table.about, found)
        when, code, said = told[key]
        found.written.append(when)
        if code and at not in refused:
            table.refuse(at, "collected_at", code, said)
    if found.from_title and table.about.day:
        said = _("Rows without a day were collected on the day under the title: {day}.")
        table.say("DATE_FROM_TITLE", said.format(day=table.about.day.strftime("%d/%m/%Y")))
    if table.about.undated and any(found.written):
        said = _("No day of this list names its year; {year} is supposed.")
        table.say("YEAR_SUPPOSED", said.format(year=table.about.year))
    return found.written


def _told(moment: Moment, above: date | None, about: About, found: Days) -> tuple[str, str, str]:
    """One collection as FHIR writes it, or code and sentence of why there is none."""
    day = moment.day or above
    if day is None and about.day is not None:
        day, found.from_title = about.day, True
    if day is None:
        return "", "NO_DATE", _("The day of collection is missing.")
    code, said = _impossible(day, about)
    return days.written(day, moment.hour), code, said


def _impossible(day: date, about: About) -> tuple[str, str]:
    today = about.world.today if about.world else date.max
    if day > today:
        return "FUTURE_DATE", _("This day is still to come.")
    if about.day is not None and abs(day - about.day) > LONG_AGO:
        return "BAD_DATE", _("This day is far from the day of the list.")
    return "", ""


def _review(review: Review[NewSample]) -> None:
    same.look_over(
        review,
        lambda sample: sample.person,
        lambda sample: (sample.collected_at[:10], sample.pool, sample.uid),
        lambda sample, whole: sample._replace(person=whole, stated=max(1, sample.stated - 1)),
    )
    if any(sample.from_tube for sample in review.items):
        review.items[:] = _with_neighbours(review.items)


def _rows(work: Work, where: Mapping[str, str]) -> list[SampleRow]:
    return queries.samples(work, where)


def _with_neighbours(samples: Sequence[NewSample]) -> list[NewSample]:
    """The swabs of an export, each with its list and the first swab that is in its tube."""
    first: dict[str, str] = {}
    for sample in samples:
        first.setdefault(sample.from_tube, sample.uid)
    return [
        sample._replace(
            nth=nth, beside=first[sample.from_tube] if sample.pool and sample.from_tube else ""
        )
        for sample, nth in zip(samples, lists_among(samples), strict=True)
    ]


SAMPLES = Sheet(
    name="lab.samples",
    title=N_("Sampling list"),
    kind=NewSample,
    columns=SAMPLE_COLUMNS,
    items=samples,
    review=_review,
    context=world,
    store=service.register,
    check=checks.wrong_samples,
    rows=_rows,
    first=lambda work, n: queries.sample_rows(work, queries.sample_keys(work, SampleView())[:n]),
    permission=SEE,
    afterwards=Afterwards(
        permission=REGISTER,
        day="collected_at",
        keys=lambda cells: keys_within(cells, ("collected_at", "pool")),
        check=checks.uncorrectable,
        change=service.correct,
        withdraw=service.withdraw,
        by_uid=checks.specimens_known,
    ),
    fields=(
        Field("row", N_("No."), 6),
        Field("accession", N_("Accession number"), 15),
        *PERSON_FIELDS,
        Field("commune", N_("Commune"), 18),
        Field("address", N_("Address"), 36),
        Field("subject", N_("Reason"), 18),
        Field("specimen", N_("Specimen"), 18),
        Field("collected_at", N_("Collected at"), 17),
        Field("pool", N_("Tube code"), 11),
        Field("pooled", N_("Pooled"), 8),
        Field("stage", N_("State"), 18),
        Field("outcome", N_("Result"), 16),
        Field("sender", N_("Sender"), 28),
        Field("received_at", N_("Received at"), 17),
        Field("note", N_("Note"), 20),
        FIELD,
    ),
    ignored=SAMPLE_OTHERS,
    example={
        **EXAMPLE,
        "subject": Subject.F1,
        "collected_at": "08:30 13/08/2021",
        "specimen": Material.NASOPHARYNGEAL,
        "pool": "G001",
    },
)
