"""Nobody sees the data of a locked window, and the next person goes on where the last one was."""

import pytest
from msgspec.structs import replace
from PyQt6.QtCore import QSettings, Qt
from PyQt6.QtWidgets import QLabel
from sqlalchemy import select

from admin_suite.core.permissions import Actor, Role
from admin_suite.core.profiles import HABITS, Profile
from admin_suite.db import settings
from admin_suite.db.audit import Entry
from admin_suite.registry import shifts, users
from admin_suite.registry.models import User
from admin_suite.registry.settings import PLACE
from admin_suite.suite import open_suite
from admin_suite.ui.day import IDLE
from admin_suite.ui.navigation import first_page, in_menu
from admin_suite.ui.window import Window
from modules.lab import queries
from modules.lab.codes import Outcome, Stage, outcome_word
from modules.lab.pages import samples
from tests.conftest import EVERYTHING, MODULES, InlineRunner
from tests.gui.conftest import PIN


@pytest.fixture
def window(qtbot, qapp, tmp_path, suite, pinned):
    """The window of the first colleague, opened by password a moment ago."""
    with suite.database.work(suite.actor) as work:
        work.session.get_one(User, 3).role = Role.CLERK
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Window(("lab", "results"), str(tmp_path / "suite.db"), kept)
    qtbot.addWidget(made)
    made.opening._modules = MODULES
    made.opening.runner = InlineRunner
    made._name = "no 1"
    mine = suite.acted_by(Actor(1, "no 1", EVERYTHING, Role.ADMIN))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.opening.entered.emit(mine)
    qtbot.waitUntil(made.isVisible)
    yield made
    qapp.removeEventFilter(made.idle)


def verbs(suite):
    with suite.database.read(suite.actor) as work:
        query = select(Entry.verb, Entry.actor, Entry.first_id).order_by(Entry.number)
        return [tuple(row) for row in work.session.execute(query)]


def covered(qtbot, window, key):
    qtbot.keyClick(window.shell, key)
    qtbot.waitUntil(lambda: window.cover is not None)


def enter(qtbot, window, words=PIN):
    cover = window.cover
    qtbot.keyClicks(cover.word.edit, words)
    qtbot.keyClick(cover.word.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.cover is not cover or cover.enter.isEnabled())


def become(qtbot, window, name, words=PIN):
    covered(qtbot, window, Qt.Key.Key_F12)
    qtbot.keyClicks(window.cover.name.edit, name)
    qtbot.keyClick(window.cover.name.edit, Qt.Key.Key_Return)
    assert window.cover.word.edit.hasFocus()
    enter(qtbot, window, words)


def test_a_locked_window_shows_nothing_and_opens_by_pin(window, qtbot, register, suite):
    register("Giàng A Páo")
    page = window.shell.open("lab.samples")
    page.table.setFocus()
    qtbot.keyClick(window.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.cover is not None)
    assert window.currentWidget() is window.cover
    assert not window.shell.isVisible()
    assert any("no 1" in label.text() for label in window.cover.findChildren(QLabel))
    assert window.cover.word.edit.hasFocus()
    enter(qtbot, window, "9999")
    assert window.cover is not None
    assert "wrong" in window.cover.word._below.text()
    enter(qtbot, window)
    assert window.cover is None
    assert window.shell.here == "lab.samples"
    assert page.table.hasFocus()
    assert ("registry.unlock", 1, 1) in verbs(suite)


def test_keys_of_the_page_do_nothing_behind_the_lock(window, qtbot, register, suite):
    register("Giàng A Páo")
    window.shell.open("lab.reception")
    window.lock()
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F7, Qt.Key.Key_Escape):
        qtbot.keyClick(window.cover, key)
    assert window.shell.here == "lab.reception"
    assert window.cover is not None


def test_the_next_person_goes_on_at_the_same_page(window, qtbot, register, suite):
    register("Giàng A Páo", "Sùng Thị Mỷ")
    page = window.shell.open("lab.samples")
    page.table.headings.fields["name"].setText("mỷ")
    page.table.headings.fields["name"].returnPressed.emit()
    qtbot.waitUntil(lambda: page.model.length() == 1)
    become(qtbot, window, "no 2")
    assert window.cover is None
    assert window.shell.runner.actor.id == 2
    assert window.shell.here == "lab.samples"
    after = window.shell.pages["lab.samples"]
    assert after is not page
    assert after.table.headings.texts() == {"name": "mỷ"}
    qtbot.waitUntil(lambda: after.model.length() == 1)
    assert ("registry.change_user", 1, 2) in verbs(suite)


