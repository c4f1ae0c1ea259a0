"""How many acts the commonest jobs take: a key, a word typed, a scan, a click are one act each.

The jobs are done on the real pages with the keyboard; the table is printed (``pytest -s`` or not).
"""

import sys

import pytest
from openpyxl import Workbook
from PyQt6.QtCore import QObject, Qt, pyqtSignal

from admin_suite.core.permissions import Actor
from admin_suite.db.origin import Origin
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.ui import listing, printing
from admin_suite.ui.dialogs import import_preview
from admin_suite.ui.shell import Shell
from modules.lab import queries, service
from modules.lab.codes import Outcome, Stage
from modules.lab.service import NewResult, NewSample
from modules.results.permissions import RELEASE
from tests.conftest import EVERYTHING, InlineRunner
from tests.gui.conftest import PIN

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
CARD = (
    "010084000001||Giang A Pao|01011984|Nam|Ban Hon, Nghia Do|01012022"  # keys of a test are ASCII
)
NEGATIVES = 94
LIMITS = {
    "Import a list": 5,
    "Receive a whole list": 4,
    "Receive a tube by scanner": 2,
    "Enter results by a list": 5,
    "Check the negatives": 4,
    "Release 94 negatives": 4,
    "Release a positive": 5,
    "Find a person by card": 2,
    "Export a list": 4,
    "Print a list of results": 4,
    "Take an import back": 2,
}


class Hand:
    """Somebody's hand on the keyboard; counts what it does."""

    def __init__(self, shell, qtbot):
        self.shell, self.qtbot, self.acts = shell, qtbot, 0

    def press(self, key, held=NONE):
        self.acts += 1
        self.qtbot.keyClick(self.shell.focusWidget() or self.shell, key, held)

    def scan(self, words):
        self.acts += 1
        target = self.shell.focusWidget() or self.shell
        self.qtbot.keyClicks(target, words)
        self.qtbot.keyClick(target, Qt.Key.Key_Return)

    def prove(self, page):
        """The PIN that a deed which weighs asks for, and Enter."""
        self.until(page.confirm.isVisible)
        self.acts += 1
        self.qtbot.keyClicks(page.confirm.edit, PIN)
        self.qtbot.keyClick(page.confirm.edit, Qt.Key.Key_Return)

    def open(self, name):
        self.acts += 1
        self.shell.navigation.entries[name].click()
        return self.shell.pages[name]

    def answer(self, acts):
        """What the system's own dialog takes: a name typed, Enter."""
        self.acts += acts

    def until(self, reached):
        self.qtbot.waitUntil(reached, timeout=20_000)


class Agreed(QObject):
    """A print dialog in which Enter is pressed."""

    accepted, finished = pyqtSignal(), pyqtSignal()

    def open(self):
        self.accepted.emit()


@pytest.fixture
def hand(qtbot, suite, pinned):
    made = []

    def make(codes=EVERYTHING):
        for old in made:
            old.hide()
        shell = Shell(InlineRunner(suite.acted_by(Actor(1, "no 1", codes))), "suite.db")
        qtbot.addWidget(shell)
        shell.resize(1366, 768)
        with qtbot.waitActive(shell):
            shell.show()
            shell.activateWindow()
        made.append(shell)
        return Hand(shell, qtbot)

    return make


@pytest.fixture
def desk(suite, as_actor, tmp_path, monkeypatch):
    return Desk(suite, as_actor, tmp_path, monkeypatch)


class Desk:
    """What lies on the desk when a job begins."""

    def __init__(self, suite, as_actor, folder, patch):
        self.suite, self.as_actor, self.folder, self.patch = suite, as_actor, folder, patch

    def file(self, *rows):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        path = self.folder / "list.xlsx"
        book.save(path)
        self.patch.setattr(import_preview, "ask_open", lambda *given: given[-1](path))

    def sampling_list(self):
        names = [(f"Lý Văn {n}", "Nam", 1950 + n, "07:30 02/01/2026") for n in range(5)]
        self.file(("Họ và tên", "Giới tính", "Năm sinh", "Ngày giờ lấy mẫu"), *names)

    def samples(self, many, title="List"):
        people = [NewPerson(f"Vàng {title} {n}", "1984") for n in range(many)]
        rows = [NewSample(person, "2026-01-02") for person in people]
        with self.suite.database.work(self.as_actor(2)) as work:
            ids = service.register(work, rows, Origin(title=title)).ids
            return [(row.tube_id, row.accession) for row in queries.sample_rows(work, ids)]

    def measured(self, many, outcome=Outcome.NEGATIVE):
        tubes = self.samples(many, f"{outcome.value} {many}")
        with self.suite.database.work(self.as_actor(2)) as work:
            service.receive(work, [tube for tube, _number in tubes])
            service.enter(work, [NewResult(number, outcome) for _tube, number in tubes])
        return tubes

    def counted(self, stage):
        with self.suite.database.read(self.as_actor(1)) as work:
            return queries.counts(work).of(stage)


def bring(hand):
    shell = hand.shell
    hand.press(Qt.Key.Key_I, CTRL)
    page = shell.pages["import"]
    hand.press(Qt.Key.Key_F2)
    hand.answer(2)
    hand.until(page.store.isVisible)
    hand.press(Qt.Key.Key_Return, CTRL)
    hand.until(lambda: shell.here == "home")


