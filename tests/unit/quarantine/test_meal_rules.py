"""The rules of meals: read in words, tried before they are adopted, refused in a sentence."""

from datetime import date, timedelta

import pytest

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speaking
from admin_suite.db.changing import Change, typed
from modules.quarantine.codes import Group, Payer
from modules.quarantine.commands.rules import RULES_OF_MEALS
from modules.quarantine.queries.changing import CODES, effects, rule_rows
from modules.quarantine.queries.meals import kitchen
from modules.quarantine.queries.payers import PAYERS, payers
from modules.quarantine.service import stays
from modules.quarantine.service.changing import adopt_change
from modules.quarantine.service.payers import set_payer
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person

DAY = date(2021, 9, 1)


@pytest.fixture
def house(desk):
    """Two F1 and an entrant in beds; for one of the F1 the employer pays."""
    keys = [person(desk), person(desk), person(desk, group=Group.ENTRANT)]
    for key, room in zip(keys, ("101", "102", "103"), strict=True):
        stays.admit(desk, [Placement(key, bed(desk, room))])
    set_payer(desk, keys[1:2], Payer.EMPLOYER, desk.today())
    return keys


def changed(**said):
    return Change("payers", DAY, "", said)


def told(found):
    return {one.code: one.count for one in found}


def test_a_rule_says_groups_and_payers_in_words_of_either_language(desk):
    rule = [row for row in rule_rows(desk) if row.code == PAYERS.code][-1]
    assert typed(rule, CODES) == {
        "by_group": "Entered the country | The person",
        "otherwise": "State budget",
    }
    with speaking("vi"):
        said = typed(rule, CODES)
    key = adopt_change(desk, changed(**said), "QĐ 9")
    assert PAYERS.pinned(desk, key).value == PAYERS.versions(desk)[-2].value


def test_a_change_shows_for_whom_somebody_else_pays_and_writes_nothing(desk, house):
    before = len(PAYERS.versions(desk))
    found = effects(desk, changed(by_group="F1 | Sponsor; Entered the country | The person"))
    assert told(found) == {
        "changed": 1,
        "agreed": 1,
        "self_before": 1,
        "self_after": 1,
        "state_before": 1,
        "state_after": 0,
        "employer_before": 1,
        "employer_after": 1,
        "sponsor_before": 0,
        "sponsor_after": 1,
    }
    assert len(PAYERS.versions(desk)) == before


def test_an_adopted_rule_counts_from_its_day(desk, house, clock):
    adopt_change(desk, changed(by_group="", otherwise="EMPLOYER"), "QĐ 9/QĐ-UBND")
    assert {row.payer for row in payers(desk).rows} == {Payer.STATE, Payer.EMPLOYER, Payer.SELF}
    clock.pass_(days=20)
    found = payers(desk)
    assert {row.payer for row in found.rows} == {Payer.EMPLOYER}
    assert found.source == "QĐ 9/QĐ-UBND"


def test_what_cannot_be_a_rule_is_refused(desk):
    for said, words in (
        ({"by_group": "F1 | Sponsor; F1 | State budget"}, "is named twice"),
        ({"by_group": "Sponsor | F1"}, "is not one of"),
        ({"by_group": "F1"}, "does not have the parts"),
        ({"otherwise": "nobody"}, "is not one of"),
        ({"price": "80000"}, "has no value price"),
    ):
        with pytest.raises(UserError, match=words):
            adopt_change(desk, changed(**said), "QĐ 9")
    with pytest.raises(UserError, match="Say which decision"):
        adopt_change(desk, changed(otherwise="SELF"), " ")
    past = Change("payers", desk.today() - timedelta(days=1), "", {"otherwise": "SELF"})
    with pytest.raises(UserError, match="today or later"):
        adopt_change(desk, past, "QĐ 9")


def test_the_hours_of_the_kitchen_are_a_rule_of_the_same_page(desk, house):
    change = Change("kitchen", DAY, "", {"times": "06:30, 17:00"})
    assert told(effects(desk, change)) == {"meals_before": 9, "meals_after": 6}
    adopt_change(desk, change, "QĐ 3")
    assert kitchen(desk, DAY).times == ("06:30", "17:00")
    assert len(kitchen(desk, DAY - timedelta(days=1)).times) == 3
    with pytest.raises(UserError, match="follow one another"):
        adopt_change(desk, Change("kitchen", DAY, "", {"times": "17:00, 06:30"}), "QĐ 3")
    with pytest.raises(UserError, match="Say which decision"):
        adopt_change(desk, Change("kitchen", DAY, "", {"cut_off": "15:00"}), "")


def test_the_command_line_reads_tries_and_adopts(desk, house):
    run = {one.name: one.run for one in RULES_OF_MEALS}
    lines = run["rules"](desk, {"rule": "payers"})
    assert [line.reason for line in lines] == ["NQ 37/NQ-CP", "NQ 16/NQ-CP"]
    values = {"rule": "payers", "day": DAY, "value": ["otherwise=SPONSOR"]}
    assert told(run["preview"](desk, values))["sponsor_after"] == 1
    adopted = run["adopt"](desk, {**values, "source": "QĐ 9"})
    assert adopted["from"] == DAY
    assert PAYERS.at(desk, DAY).id == adopted["id"]
