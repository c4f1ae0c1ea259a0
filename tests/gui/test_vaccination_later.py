"""What comes later or goes otherwise: a reaction at home, a rest cut short, a typed receipt."""

from datetime import UTC, datetime, timedelta

import pytest

from admin_suite.core.clock import here, shown
from admin_suite.module import Period
from admin_suite.ui import theme
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, Field
from modules.vaccination import queries, service
from modules.vaccination.codes import Move, Turn
from modules.vaccination.pages import confirming
from modules.vaccination.pages.correcting import ask_correction
from modules.vaccination.pages.desk import DeskPage
from modules.vaccination.pages.reactions import ReactionsPage
from modules.vaccination.pages.registered import RegisteredPage
from modules.vaccination.pages.sessions import SessionsPage
from modules.vaccination.pages.stock import StockPage
from modules.vaccination.queries import counting
from modules.vaccination.service import NewInjection

NAMES = ("Lý Văn An", "Bàn Thị Bé", "Giàng A Chu")


@pytest.fixture
def session(session_of):
    """A session of today with three people on its list: session, people."""
    return session_of(*NAMES)


def asked(suite, question, *args):
    with suite.database.read(suite.actor) as work:
        return question(work, *args)


def done(suite, verb, *args, **more):
    with suite.database.work(suite.actor) as work:
        return verb(work, *args, **more)


@pytest.fixture
def home(suite, session):
    """The first of the list was injected and has gone home: visit, dose, vial."""
    vial = done(suite, service.open_vial, session[0])
    visit = done(suite, service.arrive, session[0], session[1][0])
    dose = done(suite, service.inject, visit, NewInjection(vial, "u"))
    done(suite, service.leave, [visit])
    return visit, dose, vial


def press(page, words):
    [one] = [one for one in page.drawer.findChildren(Button) if one.words == words]
    one.click()


def fields(page):
    return {one.edit.accessibleName(): one for one in page.drawer.findChildren(Field)}


def made(kind, qtbot, runner):
    page = kind(runner)
    qtbot.addWidget(page)
    return page


def backs_of(page):
    backs = []
    page.offered.connect(lambda _words, undo: backs.append(undo))
    return backs


# -- reactions at home ----------------------------------------------------------------------------


def usual(suite):
    """How many people have had a usual reaction by the report of today."""
    day = here(datetime.now(UTC)).date()
    return asked(suite, counting.reactions, Period.of_days(day, day))[0]


def test_whoever_has_gone_home_has_a_reaction_by_his_card(home, suite, qtbot, runner, session):
    page = made(RegisteredPage, qtbot, runner)
    qtbot.waitUntil(lambda: page.model.length() == len(NAMES))
    page._open(0)
    qtbot.waitUntil(lambda: any(b.words == "Reaction" for b in page.findChildren(Button)))
    backs, went = backs_of(page), []
    page.go.connect(lambda name, key: went.append((name, key)))
    press(page, "Reaction")
    press(page, "Fever")
    qtbot.waitUntil(lambda: len(backs) == 1)
    assert usual(suite) == 1
    backs[0]()
    qtbot.waitUntil(lambda: usual(suite) == 0)
    press(page, "Severe reaction")
    assert went == [("vaccination.reactions", home[1])]


def test_whoever_is_not_injected_has_no_key_for_a_reaction(suite, qtbot, runner, session):
    page = made(RegisteredPage, qtbot, runner)
    qtbot.waitUntil(lambda: page.model.length() == len(NAMES))
    page._open(1)
    qtbot.waitUntil(lambda: any(b.words == "Whole card" for b in page.findChildren(Button)))
    assert not any(b.words == "Reaction" for b in page.findChildren(Button))


