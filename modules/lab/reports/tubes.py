"""Reports of the laboratory."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from admin_suite.registry.models import Unit
from admin_suite.registry.names import fold
from modules.lab.codes import Outcome, Stage
from modules.lab.models import Measurement, SamplingList, Specimen, Tube


def by_sender(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """What was received in the period from each sender, and what has become of it."""
    if values:
        raise UserError(_("This report takes no values."))
    people, tubes = _people(work, period), _tubes(work, period)
    rows = [
        (
            sender,
            found.total(),
            people[sender],
            found.total() - found[None] - found[Stage.REJECTED],
            found[Outcome.NEGATIVE],
            found[Outcome.POSITIVE],
            found[Outcome.AWAITING_SINGLES],
            found.total() - sum(found[one] for one in (None, UNTOLD, Stage.REJECTED, *TOLD)),
            found[Stage.REJECTED],
            found[None] + found[UNTOLD],
        )
        for sender, found in sorted(tubes.items(), key=lambda pair: fold(pair[0]))
    ]
    total = [sum(row[at] for row in rows) for at in range(1, 10)]  # type: ignore[misc]
    return Findings(
        headings=(
            _("Sender"),
            _("Tubes received"),
            _("Number of people"),
            _("Tubes measured"),
            _("Negative"),
            _("Positive"),
            _("Waits for single samples"),
            _("Other outcome"),
            _("Rejected"),
            _("No result told yet"),
        ),
        rows=rows,
        total=(_("Together"), *total) if rows else (),
        shares=(5, 2, 2, 2, 2, 2, 2, 2, 2, 2),
        remarks=(_("Counted by the moment of reception; outcomes of what was released alone."),),
    )


TOLD = (Outcome.NEGATIVE, Outcome.POSITIVE, Outcome.AWAITING_SINGLES)
UNTOLD = "measured, not released"


def _tubes(work: Work, period: Period) -> Mapping[str, Counter[Outcome | Stage | str | None]]:
    """The tubes of each sender by what may be known of them: nothing before the release."""
    query = (
        select(Unit.name, Tube.stage, Measurement.outcome, func.count())
        .select_from(Tube)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .outerjoin(Measurement, (Measurement.tube_id == Tube.id) & Measurement.current)
        .where(Tube.received_at >= period.start, Tube.received_at < period.end)
        .group_by(Unit.name, Tube.stage, Measurement.outcome)
    )
    found: defaultdict[str, Counter[Outcome | Stage | str | None]] = defaultdict(Counter)
    for sender, stage, outcome, count in work.session.execute(query):
        told = outcome if stage is Stage.RELEASED or outcome is None else UNTOLD
        found[sender][stage if stage is Stage.REJECTED else told] += count
    return found


def _people(work: Work, period: Period) -> Counter[str]:
    query = (
        select(Unit.name, func.count())
        .select_from(Specimen)
        .join(Tube, Tube.id == Specimen.tube_id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .where(Tube.received_at >= period.start, Tube.received_at < period.end)
        .group_by(Unit.name)
    )
    found: Counter[str] = Counter()
    for sender, count in work.session.execute(query):
        found[sender] = count
    return found
