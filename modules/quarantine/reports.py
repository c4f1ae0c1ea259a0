"""Reports over some days: what everybody in quarantine has eaten."""

from collections.abc import Mapping
from datetime import timedelta

from admin_suite.core.clock import here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.meals import meal_days

HEADINGS = (
    N_("Full name"),
    N_("Year of birth"),
    N_("Group"),
    N_("Arrived"),
    N_("Days with meals"),
    N_("Meals"),
)
SHARES = (30, 12, 24, 14, 12, 10)


def meals(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """The meal-day statement of a facility, a line for each person, as whoever pays wants it."""
    facility = facility_coded(work, values.get("facility", ""))
    last = here(period.end - timedelta(microseconds=1)).date()
    rows = meal_days(work, facility.id, here(period.start).date(), last)
    if not rows:
        raise UserError(_("Nobody ate at {facility} on these days.").format(facility=facility.name))
    lines = [
        (
            one.who.name,
            one.who.dob[:4],
            one.who.group.word,
            one.who.arrived,
            one.days,
            one.meals,
        )
        for one in rows
    ]
    days, eaten = sum(one.days for one in rows), sum(one.meals for one in rows)
    people = _("In all: {people} people").format(people=len(rows))
    return Findings([_(one) for one in HEADINGS], lines, (people, "", "", "", days, eaten), SHARES)
