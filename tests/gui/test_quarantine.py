"""The pages of quarantine by keyboard: board, arrivals, rounds, going home."""

from datetime import timedelta

import pytest
from PyQt6.QtCore import Qt
from sqlalchemy import select

from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson
from modules.quarantine.codes import Group, Kind
from modules.quarantine.models import Claim, Issue, Observation
from modules.quarantine.queries.beds import beds, facility_coded
from modules.quarantine.queries.clocks import POLICY
from modules.quarantine.service.arrivals import NewArrival, expect, join_party
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from modules.quarantine.service.rules import begin
from modules.quarantine.service.stays import Placement, admit


def come(work, *people, days=1):
    """People who have come so many days ago."""
    day = (work.today() - timedelta(days=days)).isoformat()
    rows = [
        NewArrival(NewPerson(name, "1990", Sex.of(sex), f"0912345{n:03d}"), Group.F1, day, "", day)
        for n, (name, sex) in enumerate(people)
    ]
    return expect(work, rows).ids


@pytest.fixture
def school(suite):
    """A school with three rooms of two beds; two women in the first, a man who waits."""
    with suite.database.work(suite.actor) as work:
        if not POLICY.versions(work):
            begin(work)
        add_facilities(work, [NewFacility("NT", "Trường Nội trú")])
        add_rooms(work, [NewRoom("NT", name, beds=2, floor=1) for name in ("101", "102", "103")])
        women = come(work, ("Lò Thị Mai", "F"), ("Vàng Thị Sua", "F"))
        there = beds(work, facility_coded(work, "NT").id)
        admit(work, [Placement(key, bed.id) for key, bed in zip(women, there, strict=False)])
        come(work, ("Giàng A Páo", "M"))
        return {f"{bed.room}-{bed.label}": bed.id for bed in there}


def whereabouts(suite):
    """Who has which bed now."""
    with suite.database.read(suite.actor) as work:
        rows = beds(work, facility_coded(work, "NT").id)
        return {f"{r.room}-{r.label}": r.person for r in rows if r.kind is Kind.STAY}


def test_a_person_is_moved_by_a_drop_and_taken_back(school, shell, qtbot, suite):
    page = shell.open("quarantine.board")
    qtbot.waitUntil(lambda: page._board is not None and len(page._board.tiles) == 6)
    page.tiles.dropped.emit(school["101-1"], school["102-1"])
    qtbot.waitUntil(lambda: whereabouts(suite).get("102-1") == "Lò Thị Mai")
    qtbot.waitUntil(shell.toast.undo.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: whereabouts(suite).get("101-1") == "Lò Thị Mai")


def test_an_impossible_drop_says_who_is_in_the_way(school, shell, qtbot, suite):
    arrivals = shell.open("quarantine.arrivals")
    qtbot.waitUntil(lambda: arrivals.model.length() == 1)
    qtbot.keyClick(arrivals, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: "Giàng A Páo" in whereabouts(suite).values())
    man = next(place for place, name in whereabouts(suite).items() if name == "Giàng A Páo")
    page = shell.open("quarantine.board")
    qtbot.waitUntil(lambda: page._board is not None)
    qtbot.waitUntil(lambda: sum(t.bed.kind is Kind.STAY for t in page._board.tiles) == 3)
    other = "101-2" if man.startswith("102") else "101-1"
    free = {"102-1", "102-2", "103-1", "103-2"} - {man}
    beside = next(place for place in sorted(free) if place[:3] == man[:3])
    page.tiles.dropped.emit(school[other], school[beside])
    qtbot.waitUntil(page.notice.isVisible)
    assert "Giàng A Páo" in page.notice.words
    assert whereabouts(suite)[man] == "Giàng A Páo"


def test_a_round_is_typed_line_by_line_and_the_missed_get_fewer(school, shell, qtbot, suite):
    page = shell.open("quarantine.rounds")
    qtbot.waitUntil(lambda: page.model.length() == 2)
    qtbot.keyClicks(page.line.edit, "367 98 .")
    qtbot.keyClick(page.line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.length() == 1)
    qtbot.keyClicks(page.line.edit, "384 95 ho")
    qtbot.keyClick(page.line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.length() == 0)
    qtbot.waitUntil(lambda: page.alerts.rows.length() == 1)
    with suite.database.read(suite.actor) as work:
        told = sorted(work.session.scalars(select(Observation.temperature)))
    assert told == [367, 384]
    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.model.length() == 2)


