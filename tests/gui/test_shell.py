import sys
from datetime import date
from pathlib import Path
from subprocess import run

import pytest
from PyQt6.QtCore import QEvent, QObject, QSettings, Qt
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QLabel, QPushButton

from admin_suite.core.i18n import language
from admin_suite.core.permissions import Actor, Permission
from admin_suite.module import Curve
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.shell import Shell
from admin_suite.ui.window import Window
from tests.conftest import InlineRunner


def test_light_and_dark_can_be_read():
    assert theme.weak_spots(theme.LIGHT) == theme.weak_spots(theme.DARK) == []


def test_the_first_window_needs_no_database():
    heavy = "{'sqlalchemy', 'openpyxl', 'matplotlib', 'qtawesome', 'msgspec', 'zoneinfo'}"
    code = f"import sys; import admin_suite.ui.window; print({heavy} & sys.modules.keys())"
    done = run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "set()\n", done.stderr


def test_the_navigation_folds_when_the_window_gets_narrow(shell, qtbot):
    assert not shell.navigation.folded
    shell.resize(1100, 700)
    qtbot.waitUntil(lambda: shell.navigation.folded)
    shell.resize(1366, 768)
    qtbot.waitUntil(lambda: not shell.navigation.folded)


def test_a_change_of_theme_repaints_the_icons(shell, qapp):
    picture = shell.findChild(Picture)
    before, drawn = picture.colour(), picture.grab().toImage()
    theme.apply(qapp, theme.DARK)
    assert picture.colour() != before
    assert picture.grab().toImage() != drawn


def test_only_what_a_person_may_see_is_in_the_navigation(qtbot, suite):
    clerk = suite.acted_by(Actor(2, "no 2", frozenset({"results.see"})))
    shell = Shell(InlineRunner(clerk), "suite.db")
    qtbot.addWidget(shell)
    assert list(shell.navigation.entries) == ["home", "results.lists"]


def test_a_scanner_is_heard_from_every_page(shell, qtbot, register):
    (number,) = register("Giàng A Páo")
    shell.open("home").setFocus()
    qtbot.keyClicks(shell, number)
    qtbot.keyClick(shell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.here == "lab.samples")
    page = shell.pages["lab.samples"]
    qtbot.waitUntil(page.drawer.isVisible)


def test_a_wrong_scan_keeps_the_focus_and_says_why(shell, qtbot):
    shell.search.focus()
    qtbot.keyClicks(shell.search.edit, "nobody at all")
    qtbot.keyClick(shell.search.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(shell.search.hits.isVisible)
    assert "nobody at all" in shell.search.hits.item(0).text()
    assert shell.search.edit.selectedText() == "nobody at all"
    assert shell.focusWidget() is shell.search.edit


def test_ctrl_k_goes_to_the_search_box(shell, qtbot):
    shell.open("lab.samples")
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.focusWidget() is shell.search.edit


def test_no_part_of_a_page_becomes_a_window_of_its_own(shell, qapp, qtbot):
    seen = []

    class Watch(QObject):
        def eventFilter(self, watched, event):  # noqa: N802
            if event.type() == QEvent.Type.Show and getattr(watched, "isWindow", bool)():
                seen.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    for name in (*shell.specs, "import", "more", "home"):
        shell.pages.pop(name, None)
        shell.open(name)
    qtbot.wait(1)
    qapp.removeEventFilter(watch)
    assert seen == []


def test_a_refusal_stays_in_the_head_of_the_page(shell):
    shell.runner.refused.emit("This tube is gone.")
    assert "This tube is gone." in shell.pages["home"].notice.words


def test_a_crash_can_be_copied_and_names_nobody(shell, qapp):
    name = "Giàng A Páo"
    with pytest.raises(ValueError, match="Páo") as caught:
        int(name)
    shell.runner.crashed.emit(caught.value)
    shell.crash.copy()
    copied = qapp.clipboard().text()
    assert "ValueError" in copied
    assert "test_shell.py" in copied
    assert "Giàng" not in copied


def test_behind_a_crash_no_key_does_anything(shell, qtbot):
    before = shell.focusWidget()
    shell.runner.crashed.emit(ValueError("x"))
    for _step in range(12):
        qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Tab)
        assert shell.crash.isAncestorOf(shell.focusWidget())
    here = shell.here
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert shell.here == here
    shell.runner.crashed.emit(ValueError("y"))
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Escape)
    assert shell.crash.isHidden()
    assert shell.stack.isEnabled()
    assert shell.navigation.isEnabled()
    assert shell.focusWidget() is before


