"""The end of a stay beside an oracle that walks minute by minute and knows no shortcuts."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.venues.codes import Ending, Kind, Way
from modules.venues.queries.limits import first_limits
from modules.venues.rules.stays import LONGEST, House, Noted, stays_of

LIMITS = first_limits()
MINUTE, HOUR = 60, 3600
BASE = int(datetime(2021, 8, 12, 17, tzinfo=UTC).timestamp())  # midnight of 13/08 here
HOUSES = {
    1: House(Kind.MARKET, 18 * 60),
    2: House(Kind.CAFE),
    3: House(Kind.SCHOOL, 17 * 60),
    4: House(Kind.OTHER),
    5: House(Kind.KARAOKE, 2 * 60),
}


def noted(*lines):
    """Lines as (venue, hour, way, hour of leaving), hours of 13/08 as people count them."""
    made = []
    for number, (venue, hour, way, *until) in enumerate(lines, start=1):
        at = BASE + int(hour * HOUR)
        left = BASE + int(until[0] * HOUR) if until else at
        made.append(Noted(number, venue, None, at, left, way))
    return made


def told(*lines):
    return [
        (s.venue, (s.start - BASE) / HOUR, (s.end - BASE) / HOUR, s.ending)
        for s in stays_of(noted(*lines), HOUSES, LIMITS)
    ]


def test_the_first_of_five_that_there_is_ends_a_stay():
    assert told((2, 8, Way.IN), (2, 8.5, Way.OUT)) == [(2, 8, 8.5, Ending.NOTED)]
    assert told((2, 8, Way.IN), (4, 9, Way.BOTH, 10))[0] == (2, 8, 9 - 1 / 6, Ending.ELSEWHERE)
    assert told((1, 15, Way.IN)) == [(1, 15, 18, Ending.CLOSING)]
    assert told((1, 8, Way.IN)) == [(1, 8, 8.75, Ending.USUAL)]
    assert told((4, 8, Way.IN)) == [(4, 8, 12, Ending.LIMIT)]
    assert told((5, 23, Way.IN)) == [(5, 23, 26, Ending.CLOSING)], "over midnight"


def test_what_is_too_far_away_ends_nothing():
    assert told((2, 8, Way.IN), (4, 20, Way.BOTH, 21))[0] == (2, 8, 9, Ending.USUAL)
    assert told((2, 8, Way.IN), (2, 20.5, Way.OUT)) == [
        (2, 8, 9, Ending.USUAL),
        (2, 19.5, 20.5, Ending.BACKWARDS),
    ]


def test_the_same_venue_again_while_there_prolongs():
    assert told((2, 8, Way.IN), (2, 8.75, Way.IN)) == [(2, 8, 9.75, Ending.USUAL)]
    assert told((2, 8, Way.IN), (2, 8.5, Way.IN), (2, 8.75, Way.OUT)) == [
        (2, 8, 8.75, Ending.NOTED)
    ]
    assert told((2, 8, Way.BOTH, 9), (2, 8.5, Way.BOTH, 8.75)) == [(2, 8, 9, Ending.NOTED)]


@pytest.mark.parametrize("visit", [(2, 7.9, Way.BOTH, 8.5), (2, 8.1, Way.BOTH, 8.5)])
def test_a_way_out_that_another_list_notes_of_the_same_visit_is_no_guess(visit):
    [stay] = told((2, 8, Way.IN), visit)
    assert stay == (2, pytest.approx(min(8, visit[1])), 8.5, Ending.NOTED)


def test_a_visit_after_the_guessed_end_says_nothing_of_it():
    assert told((2, 8, Way.IN), (2, 9.5, Way.BOTH, 9.75)) == [
        (2, 8, 9, Ending.USUAL),
        (2, 9.5, 9.75, Ending.NOTED),
    ]


def test_in_again_after_the_stay_was_over_by_itself_is_another_visit():
    assert told((2, 8, Way.IN), (2, 17, Way.IN), (2, 18, Way.OUT)) == [
        (2, 8, 9, Ending.USUAL),
        (2, 17, 18, Ending.NOTED),
    ]
    assert told((2, 8, Way.IN), (2, 17, Way.BOTH, 17.5), (2, 18, Way.OUT)) == [
        (2, 8, 9, Ending.USUAL),
        (2, 17, 18, Ending.NOTED),
    ]
    assert told((2, 8, Way.IN), (2, 10, Way.IN), (4, 11, Way.BOTH, 12)) == [
        (2, 8, 9, Ending.USUAL),
        (2, 10, 11 - 1 / 6, Ending.ELSEWHERE),
        (4, 11, 12, Ending.NOTED),
    ]
    chain = [(2, hour, Way.IN) for hour in (8, 8.75, 9.5)]
    assert told(*chain, (2, 10.5, Way.OUT)) == [(2, 8, 10.5, Ending.NOTED)], "while it was open"
    assert told((2, 8, Way.IN), (2, 18, Way.OUT)) == [(2, 8, 18, Ending.NOTED)], "as was noted"
    assert told((1, 15, Way.IN), (1, 17.5, Way.IN), (1, 17.75, Way.OUT)) == [
        (1, 15, 17.75, Ending.NOTED)
    ], "open until closing time"
    first, _second = stays_of(noted((2, 8, Way.IN), (2, 9.5, Way.IN)), HOUSES, LIMITS)
    assert first.most == BASE + int(9.5 * HOUR), "who comes in has left before"


def test_a_way_out_belongs_to_the_way_in_after_the_place_between():
    assert told((2, 8, Way.IN), (4, 9, Way.BOTH, 9.5), (2, 10, Way.IN), (2, 10.5, Way.OUT)) == [
        (2, 8, 9 - 1 / 6, Ending.ELSEWHERE),
        (4, 9, 9.5, Ending.NOTED),
        (2, 10, 10.5, Ending.NOTED),
    ]


def test_a_stay_longer_than_the_bound_is_several():
    pieces = stays_of(noted((4, 8, Way.BOTH, 8 + 30)), HOUSES, LIMITS)
    assert [(p.end - p.start) / HOUR for p in pieces] == [12, 12, 6]
    assert {p.ending for p in pieces} == {Ending.NOTED}


def test_an_end_that_nobody_noted_lies_between_its_bounds():
    [one] = stays_of(noted((1, 8, Way.IN)), HOUSES, LIMITS)
    assert (one.least, one.most) == (one.start, one.start + 4 * HOUR)
    [one, _other] = stays_of(noted((2, 8, Way.IN), (4, 8.5, Way.BOTH, 9)), HOUSES, LIMITS)
    assert (one.least - BASE, one.most - BASE) == (8 * HOUR, 8.5 * HOUR)
    [one] = stays_of(noted((2, 8, Way.IN), (2, 8.5, Way.OUT)), HOUSES, LIMITS)
    assert one.least == one.end == one.most


# -- the oracle -----------------------------------------------------------------------------------


def ends_of(lines, place):
    """All ends that a way in could have, in the order of the issue: (end, ending, latest)."""
    one, house = lines[place], HOUSES[lines[place].venue]
    last = one.at + LIMITS.longest_of(house.kind)
    usual = LIMITS.usual_of(house.kind)
    again = next_visit(lines, place)
    after = list(lines[place + 1 : again])
    others = [x.at for x in after if x.venue != one.venue and x.at > one.at]
    outs = [
        x.at
        for x in after
        if x.venue == one.venue
        and x.way is Way.OUT
        and x.at - one.at <= LONGEST
        and not any(
            one.at < y.at and lines.index(y) < lines.index(x) for y in after if y.venue != one.venue
        )
    ]
    if outs:
        return outs[0], Ending.NOTED, outs[0]
    closing = closing_of(one)
    near = [x for x in others if x - one.at <= LONGEST]
    found = []
    if near and near[0] <= last:
        found.append((max(one.at, near[0] - LIMITS.travel * MINUTE), Ending.ELSEWHERE, near[0]))
    if closing is not None and closing <= last:
        found.append((closing, Ending.CLOSING, closing))
    if usual is not None and one.at + usual <= last:
        found.append((one.at + usual, Ending.USUAL, last))
    found.append((last, Ending.LIMIT, last))
    beside = [
        x.until
        for x in lines
        if (x.venue, x.way) == (one.venue, Way.BOTH)
        and x.until > one.at
        and one.at - LONGEST <= x.at <= found[0][0]
    ]
    if beside:
        return max(beside), Ending.NOTED, max(beside)
    latest = [latest for _end, _ending, latest in found]
    if again is not None and lines[again].at - one.at <= LONGEST and not near:
        latest.append(lines[again].at)
    return (*found[0][:2], max(found[0][0], min(latest)))


def closing_of(one):
    """The next moment at which a venue closes, minute by minute."""
    closes = HOUSES[one.venue].closes
    if closes is None:
        return None
    minutes = range(one.at // MINUTE + 1, one.at // MINUTE + 24 * 60 + 1)
    return next(m * MINUTE for m in minutes if (m * MINUTE - BASE) // MINUTE % (24 * 60) == closes)


def by_itself(one):
    """When a stay is over of which nothing but the way in was noted."""
    kind = HOUSES[one.venue].kind
    last, usual = one.at + LIMITS.longest_of(kind), LIMITS.usual_of(kind)
    ends = (closing_of(one), None if usual is None else one.at + usual)
    return next((end for end in ends if end is not None and end <= last), last)


def next_visit(lines, place):
    """Which line is the way in of another visit here, the one of this line being over by itself."""
    over = by_itself(lines[place])
    for at in range(place + 1, len(lines)):
        other = lines[at]
        if other.venue == lines[place].venue and other.way is not Way.OUT:
            if other.at > over:
                return at
            over = max(over, other.until if other.way is Way.BOTH else by_itself(other))
    return None


def minutes_of(lines):
    """By venue the minutes somebody was there, each way in and each pair by itself."""
    lines = sorted(lines, key=lambda x: (x.at, x.until, x.id))
    there = {}
    for place, one in enumerate(lines):
        if one.way is Way.BOTH:
            start, end = one.at, one.until
        elif one.way is Way.IN:
            start, end = one.at, ends_of(lines, place)[0]
        else:
            continue
        there.setdefault(one.venue, set()).update(range(start // MINUTE, end // MINUTE + 1))
    return there


lines_of = st.lists(
    st.tuples(
        st.sampled_from(sorted(HOUSES)),
        st.integers(0, 40 * 12),
        st.sampled_from([Way.IN, Way.IN, Way.OUT, Way.BOTH]),
        st.integers(1, 20 * 12),
    ),
    max_size=9,
)


def made(drawn):
    found = []
    for number, (venue, five, way, length) in enumerate(drawn, start=1):
        at = BASE + five * 5 * MINUTE
        until = at + length * 5 * MINUTE if way is Way.BOTH else at
        found.append(Noted(number, venue, None, at, until, way))
    return found


@given(lines_of)
def test_stays_cover_exactly_the_minutes_of_the_oracle(drawn):
    lines = [x for x in made(drawn) if x.way is not Way.OUT] + [
        x for x in made(drawn) if x.way is Way.OUT
    ]
    wanted = minutes_of(lines)
    got = {}
    for stay in stays_of(lines, HOUSES, LIMITS):
        span = range(stay.start // MINUTE, stay.end // MINUTE + 1)
        got.setdefault(stay.venue, set()).update(span)
    for venue, minutes in wanted.items():
        assert minutes <= got.get(venue, set())
    if not any(x.way is Way.OUT for x in lines):
        assert got == wanted


@given(lines_of)
def test_one_way_in_ends_as_the_oracle_says(drawn):
    lines = sorted(made(drawn), key=lambda x: (x.at, x.until, x.id))
    for place, one in enumerate(lines):
        if one.way is Way.IN and not any(
            x.venue == one.venue for x in lines if x is not one and x.way is not Way.OUT
        ):
            end, ending, most = ends_of(lines, place)
            stays = [s for s in stays_of(lines, HOUSES, LIMITS) if s.venue == one.venue]
            stay = next(s for s in stays if s.start <= one.at <= s.end)
            if (
                (stay.checkin, stay.start) == (one.id, one.at)
                and ending is not Ending.NOTED
                and stay.end == end
            ):
                assert (stay.ending, stay.most) == (ending, min(most, stay.start + LONGEST))
            there = one.at  # what is longer than a stay may be goes on in the next one
            for part in sorted(stays, key=lambda s: s.start):
                there = max(there, part.end) if part.start <= there else there
            assert there >= end


@given(lines_of)
def test_no_stay_breaks_what_the_database_keeps(drawn):
    found = stays_of(made(drawn), HOUSES, LIMITS)
    for stay in found:
        assert stay.start <= stay.least <= stay.end <= stay.most <= stay.start + LONGEST
    by_venue = {}
    for stay in sorted(found, key=lambda s: s.start):
        before = by_venue.get(stay.venue)
        assert before is None or stay.start > before.end or before.end - before.start == LONGEST
        by_venue[stay.venue] = stay


half_a_day = st.lists(
    st.tuples(st.integers(0, 12 * 12), st.sampled_from([Way.IN, Way.IN, Way.OUT])), max_size=8
)


@given(st.sampled_from(sorted(HOUSES)), half_a_day)
def test_at_one_venue_stays_are_those_of_a_walk_through_the_day(venue, events):
    """Somebody who goes by what is noted: in, still in or in anew, out."""
    lines = made([(venue, five, way, 0) for five, way in events])
    visits, alone, open_since, over = [], False, None, 0
    for one in sorted(lines, key=lambda x: (x.at, x.until, x.id)):
        if one.way is Way.OUT:
            alone = alone or open_since is None
            if open_since is not None:
                visits.append((open_since, one.at))
            open_since = None
        else:
            if open_since is not None and one.at > over:
                visits.append((open_since, over))
                open_since = None
            over = by_itself(one) if open_since is None else max(over, by_itself(one))
            open_since = one.at if open_since is None else open_since
    if open_since is not None:
        visits.append((open_since, over))
    wanted = {m for since, until in visits for m in range(since // MINUTE, until // MINUTE + 1)}
    got = {
        m
        for stay in stays_of(lines, HOUSES, LIMITS)
        for m in range(stay.start // MINUTE, stay.end // MINUTE + 1)
    }
    assert wanted <= got
    assert alone or wanted == got


@given(lines_of, st.randoms())
def test_the_order_of_the_list_changes_nothing(drawn, dice):
    lines = made(drawn)
    again = [*lines]
    dice.shuffle(again)
    assert stays_of(lines, HOUSES, LIMITS) == stays_of(again, HOUSES, LIMITS)


@pytest.mark.parametrize("days", [1, 30])
def test_another_day_shifts_every_stay_by_it(days):
    lines = noted((1, 8, Way.IN), (2, 9, Way.IN), (2, 9.5, Way.OUT), (4, 11, Way.IN))
    later = [x._replace(at=x.at + days * 86400, until=x.until + days * 86400) for x in lines]
    moved = [
        s._replace(start=s.start - days * 86400, end=s.end - days * 86400)
        for s in stays_of(later, HOUSES, LIMITS)
    ]
    assert [s[:5] for s in moved] == [s[:5] for s in stays_of(lines, HOUSES, LIMITS)]


def test_a_way_out_behind_a_visit_that_was_noted_ends_it():
    lines = made([(4, 0, Way.BOTH, 1), (4, 2, Way.OUT, 1)])
    [stay] = stays_of(lines, HOUSES, LIMITS)
    assert (stay.start, stay.end, stay.ending) == (BASE, BASE + 10 * MINUTE, Ending.NOTED)
