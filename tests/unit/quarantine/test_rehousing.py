"""Another household: moved to it, or entered in a wrong one; both households count anew."""

from datetime import date, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.db.origin import Import, Origin
from admin_suite.excel.sheet import Change
from admin_suite.registry.service import NewPerson, add_people
from modules.quarantine.codes import Document, Ended, Errand, Group
from modules.quarantine.commands.home import AT_HOME
from modules.quarantine.models import ClockEvent, HomeStay, Task
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.correcting import moved_by
from modules.quarantine.queries.households import at_home, latest
from modules.quarantine.queries.rehousing import OWN, beside, rehousing
from modules.quarantine.queries.stays import of_person
from modules.quarantine.rules.households import Lodging, followed_families
from modules.quarantine.service import cases, home, papers
from modules.quarantine.service.arrivals import NewArrival
from modules.quarantine.service.home import Terms
from modules.quarantine.service.rehousing import correct_quarantined, rehouse

NUMBERS = count(1)
TERMS = Terms(Group.F1, date(2021, 8, 12), date(2021, 8, 10))
USUAL, RESET = date(2021, 8, 24), date(2021, 9, 3)


def household(work, n, address="Bản 3"):
    """So many people at home since the 12th, until the 24th."""
    rows = [
        NewPerson(f"Hộ {k}", "1990", phone=f"08{k:08d}", commune_code="02947", address=address)
        for k in (next(NUMBERS) for _ in range(n))
    ]
    return home.begin_at_home(work, add_people(work, rows).ids, TERMS)


def listed(work, *parties):
    """People of a list of home quarantine, each with the family code it writes."""
    rows = []
    for party in parties:
        k = next(NUMBERS)
        who = NewPerson(f"Kê {k}", "1990", phone=f"06{k:08d}", commune_code="02947")
        rows.append(NewArrival(who, Group.F1, "2021-08-12", "", "2021-08-10", party))
    nothing = dict.fromkeys(("read", "stored", "unchanged", "refused"), 0)
    brought = Import(sheet="quarantine.home", file="", sha256="", at=work.now(), by=1, **nothing)
    work.session.add(brought)
    work.session.flush()
    return home.expect_at_home(work, rows, Origin(import_id=brought.id)).ids


def homes(work):
    return {key: stays[-1].household_id for key, stays in latest(work, range(1, 60)).items()}


def ends(work, keys):
    found = clocks(work, keys)
    return [found[key].ends_on for key in keys]


def positive(work, clock, key, day="2021-08-20"):
    """Found positive and taken to a hospital on the 20th."""
    clock.pass_(days=7)
    cases.confirm(work, cases.report(work, key, day), None)


def open_tasks(work, errand):
    query = select(Task.episode_id).where(Task.errand == errand, Task.done_at.is_(None))
    return sorted(work.session.scalars(query))


def renamed(*pairs):
    """What a corrected list says: a family code of each."""
    return [Change(key, {"party": ("H01", code)}) for key, code in pairs]


def test_who_was_entered_in_the_wrong_household_was_never_exposed_there(desk, clock):
    sick, wrong, mate = household(desk, 3)
    [right] = household(desk, 1, "Bản 5")
    positive(desk, clock, sick)
    assert ends(desk, [wrong, mate, right]) == [RESET, RESET, USUAL]
    papers.issue(desk, Document.EXTENSION, [wrong])
    target = homes(desk)[right]
    seen = rehousing(desk, [wrong], target, mistaken=True)
    assert [(one.episode_id, one.old, one.new) for one in seen.moved] == [(wrong, RESET, USUAL)]
    assert "Bản 5" in seen.address
    assert rehouse(desk, [wrong], target, mistaken=True, reason="mã hộ sai") == [wrong]
    assert ends(desk, [wrong, mate, right]) == [USUAL, RESET, USUAL]
    assert homes(desk)[wrong] == target
    assert open_tasks(desk, Errand.REVOKE) == [wrong]
    assert open_tasks(desk, Errand.EXTENSION) == [mate]
    event = desk.session.scalars(select(ClockEvent).order_by(ClockEvent.id.desc())).first()
    assert (event.episode_id, event.old_end, event.new_end) == (wrong, RESET, USUAL)


def test_a_positive_in_the_wrong_household_exposes_the_one_where_he_was(desk, clock):
    sick, mate = household(desk, 2)
    other, another = household(desk, 2, "Bản 5")
    positive(desk, clock, sick)
    target = homes(desk)[other]
    seen = rehousing(desk, [sick], target, mistaken=True)
    assert {one.episode_id: one.new for one in seen.moved} == {
        mate: USUAL,
        other: RESET,
        another: RESET,
    }
    assert sorted(rehouse(desk, [sick], target, mistaken=True)) == [mate, other, another]
    assert ends(desk, [mate, other, another]) == [USUAL, RESET, RESET]
    assert open_tasks(desk, Errand.EXTENSION) == [other, another]
    [stay] = desk.session.scalars(select(HomeStay).where(HomeStay.episode_id == sick))
    assert (stay.household_id, stay.ended) == (target, Ended.REFERRED)


