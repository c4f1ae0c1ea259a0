"""The books of a facility by keyboard: parcels, supplies, payers, staff."""

from PyQt6.QtCore import Qt
from sqlalchemy import select

from admin_suite.registry.models import Person
from modules.quarantine.codes import Duty, Payer
from modules.quarantine.queries.parcels import parcels
from modules.quarantine.queries.payers import payers
from modules.quarantine.queries.supplies import supplies
from tests.gui.test_quarantine import school  # noqa: F401 - a fixture


def told(suite, question):
    """What a question answers about the school."""
    with suite.database.read(suite.actor) as work:
        return question(work).rows


def test_a_parcel_comes_by_f2_and_goes_by_f8(school, shell, qtbot, suite):  # noqa: F811
    with suite.database.read(suite.actor) as work:
        key = work.session.scalar(select(Person.id).where(Person.name == "Lò Thị Mai"))
    page = shell.open("quarantine.parcels")
    qtbot.waitUntil(lambda: page._found is not None)
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.waitUntil(page.drawer.isVisible)
    page.who.put(key, "Lò Thị Mai")
    page.from_whom.edit.setText("Mẹ")
    qtbot.keyClick(page.from_whom.edit, Qt.Key.Key_Return)
    page.content.edit.setText("Sữa")
    qtbot.keyClick(page.content.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.length() == 1)
    assert not page.who.key  # the next one
    page.table.go_to(0)
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: told(suite, parcels)[0].handed_at is not None)
    qtbot.waitUntil(lambda: not page.hand.isEnabled())
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: told(suite, parcels)[0].handed_at is None)


def test_a_supply_is_kept_and_its_ledger_written(school, shell, qtbot, suite):  # noqa: F811
    page = shell.open("quarantine.supplies")
    qtbot.waitUntil(lambda: page._found is not None)
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.waitUntil(page.drawer.isVisible)
    for field, words in ((page.name, "Xà phòng"), (page.unit, "bánh"), (page.least, "5")):
        field.edit.setText(words)
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.model.length() == 1 and not page.drawer.isVisible())
    page.table.opened.emit(0)
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClicks(page.number.edit, "12")
    qtbot.keyClick(page, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: told(suite, supplies)[0].left == 12)
    qtbot.waitUntil(lambda: not page.drawer.isVisible())
    page.table.opened.emit(0)
    qtbot.waitUntil(page.drawer.isVisible)
    qtbot.keyClicks(page.number.edit, "13")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(page.notice.isVisible)
    assert "There are 12 bánh of Xà phòng" in page.notice.words
    assert told(suite, supplies)[0].left == 12


def test_ticked_people_get_another_payer(school, shell, qtbot, suite):  # noqa: F811
    page = shell.open("quarantine.payers")
    qtbot.waitUntil(lambda: page.model.length() == 2)
    assert not page.write.isEnabled()
    page.table.ticked.emit(1)
    page.payer.setCurrentIndex(page.payer.findData(Payer.EMPLOYER.value))
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: [row.own for row in told(suite, payers)] == [False, True])
    assert told(suite, payers)[1].payer is Payer.EMPLOYER


def test_norm_and_staff_are_written_and_the_board_says_what_follows(
    school,  # noqa: F811
    shell,
    qtbot,
):
    page = shell.open("quarantine.staffing")
    qtbot.waitUntil(lambda: page._found is not None)
    page.source.edit.setText("QĐ 7")
    qtbot.keyClicks(page.norms[Duty.NURSE].edit, "3")
    qtbot.keyClick(page, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page._found.source == "QĐ 7")
    page.numbers[Duty.NURSE].edit.setText("1")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page._found.limit is not None)
    board = shell.open("quarantine.board")
    qtbot.waitUntil(lambda: "Limited by staff: 1 health staff" in board._staff.text())
    assert "1 woman" in board._said.text()
