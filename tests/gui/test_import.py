import pytest
from openpyxl import Workbook, load_workbook
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from PyQt6.QtWidgets import QLabel, QLineEdit

from admin_suite.ui import lists
from admin_suite.ui.dialogs import import_preview, import_table
from modules.lab import queries, service

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
    qtbot.waitUntil(lambda: "import" in shell.pages)  # what it is, is looked at beside the window
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


def test_filters_and_order_of_the_preview_show_less_and_store_the_same(
    preview, qtbot, file, stored
):
    page = preview(file())
    qtbot.keyClicks(page.table.headings.fields["name"], "my")
    qtbot.waitUntil(lambda: page.model.length() == 1)
    at = [column.name for column in page.model.columns].index("name")
    assert page.model.cell(0, at).words == "Sùng Thị Mỷ"
    qtbot.keyClick(page, Qt.Key.Key_Escape)  # the filter first, the preview stays
    qtbot.waitUntil(lambda: page.model.length() == 3)
    page.table.headings.sort("name")
    shown = [page.model.cell(line, at).words for line in range(3)]
    assert shown.index("Giàng A Páo") < shown.index("Sùng Thị Mỷ")
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored() == 2


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


# -- mended, decided and taken back in the window --------------------------------------------------

KEPT = "Đơn vị: Trạm Y tế xã Nghĩa Đô"


@pytest.fixture
def sent(tmp_path):
    """A list with its letterhead, of these rows."""

    def make(rows, name="a.xlsx", sender=KEPT, headings=HEADINGS):
        book = Workbook()
        for row in ((sender,), ("DANH SÁCH LẤY MẪU",), headings, *rows):
            book.active.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return make


def store_all(page, qtbot):
    with qtbot.waitSignal(page.said):
        page.store.click()


FOUR = [
    (at, f"Lý Văn {who}", "Nam", 1980 + at, DAY) for at, who in enumerate(("An", "Bê", "Chi", "Do"))
]


def test_a_refused_row_is_mended_in_the_preview_and_stored(preview, qtbot, file, stored):
    page = preview(file())
    page.table.go(0, 2)
    page.table.edit(page.table.currentIndex())
    editor = next(e for e in page.table.findChildren(QLineEdit) if e.property("cell"))
    qtbot.keyClicks(editor, "Hoang Van Tuan")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.line(0).status == lists.WARNED)
    assert page.model.line(0).row == "6"  # it has not moved away from under the hand
    assert "Hoang Van Tuan" in page.model.line(0).said
    assert page.store.words == "Store 3 rows"
    store_all(page, qtbot)
    assert stored() == 3


def test_a_cell_still_being_typed_belongs_to_what_is_stored(preview, qtbot, sent, suite):
    page = preview(sent(FOUR))
    page.table.go(0, 2)
    page.table.edit(page.table.currentIndex())
    editor = next(e for e in page.table.findChildren(QLineEdit) if e.property("cell"))
    editor.setText("Lý Văn Ân")
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with suite.database.read(suite.actor) as work:
        assert "Lý Văn Ân" in {row.name for row in queries.samples(work)}


def test_what_was_mended_is_not_lost_by_one_esc_nor_by_other_columns(preview, shell, qtbot, sent):
    page = preview(sent([*FOUR, (5, None, "Nam", 1990, DAY)]))
    page.model.write(0, 2, "Lý Văn Én")
    qtbot.waitUntil(lambda: page.model.line(0).status == lists.WARNED)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert "1 row was mended" in page.notice.words
    page._match()
    choice = page.matching.choices["Năm sinh"]
    choice.setCurrentIndex(choice.findData("note"))
    page.matching.use.click()
    qtbot.waitUntil(lambda: "note" in page.found.draft.headings)
    assert page.found.draft.edited
    assert "dob" not in page.found.draft.headings
    assert not page.found.receipt.refused