def test_who_moves_is_exposed_where_he_goes_from_that_moment_on(desk, clock):
    goer, stayer = household(desk, 2)
    sick, _mate = household(desk, 2, "Bản 5")
    clock.pass_(days=2)
    target = homes(desk)[sick]
    assert rehouse(desk, [goer], target, reason="về nhà ngoại") == []
    positive(desk, clock, sick, "2021-08-21")
    assert ends(desk, [goer, stayer]) == [date(2021, 9, 5), USUAL]
    spans = [(one.ended, one.ends_at) for one in _stays(desk, goer)]
    assert spans == [(Ended.MOVED, _stays(desk, goer)[1].starts_at), (None, None)]


def _stays(work, key):
    query = select(HomeStay).where(HomeStay.episode_id == key).order_by(HomeStay.id)
    return list(work.session.scalars(query))


def test_whoever_had_moved_away_before_the_swab_keeps_his_own_date(desk, clock):
    goer, sick, mate = household(desk, 3)
    clock.pass_(days=2)
    rehouse(desk, [goer])
    assert len({homes(desk)[key] for key in (goer, sick)}) == 2
    positive(desk, clock, sick, "2021-08-22")
    assert ends(desk, [goer, mate]) == [USUAL, date(2021, 9, 5)]


def test_a_household_of_ones_own_lies_where_the_register_says(desk):
    one, *_others = household(desk, 3)
    rehouse(desk, [one], OWN, mistaken=True)
    assert at_home(desk)[one].address == "Bản 3"


def test_back_by_the_same_verb_everybody_has_his_day_again(desk, clock):
    sick, mate = household(desk, 2)
    [other] = household(desk, 1, "Bản 5")
    positive(desk, clock, sick)
    before = homes(desk)
    rehouse(desk, [mate], before[other], mistaken=True)
    rehouse(desk, [mate], before[mate], mistaken=True)
    assert homes(desk) == before
    assert ends(desk, [mate, other]) == [RESET, USUAL]


def test_nobody_moves_to_nowhere_or_to_where_he_is_or_without_being_at_home(desk, clock):
    one, other = household(desk, 2)
    there = homes(desk)[one]
    with pytest.raises(UserError, match="is in this household already"):
        rehouse(desk, [one], there)
    with pytest.raises(UserError, match="no household with the number 999"):
        rehouse(desk, [one], 999)
    [alone] = household(desk, 1)
    with pytest.raises(UserError, match="Nobody else is in the household"):
        rehouse(desk, [alone])
    positive(desk, clock, other)
    with pytest.raises(UserError, match="not at home"):
        rehouse(desk, [other], homes(desk)[alone])
    with pytest.raises(UserError, match="not at home"):
        beside(desk, one, 9999, mistaken=True)


def test_a_corrected_family_code_moves_people_to_the_household_of_that_family(desk, clock):
    sick, mate, third, other = listed(desk, "H01", "H01", "H01", "H02")
    positive(desk, clock, sick)
    assert ends(desk, [mate, third, other]) == [RESET, RESET, USUAL]
    correct_quarantined(desk, renamed((third, "H02")))
    found = homes(desk)
    assert found[third] == found[other] != found[mate]
    assert ends(desk, [mate, third, other]) == [RESET, USUAL, USUAL]


def test_what_is_foretold_of_a_corrected_list_is_what_comes(desk, clock):
    keys = listed(desk, "H1", "H1", "H1", "H2", "H2", "", "H3")
    outside = household(desk, 2)
    positive(desk, clock, keys[0])
    rehouse(desk, outside[:1], homes(desk)[keys[3]], mistaken=True)
    everybody, dice, moved = [*keys[1:], *outside], Random(5), 0
    for _turn in range(40):
        changes = [
            Change(key, _written_otherwise(dice))
            for key in dice.sample(keys[1:], dice.randint(1, 4))
        ]
        before = clocks(desk, everybody)
        told = moved_by(desk, changes)
        step = desk.session.begin_nested()
        correct_quarantined(desk, changes)
        after = clocks(desk, everybody)
        step.rollback()
        desk.session.expire_all()
        differ = {
            key: (before[key].ends_on, after[key].ends_on)
            for key in everybody
            if before[key].ends_on != after[key].ends_on
        }
        assert {one.episode_id: (one.old, one.new) for _row, one in told} == differ
        assert {row for row, _one in told} <= {change.id for change in changes}
        moved += len(differ)
    assert moved > 40


