"""From a file to stored rows: all or nothing, or the good ones on a person's word."""

import openpyxl
import pytest
from sqlalchemy import select

from admin_suite.core.i18n import speaking
from admin_suite.db.origin import Import
from admin_suite.excel.importer import Asking, Options, Refusing, preview, read_file, store
from modules.lab import queries, service
from modules.lab.sheets import RESULTS, SAMPLES
from modules.results.queries import released
from tests.unit.excel.test_outputs import LIST, saved
from tests.unit.lists import a_world

GOOD = [*LIST[:6], *LIST[8:9], ["2", "Lý Văn Dũng", "1970", "", "0912345679", "nt", "8h", "1"]]


@pytest.fixture
def file(tmp_path):
    return saved(tmp_path / "ds.xlsx", LIST)


def test_a_preview_says_what_storing_would_refuse_and_changes_nothing(suite, as_actor, file):
    draft = read_file(SAMPLES, file, a_world())
    with suite.database.read(as_actor(1)) as work:
        receipt = preview(work, draft)
    answer = receipt.plain()
    assert (answer["read"], answer["stored"], answer["import"]) == (3, 0, None)
    assert [(said["row"], said["code"]) for said in answer["refused"]] == [
        (7, "BAD_DOB"),
        (8, "NO_NAME"),
    ]
    assert set(answer["refused"][0]) == {"row", "column", "message", "code"}
    assert answer["refused"][1]["column"] == "Họ và tên"


def test_all_or_nothing_unless_a_person_says_so(suite, as_actor, file):
    draft = read_file(SAMPLES, file, a_world())
    with pytest.raises(Refusing) as caught, suite.database.work(as_actor(1)) as work:
        store(work, draft)
    assert caught.value.receipt.stored == 0
    with suite.database.read(as_actor(1)) as work:
        assert queries.samples(work) == []
        assert work.session.scalars(select(Import)).all() == []
    with suite.database.work(as_actor(1)) as work:
        receipt = store(work, draft, partial=True)
    assert (receipt.stored, receipt.unchanged, len(receipt.refused)) == (1, 0, 2)
    with suite.database.read(as_actor(1)) as work:
        entry = work.session.scalars(select(Import)).one()
        assert (entry.read, entry.stored, entry.refused, entry.by) == (3, 1, 2, 1)


def test_the_same_file_again_changes_nothing_and_the_sender_is_the_letterhead(
    suite, as_actor, tmp_path
):
    draft = read_file(SAMPLES, saved(tmp_path / "a.xlsx", GOOD), a_world())
    for stored, unchanged in ((2, 0), (0, 2)):
        with suite.database.work(as_actor(1)) as work:
            receipt = store(work, draft)
        assert (receipt.stored, receipt.unchanged) == (stored, unchanged)
    with suite.database.read(as_actor(1)) as work:
        rows = SAMPLES.rows(work, {})
    assert {row.sender for row in rows} == {"Trạm Y tế xã Nghĩa Đô"}
    assert [row.pool for row in rows] == ["1", "1"]
    assert {row.pooled for row in rows} == {True}


def test_a_list_asks_what_only_a_person_can_say(tmp_path):
    path = saved(tmp_path / "a.xlsx", GOOD)
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[8].hidden = True
    book.save(path)
    with pytest.raises(Asking) as caught:
        read_file(SAMPLES, path, a_world())
    assert caught.value.option == "hidden"
    taken = read_file(SAMPLES, path, a_world(), Options(hidden="take"))
    skipped = read_file(SAMPLES, path, a_world(), Options(hidden="skip"))
    assert (len(taken.items), len(skipped.items), len(skipped.skipped)) == (2, 1, 1)
    marked = [(one.row, one.message) for one in taken.warnings if one.code == "HIDDEN_ROW"]
    assert marked == [(8, "This row is hidden in the file.")]
    assert [line.status for line in taken.lines()][-1] == "warned"
    assert not any(one.code == "HIDDEN_ROW" for one in skipped.warnings)
    other = book.copy_worksheet(book.active)
    other.title = "Khác"
    book.save(path)
    with pytest.raises(Asking) as caught:
        read_file(SAMPLES, path, a_world(), Options(hidden="take"))
    assert (caught.value.option, caught.value.choices) == ("worksheet", ("Sheet", "Khác"))


def test_lines_show_cells_problems_and_what_was_changed(file):
    draft = read_file(SAMPLES, file, a_world())
    lines = {line.row: line for line in draft.lines()}
    assert [line.status for line in lines.values()] == ["refused", "refused", "good"]
    assert "dob" in lines[7].problems
    assert lines[9].cells["hamlet"] == "Bản Lằng"
    assert draft.ignored == ()  # the number of a row is understood


def test_results_are_entered_from_a_list_in_any_words(suite, as_actor, tmp_path):
    draft = read_file(SAMPLES, saved(tmp_path / "a.xlsx", GOOD), a_world())
    with suite.database.work(as_actor(1)) as work:
        store(work, draft)
        tubes = sorted({(row.tube_id, row.accession) for row in queries.samples(work)})
        service.receive(work, [tube for tube, _number in tubes])
    rows = [["Mã ống", "Kết quả", "Giá trị CT"], [tubes[0][1].lower(), "ÂT", "(-)"]]
    wrong = [*rows, ["21BY999999A", "Dương tính", "24,5"]]
    draft = read_file(RESULTS, saved(tmp_path / "r.xlsx", wrong), None)
    with suite.database.read(as_actor(1)) as work:
        assert [problem.field for problem in preview(work, draft).refused] == ["accession"]
    with suite.database.work(as_actor(1)) as work:
        assert store(work, draft, partial=True).stored == 1
    with suite.database.read(as_actor(1)) as work:
        assert released(work) == []


def test_sentences_are_in_the_language_spoken(file):
    with speaking("en"):
        draft = read_file(SAMPLES, file, a_world())
    assert draft.problems[0].message == "“31/02/1980” is not a date of birth."
