"""How a tube number is made: what its check letter covers, and the short number of its day."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Select, select

from admin_suite.core.i18n import N_
from admin_suite.db.dated import RuleBook, in_force
from admin_suite.db.work import Work
from modules.lab.models import DayStart
from modules.lab.rules import ACCESSION, Lettering, accession

LETTERING = RuleBook("lab.lettering", N_("What the last letter of a tube number covers"), Lettering)
NEVER = Lettering(99, 10**9)
SHORT = 3  # digits


def lettering(work: Work) -> Lettering:
    """What check letters cover today; where nobody has decided, the digits alone."""
    found = in_force(LETTERING.versions(work), work.today())
    return found.value if found is not None else NEVER


def numbered(rule: Lettering, year: int, site: str, serial: int) -> str:
    """The number of a serial by the rule."""
    return accession(year, site, serial, whole=rule.covers_site(year, serial))


def day_numbers(work: Work, numbers: Sequence[str]) -> dict[str, str]:
    """The short number of each: the how manieth it is of the day on which it was dealt.

    Of a number that was dealt before days were counted, or elsewhere, its last three digits.
    """
    begun: dict[tuple[int, str], list[int]] = {}
    for year, site, first in work.session.execute(_begun()):
        begun.setdefault((year % 100, site), []).append(first)
    return {number: _day_number(number, begun) for number in numbers}


@cache
def _begun() -> Select[int, str, int]:
    return select(DayStart.year, DayStart.site, DayStart.first).order_by(DayStart.first)


def _day_number(number: str, begun: Mapping[tuple[int, str], Sequence[int]]) -> str:
    found = ACCESSION.fullmatch(number)
    if found is None:
        return number
    serial, days = int(found[3]), begun.get((int(found[1]), found[2]), ())
    at = bisect_right(days, serial)
    return str(serial - days[at - 1] + 1) if at else found[3][-SHORT:]
