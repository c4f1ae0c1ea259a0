"""Registrations with past doses into the database, who is due, everybody's forecast."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import python_calamine
from msgspec import Struct
from rustpy_xlsxwriter import write_worksheet

from admin_suite.excel import importer
from admin_suite.registry.names import fold, sort_key
from benchmarks import material
from benchmarks.frame import Bench
from modules.vaccination.queries.due import DueView, due_page
from modules.vaccination.service.forecasts import forecast
from modules.vaccination.sheets import REGISTRATIONS

HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Nhóm ưu tiên",
    "Đơn vị công tác",
    "Số điện thoại",
    "CMND/CCCD/HC",
    "Địa chỉ",
    "Vắc xin mũi 1",
    "Ngày tiêm mũi 1",
    "Số lô mũi 1",
    "Vắc xin mũi 2",
    "Ngày tiêm mũi 2",
    "Số lô mũi 2",
)
PRODUCTS = ("AstraZeneca", "Pfizer", "Moderna", "Vero Cell")
LAST = date(2021, 8, 13)
PERSON = (
    "id, uid, name, folded, sorted, dob, sex, phone, id_no, insurance_no, commune_code, address"
)
REGISTRATION = "id, uid, person_id, sender_id, row, listed_on, note"
DOSE = (
    "id, uid, person_id, given_on, product, lot, stated, place, source, reliability, "
    "registration_id, entered_by"
)
FORECAST = "id, person_id, number, given, product, due_on, computed_on"


class Registered(Struct, frozen=True):
    """A database in which so many are registered, by the suite and by the driver."""

    suite: Any
    driver: Any


def registrations(count: int) -> Path:
    """A list of so many people, every other one with a dose, every fourth with two."""
    file = material.folder() / f"registrations-{count}.xlsx"
    if not file.exists():
        dice = Random(count)  # noqa: S311 - the same people in every run
        lines = [_line(dice, n, name) for n, name in enumerate(material.names(count), start=1)]
        records = [dict(zip(HEADINGS, line, strict=True)) for line in lines]
        write_worksheet(records, str(file), sheet_name="DS")
    return file


def _line(dice: Random, number: int, name: str) -> tuple[object, ...]:
    year, woman = dice.randint(1935, 2002), number % 2
    card = f"010{2 * (year // 100 - 19) + woman}{year % 100:02d}{dice.randrange(10**6):06d}"
    first = LAST - timedelta(days=dice.randint(0, 60))
    product = PRODUCTS[number % 4]
    dose = (product, f"{first:%d/%m/%Y}", f"L{dice.randrange(999)}")
    before = (product, f"{first - timedelta(days=60):%d/%m/%Y}", f"L{dice.randrange(999)}")
    doses = (*before, *dose) if number % 4 == 0 else (*dose, "", "", "")
    none = ("",) * 6
    return (
        number,
        name,
        f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{year}",
        ("Nam", "Nữ")[woman],
        str(1 + number % 16),
        "UBND xã",
        f"09{dice.randint(10**7, 10**8 - 1)}",
        card,
        "Bản Mo, xã Kim Sơn, huyện Bảo Yên, tỉnh Lào Cai",
        *(doses if number % 2 == 0 else none),
    )


def imported(file: Path) -> None:
    """Read, validate, judge, look for duplicates, store, forecast, audit, index for search."""
    suite = material.suite(material.copied(material.empty_database()))
    with suite.database.work(suite.actor) as work:
        draft = importer.read_file(REGISTRATIONS, file, REGISTRATIONS.context(work))
        importer.store(work, draft)
    suite.close()


def bare_import(file: Path) -> None:
    """The cells as they stand into the same tables with the same indexes, nothing checked."""
    book = python_calamine.CalamineWorkbook.from_path(str(file))
    lines = list(book.get_sheet_by_index(0).iter_rows())[1:]
    connection = material.raw(material.copied(material.empty_database()))
    connection.execute("BEGIN IMMEDIATE")
    for start in range(0, len(lines), material.BATCH):
        part = list(enumerate(lines[start : start + material.BATCH], start=start + 1))
        people = [
            (n, f"p{n}", r[1], fold(r[1]), sort_key(r[1]), r[2], "M", r[6], r[7], "", "", r[8])
            for n, r in part
        ]
        material.insert(connection, "registry_person", people, PERSON)
        words = material.words({row[3] for row in people})
        material.insert(connection, "registry_word", words, "word, spaced")
        rows = [(n, f"r{n}", n, 1, n, "2021-08-13", "") for n, _r in part]
        material.insert(connection, "vaccination_registration", rows, REGISTRATION)
        doses = [
            (2 * n + k, f"d{2 * n + k}", n, r[10 + 3 * k], r[9 + 3 * k], r[11 + 3 * k], k + 1)
            for n, r in part
            for k in (0, 1)
            if r[9 + 3 * k]
        ]
        rest = [(*dose, "", "LIST", "UNKNOWN", dose[2], 1) for dose in doses]
        material.insert(connection, "vaccination_dose", rest, DOSE)
        ahead = [(n, n, 1, 0, "", "2021-08-13", "2021-08-13") for n, _r in part]
        material.insert(connection, "vaccination_forecast", ahead, FORECAST)
    connection.execute("COMMIT")
    connection.close()


def registered(count: int) -> Registered:
    """A database in which so many are registered."""
    file = material.copied(material.database(count))
    driver = material.raw(file)
    driver.execute("BEGIN IMMEDIATE")
    numbers = range(1, count + 1)
    rows = [(n, f"r{n}", n, 1, n, "2021-08-13", "") for n in numbers]
    material.insert(driver, "vaccination_registration", rows, REGISTRATION)
    names = ("Vaxzevria", "Comirnaty", "Spikevax", "BBIBP-CorV")
    doses = [
        (n, f"d{n}", n, f"2021-0{6 + n % 3}-{1 + n % 28:02d}", names[n % 4], f"L{n % 99}", 1)
        for n in numbers
    ]
    rest = [(*dose, "", "LIST", "UNKNOWN", dose[2], 1) for dose in doses]
    material.insert(driver, "vaccination_dose", rest, DOSE)
    driver.execute("COMMIT")
    suite = material.suite(file)
    with suite.database.work(suite.actor) as work:
        forecast(work)
    return Registered(suite, driver)


def everybody(there: Registered) -> None:
    """Forecast everybody and keep what comes out otherwise than before: nothing, or all of it."""
    with there.suite.database.work(there.suite.actor) as work:
        forecast(work)


def bare_rows(there: Registered) -> None:
    """Read the same doses and write a row for each person, by the driver alone."""
    there.driver.execute("BEGIN IMMEDIATE")
    query = "SELECT person_id, given_on, product FROM vaccination_dose WHERE voided_at IS NULL"
    rows = there.driver.execute(query).fetchall()
    there.driver.execute("DELETE FROM vaccination_forecast")
    ahead = [(n, row[0], 2, 1, row[2], row[1], "2021-08-13") for n, row in enumerate(rows, 1)]
    material.insert(there.driver, "vaccination_forecast", ahead, FORECAST)
    there.driver.execute("COMMIT")


def bare_look(there: Registered) -> None:
    """Read the same people, doses and forecasts by the driver alone."""
    for query in (
        "SELECT r.person_id, p.dob, r.listed_on FROM vaccination_registration r "
        "JOIN registry_person p ON p.id = r.person_id",
        "SELECT person_id, given_on, product, lot, stated FROM vaccination_dose",
        "SELECT * FROM vaccination_forecast",
    ):
        there.driver.execute(query).fetchall()


def first_page(there: Registered) -> None:
    """The first page of whoever is due."""
    with there.suite.database.read(there.suite.actor) as work:
        due_page(work, DueView())


def bare_page(there: Registered) -> None:
    """The same two hundred lines by the driver alone."""
    query = (
        "SELECT f.*, p.* FROM vaccination_forecast f JOIN registry_person p "
        "ON p.id = f.person_id WHERE f.due_on <= '2026-01-01' ORDER BY f.due_on, f.id LIMIT 200"
    )
    there.driver.execute(query).fetchall()


BENCHES = [
    Bench(
        name="vaccination.import",
        sizes=(200, 2_000, 20_000),
        prepare=registrations,
        floor=bare_import,
        job=imported,
        target=1.5,
        large=5,
    ),
    Bench(
        name="vaccination.forecast",
        sizes=(2_000, 20_000, 200_000),
        prepare=registered,
        floor=bare_rows,
        job=everybody,
        target=2,
        timed=True,
    ),
    Bench(
        name="vaccination.forecast_again",
        sizes=(2_000, 20_000, 200_000),
        prepare=registered,
        floor=bare_look,
        job=everybody,
        target=2,
        timed=True,
    ),
    Bench(
        name="vaccination.due",
        sizes=(2_000, 20_000, 200_000),
        prepare=registered,
        floor=bare_page,
        job=first_page,
        target=0.1,
        timed=True,
    ),
]
