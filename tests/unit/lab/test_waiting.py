"""Where a sample is, what is late, how long it takes; and who is told how much of it."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.core.permissions import Actor
from admin_suite.db import settings
from admin_suite.db.origin import Origin
from admin_suite.module import Period
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Outcome, RapidOutcome, Stage
from modules.lab.day import radar
from modules.lab.day.numbers import counted, message
from modules.lab.day.radar import Leg
from modules.lab.day.tubes import LATE
from modules.lab.permissions import ENTER
from modules.lab.reports import lasting
from modules.lab.reports.turnaround import Segment, summary
from modules.lab.service import NewRapid, NewResult, NewSample
from modules.results import service as release
from tests.conftest import EVERYTHING

MORNING = datetime(2021, 8, 12, 1, tzinfo=UTC)  # eight o'clock here
EVER = Period(datetime(2021, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC))
OUTSIDER = Actor(3, "no 3", EVERYTHING - {ENTER.code})


@pytest.fixture
def at(suite, as_actor):
    """Does something as a colleague, so many hours after the morning."""

    def do(hours, number, deed):
        with suite.database.work(as_actor(number)) as work:
            work.clock = lambda: MORNING + timedelta(hours=hours)
            return deed(work)

    return do


@pytest.fixture
def tube(at):
    """A tube that was collected at seven; answers with its number and its id."""

    def bring(name="Lý Thị Hòa", pool=(), code="G001", when="2021-08-12T07:00"):
        people = [NewPerson(one, "1985", phone="0912345678") for one in (name, *pool)]
        swabs = [NewSample(person, when, code) for person in people]
        origin = Origin(sender="Trạm Y tế xã Kim Sơn", day=MORNING.date())
        keys = at(0, 1, lambda work: service.register(work, swabs, origin).ids)
        row = at(0, 1, lambda work: queries.sample_rows(work, keys))[0]
        return row.accession, row.tube_id

    return bring


def go(at, number, key, outcome=Outcome.NEGATIVE):
    """Received at 9, measured at 12, checked at 15, released at 18 o'clock."""
    at(1, 1, lambda work: service.receive(work, [key]))
    at(4, 1, lambda work: service.enter(work, [NewResult(number, outcome)]))
    at(7, 2, lambda work: release.validate(work, [key]))
    at(10, 2, lambda work: release.release(work, [key]))


def test_one_search_finds_a_tube_by_whatever_is_known_of_it(suite, as_actor, tube):
    number, key = tube(pool=("Vàng A Páo",))
    other = tube("Giàng Thị Dở", code="G002")[1]
    with suite.database.read(as_actor(1)) as work:
        for words in (number.lower(), "g001", "vang a pao", "Lý Thị Hòa"):
            assert [one.tube_id for one in queries.located(work, words)] == [key], words
        both = {one.tube_id for one in queries.located(work, "0912345678")}
        assert both == {key, other}
        assert {one.tube_id for one in queries.located(work, "kim son")} == {key, other}
        assert queries.located(work, "nobody at all") == queries.located(work, " ") == []
        assert queries.located(work, "g001")[0].people == ("Lý Thị Hòa", "Vàng A Páo")
        assert any(view.subject == "registry_person" for view in work.views)


def test_before_release_nobody_outside_hears_more_than_that_it_waits(suite, at, tube, as_actor):
    number, key = tube()
    steps = (
        lambda: at(1, 1, lambda work: service.receive(work, [key])),
        lambda: at(4, 1, lambda work: service.enter(work, [NewResult(number, Outcome.POSITIVE)])),
        lambda: at(7, 2, lambda work: release.validate(work, [key])),
    )
    for step in steps:
        step()
        with suite.database.read(OUTSIDER) as work:
            found = queries.located(work, number)[0]
            told = [one.title for one in suite.trace(work, "lab_tube", key)]
            assert (found.stage, told) == (Stage.RECEIVED, ["Received", "Registered"])
            assert {row.leg for row in radar.radar(work)} & {Leg.CHECK, Leg.RELEASE} == set()
            assert radar.delayed(work, Leg.CHECK) == radar.delayed(work, Leg.RELEASE) == []
    at(10, 2, lambda work: release.release(work, [key]))
    with suite.database.read(OUTSIDER) as work:
        assert suite.trace(work, "lab_tube", key)[0].title == Stage.RELEASED.word
    with suite.database.read(as_actor(1)) as work:
        told = [(one.title, one.detail) for one in suite.trace(work, "lab_tube", key)]
    assert [title for title, _by in told][:4] == ["Released", "Checked", "Measured", "Received"]
    assert told[1][1] == "no 2"


