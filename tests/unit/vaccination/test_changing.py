"""A rule that is changed: typed, tried, adopted; what nobody could work with is refused."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.permissions import Actor
from admin_suite.db.changing import Change, typed
from admin_suite.db.dated import shipped_rules
from modules.vaccination import commands, queries, service
from modules.vaccination.codes import Standing
from modules.vaccination.permissions import SEE, VACCINATE
from modules.vaccination.queries import changing
from modules.vaccination.queries.regimen import BOOKS, RuleRow
from modules.vaccination.service import NewInjection

SOON = date(2021, 9, 1)


def rule(day, code, scope=""):
    rows = day.ask(queries.regimen.rule_rows)
    return [row for row in rows if (row.code, row.scope) == (f"vaccination.{code}", scope)]


def vaccinated(day):
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    day.do(service.inject, visit, NewInjection(vial, "u"))


def test_only_what_differs_is_said_and_the_preview_is_what_adoption_does(day):
    vaccinated(day)
    day.later(days=15)
    change = Change("interval", SOON, "Comirnaty", {"days": "14"})
    counts = {one.code: one.count for one in day.ask(changing.effects, change)}
    assert (counts["due_before"], counts["due_after"], counts["newly_due"]) == (11, 12, 1)
    assert day.ask(queries.due.due_counts)[Standing.DUE] == 11
    day.do(service.adopt_change, change, "CV 1")
    assert day.ask(queries.due.due_counts)[Standing.DUE] == 12
    newest = rule(day, "interval", "Comirnaty")[-1]
    assert (newest.valid_from, newest.source) == (SOON, "CV 1")
    assert json.loads(newest.content) == {"days": 14, "overdue": 28}


def test_every_rule_that_ships_can_be_typed_and_reads_back_as_it_was(day):
    for row in day.ask(queries.regimen.rule_rows):
        change = Change(row.code, row.valid_from, row.scope, typed(row))
        read = day.ask(changing.content, change)
        assert json.loads(json.dumps(read)) == json.loads(row.content), row.code
        assert changing.in_words(row)


@given(st.integers(0, 400), st.integers(0, 400))
def test_numbers_that_are_typed_read_back(days, overdue):
    content = json.dumps({"days": days, "overdue": overdue})
    row = RuleRow(1, "vaccination.interval", "", "Comirnaty", SOON, "CV 1", content)
    assert typed(row) == {"days": str(days), "overdue": str(overdue)}


def test_a_form_or_a_group_makes_nobody_due(day):
    change = Change("watch", SOON, said={"minutes": "15"})
    counts = {one.code: one.count for one in day.ask(changing.effects, change)}
    assert counts["due_before"] == counts["due_after"]
    assert counts["verdicts_changed"] == 0


@pytest.mark.parametrize(
    ("code", "scope", "said", "why"),
    [
        ("nothing", "", {"days": "1"}, "There is no rule “nothing”"),
        ("interval", "Comirnaty", {"weeks": "3"}, "has no value weeks"),
        ("interval", "Comirnaty", {"days": "three"}, "“three” is none"),
        ("interval", "Comirnaty", {"days": "-3"}, "“-3” is none"),
        ("interval", "Nowhere", {"days": "3", "overdue": "3"}, "is said of a vaccine"),
        ("interval", "", {"days": "3", "overdue": "3"}, "is said of a vaccine"),
        ("booster", "Comirnaty", {"months": "3"}, "holds for everybody"),
        ("group", "teachers", {"name": "x", "english": "x"}, "number of a group"),
        ("group", "17", {"name": "x"}, "say this too: Name in English"),
        ("product", "Comirnaty", {"vial": "0"}, "is at least one"),
        ("product", "Comirnaty", {"licensed": "soon"}, "“soon” is no day"),
        ("mixing", "", {"pairs": "Vaxzevria Comirnaty 56"}, "does not have the parts"),
        ("checklist", "", {"questions": "A | b | c | PERHAPS"}, "no outcome of a screening"),
    ],
)
def test_what_no_desk_could_work_with_is_refused_and_nothing_is_adopted(
    day, code, scope, said, why
):
    before = len(day.ask(queries.regimen.rule_rows))
    with pytest.raises(UserError, match=why):
        day.do(service.adopt_change, Change(code, SOON, scope, said), "CV 1")
    assert len(day.ask(queries.regimen.rule_rows)) == before


def test_a_new_group_and_a_new_pair_are_rules_like_any_other(day):
    day.do(service.adopt_change, Change("group", SOON, "17", {"name": "n", "english": "e"}), "CV 2")
    assert day.ask(queries.regimen.groups)[17] in {"n", "e"}
    pairs = {"pairs": "Vaxzevria | Comirnaty | 56; Comirnaty | Vaxzevria | 84"}
    day.do(service.adopt_change, Change("mixing", SOON, said=pairs), "CV 3")
    found = day.ask(queries.regimen.regimen)
    assert found.pair("Comirnaty", "Vaxzevria", SOON) == (84, "CV 3")


def test_a_rule_has_a_decision_and_one_version_a_day(day):
    change = Change("booster", SOON, said={"most": "1", "months": "3"})
    with pytest.raises(UserError, match="which decision"):
        day.do(service.adopt_change, change, " ")
    day.do(service.adopt_change, change, "CV 1")
    with pytest.raises(IntegrityError, match="house_rule"):
        day.do(service.adopt_change, change, "CV 2")


# -- on the command line --------------------------------------------------------------------------


def test_the_command_shows_one_rule_with_its_decision(day):
    every = day.ask(commands.RULING.lines, {"rule": None})
    assert {one.code for one in every} == {book.code for book in BOOKS}
    assert len(every) == len(shipped_rules("vaccination"))
    some = day.ask(commands.RULING.lines, {"rule": "interval"})
    assert {one.code for one in some} == {"vaccination.interval"}
    assert all(one.reason and one.words for one in some)


def test_the_command_tries_and_adopts(day):
    wanted = {"rule": "interval", "of": "Comirnaty", "day": SOON, "value": ["days=14"]}
    tried = day.ask(commands.RULING.preview, wanted)
    done = day.do(commands.RULING.adopted, wanted | {"source": "CV 1"})
    assert done["changed"] == tried
    assert [one.id for one in rule(day, "interval", "Comirnaty")][-1] == done["id"]
    with pytest.raises(UserError, match="name=value"):
        day.ask(commands.RULING.preview, wanted | {"value": ["days 14"]})


def test_who_may_not_adopt_may_not_try_either(day, suite):
    wanted = {"rule": "interval", "of": "Comirnaty", "day": SOON, "value": ["days=14"]}
    nurse = Actor(2, "no 2", frozenset({SEE.code, VACCINATE.code}))
    with suite.database.read(nurse) as work, pytest.raises(Forbidden):
        commands.RULING.preview(work, wanted)


def test_priority_groups_stand_in_the_order_of_their_numbers(day):
    rows = day.ask(queries.regimen.rule_rows)
    numbers = [int(row.scope) for row in rows if row.code == "vaccination.group"]
    assert numbers == sorted(numbers)
    assert max(numbers) > 9
    assert [row.code for row in rows] == sorted(row.code for row in rows)
