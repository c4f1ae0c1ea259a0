"""The stations of a session: one person alone does it all, a seat at a station sees its own."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from admin_suite.ui.remembered import remembered_here
from admin_suite.ui.widgets.buttons import Button
from modules.vaccination import queries, service
from modules.vaccination.codes import Consent, Screened, Station, Turn
from modules.vaccination.pages import desk as desks
from modules.vaccination.pages.desk import DeskPage
from modules.vaccination.pages.stations import KEPT

MOST_ACTS = 5
NAMES = ("Lý Văn An", "Bàn Thị Bé", "Giàng A Chu")


@pytest.fixture
def session(suite, session_of):
    """A session of today with three people on its list and an open vial; their visits."""
    session, people = session_of(*NAMES)
    with suite.database.work(suite.actor) as work:
        service.open_vial(work, session)
    return session, people


@pytest.fixture
def seat(qtbot, runner, session):
    """A desk that opens at a station, as it was chosen at this computer before."""
    before = remembered_here().value(KEPT)

    def opened(station):
        remembered_here().setValue(KEPT, station.value)
        page = DeskPage(runner)
        page.resize(1366, 768)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda: page._session == session[0])
        return page

    yield opened
    remembered_here().setValue(KEPT, before)


def asked(suite, question, *args):
    with suite.database.read(suite.actor) as work:
        return question(work, *args)


def names(page):
    lines = [page.queue._lines.itemAt(n).widget() for n in range(page.queue._lines.count())]
    said = [one.accessibleName() for one in lines if one is not None]
    return [name for name in NAMES if any(words.startswith(name) for words in said)]


class Hands:
    """What somebody's hands do at the keyboard, each key that is pressed for a deed counted."""

    def __init__(self, qtbot, page):
        self._qtbot, self._page, self.acts = qtbot, page, 0

    def call(self, phone):
        """Typing or scanning who has come, with Enter at its end, is one act."""
        self._qtbot.keyClicks(self._page.queue.who.edit, phone)
        self._qtbot.keyClick(self._page.queue.who.edit, Qt.Key.Key_Return)
        self.acts += 1

    def press(self, key):
        self._qtbot.keyClick(self._page, key)
        self.acts += 1

    def digit(self, number):
        self._page.digit(number)
        self.acts += 1


def test_one_person_alone_needs_at_most_five_acts_a_head(seat, suite, qtbot, session, monkeypatch):
    monkeypatch.setattr(desks, "PAUSE_MS", 0)  # hands of a test are faster than any nurse's
    page = seat(Station.ALONE)
    qtbot.waitUntil(lambda: page.vial.vial is not None)
    for at, name in enumerate(NAMES):
        hands = Hands(qtbot, page)
        hands.call(f"091234560{at}")
        qtbot.waitUntil(lambda: page._steps is not None and page._steps.name == name)  # noqa: B023
        visit = page._visit
        hands.press(Qt.Key.Key_F3)
        qtbot.waitUntil(lambda: page._steps.screened is Screened.ELIGIBLE)
        hands.press(Qt.Key.Key_F8)
        qtbot.waitUntil(lambda: len(page._board._shown) == 1)
        hands.digit(1)
        qtbot.waitUntil(lambda: not page._board._shown)
        steps = asked(suite, queries.desk.steps, visit)
        assert (steps.turn, steps.consent) == (Turn.DONE, Consent.GIVEN)
        assert hands.acts <= MOST_ACTS


def test_each_station_does_its_own_act_and_hands_on(seat, suite, qtbot, session):
    key, people = session
    with suite.database.work(suite.actor) as work:
        for person in people:
            service.arrive(work, key, person)
    reception = seat(Station.RECEPTION)
    qtbot.waitUntil(lambda: names(reception) == list(NAMES))
    assert not reception.screening.isVisible()
    assert not reception.injected.isVisible()
    assert reception._board.isHidden()
    qtbot.waitUntil(lambda: reception._steps is not None)
    qtbot.keyClick(reception, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: names(reception) == list(NAMES[1:]))
    screening = seat(Station.SCREENING)
    qtbot.waitUntil(lambda: screening._steps is not None)
    assert names(screening) == [NAMES[0]]
    assert (screening.screening.isVisible(), screening.vial.isVisible()) == (True, False)
    qtbot.keyClick(screening, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: names(screening) == [])
    needle = seat(Station.INJECTION)
    qtbot.waitUntil(lambda: needle._steps is not None and needle.vial.vial is not None)
    assert names(needle) == [NAMES[0]]
    assert (needle.done.isVisible(), needle.injected.isVisible()) == (False, True)
    qtbot.keyClick(needle, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: names(needle) == [])
    board = seat(Station.REST)
    qtbot.waitUntil(lambda: [one.name for one in board._board._shown] == [NAMES[0]])
    assert (board.queue.isVisible(), board._centre.isVisible()) == (False, False)
    board.digit(1)
    qtbot.waitUntil(lambda: not board._board._shown)


