"""Whatever is installed: every verb asks for its right, every look at a person is recorded.

All verbs and questions are found by walking the program, so a new one cannot be forgotten; what is
exempt is named here with its reason.
"""

import ast
import inspect as python
import re
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import event, func, select

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.permissions import Actor, Permission
from admin_suite.db.base import Base
from admin_suite.db.work import Work, asked_by
from admin_suite.house import drawing
from tests.conftest import EVERYTHING, MODULES
from tests.unit import examples_vaccination
from tests.unit.examples import furnish
from tests.unit.rooms import FILES, ROOMS

TREES = {name: ast.parse(file.read_text("utf-8")) for name, file in FILES.items()}


def own(room):
    """The functions that a file defines itself, by name."""
    found = python.getmembers(room, python.isfunction)
    return {name: f for name, f in found if f.__module__ == room.__name__}


VERBS = {
    f"{name}:{verb}": function
    for name, room in ROOMS.items()
    for verb, function in own(room).items()
    if asked_by(function) is not None
}

# -- verbs ----------------------------------------------------------------------------------------

WRITERS = {"insert_rows", "update_rows", "add_note", "note", "add_all"}
WRITES_WITHOUT_A_RIGHT = {
    "admin_suite.registry.users:sign_in": "nobody is signed in yet; it counts wrong passwords",
    "admin_suite.registry.pins:prove": "somebody else may be signed in; it counts wrong PINs",
    "admin_suite.registry.pins:admit": "whoever unlocks is not signed in yet",
    "admin_suite.registry.pins:confirm": "writes only that somebody proved who he is",
    "admin_suite.excel.storing:store": "asks for the right of the sheet's own verb",
    "admin_suite.registry.outputs:leave": "asks for the right of the sheet that leaves",
    "admin_suite.excel.taking_back:undo": "called by the verb that takes an import back",
    "admin_suite.excel.told:keep": "called by storing, after the right was asked",
    "modules.lab.service.numbers:take_numbers": "deals numbers to the verbs that register tubes",
    "modules.lab.service.numbers:next_serial": "holds the counter for the verb that decides",
    "modules.quarantine.service.arrivals:begin": "called by the verbs of the door and of the home",
}


def counts(work):
    return {t.name: work.session.scalar(select(func.count()).select_from(t)) for t in TABLES}


TABLES = [t for t in Base.metadata.sorted_tables if t.name != "house_salt"]


def blanks(function):
    """Nothing for every argument that has to be there: the right is asked first."""
    given = list(python.signature(function).parameters.values())[1:]
    return {
        p.name: None
        for p in given
        if p.default is p.empty and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    }


def test_without_the_right_every_verb_is_refused_and_nothing_is_written(suite):
    assert len(VERBS) > 15
    with suite.database.read(suite.actor) as work:
        before = counts(work)
    allowed = []
    for name, verb in VERBS.items():
        without = Actor(2, "no 2", EVERYTHING - {asked_by(verb).code})
        with suite.database.work(without) as work:  # commits: nothing may have been prepared
            try:
                verb(work, **blanks(verb))
            except Forbidden:
                continue
            except Exception:  # noqa: S110 - it went further than the right
                pass
        allowed.append(name)
    assert allowed == []
    with suite.database.read(suite.actor) as work:
        assert counts(work) == before


