"""A correction of a dose is asked for on the card and on the page, and papers say their state."""

import pytest
from PyQt6.QtWidgets import QLabel

from admin_suite.excel.sheet import Change
from admin_suite.registry.service import NewPerson
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Choice, Field
from modules.vaccination import queries, service
from modules.vaccination.codes import Wrong
from modules.vaccination.pages.correcting import ask_correction
from modules.vaccination.pages.reactions import ReactionsPage
from modules.vaccination.pages.registered import RegisteredPage
from modules.vaccination.service import NewRegistration

PERSON = NewPerson("Lý Thị Sai", "1980", phone="0912000333")


def asked(suite, question, *args):
    with suite.database.read(suite.actor) as work:
        return question(work, *args)


def done(suite, verb, *args):
    with suite.database.work(suite.actor) as work:
        return verb(work, *args)


@pytest.fixture
def whose(suite):
    """Somebody with a dose of a list and a confirmation: person and dose."""
    told = NewRegistration(PERSON, None, product1="Vaxzevria", on1="2021-06-10", lot1="ABV5297")
    [key] = done(suite, service.register, [told]).ids
    [row] = asked(suite, queries.registrations.registration_rows, [key])
    done(suite, service.issue_slips, [row.person_id])
    [dose] = asked(suite, queries.doses.rows)
    return row.person_id, dose.id


def made(kind, qtbot, runner):
    page = kind(runner)
    qtbot.addWidget(page)
    page.show()
    return page


def press(page, words):
    [one] = [one for one in page.findChildren(Button) if one.words == words and one.isVisible()]
    one.click()


def field(page, name):
    [one] = [f for f in page.drawer.findChildren(Field) if f.edit.accessibleName() == name]
    return one


def choose(page, name, value):
    [box] = [b for b in page.drawer.findChildren(Choice) if b.accessibleName() == name]
    box.setCurrentIndex(box.findData(value))
    assert box.currentData() == value
    box.activated.emit(box.currentIndex())


def seen(page):
    """The names of the fields and choices that somebody sees in the card."""
    fields = [f.edit for f in page.drawer.findChildren(Field) if f.isVisible()]
    boxes = [b for b in page.drawer.findChildren(Choice) if b.isVisible()]
    return {one.accessibleName() for one in (*fields, *boxes)}


def requests(suite):
    return asked(suite, queries.corrections.corrections)


def card(page, qtbot):
    qtbot.waitUntil(lambda: page.model.length() == 1)
    page._open(0)
    qtbot.waitUntil(page.drawer.isVisible)


def test_the_lot_of_a_dose_is_asked_for_on_the_card(qtbot, runner, suite, whose):
    page = made(RegisteredPage, qtbot, runner)
    card(page, qtbot)
    press(page, "Ask for a correction")
    about, what = "Person or dose", "What is wrong"
    qtbot.waitUntil(lambda: seen(page) == {about, what, "Should be", "Evidence"})
    choose(page, about, str(whose[1]))
    qtbot.waitUntil(lambda: seen(page) == {about, what, "Vaccine", "Evidence"})
    choose(page, what, "never")
    qtbot.waitUntil(lambda: seen(page) == {about, what, "Evidence"})
    choose(page, what, "lot")
    qtbot.waitUntil(lambda: seen(page) == {about, what, "Lot", "Evidence"})
    field(page, "Lot").edit.setText("abv 5298")
    press(page, "Ask for a correction")
    qtbot.waitUntil(lambda: len(requests(suite)) == 1)
    [one] = requests(suite)
    assert (one.field, one.now, one.wanted) == (Wrong.LOT, "ABV5297", "ABV5298")


def test_a_missing_dose_is_asked_for_on_the_page_of_corrections(qtbot, runner, suite, whose):
    page = made(ReactionsPage, qtbot, runner)
    press(page, "Ask for a correction")
    assert page.segments.at() == 1
    [who] = page.drawer.findChildren(Picker)
    who.scan("0912000333")
    qtbot.waitUntil(lambda: page.drawer.findChildren(Choice) != [])
    choose(page, "Person or dose", "missing")
    about = {"Person or dose", "Evidence", "Known from", "Vaccine"}
    told = {"Day of the injection", "Lot", "Which dose", "Place of the injection"}
    qtbot.waitUntil(lambda: seen(page) == about | told)
    field(page, "Day of the injection").edit.setText("10/8/2021")
    choose(page, "Vaccine", "Comirnaty")
    field(page, "Which dose").edit.setText("mũi 2")
    press(page.drawer, "Ask for a correction")
    qtbot.waitUntil(lambda: len(requests(suite)) == 1)
    [one] = requests(suite)
    assert (one.field, one.wanted) == (Wrong.MISSING, "Dose 2: Comirnaty 10/08/2021")


def test_a_card_that_is_closed_before_the_vaccines_are_known_does_no_harm(
    qtbot, runner, suite, whose, monkeypatch
):
    page = made(RegisteredPage, qtbot, runner)
    card(page, qtbot)
    waiting = []
    monkeypatch.setattr(page, "ask", lambda show, _question, *_args: waiting.append(show))
    ask_correction(page, whose[0], "Lý Thị Sai")
    page.close_card()
    [answer] = waiting
    answer({"Comirnaty": None})
    qtbot.waitUntil(lambda: "Person or dose" in seen(page))


def words(page):
    return " ".join(label.text() for label in page.drawer.findChildren(QLabel))


def test_the_card_says_which_paper_is_no_longer_right(qtbot, runner, suite, whose):
    page = made(RegisteredPage, qtbot, runner)
    card(page, qtbot)
    assert "XN-" in words(page)
    assert "No longer right" not in words(page)
    done(suite, service.correct_doses, [Change(whose[1], {"lot": ("ABV5297", "ABV5298")})])
    page._open(0)
    qtbot.waitUntil(lambda: "No longer right; Ctrl P prints it anew" in words(page))
    done(suite, service.issue_slips, [whose[0]])
    page._open(0)
    qtbot.waitUntil(lambda: "Replaced; XN-" in words(page))


def test_a_misspelled_vaccine_is_put_right_by_one_button_of_the_preview(shell, qtbot, tmp_path):
    file = tmp_path / "DANH SÁCH ĐĂNG KÝ TIÊM.csv"
    file.write_text(
        "Họ và tên,Năm sinh,Mã nhóm đối tượng,Mũi 1: vắc xin,Mũi 1: ngày tiêm\n"
        "Lý Thị Hai,1981,7,Pfzier,10/06/2021\n",
        encoding="utf-8",
    )
    shell.bring_file(str(file))
    page = shell.pages["import"]
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 2, timeout=20_000)
    qtbot.waitUntil(lambda: not page.offers.isHidden())
    assert page.offers.words == "Confirm 1 proposal"
    page.offers.click()
    qtbot.waitUntil(page.offers.isHidden)
    [item] = page.found.draft.items
    assert item.product1 == "Comirnaty"
