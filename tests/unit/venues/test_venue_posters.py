"""Notes on posters: on which days they can be, and taken back as they were made."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from admin_suite.core.errors import Refused, UserError
from modules.venues import commands, queries, service
from modules.venues.codes import Kind
from modules.venues.models import Issue
from modules.venues.service import NewVenue, Step

ISSUED, NOW = datetime(2021, 8, 13, 1, tzinfo=UTC), datetime(2021, 8, 20, 1, tzinfo=UTC)
BACK = {"take-back": True}
POSTERS = next(one for one in commands.COMMANDS if one.name == "posters")


@pytest.fixture
def venues(work):
    """A market with two entrances and a café, their codes issued on 13 August."""
    work.clock = lambda: ISSUED
    new = [
        NewVenue("Chợ Phố Ràng", Kind.MARKET, "02947", entrances=2),
        NewVenue("Quán Hoa", Kind.CAFE, "02947"),
    ]
    ids = service.register(work, new).ids
    service.issue(work, ids)
    work.clock = lambda: NOW
    return ids


def days(work, step):
    query = select(Issue.id, getattr(Issue, step.value), Issue.handed_to).order_by(Issue.id)
    return [tuple(row[1:]) for row in work.session.execute(query)]


def run(work, *numbers, **values):
    given = {"step": "posted", "day": None, "to": None, "take-back": False, **values}
    return POSTERS.run(work, {**given, "venue": numbers})


@pytest.mark.parametrize("step", Step)
def test_no_poster_is_noted_for_a_day_before_its_code(work, venues, step):
    with pytest.raises(Refused) as found:
        service.note_posters(work, venues, step, date(2021, 8, 12))
    said = [one.message for one in found.value.refusals]
    assert len(said) == 3
    assert all("13/08/2021" in one and "12/08/2021" in one for one in said)
    assert any("entrance 2 of “Chợ Phố Ràng”" in one for one in said)
    assert {day for day, _to in days(work, step)} == {None}
    assert service.note_posters(work, venues, step, date(2021, 8, 13)).posters == 3


def test_the_day_of_a_code_is_the_day_here_not_in_greenwich(work, venues):
    work.clock = lambda: datetime(2021, 8, 15, 18, tzinfo=UTC)  # 16/08, one in the morning
    service.issue(work, venues, again=True)
    with pytest.raises(Refused, match="16/08/2021"):
        service.note_posters(work, venues, Step.POSTED, date(2021, 8, 15))
    service.note_posters(work, venues, Step.POSTED, date(2021, 8, 16))


def test_the_command_refuses_such_a_day_and_takes_a_note_back(work, venues):
    numbers = [row.number for row in queries.venue_rows(work, venues)]
    with pytest.raises(Refused, match="issued on 13/08/2021"):
        run(work, *numbers, day="2021-08-01")
    assert run(work, *numbers, day="2021-08-14") == {"posters": 3}
    run(work, numbers[1], day="2021-08-15")
    with pytest.raises(UserError, match="noted so for 16/08/2021"):
        run(work, *numbers, day="2021-08-16", **BACK)
    assert run(work, *numbers, day="2021-08-14", **BACK) == {"posters": 2}
    left = [day for day, _to in days(work, Step.POSTED)]
    assert sorted(left, key=str) == [date(2021, 8, 15), None, None]


def test_taken_back_a_note_leaves_what_stood_there_before(work, venues):
    service.note_posters(work, venues[:1], Step.HANDED, date(2021, 8, 14), "Bà Hoa")
    service.note_posters(work, venues, Step.POSTED, date(2021, 8, 15))
    before = {step: days(work, step) for step in Step}
    noted = service.note_posters(work, venues, Step.HANDED, date(2021, 8, 16), "Ông Sùng")
    assert days(work, Step.HANDED) == [(date(2021, 8, 16), "Ông Sùng")] * 3
    assert service.take_back_posters(work, noted) == 3
    assert {step: days(work, step) for step in Step} == before


def test_a_note_that_somebody_has_changed_since_stays(work, venues):
    noted = service.note_posters(work, venues, Step.POSTED, date(2021, 8, 15))
    service.note_posters(work, venues[1:], Step.POSTED, date(2021, 8, 16))
    with pytest.raises(UserError, match="changed this since"):
        service.take_back_posters(work, noted)
    assert sorted(day.day for day, _to in days(work, Step.POSTED)) == [15, 15, 16]