def called(tree):
    """The names that a piece of source calls, the last word of each."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(f, "attr", getattr(f, "id", "")) for f in functions}


ADDS = re.compile(r"session\.(add|delete|merge)\(|\.add\(work,")


def writes(tree, node, seen=()):
    """Whether a function writes to the database, itself or by a private one of the same file."""
    calls = called(node)
    if calls & WRITERS or ADDS.search(ast.unparse(node)):
        return True
    inside = {f.name: f for f in tree.body if isinstance(f, ast.FunctionDef)}
    private = [name for name in calls & inside.keys() if name.startswith("_") and name not in seen]
    return any(writes(tree, inside[name], (*seen, name)) for name in private)


def test_whoever_writes_is_a_verb():
    found = [
        f"{name}:{node.name}"
        for name, tree in TREES.items()
        if not name.startswith("admin_suite.db")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and writes(tree, node)
    ]
    assert {name for name in found if name not in VERBS} == set(WRITES_WITHOUT_A_RIGHT)


def test_what_a_sheet_stores_is_a_verb():
    stores = [sheet.store for m in MODULES for sheet in m.sheets if sheet.store is not None]
    assert stores
    assert all(asked_by(store) is not None for store in stores)


# -- rights ---------------------------------------------------------------------------------------


def in_manifests():
    """The rights that pages, papers, sheets, finders, lines and pictures ask for."""
    for module in MODULES:
        lines = (*module.pages, *module.papers, *module.sheets, *module.finders, *module.reports)
        lines += (*module.waiting, *module.errands, *module.steps, *module.curves)
        lines += (*module.settings, *module.handovers)
        yield from (line.permission for line in lines)
        if module.timeline:
            yield module.timeline.permission


def in_sources():
    """The rights named in ``require(RIGHT)`` and ``may(RIGHT)``."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            asks = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {
                "require",
                "may",
            }
            right = getattr(ROOMS[name], getattr(node.args[0], "id", ""), None) if asks else None
            if isinstance(right, Permission):
                yield right


def test_every_right_that_is_asked_for_is_in_a_manifest_and_the_other_way_round():
    declared = {p.code for module in MODULES for p in module.permissions}
    asked = {asked_by(verb).code for verb in VERBS.values()}
    assert asked - declared == set()
    asked |= {p.code for p in (*in_manifests(), *in_sources()) if p is not None}
    assert asked - declared == set()
    assert declared - asked == set()


def test_what_is_exported_takes_a_right():
    sheets = [sheet for m in MODULES for sheet in m.sheets if sheet.rows is not None]
    assert [sheet.name for sheet in sheets if sheet.permission is None] == []


# -- looking at people ----------------------------------------------------------------------------

PERSONAL = re.compile(r"registry_person\.(name|dob|phone|id_no|insurance_no|address|uid)\b")
SHOWS_NOBODY = examples_vaccination.SHOWS_NOBODY | {
    "admin_suite.registry.namesakes:namesakes": "for verbs, which compare a list with them",
    "admin_suite.registry.entries:crowds": "numbers without people, for verbs",
    "admin_suite.registry.identity:coded": "ids of codes that a list brings, for verbs",
    "admin_suite.registry.queries:described": "ids for an export, which records whom it shows",
    "admin_suite.registry.duplicates:likely_duplicates": "records the pairs it shows, here none",
    "admin_suite.registry.duplicates:alike_to": "records whom it shows, here nobody",
    "modules.lab.checks.tubes:wrong_samples": "says of a list's own rows what is wrong with them",
    "modules.lab.checks.rapid:wrong_rapid": "says of a list's own rows what is wrong with them",
}
NOT_QUESTIONS = examples_vaccination.NOT_QUESTIONS | {
    "admin_suite.registry.users:sign_in": "answers with the user, who is no patient",
    "admin_suite.registry.pins:prove": "answers yes or no",
    "admin_suite.registry.pins:recognise": "answers with the user, who is no patient",
    "admin_suite.registry.pins:identify": "answers with the user, who is no patient",
    "admin_suite.registry.pins:admit": "answers with the user, who is no patient",
    "admin_suite.registry.pins:confirm": "answers yes or no",
    "admin_suite.setting_up:recognise": "answers with the user, who is no patient",
    "admin_suite.setting_up:admit": "answers with the user, who is no patient",
    "admin_suite.registry.search:named": "find, which is walked, records whom it shows",
    "admin_suite.registry.search:numbered": "find, which is walked, records whom it shows",
    "admin_suite.registry.search:born": "find, which is walked, records whom it shows",
    "admin_suite.registry.entries:live_person": "gives a verb the row that it changes",
    "modules.lab.checks.handover:unsigned": "holds for a verb the record that it changes",
    "modules.lab.checks.tubes:hold": "locks rows for a verb and answers nothing",
    "modules.quarantine.checks.stays:hold": "locks rooms for a verb and answers nothing",
    "admin_suite.excel.elsewhere:elsewhere": "compares lists of two senders and names none in them",
    "admin_suite.excel.revision:revision": "compares two lists of one sender, cell by cell",
    "admin_suite.excel.taking_back:undo": "writes, for the verb that takes an import back",
    "admin_suite.excel.told:keep": "writes, for storing",
    "admin_suite.excel.storing:preview": "asks the sheet's own check, which is walked",
    "admin_suite.registry.reporting:write": "writes down what a module has counted",
    "admin_suite.excel.storing:store": "asks the sheet's own verb, which is walked",
    "admin_suite.registry.outputs:leave": "writes down what was collected, which is walked",
}
NO_ROOMS = ("commands", "demo", "pages", "ui", "cli", "documents", "db", "service")


