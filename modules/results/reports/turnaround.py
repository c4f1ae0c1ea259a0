"""Reports of release."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from sqlalchemy import Select, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from admin_suite.registry.models import Unit
from admin_suite.registry.names import fold
from modules.lab.api import receptions
from modules.results.models import Version

TENTHS = 10


def turnaround(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """Hours from reception to release of the tubes released in the period, by sender."""
    if values:
        raise UserError(_("This report takes no values."))
    hours: dict[str, list[float]] = {}
    for sender, received, released in work.session.execute(_passages(period)):
        hours.setdefault(sender, []).append(_hours(received, released))
    by_name = sorted(hours.items(), key=lambda pair: fold(pair[0]))
    rows = [(sender, *_summary(found)) for sender, found in by_name]
    every = [one for found in hours.values() for one in found]
    return Findings(
        headings=(
            _("Sender"),
            _("Tubes released"),
            _("Half of them within, hours"),
            _("Nine of ten within, hours"),
            _("The slowest, hours"),
        ),
        rows=rows,
        total=(_("Together"), *_summary(every)) if every else (),
        shares=(5, 2, 3, 3, 3),
        remarks=(_("Hours from reception to release, of the tubes released in these days."),),
    )


def _passages(period: Period) -> Select[Any]:
    """Sender, reception and release of every tube released in the period."""
    received = receptions().subquery()
    return (
        select(Unit.name, received.c.received_at, Version.at)
        .join(received, received.c.tube_id == Version.tube_id)
        .join(Unit, Unit.id == received.c.sender_id)
        .where(Version.number == 1, Version.at >= period.start, Version.at < period.end)
    )


def _hours(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600


def _summary(hours: Sequence[float]) -> tuple[int, float, float, float]:
    slow = quantiles(hours, n=TENTHS, method="inclusive")[-1] if len(hours) > 1 else hours[0]
    return len(hours), median(hours), slow, max(hours)
