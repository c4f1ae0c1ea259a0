"""The page of rapid tests: scan, one key, next; the page of kits."""

from datetime import date

import pytest
from PyQt6.QtCore import Qt

from admin_suite.ui.widgets.forms import Field
from modules.lab import queries, service
from modules.lab.service import NewLot

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stocked(suite):
    with suite.database.work(suite.actor) as work:
        service.receive_kits(work, [NewLot("Panbio", "41A", 2, date(2099, 1, 1), "Abbott")])


@pytest.fixture
def rapid(shell, qtbot, stocked):
    page = shell.open("lab.rapid")
    qtbot.waitUntil(lambda: page.kit.currentText() == "Panbio · 41A")
    return page


def test_a_card_and_one_key_store_a_test(rapid, qtbot, suite):
    card = "010085001234||Lý Thị Hòa|05031985|Nữ|Thôn 1, xã Kim Sơn, Bảo Yên, Lào Cai|01012021"
    rapid.form.fields["name"].edit.setText(card)
    qtbot.keyClick(rapid.form.fields["name"].edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rapid.form.fields["name"].words == "Lý Thị Hòa")
    with qtbot.waitSignal(rapid.offered):
        qtbot.keyClick(rapid, Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: rapid.model.length() == 1)
    assert rapid.form.fields["name"].words == ""
    assert "take a PCR sample" in rapid.notice.findChild(type(rapid.warning)).text()
    with suite.database.read(suite.actor) as work:
        [test] = queries.rapid_tests(work)
        assert (test.name, test.dob, test.lot) == ("Lý Thị Hòa", "1985-03-05", "41A")
        assert [row.name for row in queries.samples(work)] == ["Lý Thị Hòa"]
        assert queries.lots(work)[0].balance == 1


def test_a_mistake_is_marked_with_its_reason(rapid, qtbot, suite):
    qtbot.keyClicks(rapid.form.fields["name"].edit, "Ly Thi Hoa")
    with qtbot.waitSignal(rapid.offered):
        qtbot.keyClick(rapid, Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(lambda: rapid.model.length() == 1)
    rapid.table.opened.emit(0)
    qtbot.waitUntil(rapid.drawer.isVisible)
    qtbot.keyClick(rapid, Qt.Key.Key_F9)
    assert rapid.model.length() == 1, "not without a reason"
    why = rapid.drawer.findChildren(Field)[-1]
    qtbot.keyClicks(why.edit, "wrong person")
    qtbot.keyClick(rapid, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: rapid.model.length() == 0)


def test_a_lot_that_is_used_up_warns_before_the_test(rapid, qtbot, suite):
    assert not rapid.warning.isVisible()
    rapid.kit.setEditText("Panbio · unknown")
    assert rapid.warning.isVisible()
    with suite.database.work(suite.actor) as work:
        service.discard_kits(work, 1, 2, "wet")
    rapid.kit.setEditText("Panbio · 41A")
    rapid.reload()
    qtbot.waitUntil(lambda: "Count the boxes" in rapid.warning.text())


def test_the_ledger_is_written_beside_the_lot(shell, qtbot, suite, stocked):
    page = shell.open("lab.kits")
    qtbot.waitUntil(lambda: page.model.length() == 1)
    page.table.opened.emit(0)
    qtbot.waitUntil(page.drawer.isVisible)
    number, why = page.drawer.findChildren(Field)
    qtbot.keyClicks(number.edit, "7")
    qtbot.keyClicks(why.edit, "counted by An")
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: page.model.line(0).balance == 7)
