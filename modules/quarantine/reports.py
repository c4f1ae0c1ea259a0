"""Reports over some days: what everybody has eaten, how full a facility will be."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from admin_suite.core.clock import here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from modules.quarantine.codes import Payer
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.forecast import NIGHTS, outlook
from modules.quarantine.queries.meals import MealDays, meal_days

HEADINGS = (
    N_("Full name"),
    N_("Year of birth"),
    N_("Group"),
    N_("Arrived"),
    N_("Paid by"),
    N_("Days with meals"),
    N_("Meals"),
)
SHARES = (28, 11, 22, 13, 14, 12, 10)
NIGHTLY = (
    N_("Night after"),
    N_("Of those here now"),
    N_("Few (1 in 10)"),
    N_("Middle"),
    N_("Many (9 in 10)"),
    N_("Beds left at many"),
)


def meals(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """The meal-day statement of a facility, a line for each person and whoever pays for the meals.

    ``payer`` leaves the lines of one payer; the remarks are the sums of each.
    """
    facility = facility_coded(work, values.get("facility", ""))
    last = here(period.end - timedelta(microseconds=1)).date()
    rows = meal_days(work, facility.id, here(period.start).date(), last)
    if wanted := values.get("payer", ""):
        rows = [one for one in rows if one.payer is Payer.read(wanted)]
    if not rows:
        raise UserError(_("Nobody ate at {facility} on these days.").format(facility=facility.name))
    lines = [
        (
            one.who.name,
            one.who.dob[:4],
            one.who.group.word,
            one.who.arrived,
            one.payer.word,
            one.days,
            one.meals,
        )
        for one in rows
    ]
    days, eaten = sum(one.days for one in rows), sum(one.meals for one in rows)
    people = _("In all: {people} people").format(people=len({one.who.id for one in rows}))
    total = (people, "", "", "", "", days, eaten)
    return Findings([_(one) for one in HEADINGS], lines, total, SHARES, remarks=_by_payer(rows))


def _by_payer(rows: Sequence[MealDays]) -> tuple[str, ...]:
    """How many days and meals each payer pays for."""
    said = _("{payer}: {people} people, {days} days with meals, {meals} meals")
    return tuple(
        said.format(
            payer=payer.word,
            people=len({one.who.id for one in theirs}),
            days=sum(one.days for one in theirs),
            meals=sum(one.meals for one in theirs),
        )
        for payer in Payer
        if (theirs := [one for one in rows if one.payer is payer])
    )


def occupancy(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """How full a facility will be until the end of the period; a past one means a fortnight."""
    facility = facility_coded(work, values.get("facility", ""))
    last = here(period.end - timedelta(microseconds=1)).date()
    ahead = (last - work.today()).days + 1
    found = outlook(work, facility.id, ahead if ahead > 1 else NIGHTS)
    lines = [
        (
            night.day.isoformat(),
            night.staying,
            night.p10,
            night.p50,
            night.p90,
            found.beds - night.p90,
        )
        for night in found.nights
    ]
    return Findings([_(one) for one in NIGHTLY], lines, remarks=remarks(found.days))


def remarks(days: int) -> tuple[str, ...]:
    """What the forecast is made from, and what it leaves out."""
    if not days:
        made = _("Nobody has come on a whole day yet: newcomers are not reckoned with.")
    else:
        made = _("Each day to come is taken to be like one of the last {n} days.").format(n=days)
    return (
        made,
        _("Whoever is here leaves on the last day; extensions after a positive are left out."),
    )
