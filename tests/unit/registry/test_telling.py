"""The audit trail as a district leader reads it: sentences and names, never tables and codes."""

import re
from datetime import timedelta

import pytest

from admin_suite.core.clock import here
from admin_suite.core.errors import Forbidden
from admin_suite.core.i18n import _, speak
from admin_suite.core.permissions import Actor
from admin_suite.db.base import Base
from admin_suite.db.work import taken_out, verbs
from admin_suite.registry import queries, roles, service, settings, telling, users
from admin_suite.registry.service import NewPerson
from admin_suite.registry.telling import Sought
from admin_suite.registry.words import NO_VERBS
from modules.lab import queries as tubes
from modules.lab import service as lab
from tests.conftest import EVERYTHING, MODULES
from tests.unit.rooms import ROOMS

CODE = re.compile(r"\b[a-z]+[._][a-z_]+\b")
UNTOLD = {"house_audit", "house_salt", "registry_word"}
PEOPLE = [NewPerson("Giàng A Páo", "1985"), NewPerson("Lý Thị Mẩy", "1990")]


@pytest.fixture
def lived(suite, as_actor):
    """A day with a bit of everything."""
    with suite.database.work(as_actor(1)) as work:
        service.add_people(work, PEOPLE)
        users.add_user(work, "lan", "clerk", "bon-nam-sau", "Nguyễn Thị Lan")
    with suite.database.work(as_actor(2)) as work:
        users.set_role(work, 4, "gate")
        roles.set_right(work, MODULES, "gate", "lab.enter", granted=True)
        settings.change(work, MODULES, {"lab.late_hours": "48", "house.profile": "station"})
        sample = lab.NewSample(PEOPLE[0], "2021-08-12T07:15", "")
        keys = lab.register(work, [sample]).ids
        lab.receive(work, [row.tube_id for row in tubes.sample_rows(work, keys)])
    with suite.database.read(as_actor(3)) as work:
        taken_out(queries.people)(work)
    suite.database.record_views(as_actor(3), work.views)
    with suite.database.work(Actor(0, "sign-in")) as work:
        users.sign_in(work, "lan", "wrong")
    return suite


def lines(suite, **sought):
    with suite.database.read(suite.actor) as work:
        return telling.entry_page(work, MODULES, Sought(**sought))


def story(suite, line):
    with suite.database.read(suite.actor) as work:
        return telling.entry_story(work, MODULES, line.number), work.views


def test_every_table_and_every_open_column_has_words():
    known = {subject.table: subject for module in MODULES for subject in module.subjects}
    tables = {t.name: t for t in Base.metadata.sorted_tables if t.name not in UNTOLD}
    assert tables.keys() - known.keys() == set()
    silent = [
        f"{name}.{column.name}"
        for name, table in tables.items()
        for column in table.columns
        if column.info.get("audit") == "open" and column.name not in known[name].fields
    ]
    assert silent == []
    strange = [
        (subject.table, name)
        for subject in known.values()
        for name in subject.fields
        if name not in tables[subject.table].columns
    ]
    assert strange == []


def test_every_deed_that_is_named_is_a_verb():
    named = {deed for module in MODULES for deed in module.deeds}
    assert ROOMS  # all files are read, so all verbs known
    assert named - verbs().keys() == NO_VERBS


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_line_and_no_story_shows_a_code(lived, language):
    speak(language)
    told = lines(lived)
    assert [line.number for line in told] == sorted((n.number for n in told), reverse=True)
    for line in told:
        one, _views = story(lived, line)
        words = (line.did, line.what, *one.names, *one.untold, *sum(one.changes, ()))
        assert line.did
        assert line.what or line.did == _(telling.WRONG["registry.sign_in"]["right"])
        assert [text for text in words if CODE.search(text)] == []


def test_who_did_what_is_told(lived):
    found = {(line.who, line.did, line.what) for line in lines(lived)}
    assert ("no 1", "Entered people", "People: 2") in found
    assert ("no 1", "Added a user", "Users: Nguyễn Thị Lan") in found
    assert ("no 2", "Changed settings", "Settings: A tube is late after") in found
    assert ("no 3", "Exported", "People: 2") in found
    assert ("Nguyễn Thị Lan", "Wrong password", "") in found


def test_an_opened_entry_tells_old_and_new_and_whom_it_was_about(lived):
    def opened(did):
        return story(lived, lines(lived, did=did)[0])

    role, _views = opened("another role")
    assert role.changes == [("Role", "Reports clerk", "Checkpoint officer")]
    right, _views = opened("rights of a role")
    assert ("Right", "", "Enter results") in right.changes
    assert ("Granted", "No", "Yes") in right.changes
    people, views = opened("exported")
    assert set(people.names) == {"Giàng A Páo", "Lý Thị Mẩy"}
    assert [view.subject for view in views] == ["registry_person"]  # itself a look at people


def test_lines_are_found_by_person_day_deed_and_subject(lived):
    whole = len(lines(lived))
    today = here(lived_now(lived)).date()
    assert {line.who for line in lines(lived, who="nguyen thi lan")} == {"Nguyễn Thị Lan"}
    assert {line.did for line in lines(lived, did="wrong pass")} == {"Wrong password"}
    assert {line.what.split(":")[0] for line in lines(lived, what="tube")} == {"Tubes"}
    assert len(lines(lived, day=today.isoformat())) == whole
    assert len(lines(lived, day=today.isoformat()[:7])) == whole
    assert len(lines(lived, day=today.isoformat()[:4])) == whole
    assert lines(lived, day=(today - timedelta(days=1)).isoformat()) == []
    assert lines(lived, day="hôm qua") == lines(lived, day="2021-13-45") == []
    kinds = [len(lines(lived, kind=kind)) for kind in telling.KINDS]
    assert kinds[0] == sum(kinds[1:]) == whole
    assert all(kinds)


def lived_now(suite):
    with suite.database.read(suite.actor) as work:
        return work.now()


def test_the_trail_takes_a_right_and_names_take_theirs(lived):
    visitor = Actor(2, "no 2", EVERYTHING - {"registry.audit"})
    with pytest.raises(Forbidden), lived.database.read(visitor) as work:
        telling.entry_page(work, MODULES, Sought())
    leader = Actor(2, "no 2", frozenset({"registry.audit"}))
    with lived.database.read(leader) as work:
        [line, *_older] = telling.entry_page(work, MODULES, Sought(did="exported"))
        told = telling.entry_story(work, MODULES, line.number)
    assert list(told.names) == []
