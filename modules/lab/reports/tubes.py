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
            found.total() - sum(found[one] for one in (None, Stage.REJECTED, *TOLD)),
            found[Stage.REJECTED],
            found[None],
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
            _("No result yet"),
        ),
        rows=rows,
        total=(_("Together"), *total) if rows else (),
        shares=(5, 2, 2, 2, 2, 2, 2, 2, 2, 2),
        remarks=(_("Counted by the moment of reception."),),
    )


TOLD = (Outcome.NEGATIVE, Outcome.POSITIVE, Outcome.AWAITING_SINGLES)


def _tubes(work: Work, period: Period) -> Mapping[str, Counter[Outcome | Stage | None]]:
    """How many tubes have each outcome, were rejected, or have none."""
    unfit = (Tube.stage == Stage.REJECTED).label("unfit")
    query = (
        select(Unit.name, Measurement.outcome, unfit, func.count())
        .select_from(Tube)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .outerjoin(Measurement, (Measurement.tube_id == Tube.id) & Measurement.current)
        .where(Tube.received_at >= period.start, Tube.received_at < period.end)
        .group_by(Unit.name, Measurement.outcome, unfit)
    )
    found: defaultdict[str, Counter[Outcome | Stage | None]] = defaultdict(Counter)
    for sender, outcome, rejected, count in work.session.execute(query):
        found[sender][Stage.REJECTED if rejected else outcome] += count
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
