"""Workbooks in and out, beside the libraries that read and write them."""

from pathlib import Path
from typing import Any

import python_calamine
from msgspec import Struct
from rustpy_xlsxwriter import write_worksheet

from admin_suite.core.i18n import _
from admin_suite.excel import child, gate, importer, reader, writer
from benchmarks import material
from benchmarks.frame import Bench
from modules.lab import queries
from modules.lab.queries import SampleRow
from modules.lab.sheets import SAMPLES


class Filled(Struct, frozen=True):
    """A list, and a database to check it against."""

    file: Path
    suite: Any


class Rows(Struct, frozen=True):
    """What is written: rows as the suite has them, and as the library wants them."""

    file: Path
    rows: list[SampleRow]
    records: list[dict[str, str]]


def a_list(lines: int) -> Filled:
    """A sampling list of twenty columns."""
    return Filled(material.sampling_list(lines), material.suite(material.empty_database()))


def bare_read(given: Filled) -> None:
    """Every row of the worksheet as calamine gives it."""
    book = python_calamine.CalamineWorkbook.from_path(str(given.file))
    list(book.get_sheet_by_index(0).iter_rows())


def opened(given: Filled) -> None:
    """Look the file through and read it."""
    reader.open_book(given.file)


def opened_by_a_child(given: Filled) -> None:
    """The same in a process of its own, with caps on time and memory."""
    child.grids(given.file, gate.scan(given.file))


def previewed(given: Filled) -> None:
    """Read the list, understand every cell, and ask what storing would refuse."""
    with given.suite.database.read(given.suite.actor) as work:
        draft = importer.read_file(SAMPLES, given.file, SAMPLES.context(work))
        importer.preview(work, draft)


def shown_rows(count: int) -> Rows:
    """The rows of a question, and the same texts as plain records."""
    suite = material.suite(material.database(count))
    with suite.database.read(suite.actor) as work:
        rows = queries.samples(work)
    suite.close()
    columns = writer._columns(SAMPLES, rows)  # noqa: SLF001
    names = [_(field.heading) for field in SAMPLES.fields]
    records = [dict(zip(names, line, strict=True)) for line in zip(*columns, strict=True)]
    return Rows(material.folder() / f"out-{count}.xlsx", rows, records)


def bare_write(given: Rows) -> None:
    """The texts as they are, without a look at any."""
    write_worksheet(given.records, str(given.file), sheet_name="1")


def exported(given: Rows) -> None:
    """The rows in the words of the language spoken, with headings, widths and a filter."""
    writer.export(SAMPLES, given.rows, given.file)


LISTS = {"sizes": (200, 2_000, 20_000), "prepare": a_list, "floor": bare_read, "large": 5}

BENCHES = [
    Bench(name="excel.open", job=opened, target=1.15, **LISTS),
    Bench(name="excel.child", job=opened_by_a_child, target=1.8, **LISTS),
    Bench(name="excel.preview", job=previewed, target=1.8, **LISTS),
    Bench(
        name="excel.export",
        sizes=(200, 2_000, 20_000),
        prepare=shown_rows,
        floor=bare_write,
        job=exported,
        target=1.3,
        large=5,
    ),
]
