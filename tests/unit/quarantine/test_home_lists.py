"""Lists of home quarantine in and out: households by their code, corrected, taken back."""

import pytest
from openpyxl import Workbook

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import UserError
from admin_suite.excel.importer import Options, read_file
from admin_suite.excel.storing import preview, store
from admin_suite.excel.writer import export
from admin_suite.registry.imports import take_back
from admin_suite.ui import lists
from modules.quarantine.codes import Channel, Followed, Group, Phase
from modules.quarantine.queries.arrivals import waiting
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.home_lists import home_days, home_entries
from modules.quarantine.queries.households import at_home
from modules.quarantine.service import cases
from modules.quarantine.service.calls import call
from modules.quarantine.sheets.arrivals import ARRIVALS
from modules.quarantine.sheets.home import HOME_DAYS, HOMES

HEAD = (
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Điện thoại",
    "Địa chỉ",
    "Đối tượng",
    "Cách ly tại nhà từ ngày",
    "Ngày tiếp xúc cuối",
    "Mã hộ",
)
ROWS = (
    (1, "Lò Thị Mai", 1985, "0912345001", "Bản 3", "F1", "12/08/2021", "10/08/2021", "H1"),
    (2, "Lò Văn Sơn", 2010, "", "Bản 3", "F1", "12/08/2021", "10/08/2021", "H1"),
    (3, "Vàng A Páo", 1990, "0912345003", "Bản 5", "F1", "13/08/2021", "11/08/2021", ""),
)


def write(folder, *rows, head=HEAD):
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    book.save(folder / "home.xlsx")
    return folder / "home.xlsx"


def bring(work, folder, *rows):
    sender = Options(sender="Trạm Y tế Phố Ràng")
    draft = read_file(HOMES, write(folder, *rows), HOMES.context(work), sender)
    assert not draft.problems
    return store(work, draft)


def test_a_list_puts_each_family_into_one_household(desk, tmp_path):
    assert bring(desk, tmp_path, *ROWS).stored == 3
    homes = {one.episode_id: one for one in at_home(desk).values()}
    mother, child, alone = home_entries(desk, {})
    assert homes[mother.id].household_id == homes[child.id].household_id
    assert homes[alone.id].household_id != homes[child.id].household_id
    assert (mother.group, mother.home_since, mother.last_day) == (
        Group.F1,
        "2021-08-12",
        "2021-08-24",
    )
    assert mother.phase is Phase.QUARANTINE
    assert waiting(desk) == []
    assert [one.id for one in home_entries(desk, {"now": "yes"})] == [mother.id, child.id, alone.id]
    with pytest.raises(UserError, match="no filter here"):
        home_entries(desk, {"room": "1"})


def test_a_list_that_comes_again_corrects_the_day_of_contact_and_the_clock_follows(desk, tmp_path):
    bring(desk, tmp_path, *ROWS)
    later = (*ROWS[0][:7], "11/08/2021", "H1")
    receipt = bring(desk, tmp_path, later, *ROWS[1:])
    assert (len(receipt.new), len(receipt.changed)) == (0, 1)
    ends = sorted(one.ends_on.isoformat() for one in clocks(desk, list(at_home(desk))).values())
    assert ends == ["2021-08-24", "2021-08-25", "2021-08-25"]


def test_a_list_is_taken_back_but_for_whoever_was_called(desk, tmp_path):
    receipt = bring(desk, tmp_path, *ROWS)
    mother, *_others = home_entries(desk, {})
    call(desk, mother.id, Channel.CALL, ".")
    take_back(desk, [HOMES], receipt.import_id)
    assert list(at_home(desk)) == [mother.id]


@pytest.mark.parametrize(
    ("cell", "code"), [("", "NO_DATE"), ("14/08/2021", "FUTURE_DATE"), ("x", "NO_DATE")]
)
def test_a_row_without_a_day_or_with_one_to_come_is_refused(desk, tmp_path, cell, code):
    row = (*ROWS[0][:6], cell, "", "")
    draft = read_file(HOMES, write(tmp_path, row, ROWS[1]), HOMES.context(desk))
    assert code in {problem.code for problem in draft.problems}
    assert len(draft.items) == 1


