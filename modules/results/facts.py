"""What happens to results that neighbours may hear: whoever places people, traces or reports.

A fact carries what each swab of the tubes concerned means for its person. Listeners run in the
transaction of the verb that tells it.
"""

from typing import NamedTuple

from msgspec import field

from admin_suite.core.events import Event
from modules.lab.api import Method, Outcome


class PersonResult(NamedTuple):
    """What a tube means for one person in it; ``collected_at`` is a FHIR date-time, local."""

    person_id: int
    tube_id: int
    measurement_id: int
    outcome: Outcome
    method: Method
    collected_at: str


class ResultsForewarned(Event, frozen=True):
    """Told before release to those who must act: preliminary, may still turn out otherwise."""

    results: tuple[PersonResult, ...]


class ForewarningsWithdrawn(Event, frozen=True):
    """Told before release and sent back to the bench: what was built on it no longer stands."""

    results: tuple[PersonResult, ...]


class SitesAsked(Event, frozen=True):
    """Where do these people stay? Whoever places people writes the names into ``sites``."""

    people: tuple[int, ...]
    sites: dict[int, str] = field(default_factory=dict)


class ResultsReleased(Event, frozen=True):
    """Handed out for the first time."""

    results: tuple[PersonResult, ...]


class ResultsCorrected(Event, frozen=True):
    """A released result became another: ``replaced`` holds what was told, place by place."""

    results: tuple[PersonResult, ...]
    replaced: tuple[PersonResult, ...]


class ResultsHeld(Event, frozen=True):
    """Released results that are in doubt again: nobody may go by them until they are lifted."""

    results: tuple[PersonResult, ...]


class ResultsLifted(Event, frozen=True):
    """Results that were held and stand as they were."""

    results: tuple[PersonResult, ...]
