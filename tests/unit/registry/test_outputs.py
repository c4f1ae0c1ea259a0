"""What leaves is noted down; what was sent where is known and can be taken back."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.permissions import Actor
from admin_suite.core.progress import Progress
from admin_suite.db.audit import Entry
from admin_suite.db.origin import Origin
from admin_suite.excel.output import Layout, OutputColumn
from admin_suite.registry import outputs
from admin_suite.registry.outputs import Going
from admin_suite.registry.service import NewPerson
from admin_suite.registry.sheets import PEOPLE
from modules.lab import day as lab_day
from modules.lab import queries, service
from modules.lab.codes import Outcome
from modules.lab.service import NewResult, NewSample
from modules.lab.sheets import SAMPLES
from modules.results import day
from modules.results import service as results
from modules.results.sheets import RELEASED
from tests.conftest import EVERYTHING, MODULES

PLATFORM = "Nền tảng xét nghiệm"
SHEETS = {sheet.name: sheet for module in MODULES for sheet in module.sheets}


@pytest.fixture
def registered(suite):
    with suite.database.work(suite.actor) as work:
        rows = [NewSample(NewPerson(f"Lý {n}", "1985"), "2021-08-12") for n in ("An", "Bình")]
        service.register(work, rows, Origin("", "List", "Trạm Y tế xã Bảo Hà", date(2021, 8, 12)))
        return queries.samples(work)


@pytest.fixture
def sending(suite):
    """Export a sheet as a person does, and return the number of the export."""

    def send(path, sheet=SAMPLES, place="", actor=None, **where):
        who = actor or suite.actor
        with suite.database.read(who) as work:
            found = outputs.collect(work, sheet, where)
        going = Going(sheet, path, None, place)
        digest = outputs.write(Progress(), going, found)
        with suite.database.work(who) as work:
            return outputs.leave(work, going, found, digest)

    return send


def kept(suite, question, *arguments):
    with suite.database.read(suite.actor) as work:
        return question(work, *arguments)


def test_what_was_sent_is_not_sent_again_until_it_is_taken_back(
    suite, registered, sending, tmp_path
):
    first = sending(tmp_path / "a.json", place=PLATFORM, name="Lý An")
    sending(tmp_path / "b.json", not_sent=PLATFORM)
    assert [one["name"] for one in json.loads((tmp_path / "b.json").read_text("utf-8"))] == [
        "Lý Bình"
    ]
    sending(tmp_path / "c.json", sent=PLATFORM)
    assert "Lý An" in (tmp_path / "c.json").read_text("utf-8")
    with suite.database.work(suite.actor) as work:
        assert outputs.take_back_export(work, first) == 1
    sending(tmp_path / "b.json", not_sent=PLATFORM)
    assert len(json.loads((tmp_path / "b.json").read_text("utf-8"))) == 2
    with pytest.raises(UserError, match="before"), suite.database.work(suite.actor) as work:
        outputs.take_back_export(work, first)
    assert [row.taken_back for row in kept(suite, outputs.exports)] == [False, False, False, True]


def test_every_export_is_in_the_audit_with_its_count_and_where_it_went(
    suite, registered, sending, tmp_path
):
    sending(tmp_path / "a.xlsx", place=PLATFORM)
    query = select(Entry.detail).where(Entry.verb == "registry.export")
    told = [json.loads(detail) for detail in kept(suite, lambda work: work.session.scalars(query))]
    [entry] = [one for one in told if "rows" in one]
    assert (entry["rows"], entry["destination"]) == ([None, 2], [None, PLATFORM])
    assert entry["sheet"] == [None, "lab.samples"]
    assert not [path for path in tmp_path.iterdir() if "part" in path.name]


@pytest.mark.parametrize("right", ["lab.see", "registry.export"])
def test_without_the_rights_to_see_and_to_export_nothing_leaves(
    suite, registered, sending, tmp_path, right
):
    stranger = Actor(2, "no 2", EVERYTHING - {right})
    with pytest.raises(Forbidden):
        sending(tmp_path / "a.xlsx", actor=stranger)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert kept(suite, outputs.exports) == []


def test_the_home_page_counts_what_the_platform_has_not_got(
    suite, registered, sending, as_actor, tmp_path
):
    assert kept(suite, day.unsent) == 0
    with suite.database.work(suite.actor) as work:
        outputs.add_layouts(work)
        service.receive(work, [row.tube_id for row in registered])
        rows = [NewResult(row.accession, Outcome.NEGATIVE) for row in registered]
        service.enter(work, rows)
    with suite.database.work(as_actor(2)) as work:
        results.sign(work, [row.tube_id for row in registered])
    assert kept(suite, day.unsent) == 2
    number = sending(tmp_path / "a.xlsx", RELEASED, PLATFORM)
    assert kept(suite, day.unsent) == 0
    told = kept(suite, lab_day.history, registered[0].tube_id)
    assert told[0].title == f"Sent to {PLATFORM}"
    assert told[0].detail == "a.xlsx, no 1"
    with suite.database.work(suite.actor) as work:
        outputs.take_back_export(work, number)
    assert kept(suite, day.unsent) == 2


def test_every_layout_that_ships_can_be_filled(suite, registered, tmp_path):
    with suite.database.work(suite.actor) as work:
        assert outputs.add_layouts(work) == 5
        assert outputs.add_layouts(work) == 0
    for row in kept(suite, outputs.layouts):
        assert row.note
        sheet = SHEETS[row.sheet]
        layout = kept(suite, outputs.arranged, sheet, row.name)
        found = kept(suite, outputs.collect, sheet, layout.where)
        going = Going(sheet, tmp_path / "a.xlsx", layout)
        assert outputs.write(Progress(), going, found)


def test_layouts_are_saved_replaced_and_deleted_by_name(suite):
    arranged = Layout("Ours", "registry.people", (OutputColumn("Tên", "name"),))
    with suite.database.work(suite.actor) as work:
        assert outputs.save_layout(work, arranged, PEOPLE) is None
        assert outputs.save_layout(work, arranged, PEOPLE) == arranged
    assert kept(suite, outputs.layout, "Ours") == arranged
    with pytest.raises(UserError, match=r"registry\.people"):
        kept(suite, outputs.arranged, SAMPLES, "Ours")
    with suite.database.work(suite.actor) as work:
        assert outputs.delete_layout(work, "Ours") == arranged
    with pytest.raises(UserError, match="no output layout"):
        kept(suite, outputs.layout, "Ours")


def test_a_file_that_is_open_elsewhere_is_told_and_nothing_is_noted(
    suite, registered, sending, tmp_path
):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        sending(tmp_path / "a.xlsx", place=PLATFORM)
    assert kept(suite, outputs.exports) == []


def test_the_first_rows_of_a_sheet_have_every_field_that_leaves(suite, registered):
    with suite.database.read(suite.actor) as work:
        for sheet in SHEETS.values():
            if sheet.first is not None:
                for row in sheet.first(work, 8):
                    assert all(hasattr(row, field.name) for field in sheet.fields), sheet.name
