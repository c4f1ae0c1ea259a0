"""Posters, check-ins into the database, who was at a venue then, where somebody was last."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct
from reportlab.pdfgen.canvas import Canvas

from admin_suite.documents import codes, text
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import A4, MM, Format, Margins
from admin_suite.documents.signs import Sign, Signs
from admin_suite.excel import importer
from admin_suite.qr import making
from admin_suite.registry.names import fold, sort_key
from benchmarks import material
from benchmarks.frame import Bench
from modules.venues import documents, queries, service
from modules.venues.codes import Kind
from modules.venues.queries.visits import last_stays, present
from modules.venues.service import NewVenue
from modules.venues.sheets import CHECKINS

HEADINGS = ("STT", "Thời gian vào", "Thời gian ra", "Mã điểm", "Họ và tên", "SĐT", "Thân nhiệt")
VENUES, PER_PERSON, DAYS = 300, 12, 60
FIRST = datetime(2021, 6, 1, tzinfo=UTC)
PERSON = (
    "id, uid, name, folded, sorted, dob, phone, sex, id_no, insurance_no, commune_code, address"
)
CHECKIN = (
    "id, person_id, venue_id, at, until, way, means, source, temperature, note, entered_by, "
    "entered_at"
)
STAY = "id, venue_id, person_id, checkin_id, t_in, t_out, least, most, ending"
BARE = Format(margins=Margins(0, 0, 0, 0))


# -- posters --------------------------------------------------------------------------------------


def payloads(count: int) -> list[str]:
    """What the codes of so many posters say."""
    return [f"BY1:{n:05d}K:01:1:0:P2FCNYN5QLWN5ZWZ" for n in range(count)]


def posters(texts: Sequence[str]) -> None:
    """A4 posters as the suite prints them."""
    making.matrix.cache_clear()
    paper = Paper(io.BytesIO(), "Áp phích", form=BARE)
    paper.numbered = False
    signs = Signs(paper, [documents.OURS, documents.NATIONAL])
    for place, payload in enumerate(texts):
        if place:
            paper.new_page(restart=True)
        words = (f"Chợ Phố Ràng {place}", "Lối vào 1", "Tổ dân phố 3A", "Mã số", "Phát hành lần 1")
        signs.draw(Sign(*words, making.matrix(payload, "Q")))
    paper.save()


def bare_posters(texts: Sequence[str]) -> None:
    """The same letters, the same code and as many boxes at fixed places."""
    making.matrix.cache_clear()
    canvas = Canvas(io.BytesIO(), pagesize=A4, pageCompression=1, invariant=1)
    name = text.face("sans", bold=True)
    lines = [one for _picture, one in documents.OURS.steps]
    lines = [documents.OURS.title, *lines, documents.OURS.below, "Lối vào 1", "Tổ dân phố 3A"]
    for place, payload in enumerate(texts):
        for at, line in enumerate((f"Chợ Phố Ràng {place}", *lines)):
            canvas.setFont(name, 12)
            canvas.drawString(30, 800 - at * 20, line)
        square = codes.Square(30 * MM, 60 * MM, 150 * MM, up=True)
        codes.draw_matrix(canvas, making.matrix(payload, "Q"), square)
        canvas.showPage()
    canvas.save()


# -- check-ins ------------------------------------------------------------------------------------


class Log(Struct, frozen=True):
    """A log in a file, and a database that has its venues."""

    file: Path
    database: Path


def log(count: int) -> Log:
    """The log of so many check-ins in order of time, at the venues of a district."""
    database = _with_venues()
    file = material.folder() / f"checkins-{count}.csv"
    if not file.exists():
        suite = material.suite(database)
        with suite.database.read(suite.actor) as work:
            numbers = [row.number for row in queries.venues(work, {})]
        suite.close()
        dice = Random(count)  # noqa: S311 - the same visits in every run
        people = material.names(max(1, count // PER_PERSON))
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(HEADINGS)
            for n in range(count):
                writer.writerow(_line(dice, n, count, (people, numbers)))
    return Log(file, database)


def _line(
    dice: Random, n: int, count: int, known: tuple[Sequence[str], Sequence[str]]
) -> tuple[object, ...]:
    people, numbers = known
    who = dice.randrange(len(people))
    came = FIRST + timedelta(seconds=n * DAYS * 86_400 // count)
    left = came + timedelta(minutes=dice.randint(10, 120))
    where = numbers[int(len(numbers) * dice.random() ** 2)]
    out = f"{left:%H:%M %d/%m/%Y}" if n % 5 < 3 else ""  # noqa: PLR2004 - 40 % without
    return (n + 1, f"{came:%H:%M %d/%m/%Y}", out, where, people[who], f"09{who:08d}", "36,5")


def _with_venues() -> Path:
    file = material.folder() / "venues.db"
    if not file.exists():
        made = Path(material.copied(material.empty_database()))
        suite = material.suite(made)
        kinds = list(Kind)
        with suite.database.work(suite.actor) as work:
            new = [NewVenue(f"Điểm {n}", kinds[n % len(kinds)], "02947") for n in range(VENUES)]
            service.register(work, new)
        suite.close()
        connection = material.raw(made)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        made.rename(file)
    return file


def imported(log: Log) -> None:
    """Read, verify, find people and duplicates, store, compute stays, audit, keep what was said."""
    suite = material.suite(material.copied(log.database))
    with suite.database.work(suite.actor) as work:
        draft = importer.read_file(CHECKINS, log.file, CHECKINS.context(work))
        importer.store(work, draft)
    suite.close()


def bare_import(log: Log) -> None:
    """The cells into the same tables with the same indexes, nothing checked or computed."""
    connection = material.raw(material.copied(log.database))
    with log.file.open(encoding="utf-8", newline="") as opened:
        lines = list(csv.reader(opened))[1:]
    venues = dict(connection.execute("SELECT number, id FROM venues_venue"))
    people = {line[4] + line[5]: line for line in lines}
    keys = {sign: n for n, sign in enumerate(people, start=1)}
    connection.execute("BEGIN IMMEDIATE")
    rows = [
        (n, f"p{n}", r[4], fold(r[4]), sort_key(r[4]), "", r[5], "M", "", "", "", "")
        for n, r in zip(keys.values(), people.values(), strict=True)
    ]
    material.insert(connection, "registry_person", rows, PERSON)
    material.insert(
        connection, "registry_word", material.words({row[3] for row in rows}), "word, spaced"
    )
    for start in range(0, len(lines), material.BATCH):
        part = list(enumerate(lines[start : start + material.BATCH], start=start + 1))
        plain = [(n, keys[r[4] + r[5]], venues[r[3]], *_seconds(r)) for n, r in part]
        rest = [
            (*row, "BOTH", "TYPED", "VENUE", 36.5, "", 1, "2021-08-13 00:00:00.000000")
            for row in plain
        ]
        material.insert(connection, "venues_checkin", rest, CHECKIN)
        stays = [(n, v, p, n, a, u, u, u, "NOTED") for n, p, v, a, u in plain]
        material.insert(connection, "venues_stay", stays, STAY)
    connection.execute("COMMIT")
    connection.close()


def _seconds(line: Sequence[str]) -> tuple[int, int]:
    start = _second(line[1])
    return start, _second(line[2]) if line[2] else start


def _second(cell: str) -> int:
    day = date(int(cell[12:16]), int(cell[9:11]), int(cell[6:8])).toordinal()
    return (day - 719_163) * 86_400 + int(cell[:2]) * 3600 + int(cell[3:5]) * 60


# -- questions ------------------------------------------------------------------------------------


class Visited(Struct, frozen=True):
    """A database with so many stays, by the suite and by the driver."""

    suite: Any
    driver: Any


def visited(count: int) -> Visited:
    """A database in which people of a district were at its venues for sixty days."""
    file = material.copied(_with_venues())
    driver = material.raw(file)
    driver.execute("BEGIN IMMEDIATE")
    people = material.names(max(1, count // PER_PERSON))
    rows = [
        (n, f"p{n}", name, fold(name), sort_key(name), "", f"09{n:08d}", "M", "", "", "", "")
        for n, name in enumerate(people, start=1)
    ]
    material.insert(driver, "registry_person", rows, PERSON)
    dice = Random(count)  # noqa: S311 - the same visits in every run
    begin = int(FIRST.timestamp())
    for start in range(0, count, material.BATCH):
        stays = []
        for n in range(start, min(count, start + material.BATCH)):
            came = begin + n * DAYS * 86_400 // count
            left = came + dice.randint(600, 7200)
            venue, person = 1 + int(VENUES * dice.random() ** 2), 1 + dice.randrange(len(people))
            stays.append((n + 1, venue, person, n + 1, came, left, left, left, "NOTED"))
        material.insert(driver, "venues_stay", stays, STAY)
    driver.execute("COMMIT")
    driver.execute("ANALYZE")
    return Visited(material.suite(file), driver)


NOON = FIRST + timedelta(days=30, hours=5)


def who(there: Visited) -> None:
    """Who was at the busiest venue during an hour."""
    with there.suite.database.read(there.suite.actor) as work:
        present(work, 1, NOON, NOON + timedelta(hours=1))


def bare_who(there: Visited) -> None:
    """The one join, by the driver alone."""
    since = int(NOON.timestamp())
    query = (
        "SELECT s.*, p.name, p.phone FROM venues_stay s JOIN registry_person p "
        "ON p.id = s.person_id WHERE s.venue_id = 1 AND s.t_in > ? AND s.t_in < ? AND s.t_out >= ?"
    )
    there.driver.execute(query, (since - 43_200, since + 3600, since)).fetchall()


def last(there: Visited) -> None:
    """Where somebody was last, ten stays."""
    with there.suite.database.read(there.suite.actor) as work:
        last_stays(work, 1)


def bare_last(there: Visited) -> None:
    """The same ten lines by the driver alone."""
    query = (
        "SELECT s.*, v.name FROM venues_stay s JOIN venues_venue v ON v.id = s.venue_id "
        "WHERE s.person_id = 1 ORDER BY s.t_in DESC LIMIT 10"
    )
    there.driver.execute(query).fetchall()


BENCHES = [
    Bench(
        name="venues.posters",
        sizes=(10, 100, 1_000),
        prepare=payloads,
        floor=bare_posters,
        job=posters,
        target=1.3,
    ),
    Bench(
        name="venues.checkins",
        sizes=(200, 2_000, 20_000),
        prepare=log,
        floor=bare_import,
        job=imported,
        target=1.5,
        large=50,
    ),
    Bench(
        name="venues.who",
        sizes=(200, 2_000, 20_000),
        prepare=visited,
        floor=bare_who,
        job=who,
        target=1.5,
        large=500,
    ),
    Bench(
        name="venues.last",
        sizes=(200, 2_000, 20_000),
        prepare=visited,
        floor=bare_last,
        job=last,
        target=0.005,
        timed=True,
        large=500,
    ),
]
