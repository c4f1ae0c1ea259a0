"""Two windows on one database: what one stores is seen in the other, and disturbs nobody there."""

import pytest
from sqlalchemy import select

from admin_suite.core.permissions import Role
from admin_suite.db import settings
from admin_suite.db.audit import Entry
from admin_suite.registry import roles, shifts, users
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.registry.settings import IDLE
from admin_suite.suite import open_suite
from tests.conftest import MODULES


@pytest.fixture
def elsewhere(suite):
    """A colleague at another window of the same database."""
    other = open_suite(MODULES, str(suite.database.writer.url), suite.actor._replace(id=2))

    def do(verb, *args, **kwargs):
        with other.database.work(other.actor) as work:
            return verb(work, *args, **kwargs)

    yield do
    other.close()


@pytest.fixture
def look(shell, qtbot):
    """The window looks now and not in a few seconds; it has not looked a moment ago."""

    def do():
        for page in shell.pages.values():
            page._looked.invalidate()
        with qtbot.waitSignal(shell.runner.elsewhere) as told:
            shell.news.look()
        return told.args[0]

    shell.news.stop()
    qtbot.waitUntil(lambda: shell.news._last is not None)
    return do


@pytest.fixture
def people(shell, qtbot, look):
    page = shell.open("registry.people")
    qtbot.waitUntil(lambda: page.model.whole)
    return page


def lines(page):
    return [page.model.line(at).name for at in range(page.model.length())]


def test_a_list_shows_who_was_entered_at_another_window(people, look, elsewhere, qtbot):
    elsewhere(add_people, [NewPerson("Giàng A Páo", "1985")])
    assert "registry_person" in look()
    qtbot.waitUntil(lambda: people.model.length() == 1)
    assert lines(people) == ["Giàng A Páo"]


def test_what_is_stored_here_is_no_news(people, shell, look, qtbot):
    shell.runner.do(add_people, [NewPerson("Giàng A Páo", "1985")])
    qtbot.waitUntil(lambda: people.model.length() == 1)
    assert look() == frozenset()
    assert shell.runner.written == set()


def test_looks_and_sign_ins_are_no_news(shell, look, elsewhere):
    def looks(work):
        work.saw("registry_person", [1])
        users.sign_in(work, "nobody", "x")

    elsewhere(looks)
    assert look() == frozenset()


def test_nothing_is_asked_anew_while_somebody_types(shell, look, elsewhere, suite, qtbot):
    page = shell.open("registry.users")
    qtbot.waitUntil(lambda: page.model.length() == 3)
    page.add.click()
    elsewhere(users.add_user, "lan", "clerk", "bon-nam-sau", "Nguyễn Thị Lan")
    look()
    qtbot.wait(20)
    assert page.drawer.isVisible()
    assert page.model.length() == 3
    page.escape()
    look()
    qtbot.waitUntil(lambda: page.model.length() == 4)


def test_a_page_that_is_opened_again_is_up_to_date(people, shell, look, elsewhere, qtbot):
    shell.open("home")
    elsewhere(add_people, [NewPerson("Giàng A Páo", "1985")])
    look()
    assert people.model.length() == 0
    shell.open("registry.people")
    qtbot.waitUntil(lambda: people.model.length() == 1)


def test_who_only_watches_a_list_is_not_written_down_at_every_look(people, look, elsewhere, suite):
    def looked():
        with suite.database.read(suite.actor) as work:
            query = select(Entry.id).where(Entry.verb == "view", Entry.actor == 1)
            return len(list(work.session.scalars(query)))

    elsewhere(add_people, [NewPerson("Giàng A Páo", "1985")])
    look()
    before = looked()
    elsewhere(add_people, [NewPerson("Sùng Thị Mỷ", "1986")])
    people._looked.start()
    people.runner.elsewhere.emit(frozenset({"registry_person"}))
    assert looked() == before


def test_half_written_notes_outlive_what_others_store(shell, look, elsewhere, qtbot):
    page = shell.open("registry.handover")
    page.notes.setPlainText("Hết găng tay")
    elsewhere(shifts.note_down, "Của người khác")
    look()
    qtbot.wait(20)
    assert page.notes.toPlainText() == "Hết găng tay"


def test_minutes_and_rights_that_are_set_elsewhere_hold_here(shell, look, elsewhere, qtbot):
    with qtbot.waitSignal(shell.ruled) as told:
        elsewhere(settings.put, IDLE.key, "3")
        look()
    assert told.args[0].idle_minutes == 3
    shell.runner._suite = shell.runner.suite.watched()
    with qtbot.waitSignal(shell.renewed) as told:
        elsewhere(roles.set_right, MODULES, Role.ADMIN, "lab.see", granted=False)
        look()
    assert "lab.see" not in told.args[0].actor.codes