def test_a_page_that_the_next_person_may_not_open_gives_way_to_the_day(window, qtbot):
    window.shell.open("results.release")
    become(qtbot, window, "no 3")
    assert window.shell.here == "home"
    assert "results.release" not in window.shell.navigation.entries
    assert "this is the day instead" in window.shell.pages["home"].notice.words


def test_what_somebody_typed_is_not_shown_to_the_next(window, qtbot):
    page = window.shell.open("registry.handover")
    page.notes.setPlainText("Chỉ để cho tôi")
    become(qtbot, window, "no 2")
    assert window.shell.here == "registry.handover"
    assert window.shell.pages["registry.handover"].notes.toPlainText() == ""


def test_what_runs_ends_in_the_name_of_whoever_began_it(window, qtbot, suite, monkeypatch):
    runner, held = window.shell.runner, []
    monkeypatch.setattr(runner, "_start", lambda _pool, run: held.append(run))
    heard = []
    runner.do(shifts.note_down, "Ca sáng")
    qtbot.waitUntil(lambda: bool(held))
    monkeypatch.undo()
    become(qtbot, window, "no 2")
    window.shell.runner.changed.connect(heard.append)
    assert window.shell.runner.actor.id == 2
    runner.do(shifts.note_down, "Nobody is there any more")
    qtbot.wait(1)
    with qtbot.waitSignal(runner.ended):
        for run in held:
            run()
    with suite.database.read(suite.actor) as work:
        query = select(Entry.actor).where(Entry.verb == "registry.note_down")
        assert list(work.session.scalars(query)) == [1]
    assert any("registry_shift" in tables for tables in heard)


def test_a_known_colleague_is_one_key_and_a_pin_away(window, qtbot):
    become(qtbot, window, "no 2")
    covered(qtbot, window, Qt.Key.Key_F12)
    assert [one.name for one in window.cover.people] == ["no 2", "no 1"]
    qtbot.keyClick(window.cover, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: window.cover.name.words == "no 1")
    enter(qtbot, window)
    assert window.shell.runner.actor.id == 1


def test_the_lock_says_when_only_the_password_counts(window, qtbot):
    covered(qtbot, window, Qt.Key.Key_F12)
    window.cover.name.edit.setText("no 2")
    for _try in range(5):
        assert "only the password" not in window.cover.word._below.text()
        window.cover.word.edit.clear()
        enter(qtbot, window, "9999")
    assert "only the password counts now" in window.cover.word._below.text()


def test_without_a_pin_the_password_counts_and_a_pin_is_offered(window, qtbot, suite, kept_pin):
    with suite.database.work(suite.actor) as work:
        user = work.session.get_one(User, 2)
        user.pin, user.password = "", kept_pin
    become(qtbot, window, "no 2")
    assert window.shell.runner.actor.id == 2
    cover = window.cover
    assert cover is not None
    for field in (cover.pin, cover.again):
        qtbot.keyClicks(field.edit, "1111")
    cover.keep.click()
    qtbot.waitUntil(lambda: "easily guessed" in cover.pin._below.text())
    for field in (cover.pin, cover.again):
        field.edit.clear()
        qtbot.keyClicks(field.edit, "8051")
    qtbot.keyClick(cover.again.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.cover is None)
    window.lock()
    enter(qtbot, window, "8051")
    assert window.cover is None


def test_a_password_without_a_pin_may_stay_as_it_is(window, qtbot, suite, kept_pin):
    with suite.database.work(suite.actor) as work:
        user = work.session.get_one(User, 2)
        user.pin, user.password = "", kept_pin
    become(qtbot, window, "no 2")
    qtbot.waitUntil(window.cover.pin.isVisible)
    qtbot.keyClick(window.cover, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: window.cover is None)
    assert window.shell.runner.actor.id == 2


def test_signing_out_is_possible_from_the_lock(window, qtbot):
    window.lock()
    qtbot.keyClick(window.cover, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.shell is None)
    assert window.currentWidget() is window.sign_in


def test_the_minutes_come_from_the_shared_settings(window, suite):
    assert window.idle.timer.interval() == pytest.approx(600_000, abs=5_000)
    window.shell.runner.do(settings.put, IDLE.key, "3")
    window.shell.runner.stop()
    assert window.idle.timer.interval() == pytest.approx(180_000, abs=5_000)


def test_an_idle_window_is_locked(window):
    window.idle.long.emit()
    assert window.cover is not None


