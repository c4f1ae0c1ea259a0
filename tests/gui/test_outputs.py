"""Output layouts are arranged by keyboard, seen before they leave, and saved by name."""

import openpyxl
import pytest
from PyQt6.QtCore import Qt

from admin_suite.registry import outputs
from admin_suite.ui.pages.outputs import OutputsPage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(suite, shell, register, qtbot):
    register("Giàng A Páo", "Lý Thị Máy")
    with suite.database.work(suite.actor) as work:
        outputs.add_layouts(work)
    made = shell.open("registry.outputs")
    made.reload()
    qtbot.waitUntil(lambda: made.layout_choice.findText("Danh sách gửi mẫu") > 0)
    qtbot.waitUntil(lambda: made.name.words == "Kết quả đưa lên nền tảng")
    made._choose(made.layout_choice.findText("Danh sách gửi mẫu"))
    qtbot.waitUntil(lambda: len(preview(made)) == 2)
    return made


def table(page):
    return page._table.itemAt(0).widget().rows


def preview(page):
    rows = table(page)
    return [rows.line(at) for at in range(rows.length())]


def headings(page):
    return [column.title for column in table(page).columns]


def names(suite):
    with suite.database.read(suite.actor) as work:
        return [row.name for row in outputs.layouts(work)]


def test_columns_are_moved_and_left_out_by_keyboard_and_the_preview_follows(page, qtbot):
    assert headings(page)[:4] == ["STT", "Mã mẫu", "Mã ống gộp", "Họ và tên"]
    columns = page.columns.list
    columns.go_to(3)
    qtbot.keyClick(columns, Qt.Key.Key_Up, CONTROL)
    assert headings(page)[:4] == ["STT", "Mã mẫu", "Họ và tên", "Mã ống gộp"]
    columns.go_to(1)
    qtbot.keyClick(columns, Qt.Key.Key_Space)
    assert headings(page)[:3] == ["STT", "Họ và tên", "Mã ống gộp"]
    qtbot.keyClick(columns, Qt.Key.Key_Return)
    assert page.focusWidget() is page.columns._heading.edit
    qtbot.keyClicks(page.focusWidget(), "So mau")
    columns.go_to(0)
    assert "So mau" in [one.heading for _on, one in page.columns.lines]
    page.columns.add_fixed()
    assert "Fixed text" in headings(page)


def test_a_layout_is_saved_by_name_and_deleted_and_saved_again(page, suite, qtbot):
    page.name.edit.setText("Của trạm")
    page.save.click()
    qtbot.waitUntil(lambda: "Của trạm" in names(suite))
    qtbot.waitUntil(lambda: page.layout_choice.currentText() == "Của trạm")
    page.delete.click()
    qtbot.waitUntil(lambda: "Của trạm" not in names(suite))
    assert page.name.words == "Của trạm"
    page.save.click()
    qtbot.waitUntil(lambda: "Của trạm" in names(suite))


def test_a_layout_saved_over_another_one_is_said_and_taken_back(page, shell, suite, qtbot):
    """A name that is taken already, on another sheet: one Ctrl+Z and the other one is there."""
    taken = "Kết quả đưa lên nền tảng"

    def kept():
        with suite.database.read(suite.actor) as work:
            return outputs.layout(work, taken)

    before, said = kept(), []
    page.said.connect(said.append)
    page.name.edit.setText(taken)
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: kept() != before)
    qtbot.waitUntil(lambda: bool(said))
    assert "in the place of another one" in said[0]
    qtbot.keyClick(page, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: kept() == before)
    page.name.edit.setText("Một mẫu mới")
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: "Một mẫu mới" in names(suite))
    qtbot.waitUntil(lambda: "in the place" not in said[-1])
    qtbot.keyClick(page, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "Một mẫu mới" not in names(suite))


def test_what_leaves_is_marked_and_the_marks_are_taken_back(page, suite, tmp_path, qtbot):
    page.place.edit.setText("Viện")
    page.only.setChecked(True)
    page._export_to(tmp_path / "a.xlsx")
    qtbot.waitUntil(page.back.isVisible)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active.max_row == 6
    page.all.click()
    qtbot.waitUntil(lambda: preview(page) == [])
    page._export_to(tmp_path / "a.xlsx")
    qtbot.waitUntil(lambda: "nothing to send" in page.notice.words)
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active.max_row == 6
    page.past.click()
    qtbot.waitUntil(lambda: [row.destination for row in page._past] == ["Viện"])
    page.digit(1)
    qtbot.waitUntil(page.back.isHidden)
    page.all.click()
    qtbot.waitUntil(lambda: len(preview(page)) == 2)


def test_a_layout_without_a_name_is_not_saved(page, suite):
    before = names(suite)
    page.name.edit.clear()
    page.save.click()
    assert names(suite) == before


def test_what_was_arranged_and_not_saved_comes_back_after_another_sheet(page, qtbot):
    before, first = page.arranged(), page.sheet.currentIndex()
    page.columns.list.go_to(3)
    qtbot.keyClick(page.columns.list, Qt.Key.Key_Up, CONTROL)
    page.titles.edit.setText("Danh sách của trạm")
    mine = page.arranged()
    assert mine != before
    other = 1 - min(first, 1)
    page.sheet.setCurrentIndex(other)
    page.sheet.activated.emit(other)
    assert (page.name.words, page.arranged().sheet) == ("", page._sheets[other].name)
    qtbot.keyClick(page.layout_choice, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: page.arranged() == mine)
    assert page.sheet.currentIndex() == first
    assert page.layout_choice.currentText() == "Danh sách gửi mẫu"
    qtbot.waitUntil(lambda: headings(page)[:3] == ["STT", "Mã mẫu", "Họ và tên"])


def test_nothing_is_offered_back_where_nothing_was_arranged(page, qtbot):
    offered = []
    page.offered.connect(lambda words, _undo: offered.append(words))
    page.sheet.activated.emit(0)
    page._choose(page.layout_choice.findText("Danh sách gửi mẫu"))
    qtbot.waitUntil(lambda: page.name.words == "Danh sách gửi mẫu")
    assert offered == []


def test_who_may_see_no_sheet_is_told_so_and_no_key_breaks(shell, qtbot, monkeypatch):
    monkeypatch.setattr(OutputsPage, "_may_see", lambda _page, _sheet: False)
    page = shell.open("registry.outputs")
    assert "no list that leaves" in page.notice.words
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_Insert):
        qtbot.keyClick(page, key)
    for key in (Qt.Key.Key_S, Qt.Key.Key_Delete):
        qtbot.keyClick(page, key, CONTROL)
    page.name.edit.setText("x")
    assert not page.export.isEnabled()
    assert page.confirm.isHidden()
