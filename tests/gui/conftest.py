"""Fixtures of the window: one engine is enough here, answers come in line, nothing may be modal."""

import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
from PyQt6 import sip
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QDialog, QMenu, QMessageBox, QWidget
from sqlalchemy import select

from admin_suite.core.clock import here
from admin_suite.core.i18n import speak
from admin_suite.db.origin import Origin
from admin_suite.registry.hashes import kept
from admin_suite.registry.models import User
from admin_suite.registry.service import NewPerson
from admin_suite.ui import theme
from admin_suite.ui.shell import Shell
from admin_suite.ui.widgets.buttons import Button
from modules.lab import queries, service
from modules.lab.codes import Outcome, Stage
from modules.lab.service import NewResult, NewSample
from modules.vaccination import service as vaccination
from modules.vaccination.queries import registrations

SENDER = "Trạm Y tế xã Nghĩa Đô"
PIN = "2705"


@pytest.fixture(autouse=True)
def no_loop_of_its_own(monkeypatch):
    def fail(*_arguments, **_more):
        pytest.fail("something opened a modal loop")

    for kind in (QDialog, QMessageBox, QMenu):
        monkeypatch.setattr(kind, "exec", fail)


@pytest.fixture(autouse=True)
def nothing_flashes(monkeypatch):
    """What is shown before it has its place is a window for a moment, and takes the keys along."""
    alone = []

    def watched(plain):
        def show(widget, *visible):
            if widget.parentWidget() is None and all(visible):
                alone.append(widget)
            plain(widget, *visible)

        return show

    for name in ("show", "setVisible"):
        monkeypatch.setattr(QWidget, name, watched(getattr(QWidget, name)))
    yield
    placed = [one for one in alone if not sip.isdeleted(one) and one.parentWidget() is not None]
    assert placed == []


@pytest.fixture(scope="session")
def dressed(qapp):
    theme.apply(qapp, theme.LIGHT)


@pytest.fixture(autouse=True)
def in_english(qapp, dressed):
    """Dressed anew only after a test that changed it: Qt asks every widget that is left."""
    speak("en")
    if theme.now() is not theme.LIGHT:
        theme.apply(qapp, theme.LIGHT)
    yield
    speak("vi")


@pytest.fixture
def url(template, tmp_path):
    shutil.copy(template, tmp_path / "suite.db")
    return f"sqlite:///{tmp_path / 'suite.db'}"


@pytest.fixture
def register(suite):
    def do(*names, sender=SENDER, pool=""):
        people = [NewSample(NewPerson(n, "1984"), "2026-01-02", pool) for n in names]
        with suite.database.work(suite.actor) as work:
            service.register(work, people, Origin("", "List", sender, date(2026, 1, 2)))
            return [row.accession for row in queries.samples(work)][-len(names) :]

    return do


@pytest.fixture
def session_of(suite):
    """A vaccination session of today: who is on its list, which lots are in stock how long."""

    def planned(*names, lots=(("FD9234", 90),)):
        people = [NewPerson(name, "1985", phone=f"091234560{at}") for at, name in enumerate(names)]
        day = here(datetime.now(UTC)).date()
        until = {lot: day + timedelta(days=days) for lot, days in lots}
        with suite.database.work(suite.actor) as work:
            rows = [vaccination.NewRegistration(one, 7) for one in people]
            keys = vaccination.register(work, rows).ids
            ids = [one.person_id for one in registrations.registration_rows(work, keys)]
            receipts = [
                vaccination.NewReceipt("Comirnaty", lot, 60, end) for lot, end in until.items()
            ]
            vaccination.receive_stock(work, receipts)
            place = "Trạm Y tế xã Bảo Hà"
            plan = vaccination.NewSession(day, place, "Comirnaty", 60, ends="23:59")
            session = vaccination.plan(work, plan)
            vaccination.invite(work, session, ids)
        return session, ids

    return planned


@pytest.fixture
def measure(suite, as_actor):
    """Receives and measures tubes, as a colleague of that number."""

    def do(number, results):
        with suite.database.work(as_actor(number)) as work:
            there = queries.tubes_of(work, list(results))
            expected = [t.id for t in there.values() if t.stage is Stage.EXPECTED]
            service.receive(work, expected)
            service.enter(work, [NewResult(tube, out) for tube, out in results.items()])

    return do


@pytest.fixture(scope="session")
def kept_pin():
    return kept(PIN)


@pytest.fixture
def pinned(suite, kept_pin):
    """Every colleague has the same PIN."""
    with suite.database.work(suite.actor) as work:
        for user in work.session.scalars(select(User)):
            user.pin = kept_pin


@pytest.fixture
def prove(qtbot, pinned):
    """Types the PIN that a page has asked for, and Enter: one act."""

    def do(page, pin=PIN):
        qtbot.waitUntil(page.confirm.isVisible)
        qtbot.keyClicks(page.confirm.edit, pin)
        qtbot.keyClick(page.confirm.edit, Qt.Key.Key_Return)

    return do


@pytest.fixture
def negative():
    return Outcome.NEGATIVE


@pytest.fixture
def shell(qtbot, runner):
    made = Shell(runner, "suite.db")
    made.news.stop()  # what a test stores past the window is no colleague's doing
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def cut(shell, qtbot):
    """The light goes out, and somebody opens the program again."""

    def do(draft):
        draft._keeper.keep()
        draft._keeper._thread.waitForDone()
        again = Shell(shell.runner, "suite.db")
        qtbot.addWidget(again)
        home = again.pages["home"]
        words = home.notice.words
        button = next(b for b in home.notice.findChildren(Button) if b.words == "Go on typing")
        button.click()
        return again, words

    return do
