"""A severe reaction: the checks of its days and of whom it befell, its clock, its follow-up.

The seven checks are those of the DHIS2 package for adverse events following immunization.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from admin_suite.core.i18n import N_
from modules.vaccination.codes import Ending, Serious

TOO_SOON = N_("The first signs are before the vaccination.")
CHECKS: tuple[tuple[str, str, str], ...] = (
    ("investigated_on", "vaccinated_on", N_("The investigation is before the vaccination.")),
    ("died_on", "onset_on", N_("The death is before the first signs.")),
    ("notified_on", "vaccinated_on", N_("The notification is before the vaccination.")),
    ("onset_on", "vaccinated_on", TOO_SOON),
    ("national_on", "reported_on", N_("The national level had the report before it was written.")),
    ("vaccinated_on", "born_on", N_("The vaccination is before the birth.")),
    ("vaccinated_on", "opened_on", N_("The vaccination is before the vial was opened.")),
)

OF_WOMEN: tuple[tuple[str, str], ...] = (
    ("pregnant", N_("The register has a man; a pregnancy is not his.")),
    ("breastfeeding", N_("The register has a man; he does not breastfeed.")),
)


class Wrong(NamedTuple):
    """What cannot be so: the field to look at, and the sentence."""

    field: str
    message: str


def wrong_days(days: Mapping[str, date | None]) -> list[Wrong]:
    """Which days of a report are in the wrong order; a day that is not known says nothing."""
    found = []
    for later, earlier, message in CHECKS:
        after, before = days.get(later), days.get(earlier)
        if after is not None and before is not None and after < before:
            found.append(Wrong(later, message))
    return found


def wrong_hour(onset: datetime, given: datetime | None) -> list[Wrong]:
    """First signs some hours before the injection of that day; midnight says no hour."""
    if given is None or onset.date() != given.date() or onset.time() == time():
        return []
    minute = given.replace(second=0, microsecond=0)
    return [Wrong("onset_on", TOO_SOON)] if onset < minute else []


def still_to_come(days: Mapping[str, date | None], today: date) -> list[Wrong]:
    """Which days of a report nobody can know yet."""
    late = (name for name, day in days.items() if day is not None and day > today)
    return [Wrong(name, N_("This day is still to come.")) for name in late]


def wrong_end(serious: Serious | None, outcome: Ending) -> list[Wrong]:
    """A death is the outcome too: else whoever died is called and asked how he is."""
    if serious is Serious.DEATH and outcome is not Ending.DIED:
        return [Wrong("died_on", N_("Choose as outcome that the person died."))]
    return []


def wrong_person(is_man: bool, told: Mapping[str, bool | None]) -> list[Wrong]:
    """Pregnancy and breastfeeding (WHO reporting form for AEFI, December 2020) are of no man."""
    return [Wrong(name, said) for name, said in OF_WOMEN if is_man and told.get(name)]


def follow_ups(vaccinated_on: date, days: Sequence[int]) -> list[date]:
    """The days on which to ask again, counted from the injection."""
    return [vaccinated_on + timedelta(days=after) for after in days]


def notify_by(known_at: datetime, hours: int) -> datetime:
    """Until when the higher level must be told."""
    return known_at + timedelta(hours=hours)


def rate(cases: int, doses: int) -> float:
    """Cases in a thousand doses; of no dose, none."""
    return 1000 * cases / doses if doses else 0.0
