"""Tables as people arrange them: columns, views by name, pasted filters, what is copied."""

import json

import pytest
from openpyxl import load_workbook
from PyQt6.QtCore import QModelIndex, Qt
from PyQt6.QtWidgets import QApplication, QScrollArea

from admin_suite.core.errors import UserError
from admin_suite.db.paging import Places
from admin_suite.registry.views import keep_view, views
from admin_suite.ui import listing
from admin_suite.ui import views as views_page
from admin_suite.ui.keys import Keys

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def samples(shell, qtbot, register):
    register("Giàng A Páo", "Sùng Thị Mỷ", "Hoàng Văn Tuấn")
    page = shell.open("lab.samples")
    qtbot.waitUntil(lambda: page.model.length() == 3 and page.model.line(0) is not None)
    return page


@pytest.fixture
def kept(suite):
    def read():
        with suite.database.read(suite.actor) as work:
            return views(work, "lab.samples")

    return read


def _panel(page, qtbot):
    page.list.views.open()
    page.list.views.columns.setFocus()
    return page.list.views.columns


def _press(qtbot, columns, name, key, held=Qt.KeyboardModifier.NoModifier):
    titles = [columns.item(at).text() for at in range(columns.count())]
    columns.setCurrentRow(next(at for at, t in enumerate(titles) if t.startswith(name)))
    qtbot.keyClick(columns, key, held)


def test_columns_are_hidden_moved_widened_and_held_by_keys(samples, qtbot, kept):
    columns, arrangement = _panel(samples, qtbot), samples.table.arrangement
    _press(qtbot, columns, "Sender", Qt.Key.Key_Space)
    assert "sender" not in arrangement.names()
    _press(qtbot, columns, "Full name", Qt.Key.Key_Up, CTRL)
    assert arrangement.names()[:2] == ["name", "accession"]
    _press(qtbot, columns, "Tube number", Qt.Key.Key_Right, CTRL)
    assert samples.table.columnWidth(0) == 170
    _press(qtbot, columns, "Tube number", Qt.Key.Key_H, CTRL)
    assert arrangement.still == 2
    assert samples.table.still.isVisible()
    samples.list.views.keep_as_left()
    qtbot.waitUntil(lambda: "" in kept())
    look = json.loads(kept()[""])
    assert look["order"][:2] == ["name", "accession"]
    assert "sender" not in look["shown"]
    assert (look["widths"], look["still"]) == ({"accession": 170}, 2)


def test_a_list_comes_back_as_it_was_left(suite, shell, qtbot, register):
    look = {"by": "name", "down": True, "shown": ["name", "stage"], "order": ["stage", "name"]}
    with suite.database.work(suite.actor) as work:
        keep_view(work, "lab.samples", "", json.dumps(look))
    register("Giàng A Páo", "Sùng Thị Mỷ")
    page = shell.open("lab.samples")
    qtbot.waitUntil(lambda: page.table.arrangement.names() == ["stage", "name"])
    qtbot.waitUntil(lambda: page.model.cell(0, 1).words == "Giàng A Páo")
    assert page.list.view.descending


