"""What can hardly be so of check-ins: pure functions of what was noted and of dated limits.

Nothing of it is refused: a guard who types for a hundred people has still noted who was there. It
says where an inspection should go.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from modules.venues.codes import Doubt, Means, Way
from modules.venues.rules.limits import MINUTE, Limits
from modules.venues.rules.stays import DAY, ZONE

HUNDRED = 100


class Line(NamedTuple):
    """A check-in as far as it can be doubted; moments are seconds since 1970 in UTC."""

    venue: int
    entrance: int | None
    person: int
    at: int
    until: int
    way: Way
    means: Means
    entered: int


class Span(NamedTuple):
    """A stay: who, where, from when until when for sure; a point where nobody noted the way out."""

    person: int
    venue: int
    start: int
    end: int


class Door(Struct, frozen=True):
    """What a venue says of itself: the minutes of the day it opens and closes, and its room."""

    opens: int | None = None
    closes: int | None = None
    capacity: int | None = None


class Found(NamedTuple):
    """A doubt about a venue: how many check-ins or people, and the latest moment."""

    venue: int
    doubt: Doubt
    number: int
    latest: int


def doubts(
    lines: Sequence[Line],
    stays: Sequence[Span],
    doors: Mapping[int, Door],
    limits: Limits,
) -> list[Found]:
    """Everything doubtful of these check-ins and stays, venue by venue."""
    found = _outside_hours(lines, doors)
    found += _counted(lines, Doubt.FUTURE, lambda one: one.at > one.entered)
    found += _bursts(lines, limits)
    found += _typed(lines, limits)
    found += _crowded(stays, doors)
    found += _two_places(stays, limits)
    return sorted(found)


def _counted(lines: Iterable[Line], doubt: Doubt, is_so: Callable[[Line], bool]) -> list[Found]:
    many: defaultdict[int, list[int]] = defaultdict(list)
    for one in lines:
        if is_so(one):
            many[one.venue].append(one.at)
    return [Found(venue, doubt, len(times), max(times)) for venue, times in many.items()]


def is_open(door: Door, at: int) -> bool:
    """Whether a venue is open at a moment; one that has not said is always open."""
    if door.opens is None or door.closes is None or door.opens == door.closes:
        return True
    minute = (at + ZONE) % DAY // MINUTE
    if door.opens < door.closes:
        return door.opens <= minute <= door.closes
    return minute >= door.opens or minute <= door.closes


def _outside_hours(lines: Iterable[Line], doors: Mapping[int, Door]) -> list[Found]:
    return _counted(
        lines,
        Doubt.HOURS,
        lambda one: one.way is not Way.OUT and not is_open(doors[one.venue], one.at),
    )


def _bursts(lines: Iterable[Line], limits: Limits) -> list[Found]:
    """Entrances through which too many came within a few minutes: how many at most, and when."""
    times: defaultdict[tuple[int, int | None], list[int]] = defaultdict(list)
    for one in lines:
        if one.way is not Way.OUT:
            times[one.venue, one.entrance].append(one.at)
    worst: dict[int, Found] = {}
    for (venue, _entrance), moments in times.items():
        moments.sort()
        for place, moment in enumerate(moments):
            first = bisect_left(moments, moment - limits.burst_minutes * MINUTE)
            count = place - first + 1
            if count >= limits.burst and count > worst.get(venue, (0, 0, 0))[2]:
                worst[venue] = Found(venue, Doubt.BURST, count, moment)
    return list(worst.values())


def _typed(lines: Iterable[Line], limits: Limits) -> list[Found]:
    """Venues of which nearly everything was typed."""
    every: defaultdict[int, list[Line]] = defaultdict(list)
    for one in lines:
        every[one.venue].append(one)
    found = []
    for venue, several in every.items():
        typed = [one.at for one in several if one.means is Means.TYPED]
        if len(several) >= limits.typed_least and (
            len(typed) * HUNDRED > limits.typed_share * len(several)
        ):
            found.append(Found(venue, Doubt.TYPED, len(typed), max(typed)))
    return found


def _crowded(stays: Iterable[Span], doors: Mapping[int, Door]) -> list[Found]:
    """Venues that held more people at once than they have room for: how many at most, and when."""
    changes: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in stays:
        if doors[one.venue].capacity is not None and one.end > one.start:
            changes[one.venue] += [(one.start, 1), (one.end, -1)]
    found = []
    for venue, moments in changes.items():
        inside, most, when = 0, 0, 0
        for moment, change in sorted(moments):
            inside += change
            if inside > most:
                most, when = inside, moment
        if most > (doors[venue].capacity or 0):
            found.append(Found(venue, Doubt.CAPACITY, most, when))
    return found


def _two_places(stays: Iterable[Span], limits: Limits) -> list[Found]:
    """Venues whose visitors were elsewhere at the same time, or sooner than one can get there.

    Of a way in alone nothing follows but that it lies in a stay elsewhere.
    """
    by_person: defaultdict[int, list[Span]] = defaultdict(list)
    for one in stays:
        by_person[one.person].append(one)
    people: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for person, several in by_person.items():
        ordered = sorted(several, key=lambda one: (one.start, one.end))
        for place, one in enumerate(ordered):
            there = one.end + limits.travel * MINUTE if one.end > one.start else one.end
            for other in ordered[place + 1 :]:
                if other.start >= there:
                    break
                if other.venue != one.venue:
                    for venue in (one.venue, other.venue):
                        last = people[venue].get(person, other.start)
                        people[venue][person] = max(last, other.start)
    return [
        Found(venue, Doubt.TWO_PLACES, len(whom), max(whom.values()))
        for venue, whom in people.items()
    ]