def test_a_guest_who_is_not_registered_has_one_by_the_list_of_his_session(
    home, suite, qtbot, runner, session
):
    page = made(SessionsPage, qtbot, runner)
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)
    page._open(0)
    named = "People of the session"
    qtbot.waitUntil(lambda: named in {t.accessibleName() for t in page.drawer.findChildren(Table)})
    [called] = [t for t in page.drawer.findChildren(Table) if t.accessibleName() == named]
    at = called.rows.place_of(lambda one: one.dose_id is None)
    called.setCurrentIndex(called.model().index(at, 0))
    press(page, "Reaction")
    assert page.notice.words == "Choose somebody of the list who was vaccinated."
    at = called.rows.place_of(lambda one: one.dose_id == home[1])
    called.setCurrentIndex(called.model().index(at, 0))
    press(page, "Reaction")
    press(page, "Pain and swelling")
    qtbot.waitUntil(lambda: usual(suite) == 1)


def test_at_the_desk_whoever_is_called_up_again_is_offered_too(home, suite, qtbot, runner, session):
    desk = made(DeskPage, qtbot, runner)
    qtbot.waitUntil(lambda: desk._session == session[0])
    desk.queue.arrived.emit(session[1][0], "")
    qtbot.waitUntil(lambda: desk._steps is not None and desk._steps.dose_id == home[1])
    desk.react.click()
    qtbot.waitUntil(lambda: any(b.words == "Fever" for b in desk.drawer.findChildren(Button)))
    press(desk, "Other usual reaction")
    qtbot.waitUntil(lambda: usual(suite) == 1)


# -- the desk -------------------------------------------------------------------------------------


def test_the_next_person_is_the_one_behind_and_everybody_has_his_turn(
    suite, qtbot, runner, session
):
    for person in session[1]:
        done(suite, service.arrive, session[0], person)
    desk = made(DeskPage, qtbot, runner)
    qtbot.waitUntil(lambda: desk._steps is not None)
    seen = [desk._steps.name]
    for _turn in NAMES:
        desk.next.click()
        qtbot.waitUntil(lambda: desk._steps.name != seen[-1])
        seen.append(desk._steps.name)
    assert seen == [*NAMES, NAMES[0]]


def test_a_rest_that_was_cut_short_is_said_and_taken_back(suite, qtbot, runner, session):
    vial = done(suite, service.open_vial, session[0])
    visits = [done(suite, service.arrive, session[0], one) for one in session[1][:2]]
    long_ago = datetime.now(UTC) - timedelta(minutes=31)
    done(suite, service.inject, visits[0], NewInjection(vial, "a", at=long_ago))
    done(suite, service.inject, visits[1], NewInjection(vial, "b"))
    desk = made(DeskPage, qtbot, runner)
    qtbot.waitUntil(lambda: len(desk._board._shown) == 2)
    backs = backs_of(desk)
    desk.digit(1)
    qtbot.waitUntil(lambda: len(desk._board._shown) == 1)
    assert desk.notice.isHidden()
    desk.digit(1)
    qtbot.waitUntil(lambda: len(desk._board._shown) == 0)
    qtbot.waitUntil(lambda: desk.notice.words.startswith(f"{NAMES[1]} went home 30 minutes before"))
    backs[-1]()
    qtbot.waitUntil(lambda: [one.name for one in desk._board._shown] == [NAMES[1]])
    assert asked(suite, queries.desk.steps, visits[1]).turn is Turn.WATCHED


# -- the store ------------------------------------------------------------------------------------


@pytest.fixture
def stock(qtbot, runner, session):
    page = made(StockPage, qtbot, runner)
    page.show()
    qtbot.waitUntil(lambda: page.table.rows.length() == 1 and bool(page._products))
    return page


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("Number of doses", "một trăm"),
        ("Number of doses", ""),
        ("Doses in a vial", "10 liều"),
        ("Expires", ""),
        ("Expires", "31/2/2027"),
        ("Expires", "cuối năm"),
    ],
)
def test_what_cannot_be_read_of_a_receipt_is_said_and_nothing_is_stored(stock, suite, field, words):
    stock._ask_receipt()
    for name, typed in {"Lot": "AB1", "Number of doses": "60", "Expires": "31/12/2030"}.items():
        fields(stock)[name].edit.setText(typed)
    fields(stock)[field].edit.setText(words)
    press(stock, "Receive")
    assert fields(stock)[field].edit.property("wrong") == "true"
    assert len(asked(suite, queries.stock.lots)) == 1


