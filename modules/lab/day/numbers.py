"""The numbers of some days, and today's as a message that a telephone takes."""

from datetime import timedelta

from sqlalchemy import func, select

from admin_suite.core.clock import day_shown, here
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Period
from admin_suite.registry.queries import own_unit
from modules.lab.codes import Outcome, RapidOutcome, Stage
from modules.lab.models import Measurement, Passage, Specimen, Tube
from modules.lab.queries.rapid import between

LONGEST = 900  # letters that a message of a telephone takes


def counted(work: Work, period: Period) -> list[tuple[str, int]]:
    """The numbers with their words."""
    received = _tubes(work, period)
    last = here(period.end - timedelta(microseconds=1)).date()
    rapid = [row[2] for row in work.session.execute(between(here(period.start).date(), last))]
    outcomes = _released(work, period)
    return [
        (_("Tubes received"), received[0]),
        (_("People"), received[1]),
        (_("Tubes measured"), _measured(work, period)),
        (_("Tubes released"), sum(outcomes.values())),
        (_("Negative"), outcomes.get(Outcome.NEGATIVE, 0)),
        (_("Positive"), outcomes.get(Outcome.POSITIVE, 0)),
        (_("Waits for single samples"), outcomes.get(Outcome.AWAITING_SINGLES, 0)),
        (_("Rapid tests"), len(rapid)),
        (_("Rapid tests positive"), rapid.count(RapidOutcome.POSITIVE)),
    ]


def message(work: Work) -> str:
    """Today's numbers in one message, without a name in it."""
    day = work.today()
    period = Period.of_days(day, day)
    head = _("{unit}, {day} at {time}")
    clock = f"{here(work.now()):%H:%M}"
    lines = [head.format(unit=own_unit(work).name, day=day_shown(day), time=clock)]
    lines += [f"{what}: {n}" for what, n in counted(work, period)]
    return "\n".join(lines)[:LONGEST]


def _tubes(work: Work, period: Period) -> tuple[int, int]:
    """Tubes received, and the people in them."""
    here_ = (Tube.received_at >= period.start, Tube.received_at < period.end)
    tubes = work.session.scalar(select(func.count()).select_from(Tube).where(*here_)) or 0
    inside = select(func.count(func.distinct(Specimen.person_id)))
    inside = inside.select_from(Specimen).join(Tube, Tube.id == Specimen.tube_id).where(*here_)
    return tubes, work.session.scalar(inside) or 0


def _measured(work: Work, period: Period) -> int:
    query = select(func.count()).where(
        Measurement.current,
        Measurement.entered_at >= period.start,
        Measurement.entered_at < period.end,
    )
    return work.session.scalar(query) or 0


def _released(work: Work, period: Period) -> dict[Outcome, int]:
    """How many tubes were released in the period, by outcome, and still are."""
    passed = select(Passage.tube_id).where(
        Passage.stage == Stage.RELEASED, Passage.at >= period.start, Passage.at < period.end
    )
    query = (
        select(Measurement.outcome, func.count())
        .join(Tube, Tube.id == Measurement.tube_id)
        .where(Measurement.current, Tube.stage == Stage.RELEASED, Tube.id.in_(passed))
        .group_by(Measurement.outcome)
    )
    return {row[0]: row[1] for row in work.session.execute(query)}