def test_the_groups_of_a_corrected_list_and_what_is_done_with_each(
    preview, shell, suite, qtbot, sent, stored
):
    store_all(preview(sent(FOUR)), qtbot)
    other = [
        FOUR[0],
        (1, "Lý Văn Bê", "Nam", 1999, DAY),
        FOUR[2],
        (4, "Lý Văn Én", "Nam", 1990, DAY),
    ]
    page = preview(sent(other, "b.xlsx"))
    counts = {g: sum(line.group == g for line in page._lines) for g in lists_groups()}
    assert counts == {"unchanged": 2, "changed": 1, "new": 1, "gone": 1}
    page.segments.choose(import_table.CHANGED)
    place = page.model.names.index("dob") + import_table.OWN
    assert page.model.cell(0, place).words == "1981 → 1999"
    assert page.store.words == "Store 2 rows"
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.store.words == "Store 1 row")
    store_all(page, qtbot)
    with suite.database.read(suite.actor) as work:
        born = {row.name: row.dob for row in queries.samples(work)}
    assert born == {
        "Lý Văn An": "1980",
        "Lý Văn Bê": "1981",
        "Lý Văn Chi": "1982",
        "Lý Văn Do": "1983",
        "Lý Văn Én": "1990",
    }


def lists_groups():
    return (lists.UNCHANGED, lists.CHANGED, lists.NEW, lists.GONE)


def test_a_heading_that_was_not_recognised_is_chosen_by_hand(shell, qtbot, sent, stored):
    headings = ("STT", "Đương sự", *HEADINGS[2:])
    shell.bring_file(str(sent(FOUR, headings=headings)))
    page = shell.pages["import"]
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 3, timeout=20_000)
    choice = page.matching.choices["Đương sự"]
    choice.setCurrentIndex(choice.findData("name"))
    assert page.matching.choices["Năm sinh"].currentData() == "dob"
    page.matching.use.click()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 2, timeout=20_000)
    store_all(page, qtbot)
    assert stored() == 4


def test_a_mistyped_sender_is_asked_about_before_it_becomes_a_unit(
    preview, suite, qtbot, sent, stored
):
    store_all(preview(sent(FOUR[:1])), qtbot)
    page = preview(sent(FOUR[1:], "b.xlsx", "Đơn vị: Trạm Y tế xã Nghĩa Đôo"))
    page.store.click()
    assert page.stack.currentIndex() == 1
    assert stored() == 1
    page.digit(1)
    qtbot.waitUntil(lambda: page.found.draft.sender == "Trạm Y tế xã Nghĩa Đô")
    qtbot.waitUntil(lambda: page.found.receipt is not None)
    store_all(page, qtbot)
    with suite.database.read(suite.actor) as work:
        assert {row.sender for row in queries.samples(work)} == {"Trạm Y tế xã Nghĩa Đô"}


def test_the_list_of_another_sender_is_said_before_it_is_stored(preview, qtbot, sent):
    store_all(preview(sent(FOUR)), qtbot)
    page = preview(sent(FOUR, "b.xlsx", "Đơn vị: Trạm Y tế xã Kim Sơn"))
    assert "The same rows came as a list of “Trạm Y tế xã Nghĩa Đô”" in page.notice.words


def test_what_was_stored_is_undone_at_once(preview, shell, qtbot, sent, stored):
    page = preview(sent(FOUR))
    store_all(page, qtbot)
    assert stored() == 4
    with qtbot.waitSignal(page.said):
        shell.toast.undo.click()
    assert stored() == 0


def test_an_import_is_taken_back_after_it_was_said_what_stays(
    preview, shell, suite, qtbot, sent, stored
):
    store_all(preview(sent(FOUR)), qtbot)
    with suite.database.work(suite.actor) as work:
        tube = queries.samples(work)[0].tube_id
        service.receive(work, [tube])
    page = shell.open("registry.imports")
    qtbot.waitUntil(lambda: page.model.length() == 1)
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 2)
    assert stored() == 4  # looking changes nothing
    words = " ".join(one.text() for one in page.stack.currentWidget().findChildren(QLabel))
    assert "3 rows go." in words
    assert "1 row stays" in words
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored() == 1
    qtbot.waitUntil(lambda: page.model.cell(0, 6).status.word == "Taken back but 1")
