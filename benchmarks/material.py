"""What benchmarks work on: invented people, sampling lists, filled databases.

A database is filled by the driver alone, for making the material is not what is measured; it lies
in one folder per run, so that the processes of a run share it.
"""

import atexit
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct, field
from rustpy_xlsxwriter import write_worksheet
from sqlalchemy import Dialect, TextClause
from sqlalchemy.engine import make_url

from admin_suite.core.permissions import Actor
from admin_suite.db import engine
from admin_suite.db.work import Work
from admin_suite.house import load
from admin_suite.registry.names import fold, sort_key
from admin_suite.setting_up import Beginning, set_up
from admin_suite.suite import Suite, open_suite
from modules import INSTALLED
from modules.lab.rules import accession

FOLDER = "SUITE_BENCH_FOLDER"
PASSWORD = "mot-hai-ba"  # noqa: S105 - of a database that lives for one run
FIRST_DAY = date(2021, 8, 13)
COLUMNS = 20
PER_LIST = 500
BATCH = 5_000
COPIES = count(1)
FIRST = (
    "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Vàng Giàng Triệu Lù Hà "
    "Đinh Mai Cao Lương Vi Lò Sùng Thào Ma Hầu Bàn Chảo Tẩn Đào Trịnh Đoàn Tạ Quách Tôn"
)
FAMILIES = FIRST.split()
SHARES = [38, 11, 9.5, 7, 5, 4.5, 3.9, 2.1, 2, 1.4, 1.3, 1.3, 1]
SHARES += [0.6] * (len(FAMILIES) - len(SHARES))
OTHERS = (
    "An Anh Bảo Bích Bình Canh Cảnh Chi Chiến Chính Công Cúc Cường Đại Dân Đạo Đạt Điểm Điệp "
    "Diệu Đình Đông Du Đức Dung Dương Duy Gia Giang Hạ Hải Hân Hằng Hạnh Hào Hậu Hiền Hiệp "
    "Hiếu Hoa Hoài Hoan Hoàng Học Hồng Hợp Huệ Hùng Hương Hữu Huy Huyền Khải Khang Khánh Khoa "
    "Khôi Khuê Kiên Kiều Kim Kỳ Lam Lan Lâm Liên Linh Loan Lộc Lợi Long Luân Lực Lượng Lưu Ly "
    "Mai Mạnh Mến Miên Minh Mỹ Nam Nga Ngân Nghĩa Ngọc Nguyên Nguyệt Nhã Nhân Nhật Nhi Như "
    "Nhung Oanh Phát Phi Phong Phú Phúc Phụng Phước Phương Quân Quang Quốc Quý Quyền Quỳnh "
    "Sâm San Sang Sen Sinh Sơn Sương Tài Tâm Tân Thạch Thái Thanh Thành Thảo Thế Thi Thiên "
    "Thiệp Thịnh Thơ Thoa Thông Thu Thuận Thục Thương Thủy Tiên Tiến Tín Tình Toàn Trà Trai "
    "Trang Trí Trinh Trọng Trúc Trung Trường Tú Tuấn Tuệ Tùng Tươi Tuyền Tuyết Uyên Vân Viên "
    "Việt Vinh Vũ Vượng Vy Xuân Yến"
)
SYLLABLES = OTHERS.split()
HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "CCCD/CMND",
    "SĐT",
    "Địa chỉ",
    "Đối tượng",
    "Ngày giờ lấy mẫu",
    "Loại mẫu",
    "Mã ống gộp",
    "Ghi chú",
    *(f"Khác {n}" for n in range(1, COLUMNS - 11)),
)