def test_a_crash_is_kept_in_a_file_that_names_nobody(shell, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    with pytest.raises(ValueError, match="Páo") as caught:
        int("Giàng A Páo")
    shell.runner.crashed.emit(caught.value)
    qtbot.keyClick(shell.crash, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(opened))
    (file,) = Path(opened[0].toLocalFile()).glob("crash-*.txt")
    kept = file.read_text("utf-8")
    assert "ValueError" in kept
    assert "Giàng" not in kept
    qtbot.keyClick(shell.crash, Qt.Key.Key_Escape)
    assert shell.crash.isHidden()


def test_home_counts_what_waits_and_opens_it(shell, qtbot, register):
    register("Giàng A Páo", "Sùng Thị Mỷ")
    home = shell.pages["home"]
    home.reload()
    spoken = "Tubes to be received: 2, None is late"
    find = lambda: [b for b in home.findChildren(QPushButton) if b.accessibleName() == spoken]  # noqa: E731
    qtbot.waitUntil(lambda: bool(find()))
    find()[0].click()
    assert shell.here == "lab.reception"


def test_a_number_that_leads_where_somebody_may_not_go_says_so(suite, qapp, qtbot):
    leader = suite.acted_by(Actor(2, "no 2", frozenset({"lab.see", "results.see"})))
    made = Shell(InlineRunner(leader), "suite.db")
    qtbot.addWidget(made)
    made.show()
    made.pages["home"].go.emit("results.release", 0)
    assert made.here == "home"
    assert list(made.pages) == ["home"]
    assert any("no 2 may not open this page." in one.text() for one in made.findChildren(QLabel))


def test_a_curve_says_its_sums_in_its_own_words(shell):
    home, day = shell.pages["home"], date(2026, 1, 2)
    see = Permission("venues.see", "See")
    home._show_curve(Curve("Visits", see, "Visits", "Way out guessed", tuple), [(day, 54, 37)])
    said = home._chart.accessibleName()
    assert said == "Visits: Visits: 54; Way out guessed: 37 (68.5 %)"
    home._show_curve(Curve("Visits", see, "Visits", "Way out guessed", tuple), [(day, 0, 0)])
    assert home._chart.accessibleName() == "Visits: Visits: 0"


@pytest.fixture
def window(qtbot, tmp_path, suite):
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Window(("lab", "results"), str(tmp_path / "fresh.db"), kept)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.opening.wait()


def _begin(window, qtbot):
    with qtbot.waitSignal(window.opening.ready):
        window.opening.load()
    form = window.sign_in
    form.unit.edit.setText("Trung tâm Y tế huyện Bảo Yên")
    form.full_name.edit.setText("Nguyễn Thu Hà")
    form.admin.edit.setText("ha.nguyen")
    form.new_password.edit.setText("matkhau22")
    return form


def test_an_empty_database_asks_whose_it_is_and_opens(window, qtbot):
    form = _begin(window, qtbot)
    form.again.edit.setText("matkhau22")
    with qtbot.waitSignal(window.opening.entered, timeout=20_000):
        form.begin.click()
    qtbot.waitUntil(lambda: window.shell is not None)
    assert window.shell.runner.actor.name == "Nguyễn Thu Hà"
    window.leave()
    sign_in = window.sign_in
    sign_in.name.edit.setText("ha.nguyen")
    sign_in.password.edit.setText("something else")
    with qtbot.waitSignal(window.opening.refused, timeout=20_000):
        sign_in.enter.click()
    qtbot.waitUntil(sign_in.enter.isEnabled)
    assert sign_in.password.edit.selectedText()
    sign_in.password.edit.setText("matkhau22")
    with qtbot.waitSignal(window.opening.entered, timeout=20_000):
        qtbot.keyClick(sign_in.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None)
    window.shell.open("lab.reception")
    window.change_language()
    assert language() == "vi"
    assert window.shell.here == "lab.reception"
    assert window.shell.navigation.entries["lab.reception"].place.title == "Tiếp nhận mẫu"
    window.leave()


def test_two_different_passwords_are_not_taken(window, qtbot):
    form = _begin(window, qtbot)
    form.again.edit.setText("matkhau23")
    form.begin.click()
    assert "differ" in form.again._below.text()
    assert window.shell is None


def test_a_scan_with_capitals_is_heard_whole_from_a_list(shell, qtbot, register):
    register("Giàng A Páo")
    page = shell.open("lab.samples")
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 1)
    page.table.setFocus()
    for letter in "26BY000001E":
        held = Qt.KeyboardModifier.ShiftModifier if letter.isalpha() else Qt.KeyboardModifier(0)
        qtbot.keyClick(page.table, letter, held)
    qtbot.waitUntil(lambda: bool(shell.search.edit.text()))
    assert shell.search.edit.text() == "26BY000001E"


