"""Health rounds: what is typed, who was missed, which alerts nobody has looked at in time."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from admin_suite.core.errors import UserError
from modules.quarantine import day
from modules.quarantine.codes import Mark
from modules.quarantine.queries import rounds as queries
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.rules.rounds import Level, Reading, Thresholds, level, typed
from modules.quarantine.service import beds, heads, rounds, stays
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person


@pytest.fixture
def room(desk):
    """Three women in room 101."""
    keys = [person(desk) for _ in range(3)]
    pairs = zip(keys, "123", strict=True)
    stays.admit(desk, [Placement(key, bed(desk, "101", n)) for key, n in pairs])
    return keys


def missed(work):
    return [one.id for one in queries.health_round(work).rows if one.missed]


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        ("367 98 .", Reading(367, 98, "")),
        ("36,7 98 ho khan", Reading(367, 98, "ho khan")),
        ("38 .", Reading(380, None, "")),
        (".", Reading(None, None, "")),
        ("97", Reading(None, 97, "")),
    ],
)
def test_a_line_is_typed_blind(line, reading):
    assert typed(line) == reading


@pytest.mark.parametrize("line", ["", "222", "367 98 97", "367 30"])
def test_what_no_living_person_has_is_refused(line):
    with pytest.raises(UserError):
        typed(line)


def test_a_fall_of_saturation_is_red_though_each_number_alone_is_not():
    limits = Thresholds()
    assert level(Reading(366, 96, ""), limits) is Level.NONE
    assert level(Reading(366, 96, ""), limits, [Reading(366, 99, "")]) is Level.RED


def test_whoever_was_missed_stands_in_front_and_whoever_is_away_is_not_missed(desk, room):
    rounds.observe(desk, room[0], queries.number_now(desk), "367 98 .")
    beds.leave(desk, room[1], "chụp phổi")
    assert missed(desk) == [room[2]]
    rows = queries.health_round(desk).rows
    assert [one.reading is not None for one in rows] == [True, False, False]


def test_what_the_round_before_said_stands_beside_and_counts_for_the_fall(desk, room, clock):
    rounds.observe(desk, room[0], 1, "366 99 .")
    clock.pass_(hours=7)
    assert queries.number_now(desk) == 2
    assert rounds.observe(desk, room[0], 2, "366 96 .") is Level.RED
    row = queries.health_round(desk).rows[0]
    assert (row.before, row.level) == (Reading(366, 99, ""), Level.RED)


def test_a_red_alert_that_nobody_looked_at_goes_to_the_leader(desk, room, clock):
    rounds.observe(desk, room[0], 1, "384 95 ho")
    rounds.observe(desk, room[1], 1, "376 98 .")
    assert [(one.episode_id, one.escalated) for one in queries.alerts(desk)] == [
        (room[0], False),
        (room[1], False),
    ]
    assert day.escalated(desk) == []
    clock.pass_(minutes=61)
    first, second = queries.alerts(desk)
    assert (first.level, first.escalated, second.escalated) == (Level.RED, True, False)
    [line] = day.escalated(desk)
    assert line.page == "quarantine.rounds"
    assert rounds.looked_at(desk, [first.id]) == 1
    assert rounds.looked_at(desk, [first.id]) == 0
    assert day.escalated(desk) == []


def test_a_head_count_of_today_is_said_with_the_round(desk, room, clock):
    facility = facility_coded(desk, "NT").id
    assert queries.health_round(desk).counted is None
    heads.count_heads(desk, facility, [room[1]])
    found = queries.health_round(desk)
    assert found.counted == clock.now
    assert [one.missing for one in found.rows] == [False, True, False]
    clock.pass_(days=1)
    assert queries.health_round(desk).counted is None


def test_whoever_refuses_or_is_not_there_has_been_visited_but_not_measured(desk, room):
    turn = queries.number_now(desk)
    assert rounds.observe(desk, room[0], turn, "v") is Level.NONE
    assert rounds.observe(desk, room[1], turn, "T") is Level.NONE
    assert missed(desk) == [room[2]]
    marks = [one.reading.mark for one in queries.health_round(desk).rows if one.reading]
    assert marks == [Mark.ABSENT, Mark.REFUSED]
    rounds.observe(desk, room[1], turn, "367 98 .")
    assert queries.health_round(desk).rows[1].reading == Reading(367, 98, "")


def test_whoever_was_not_measured_twice_in_a_row_needs_somebody(desk, room, clock):
    assert rounds.observe(desk, room[0], 1, "v") is Level.NONE
    assert rounds.observe(desk, room[0], 1, "v") is Level.NONE
    assert rounds.observe(desk, room[0], 2, "t") is Level.AMBER
    [alert] = queries.alerts(desk)
    assert (alert.episode_id, alert.words) == (room[0], "Refused to be measured")
    clock.pass_(days=1)
    rounds.observe(desk, room[0], 1, "367 98 .")
    assert rounds.observe(desk, room[0], 2, "v") is Level.NONE


def test_the_database_takes_no_measurement_of_whoever_was_not_measured(desk, room):
    rounds.observe(desk, room[0], 1, "v")
    wrong = pytest.raises(IntegrityError, match="ck_quarantine_observation_mark")
    with wrong, desk.session.begin_nested():
        desk.session.execute(text("UPDATE quarantine_observation SET temperature = 367"))
