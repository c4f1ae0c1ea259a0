"""A list typed into the grid: the keys, the checks, storing, and the draft after a power cut."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication, QImage, QInputMethodEvent, QPainter, QPdfWriter
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

from admin_suite.core.i18n import speaking
from admin_suite.registry import imports
from admin_suite.ui.drafts import of_runner
from admin_suite.ui.shell import Shell
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice
from modules.lab import queries
from modules.lab.sheets import SAMPLES

CONTROL = Qt.KeyboardModifier.ControlModifier
NAME, BORN, SEX, CARD, PHONE, ADDRESS = 1, 2, 3, 4, 5, 6


@pytest.fixture
def page(shell, qtbot):
    page = shell.open("registry.typing")
    page.begin(SAMPLES)
    qtbot.waitUntil(lambda: page.grid is not None)
    page.around.day.setText("02/01/2026")
    yield page
    page.keeper.keep_now()


@pytest.fixture
def stored(suite):
    def rows():
        with suite.database.read(suite.actor) as work:
            return queries.samples(work)

    return rows


def editor(page):
    made = [e for e in page.grid.findChildren(QWidget) if e.property("cell") and e.isVisible()]
    return made[-1] if made else None


def type_in(page, qtbot, words):
    """Letters as a keyboard gives them, then Enter."""
    here = page.grid.currentIndex()
    qtbot.keyClicks(page.grid, words[:1])
    qtbot.waitUntil(lambda: editor(page) is not None)
    made = editor(page)
    qtbot.keyClicks(made, words[1:])
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.currentIndex() != here and not page.grid.typing)


def paste(page, words):
    QGuiApplication.clipboard().setText(words)
    page.grid.paste()


def test_enter_moves_on_as_the_work_moves_on(page, qtbot):
    page.grid.go(0, NAME)
    for words in ("Ly Van An", "050385", "nam"):
        type_in(page, qtbot, words)
    assert page.model.rows[0].cells[:3] == ("Ly Van An", "05/03/1985", "Male")
    page.grid.go(0, len(page.model.columns) - 1)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    here = page.grid.currentIndex()
    assert (here.row(), here.column()) == (1, NAME)


def test_the_letter_that_begins_a_cell_is_not_for_the_search_box(page, shell, qtbot):
    page.grid.go(0, NAME)
    qtbot.keyClick(page.grid, "g")
    assert editor(page).text() == "g"
    assert not shell._scanner.isActive()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_what_ends_a_cell_goes_on_to_the_next_and_no_further(page, qtbot, key):
    page.grid.go(0, NAME)
    qtbot.keyClick(page.grid, "g")
    qtbot.keyClick(editor(page), key)
    qtbot.waitUntil(lambda: not page.grid.typing)
    qtbot.wait(50)
    assert page.grid.currentIndex().column() == BORN
    assert page.model.rows[0].cells[0] == "g"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_a_word_of_a_drop_down_takes_one_key_to_end(page, shell, qtbot, key):
    """Through the window, as the list of what fits takes its keys."""
    page.grid.go(0, SEX)
    for letter in "male":
        QTest.keyClick(shell.windowHandle(), letter)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    QTest.keyClick(shell.windowHandle(), key)
    qtbot.waitUntil(lambda: page.grid.currentIndex().column() == CARD)
    qtbot.wait(50)
    assert page.grid.currentIndex().column() == CARD
    assert page.model.rows[0].cells[SEX - 1] == "Male"


def test_while_a_cell_is_typed_the_keys_of_the_grid_rest(page, qtbot):
    page.model.write(0, PHONE, "0912345678")
    page.grid.go(1, PHONE)
    qtbot.keyClick(page.grid, "9")
    qtbot.keyClick(editor(page), Qt.Key.Key_F4)
    assert page.grid.typing
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.grid.typing)
    assert page.model.rows[1].cells[PHONE - 1] == "9"


def test_an_input_method_writes_into_the_cell(page, qtbot):
    page.grid.go(0, NAME)
    composed = QInputMethodEvent("Lý Thị Mẩ", [])
    QApplication.sendEvent(page.grid, composed)
    done = QInputMethodEvent()
    done.setCommitString("Lý Thị Mẩy")
    QApplication.sendEvent(page.grid, done)
    qtbot.waitUntil(lambda: editor(page) is not None)
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.rows[0].cells[0] == "Lý Thị Mẩy")


def test_days_are_shown_in_full_however_they_are_typed(page):
    for row, words in enumerate(("5/3/85", "050385", "05031985", "031985", "1985", "31/02/1980")):
        page.model.write(row, BORN, words)
    shown = [row.cells[BORN - 1] for row in page.model.rows[:6]]
    assert shown == ["05/03/1985"] * 3 + ["03/1985", "1985", "31/02/1980"]


def test_a_block_of_a_thousand_rows_is_pasted_and_undone_at_once(page):
    lines = [f'"Lý Văn {at}"\t{1950 + at % 50}\tnam' for at in range(1000)]
    page.grid.go(0, NAME)
    paste(page, "\r\n".join(lines))
    assert len(page.model.typed_rows()) == 1000
    assert page.model.rows[999].cells[:3] == ("Lý Văn 999", "1999", "Male")
    page.model.steps.undo()
    assert page.model.typed_rows() == {}
    page.model.steps.redo()
    assert len(page.model.typed_rows()) == 1000


def test_quoted_cells_keep_together(page):
    page.grid.go(0, NAME)
    paste(page, '"Lý\nVăn An"\t"1985"\r\n')
    assert list(page.model.typed_rows()) == [1]
    assert page.model.rows[0].cells[:2] == ("Lý Văn An", "1985")


def test_ditto_marks_of_a_word_processor_are_pasted(page):
    page.grid.go(0, NAME)
    paste(page, 'Lý Van An\t1985\n"\t1986\nLý Văn Bé\t"\n"Bé" Hoa\t""\n')
    cells = [row.cells[:2] for row in page.model.rows[:5]]
    born = [("Lý Van An", "1985"), ("Lý Van An", "1986"), ("Lý Văn Bé", "1986")]
    assert cells == [*born, ('"Bé" Hoa', "1986"), ("", "")]


def test_fill_down_and_repeat(page, qtbot):
    page.grid.go(0, NAME)
    paste(page, "Lý An\t1985\nLý Bình\t1990\nLý Chi\t1991")
    page.model.write(0, PHONE, "0912345678")
    page.grid.go(1, PHONE)
    qtbot.keyClick(page.grid, Qt.Key.Key_D, CONTROL)
    qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    qtbot.keyClick(page.grid, Qt.Key.Key_F4)
    assert [row.cells[PHONE - 1] for row in page.model.rows[:4]] == ["0912345678"] * 3 + [""]
    assert page.grid.currentIndex().column() == PHONE + 1
    qtbot.keyClick(page.grid, Qt.Key.Key_Z, CONTROL)
    assert page.model.rows[2].cells[PHONE - 1] == ""
    qtbot.keyClick(page.grid, Qt.Key.Key_Y, CONTROL)
    assert page.model.rows[2].cells[PHONE - 1] == "0912345678"


@pytest.mark.parametrize("mark", ["nt", '"', "″"])
def test_a_ditto_means_the_row_above(page, mark):
    page.model.write(0, ADDRESS, "xã Nghĩa Đô")
    page.model.write(1, ADDRESS, mark)
    assert page.model.rows[1].cells[ADDRESS - 1] == "xã Nghĩa Đô"


def test_rows_are_put_in_and_taken_out_by_key(page, qtbot):
    page.grid.go(0, NAME)
    paste(page, "Lý An\nLý Bình")
    page.grid.go(1, NAME)
    qtbot.keyClick(page.grid, Qt.Key.Key_Plus, CONTROL)
    assert list(page.model.typed_rows()) == [1, 3]
    qtbot.keyClick(page.grid, Qt.Key.Key_Minus, CONTROL)
    assert list(page.model.typed_rows()) == [1, 2]


def test_a_scanned_citizen_card_fills_the_person(page):
    page.model.write(
        0, NAME, "010185001234|063123456|Nguyễn Thị Mẫu|04091985|Nữ|Phố Ràng, Bảo Yên|25042021"
    )
    cells = page.model.rows[0].cells
    assert cells[:4] == ("Nguyễn Thị Mẫu", "04/09/1985", "Female", "010185001234")
    assert cells[ADDRESS - 1] == "Phố Ràng, Bảo Yên"


def test_coded_fields_have_a_drop_down(page, qtbot):
    page.grid.go(0, SEX)
    page.grid.edit(page.grid.currentIndex())
    choice = page.grid.findChild(Choice)
    assert [choice.itemText(at) for at in range(choice.count())] == ["Male", "Female"]


def test_a_finished_row_is_checked_and_its_wrong_cell_marked(page, qtbot):
    page.grid.go(0, NAME)
    paste(page, "Lý An\t31/02/1980\nLý Bình\t1990")
    page.grid.go(2, NAME)
    qtbot.waitUntil(lambda: page.model.rows[0].checked and page.model.rows[1].checked)
    assert page.model.cell(0, BORN).mark == "bad"
    assert page.model.cell(1, BORN).mark == ""
    page.grid.go(0, BORN)
    assert "is not a date of birth" in page._said.text()
    page.model.write(0, BORN, "1980")
    page.grid.go(2, NAME)
    qtbot.waitUntil(lambda: page.model.rows[0].checked)
    assert page.model.cell(0, BORN).mark == ""


def test_a_typed_list_is_stored_listed_and_taken_back(page, shell, suite, qtbot, stored):
    page.grid.go(0, NAME)
    paste(page, "Lý An\t1985\nLý Bình\t1990")
    with qtbot.waitSignal(page.offered) as offered:
        page.store.click()
    assert offered.args[0] == "2 rows stored, 0 were there already, 0 left out"
    assert [row.name for row in stored()] == ["Lý An", "Lý Bình"]
    with suite.database.read(suite.actor) as work:
        assert [(one.file, one.stored) for one in imports.imports(work)] == [("typed", 2)]
    assert of_runner(page.runner).all() == []
    with qtbot.waitSignal(page.said):
        shell.toast.undo.click()
    assert stored() == []


def test_the_cell_still_being_typed_is_stored_too(page, qtbot, stored):
    page.grid.go(0, NAME)
    page.grid.edit(page.grid.currentIndex())
    editor(page).setText("Lý An")
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(editor(page), Qt.Key.Key_Return, CONTROL)
    assert [row.name for row in stored()] == ["Lý An"]


def test_refused_rows_stay_in_the_grid_until_they_are_mended(page, qtbot, stored):
    page.grid.go(0, NAME)
    paste(page, "Lý An\t1985\n\t1990")
    page.store.click()
    qtbot.waitUntil(lambda: "row 2" in page.notice.words)
    assert stored() == []
    with qtbot.waitSignal(page.said):
        page.store.click()
    assert len(stored()) == 1
    assert [list(row[:2]) for row in page.model.typed_rows().values()] == [["", "1990"]]


def test_an_unknown_sender_is_asked_about_once(page, qtbot, stored):
    page.grid.go(0, NAME)
    paste(page, "Lý An\t1985")
    page.around.name_sender("Trạm Y tế xã Kim Sơn")
    page.store.click()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 2)
    with qtbot.waitSignal(page.said):
        page.digit(1)
    assert [row.sender for row in stored()] == ["Trạm Y tế xã Kim Sơn"]


def test_a_draft_survives_a_power_cut_and_is_offered_at_the_first_screen(page, shell, qtbot):
    page.grid.go(0, NAME)
    paste(page, "Lý An\t1985\nLý Bình\t1990")
    page.around.place.setText("Bản Bùn")
    page.keeper.keep()
    page.keeper._thread.waitForDone()
    again = Shell(shell.runner, "suite.db")
    qtbot.addWidget(again)
    assert "2 rows" in again.pages["home"].notice.words
    button = again.pages["home"].notice.findChildren(Button)
    next(one for one in button if one.words == "Go on typing").click()
    other = again.pages["registry.typing"]
    qtbot.waitUntil(lambda: other.grid is not None)
    assert other.model.typed_rows() == page.model.typed_rows()
    assert (other.around.day.text(), other.around.place.text()) == ("02/01/2026", "Bản Bùn")


def test_a_draft_is_nobody_elses_and_may_be_thrown_away(page, shell, qtbot, suite, as_actor):
    page.grid.go(0, NAME)
    paste(page, "Lý An")
    page.keeper.keep()
    page.keeper._thread.waitForDone()
    drafts = of_runner(shell.runner)
    assert [one.rows for one in drafts.all()] == [1]
    shell.runner._suite = suite.acted_by(as_actor(2))
    assert of_runner(shell.runner).all() == []
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.model.typed_rows() == {})
    page.keeper.keep()
    page.keeper._thread.waitForDone()
    assert drafts.all() == []


def test_a_damaged_draft_is_no_draft(page):
    drafts = of_runner(page.runner)
    drafts.keep("typing.lab.samples", "x", 1, {})
    file = next(drafts._folder.glob("*.draft"))
    file.write_text("{", encoding="utf-8")
    assert drafts.all() == []


def test_the_photograph_stands_beside_and_scrolls_in_step(page, tmp_path):
    path = tmp_path / "paper.png"
    image = QImage(800, 4000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.save(str(path))
    page.show_paper(path)
    assert page.photo.isVisible()
    bar = page.photo.view.verticalScrollBar()
    page.photo.follow(1.0)
    assert bar.value() == bar.maximum() > 0
    (tmp_path / "no.jpg").write_text("nothing")
    page.show_paper(tmp_path / "no.jpg")
    assert "no.jpg" in page.notice.words


def test_the_words_of_codes_are_those_of_the_language(page):
    with speaking("vi"):
        page.model.write(0, SEX, "nu")
    assert page.model.rows[0].cells[SEX - 1] == "Nữ"


def test_the_photograph_is_moved_by_keys_while_the_grid_keeps_the_focus(page, qtbot, tmp_path):
    path = tmp_path / "paper.png"
    image = QImage(4000, 8000, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.save(str(path))
    page.show_paper(path)
    view, alt = page.photo.view, Qt.KeyboardModifier.AltModifier
    across, down = view.horizontalScrollBar(), view.verticalScrollBar()
    qtbot.waitUntil(lambda: down.maximum() > 0)
    assert across.maximum() == 0
    fitted = view.transform().m11()
    qtbot.keyClick(page.grid, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    # the nearer picture settles before its place is asked: a button acts after its key
    qtbot.waitUntil(lambda: view.transform().m11() > fitted)
    for bar, there, back in (
        (down, Qt.Key.Key_Down, Qt.Key.Key_Up),
        (across, Qt.Key.Key_Right, Qt.Key.Key_Left),
    ):
        before = bar.value()
        qtbot.keyClick(page.grid, there, alt)
        qtbot.waitUntil(lambda bar=bar, before=before: bar.value() > before)
        moved = bar.value()
        qtbot.keyClick(page.grid, back, alt)
        qtbot.waitUntil(lambda bar=bar, moved=moved: bar.value() < moved)
    assert page.grid.hasFocus()


def test_at_the_foot_of_a_page_the_next_one_follows(page, qtbot, tmp_path):
    path = tmp_path / "paper.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    painter.drawText(100, 100, "1")
    writer.newPage()
    painter.drawText(100, 100, "2")
    painter.end()
    page.show_paper(path)
    photo, bar = page.photo, page.photo.view.verticalScrollBar()
    for _press in range(20):
        if photo._page == 1:
            break
        assert bar.value() <= bar.maximum()
        photo.move_on(0, 1)
    assert photo._page == 1
    assert bar.value() == bar.minimum()
    photo.move_on(0, -1)
    assert (photo._page, bar.value()) == (0, bar.maximum())
