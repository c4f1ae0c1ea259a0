"""A typed list says what a file of the same cells says; a mended one what the file should have."""

import csv
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import select

from admin_suite.db.audit import Entry
from admin_suite.db.origin import Import
from admin_suite.excel.draft import Place
from admin_suite.excel.importer import preview, read_file, store
from admin_suite.excel.mending import EDITED, mended
from admin_suite.excel.typed import TYPED, Head, Typed, offered, read_typed
from admin_suite.registry.sheets import PEOPLE
from modules.lab.sheets import RESULTS, SAMPLES
from tests.unit.excel.test_outputs import LIST, saved
from tests.unit.lists import a_world

WORLD = a_world()
CELLS = {
    "name": ["Lý Văn An", "Vàng Thị Bình", "", "nt"],
    "dob": ["1985", "05/03/1985", "31/02/1980", "", "nt"],
    "sex": ["Nam", "nữ", "?", "", '"'],
    "id_no": ["010085001234", "", "123"],
    "phone": ["0912345678", "912345678", "", "nt"],
    "address": ["Bản Lầu, xã Điện Quan", "xã Nghĩa Đô", ""],
    "collected_at": ["07:30 02/01/2026", "3/1/2026", "", "nt"],
    "pool": ["G1", "G2", "", "nt"],
    "note": ["", "sốt"],
}
ROW = st.fixed_dictionaries({name: st.sampled_from(words) for name, words in CELLS.items()})


def a_typed(sheet, rows, **head):
    fields = [column.field for column in offered(sheet)]
    cells = {at: [row.get(name, "") for name in fields] for at, row in enumerate(rows, start=1)}
    return Typed(fields, cells, Head(**head))


def as_file(sheet, rows, path):
    fields = [column.field for column in offered(sheet)]
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["STT", *(sheet.heading_of(name) for name in fields)])
        for number, row in enumerate(rows, start=1):
            writer.writerow([number, *(row.get(name, "") for name in fields)])
    return path


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROW, min_size=1, max_size=6))
def test_typed_rows_are_read_as_those_of_a_file(tmp_path, rows):
    rows = [{"name": "Lý Văn Đầu", "dob": "1970", "collected_at": "01/01/2026"}, *rows]
    typed = read_typed(SAMPLES, a_typed(SAMPLES, rows), WORLD)
    read = read_file(SAMPLES, as_file(SAMPLES, rows, tmp_path / "a.csv"), WORLD)
    assert [one._replace(row=0) for one in typed.items] == [
        one._replace(row=0) for one in read.items
    ]
    said = [(one.row + 1, one.field, one.code) for one in typed.problems]
    assert said == [(one.row, one.field, one.code) for one in read.problems]


def test_the_head_of_a_typed_list_stands_for_the_letterhead():
    rows = [{"name": "Lý Văn An", "dob": "1985"}]
    typed = a_typed(SAMPLES, rows, sender="Trạm Y tế xã Kim Sơn", day=date(2026, 1, 2))
    draft = read_typed(SAMPLES, typed, WORLD)
    assert (draft.file, draft.sender, draft.day) == (TYPED, typed.head.sender, date(2026, 1, 2))
    assert draft.items[0].collected_at == "2026-01-02"
    assert [line.row for line in draft.lines()] == [1]


def test_any_sheet_that_can_be_stored_can_be_typed():
    for sheet, row in (
        (PEOPLE, {"name": "Lý Văn An", "dob": "1985"}),
        (RESULTS, {"accession": "21BY000001A", "outcome": "Âm tính"}),
    ):
        assert len(read_typed(sheet, a_typed(sheet, [{}, row]), WORLD).items) == 1


def test_a_row_that_says_total_is_a_row_when_it_is_typed():
    rows = [{"name": "Tống Văn Tổng", "dob": "1985"}, {}, {"name": "Cộng", "dob": "1990"}]
    draft = read_typed(PEOPLE, a_typed(PEOPLE, rows), WORLD)
    assert [(place.row) for place in draft.places] == [1, 3]


@pytest.fixture
def draft(tmp_path):
    return read_file(SAMPLES, saved(tmp_path / "a.xlsx", LIST), a_world())


def test_a_mended_row_is_stored_and_the_receipt_and_the_audit_say_so(suite, as_actor, draft):
    place = Place(draft.parts[0].worksheet, 7)
    made = mended(draft, {place: {"dob": "1980"}}, draft.sender)
    assert {one.row for one in draft.problems} == {7, 8}
    assert {one.row for one in made.problems} == {8}
    with suite.database.work(as_actor(1)) as work:
        receipt = store(work, made, partial=True)
    assert receipt.stored == 2
    told = [one for one in receipt.warnings if one.code == EDITED]
    assert [(one.row, one.field) for one in told] == [(7, "dob")]
    assert told[0].message.endswith("became “1980”.")
    with suite.database.read(as_actor(1)) as work:
        details = [e.detail for e in work.session.scalars(select(Entry))]
    assert any("edited" in str(detail) and "dob" in str(detail) for detail in details)
    assert not any("“1980”" in str(detail) for detail in details)


def test_a_cell_typed_wrong_refuses_its_row(draft):
    place = Place(draft.parts[0].worksheet, 9)
    made = mended(draft, {place: {"name": ""}}, draft.sender)
    assert {one.row for one in made.problems} == {7, 8, 9}
    assert draft.parts[0].cells["name"] != made.parts[0].cells["name"]


def test_another_sender_may_be_named_without_reading_the_file_again(draft):
    made = mended(draft, {}, "Trạm Y tế xã Bảo Hà")
    assert (made.sender, made.sha256) == ("Trạm Y tế xã Bảo Hà", draft.sha256)
    assert made.items == draft.items


def test_the_same_list_of_another_sender_is_said(suite, as_actor, draft):
    with suite.database.work(as_actor(1)) as work:
        said = store(work, draft, partial=True).warnings
    assert [problem.code for problem in said] == ["DATE_FROM_TITLE"]
    other = mended(draft, {}, "Trạm Y tế xã Bảo Hà")
    rows = replace(other, sha256="of another file")
    for one, said in ((other, "The same file"), (rows, "The same rows")):
        with suite.database.read(as_actor(1)) as work:
            found = [p for p in preview(work, one).warnings if p.code == "OTHER_SENDER"]
        assert [problem.message.startswith(said) for problem in found] == [True]
        assert draft.sender in found[0].message
    with suite.database.read(as_actor(1)) as work:
        entry = work.session.scalars(select(Import)).one()
        assert entry.sender == draft.sender
