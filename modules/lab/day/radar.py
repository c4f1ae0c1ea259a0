"""The radar: step by step what waits, what waits too long, and the tubes behind each number."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from admin_suite.core.clock import here, midnight_of
from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_, _
from admin_suite.db import settings
from admin_suite.db.settings import Setting, Whole
from admin_suite.db.work import Work
from admin_suite.module import Errand
from admin_suite.registry.models import Unit
from modules.lab.codes import Outcome, Stage
from modules.lab.day.rapid import moment_of
from modules.lab.day.tubes import LATE, LIST_LATE
from modules.lab.models import Measurement, Passage, SamplingList, Specimen, Tube
from modules.lab.permissions import SETTINGS
from modules.lab.queries import unconfirmed
from modules.lab.queries.where import inside

HOUR = 3600


class Leg(Code):
    """A step in which a tube may wait, in the order of its way."""

    COME = "COME", N_("On the way to the laboratory")
    MEASURE = "MEASURE", N_("Received, not measured")
    CHECK = "CHECK", N_("Measured, not checked")
    RELEASE = "RELEASE", N_("Checked, not released")
    POOL = "POOL", N_("Pools whose people wait for single samples")
    RAPID = "RAPID", N_("Positive rapid tests without a PCR sample")


def _hours(leg: str, title: str, about: str, default: int) -> Setting[int]:
    kind = Whole(1, 168, N_("hours"))
    return Setting(f"lab.{leg}_late_hours", title, about, kind, default, SETTINGS)


CHECK_LATE = _hours(
    "check",
    N_("A result is late to be checked after"),
    N_("Hours since it was entered, while nobody has checked it."),
    6,
)
RELEASE_LATE = _hours(
    "release",
    N_("A result is late to be released after"),
    N_("Hours since it was checked, while it is not released."),
    4,
)
POOL_LATE = _hours(
    "pool",
    N_("A pool that is not negative is late after"),
    N_("Hours since it was measured, while somebody in it has no single sample."),
    12,
)
RAPID_LATE = _hours(
    "rapid",
    N_("A positive rapid test is late after"),
    N_("Hours since the test, while the PCR sample has not been received."),
    12,
)
THRESHOLDS = (CHECK_LATE, RELEASE_LATE, POOL_LATE, RAPID_LATE)


class Delayed(Struct, frozen=True):
    """A tube that waits in a step; ``late`` if it has waited longer than is right."""

    tube_id: int
    accession: str
    sender: str
    since: datetime
    late: bool

    @property
    def id(self) -> int:
        """The tube, for lists."""
        return self.tube_id


class RadarRow(Struct, frozen=True):
    """One step: how many wait, how many of them too long, since when the oldest waits."""

    leg: Leg
    waiting: int
    late: int
    since: datetime | None
    hours: int


def legs(work: Work) -> list[Leg]:
    """The steps that may be told: what is measured and not released is the laboratory's."""
    own = (Leg.CHECK, Leg.RELEASE)
    return [leg for leg in Leg if inside(work) or leg not in own]


def radar(work: Work) -> list[RadarRow]:
    """Every step with what waits in it."""
    rows = []
    for leg in legs(work):
        found = delayed(work, leg)
        late = sum(one.late for one in found)
        since = min((one.since for one in found), default=None)
        rows.append(RadarRow(leg, len(found), late, since, limit(work, leg)))
    return rows


def delayed(work: Work, leg: Leg) -> list[Delayed]:
    """The tubes that wait in a step, who waits longest first."""
    if leg not in legs(work):
        return []
    is_late = _lateness(work, leg)
    found = [Delayed(*row, is_late(row[3])) for row in _WAITING[leg](work)]
    return sorted(found, key=lambda one: (one.since, one.tube_id))


def limit(work: Work, leg: Leg) -> int:
    """The hours after which a tube is late in a step."""
    if leg is Leg.COME:
        return 24 * settings.value(work, LIST_LATE)
    found: dict[Leg, Setting[int]] = {
        Leg.MEASURE: LATE,
        Leg.CHECK: CHECK_LATE,
        Leg.RELEASE: RELEASE_LATE,
        Leg.POOL: POOL_LATE,
        Leg.RAPID: RAPID_LATE,
    }
    return settings.value(work, found[leg])


def late_in(leg: Leg) -> Callable[[Work], int]:
    """A question: how many tubes are late in a step."""
    return lambda work: sum(one.late for one in delayed(work, leg))