def test_what_was_told_leaves_as_a_list(desk, tmp_path):
    bring(desk, tmp_path, *ROWS)
    mother, child, _alone = home_entries(desk, {})
    call(desk, mother.id, Channel.CALL, "378 97 ho")
    call(desk, child.id, Channel.CALL, "k")
    first, second = home_days(desk, {"day": "2021-08-13"})
    assert (first.outcome, first.temperature, first.symptoms) == (Followed.TEMP_ALERT, 37.8, "ho")
    assert (second.name, second.outcome, second.turn) == ("Lò Văn Sơn", Followed.NO_ANSWER, 1)
    assert home_days(desk, {"commune": "99999"}) == []
    assert home_days(desk, {"day": "2021-08-12"}) == []


def test_an_export_comes_back_as_it_left(desk, tmp_path):
    bring(desk, tmp_path, *ROWS)
    for sheet in (HOMES, HOME_DAYS):
        export(sheet, sheet.rows(desk, {}), tmp_path / f"{sheet.name}.xlsx")
    draft = read_file(HOMES, tmp_path / "quarantine.home.xlsx", HOMES.context(desk))
    assert not draft.problems
    assert [one.arrived for one in draft.items] == ["2021-08-12", "2021-08-12", "2021-08-13"]
    assert store(desk, draft).unchanged == 3


def test_a_list_of_arrivals_is_none_of_home_quarantine_and_the_other_way_round(tmp_path):
    sheets = [ARRIVALS, HOMES]
    home = write(tmp_path, *ROWS)
    assert lists._likely(home, sheets, lists.Answers())[0] is HOMES
    head = tuple("Ngày đến" if one.startswith("Cách ly") else one for one in HEAD)
    bus = write(tmp_path, *ROWS, head=head)
    assert lists._likely(bus, sheets, lists.Answers()) == [ARRIVALS]


def test_a_family_code_that_is_corrected_brings_people_to_that_household(desk, tmp_path):
    bring(desk, tmp_path, *ROWS)
    again = (*ROWS[:2], (*ROWS[2][:8], "H1"))
    receipt = bring(desk, tmp_path, *again)
    assert (len(receipt.new), len(receipt.changed)) == (0, 1)
    assert len({one.household_id for one in at_home(desk).values()}) == 1
    fourth = (4, "Vàng Thị Sua", 1992, "0912345004", "Bản 5", "F1", "13/08/2021", "11/08/2021", "")
    bring(desk, tmp_path, *again, fourth)
    bring(desk, tmp_path, *again, (*fourth[:8], "H1"))  # of a later sending of the same list
    assert len({one.household_id for one in at_home(desk).values()}) == 1
    bring(desk, tmp_path, *ROWS, fourth)
    assert len({one.household_id for one in at_home(desk).values()}) == 3


def test_the_preview_of_a_corrected_list_says_whose_last_day_moves(desk, tmp_path, clock):
    bring(desk, tmp_path, *ROWS)
    mother, child, alone = home_entries(desk, {})
    clock.pass_(days=7)
    cases.confirm(desk, cases.report(desk, mother.id, "2021-08-20"), None)
    again = write(tmp_path, *ROWS[:2], (*ROWS[2][:8], "H1"))
    draft = read_file(HOMES, again, HOMES.context(desk), Options(sender="Trạm Y tế Phố Ràng"))
    before = {key: one.ends_on for key, one in clocks(desk, [child.id, alone.id]).items()}
    receipt = preview(desk, draft)
    [told] = [one for one in receipt.warnings if one.code == "ADVICE"]
    store(desk, draft)
    after = {key: one.ends_on for key, one in clocks(desk, [child.id, alone.id]).items()}
    assert before[child.id] == after[child.id]
    assert before[alone.id] != after[alone.id]
    said = "The last day of Vàng A Páo moves from {old} to {new}."
    days = {"old": day_shown(before[alone.id]), "new": day_shown(after[alone.id])}
    assert (told.row, told.message) == (4, said.format(**days))