def import_a_list(make, desk):
    desk.sampling_list()
    hand = make()
    bring(hand)
    assert desk.counted(Stage.EXPECTED) == 5
    return hand


def take_it_back(make, desk):
    hand = import_a_list_again(make, desk)
    before = desk.counted(Stage.EXPECTED)
    hand.acts = 0
    hand.press(Qt.Key.Key_Z, CTRL)
    hand.until(lambda: desk.counted(Stage.EXPECTED) == before - 1)
    return hand


def import_a_list_again(make, desk):
    desk.file(
        ("Họ và tên", "Giới tính", "Năm sinh", "Ngày giờ lấy mẫu"),
        ("Sùng Thị Mỷ", "Nữ", 1991, "07:30 02/01/2026"),
    )
    hand = make()
    bring(hand)
    return hand


def receive_a_list(make, desk):
    desk.samples(3)
    hand, waiting = make(), desk.counted(Stage.EXPECTED)
    hand.press(Qt.Key.Key_F2)
    hand.until(lambda: hand.shell.here == "lab.reception")
    page = hand.shell.pages["lab.reception"]
    hand.until(lambda: page.model.length() > 0)
    hand.press(Qt.Key.Key_Tab)
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_F8)
    hand.until(lambda: desk.counted(Stage.EXPECTED) < waiting)
    return hand


def receive_a_tube(make, desk):
    number = desk.samples(2, "Scanned")[0][1]
    hand, here = make(), desk.counted(Stage.RECEIVED)
    hand.press(Qt.Key.Key_F2)
    hand.until(lambda: hand.shell.here == "lab.reception")
    hand.scan(number)
    hand.until(lambda: desk.counted(Stage.RECEIVED) == here + 1)
    return hand


def enter_results(make, desk):
    tubes = desk.samples(3, "To be measured")
    with desk.suite.database.work(desk.as_actor(2)) as work:
        service.receive(work, [tube for tube, _number in tubes])
    desk.file(("Mã số mẫu", "Kết quả"), *((number, "Âm tính") for _tube, number in tubes))
    hand, before = make(), desk.counted(Stage.MEASURED)
    bring(hand)
    assert desk.counted(Stage.MEASURED) == before + 3
    return hand


def check_negatives(make, desk):
    desk.measured(3)
    hand, before = make(EVERYTHING - {RELEASE.code}), desk.counted(Stage.CHECKED)
    page = hand.open("results.release")
    hand.until(page.together.isEnabled)
    hand.press(Qt.Key.Key_F8)
    hand.prove(page)
    hand.until(lambda: desk.counted(Stage.CHECKED) > before)
    return hand


def release_negatives(make, desk):
    desk.measured(NEGATIVES)
    hand = make()
    page = hand.open("results.release")
    hand.until(page.together.isEnabled)
    hand.press(Qt.Key.Key_F8)
    hand.prove(page)
    hand.until(lambda: desk.counted(Stage.RELEASED) >= NEGATIVES)
    return hand


def release_a_positive(make, desk):
    desk.measured(1, Outcome.POSITIVE)
    hand, before = make(), desk.counted(Stage.RELEASED)
    page = hand.open("results.release")
    hand.until(lambda: page.alone.rows.length() > 0)
    page.entered()
    hand.press(Qt.Key.Key_Down)
    hand.until(page.drawer.isVisible)
    hand.press(Qt.Key.Key_F9)
    hand.prove(page)
    hand.until(lambda: desk.counted(Stage.RELEASED) == before + 1)
    return hand


def find_by_card(make, desk):
    person = NewPerson("Giàng A Páo", "1984-01-01", id_no="010084000001")
    with desk.suite.database.work(desk.as_actor(2)) as work:
        add_people(work, [person])
    hand = make()
    hand.scan(CARD)
    hand.until(lambda: hand.shell.here == "registry.person")
    return hand


def export_a_list(make, desk):
    path = desk.folder / "out.xlsx"
    desk.patch.setattr(listing, "ask_save", lambda *given: given[-1](path))
    hand = make()
    page = hand.open("lab.samples")
    hand.until(lambda: page.model.length() > 0)
    hand.press(Qt.Key.Key_E, CTRL)
    hand.prove(page)
    hand.answer(1)
    hand.until(path.exists)
    return hand


def print_a_list(make, desk):
    printed = []
    desk.patch.setattr(printing, "QPrintDialog", lambda *_given: Agreed())
    desk.patch.setattr(printing, "_print_on", lambda *_given: printed.append(1))
    hand = make()
    page = hand.open("results.lists")
    hand.until(page.print.isEnabled)
    hand.press(Qt.Key.Key_P, CTRL)
    hand.prove(page)
    hand.answer(1)
    hand.until(lambda: bool(printed))
    return hand


JOBS = (
    import_a_list,
    receive_a_list,
    receive_a_tube,
    enter_results,
    check_negatives,
    release_negatives,
    release_a_positive,
    find_by_card,
    export_a_list,
    print_a_list,
    take_it_back,
)


def test_the_commonest_jobs_take_few_acts(hand, desk, capsys):
    counted = {n: job(hand, desk).acts for n, job in zip(LIMITS, JOBS, strict=True)}
    with capsys.disabled():
        sys.stdout.write("\n")
        for name, acts in counted.items():
            sys.stdout.write(f"  {name:<28}{acts:>3} acts, at most {LIMITS[name]}\n")
    assert {name: acts for name, acts in counted.items() if acts > LIMITS[name]} == {}
