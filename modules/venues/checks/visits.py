"""What is asked of check-ins before they are stored; the preview of an import asks the same."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from sqlalchemy import select

from admin_suite.core.clock import ZONE, stamp
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.sheet import Change
from admin_suite.registry.queries import Described, wrong_corrections, wrong_people
from modules.venues.codes import Way
from modules.venues.models import Checkin
from modules.venues.models.visits import LONGEST_SAID
from modules.venues.queries import places
from modules.venues.queries.limits import limits
from modules.venues.rules.limits import MINUTE

FIXED = ("venue", "entrance", "t_in")
KEPT = 16_384  # moments that are remembered: a list asks for each several times
DATE = 10  # letters of a day
COLDEST, WARMEST = 30.0, 45.0


class Visited(Protocol):
    """What is asked of a check-in before it is stored."""

    @property
    def person(self) -> Described: ...  # noqa: D102
    @property
    def venue(self) -> str: ...  # noqa: D102
    @property
    def entrance(self) -> int: ...  # noqa: D102
    @property
    def t_in(self) -> str: ...  # noqa: D102
    @property
    def t_out(self) -> str: ...  # noqa: D102
    @property
    def temperature(self) -> float | None: ...  # noqa: D102


@lru_cache(KEPT)
def seconds(local: str) -> int:
    """A local time as FHIR writes it, in seconds since 1970."""
    at = datetime.fromisoformat(local)
    return _midnight(local[:DATE]) + (at.hour * MINUTE + at.minute) * MINUTE + at.second


@lru_cache(KEPT)
def _midnight(day: str) -> int:
    """When a day begins here; Viet Nam never changes its clocks in the course of one."""
    return int(datetime.fromisoformat(day).replace(tzinfo=ZONE).timestamp())


def local(moment: int) -> str:
    """Seconds since 1970 as local time, as FHIR writes it."""
    return stamp(datetime.fromtimestamp(moment, UTC))


def wrong_checkins(work: Work, checkins: Sequence[Visited]) -> list[Refusal]:
    """Why each of these check-ins could not be stored."""
    latest = int(work.now().timestamp()) + limits(work).ahead * MINUTE
    venues = places.numbered(work, {one.venue for one in checkins})
    doors = places.doors_of(work, venues.values())
    wrong = wrong_people(work, [one.person for one in checkins])
    for at, one in enumerate(checkins):
        venue = venues.get(one.venue)
        if venue is None:
            said = _("There is no venue with the number {number} in the register.")
            wrong.append(Refusal(at, "venue", said.format(number=one.venue)))
        elif one.entrance and (venue, one.entrance) not in doors:
            said = _("This venue has no entrance {n}.").format(n=one.entrance)
            wrong.append(Refusal(at, "venue", said))
        wrong += wrong_times(at, one.t_in, one.t_out, latest)
        if one.temperature is not None and not COLDEST <= one.temperature <= WARMEST:
            said = _("A temperature lies between 30 and 45 degrees.")
            wrong.append(Refusal(at, "temperature", said))
    return wrong


def wrong_times(at: int, t_in: str, t_out: str, latest: int) -> list[Refusal]:
    """What speaks against the way in and the way out of one check-in."""
    if not (t_in or t_out):
        said = _("Say when the person came or when the person left.")
        return [Refusal(at, "t_in", said)]
    start = seconds(t_in or t_out)
    end = seconds(t_out or t_in)
    name, why = "t_out", ""
    if max(start, end) > latest:
        name, why = "t_in" if start > latest else "t_out", _("This time is still to come.")
    elif end < start:
        why = _("The way out is before the way in.")
    elif end - start > LONGEST_SAID:
        why = _("A visit lasts at most 31 days; note a new one.")
    return [Refusal(at, name, why)] if why else []


def uncorrectable_checkins(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Which changes of a corrected list cannot be: where and when somebody came stays."""
    said = _("Where and when somebody came stays as noted. Take the row back and note it anew.")
    latest = int(work.now().timestamp()) + limits(work).ahead * MINUTE
    starts = _starts(work, [change.id for change in changes])
    wrong = wrong_corrections(work, changes)
    for at, change in enumerate(changes):
        name = next((name for name in FIXED if name in change.fields), "")
        if name:
            wrong.append(Refusal(at, name, said))
        left, came = change.fields.get("t_out", ("", ""))[1], starts.get(change.id)
        if left and came is not None:
            wrong += wrong_times(at, came, left, latest)
    return wrong


def _starts(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """When these people came, as FHIR writes it; empty where only the way out was noted."""
    query = select(Checkin.id, Checkin.at, Checkin.way)
    rows = work.session.execute(query.where(bulk.among(work, Checkin.id, ids)))
    return {row[0]: "" if row[2] is Way.OUT else local(row[1]) for row in rows}