@pytest.mark.parametrize(
    ("words", "until"), [("31/12/2030", "2030-12-31"), ("02/2028", "2028-02-29")]
)
def test_a_label_may_tell_the_month_alone(stock, suite, qtbot, words, until):
    stock._ask_receipt()
    for name, typed in {"Lot": "AB1", "Number of doses": "60", "Expires": words}.items():
        fields(stock)[name].edit.setText(typed)
    press(stock, "Receive")
    qtbot.waitUntil(lambda: len(asked(suite, queries.stock.lots)) == 2)
    [lot] = [one for one in asked(suite, queries.stock.lots) if one.lot == "AB1"]
    assert (lot.balance, f"{lot.expires_on}") == (60, until)


def booked(stock, kind, words):
    [choice] = [one for one in stock.drawer.findChildren(Choice) if one.findData("ADJUST") >= 0]
    choice.setCurrentIndex(choice.findData(kind.value))
    fields(stock)["Number of doses"].edit.setText(words)
    fields(stock)["Why"].edit.setText("kiểm kê")
    press(stock, "Book")


def test_a_booking_is_taken_back_and_a_count_says_more_or_fewer(stock, suite, qtbot):
    [lot] = asked(suite, queries.stock.lots)
    backs = backs_of(stock)
    stock._ask_move(lot)
    booked(stock, Move.ADJUST, "6")
    assert fields(stock)["Number of doses"].edit.property("wrong") == "true"
    booked(stock, Move.ADJUST, "-6")
    qtbot.waitUntil(lambda: len(backs) == 1)
    qtbot.waitUntil(lambda: "Number of doses" not in fields(stock))  # the lot is shown again
    backs[0]()
    qtbot.waitUntil(lambda: asked(suite, queries.stock.lots)[0].balance == 60)


def test_what_is_typed_of_a_lot_stays_while_a_colleague_opens_a_vial(stock, suite, qtbot, session):
    [lot] = asked(suite, queries.stock.lots)
    stock._show_lot(lot)
    qtbot.waitUntil(lambda: any(b.words == "Book out" for b in stock.drawer.findChildren(Button)))
    stock._ask_recall(lot)
    fields(stock)["Why is it recalled?"].edit.setText("CV 12")
    done(suite, service.open_vial, session[0])
    stock.reload()
    qtbot.waitUntil(lambda: stock.table.rows.line(0).balance == 54)
    qtbot.wait(50)
    assert fields(stock)["Why is it recalled?"].words == "CV 12"


def test_a_vial_is_closed_with_what_was_really_left(home, suite, qtbot, runner, session):
    page = made(SessionsPage, qtbot, runner)
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)
    page._open(0)
    qtbot.waitUntil(lambda: page._session is not None)
    [vial] = asked(suite, queries.stock.vials_of, session[0])
    page._end_vial(vial)
    assert fields(page)["Doses thrown away"].words == "5"
    fields(page)["Doses thrown away"].edit.setText("bốn")
    press(page, "Close the vial")
    assert fields(page)["Doses thrown away"].edit.property("wrong") == "true"
    fields(page)["Doses thrown away"].edit.setText("4")
    press(page, "Close the vial")
    vials = queries.stock.vials_of
    qtbot.waitUntil(lambda: asked(suite, vials, session[0])[0].difference == 1)
    named = "Vials of the session"
    qtbot.waitUntil(lambda: named in {t.accessibleName() for t in page.drawer.findChildren(Table)})