# -- kinds of places ------------------------------------------------------------------------------


def test_another_kind_of_place_is_shown_at_once(window, suite):
    assert "lab.reception" in window.shell.navigation.entries
    window.shell.runner.do(settings.put, PLACE.key, Profile.STATION.value)
    window.shell.runner.stop()
    assert list(window.shell.navigation.entries) == [
        "home",
        "lab.samples",
        "results.release",
        "more",
    ]
    shelved = [name for name, _spec in window.shell._shelved()]
    assert {"lab.reception", "results.lists"} <= set(shelved)
    window.shell.runner.do(settings.put, PLACE.key, Profile.FULL.value)
    window.shell.runner.stop()
    assert "lab.reception" in window.shell.navigation.entries


def test_a_small_station_has_four_lines_whatever_its_people_may_do():
    specs = {
        f"{module.name}.{spec.name}": (module, spec)
        for module in MODULES
        if not module.profiles or Profile.STATION in module.profiles
        for spec in module.pages
    }
    assert len(in_menu(Profile.STATION, specs)) + 2 <= HABITS[Profile.STATION].lines == 4
    assert first_page(Profile.STATION, specs) == "home"


def test_every_kind_of_place_has_its_habits():
    assert set(HABITS) == set(Profile)
    assert all(habit.roles for habit in HABITS.values())


def test_a_small_station_says_at_most_four_words_of_a_swab(suite, register):
    register("Giàng A Páo")
    with suite.database.read(suite.actor) as work:
        (swab,) = queries.sample_rows(work, queries.sample_keys(work, queries.SampleView()))
    words = {
        samples.status_of(replace(swab, stage=stage, outcome=outcome), folded=True).word
        for stage in Stage
        for outcome in (None, *Outcome)
    }
    words |= {outcome_word(outcome, folded=True) for outcome in Outcome}
    words |= {stage.brief for stage in Stage if stage.brief}
    segments = samples.segment_words(queries.Counts({}), samples.PLAINLY)
    words |= {said.removesuffix(" 0") for said in segments[1:]}
    assert len(words) == 4


def test_a_small_station_has_to_fill_in_little():
    """A year stands for a birthday; the telephone is one of several ways to reach somebody.

    What a test has shown is no question about the person; a column that others may stand for is
    not asked for.
    """
    least = {"name", "dob", "sex", "commune_code", "address", "phone", "outcome"}
    station = [m for m in MODULES if not m.profiles or Profile.STATION in m.profiles]
    asked = {
        f"{sheet.name}.{column.field}"
        for module in station
        for sheet in module.sheets
        if "dob" in {column.field for column in sheet.columns}
        for column in sheet.columns
        if column.required and column.field not in least | {c.serves for c in sheet.columns}
    }
    assert asked == set()


# -- what may happen meanwhile --------------------------------------------------------------------


def test_the_last_words_of_somebody_are_kept_when_another_takes_over(window, qtbot, suite):
    window.shell.open("registry.handover").notes.setPlainText("Hết găng tay")
    become(qtbot, window, "no 2")
    with suite.database.read(suite.actor) as work:
        assert shifts.draft(work) == "Hết găng tay"
    assert window.shell._busy.text() == ""


def test_the_last_words_are_kept_when_the_window_is_closed(window, qtbot, suite):
    window.shell.open("registry.handover").notes.setPlainText("Hết găng tay")
    window.close()
    again = open_suite(MODULES, str(suite.database.writer.url), suite.actor)
    with again.database.read(again.actor) as work:
        assert shifts.draft(work) == "Hết găng tay"
    again.close()


def test_what_a_page_still_wanted_of_the_last_person_keeps_nobody_waiting(window, qtbot):
    runner = window.shell.runner
    become(qtbot, window, "no 2")
    runner.do(shifts.note_down, "Nobody is there any more")
    assert window.shell._busy.text() == ""


def test_a_window_left_by_somebody_who_was_switched_off_leads_to_the_sign_in(window, qtbot, suite):
    mine = window.shell.runner.suite.watched()
    window._hand_to(mine)
    window.lock()
    with suite.database.work(suite.acted_by(Actor(2, "no 2", EVERYTHING)).actor) as work:
        users.switch_off(work, 1)
    window.cover.name.edit.setText("no 2")
    qtbot.keyClicks(window.cover.word.edit, PIN)
    qtbot.keyClick(window.cover.word.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is None)
    assert window.currentWidget() is window.sign_in
    assert "was switched off" in window.sign_in._place.text()