@pytest.fixture
def furnished(suite, as_actor):
    """An example of every argument, and in the database what it names."""
    return furnish(suite, as_actor)


def questions():
    """Every public function that gets a ``Work`` and is no verb."""
    for name, room in ROOMS.items():
        if set(name.split(".")) & set(NO_ROOMS):
            continue
        for title, function in own(room).items():
            first = next(iter(python.signature(function).parameters.values()), None)
            is_asked = first is not None and first.annotation is Work
            if is_asked and not title.startswith("_") and asked_by(function) is None:
                yield f"{name}:{title}", function


def arguments(function, known):
    """An example of every argument that has to be given."""
    given = list(python.signature(function).parameters.values())[1:]
    wanted = [p.name for p in given if p.default is p.empty]
    return {name: known.get(f"{function.__name__}.{name}", known.get(name)) for name in wanted}


def selects_people(statement):
    return bool(PERSONAL.search(statement.partition(" FROM ")[0].replace("\n", " ")))


def hidden_looks(suite, asked):
    """The questions that read people's fields and did not say so."""
    silent, seen = [], []

    def heard(_connection, _cursor, statement, *_more):
        seen.append(statement)

    event.listen(suite.database.readers, "before_cursor_execute", heard)
    shown = 0
    for name, ask in asked:
        seen.clear()
        reading = suite.database.read(suite.actor)
        with reading as work, suppress(UserError):  # "no such user" is an answer too
            ask(work)
        if any(map(selects_people, seen)):
            recorded = any(v.subject == "registry_person" and v.ids for v in work.views)
            shown += recorded
            if not recorded:
                silent.append(name)
    assert shown
    return silent


def test_every_question_that_shows_people_records_it(suite, furnished):
    found = {name: f for name, f in questions() if name not in NOT_QUESTIONS}
    unknown = {
        f"{name}({p})"
        for name, f in found.items()
        for p, one in list(python.signature(f).parameters.items())[1:]
        if one.default is one.empty and not {p, f"{f.__name__}.{p}"} & furnished.keys()
    }
    assert unknown == set(), "give an example of these arguments in tests/unit/examples*.py"
    asked = [
        (name, lambda work, f=f: f(work, **arguments(f, furnished))) for name, f in found.items()
    ]
    silent = hidden_looks(suite, asked)
    assert set(silent) <= set(SHOWS_NOBODY)


def test_every_sheet_paper_and_search_that_shows_people_records_it(suite, furnished, tmp_path):
    asked = [
        (sheet.name, lambda work, s=sheet: s.rows(work, {}))
        for module in MODULES
        for sheet in module.sheets
        if sheet.rows is not None
    ]
    asked.append(("find", lambda work: suite.find(work, "Lý")))
    asked.append(("timeline", lambda work: suite.timeline(work, furnished["person_id"])))
    for module in MODULES:
        for paper in module.papers:
            file = tmp_path / f"{module.name}.{paper.name}.pdf"
            asked.append((paper.name, partial(print_one, module, paper, file)))
    assert hidden_looks(suite, asked) == []


def print_one(module, paper, file, work):
    with file.open("wb") as out:
        drawing(module, paper)(work, {}, out)