@cache
def folder() -> Path:
    """Where the files of this run lie; gone when it ends."""
    if given := os.environ.get(FOLDER):
        return Path(given)
    made = Path(tempfile.mkdtemp(prefix="suite-bench-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    os.environ[FOLDER] = str(made)
    return made


@cache
def names(count: int) -> list[str]:
    """Names as common and as rare as in life: a third called Nguyễn, half Thị or Văn."""
    dice = Random(count)  # noqa: S311 - the same people in every run
    weights = [1 / (1 + place) ** 0.7 for place in range(len(SYLLABLES))]
    first = dice.choices(FAMILIES, SHARES, k=count)
    given, middle = (dice.choices(SYLLABLES, weights, k=count) for _part in range(2))
    made = []
    for family, last, between in zip(first, given, middle, strict=True):
        kind = dice.random()
        sex = "Thị" if kind < 0.28 or 0.72 < kind < 0.82 else "Văn"  # noqa: PLR2004 - shares
        alone = kind < 0.45  # noqa: PLR2004
        both = kind > 0.72  # noqa: PLR2004
        middles = sex if alone else f"{sex} {between}" if both else between
        made.append(f"{family} {middles} {last}")
    return made


def sampling_list(count: int) -> Path:
    """A sampling list of so many lines and twenty columns."""
    file = folder() / f"list-{count}.xlsx"
    if not file.exists():
        records = [dict(zip(HEADINGS, line, strict=True)) for line in _lines(count)]
        write_worksheet(records, str(file), sheet_name="DS")
    return file


def _lines(count: int) -> list[tuple[object, ...]]:
    dice = Random(count)  # noqa: S311 - the same people in every run
    return [_line(dice, n, name) for n, name in enumerate(names(count), start=1)]


def _line(dice: Random, number: int, name: str) -> tuple[object, ...]:
    year, woman = dice.randint(1935, 2006), number % 2
    century = 2 * (year // 100 - 19) + woman
    return (
        number,
        name,
        f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{year}",
        ("Nam", "Nữ")[woman],
        f"010{century}{year % 100:02d}{dice.randint(0, 10**6 - 1):06d}",
        f"09{dice.randint(10**7, 10**8 - 1)}",
        f"Bản {dice.choice(SYLLABLES)}, xã Kim Sơn, huyện Bảo Yên, tỉnh Lào Cai",
        ("F1", "Sàng lọc", "Về từ vùng dịch")[number % 3],
        f"{13 - number % 7:02d}/08/2021 {number % 24:02d}:{number % 60:02d}",
        "Dịch tỵ hầu",
        f"G{number // 5:05d}",
        "",
        *[""] * (COLUMNS - 12),
    )


def empty_database() -> Path:
    """A database that is set up and holds nobody."""
    file = folder() / "empty.db"
    if not file.exists():
        beginning = Beginning("Trung tâm Y tế huyện Bảo Yên", "ha", PASSWORD)
        set_up(modules(), make_url(f"sqlite:///{file}"), beginning)
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    return file


def copied(file: Path) -> Path:
    """A copy to write into; the one before it goes, unless a program still holds it open."""
    number = next(COPIES)
    before = folder() / f"copy-{os.getpid()}-{number - 1}.db"
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            before.with_name(before.name + suffix).unlink()
    return Path(shutil.copy(file, folder() / f"copy-{os.getpid()}-{number}.db"))


def database(count: int) -> Path:
    """A database of so many people, each with one swab in a tube of its own."""
    file = folder() / f"people-{count}.db"
    if not file.exists():
        made = folder() / f"making-{os.getpid()}.db"
        shutil.copy(empty_database(), made)
        connection = raw(made)
        connection.execute("BEGIN")
        for table, columns, rows in people(count):
            insert(connection, table, rows, columns)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        made.rename(file)
    return file


class Filled(Struct, frozen=True):
    """A database in the hands of the suite and of its driver, which commits each statement."""

    suite: Suite
    driver: Any
    opened: ExitStack = field(default_factory=ExitStack)

    def question(self) -> Work:
        """A unit of reading that stays open until the database is closed."""
        return self.opened.enter_context(self.suite.database.read(self.suite.actor))

    def close(self) -> None:
        """Let the database go."""
        self.opened.close()
        self.suite.close()
        self.driver.close()

    def ask(self, query: TextClause, given: Mapping[str, object]) -> list[Any]:
        """Put a statement of the suite to the driver alone."""
        spelled = spell(query, self.suite.database.writer.dialect)
        return list(self.driver.execute(spelled, given).fetchall())


@cache
def spell(query: TextClause, dialect: Dialect) -> str:
    """A statement with its names as the driver writes them."""
    return str(query if dialect.name == "sqlite" else query.compile(dialect=dialect))


def filled(count: int) -> Filled:
    """A database of so many people, which nobody writes into."""
    return _opened(database(count))


def filled_copy(count: int) -> Filled:
    """The same to write into."""
    return _opened(copied(database(count)))


def _opened(file: Path) -> Filled:
    return Filled(suite(file), raw(file))


def raw(file: Path) -> sqlite3.Connection:
    """The driver's own connection, opened as the suite opens its database."""
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"cache_size=-{engine.KIBIBYTES}",
        f"analysis_limit={engine.SAMPLE}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def people(count: int) -> Iterator[tuple[str, str, Sequence[tuple[object, ...]]]]:
    """The rows of so many people with their swabs, by table, with the columns that they fill."""
    known: set[str] = set()
    told = 0  # lists so far
    everybody = names(count)
    for start in range(0, count, BATCH):
        part = list(enumerate(everybody[start : start + BATCH], start=start + 1))
        persons = [
            (n, f"p{n}", name, fold(name), sort_key(name), f"{1940 + n % 70}", f"09{n:08d}")
            for n, name in part
        ]
        new = {row[3] for row in persons} - known
        known |= new
        yield "registry_word", "word, spaced", words(new)
        columns = "id, uid, name, folded, sorted, dob, phone, sex, id_no, insurance_no, "
        columns += "commune_code, address"
        more = [(*row, "M", f"010{row[0]:09d}", "", "", "") for row in persons]
        yield "registry_person", columns, more
        tubes = [(n, f"t{n}", accession(2021, "BY", n), n // PER_LIST + 1) for n, _name in part]
        lists = range(told + 1, tubes[-1][3] + 1)
        told = tubes[-1][3]
        day = FIRST_DAY.isoformat()
        given = [(key, 1, f"DS {key}", day) for key in lists]
        yield "lab_list", "id, sender_id, title, collected_on", given
        more = [(*row, False, "EXPECTED") for row in tubes]
        yield "lab_tube", "id, uid, accession, list_id, pooled, stage", more
        swabs = [
            (n, f"s{n}", n, n, n % PER_LIST, "NASOPHARYNGEAL", _day(n), "") for n, _name in part
        ]
        columns = "id, uid, tube_id, person_id, row, specimen, collected_at, note"
        yield "lab_specimen", columns, swabs


def words(folded: set[str]) -> list[tuple[str, str]]:
    """The rows of the index of words, in its order."""
    return sorted({(word, f" {name}") for name in folded for word in name.split()})


def insert(
    connection: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]], columns: str
) -> None:
    """The driver's executemany; what is there already stays, what lacks a value is an error."""
    marks = ", ".join("?" * (columns.count(",") + 1))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
    connection.executemany(f"{statement} ON CONFLICT DO NOTHING", rows)


def _day(number: int) -> str:
    day = FIRST_DAY - timedelta(days=number % 300)
    return f"{day.isoformat()}T{number % 24:02d}:30"


@cache
def modules() -> tuple[object, ...]:
    """Every module of the suite, loaded."""
    return tuple(load(INSTALLED))


def suite(file: Path) -> Suite:
    """The open suite in the hands of somebody who may do everything."""
    every = frozenset(p.code for module in modules() for p in module.permissions)
    return open_suite(modules(), f"sqlite:///{file}", Actor(1, "ha", every))
