"""A list is stored alike in portions of any size, and meanwhile the bar only goes forward."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from admin_suite.core.progress import Progress
from admin_suite.db import audit
from admin_suite.db.base import Base
from admin_suite.excel.importer import read_file, store
from admin_suite.registry import imports
from admin_suite.registry.models import Person
from modules.venues import service as venues
from modules.venues.codes import Kind
from modules.venues.queries import venue_rows
from modules.venues.service import NewVenue
from tests.conftest import MODULES
from tests.unit.excel.test_outputs import saved

NOW = datetime(2021, 8, 20, 3, tzinfo=UTC)
OF_ITSELF = {"house_audit", "house_anchor", "house_import", "house_import_line"}
COMPUTED = ("vaccination_forecast", "venues_stay")
NEVER_TWICE = {"id", "version", "uid", "code", "checkin_id"}
SHEETS = {sheet.name: sheet for module in MODULES for sheet in module.sheets if sheet.store}
NAMES = ["Lý Văn An", "Vàng Thị Mẩy", "Sùng A Páo", "Lý Thị Bình", "Tẩn Láo Tả"]
HOURS = ["07:10 13/08/2021", "08:20 13/08/2021", "09:30 14/08/2021"]
DAYS = ["10/06/2021", "12/07/2021"]
VARIED = {
    "phone": ["0912345678", "", "0912345679"],
    "id_no": ["", "010085001234", ""],
    "dob": ["05/03/1985", "1985", "05/03/1985", "12/07/1990"],
    "address": ["Thôn Bản Lầu, xã Điện Quan, huyện Bảo Yên", "Phố Ràng, huyện Bảo Yên", ""],
    "workplace": ["", "Trường THCS Điện Quan"],
    "occupation": ["", "", "Giáo viên"],
    "collected_at": HOURS,
    "tested_at": HOURS,
    "declared_at": HOURS,
    "t_in": HOURS,
    "t_out": [""],
    "on": DAYS,
    "on1": DAYS,
    "stated": [""],
    "pool": [],
    "party": ["H01", "", "H02"],
    "household": ["", "H02"],
    "other_phones": [""],
    "accession": [],
    "code": [],
}
PEOPLE = [
    "registry.people",
    "registry.declarations",
    "lab.samples",
    "lab.rapid",
    "vaccination.registrations",
    "vaccination.doses",
    "quarantine.arrivals",
    "quarantine.home",
    "venues.checkins",
]


def written(sheet, count, numbers=()):
    """A list of so many rows of a sheet, with people in it who stand there again and again."""
    wanted = [one for one in sheet.columns if one.field in sheet.example]
    rows = []
    for at in range(count):
        told = dict(sheet.example)
        for step, (field, values) in enumerate(VARIED.items(), start=2):
            if field in told and values:
                told[field] = values[(at * (at + step) // 2) % len(values)]
        told["name"] = NAMES[at % len(NAMES)]
        if numbers:
            told["code"] = numbers[at % len(numbers)]
        if "pool" in told:
            told["pool"] = f"G{at // len(NAMES)}"  # nobody is twice in one tube
        rows.append([at + 1, *(getattr(told[c.field], "word", told[c.field]) for c in wanted)])
    return [["STT", *(column.heading for column in wanted)], *rows]


def content():
    """The tables that a list may fill, without what is never twice the same."""
    tables = [one for one in Base.metadata.sorted_tables if one.name not in OF_ITSELF]
    return {one: [c for c in one.columns if c.name not in NEVER_TWICE] for one in tables}


def told(work):
    """Every row of every table in order, with the place of a row where its number would stand."""
    places, found = {}, {}
    for table, columns in content().items():
        if "id" not in table.c:
            continue
        rows = work.session.execute(select(table.c.id, *columns).order_by(table.c.id)).all()
        places[table.name] = {row[0]: at for at, row in enumerate(rows)}
        found[table.name] = [
            tuple(_placed(places, c, value) for c, value in zip(columns, row[1:], strict=True))
            for row in rows
        ]
    for name in COMPUTED:  # anew, each time that something was added
        found[name].sort(key=repr)
    used = found.pop("lab_kit_movement")  # of each portion, as a whole
    return found | {"used": sum(row[2] for row in used)}


def _placed(places, column, value):
    for key in column.foreign_keys:
        name = key.column.table.name
        if key.column.name == "id" and name in places and name != column.table.name:
            return places[name].get(value, value)
    return None if column.name.endswith(("import_id", "import")) else value


@pytest.fixture
def furnished(suite, as_actor):
    """Two venues for the lists that name one."""
    two = [NewVenue(name, Kind.MARKET, "02947") for name in ("Chợ", "Chợ Bảo Hà")]
    with suite.database.work(as_actor(1)) as work:
        return [one.number for one in venue_rows(work, venues.register(work, two).ids)]


def stored(suite, actor, draft, portion):
    """What stands in the database once a list is stored in such portions; nothing of it stays."""
    one = replace(draft.sheet, portion=portion)
    with suite.database.work(actor) as work:
        work.clock = lambda: NOW
        receipt = store(work, replace(draft, sheet=one), partial=True)
        work.session.flush()
        work.session.expire_all()
        found = told(work) | {"": [receipt.stored, receipt.refused]}
        work.session.rollback()
        work.notes.clear()
    return found


@pytest.mark.parametrize("name", PEOPLE)
def test_portions_of_any_size_store_the_same(suite, as_actor, tmp_path, furnished, name):
    sheet = SHEETS[name]
    file = saved(tmp_path / "a.xlsx", written(sheet, 40, furnished))
    with suite.database.read(as_actor(1)) as work:
        draft = read_file(sheet, file, sheet.context(work))
    assert len(draft.items) > 8, draft.problems
    whole = stored(suite, as_actor(1), draft, 1_000)
    assert whole["registry_person"]
    for portion in (7, 1):
        parts = stored(suite, as_actor(1), draft, portion)
        assert {key: rows for key, rows in parts.items() if rows != whole[key]} == {
            key: rows for key, rows in whole.items() if rows != parts[key]
        }


@pytest.mark.parametrize("name", PEOPLE)
def test_a_list_stored_in_portions_is_proved_and_goes_as_a_whole(
    suite, as_actor, tmp_path, furnished, name
):
    sheet = replace(SHEETS[name], portion=7)
    file = saved(tmp_path / "a.xlsx", written(sheet, 40, furnished))
    with suite.database.read(as_actor(1)) as work:
        draft = read_file(sheet, file, sheet.context(work))
    with suite.database.work(as_actor(1)) as work:
        receipt = store(work, draft)
    with suite.database.writer.connect() as connection:
        assert list(audit.broken(connection)) == []
    with suite.database.work(as_actor(1)) as work:
        taken = imports.take_back(work, [sheet], receipt.import_id)
    assert (taken.taken, taken.stays) == (receipt.stored, ())
    stays = name == "lab.rapid"  # a test entered in error is told of somebody all the same
    query = select(Person.name).where(Person.import_id.is_not(None))
    with suite.database.read(as_actor(1)) as work:
        assert bool(work.session.scalars(query).all()) is stays


def place_of(sheet, rows, field):
    return rows[0].index(next(column.heading for column in sheet.columns if column.field == field))


def test_the_bar_goes_forward_while_a_corrected_list_is_stored(
    suite, as_actor, tmp_path, furnished
):
    sheet, seen = SHEETS["venues.checkins"], []
    rows = written(sheet, 20, furnished)
    for count, minute in ((12, "50"), (21, "55")):
        for row in rows[1:]:
            came = row[place_of(sheet, rows, "t_in")]
            row[place_of(sheet, rows, "t_out")] = f"{came[:3]}{minute}{came[5:]}"
        file = saved(tmp_path / "a.xlsx", rows[:count])
        with suite.database.read(as_actor(1)) as work:
            draft = read_file(replace(sheet, portion=3), file, sheet.context(work))
        seen.clear()
        bar = Progress(lambda *told: seen.append(told))
        with suite.database.work(as_actor(1), bar) as work:
            receipt = store(work, draft)
    assert receipt.changed
    assert receipt.new
    total = len(draft.items)
    assert seen == sorted(seen)
    assert {whole for _done, whole in seen} == {total}
    assert seen[-1] == (total, total)
    assert len(set(seen)) > 5
