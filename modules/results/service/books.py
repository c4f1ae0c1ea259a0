"""Adopting the rules of release; what a new database starts with."""

from datetime import date

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work, use_case
from modules.results.permissions import RULES
from modules.results.queries import CONTAMINATION, DISCLOSURE, SIGNATURES
from modules.results.rules import Contamination, Disclosure, Signatures

BEGINNING = date(1900, 1, 1)
REVIEWED = "ISO 15189:2022, 7.4.1.2: results are reviewed and authorised before they are released"
CARRIED = "Practice of PCR laboratories: strong below Ct 20, weak above Ct 33; each sets its own"
SMALL = "Practice of health statistics: groups of fewer than five people are not split"
ALLOWED = (2, 3)
HIGHEST, LARGEST = 50.0, 100  # cycles of a run; people


def begin(work: Work) -> None:
    """Adopt the rules a new database starts with: two persons, the second checks and releases."""
    SIGNATURES.begin(work, BEGINNING, REVIEWED, Signatures(persons=2))
    CONTAMINATION.begin(work, BEGINNING, CARRIED, Contamination(strong=20.0, weak=33.0))
    DISCLOSURE.begin(work, BEGINNING, SMALL, Disclosure(least=5))


@use_case(RULES)
def adopt_signatures(work: Work, persons: int, valid_from: date, source: str) -> int:
    """From a day on let so many persons stand behind a result: two or three, never one."""
    if persons not in ALLOWED:
        raise UserError(_("A result needs two or three persons, never one."))
    return SIGNATURES.decide(work, valid_from, source, Signatures(persons))


@use_case(RULES)
def adopt_contamination(
    work: Work, strong: float, weak: float, valid_from: date, source: str
) -> int:
    """From a day on mark results above one Ct beside results below another."""
    if not 0 < strong < weak < HIGHEST:
        raise UserError(_("Strong is below weak, and both are Ct values between 0 and 50."))
    return CONTAMINATION.decide(work, valid_from, source, Contamination(strong, weak))


@use_case(RULES)
def adopt_disclosure(work: Work, least: int, valid_from: date, source: str) -> int:
    """From a day on split groups by outcome from so many people on, never below two."""
    if not 1 < least <= LARGEST:
        raise UserError(_("Between 2 and {most} people.").format(most=LARGEST))
    return DISCLOSURE.decide(work, valid_from, source, Disclosure(least))