def test_the_import_is_no_page_of_the_navigation(shell):
    shell.open("lab.samples")
    shell.bring_file("nowhere.xlsx")
    marked = [name for name, e in shell.navigation.entries.items() if e.property("here") == "true"]
    assert shell.here == "import"
    assert marked == []


def test_home_offers_the_import(shell):
    home, brought = shell.pages["home"], []
    home.bring.disconnect()
    home.bring.connect(brought.append)
    (button,) = [
        b for b in home.findChildren(QPushButton) if b.accessibleName() == "Import from Excel"
    ]
    button.click()
    assert brought == [""]


def test_the_window_is_never_larger_than_the_screen(window):
    room = window.screen().availableGeometry()
    assert window.width() <= room.width()
    assert window.height() <= room.height()


def test_the_first_run_scrolls_in_a_small_window(window, qtbot):
    window.showNormal()
    window.resize(683, 384)
    form = _begin(window, qtbot)
    qtbot.waitUntil(lambda: form._scroll.verticalScrollBar().maximum() > 0)
    fields = form._forms[1].fields
    qtbot.waitUntil(lambda: all(f.height() >= f.heightForWidth(f.width()) for f in fields))
    form.again.edit.setFocus()
    qtbot.waitUntil(lambda: not form.again.edit.visibleRegion().isEmpty())


def test_a_refused_password_moves_nothing(window, qtbot):
    with qtbot.waitSignal(window.opening.ready):
        window.opening.load()
    form = window.sign_in
    form.show_form(founding=False)
    qtbot.wait(20)
    places = lambda: [form.mapFromGlobal(p.mapToGlobal(p.pos())) for p in (form.name, form.enter)]  # noqa: E731
    before = places()
    form.refuse("The user name or the password is wrong. Try again, or ask who looks after it.")
    qtbot.wait(20)
    assert places() == before


def test_every_line_of_f7_is_reached_by_digits_or_a_few_letters(shell, qtbot):
    page = shell.open("more")
    names = [name for name, _spec in page._shelved]
    far = names.index("registry.audit")
    assert far >= 9  # it has no digit until lines are left out
    qtbot.keyClicks(shell.focusWidget(), "audit")
    qtbot.waitUntil(lambda: len(page.left_over()) == 1)
    assert page._keys[far].text() == "1"
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Backspace)
    assert page.sought.text() == "audi"
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Escape)
    assert len(page.left_over()) == len(page._lines)
    qtbot.keyClicks(shell.focusWidget(), "audit")
    qtbot.waitUntil(lambda: len(page.left_over()) == 1)
    qtbot.keyClicks(shell.focusWidget(), "1")
    qtbot.waitUntil(lambda: shell.here == "registry.audit")


def test_letters_that_no_line_of_f7_has_are_looked_for_everywhere(shell, qtbot):
    shell.open("more")
    qtbot.keyClicks(shell.focusWidget(), "zzz")
    qtbot.waitUntil(lambda: shell.search.edit.text() == "zzz")
