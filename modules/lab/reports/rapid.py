"""Rapid tests by day and place."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from admin_suite.core.clock import here, shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Findings, Period
from admin_suite.registry.names import fold
from modules.lab.codes import RapidOutcome
from modules.lab.queries.rapid import between
from modules.lab.rules import DAY


def by_site(work: Work, period: Period, values: Mapping[str, str]) -> Findings:
    """Rapid tests of each day and place, what they said, and how many people they were of."""
    if values:
        raise UserError(_("This report takes no values."))
    last = here(period.end - timedelta(microseconds=1)).date()
    found: dict[tuple[str, str], Counter[RapidOutcome]] = {}
    people: dict[tuple[str, str], set[int]] = {}
    for tested, site, outcome, person in work.session.execute(
        between(here(period.start).date(), last)
    ):
        key = (tested[:DAY], site)
        found.setdefault(key, Counter())[outcome] += 1
        people.setdefault(key, set()).add(person)
    order = sorted(found, key=lambda key: (key[0], fold(key[1])))
    rows: list[tuple[str | int, ...]] = [
        (shown(key[0]), key[1], found[key].total(), len(people[key]), *_split(found[key]))
        for key in order
    ]
    every = sum(found.values(), Counter[RapidOutcome]())
    whole = len(set().union(*people.values())) if people else 0
    return Findings(
        headings=(
            _("Day"),
            _("Place of the test"),
            _("Rapid tests"),
            _("People"),
            _("Negative"),
            _("Positive"),
            _("Invalid"),
        ),
        rows=rows,
        total=(_("Together"), "", every.total(), whole, *_split(every)) if rows else (),
        shares=(2, 5, 2, 2, 2, 2, 2),
        remarks=(_("Rapid tests screen; only a released PCR result confirms."),),
    )


def _split(counted: Counter[RapidOutcome]) -> tuple[int, ...]:
    return tuple(counted[outcome] for outcome in RapidOutcome)
