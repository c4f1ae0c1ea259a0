"""From what was noted to stays: when did somebody leave, where nobody wrote it down.

The end of a stay is the first that there is of: the way out that was noted, be it by another list
that has the same visit; the next check-in elsewhere, less the way there; closing time; the usual
stay at such a place; the longest stay that is believed. Each but the first counts only within the
longest stay. With the end stands where it comes from, and between which moments it lies. Stays of
one person at one venue that touch are one, and none is longer than the bound that makes overlaps
cheap to find: a longer one is several.

Who comes in again while the stay is open prolongs it. Who comes in again after it was over by
itself (closing time, usual stay, longest stay) comes for another visit, and what follows, a way out
or a check-in elsewhere, speaks of that one: in at 8, in at 17, out at 18 is no café of ten hours.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from modules.venues.codes import Ending, Kind, Way
from modules.venues.rules.limits import MINUTE, Limits

DAY = 24 * 3600
ZONE = 7 * 3600  # Viet Nam has one time zone and never changes its clocks
LONGEST = 12 * 3600
FOLLOWED = frozenset({"opens", "closes", "kind"})  # what of a venue the end of a stay follows from
FULL_DAY = 24 * 60


class Noted(NamedTuple):
    """A check-in as it was noted: seconds since 1970 in UTC; ``id`` tells which."""

    id: int
    venue: int
    entrance: int | None
    at: int
    until: int
    way: Way


class Stayed(NamedTuple):
    """A stay of one person: ``least`` and ``most`` bound the moment at which it ended."""

    checkin: int
    venue: int
    entrance: int | None
    start: int
    end: int
    least: int
    most: int
    ending: Ending


class House(Struct, frozen=True):
    """What is to be known of a venue: ``closes`` is the minute of the day, None where unknown."""

    kind: Kind
    closes: int | None = None


def stays_of(noted: Sequence[Noted], houses: Mapping[int, House], limits: Limits) -> list[Stayed]:
    """The stays of one person, in order of time; at one venue none touches another.

    Except where a bound cut one: then the second begins where the first ends.
    """
    lines = sorted(noted, key=attrgetter("at", "until", "id"))
    found = [_stay(lines, place, houses[one.venue], limits) for place, one in enumerate(lines)]
    pieces = [piece for whole in _merged(found) for piece in _cut(whole)]
    return sorted(pieces, key=attrgetter("start", "venue", "end"))


def _stay(lines: Sequence[Noted], place: int, house: House, limits: Limits) -> Stayed:
    """The stay that one check-in speaks of, before those that touch become one."""
    one = lines[place]
    if one.way is Way.BOTH:
        return Stayed(*one[:4], one.until, one.until, one.until, Ending.NOTED)
    if one.way is Way.OUT:
        return _backwards(lines, place, house, limits)
    after = _what_follows(lines, place, house, limits)
    if after.out is not None:
        return Stayed(*one[:4], after.out, after.out, after.out, Ending.NOTED)
    guess = _guessed(one, after, house, limits)
    out = _noted_beside(lines, place, guess.end)
    return guess if out is None else Stayed(*one[:4], out, out, out, Ending.NOTED)


class _After(NamedTuple):
    """What ends a way in, the first that there is of it: out, in elsewhere, in here once more."""

    out: int | None = None
    elsewhere: int | None = None
    again: int | None = None


def _what_follows(lines: Sequence[Noted], place: int, house: House, limits: Limits) -> _After:
    """The way out of this venue that belongs to a way in, or what shows that nobody noted it."""
    one, still = lines[place], None
    for other in lines[place + 1 :]:
        if other.at - one.at > LONGEST:
            break
        if other.venue != one.venue:
            if other.at > one.at:
                return _After(elsewhere=other.at)
        elif other.way is Way.OUT:
            return _After(out=other.at)
        else:
            still = _by_itself(one, house, limits) if still is None else still
            if other.at > still:
                return _After(again=other.at)
            still = max(still, other.until, _by_itself(other, house, limits))
    return _After()


def _by_itself(one: Noted, house: House, limits: Limits) -> int:
    """Until when a stay is open of which nothing more was noted; the way out where that was."""
    if one.way is Way.BOTH:
        return one.until
    return _guessed(one, _After(), house, limits).end


def _noted_beside(lines: Sequence[Noted], place: int, end: int) -> int | None:
    """When somebody left by the visits noted in and out that touch a stay of unknown end."""
    one, outs = lines[place], list[int]()
    for there in (range(place - 1, -1, -1), range(place + 1, len(lines))):
        for other in (lines[at] for at in there):
            if other.at > end or one.at - other.at > LONGEST:
                break
            if (other.venue, other.way) == (one.venue, Way.BOTH) and other.until > one.at:
                outs.append(other.until)
    return max(outs, default=None)


def _guessed(one: Noted, after: _After, house: House, limits: Limits) -> Stayed:
    """The end of a stay of which nobody noted the way out."""
    elsewhere = after.elsewhere
    last = one.at + limits.longest_of(house.kind)
    usual = limits.usual_of(house.kind)
    closing = _closing(one.at, house)
    bounds = [m for m in (elsewhere, after.again, closing, last) if m and m <= last]
    end, ending = last, Ending.LIMIT
    if elsewhere is not None and elsewhere <= last:
        end, ending = max(one.at, elsewhere - limits.travel * MINUTE), Ending.ELSEWHERE
    elif closing is not None and closing <= last:
        end, ending = closing, Ending.CLOSING
    elif usual is not None and one.at + usual <= last:
        end, ending = one.at + usual, Ending.USUAL
    return Stayed(*one[:4], end, one.at, max(end, min(bounds)), ending)


def _closing(at: int, house: House) -> int | None:
    """The next moment at which the venue closes."""
    if house.closes is None:
        return None
    midnight = (at + ZONE) // DAY * DAY - ZONE
    closing = midnight + house.closes % FULL_DAY * MINUTE
    return closing if closing > at else closing + DAY


def _backwards(lines: Sequence[Noted], place: int, house: House, limits: Limits) -> Stayed:
    """A way out without a way in: the usual stay before it, after whatever was noted before.

    One that belongs to a way in says nothing more than that stay.
    """
    one = lines[place]
    if _is_answer(lines, place, house, limits):
        return Stayed(*one[:4], one.at, one.at, one.at, Ending.NOTED)
    usual = limits.usual_of(house.kind) or limits.longest_of(house.kind)
    before = max((other.until for other in lines[:place]), default=one.at - usual)
    start = min(max(one.at - usual, before), one.at)
    return Stayed(*one[:3], start, one.at, one.at, one.at, Ending.BACKWARDS)


def _is_answer(lines: Sequence[Noted], place: int, house: House, limits: Limits) -> bool:
    """Whether a way out belongs to a way in before it."""
    one = lines[place]
    for before in range(place - 1, -1, -1):
        other = lines[before]
        if other.venue == one.venue and other.way is Way.IN:
            return _what_follows(lines, before, house, limits).out == one.at
        if other.venue == one.venue and other.way is Way.OUT:
            return False
        if one.at - other.at > LONGEST:
            return False
    return False


def _merged(stays: Sequence[Stayed]) -> Iterator[Stayed]:
    """The stays at each venue, those that touch made one."""
    if len({one.venue for one in stays}) == len(stays):
        yield from stays
        return
    current: Stayed | None = None
    for one in sorted(stays, key=attrgetter("venue", "start", "end", "checkin")):
        if current is None or one.venue != current.venue or one.start > current.end:
            if current is not None:
                yield current
            current = one
        else:
            current = _together(current, one)
    if current is not None:
        yield current


def _together(first: Stayed, other: Stayed) -> Stayed:
    """Two stays that touch: from the beginning of the first to the later end.

    A way out behind a stay whose beginning was noted is no way out alone any more.
    """
    later = other if other.end > first.end else first
    alone = later.ending is Ending.BACKWARDS and first.ending is not Ending.BACKWARDS
    return first._replace(
        end=later.end,
        ending=Ending.NOTED if alone else later.ending,
        least=max(first.least, other.least),
        most=max(first.most, other.most),
    )


def _cut(whole: Stayed) -> Iterator[Stayed]:
    """A stay in pieces that keep to the bound; what is uncertain is uncertain in each."""
    start = whole.start
    if start <= whole.least and whole.most - start <= LONGEST and whole.end - start <= LONGEST:
        yield whole
        return
    while whole.end - start > LONGEST:
        end = start + LONGEST
        least = min(max(whole.least, start), end)
        yield whole._replace(start=start, end=end, least=least, most=end)
        start = end
    least, most = max(whole.least, start), min(whole.most, start + LONGEST)
    yield whole._replace(start=start, least=least, most=most)
