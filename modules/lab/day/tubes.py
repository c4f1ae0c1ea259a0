"""What the home page, the reception and the search box ask: what waits, is late, has arrived.

A tube is late when it was received too many hours ago and has no result; a list when it was
collected too many days ago and is not all here. How many is for the laboratory to set.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache

from msgspec import Struct
from sqlalchemy import Select, bindparam, case, func, select

from admin_suite.core.clock import day_shown, here, midnight_of, moment_shown, shown
from admin_suite.core.i18n import N_, _
from admin_suite.db import settings
from admin_suite.db.settings import Setting, Whole
from admin_suite.db.work import Work
from admin_suite.module import Errand, HandoverLine, Happening, Hit
from admin_suite.registry.models import Person, Unit
from modules.lab.codes import Outcome, Stage
from modules.lab.models import Measurement, SamplingList, Specimen, Tube
from modules.lab.permissions import SETTINGS
from modules.lab.queries import day_numbers, open_handovers, open_labels, tasks_open
from modules.lab.rules import grouped, typed

LATE = Setting(
    "lab.late_hours",
    N_("A tube is late after"),
    N_("Hours since it was received, while it has no result."),
    Whole(1, 168, N_("hours")),
    24,
    SETTINGS,
)
LIST_LATE = Setting(
    "lab.list_late_days",
    N_("A list is late after"),
    N_("Days since it was collected, while not all of its tubes have arrived."),
    Whole(1, 14, N_("days")),
    1,
    SETTINGS,
)
WEEK = 7
IS_HERE = case((Tube.received_at.is_(None), 0), else_=1)
COMING = Tube.stage != Stage.CANCELLED  # what a list has to bring


class Arrival(Struct, frozen=True):
    """A tube that has just been received, and how far its list has come."""

    tube_id: int
    accession: str
    short: str
    people: tuple[str, ...]
    sender: str
    list_id: int
    title: str
    received_at: str
    received: int
    stated: int


class ListRow(Struct, frozen=True):
    """A list with tubes still to come; ``expected`` of ``stated`` are."""

    id: int
    title: str
    sender: str
    collected_on: str
    received: int
    stated: int


# -- the reception --------------------------------------------------------------------------------


def arrival(work: Work, tube: int) -> Arrival:
    """What to say of a tube that was scanned."""
    number, sender, list_id, title, at = work.session.execute(_tube(), {"tube": tube}).one()
    received, stated = work.session.execute(_progress(), {"list": list_id}).one()
    people = _names_in(work, tube)
    when = moment_shown(at) if at is not None else ""
    counts = (received or 0, stated)
    short = day_numbers(work, [number])[number]
    return Arrival(tube, number, short, people, sender, list_id, title, when, *counts)


def _names_in(work: Work, tube: int) -> tuple[str, ...]:
    """Whose swabs are in a tube; the look is recorded."""
    rows = work.session.execute(_people(), {"tube": tube}).all()
    work.saw(Person.__tablename__, sorted({row[0] for row in rows}))
    return tuple(row[1] for row in rows)


@cache
def _tube() -> Select[str, str, int, str, datetime | None]:
    columns = (Tube.accession, Unit.name, Tube.list_id, SamplingList.title, Tube.received_at)
    query = select(*columns).join(SamplingList, SamplingList.id == Tube.list_id)
    query = query.join(Unit, Unit.id == SamplingList.sender_id)
    return query.where(Tube.id == bindparam("tube"))


@cache
def _progress() -> Select[int | None, int]:
    return select(func.sum(IS_HERE), func.count()).where(Tube.list_id == bindparam("list"), COMING)


@cache
def _people() -> Select[int, str]:
    query = select(Person.id, Person.name).join(Specimen, Specimen.person_id == Person.id)
    return query.where(Specimen.tube_id == bindparam("tube")).order_by(Specimen.id)


def lists_expected(work: Work) -> list[ListRow]:
    """The lists with tubes still to come, the oldest first."""
    waiting = select(Tube.list_id).where(Tube.stage == Stage.EXPECTED)
    query = (
        select(
            SamplingList.id,
            SamplingList.title,
            Unit.name,
            SamplingList.collected_on,
            func.sum(IS_HERE),
            func.count(),
        )
        .join(Tube, Tube.list_id == SamplingList.id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .where(SamplingList.id.in_(waiting), COMING)
        .group_by(SamplingList.id, SamplingList.title, Unit.name, SamplingList.collected_on)
        .order_by(SamplingList.id)
    )
    return [
        ListRow(key, title, sender, day_shown(day) if day else "", received or 0, stated)
        for key, title, sender, day, received, stated in work.session.execute(query)
    ]


def expected_in(work: Work, list_id: int) -> list[int]:
    """The tubes of a list that are still to come."""
    query = select(Tube.id).where(Tube.list_id == list_id, Tube.stage == Stage.EXPECTED)
    return list(work.session.scalars(query.order_by(Tube.id)))


def numbers_of(work: Work, tubes: Sequence[int]) -> dict[int, str]:
    """The numbers of tubes, as they are read out."""
    query = select(Tube.id, Tube.accession).where(Tube.id.in_(tubes))
    return {row[0]: grouped(row[1]) for row in work.session.execute(query)}


# -- the home page --------------------------------------------------------------------------------


def expected(work: Work) -> int:
    """How many tubes are to be received."""
    return _at(work, Stage.EXPECTED)


def unmeasured(work: Work) -> int:
    """How many received tubes have no result yet."""
    return _at(work, Stage.RECEIVED)


def unmeasured_late(work: Work) -> int:
    """How many of them were received too long ago."""
    latest = work.now() - timedelta(hours=settings.value(work, LATE))
    query = select(func.count()).where(Tube.stage == Stage.RECEIVED, Tube.received_at < latest)
    return work.session.scalar(query) or 0


def received_today(work: Work) -> tuple[int, int]:
    """How many tubes were received today, of those and the ones still to come."""
    query = select(func.count()).where(Tube.received_at >= _midnight(work))
    done = work.session.scalar(query) or 0
    return done, done + expected(work)


def measured_today(work: Work) -> tuple[int, int]:
    """How many tubes were measured today, of those and the ones that wait."""
    query = select(func.count()).where(
        Measurement.current, Measurement.entered_at >= _midnight(work)
    )
    done = work.session.scalar(query) or 0
    return done, done + unmeasured(work)


def errands(work: Work) -> list[Errand]:
    """Tubes that are late with their result, and lists that are not all here."""
    hours = settings.value(work, LATE)
    late = Tube.received_at < work.now() - timedelta(hours=hours)
    query = (
        select(Unit.name, func.count(), func.min(Tube.received_at), func.min(Tube.id))
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .where(Tube.stage == Stage.RECEIVED, late)
        .group_by(Unit.id, Unit.name)
    )
    said = _("{n} tubes were received more than {hours} hours ago and have no result")
    seen = _("Look")
    lines = [
        Errand(
            "late",
            said.format(n=n, hours=hours),
            sender,
            since or work.now(),
            "lab.samples",
            seen,
            first,
        )
        for sender, n, since, first in work.session.execute(query)
    ]
    return lines + _lists_late(work)


def _lists_late(work: Work) -> list[Errand]:
    latest = work.today() - timedelta(days=settings.value(work, LIST_LATE))
    days = {row.id: row for row in lists_expected(work)}
    query = select(SamplingList.id, SamplingList.collected_on).where(SamplingList.id.in_(days))
    lines = []
    for key, day in work.session.execute(query):
        if day is not None and day <= latest:
            row = days[key]
            what = _("{n} of {m} tubes have not arrived").format(
                n=row.stated - row.received, m=row.stated
            )
            about = _("{sender}, collected on {day}").format(
                sender=row.sender, day=row.collected_on
            )
            since = midnight_of(day)
            lines.append(Errand("late", what, about, since, "lab.reception", _("Receive"), key))
    return lines


def week(work: Work) -> Sequence[tuple[date, int, int]]:
    """The tubes measured on each of the last seven days, and how many of them were not negative.

    Of what is not released nobody outside the laboratory learns more than that it was measured.
    """
    last = work.today()
    found = {last - timedelta(days=back): [0, 0] for back in range(WEEK)}
    start = midnight_of(min(found))
    query = (
        select(Measurement.entered_at, Measurement.outcome, Tube.stage)
        .join(Tube, Tube.id == Measurement.tube_id)
        .where(Measurement.current, Measurement.entered_at >= start)
    )
    for moment, outcome, stage in work.session.execute(query):
        counted = found.get(here(moment).date())
        if counted is not None:
            counted[0] += 1
            counted[1] += stage is Stage.RELEASED and outcome is not Outcome.NEGATIVE
    return [(day, measured, other) for day, (measured, other) in sorted(found.items())]


def handover(work: Work) -> list[HandoverLine]:
    """What the next shift finds: tubes to come, tubes without a result, what is late."""
    coming, waiting = expected(work), unmeasured(work)
    lines = []
    if coming:
        said = _("Tubes still to be received: {n}").format(n=coming)
        about = _("On {n} lists").format(n=len(lists_expected(work)))
        lines.append(HandoverLine(said, about, "wait", "lab.reception"))
    if waiting:
        late = unmeasured_late(work)
        said = _("Tubes without a result: {n}").format(n=waiting)
        about = _("{n} of them received more than 24 hours ago").format(n=late) if late else ""
        lines.append(HandoverLine(said, about, "late" if late else "busy", "lab.samples"))
    lines += [
        HandoverLine(one.what, one.about, one.tone, one.page, one.id) for one in _lists_late(work)
    ]
    lines += _left_over(work)
    received, measured = received_today(work)[0], measured_today(work)[0]
    if received or measured:
        said = _("Today {n} tubes were received and {m} measured")
        lines.append(HandoverLine(said.format(n=received, m=measured), tone="done"))
    return lines


def _left_over(work: Work) -> list[HandoverLine]:
    """Labels without a tube, boxes without a signature, people without a new swab."""
    counted = (
        (_("Labels neither used nor void nor missing: {n}"), open_labels(work), "lab.labels"),
        (_("Hand-over records not signed: {n}"), len(open_handovers(work)), "lab.handover"),
        (_("People to swab again: {n}"), tasks_open(work), "lab.again"),
    )
    return [HandoverLine(said.format(n=n), "", "wait", page) for said, n, page in counted if n]


def _at(work: Work, stage: Stage) -> int:
    return work.session.scalar(select(func.count()).where(Tube.stage == stage)) or 0


def _midnight(work: Work) -> datetime:
    return midnight_of(work.today())


# -- the search box, the card of a person ---------------------------------------------------------


def find(work: Work, text: str) -> list[Hit]:
    """The tube of a scanned or typed number."""
    query = select(Tube.id, Tube.accession, Tube.stage).where(Tube.accession == typed(text))
    return [
        Hit(number, stage.brief, "lab.samples", key, True)
        for key, number, stage in work.session.execute(query)
    ]


def of_person(work: Work, person_id: int) -> list[Happening]:
    """Swabs taken from one person and what was released of them."""
    query = (
        select(Specimen.collected_at, Tube.accession, Tube.received_at, Tube.stage)
        .join(Tube, Tube.id == Specimen.tube_id)
        .where(Specimen.person_id == person_id, Tube.received_at.is_not(None))
    )
    told = []
    for collected, number, at, stage in work.session.execute(query):
        if at is not None:
            about = f"{grouped(number)}, {shown(collected)} {stage.brief}".strip()
            told.append(Happening(at, _("Tube received"), about))
    return told
