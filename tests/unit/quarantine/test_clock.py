"""The clock against somebody who walks through the days minute by minute."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from admin_suite.core.clock import ZONE
from admin_suite.core.i18n import speaking
from admin_suite.db.dated import Dated
from modules.quarantine.codes import Anchor, Group, Setting
from modules.quarantine.queries.clocks import Facts, clocks_of
from modules.quarantine.rules.clock import Policy, Positive, Quarantined, Span, clock, why
from modules.quarantine.service.rules import KNOWN

VERSIONS = [Dated(n, day, source, policy) for n, (day, source, policy) in enumerate(KNOWN, 1)]
START = datetime(2021, 8, 10, tzinfo=ZONE)
MINUTE = timedelta(minutes=1)
DAYS = 3


def ends(group=Group.F1, arrived="2021-08-12", contact="2021-08-12", **more):
    last = date.fromisoformat(contact) if contact else None
    who = Quarantined(1, group, date.fromisoformat(arrived), last, **more)
    return clock(who, VERSIONS, [], [], datetime(2021, 8, 15, tzinfo=ZONE))


def test_fourteen_days_from_the_twelfth_end_on_the_twenty_sixth():
    found = ends()
    assert found.ends_on == date(2021, 8, 26)
    assert found.home_until == date(2021, 9, 9)
    assert found.release_at == datetime(2021, 8, 26, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("arrived", "days"),
    [("2021-05-04", 14), ("2021-05-05", 21), ("2021-07-13", 21), ("2021-07-14", 14)],
)
def test_the_policy_in_force_on_the_arrival_counts(arrived, days):
    found = ends(Group.RETURNEE, arrived, "")
    assert (found.ends_on - date.fromisoformat(arrived)).days == days


def test_an_entrant_with_two_doses_stays_a_week_from_august_on():
    assert ends(Group.ENTRANT, "2021-08-04", "", doses=2).days == 7
    assert ends(Group.ENTRANT, "2021-08-03", "", doses=2).days == 14


def test_a_running_policy_counts_for_people_who_had_come_before():
    shorter = Dated(9, date(2021, 8, 14), "QĐ 1", Policy(7, running=True))
    who = Quarantined(1, Group.RETURNEE, date(2021, 8, 12))
    found = clock(who, [*VERSIONS, shorter], [], [], datetime(2021, 8, 15, tzinfo=ZONE))
    assert found.ends_on == date(2021, 8, 19)


def test_the_day_of_contact_may_be_the_first_and_the_hour_of_release_another():
    rule = Dated(1, date(2021, 1, 1), "QĐ 1", Policy(14, first_day=1, release_hour=8))
    who = Quarantined(1, Group.RETURNEE, date(2021, 8, 12))
    found = clock(who, [rule], [], [], START)
    assert found.release_at == datetime(2021, 8, 25, 8, tzinfo=ZONE)


def test_it_says_why_in_one_sentence_in_both_languages():
    assert why(ends()) == (
        "Ends on 26/08/2021: 14 days after the last contact on 12/08/2021 "
        "(CV 6288/BYT-MT, in force since 04/08/2021)."
    )
    with speaking("vi"):
        assert why(ends(contact="")).startswith(
            "Hết cách ly ngày 26/08/2021: 14 ngày kể từ ngày đến 12/08/2021, do không rõ"
        )


def test_a_shared_room_until_midnight_counts_for_the_day_before():
    midnight = datetime(2021, 8, 20, tzinfo=ZONE)
    spans = [Span(1, 7, START, None), Span(2, 7, START, midnight)]
    case = Positive(1, 2, datetime(2021, 8, 19, 12, tzinfo=ZONE), midnight)
    who = Quarantined(1, Group.F1, date(2021, 8, 10), date(2021, 8, 9))
    found = clock(who, VERSIONS, spans, [case], midnight + timedelta(days=1))
    assert (found.exposure.cause, found.exposure.on) == (Anchor.ROOM, date(2021, 8, 19))


MINUTES = st.integers(0, DAYS * 24 * 60)
STAYS = st.lists(st.tuples(st.integers(1, 2), MINUTES, MINUTES), min_size=1, max_size=3)


def spans_of(person, told):
    return [
        Span(person, room, START + MINUTE * min(a, b), START + MINUTE * max(a, b))
        for room, a, b in told
    ]


def walked(mine, theirs, case, policy):
    """The last minute at which both are in one room while the one is infectious, its day."""
    since = case.sampled_at - timedelta(days=policy.infectious_days)
    last = None
    moment = START
    while moment < START + timedelta(days=DAYS):
        infectious = since <= moment < case.removed_at
        rooms = {s.room for s in mine if s.start <= moment < s.end}
        if infectious and rooms & {s.room for s in theirs if s.start <= moment < s.end}:
            last = moment.date()
        moment += MINUTE
    return last


@settings(max_examples=25, deadline=None)
@given(STAYS, STAYS, MINUTES, MINUTES)
def test_the_last_day_in_one_room_is_that_of_a_walk_by_the_minute(mine, theirs, swab, out):
    policy = Policy(14, infectious_days=1)
    rule = Dated(1, date(2021, 1, 1), "QĐ 1", policy)
    case = Positive(1, 2, START + MINUTE * swab, START + MINUTE * out)
    spans = [*spans_of(1, mine), *spans_of(2, theirs)]
    who = Quarantined(1, Group.RETURNEE, date(2021, 8, 1))
    found = clock(who, [rule], spans, [case], START + timedelta(days=DAYS))
    last = walked(spans_of(1, mine), spans_of(2, theirs), case, policy)
    assert found.ends_on == (last or date(2021, 8, 1)) + timedelta(days=14)
    assert found.release_at.time() == time()


@settings(max_examples=25, deadline=None)
@given(STAYS, STAYS, MINUTES, MINUTES)
def test_a_household_is_a_room_to_the_clock_and_a_room_is_no_household(mine, theirs, swab, out):
    rule = Dated(1, date(2021, 1, 1), "QĐ 1", Policy(14, infectious_days=1))
    case = Positive(1, 2, START + MINUTE * swab, START + MINUTE * out)
    who = Quarantined(1, Group.RETURNEE, date(2021, 8, 1))
    rooms = [*spans_of(1, mine), *spans_of(2, theirs)]
    homes = [replace(span, setting=Setting.HOME) for span in rooms]
    apart = [*spans_of(1, mine), *(span for span in homes if span.person != 1)]
    now = START + timedelta(days=DAYS)
    in_room, at_home, never = (
        clock(who, [rule], some, [case], now) for some in (rooms, homes, apart)
    )
    assert in_room.ends_on == at_home.ends_on
    causes = {Anchor.ROOM: Anchor.HOUSEHOLD, Anchor.ARRIVAL: Anchor.ARRIVAL}
    assert causes[in_room.exposure.cause] is at_home.exposure.cause
    assert never.ends_on == date(2021, 8, 15)


PLACES = st.tuples(st.integers(1, 4), st.sampled_from([Setting.FACILITY, Setting.HOME]))
STAYED = st.lists(st.tuples(st.integers(1, 6), PLACES, MINUTES, st.none() | MINUTES), max_size=12)
FOUND = st.lists(st.tuples(st.integers(1, 6), MINUTES, st.none() | MINUTES), max_size=5)


@settings(max_examples=200, deadline=None)
@given(STAYED, FOUND)
def test_a_positive_counts_as_if_everybody_were_compared_with_all_of_them(stayed, positive):
    def at(minute):
        return None if minute is None else START + MINUTE * minute

    spans = [Span(one, room, at(a), at(b), setting) for one, (room, setting), a, b in stayed]
    cases = [Positive(n, one, at(swab), at(out)) for n, (one, swab, out) in enumerate(positive)]
    people = {n: Quarantined(n, Group.RETURNEE, date(2021, 8, 1)) for n in range(1, 7)}
    now = START + timedelta(days=DAYS)
    found = clocks_of(Facts(people, spans, cases[:2], VERSIONS), now, cases[2:])
    assert found == {n: clock(who, VERSIONS, spans, cases, now) for n, who in people.items()}
