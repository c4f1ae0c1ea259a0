"""How long tubes are on their way, segment by segment: half of them, and nine of ten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median, quantiles

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from modules.lab.codes import Stage
from modules.lab.day.rapid import moment_of
from modules.lab.models import Measurement, Passage, Specimen, Tube

HOUR, TENTHS, CLOCK = 3600, 10, len("2021-08-13T")


class Segment(Code):
    """A part of the way, and all of it."""

    COME = "COME", N_("Collected to received")
    MEASURE = "MEASURE", N_("Received to measured")
    CHECK = "CHECK", N_("Measured to checked")
    RELEASE = "RELEASE", N_("Checked to released")
    WHOLE = "WHOLE", N_("Collected to released")


class Lasting(Struct, frozen=True):
    """How many tubes passed a segment and how many hours it took: half, nine of ten, slowest."""

    segment: Segment
    tubes: int
    half: float
    most: float
    slowest: float


def turnaround(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """Hours of each segment, of the tubes released in the period."""
    if values:
        raise UserError(_("This report takes no values."))
    found = lasting(work, period)
    return Findings(
        headings=(
            _("Segment"),
            _("Tubes"),
            _("Half of them within, hours"),
            _("Nine of ten within, hours"),
            _("The slowest, hours"),
        ),
        rows=[(one.segment.word, one.tubes, one.half, one.most, one.slowest) for one in found],
        shares=(5, 2, 3, 3, 3),
        remarks=(
            _("Of the tubes released in these days; a result that was sent back counts once."),
            _("A swab whose hour of collection is not known counts only from its reception."),
        ),
    )


def lasting(work: Work, period: Period) -> list[Lasting]:
    """How long each segment took, of the tubes released in the period."""
    hours: dict[Segment, list[float]] = {segment: [] for segment in Segment}
    for ways in _ways(work, period):
        begun, ended = (*ways[:-1], ways[0]), (*ways[1:], ways[-1])
        for segment, start, end in zip(Segment, begun, ended, strict=True):
            if start is not None and end is not None:
                hours[segment].append((end - start).total_seconds() / HOUR)
    return [Lasting(segment, *summary(found)) for segment, found in hours.items() if found]


def summary(hours: Sequence[float]) -> tuple[int, float, float, float]:
    """How many, half of them within, nine of ten within, the slowest."""
    slow = quantiles(hours, n=TENTHS, method="inclusive")[-1] if len(hours) > 1 else hours[0]
    return len(hours), median(hours), slow, max(hours)


Way = tuple[datetime | None, ...]


def _ways(work: Work, period: Period) -> list[Way]:
    """Collected, received, measured, checked, released of each tube; what is unknown is None."""
    released = (
        select(Passage.tube_id, func.max(Passage.at).label("at"))
        .where(Passage.stage == Stage.RELEASED, Passage.at >= period.start)
        .group_by(Passage.tube_id)
        .subquery()
    )
    # asked tube by tube: the days of a report are few beside all that was ever released
    checked = select(func.max(Passage.at)).where(
        Passage.tube_id == Tube.id, Passage.stage == Stage.CHECKED
    )
    taken = select(func.min(Specimen.collected_at)).where(Specimen.tube_id == Tube.id)
    now = (Measurement.tube_id == Tube.id) & Measurement.current
    query = (
        select(
            taken.scalar_subquery(),
            Tube.received_at,
            Measurement.entered_at,
            checked.scalar_subquery(),
            released.c.at,
        )
        .join(released, released.c.tube_id == Tube.id)
        .join(Measurement, now)
        .where(Tube.stage == Stage.RELEASED, released.c.at < period.end)
    )
    rows = work.session.execute(query)
    return [(moment_of(at) if at and len(at) > CLOCK else None, *rest) for at, *rest in rows]
