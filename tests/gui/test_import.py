import pytest
from openpyxl import Workbook, load_workbook
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent

from admin_suite.ui import lists
from admin_suite.ui.dialogs import import_preview
from modules.lab import queries

HEADINGS = ("STT", "Họ và tên", "Giới tính", "Năm sinh", "Ngày giờ lấy mẫu")
DAY = "07:30 02/01/2026"
ROWS = (
    (1, "Giàng A Páo", "Nam", 1984, DAY),
    (2, "Sùng Thị Mỷ", "Nữ", 1991, DAY),
    (3, None, "Nam", 1976, DAY),
)


@pytest.fixture
def file(tmp_path):
    def make(rows=ROWS):
        book = Workbook()
        sheet = book.active
        sheet.append(("DANH SÁCH LẤY MẪU XÉT NGHIỆM",))
        sheet.append(("Đơn vị: Trạm Y tế xã Nghĩa Đô",))
        sheet.append(HEADINGS)
        for row in rows:
            sheet.append(row)
        path = tmp_path / "Nghĩa Đô 02-01.xlsx"
        book.save(path)
        return path

    return make


@pytest.fixture
def stored(suite):
    def count():
        with suite.database.read(suite.actor) as work:
            return len(queries.samples(work))

    return count


@pytest.fixture
def preview(shell, qtbot):
    def show(path):
        shell.bring_file(str(path))
        page = shell.pages["import"]
        qtbot.waitUntil(lambda: page.stack.currentIndex() == 2, timeout=20_000)
        return page

    return show


def _drop(shell, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    shell.dropEvent(QDropEvent(QPointF(9, 9), copy, data, Qt.MouseButton.LeftButton, none))


def test_a_dropped_file_is_recognised_and_nothing_is_stored_yet(shell, qtbot, file, stored):
    _drop(shell, file())
    page = shell.pages["import"]
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 2, timeout=20_000)
    assert page.found.draft.sheet.name == "lab.samples"
    assert page.model.length() == 3
    assert stored() == 0


def test_the_refused_row_stands_first_with_its_reason(preview, file):
    page = preview(file())
    assert page.model.line(0).status == lists.REFUSED
    assert page.model.cell(0, 1).status.tone == "bad"
    assert page.model.line(0).said
    assert page.model.cell(0, 2).mark == "bad"
    assert "row 6" in page.notice.words
    page.segments.choose(2)
    assert page.model.length() == 1


def test_ctrl_enter_stores_the_good_rows_and_says_how_many(preview, shell, qtbot, file, stored):
    page = preview(file())
    assert page.store.words == "Store only the 2 good rows"
    with qtbot.waitSignal(page.said) as told:
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored() == 2
    assert told.args == ["2 rows stored, 0 were there already, 1 left out"]
    assert shell.here == "home"


def test_esc_leaves_without_storing(preview, shell, qtbot, file, stored):
    page = preview(file(ROWS[:2]))
    assert page.store.words == "Store 2 rows"
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shell.here == "home")
    assert stored() == 0


def test_the_refused_rows_are_saved_with_their_reasons(
    preview, qtbot, file, tmp_path, monkeypatch, prove
):
    page, out = preview(file()), tmp_path / "refused.xlsx"
    monkeypatch.setattr(import_preview, "ask_save", lambda *given: given[-1](out))
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        prove(page)
    cells = [cell for row in load_workbook(out).active.iter_rows(values_only=True) for cell in row]
    assert page.model.line(0).said in cells


def test_a_file_that_is_no_list_says_so(shell, qtbot, tmp_path):
    path = tmp_path / "note.xlsx"
    path.write_text("no workbook")
    shell.bring_file(str(path))
    page = shell.pages["import"]
    qtbot.waitUntil(lambda: bool(page.notice.words))
    assert page.stack.currentIndex() == 0
