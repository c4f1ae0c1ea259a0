"""Lists and single swabs into the database, beside the driver alone."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import python_calamine
from msgspec import Struct

from admin_suite.core.permissions import Role
from admin_suite.excel import importer
from admin_suite.excel.typed import Head, Typed, offered, read_typed
from admin_suite.registry.names import fold, sort_key
from admin_suite.registry.service import NewPerson
from admin_suite.registry.users import add_user
from benchmarks import material
from benchmarks.frame import Bench
from benchmarks.material import Filled
from modules.lab import day, queries
from modules.lab.codes import Outcome, Stage
from modules.lab.queries import samples, tubes_at
from modules.lab.rules import accession
from modules.lab.service import NewResult, NewSample, enter, receive, register
from modules.lab.sheets import SAMPLES
from modules.results.service import sign

FOUND = "SELECT id FROM lab_tube WHERE accession = ?"
TAKEN = (
    "UPDATE lab_tube SET stage = 'RECEIVED', state = 'RECEIVED', "
    "received_at = '2021-08-13 00:00:00.000000', received_by = 1 WHERE id = ?"
)
WHOSE = (
    "SELECT name FROM registry_person JOIN lab_specimen ON person_id = registry_person.id "
    "WHERE tube_id = ?"
)
VERBS = 20
NUMBERS = count(50_000_000)  # of people whom nobody has entered


class Desk(Struct, frozen=True):
    """A database that is written into, by the suite and by the driver."""

    there: Filled
    numbers: Iterator[int]


def imported(file: Path) -> None:
    """Read, validate, look for duplicates, store, audit, index for search."""
    suite = material.suite(material.copied(material.empty_database()))
    with suite.database.work(suite.actor) as work:
        draft = importer.read_file(SAMPLES, file, SAMPLES.context(work))
        importer.store(work, draft)
    suite.close()


def bare_import(file: Path) -> None:
    """The cells as they stand into the same tables with the same indexes, nothing checked."""
    bare_rows(cells(file))


def cells(file: Path) -> list[list[Any]]:
    """The lines of a list below its headings, as the library gives them."""
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    return list(book.get_sheet_by_index(0).iter_rows())[1:]


def bare_rows(lines: Sequence[Sequence[Any]]) -> None:
    """Lines into the tables of a new database by the driver, nothing checked."""
    connection = material.raw(material.copied(material.empty_database()))
    connection.execute("BEGIN IMMEDIATE")
    material.insert(connection, "lab_list", [(1, 1, "DS")], "id, sender_id, title")
    for start in range(0, len(lines), material.BATCH):
        part = list(enumerate(lines[start : start + material.BATCH], start=start + 1))
        people = [
            (n, f"p{n}", row[1], fold(row[1]), sort_key(row[1]), row[2], "M", row[5], row[4])
            for n, row in part
        ]
        columns = "id, uid, name, folded, sorted, dob, sex, phone, id_no, insurance_no, "
        rows = [(*row, "", "", "") for row in people]
        material.insert(connection, "registry_person", rows, f"{columns}commune_code, address")
        words = material.words({row[3] for row in people})
        material.insert(connection, "registry_word", words, "word, spaced")
        codes = {row[10]: n for n, row in part}
        tubes = [
            (n, f"t{n}", accession(2021, "BY", n), 1, code, 1, "EXPECTED")
            for code, n in codes.items()
        ]
        columns = "id, uid, accession, list_id, code, pooled, stage"
        material.insert(connection, "lab_tube", tubes, columns)
        swabs = [(n, f"s{n}", codes[row[10]], n, n, row[8], row[11]) for n, row in part]
        columns = "id, uid, tube_id, person_id, row, collected_at, note"
        material.insert(connection, "lab_specimen", swabs, columns)
    connection.execute("COMMIT")
    connection.close()


def a_clipboard(count: int) -> tuple[Typed, list[list[Any]]]:
    """A list as it is pasted into the typing grid, and its cells."""
    lines = cells(material.sampling_list(count))
    book = python_calamine.CalamineWorkbook.from_path(str(material.sampling_list(count)))
    headings = next(iter(book.get_sheet_by_index(0).iter_rows()))
    fields = [column.field for column in offered(SAMPLES)]
    known = {SAMPLES.heading_of(name): name for name in fields}
    known |= {words: c.field for c in SAMPLES.columns for words in c.aliases if c.field in fields}
    places = {known[str(words)]: at for at, words in enumerate(headings) if str(words) in known}
    rows = {
        number: [str(line[places[name]]) if name in places else "" for name in fields]
        for number, line in enumerate(lines, start=1)
    }
    return Typed(fields, rows, Head(sender="Trạm Y tế xã Kim Sơn")), lines


def pasted(given: tuple[Typed, list[list[Any]]]) -> None:
    """Understand, validate and store what was pasted."""
    suite = material.suite(material.copied(material.empty_database()))
    with suite.database.work(suite.actor) as work:
        draft = read_typed(SAMPLES, given[0], SAMPLES.context(work))
        importer.store(work, draft)
    suite.close()


def bare_paste(given: tuple[Typed, list[list[Any]]]) -> None:
    """The same cells by the driver."""
    bare_rows(given[1])


def a_rack(tubes: int) -> Desk:
    """A database of so many tubes, and the serials of those that nobody has scanned yet."""
    return Desk(material.filled_copy(tubes), count(1))


def scanned(desk: Desk) -> None:
    """Receive a tube by its number and ask what to say of it, twenty times."""
    for serial in (next(desk.numbers) for _verb in range(VERBS)):
        with desk.there.suite.database.work(desk.there.suite.actor) as work:
            tubes = queries.tube_ids(work, [accession(2021, "BY", serial)])
            receive(work, tubes)
            day.arrival(work, tubes[0])


def bare_scan(desk: Desk) -> None:
    """Find a tube, change it, say whose it is: three statements and a commit, twenty times."""
    for serial in (next(desk.numbers) for _verb in range(VERBS)):
        number = accession(2021, "BY", serial)
        desk.there.driver.execute("BEGIN IMMEDIATE")
        [key] = desk.there.driver.execute(FOUND, (number,)).fetchone()
        desk.there.driver.execute(TAKEN, (key,))
        desk.there.driver.execute(WHOSE, (key,)).fetchall()
        desk.there.driver.execute("COMMIT")


def a_desk(people: int) -> Desk:
    """A database of so many people."""
    return Desk(material.filled_copy(people), NUMBERS)


def typed(desk: Desk) -> None:
    """Register one swab of a new person, twenty times."""
    for number in (next(desk.numbers) for _verb in range(VERBS)):
        person = NewPerson("Lò Thị Hoa", "1985", phone=f"09{number:08d}"[-10:])
        with desk.there.suite.database.work(desk.there.suite.actor) as work:
            register(work, [NewSample(person, "2021-08-13T07:30")])


def bare_commit(desk: Desk) -> None:
    """One row and one commit that is on the disk before it says so, twenty times."""
    for number in (next(desk.numbers) for _verb in range(VERBS)):
        desk.there.driver.execute(
            f"INSERT INTO lab_list (id, sender_id, title) VALUES ({number}, 1, 'x')"  # noqa: S608
        )


class Queue(Struct, frozen=True):
    """A database in which so many negatives wait for somebody else."""

    file: Path
    tubes: list[int]


def a_queue(negatives: int) -> Queue:
    """Tubes of a list, received and measured by one colleague."""
    file = material.folder() / f"queue-{negatives}.db"  # copies are made of it, under one name
    shutil.copy(material.empty_database(), file)
    suite = material.suite(file)
    with suite.database.work(suite.actor) as work:
        add_user(work, "hai", Role.LAB_HEAD, material.PASSWORD)
        people = [NewPerson(f"Lò Thị Hoa {n}", "1985") for n in range(negatives)]
        register(work, [NewSample(person, "2021-08-13T07:30") for person in people])
        tubes = tubes_at(work, Stage.EXPECTED)
        receive(work, tubes)
        numbers = [row.accession for row in samples(work)]
        enter(work, [NewResult(number, Outcome.NEGATIVE) for number in numbers])
    suite.close()
    return Queue(file, tubes)


def released(queue: Queue) -> None:
    """A colleague signs them all in one act: checked, released, first versions, told, audited."""
    suite = material.suite(material.copied(queue.file))
    colleague = suite.actor._replace(id=2)
    with suite.database.work(colleague) as work:
        sign(work, queue.tubes)
    suite.close()


def bare_release(queue: Queue) -> None:
    """The same rows by the driver alone, committed once, nothing asked and nothing written down."""
    suite = material.suite(material.copied(queue.file))
    connection = material.raw(Path(suite.database.writer.url.database or ""))
    copied = "measurement_id, tube_id, outcome, reported, method, ct, tested_at, entered_by"
    told = "m.id, m.tube_id, m.outcome, m.reported, m.method, m.ct, m.tested_at, m.entered_by"
    moment = "'2021-08-13 10:00:00.000000'"
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        f"INSERT INTO results_release (id, {copied}, persons, rule_id, validated_by, "  # noqa: S608
        f"validated_at, released_by, released_at) SELECT m.id, {told}, 2, "
        f"(SELECT id FROM house_rule WHERE code = 'results.signatures'), 2, {moment}, 2, {moment} "
        "FROM lab_measurement m"
    )
    connection.execute(
        f"INSERT INTO results_version (id, {copied}, number, status, since, reason, remark, "  # noqa: S608
        f"release_id, proposed_by, signed_by, at) SELECT m.id, {told}, 1, 'FINAL', 1, '', '', "
        f"m.id, m.entered_by, 2, {moment} FROM lab_measurement m"
    )
    connection.execute("UPDATE lab_tube SET stage = 'RELEASED' WHERE stage = 'MEASURED'")
    connection.execute("COMMIT")
    connection.close()
    suite.close()


def writing(mark: str, prepare: Callable[[int], Desk]) -> Bench:
    """One swab of a new person on one engine."""
    return Bench(
        name=f"lab.write{mark}",
        sizes=(1_000, 10_000, 100_000),
        prepare=prepare,
        floor=bare_commit,
        job=typed,
        target=0.005,
        timed=True,
        acts=VERBS,
        large=10,
    )


BENCHES = [
    Bench(
        name="lab.paste",
        sizes=(50, 500, 5_000),
        prepare=a_clipboard,
        floor=bare_paste,
        job=pasted,
        target=4,
    ),
    Bench(
        name="lab.scan",
        sizes=(3_000, 30_000, 300_000),
        prepare=a_rack,
        floor=bare_scan,
        job=scanned,
        target=5,
    ),
    Bench(
        name="results.release",
        sizes=(94, 940, 9_400),
        prepare=a_queue,
        floor=bare_release,
        job=released,
        target=5,
    ),
    Bench(
        name="lab.import",
        sizes=(200, 2_000, 20_000),
        prepare=material.sampling_list,
        floor=bare_import,
        job=imported,
        target=1.5,
        large=5,
    ),
    writing("", a_desk),
]