def test_what_cannot_be_a_measurement_is_refused_and_stays_typed(school, shell, qtbot):
    page = shell.open("quarantine.rounds")
    qtbot.waitUntil(lambda: page.model.length() == 2)
    qtbot.keyClicks(page.line.edit, "222")
    qtbot.keyClick(page.line.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(page.notice.isVisible)
    assert page.line.words == "222"


def test_heads_are_counted_and_whoever_is_missing_is_looked_for(school, shell, qtbot, suite):
    page = shell.open("quarantine.rounds")
    qtbot.waitUntil(lambda: page.model.length() == 2)
    page.table.ticked.emit(1)
    assert page.count.words == "Count heads: 1 missing"
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(page.gone.isVisible)
    page.table.go_to(1)
    qtbot.keyClicks(page.line.edit, "seen last at the gate")
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(whereabouts(suite)) == 1)


@pytest.fixture
def over(school, suite):
    """Somebody whose days are over, though nobody has taken a sample."""
    with suite.database.work(suite.actor) as work:
        [key] = come(work, ("Lý Thị Lan", "F"), days=20)
        admit(work, [Placement(key, school["103-1"])])
    return key


def test_the_gate_says_what_is_missing_of_each(over, shell, qtbot, suite):
    page = shell.open("quarantine.leaving")
    qtbot.waitUntil(lambda: page.model.length() == 1)
    assert "No negative result" in page.model.cell(0, 6).words
    page.table.ticked.emit(0)
    assert "commune" in page.notice.words
    assert not page.go_home.isEnabled()
    with suite.database.read(suite.actor) as work:
        assert list(work.session.scalars(select(Issue.id))) == []
        assert len(list(work.session.scalars(select(Claim.id)))) == 3


def test_a_stranger_shares_a_familys_room_only_with_a_reason(school, shell, qtbot, suite):
    with suite.database.work(suite.actor) as work:
        there = beds(work, facility_coded(work, "NT").id)
        join_party(work, [row.episode_id for row in there if row.kind is Kind.STAY])
        add_rooms(work, [NewRoom("NT", "101", beds=3, floor=1)])
        there = {f"{row.room}-{row.label}": row.id for row in beds(work)}
        [woman] = come(work, ("Lý Thị Lan", "F"))
        admit(work, [Placement(woman, there["102-1"])])
    page = shell.open("quarantine.board")
    qtbot.waitUntil(lambda: page._board is not None and len(page._board.tiles) == 7)
    page.tiles.dropped.emit(there["102-1"], there["101-3"])
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.reason.edit.property("wrong") == "true")
    assert whereabouts(suite)["102-1"] == "Lý Thị Lan"
    qtbot.keyClicks(page.reason.edit, "roof leaks")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: whereabouts(suite).get("101-3") == "Lý Thị Lan")
    with suite.database.read(suite.actor) as work:
        assert "roof leaks" in work.session.scalars(select(Claim.reason)).all()


def test_a_policy_shows_whom_it_moves_before_it_is_adopted(school, shell, qtbot, suite):
    page = shell.open("quarantine.policy")
    qtbot.waitUntil(lambda: page.days.words == "14")
    assert page.model.length() == 0
    page.here_too.setChecked(True)
    page.days.edit.clear()
    qtbot.keyClicks(page.days.edit, "7")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.source.edit.property("wrong") == "true")
    qtbot.keyClicks(page.source.edit, "CV 9")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(page.notice.isVisible)
    qtbot.waitUntil(lambda: page.model.length() == 2)
    assert page.model.cell(0, 3).status.word == "-7"
    with suite.database.read(suite.actor) as work:
        assert "CV 9" not in [one.source for one in POLICY.versions(work)]
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.model.length() == 0)
    with suite.database.read(suite.actor) as work:
        assert POLICY.versions(work)[-1].value.days == 7


def test_days_that_are_no_number_are_refused_where_they_are_typed(school, shell, qtbot):
    page = shell.open("quarantine.policy")
    qtbot.waitUntil(lambda: page.days.words == "14")
    qtbot.keyClicks(page.days.edit, "x")
    qtbot.keyClick(page.days.edit, Qt.Key.Key_Return)
    assert page.days.edit.property("wrong") == "true"


def test_the_nights_to_come_are_told_as_numbers_and_as_a_chart(school, shell, qtbot):
    page = shell.open("quarantine.outlook")
    qtbot.waitUntil(lambda: page.model.length() == 14)
    assert page.model.cell(0, 4).words == "2"
    assert page.model.cell(0, 5).status.word == "4"
    assert page._chart.count() == 1
