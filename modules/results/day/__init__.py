"""What the pages of the day ask of release, a file for each subject."""

from modules.results.day.oversight import (
    PRELIMINARY,
    PRINTED,
    HoldRow,
    built_on,
    holds,
    of_person,
    overdue,
    unconfirmed,
    unsettled,
)
from modules.results.day.release import (
    Earlier,
    Neighbour,
    TubeCard,
    alone,
    card,
    errands,
    handover,
    handover_done,
    last_day,
    released_today,
    unsent,
    waiting,
)
from modules.results.day.report import ReportCard, report_card, report_card_of
from modules.results.day.tracing import steps

__all__ = [
    "PRELIMINARY",
    "PRINTED",
    "Earlier",
    "HoldRow",
    "Neighbour",
    "ReportCard",
    "TubeCard",
    "alone",
    "built_on",
    "card",
    "errands",
    "handover",
    "handover_done",
    "holds",
    "last_day",
    "of_person",
    "overdue",
    "released_today",
    "report_card",
    "report_card_of",
    "steps",
    "unconfirmed",
    "unsent",
    "unsettled",
    "waiting",
]