def test_a_view_is_kept_by_name_and_chosen_by_a_digit(samples, qtbot, kept):
    samples.table.put_filters({"name": "pao"})
    samples.list.again()
    qtbot.waitUntil(lambda: samples.model.length() == 1)
    samples.list.views.open()
    samples.list.views.field.edit.setText("Only Páo")
    qtbot.keyClick(samples.list.views.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Only Páo" in kept())
    samples.list.clear_filters()
    qtbot.waitUntil(lambda: samples.model.length() == 3)
    qtbot.keyClick(samples, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: samples.drawer.findChild(Keys) is not None)
    samples.digit(1)
    qtbot.waitUntil(lambda: samples.model.length() == 1)
    assert "Only Páo" in samples.list.views.button.accessibleName()
    assert samples.table.headings.texts() == {"name": "pao"}
    samples.list.views._drop(0)
    qtbot.waitUntil(lambda: kept() == {})


@pytest.fixture
def saved(kept):
    """The views that have a name; how the list was left is kept beside them."""
    return lambda: {name: look for name, look in kept().items() if name}


@pytest.fixture
def named(samples, suite, qtbot):
    """The card beside the list, with two views of which the first is chosen."""
    with suite.database.work(suite.actor) as work:
        for name in ("A", "B"):
            keep_view(work, "lab.samples", name, json.dumps({"filters": {"name": name}}))
    card = samples.list.views
    samples.ask(card._begin, views, "lab.samples")
    qtbot.waitUntil(lambda: card._names() == ["A", "B"])
    card.choose("B")
    card.open()
    return card


def test_the_card_of_views_opens_no_window_of_its_own(named, shell, qapp, qtbot):
    """The window would lose its keys to it for a moment, and Ctrl+Z to nobody for longer."""
    for _time in range(2):
        named.open()
        assert qapp.activeWindow() is shell
        qtbot.waitUntil(lambda: qapp.focusWidget() is named._list)


def test_the_card_shows_the_views_that_are_left_after_one_was_dropped(named, samples, qtbot, qapp):
    """Not the columns further down, to which the focus of the old list went on."""
    qtbot.waitUntil(lambda: qapp.focusWidget() is named._list)
    samples.table.setCurrentIndex(QModelIndex())  # its first line would open its own card
    qtbot.keyClick(named._list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: named._names() == ["B"])
    qtbot.wait(50)
    assert samples.drawer.accessibleName().startswith("View of the list")
    qtbot.waitUntil(lambda: qapp.focusWidget() is named._list)
    bars = [area.verticalScrollBar() for area in samples.drawer.findChildren(QScrollArea)]
    assert [bar.value() for bar in bars if bar.maximum() > 0] == [0]


def test_a_view_that_was_dropped_is_taken_back_with_one_key(named, samples, qtbot, saved):
    before = saved()
    qtbot.keyClick(named._list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: set(saved()) == {"B"})
    qtbot.waitUntil(lambda: named._list.count() == 1)
    assert "B" in named.button.accessibleName()  # what is shown was not dropped
    qtbot.keyClick(named._list, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: saved() == before)
    qtbot.waitUntil(lambda: named._list.count() == 2)
    assert named._names() == ["A", "B"]


def test_a_view_stays_in_the_list_where_the_verb_refuses(named, samples, qtbot, saved, monkeypatch):
    def refuse(_work, _page, _name):
        raise UserError("Not now.")

    monkeypatch.setattr(views_page, "drop_view", refuse)
    qtbot.keyClick(named._list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "Not now." in samples.notice.words)
    named.open()
    assert (named._list.count(), set(saved())) == (2, {"A", "B"})


def test_a_view_kept_in_the_place_of_another_gives_it_back(named, samples, qtbot, saved):
    before = saved()
    samples.table.put_filters({"name": "pao"})
    named.field.edit.setText("A")
    qtbot.keyClick(named.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: saved()["A"] != before["A"])
    qtbot.waitUntil(lambda: "A" in named.button.accessibleName())
    qtbot.keyClick(named._list, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: saved() == before)


def test_taking_a_drop_back_replaces_no_view_made_since(named, samples, qtbot, saved):
    qtbot.keyClick(named._list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: named._names() == ["B"])
    undo = []
    samples.offered.connect(lambda _words, back: undo.append(back))
    named._list.setCurrentRow(0)
    qtbot.keyClick(named._list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(undo))
    named.field.edit.setText("B")
    qtbot.keyClick(named.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "B" in saved() and "B" in named._names())
    new = saved()
    undo[0]()
    assert "There is a view of that name" in samples.notice.words
    assert saved() == new


def test_the_length_of_a_list_that_is_no_longer_shown_changes_nothing(samples, qtbot):
    before = samples.list.view
    samples.table.put_filters({"name": "pao"})
    samples.list.again()
    qtbot.waitUntil(lambda: samples.model.length() == 1)
    samples.list.settled(before, Places(1_000, [(0, 0)]))
    assert samples.model.length() == 1


def test_a_choice_under_the_heading_filters_by_state(samples, qtbot):
    field = samples.table.headings.fields["stage"]
    field.setCurrentIndex(field.findText("Released"))
    qtbot.waitUntil(lambda: samples.model.length() == 0)
    field.setCurrentIndex(field.findText("To be received"))
    qtbot.waitUntil(lambda: samples.model.length() == 3)


def test_numbers_copied_elsewhere_show_exactly_their_lines(samples, qtbot):
    numbers = [samples.model.cell(at, 0).words for at in (0, 2)]
    QApplication.clipboard().setText("\r\n".join(f"{number}\tmore" for number in numbers))
    samples.table.go_to(0)
    qtbot.keyClick(samples.table, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: samples.model.length() == 2)
    assert [samples.model.cell(at, 0).words for at in (0, 1)] == numbers


def test_numbers_pasted_into_the_filter_field_do_the_same(samples, qtbot):
    numbers = [samples.model.cell(at, 0).words for at in (0, 2)]
    QApplication.clipboard().setText("\n".join(numbers))
    field = samples.table.headings.fields["accession"]
    field.paste()
    qtbot.waitUntil(lambda: samples.model.length() == 2)


def test_what_is_copied_has_headings_when_they_are_wanted(samples, qtbot):
    samples.table.with_titles = True
    samples.table.selectAll()
    samples.table.copy()
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 4
    assert lines[0].split("\t")[:2] == ["Tube number", "Full name"]


def test_the_file_has_the_columns_that_are_shown_in_their_order(
    samples, qtbot, tmp_path, monkeypatch, prove
):
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(listing, "ask_save", lambda *given: given[-1](path))
    arrangement = samples.table.arrangement
    arrangement.wear({"shown": ["name", "sex", "accession"], "order": ["name", "sex", "accession"]})
    samples.table.headings.sort("name")
    qtbot.waitUntil(lambda: samples.model.cell(0, 1).words == "Sùng Thị Mỷ")
    with qtbot.waitSignal(samples.said):
        qtbot.keyClick(samples, Qt.Key.Key_E, CTRL)
        prove(samples)
    rows = [row for row in load_workbook(path).active.iter_rows(values_only=True) if any(row)]
    assert rows[-3][0] == "Sùng Thị Mỷ"
    assert [len([cell for cell in row if cell]) for row in rows[-4:]] == [3, 2, 2, 2]


def test_a_filter_above_columns_that_stand_still_works(samples, qtbot):
    samples.table.arrangement.hold(2)
    samples.table.fit_columns()
    field = samples.table.still.headings.fields["name"]
    qtbot.keyClicks(field, "tuan")
    qtbot.waitUntil(lambda: samples.model.length() == 1)
    assert samples.list.view.filters == {"name": "tuan"}


def test_a_reception_is_taken_back_by_ctrl_z(shell, qtbot, register):
    (number,) = register("Giàng A Páo")
    page = shell.open("lab.reception")
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 1)
    qtbot.keyClicks(page.scan, number)
    qtbot.keyClick(page.scan, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.length() == 0)
    assert shell.toast.undo.isVisible()
    qtbot.keyClick(page.scan, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: page.model.length() == 1)
    assert page.answer.title.text() == "Scan the first tube"


def test_the_search_says_what_it_leaves_out_and_shows_it(shell, qtbot, register):
    register(*(f"Giàng A {n}" for n in "BCDGHKLMNP"))
    shell.search.focus()
    qtbot.keyClicks(shell.search.edit, "giang a")
    hits = shell.search.hits
    qtbot.waitUntil(lambda: hits.isVisible() and hits.count() == 9)
    assert hits.item(8).text().startswith("2 more")
    hits.setCurrentRow(8)
    qtbot.keyClick(shell.search.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hits.count() == 10)
    assert hits.currentRow() == 8


def test_a_digit_chooses_no_view_while_another_card_lies_there(samples, qtbot, kept):
    samples.list.views.open()
    samples.list.views.field.edit.setText("Mine")
    samples.list.views.field.edit.returnPressed.emit()
    qtbot.waitUntil(lambda: "Mine" in kept())
    samples.list.clear_filters()
    samples.escape()
    samples.table.opened.emit(0)
    qtbot.waitUntil(samples.drawer.isVisible)
    assert not samples.list.views.digit(1)