def test_what_is_late_is_counted_by_step_and_opens_its_tubes(suite, at, tube):
    number, key = tube()
    coming = tube("Vàng A Páo", code="G002")[1]
    at(1, 1, lambda work: service.receive(work, [key]))
    hours = at(1, 1, lambda work: settings.value(work, LATE))
    for after, late in ((hours, 0), (hours + 2, 1)):
        rows = {row.leg: row for row in at(after, 1, radar.radar)}
        assert (rows[Leg.MEASURE].waiting, rows[Leg.MEASURE].late) == (1, late)
        behind = at(after, 1, lambda work: radar.delayed(work, Leg.MEASURE))
        assert [(one.tube_id, one.late) for one in behind] == [(key, bool(late))]
    assert [one.tube_id for one in at(48, 1, lambda w: radar.delayed(w, Leg.COME))] == [coming]
    at(4, 1, lambda work: service.enter(work, [NewResult(number, Outcome.NEGATIVE)]))
    assert [e.page for e in at(30, 1, radar.late_errands)] == ["lab.radar"]
    at(7, 2, lambda work: release.validate(work, [key]))
    rows = {row.leg: (row.waiting, row.late) for row in at(8, 1, radar.radar)}
    assert (rows[Leg.CHECK], rows[Leg.RELEASE]) == ((0, 0), (1, 0))


def test_a_pool_that_is_not_negative_waits_until_everybody_has_a_single_result(at, tube):
    number, key = tube(pool=("Vàng A Páo",))
    go(at, number, key, Outcome.POSITIVE)
    for at_hour, late in ((11, False), (20, True)):
        found = at(at_hour, 1, lambda work: radar.delayed(work, Leg.POOL))
        assert [(one.tube_id, one.late) for one in found] == [(key, late)]
    for name, code in (("Lý Thị Hòa", "S1"), ("Vàng A Páo", "S2")):
        assert at(20, 1, lambda work: radar.delayed(work, Leg.POOL)) != []
        go(at, *tube(name, code=code))
    assert at(20, 1, lambda work: radar.delayed(work, Leg.POOL)) == []


def test_segments_are_those_of_the_clock(suite, at, tube, as_actor):
    for name, code in (("Lý Thị Hòa", "G1"), ("Vàng A Páo", "G2")):
        go(at, *tube(name, code=code))
    number, key = tube("Giàng Thị Dở", code="G3", when="2021-08-12")
    at(1, 1, lambda work: service.receive(work, [key]))
    at(2, 1, lambda work: service.enter(work, [NewResult(number, Outcome.NEGATIVE)]))
    at(3, 2, lambda work: release.validate(work, [key]))
    at(4, 2, lambda work: release.send_back(work, [key], "again"))
    at(5, 1, lambda work: service.enter(work, [NewResult(number, Outcome.NEGATIVE)]))
    at(7, 2, lambda work: release.sign(work, [key]))
    with suite.database.read(as_actor(1)) as work:
        found = {one.segment: (one.tubes, one.half, one.slowest) for one in lasting(work, EVER)}
        nothing = Period(EVER.start, MORNING)
        assert lasting(work, nothing) == []
    assert found == {
        Segment.COME: (2, 2, 2),  # the third one's hour is not known
        Segment.MEASURE: (3, 3, 4),
        Segment.CHECK: (3, 3, 3),
        Segment.RELEASE: (3, 3, 3),
        Segment.WHOLE: (2, 11, 11),
    }


@given(st.lists(st.floats(0, 500, allow_nan=False), min_size=1, max_size=40))
def test_half_and_nine_of_ten_are_those_of_the_sorted_list(hours):
    def share(part):
        place = part * (len(hours) - 1)
        low, high = math.floor(place), math.ceil(place)
        row = sorted(hours)
        return row[low] + (row[high] - row[low]) * (place - low)

    many, half, most, slowest = summary(hours)
    assert (many, slowest) == (len(hours), max(hours))
    assert half == pytest.approx(share(0.5))
    assert most == pytest.approx(share(0.9))


def test_the_numbers_of_a_day_fit_into_a_message_and_name_nobody(suite, at, tube, as_actor):
    number, key = tube()
    go(at, number, key, Outcome.POSITIVE)
    waits, other = tube("Vàng A Páo", code="G2")
    at(1, 1, lambda work: service.receive(work, [other]))
    at(4, 1, lambda work: service.enter(work, [NewResult(waits, Outcome.POSITIVE)]))
    test = NewRapid(NewPerson("Ma Thị Lan"), RapidOutcome.POSITIVE, "2021-08-12T08:00")
    at(2, 1, lambda work: service.enter_rapid(work, [test]))
    told = dict(at(12, 1, lambda work: counted(work, EVER)))
    assert (told["Tubes received"], told["Tubes measured"], told["Tubes released"]) == (2, 2, 1)
    assert (told["Positive"], told["Rapid tests positive"]) == (1, 1), "not the unreleased one"
    words = at(12, 1, message)
    assert len(words) <= 900
    assert not any(name in words for name in ("Hòa", "Páo", "Lan", number))