# -- corrections ----------------------------------------------------------------------------------


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Where every paper goes that is to be saved."""
    monkeypatch.setattr(confirming, "ask_save", lambda *given: given[-1](tmp_path / given[2]))
    return tmp_path


@pytest.mark.usefixtures("home")
def test_what_is_corrected_is_printed_anew_at_once_and_later(suite, qtbot, runner, session, folder):
    person = session[1][0]
    done(suite, service.issue_slips, [person])
    done(suite, service.ask_correction, person, "name", "Lý Văn Ân", "CCCD")
    page = made(ReactionsPage, qtbot, runner)
    page.segments.choose(1)
    qtbot.waitUntil(lambda: page.asked.rows.length() == 1)
    backs = backs_of(page)
    page._open_asked(0)
    press(page, "Correct and print anew")
    file = folder / "Confirmation of vaccination.pdf"
    qtbot.waitUntil(lambda: file.exists() and len(backs) == 1)
    assert file.read_bytes().startswith(b"%PDF")
    file.unlink()
    page.reload()
    qtbot.waitUntil(lambda: page.asked.rows.line(0).slips != ())
    page._open_asked(0)
    press(page, "Print the new slips")
    qtbot.waitUntil(file.exists)


def test_whoever_asks_is_told_the_number_and_until_when(suite, qtbot, runner, session):
    page = made(RegisteredPage, qtbot, runner)
    qtbot.waitUntil(lambda: page.model.length() == len(NAMES))
    ask_correction(page, session[1][0], NAMES[0])
    qtbot.waitUntil(lambda: "Should be" in fields(page))
    fields(page)["Should be"].edit.setText("Lý Văn Ân")
    press(page, "Ask for a correction")
    qtbot.waitUntil(lambda: not page.notice.isHidden())
    [row] = asked(suite, queries.corrections.corrections)
    told = f"Request {row.number} is answered until {shown(row.due_on)}."
    assert page.notice.words == told


def test_the_telephones_of_a_recall_are_read_whole(home, qtbot, shell):
    page = shell.open("vaccination.stock")
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)
    page._open(0)
    given = "Who was given it"
    qtbot.waitUntil(lambda: given in {b.words for b in page.drawer.findChildren(Button)})
    press(page, given)
    name = "People of the lot"
    tables = page.drawer.findChildren
    qtbot.waitUntil(lambda: name in {t.accessibleName() for t in tables(Table)})
    [people] = [t for t in tables(Table) if t.accessibleName() == name]
    qtbot.waitUntil(lambda: people.rows.length() == 1)
    for column in (1, 2):
        told = people.model().index(0, column).data()
        needed = people.fontMetrics().horizontalAdvance(told)
        assert people.columnWidth(column) >= needed + 2 * theme.M
    assert people.horizontalScrollBar().maximum() == 0


def test_a_recall_that_was_lifted_by_mistake_is_there_again_by_one_key(
    suite, qtbot, runner, session
):
    """The key that recalls a lot lifts its recall too."""
    [lot] = asked(suite, queries.stock.lots)
    with suite.database.work(suite.actor) as work:
        service.recall(work, lot.id, "CV 12")
    page = made(StockPage, qtbot, runner)
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)
    backs = backs_of(page)
    page._open(0)
    lift = "Lift the recall"
    qtbot.waitUntil(lambda: lift in {b.words for b in page.drawer.findChildren(Button)})
    press(page, lift)
    qtbot.waitUntil(lambda: len(backs) == 1)
    assert asked(suite, queries.stock.lots)[0].recalled_at is None
    backs[0]()
    qtbot.waitUntil(lambda: asked(suite, queries.stock.lots)[0].recalled_at is not None)
    assert asked(suite, queries.stock.lots)[0].recall_reason == "CV 12"


def test_what_is_missing_of_a_vial_stands_in_sight(home, qtbot, shell):
    page = shell.open("vaccination.sessions")
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)
    page._open(0)
    name, tables = "Vials of the session", page.drawer.findChildren
    qtbot.waitUntil(lambda: name in {t.accessibleName() for t in tables(Table)})
    [vials] = [t for t in tables(Table) if t.accessibleName() == name]
    qtbot.waitUntil(lambda: vials.rows.length() == 1)
    qtbot.waitUntil(lambda: vials.horizontalScrollBar().maximum() == 0)
