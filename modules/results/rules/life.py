"""The life of a report: what may happen to it in which state (FHIR R4, DiagnosticReport.status).

Who may do it is asked elsewhere: by the rights, and by the rule that nobody does both ends.
"""

from collections.abc import Mapping
from enum import Enum

from modules.results.codes import Change, State


class Event(Enum):
    """What people do to a report."""

    CHECK = "check"
    UNCHECK = "take the check back"
    RELEASE = "release"
    SEND_BACK = "send back"
    FOREWARN = "tell before release"
    HOLD = "hold"
    LIFT = "lift"
    CORRECT = "correct"
    AMEND = "amend"
    APPEND = "append"
    ANNUL = "annul"

    @classmethod
    def of(cls, change: Change) -> "Event":
        """What a proposal does once it is confirmed."""
        return cls[change.name]


_BEFORE = frozenset({Event.SEND_BACK, Event.FOREWARN})
_STANDING = frozenset({Event.HOLD, Event.CORRECT, Event.AMEND, Event.APPEND, Event.ANNUL})
POSSIBLE: Mapping[State, frozenset[Event]] = {
    State.NONE: frozenset(),
    State.REGISTERED: _BEFORE | {Event.CHECK},
    State.CHECKED: _BEFORE | {Event.UNCHECK, Event.RELEASE},
    State.FINAL: _STANDING,
    State.CORRECTED: _STANDING,
    State.AMENDED: _STANDING,
    State.APPENDED: _STANDING,
    State.ON_HOLD: frozenset({Event.LIFT, Event.CORRECT, Event.ANNUL}),
    State.ENTERED_IN_ERROR: frozenset(),
}


def possible(state: State, event: Event) -> bool:
    """Whether this may happen to a report in this state."""
    return event in POSSIBLE[state]
