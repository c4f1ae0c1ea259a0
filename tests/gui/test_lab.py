from collections import namedtuple

import pytest
from openpyxl import load_workbook
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from admin_suite.db.paging import PAGE, Places
from admin_suite.ui import listing
from admin_suite.ui.cells import Column
from admin_suite.ui.paged import PagedModel
from admin_suite.ui.table import Table
from modules.lab import queries
from modules.lab.codes import Outcome, Stage
from modules.lab.pages import samples as samples_page

Line = namedtuple("Line", "id")
STATE = [column.name for column in samples_page.columns()].index("stage")


@pytest.fixture
def samples(shell, qtbot, register):
    register("Giàng A Páo", "Sùng Thị Mỷ", "Hoàng Văn Tuấn")
    page = shell.open("lab.samples")
    qtbot.waitUntil(lambda: page.model.length() == 3 and page.model.line(0) is not None)
    return page


def test_typing_under_a_heading_narrows_the_list(samples, qtbot):
    field = samples.table.headings.fields["name"]
    qtbot.keyClicks(field, "sung my")
    qtbot.waitUntil(lambda: samples.model.length() == 1)
    qtbot.waitUntil(lambda: samples.model.cell(0, 1).words == "Sùng Thị Mỷ")
    qtbot.keyClick(samples, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: samples.model.length() == 3)
    assert field.text() == ""


def test_a_heading_sorts_as_vietnamese_names_do(samples, qtbot):
    samples.table.headings.sort("name")
    names = lambda: [samples.model.cell(at, 1).words for at in range(3)]  # noqa: E731
    qtbot.waitUntil(lambda: names() == ["Sùng Thị Mỷ", "Giàng A Páo", "Hoàng Văn Tuấn"])
    samples.table.headings.sort("name")
    qtbot.waitUntil(lambda: names() == ["Hoàng Văn Tuấn", "Giàng A Páo", "Sùng Thị Mỷ"])


def test_a_segment_shows_one_stage_only(samples, qtbot):
    samples.segments.choose(2)
    qtbot.waitUntil(lambda: samples.model.length() == 0)
    samples.segments.choose(1)
    qtbot.waitUntil(lambda: samples.model.length() == 3)


def test_a_block_is_copied_as_spreadsheets_read_it(samples, qtbot):
    samples.table.selectAll()
    samples.table.copy()
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 3
    assert lines[1].split("\t")[1] == "Sùng Thị Mỷ"
    table = QApplication.clipboard().mimeData().html()
    assert table.count("<tr>") == 3
    assert """<td style='mso-number-format:"\\@"'>Sùng Thị Mỷ</td>""" in table  # as a text


