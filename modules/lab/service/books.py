"""The rules of the laboratory that a ministry or the unit can change: dated, with their source."""

from datetime import date

from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work, use_case
from modules.lab.models import Block, Tube
from modules.lab.permissions import SETTINGS
from modules.lab.queries import LETTERING, RETENTION, lettering
from modules.lab.rules import Lettering, Retention
from modules.lab.service.numbers import next_serial

BEGINNING = date(1900, 1, 1)
KEPT_BY = "ISO 15189:2022, 7.4.2: the laboratory says how long samples are kept; 7 days until then"
COVERED = "The letter covers year, site and serial: a tube of another site is not taken for ours"
MOST_DAYS = 3650


def begin(work: Work) -> None:
    """Adopt the rules that a database starts with; numbers that were dealt keep their letters."""
    RETENTION.begin(work, BEGINNING, KEPT_BY, Retention(days=7))
    dealt = (work.session.scalar(select(table.id).limit(1)) for table in (Tube, Block))
    if not any(dealt):
        LETTERING.begin(work, BEGINNING, COVERED, Lettering(0, 1))


@use_case(SETTINGS)
def adopt_retention(work: Work, days: int, valid_from: date, source: str) -> int:
    """From a day on keep tubes so many days after their release; 0 throws them away at once."""
    if not 0 <= days <= MOST_DAYS:
        raise UserError(_("Between 0 and {most} days.").format(most=MOST_DAYS))
    return RETENTION.decide(work, valid_from, source, Retention(days))


@use_case(SETTINGS)
def adopt_lettering(work: Work, source: str) -> int:
    """Let the letters of all numbers that are dealt from now on cover the site too.

    What was dealt, reserved or printed before keeps its letter and goes on to be read.
    """
    year, serial = next_serial(work)
    if lettering(work).covers_site(year, serial):
        raise UserError(_("The last letter of new tube numbers covers the site already."))
    return LETTERING.decide(work, work.today(), source, Lettering(year % 100, serial))