def waiting_in(leg: Leg) -> Callable[[Work], int]:
    """A question: how many tubes wait in a step."""
    return lambda work: len(delayed(work, leg))


def late_errands(work: Work) -> list[Errand]:
    """The steps of which no other line speaks: results not checked, not released, open pools."""
    said = {
        Leg.CHECK: _("{n} results were entered more than {hours} hours ago and are not checked"),
        Leg.RELEASE: _("{n} results were checked more than {hours} hours ago and not released"),
        Leg.POOL: _("{n} pools are not negative; their people wait for single samples"),
    }
    lines = []
    for leg in legs(work):
        late = [one for one in delayed(work, leg) if one.late] if leg in said else []
        if late:
            words = said[leg].format(n=len(late), hours=limit(work, leg))
            tone = "bad" if leg is Leg.POOL else "late"
            number = list(Leg).index(leg) + 1
            since = late[0].since
            lines.append(Errand(tone, words, late[0].sender, since, "lab.radar", _("Look"), number))
    return lines


Row = tuple[int, str, str, datetime]


def _lateness(work: Work, leg: Leg) -> Callable[[datetime], bool]:
    """A list is late by the day it was collected on, everything else by the hour."""
    if leg is Leg.COME:
        last = work.today() - timedelta(days=settings.value(work, LIST_LATE))
        return lambda since: here(since).date() <= last
    latest = work.now() - timedelta(hours=limit(work, leg))
    return lambda since: since < latest


def _tubes(*more: Any) -> Select[Any]:
    return (
        select(Tube.id, Tube.accession, Unit.name, *more)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
    )


def _coming(work: Work) -> Sequence[Row]:
    query = _tubes(SamplingList.collected_on).where(Tube.stage == Stage.EXPECTED)
    now = work.now()
    return [(*row[:3], _morning(row[3], now)) for row in work.session.execute(query)]


def _received(work: Work) -> Sequence[Row]:
    query = _tubes(Tube.received_at).where(Tube.stage == Stage.RECEIVED)
    return [(*row[:3], row[3] or work.now()) for row in work.session.execute(query)]


def _measured(work: Work) -> Sequence[Row]:
    query = _tubes(Measurement.entered_at).where(Tube.stage == Stage.MEASURED)
    now = (Measurement.tube_id == Tube.id) & Measurement.current
    return [tuple(row) for row in work.session.execute(query.join(Measurement, now))]


def _checked(work: Work) -> Sequence[Row]:
    last = select(func.max(Passage.at)).where(
        Passage.tube_id == Tube.id, Passage.stage == Stage.CHECKED
    )
    query = _tubes(last.scalar_subquery()).where(Tube.stage == Stage.CHECKED)
    return [(*row[:3], row[3] or work.now()) for row in work.session.execute(query)]


def _pools(work: Work) -> Sequence[Row]:
    """Pools that are not negative while somebody in them has no released single sample since."""
    member, later, single = Specimen, aliased(Specimen), aliased(Tube)
    answered = (
        select(later.id)
        .join(single, single.id == later.tube_id)
        .where(
            later.person_id == member.person_id,
            later.id > member.id,
            single.pooled.is_(False),
            single.stage == Stage.RELEASED,
        )
    )
    open_ = select(member.id).where(member.tube_id == Tube.id, ~answered.exists())
    now = (Measurement.tube_id == Tube.id) & Measurement.current
    query = _tubes(Measurement.entered_at).join(Measurement, now)
    query = query.where(
        Measurement.outcome == Outcome.AWAITING_SINGLES,
        Tube.stage == Stage.RELEASED,
        open_.exists(),
    )
    return [tuple(row) for row in work.session.execute(query)]


def _unconfirmed(work: Work) -> Sequence[Row]:
    waiting = {row.tube_id: row for row in reversed(unconfirmed(work))}
    query = _tubes().where(Tube.id.in_(waiting))
    rows = work.session.execute(query)
    return [(*row, moment_of(waiting[row[0]].tested_at)) for row in rows]


def _morning(day: date | None, now: datetime) -> datetime:
    return now if day is None else midnight_of(day)


_WAITING: dict[Leg, Callable[[Work], Sequence[Row]]] = {
    Leg.COME: _coming,
    Leg.MEASURE: _received,
    Leg.CHECK: _measured,
    Leg.RELEASE: _checked,
    Leg.POOL: _pools,
    Leg.RAPID: _unconfirmed,
}
