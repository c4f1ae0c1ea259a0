"""One example of every argument that verbs and questions of the program ask for.

A module adds its own in ``examples_<module>.py`` beside this file, with a function ``examples``
like the one here that also gets what is known so far: ``examples(suite, as_actor, known)``. An
argument that means different things is named with its function, ``question.argument``; a plain
name means what the first file says.
"""

from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

from admin_suite.db.origin import TYPED
from admin_suite.excel.sheet import Change
from admin_suite.module import Period
from admin_suite.registry import declarations, declared, merging, people, telling, units
from admin_suite.registry.cards import Card
from admin_suite.registry.identity import first_people
from admin_suite.registry.service import NewPerson, add_person
from admin_suite.registry.trail import Wanted
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome, Stage
from modules.lab.sheets import SAMPLES
from modules.results import service as results
from tests.conftest import MODULES


def furnish(suite, as_actor):
    """What every file of examples has put into the database, by the names of arguments."""
    known = examples(suite, as_actor)
    for file in sorted(Path(__file__).parent.glob("examples_*.py")):
        known = import_module(f"tests.unit.{file.stem}").examples(suite, as_actor, known) | known
    return known


def examples(suite, as_actor):
    """Two people in a pool and one alone; the one released, the pool waiting; one expected."""
    rows = [
        lab.NewSample(NewPerson(name, "1985", phone="0912345678"), "2021-08-12T07:15", pool)
        for name, pool in (("Lý A", "G1"), ("Lý B", "G1"), ("Lý C", ""), ("Lý D", ""))
    ]
    with suite.database.work(as_actor(1)) as work:
        keys = lab.register(work, rows).ids
        shown = tubes.sample_rows(work, keys)
        pool, alone = shown[0], shown[2]
        lab.receive(work, [pool.tube_id, alone.tube_id])
        for row in (pool, alone):
            lab.enter(work, [lab.NewResult(row.accession, Outcome.NEGATIVE)])
        declarations.declare(work, [declared.NewDeclaration(rows[0].person, "2021-08-12")])
        merging.merge_people(work, shown[0].person_id, add_person(work, NewPerson("Lý E")), "E")
    with suite.database.work(as_actor(2)) as work:
        results.sign(work, [alone.tube_id])
    with suite.database.read(as_actor(1)) as work:
        page = telling.entry_page(work, MODULES, telling.Sought(what="people"))
        about_people = [line.number for line in page]
    return {
        "sought": telling.Sought(),
        "words": "lab_tube",
        "entry_story.number": about_people[0],
        "entry_lines.numbers": about_people,
        "entry_changes.numbers": about_people,
        "origin": TYPED,
        "start": None,
        "tube": pool.tube_id,
        "tubes": [pool.tube_id, alone.tube_id],
        "ids": keys,
        "numbers": [pool.accession],
        "codes": ["G1"],
        "placed_on.codes": ["02947"],
        "stage": Stage.EXPECTED,
        "stages": [Stage.MEASURED, Stage.RELEASED],
        "list_id": 1,
        "person_id": shown[0].person_id,
        "user_id": 1,
        "modules": MODULES,
        "sender": 1,
        "people": [row.person for row in rows],
        "known_specimens.people": [row.person_id for row in shown],
        "samples": rows,
        "results": [lab.NewResult(pool.accession, Outcome.NEGATIVE)],
        "wanted": [(0, "G1")],
        "changes": [Change(shown[0].id, {"name": ("Lý A", "Lý Á")})],
        "specimens": [row.id for row in shown],
        "number": 1,
        "first": 1,
        "uids": [row.uid for row in shown],
        "people.uids": [first_people(work, 1)[0].uid],
        "known.people": [row.person for row in rows],
        "known.alike": [None] * len(rows),
        "specimens_coded.uids": [shown[0].uid],
        "tubes_beside.uids": {0: shown[0].uid},
        "most": 5,
        "sheet": SAMPLES,
        "where": {},
        "rows": shown,
        "sheets": ["lab.samples"],
        "destinations.sheet": "lab.samples",
        "arranged.name": "",
        "lists": [1],
        "day": None,
        "entries.wanted": Wanted(),
        "period": Period(datetime(2021, 8, 1, tzinfo=UTC), datetime(2121, 8, 1, tzinfo=UTC)),
        "values": {},
        "role": "technician",
        "alike": {},
        "person": NewPerson("Lý A", "1985", phone="0912345678"),
        "declarations": [declared.NewDeclaration(NewPerson("Lý A"), "2021-08-12")],
        "card": Card("Lý A"),
        "letterheads": [units.NewLetterhead(date(2025, 7, 1))],
        "signatories": [units.NewSignatory(date(2025, 7, 1), "Giám đốc")],
        "paper": "results.list",
        "head": "",
        "hint": "",
        "face_on.day": date(2025, 7, 1),
        "signer_on.day": date(2025, 7, 1),
        "agency.day": date(2025, 7, 1),
        "signature.day": date(2025, 7, 1),
        "people_keys.view": people.PeopleView(),
        "people_page.view": people.PeopleView(),
        "people_places.view": people.PeopleView({"name": "ly"}),
        "people_lines.ids": [row.person_id for row in shown],
        "names_in.ids": [row.person_id for row in shown],
        "name": "no 1",
        "text": "Lý",
        "view": tubes.SampleView(),
        "page": "lab.samples",
    }
