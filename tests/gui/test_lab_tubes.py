"""Registering one by one, rejecting, counting a box, printing labels: with keys and a scanner."""

import pytest
from PyQt6.QtCore import Qt

from modules.lab import queries, service
from modules.lab.codes import BlockKind, Finding, Stage, State
from modules.lab.service import NewBlock

CARD = "010085001234|063123456|Giàng A Páo|05031985|Nam|Bản Lúc, Nghĩa Đô, Bảo Yên|01012021"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def asked(suite):
    def ask(question, *given):
        with suite.database.read(suite.actor) as work:
            return question(work, *given)

    return ask


@pytest.fixture
def registration(shell, qtbot):
    page = shell.open("lab.registration")
    qtbot.waitUntil(page.form.fields["name"].edit.hasFocus)
    return page


def named(page, qtbot, name, number=""):
    """Type a name and, in the last field, the label; Enter stores."""
    page.form.fields["name"].edit.setText(name)  # keys of a test are ASCII
    qtbot.keyClicks(page.number.edit, number)
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(page.number.edit, ENTER)


def test_enter_in_the_last_field_registers_and_the_next_person_follows(registration, qtbot, asked):
    named(registration, qtbot, "Giàng A Páo")
    assert registration.form.fields["name"].words == ""
    assert registration.form.fields["name"].edit.hasFocus()
    named(registration, qtbot, "Sùng Thị Mỷ")
    rows = asked(queries.samples)
    assert [row.name for row in rows] == ["Giàng A Páo", "Sùng Thị Mỷ"]
    assert len({row.accession for row in rows}) == 2


def test_a_card_fills_the_form_and_a_printed_label_gives_the_number(
    registration, qtbot, asked, suite
):
    with suite.database.work(suite.actor) as work:
        block = service.reserve(work, NewBlock(1, BlockKind.LABELS, "Tổ 1"))
        [label] = queries.labels_of_block(work, block)
    registration.form.fields["name"].edit.setText(CARD)
    qtbot.keyClick(registration.form.fields["name"].edit, ENTER)
    qtbot.waitUntil(lambda: registration.form.fields["name"].words == "Giàng A Páo")
    qtbot.keyClicks(registration.number.edit, label.accession)
    with qtbot.waitSignal(registration.said):
        qtbot.keyClick(registration.number.edit, ENTER)
    [row] = asked(queries.samples)
    assert (row.accession, row.id_no) == (label.accession, "010085001234")


def test_five_people_share_a_tube_and_the_sixth_begins_the_next(registration, qtbot, asked):
    registration.sizes.choose(1)
    for number in range(6):
        named(registration, qtbot, f"Người {number}")
        assert f"{number % 5 + 1} of 5" in registration._head.about
    rows = asked(queries.samples)
    assert [len({r.accession for r in part}) for part in (rows[:5], rows[5:], rows)] == [1, 1, 2]


def test_a_number_that_nobody_printed_stays_and_says_why(registration, qtbot, asked):
    registration.form.fields["name"].edit.setText("Giàng A Páo")
    qtbot.keyClicks(registration.number.edit, "26BY000001")
    qtbot.keyClick(registration.number.edit, ENTER)
    qtbot.waitUntil(lambda: "is not a tube number" in registration.number._below.text())
    assert registration.form.fields["name"].words == "Giàng A Páo"
    assert asked(queries.samples) == []


@pytest.fixture
def reception(shell, qtbot, register):
    page = shell.open("lab.reception")
    page.numbers = register("Giàng A Páo", "Sùng Thị Mỷ")
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 1)
    return page


def test_the_tube_received_last_is_rejected_with_a_reason(reception, qtbot, asked):
    qtbot.keyClicks(reception.scan, reception.numbers[0])
    qtbot.keyClick(reception.scan, ENTER)
    qtbot.waitUntil(reception.bad.isEnabled)
    qtbot.keyClick(reception, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: not reception.rejecting.isHidden())  # a button sinks in first
    qtbot.keyClick(reception.rejecting.note.edit, ENTER)
    qtbot.waitUntil(lambda: "Choose why" in reception.notice.words)
    reception.rejecting.reason.put("BROKEN")
    qtbot.keyClick(reception.rejecting.note.edit, ENTER)
    qtbot.waitUntil(reception.rejecting.isHidden)
    assert "Rejected" in reception.answer.title.text()
    assert asked(queries.tubes_of, reception.numbers)[reception.numbers[0]].stage is Stage.REJECTED
    assert asked(queries.tasks_open) == 1


def test_a_box_is_counted_by_scan_and_signed_with_the_pin(reception, shell, qtbot, asked, prove):
    reception.table.go_to(0)
    qtbot.keyClick(reception, Qt.Key.Key_F9)
    page = shell.open("lab.handover")
    qtbot.waitUntil(lambda: page._row is not None and page.model.length() == 2)
    qtbot.keyClicks(page.scan, reception.numbers[0])
    qtbot.keyClick(page.scan, ENTER)
    qtbot.waitUntil(lambda: "1 of 2 counted" in page._sums.text())
    qtbot.keyClicks(page.scan, "K-17")
    qtbot.keyClick(page.scan, ENTER)
    qtbot.waitUntil(lambda: "press F9" in page.answer.title.text())
    qtbot.keyClick(page, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: "1 not on a list" in page._sums.text())
    page.giver.edit.setText("Hoàng Thị Mẩy")
    page.sign.click()
    prove(page)
    qtbot.waitUntil(lambda: page._row.signed_at is not None)
    assert not page.scan.isEnabled()
    box = asked(queries.box, page._row.id)
    assert [line.finding for line in box] == [Finding.MISSING, Finding.HERE, Finding.EXTRA]
    states = asked(queries.standings, [line.tube_id for line in box if line.tube_id])
    assert {tube.state for tube in states.values()} == {State.COLLECTED, State.RECEIVED}


def test_a_batch_of_labels_is_reserved_and_a_torn_one_noted(shell, qtbot, asked):
    page = shell.open("lab.labels")
    qtbot.keyClicks(page.count.edit, "3")
    qtbot.keyClicks(page.holder.edit, "Team 1")
    qtbot.keyClick(page.holder.edit, ENTER)
    qtbot.waitUntil(lambda: page.model.length() == 1)
    first = page.model.line(0).first
    qtbot.keyClicks(page.label.edit, first)
    qtbot.keyClicks(page.reason.edit, "torn")
    qtbot.keyClick(page.reason.edit, ENTER)
    qtbot.waitUntil(lambda: page.model.line(0).void == 1)
    assert [gap.count for gap in asked(queries.numbers).gaps] == [1, 2]
