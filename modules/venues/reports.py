"""The reports of venues: how far the posters have come, and where an inspection should go."""

from collections.abc import Mapping
from datetime import timedelta

from admin_suite.core.clock import day_shown, here
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from modules.venues.queries.coverage import coverage
from modules.venues.queries.inspection import inspection
from modules.venues.rules.marks import grouped

POSTERS = (
    N_("Commune"),
    N_("Kind of place"),
    N_("Registered"),
    N_("With a code"),
    N_("Posters handed over"),
    N_("Put up"),
    N_("Seen by an inspection"),
    N_("Stated by the commune"),
    N_("Share put up, %"),
)
COUNTED = ("registered", "coded", "handed", "posted", "seen")


def posters(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """Venues by commune and kind, as they are now: registered, with posters, of how many stated."""
    del values
    rows = coverage(work, here(period.end).date() - timedelta(days=1))
    lines = [
        (
            one.commune,
            one.kind.word,
            *(getattr(one, name) for name in COUNTED),
            "" if one.stated is None else one.stated,
            "" if one.percent is None else one.percent,
        )
        for one in rows
    ]
    sums = [sum(getattr(one, name) for one in rows) for name in COUNTED]
    stated = sum(one.stated or 0 for one in rows)
    remark = _("The share is of the number that the commune states; without one there is none.")
    now = _("Venues and posters as they are on {day}.").format(day=day_shown(work.today()))
    return Findings(
        [_(heading) for heading in POSTERS],
        lines,
        (_("Total"), "", *sums, stated, "-") if rows else (),
        (16, 18, 10, 10, 10, 10, 10, 12, 8),
        [now, remark] if rows else [_("No venue is registered yet")],
    )


def inspections(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """The venues to be looked at, with room for what the inspection finds."""
    del values
    last = here(period.end).date() - timedelta(days=1)
    rows = inspection(work, max(1, (period.end - period.start).days), last)
    lines = [
        (
            str(place),
            grouped(one.number),
            one.name,
            ", ".join(filter(None, (one.address, one.commune))),
            " ".join(filter(None, (one.keeper, one.phone))),
            one.detail,
            day_shown(one.seen) if one.seen else "",
            "",
        )
        for place, one in enumerate(rows, start=1)
    ]
    remarks = [] if rows else [_("Nothing of these days gives a reason to look.")]
    return Findings(
        (
            _("No."),
            _("Number"),
            _("Name of the venue"),
            _("Address"),
            _("Person in charge"),
            _("Why"),
            _("Seen by an inspection"),
            _("What was found"),
        ),
        lines,
        (),
        (5, 9, 20, 18, 15, 28, 10, 14),
        remarks,
    )
