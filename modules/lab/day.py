"""What the home page and the reception ask: what waits, what is late, what has arrived.

A tube is late when it was received a day ago and has no result; a list when it was sent a day ago
and is not all here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import case, func, select

from admin_suite.core.clock import ZONE, day_shown, here, moment_shown
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Errand, Happening
from admin_suite.registry.models import Unit, User
from admin_suite.registry.outputs import sendings
from modules.lab.codes import Outcome, Stage
from modules.lab.models import Measurement, SamplingList, Specimen, Tube
from modules.lab.queries import specimens_of_tube

SHEETS = ("lab.samples", "results.released")  # a row of either is a swab
LATE = timedelta(hours=24)
WEEK = 7
IS_HERE = case((Tube.stage == Stage.EXPECTED, 0), else_=1)


@dataclass(frozen=True)
class Arrival:
    """A tube that has just been received, and how far its list has come."""

    tube_id: int
    accession: str
    people: tuple[str, ...]
    sender: str
    list_id: int
    title: str
    received_at: str
    received: int
    stated: int


@dataclass(frozen=True)
class ListRow:
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
    query = (
        select(Tube.accession, Unit.name, Tube.list_id, SamplingList.title, Tube.received_at)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .where(Tube.id == tube)
    )
    number, sender, list_id, title, at = work.session.execute(query).one()
    counted = select(func.sum(IS_HERE), func.count()).where(Tube.list_id == list_id)
    received, stated = work.session.execute(counted).one()
    people = tuple(row.name for row in specimens_of_tube(work, tube))
    when = moment_shown(at) if at is not None else ""
    return Arrival(tube, number, people, sender, list_id, title, when, received or 0, stated)


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
        .where(SamplingList.id.in_(waiting))
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


def history(work: Work, tube: int) -> list[Happening]:
    """What happened to a tube, the latest first; what was measured is not said."""
    query = (
        select(Tube.received_at, User.full_name)
        .outerjoin(User, User.id == Tube.received_by)
        .where(Tube.id == tube)
    )
    at, by = work.session.execute(query).one()
    told = [] if at is None else [Happening(at, _("Received"), by or "")]
    measured = (
        select(Measurement.entered_at, User.full_name)
        .join(User, User.id == Measurement.entered_by)
        .where(Measurement.tube_id == tube, Measurement.current)
    )
    told += [Happening(at, _("Measured"), by) for at, by in work.session.execute(measured)]
    inside = list(work.session.scalars(select(Specimen.id).where(Specimen.tube_id == tube)))
    told += sendings(work, SHEETS, inside)
    return sorted(told, key=lambda happening: happening.at, reverse=True)


# -- the home page --------------------------------------------------------------------------------


def expected(work: Work) -> int:
    """How many tubes are to be received."""
    return _at(work, Stage.EXPECTED)


def unmeasured(work: Work) -> int:
    """How many received tubes have no result yet."""
    return _at(work, Stage.RECEIVED)


def unmeasured_late(work: Work) -> int:
    """How many of them were received more than a day ago."""
    query = select(func.count()).where(
        Tube.stage == Stage.RECEIVED, Tube.received_at < work.now() - LATE
    )
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
    """Tubes without a result after a day, and lists that are not all here after a day."""
    late = Tube.received_at < work.now() - LATE
    query = (
        select(Unit.name, func.count(), func.min(Tube.received_at), func.min(Tube.id))
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .where(Tube.stage == Stage.RECEIVED, late)
        .group_by(Unit.id, Unit.name)
    )
    said, seen = _("{n} tubes were received more than 24 hours ago and have no result"), _("Look")
    lines = [
        Errand("late", said.format(n=n), sender, since or work.now(), "lab.samples", seen, first)
        for sender, n, since, first in work.session.execute(query)
    ]
    return lines + _lists_late(work)


def _lists_late(work: Work) -> list[Errand]:
    today = here(work.now()).date()
    days = {row.id: row for row in lists_expected(work)}
    query = select(SamplingList.id, SamplingList.collected_on).where(SamplingList.id.in_(days))
    lines = []
    for key, day in work.session.execute(query):
        if day is not None and day < today:
            row = days[key]
            what = _("{n} of {m} tubes have not arrived").format(
                n=row.stated - row.received, m=row.stated
            )
            about = _("{sender}, collected on {day}").format(
                sender=row.sender, day=row.collected_on
            )
            since = datetime.combine(day, time(), ZONE)
            lines.append(Errand("late", what, about, since, "lab.reception", _("Receive"), key))
    return lines


def week(work: Work) -> Sequence[tuple[date, int, int]]:
    """The tubes measured on each of the last seven days, and how many were not negative."""
    last = here(work.now()).date()
    found = {last - timedelta(days=back): [0, 0] for back in range(WEEK)}
    start = datetime.combine(min(found), time(), ZONE)
    query = select(Measurement.entered_at, Measurement.outcome).where(
        Measurement.current, Measurement.entered_at >= start
    )
    for moment, outcome in work.session.execute(query):
        counted = found.get(here(moment).date())
        if counted is not None:
            counted[0] += 1
            counted[1] += outcome is not Outcome.NEGATIVE
    return [(day, measured, other) for day, (measured, other) in sorted(found.items())]


def _at(work: Work, stage: Stage) -> int:
    return work.session.scalar(select(func.count()).where(Tube.stage == stage)) or 0


def _midnight(work: Work) -> datetime:
    return datetime.combine(here(work.now()).date(), time(), ZONE)
