"""What of check-ins and stays can hardly be so: the rules alone, beside oracles."""

from datetime import UTC, datetime
from operator import itemgetter

from hypothesis import given
from hypothesis import strategies as st

from modules.venues.codes import Doubt, Means, Way
from modules.venues.queries.limits import first_limits
from modules.venues.rules.plausible import Door, Line, Span, doubts, is_open

DAY = int(datetime(2021, 8, 12, 17, tzinfo=UTC).timestamp())  # midnight of 13/08 here
MINUTE, HOUR = 60, 3600
LIMITS = first_limits()


def line(number, hour, venue=1, way=Way.IN, means=Means.POSTER, entered=None):
    at = DAY + int(hour * HOUR)
    return Line(venue, 1, at, way, means, at if entered is None else entered)


def certain(person, venue, start, end):
    """A stay of which both ends were noted."""
    return Span(person, venue, start, end, end)


def said(lines=(), spans=(), **door):
    doors = {1: Door(**door), 2: Door(), 3: Door()}
    found = doubts(iter(lines), iter(sorted(spans, key=itemgetter(0, 2))), doors, LIMITS)
    return {(one.venue, one.doubt): one.number for one in found}


def test_outside_opening_hours_counts_ways_in_alone():
    hours = {"opens": 7 * 60, "closes": 18 * 60}
    lines = [line(1, 6.5), line(2, 8), line(3, 18.5), line(4, 19, way=Way.OUT)]
    assert said(lines, **hours) == {(1, Doubt.HOURS): 2}
    night = Door(opens=18 * 60, closes=2 * 60)
    assert [is_open(night, DAY + h * HOUR) for h in (17, 19, 25, 27)] == [False, True, True, False]


def test_a_burst_is_so_many_within_so_few_minutes_at_one_entrance():
    few = [line(n, 8 + n / 60 / 10) for n in range(LIMITS.burst - 1)]
    assert said(few) == {}
    assert said([*few, line(99, 8.05)]) == {(1, Doubt.BURST): LIMITS.burst}
    assert said([*few, line(99, 8.05, venue=2)]) == {}


def test_more_people_than_room_are_counted_at_the_fullest_moment():
    spans = [certain(n, 1, DAY + n * MINUTE, DAY + HOUR) for n in range(5)]
    assert said(spans=spans, capacity=4) == {(1, Doubt.CAPACITY): 5}
    assert said(spans=spans, capacity=5) == {}
    one_after_the_other = [certain(n, 1, DAY + n * HOUR, DAY + (n + 1) * HOUR) for n in range(5)]
    assert said(spans=one_after_the_other, capacity=1) == {}


def test_two_places_at_once_speak_of_both_venues():
    spans = [certain(7, 1, DAY, DAY + HOUR), certain(7, 2, DAY + HOUR + 5 * MINUTE, DAY + 2 * HOUR)]
    assert said(spans=spans) == {(1, Doubt.TWO_PLACES): 1, (2, Doubt.TWO_PLACES): 1}
    later = [spans[0], spans[1]._replace(start=DAY + HOUR + LIMITS.travel * MINUTE)]
    assert said(spans=later) == {}


def test_batches_that_a_guard_typed_and_the_future():
    typed = [line(n, 8 + n, means=Means.TYPED) for n in range(LIMITS.typed_least)]
    assert said(typed[:-1]) == {}
    assert said(typed) == {(1, Doubt.TYPED): LIMITS.typed_least}
    scanned = [*typed, *(line(n, 8 + n) for n in range(5))]
    assert said(scanned) == {}
    assert said([line(1, 8, entered=DAY)]) == {(1, Doubt.FUTURE): 1}


def drawn(who, venue, start, length, more, alone):
    """A stay of ``length`` minutes for sure and ``more`` as is believed, or a way out ``alone``."""
    start = DAY + start * MINUTE
    sure = start + length * MINUTE
    end = sure + more * MINUTE
    return Span(who, venue, start, None if alone else sure, end)


spans_of = st.lists(
    st.builds(
        drawn,
        st.integers(1, 4),
        st.integers(1, 3),
        st.integers(0, 300),
        st.sampled_from([0, 0, 30, 120]) | st.integers(0, 120),
        st.sampled_from([0, 0, 60, 240]) | st.integers(0, 240),
        st.sampled_from([False, False, True]),
    ),
    max_size=12,
)


def there(span, minute, usual):
    """Whether somebody was at the first venue in a minute: for sure, and as is believed."""
    at = minute * MINUTE
    if span.venue != 1 or at < span.start:
        return False, False
    if span.sure is None:
        return False, at < span.end
    sure = at < span.sure
    return sure, sure or (at < span.end and (usual is None or at < span.start + usual))


@given(spans_of, st.integers(1, 4), st.sampled_from([None, 45 * MINUTE, 90 * MINUTE]))
def test_a_crowd_is_that_of_the_fullest_minute_for_sure_or_else_as_is_believed(spans, room, usual):
    minutes = [
        [there(span, minute, usual) for span in spans]
        for minute in range(DAY // MINUTE, DAY // MINUTE + 670)
    ]
    counts = [tuple(map(sum, zip(*every, strict=True))) or (0, 0) for every in minutes]
    sure, believed = (max(column) for column in zip(*counts, strict=True))
    found = {
        one.doubt: (one.number, one.sure)
        for one in doubts([], order(spans), {1: Door(capacity=room, usual=usual), **BARE}, LIMITS)
        if one.doubt is not Doubt.TWO_PLACES
    }
    if sure > room:
        assert found == {Doubt.CAPACITY: (sure, 0)}
    elif believed > room:
        assert found == {
            Doubt.CROWDED: (believed, next(n for n, most in counts if most == believed))
        }
    else:
        assert found == {}


BARE = {2: Door(), 3: Door()}


def order(spans):
    return sorted(spans, key=itemgetter(0, 2))


@given(spans_of)
def test_two_places_at_once_are_those_of_every_pair(spans):
    found = said(spans=spans)
    both = {
        (a.venue, a.person, max(a.start, b.start))
        for a in spans
        for b in spans
        if a.sure is not None
        and b.sure is not None
        and a.person == b.person
        and a.venue != b.venue
        and meet(*sorted((a, b), key=when))
    }
    last = {one.venue: one.latest for one in doubts([], order(spans), {1: Door(), **BARE}, LIMITS)}
    for venue in (1, 2, 3):
        people = {person for where, person, _at in both if where == venue}
        assert found.get((venue, Doubt.TWO_PLACES), 0) == len(people)
        if people:
            assert last[venue] == max(at for where, _person, at in both if where == venue)


def when(span):
    return span.start, span.sure


def meet(first, other):
    """Whether the second began before one can have got there; of a point nothing follows later."""
    way = LIMITS.travel * MINUTE if first.sure > first.start else 0
    return other.start < first.sure + way
