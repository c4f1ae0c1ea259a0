"""What happens in the laboratory that neighbours may hear: whoever isolates, traces or reports.

Listeners run in the transaction of the verb that tells it.
"""

from typing import NamedTuple

from admin_suite.core.events import Event


class RapidPositive(NamedTuple):
    """A positive rapid test; ``tested_at`` is a FHIR date-time, local.

    It screens and confirms nothing: ``specimen_id`` is the PCR sample that shall confirm it.
    """

    test_id: int
    person_id: int
    tested_at: str
    specimen_id: int


class RapidPositives(Event, frozen=True):
    """Rapid tests came out positive: whoever must act is told at once."""

    tests: tuple[RapidPositive, ...]


class RapidPositivesWithdrawn(Event, frozen=True):
    """Positive rapid tests were entered in error: what was built on them no longer stands."""

    tests: tuple[RapidPositive, ...]