def test_what_is_shown_is_what_is_exported(samples, qtbot, tmp_path, monkeypatch, prove):
    path = tmp_path / "out.xlsx"
    monkeypatch.setattr(listing, "ask_save", lambda *given: given[-1](path))
    qtbot.keyClicks(samples.table.headings.fields["name"], "tuan")
    qtbot.waitUntil(lambda: samples.model.length() == 1)
    with qtbot.waitSignal(samples.said):
        qtbot.keyClick(samples, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        prove(samples)
    rows = list(load_workbook(path).active.iter_rows(values_only=True))
    named = [row for row in rows if {"Hoàng Văn Tuấn", "Giàng A Páo"} & set(row)]
    assert len(named) == 1


def test_no_outcome_is_shown_before_its_release(samples, qtbot, suite, measure):
    with suite.database.read(suite.actor) as work:
        number = queries.samples(work)[0].accession
    measure(2, {number: Outcome.POSITIVE})
    samples.reload()
    qtbot.waitUntil(lambda: samples.model.cell(0, STATE).spoken == Stage.CHECKED.word)
    samples.table.opened.emit(0)
    qtbot.waitUntil(samples.drawer.isVisible)
    said = " ".join(w.text() for w in samples.drawer.findChildren(type(samples.drawer._title)))
    assert "Measured" in said
    assert "Positive" not in said


@pytest.fixture
def million(qapp):
    """A list of a million numbers, of which the model knows the first page."""
    asked = []

    def ask(start, then):
        asked.append(start)
        then([Line(n) for n in range(start[0], start[0] + PAGE)])

    model = PagedModel([Column("id", "Id")], lambda line: [str(line.id)], ask, qapp)
    model.asked = asked
    assert model.begin([Line(n) for n in range(PAGE)])
    return model


def test_a_million_lines_are_fetched_a_page_at_a_time(qtbot, million):
    assert million.length() == PAGE
    assert not million.whole
    million.settle(Places(1_000_000, [(n,) for n in range(0, 1_000_000, PAGE)]))
    assert million.length() == 1_000_000
    assert million.cell(777_777, 0).words == ""
    qtbot.waitUntil(lambda: million.cell(777_777, 0).words == "777777")
    assert million.asked == [(777_600,)]


def test_all_of_a_long_list_is_selected_at_once_and_copied_in_order(qtbot, million):
    million.settle(Places(20_000, [(n,) for n in range(0, 20_000, PAGE)]))
    table = Table(million, name="Numbers", filters=False)
    qtbot.addWidget(table)
    with qtbot.waitSignal(table.selected) as told:
        table.selectAll()
    assert told.args == [20_000]
    table.copy()
    copied = QApplication.clipboard().text().split("\n")
    assert copied == [str(n) for n in range(20_000)]


def test_what_is_in_sight_stays_while_it_is_asked_for_again(qtbot, million):
    million.settle(Places(1_000, [(n,) for n in range(0, 1_000, PAGE)]))
    million.line(500)
    qtbot.waitUntil(lambda: million.line(500) is not None)
    assert million.renew([Line(n) for n in range(PAGE)])
    assert million.cell(500, 0).words == "500"
    qtbot.waitUntil(lambda: million.asked.count((400,)) == 2)


@pytest.fixture
def reception(shell, qtbot, register):
    page = shell.open("lab.reception")
    page.numbers = register("Giàng A Páo", "Sùng Thị Mỷ")
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 1)
    return page


def _scan(page, qtbot, words):
    qtbot.keyClicks(page.scan, words)
    qtbot.keyClick(page.scan, Qt.Key.Key_Return)


def test_a_scan_receives_the_tube_and_says_whose_it_is(reception, qtbot):
    _scan(reception, qtbot, reception.numbers[0])
    qtbot.waitUntil(lambda: "received" in reception.answer.title.text())
    assert "Giàng A Páo" in reception.answer.about.text()
    assert "1 of 2" in reception._head.about
    assert reception.scan.text() == ""
    qtbot.waitUntil(lambda: reception.model.cell(0, 3).words == "1/2")


def test_a_wrong_scan_keeps_the_focus_and_the_words_stay(reception, qtbot):
    _scan(reception, qtbot, "26BY000001A")
    qtbot.waitUntil(lambda: reception.answer.objectName() == "notice-bad")
    assert "26BY000001A" in reception.answer.title.text()
    assert reception.scan.selectedText() == "26BY000001A"
    assert reception.window().focusWidget() is reception.scan


def test_a_tube_is_not_received_twice(reception, qtbot):
    for _time in range(2):
        _scan(reception, qtbot, reception.numbers[0])
        qtbot.waitUntil(lambda: reception.answer.objectName() != "notice-wait")
    qtbot.waitUntil(lambda: "was received at" in reception.answer.title.text())


def test_the_tube_just_received_scanned_again_is_no_alarm_and_any_other_is(reception, qtbot):
    first, second = reception.numbers[:2]
    for number in (first, second):
        _scan(reception, qtbot, number)
        qtbot.waitUntil(lambda n=number: reception._number == n)
    _scan(reception, qtbot, second)
    qtbot.waitUntil(lambda: "nothing was changed" in reception.answer.about.text())
    assert "was received at" in reception.answer.title.text()
    assert reception.answer.objectName() == "notice-wait"
    _scan(reception, qtbot, first)
    qtbot.waitUntil(lambda: reception.answer.objectName() == "notice-bad")


def test_a_whole_list_is_received_by_one_key(reception, qtbot):
    reception.table.go_to(0)
    assert reception.all.words == "Receive all 2 of this list"
    qtbot.keyClick(reception, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: reception.model.length() == 0)
    assert reception.stack.currentIndex() == 1