def test_who_does_not_consent_at_reception_goes_no_further(seat, suite, qtbot, session):
    key, people = session
    page = seat(Station.RECEPTION)
    page.queue.arrived.emit(people[0], "")
    qtbot.waitUntil(lambda: page._steps is not None)
    visit = page._visit
    assert page.defer.words == "Does not consent"
    qtbot.keyClick(page, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: names(page) == [])
    assert asked(suite, queries.desk.steps, visit).turn is Turn.REFUSED
    assert asked(suite, queries.desk.queue, key) == []


def test_whoever_is_scanned_at_the_needle_is_injected_though_steps_are_missing(
    seat, suite, qtbot, session
):
    _key, people = session
    page = seat(Station.INJECTION)
    page.queue.arrived.emit(people[1], "")
    qtbot.waitUntil(lambda: page._steps is not None and page.vial.vial is not None)
    visit = page._visit
    page.reload()
    qtbot.keyClick(page, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: asked(suite, queries.desk.steps, visit).dose_id is not None)


def test_the_station_is_kept_for_this_computer(seat, qtbot):
    page = seat(Station.ALONE)
    page.station.setCurrentIndex(page.station.findData(Station.REST.value))
    page.station.activated.emit(page.station.currentIndex())
    assert remembered_here().value(KEPT) == "REST"
    assert page.queue.isHidden()


@pytest.fixture
def resting(suite, session):
    """Everybody of the list was injected; their doses, in the order of the board."""
    key, people = session
    with suite.database.work(suite.actor) as work:
        [vial] = queries.stock.vials_of(work, key)
        visits = [service.arrive(work, key, person) for person in people]
        return [
            service.inject(work, visit, service.NewInjection(vial.id, f"r-{visit}"))
            for visit in visits
        ]


@pytest.fixture
def keyed(shell, qtbot, resting):
    """The desk in its window, whose keys go where the focus is, as a hand has it; and the page."""
    page = shell.open("vaccination.desk")
    qtbot.waitUntil(lambda: len(page._board._shown) == len(NAMES))
    page.queue.who.edit.setFocus()

    def do(key, words):
        qtbot.keyClick(QApplication.focusWidget(), key)
        shown = page.drawer.findChildren
        qtbot.waitUntil(lambda: any(b.words.startswith(words) for b in shown(Button)))

    return do, page


def test_a_usual_reaction_is_noted_by_digits_wherever_the_hands_were(
    keyed, suite, qtbot, session, resting
):
    do, page = keyed
    do(Qt.Key.Key_F9, NAMES[1])
    do(Qt.Key.Key_2, "Fever")  # whoever has that digit on the board
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    qtbot.waitUntil(page.drawer.isHidden)
    rests = asked(suite, queries.desk.resting, session[0])
    told = {one.dose_id: [kind.name for kind in one.reactions] for one in rests}
    assert told == {resting[0]: [], resting[1]: ["FEVER"], resting[2]: []}
    page.digit(1)  # the digits are those of the board again
    qtbot.waitUntil(lambda: len(page._board._shown) == len(NAMES) - 1)


def test_a_severe_reaction_opens_its_report_by_the_last_digit(keyed, shell, qtbot):
    do, _page = keyed
    do(Qt.Key.Key_F9, NAMES[2])
    do(Qt.Key.Key_3, "Severe reaction")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4)
    there = shell.stack
    qtbot.waitUntil(lambda: shell.pages.get("vaccination.reactions") is there.currentWidget())