def test_a_corrected_day_of_contact_is_told_and_asks_for_an_extension_once(desk):
    later, same, told_twice = listed(desk, "H1", "H2", "H2")
    before = ends(desk, [later, same, told_twice])
    after_a_day = {"last_contact": ("2021-08-10", "2021-08-11")}
    correct_quarantined(desk, [Change(later, after_a_day), Change(same, {"notes": ("", "khỏe")})])
    both = {**after_a_day, "party": ("H2", "H1")}
    correct_quarantined(desk, [Change(told_twice, both)])
    moved = [later, told_twice]
    assert ends(desk, moved) == [day + timedelta(days=1) for day in before[::2]]
    assert ends(desk, [same]) == before[1:2]
    assert open_tasks(desk, Errand.NOTICE) == open_tasks(desk, Errand.EXTENSION) == moved
    events = desk.session.execute(select(ClockEvent.episode_id, ClockEvent.new_end)).all()
    assert [tuple(one) for one in events] == list(zip(moved, ends(desk, moved), strict=True))


def _written_otherwise(dice):
    fields = {"party": ("", dice.choice(["", "H1", "H2", "H3", "H8", "H9"]))}
    day = {"last_contact": ("2021-08-10", dice.choice(["2021-08-09", "2021-08-11"]))}
    return dice.choice([fields, fields, fields | day, day])


def test_a_family_code_that_is_only_written_otherwise_moves_nobody(desk):
    one, other, third = listed(desk, "H1", "H1", "H2")
    before = homes(desk)
    correct_quarantined(desk, renamed((one, "H01"), (other, "H01")))
    assert homes(desk) == before
    correct_quarantined(desk, renamed((third, "H03")))
    assert homes(desk) == before


def test_a_new_code_or_none_makes_a_new_household_and_swapped_ones_are_swapped(desk):
    a, b, c, d = listed(desk, "H1", "H1", "H2", "H2")
    before = homes(desk)
    correct_quarantined(desk, renamed((b, "H2"), (c, "H1")))
    found = homes(desk)
    assert (found[b], found[c]) == (before[d], before[a])
    correct_quarantined(desk, renamed((a, "H9"), (b, "")))
    last = homes(desk)
    assert len({last[key] for key in (a, b, c, d)}) == 4


def test_the_card_of_the_person_tells_of_the_other_household(desk, clock):
    one, _other = household(desk, 2)
    rehouse(desk, [one], mistaken=True, reason="mã hộ sai")
    clock.pass_(hours=1)
    told = [happening.title for happening in of_person(desk, at_home(desk)[one].person_id)]
    assert "The household was corrected" in told


LODGINGS = st.lists(
    st.tuples(st.sampled_from([None, 1, 2, 3]), st.integers(1, 4), st.booleans()), max_size=8
)


@settings(max_examples=300, deadline=None)
@given(LODGINGS)
def test_families_are_together_afterwards_and_nobody_else_is_moved(told):
    people = [Lodging(n, party, home) for n, (party, home, _c) in enumerate(told, start=1)]
    changed = {n for n, (_p, _h, again) in enumerate(told, start=1) if again}
    found = followed_families(people, changed)
    after = {one.episode: found.get(one.episode, one.household) for one in people}
    assert found.keys() <= changed
    for one in people:
        if one.episode not in changed or one.party is None:
            continue
        others = [p for p in people if p.party == one.party and p.episode != one.episode]
        stayed = {p.household for p in others if p.episode not in changed}
        movers = [p for p in others if p.episode in changed]
        if stayed:
            assert after[one.episode] in stayed
        else:
            assert {after[p.episode] for p in movers} <= {after[one.episode]}
    strangers = {p.episode for p in people if p.episode in changed and p.party is None}
    for key in strangers:
        assert [p.episode for p in people if after[p.episode] == after[key]] == [key] or (
            after[key] == next(p.household for p in people if p.episode == key)
        )


def test_the_command_shows_what_would_follow_and_does_it_only_when_told(desk, clock):
    [command] = [one for one in AT_HOME if one.name == "rehouse"]
    sick, mate = household(desk, 2)
    [other] = household(desk, 1, "Bản 5")
    positive(desk, clock, sick)
    told = dict.fromkeys(("mistaken", "reason", "commit")) | {
        "quarantine": [mate],
        "household": homes(desk)[other],
        "mistaken": True,
    }
    seen = command.run(desk, told)
    assert [(one.id, one.old, one.new) for one in seen["moved"]] == [
        (mate, "2021-09-03", "2021-08-24")
    ]
    assert not seen["stored"]
    assert ends(desk, [mate]) == [RESET]
    assert command.run(desk, told | {"commit": True})["stored"]
    assert ends(desk, [mate]) == [USUAL]
    with pytest.raises(UserError, match="is in this household already"):
        command.run(desk, told)
