"""What the day's pages, the search box and a person's card ask, a file for each subject."""

from admin_suite.db.work import Work
from admin_suite.module import Errand, HandoverLine, Happening
from modules.lab.day import radar, rapid, tubes
from modules.lab.day.radar import THRESHOLDS, Leg, late_in, waiting_in
from modules.lab.day.tracing import steps as history
from modules.lab.day.tubes import (
    LATE,
    LIST_LATE,
    Arrival,
    ListRow,
    arrival,
    expected,
    expected_in,
    find,
    lists_expected,
    measured_today,
    numbers_of,
    received_today,
    unmeasured,
    unmeasured_late,
    week,
)

__all__ = [
    "LATE",
    "LIST_LATE",
    "THRESHOLDS",
    "Arrival",
    "Leg",
    "ListRow",
    "arrival",
    "errands",
    "expected",
    "expected_in",
    "find",
    "handover",
    "history",
    "late_in",
    "lists_expected",
    "measured_today",
    "numbers_of",
    "of_person",
    "received_today",
    "unmeasured",
    "unmeasured_late",
    "waiting_in",
    "week",
]


def errands(work: Work) -> list[Errand]:
    """What is to be done now in the laboratory."""
    return [*rapid.positives(work), *radar.late_errands(work), *tubes.errands(work)]


def handover(work: Work) -> list[HandoverLine]:
    """What the next shift finds in the laboratory."""
    return [*rapid.rapid_handover(work), *tubes.handover(work)]


def of_person(work: Work, person_id: int) -> list[Happening]:
    """Swabs and rapid tests of one person."""
    return [*tubes.of_person(work, person_id), *rapid.rapid_of_person(work, person_id)]
