"""What can hardly be so of check-ins: pure functions of what was noted and of dated limits.

Nothing of it is refused: a guard who types for a hundred people has still noted who was there. It
says where an inspection should go.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
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
    at: int
    way: Way
    means: Means
    entered: int


class Span(NamedTuple):
    """A stay: who, where, from when; until when for sure, and as is believed.

    For sure it is a point where nobody noted the way out. ``sure`` is None where nobody noted the
    way in: then its beginning is believed as well.
    """

    person: int
    venue: int
    start: int
    sure: int | None
    end: int


class Door(Struct, frozen=True):
    """What is known of a venue: the minutes of the day it opens and closes, its room.

    ``usual`` are the seconds that people usually stay at such a place; None where nobody said.
    """

    opens: int | None = None
    closes: int | None = None
    capacity: int | None = None
    usual: int | None = None


class Found(NamedTuple):
    """A doubt about a venue: how many check-ins or people, and the latest moment.

    ``sure`` are those of them of whom it is certain, where others are only believed.
    """

    venue: int
    doubt: Doubt
    number: int
    latest: int
    sure: int = 0


def doubts(
    lines: Iterable[Line],
    stays: Iterable[Span],
    doors: Mapping[int, Door],
    limits: Limits,
) -> list[Found]:
    """Everything doubtful of these check-ins and stays, venue by venue.

    Each is looked at once and let go, for a district may have a million of them. The stays of one
    person stand together in order of time.
    """
    return sorted([*_of_lines(lines, doors, limits), *_of_stays(stays, doors, limits)])


class _Tally:
    """How many of something each venue has, and the latest moment of it."""

    def __init__(self) -> None:
        self.counts: defaultdict[int, int] = defaultdict(int)
        self._latest: dict[int, int] = {}

    def add(self, venue: int, at: int) -> None:
        self.counts[venue] += 1
        if at > self._latest.get(venue, at - 1):
            self._latest[venue] = at

    def found(self, doubt: Doubt) -> Iterator[Found]:
        for venue, count in self.counts.items():
            yield Found(venue, doubt, count, self._latest[venue])


def _of_lines(lines: Iterable[Line], doors: Mapping[int, Door], limits: Limits) -> Iterator[Found]:
    outside, ahead, typed, every = _Tally(), _Tally(), _Tally(), _Tally()
    came: defaultdict[tuple[int, int | None], array[int]] = defaultdict(_moments)
    for one in lines:
        every.add(one.venue, one.at)
        if one.means is Means.TYPED:
            typed.add(one.venue, one.at)
        if one.at > one.entered:
            ahead.add(one.venue, one.at)
        if one.way is not Way.OUT:
            came[one.venue, one.entrance].append(one.at)
            if not is_open(doors[one.venue], one.at):
                outside.add(one.venue, one.at)
    yield from outside.found(Doubt.HOURS)
    yield from ahead.found(Doubt.FUTURE)
    yield from _bursts(came, limits)
    yield from (
        found
        for found in typed.found(Doubt.TYPED)
        if (whole := every.counts[found.venue]) >= limits.typed_least
        and found.number * HUNDRED > limits.typed_share * whole
    )


def is_open(door: Door, at: int) -> bool:
    """Whether a venue is open at a moment; one that has not said is always open."""
    if door.opens is None or door.closes is None or door.opens == door.closes:
        return True
    minute = (at + ZONE) % DAY // MINUTE
    if door.opens < door.closes:
        return door.opens <= minute <= door.closes
    return minute >= door.opens or minute <= door.closes


def _moments() -> "array[int]":
    return array("q")  # eight bytes for each


def _bursts(
    came: Mapping[tuple[int, int | None], Sequence[int]], limits: Limits
) -> Iterator[Found]:
    """Entrances through which too many came within a few minutes: how many at most, and when."""
    worst: dict[int, Found] = {}
    for (venue, _entrance), moments in came.items():
        if len(moments) < limits.burst:
            continue
        first, ordered = 0, sorted(moments)
        for place, moment in enumerate(ordered):
            while ordered[first] < moment - limits.burst_minutes * MINUTE:
                first += 1
            count = place - first + 1
            if count >= limits.burst and count > worst.get(venue, (0, 0, 0))[2]:
                worst[venue] = Found(venue, Doubt.BURST, count, moment)
    yield from worst.values()


class _Crowd:
    """The moments at which people came to a venue and left it, in no order."""

    def __init__(self) -> None:
        self.came, self.left = _moments(), _moments()

    def fullest(self) -> tuple[int, int]:
        """How many people were there at most, and when first."""
        leaving, gone, most, when = sorted(self.left), 0, 0, 0
        for number, start in enumerate(sorted(self.came), start=1):
            while leaving[gone] <= start:
                gone += 1
            if number - gone > most:
                most, when = number - gone, start
        return most, when

    def at(self, moment: int) -> int:
        """How many people were there at a moment."""
        return sum(one <= moment for one in self.came) - sum(one <= moment for one in self.left)


class _Room:
    """Who was in a place with room for so many: for sure, and as is believed."""

    def __init__(self, capacity: int, usual: int | None) -> None:
        self.capacity, self._usual = capacity, usual
        self._sure, self._believed = _Crowd(), _Crowd()

    def add(self, one: Span) -> None:
        """Somebody was there, most likely as long as is usual, and no longer than the stay.

        Tracing looks for everybody who can have been there, so it believes that somebody stays
        until closing time; of all who came in a long afternoon that is hardly so.
        """
        _person, _venue, start, sure, end = one
        if sure is not None and sure > start:
            self._sure.came.append(start)
            self._sure.left.append(sure)
        if sure is not None and self._usual is not None and end > sure:
            end = max(sure, min(end, start + self._usual))
        if end > start:
            self._believed.came.append(start)
            self._believed.left.append(end)

    def found(self, venue: int) -> Iterator[Found]:
        """That too many were there, for sure or else as is believed."""
        most, when = self._sure.fullest()
        if most > self.capacity:
            yield Found(venue, Doubt.CAPACITY, most, when)
            return
        most, when = self._believed.fullest()
        if most > self.capacity:
            yield Found(venue, Doubt.CROWDED, most, when, self._sure.at(when))


def _of_stays(stays: Iterable[Span], doors: Mapping[int, Door], limits: Limits) -> Iterator[Found]:
    rooms = {
        venue: _Room(door.capacity, door.usual)
        for venue, door in doors.items()
        if door.capacity is not None
    }
    elsewhere: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for person, several in groupby(stays, key=itemgetter(0)):
        mine = list(several)
        for one in mine:
            if (room := rooms.get(one[1])) is not None:
                room.add(one)
        for venue, at in _at_once(mine, limits):
            elsewhere[venue][person] = max(elsewhere[venue].get(person, at), at)
    for venue, room in rooms.items():
        yield from room.found(venue)
    for venue, whom in elsewhere.items():
        yield Found(venue, Doubt.TWO_PLACES, len(whom), max(whom.values()))


def _at_once(mine: Sequence[Span], limits: Limits) -> Iterator[tuple[int, int]]:
    """The venues at which somebody was while elsewhere, or sooner than one can get there; when.

    Of a way in alone nothing follows but that it lies in a stay elsewhere; of a way out alone
    nothing at all.
    """
    ordered = sorted(
        (start, sure, venue) for _p, venue, start, sure, _e in mine if sure is not None
    )
    for place, (start, end, venue) in enumerate(ordered):
        there = end + limits.travel * MINUTE if end > start else end
        for since, _until, other in islice(ordered, place + 1, None):
            if since >= there:
                break
            if other != venue:
                yield venue, since
                yield other, since
