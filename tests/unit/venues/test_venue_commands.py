"""What is mistyped on the command line is refused in a sentence, on both engines."""

import pytest

from admin_suite.cli.parser import parse
from admin_suite.core.errors import UserError
from modules.venues import queries, service
from modules.venues.codes import Reason, Way
from modules.venues.commands import codes as coded
from modules.venues.commands import keeping as kept
from modules.venues.commands import visits as said
from modules.venues.queries import keeping, visits
from modules.venues.rules.marks import grouped
from modules.venues.service import NewCheckin
from tests.conftest import MODULES
from tests.unit.venues.conftest import ALONE, BESIDE, CASE


@pytest.mark.parametrize("value", ["abc", "", "-1", "9" * 30])
def test_an_import_is_chosen_by_its_number_alone(work, numbers, value):
    with pytest.raises(UserError, match="no number of an import"):
        visits.checkins(work, {"import": value})


@pytest.mark.parametrize("number", [0, -5, 99_999_999])
def test_days_and_stays_are_counted_from_one_on(work, numbers, number):
    for ask in (said.doubts, said.last):
        with pytest.raises(UserError, match="A number from 1 to 1,000"):
            ask(work, {"days": number, "most": number, "person": 1})


def test_without_a_number_it_is_the_usual_one(work, numbers):
    service.note_checkins(work, [NewCheckin(CASE, numbers[0], "2021-08-19T08:00")])
    assert len(said.last(work, {"person": 1, "most": None})) == 1
    assert said.doubts(work, {"days": None}) == []


def test_a_venue_is_held_by_its_number_as_it_is_read_out(work, numbers):
    values = {"venue": grouped(numbers[0]).lower(), "person": None, "from": None, "to": None}
    key = kept.hold(work, {**values, "reason": "Ca 12"})["hold"]
    assert [one.id for one in keeping.holds(work)] == [key]
    person = next(one for one in kept.COMMANDS[1].options if one.name == "person")
    assert person.read is int


def typed(*words):
    """The values of a command as the command line reads them."""
    return vars(parse(MODULES, ["venues", *words]))


def test_an_option_that_is_said_twice_counts_twice(work, numbers):
    where = typed("issue", "--where", "kind=CAFE", "--where", f"number={numbers[0]}")["where"]
    told = coded.issue(work, {"all": False, "where": where, "again": False, "from": None})
    assert told == {"venues": 1, "issued": 1}
    words = ("state", "--commune", "02947", "--number", "CAFE=2", "BANK=1", "--number", "MARKET=3")
    assert typed(*words)["number"] == ["CAFE=2", "BANK=1", "MARKET=3"]


def test_a_code_for_a_later_day_does_not_count_before(work, numbers):
    values = {"all": True, "where": None, "again": True}
    coded.issue(work, {**values, "from": None})
    coded.issue(work, {**values, "from": "2021-09-01"})
    doors = queries.entrance_rows(work, [queries.venue_of(work, numbers[0])])
    [text] = queries.texts(work, doors)
    assert queries.verdict(work, text).reason is Reason.NOT_YET_VALID
    assert coded.verify(work, {"text": text})["valid"] is False
    with pytest.raises(UserError, match="is no moment"):
        coded.issue(work, {**values, "from": "mai"})


def test_how_many_are_at_each_venue_now_is_told_the_fullest_first(work, numbers):
    for n, person in enumerate((CASE, BESIDE, ALONE)):
        service.pass_by(work, NewCheckin(person, numbers[n > 0]), Way.IN)
    told = [(one["venue"], one["now"]) for one in said.now(work, {})]
    assert told == [(numbers[1], 2), (numbers[0], 1)]
    service.pass_by(work, NewCheckin(CASE, numbers[0]), Way.OUT)
    assert [one["venue"] for one in said.now(work, {})] == [numbers[1]]
