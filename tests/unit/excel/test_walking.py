"""What is no record is told apart by what it says, and nothing goes unsaid."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.excel.test_layout import DAY, HEADS, TITLE, read, row


def names(draft):
    return [item.person.name for item in draft.items]


def test_people_named_as_totals_and_hamlets_are_people(tmp_path):
    people = ["Tống Văn An", "Công Thị Hoa", "Bàn Văn Tổng", "Tô Thị Cộng", "Khu A Ký"]
    rows = [TITLE, HEADS, *(row(n, name) for n, name in enumerate(people, start=1))]
    assert names(read(tmp_path, rows)) == people


@pytest.mark.parametrize(
    ("lines", "differs"),
    [
        ([["Tổng cộng", "2 người"]], False),
        ([["Tổng số: 2 mẫu/ 9 ống"]], False),
        ([["", "TỔNG CỘNG", "", 1, 1]], False),
        ([["Cộng: 3"]], True),
        ([["Danh sách này có 3 người./."]], True),
        ([["Tổng bản Lằng: 2 người"], ["Tổng cộng: 4 người"]], True),
        ([["Tổng số bản Lằng: 9 người"]], True),
    ],
)
def test_a_total_is_compared_with_the_people_only(tmp_path, lines, differs):
    draft = read(tmp_path, [TITLE, HEADS, row(1, "Lý An"), row(2, "Lý Ba"), *lines])
    assert names(draft) == ["Lý An", "Lý Ba"]
    assert ("TOTAL_DIFFERS" in {w.code for w in draft.warnings}) is differs


def test_the_total_of_the_last_part_by_its_name_is_not_of_the_list(tmp_path):
    rows = [TITLE, HEADS, ["Xã Bảo Hà"], row(1, "Lý An"), ["Tổng số xã Bảo Hà: 01 người"]]
    rows += [["4. Xã Cam Cọn (02 thôn)"], row(1, "Lý Ba"), row(2, "Lý Chi")]
    draft = read(tmp_path, [*rows, ["Tổng số xã Cam Cọn (02 thôn): 02 người"]])
    assert "TOTAL_DIFFERS" not in {w.code for w in draft.warnings}


def test_what_stands_below_is_said_and_no_signature_becomes_a_person(tmp_path):
    below = [["Ghi chú: lấy mẫu 2 buổi"], ["", "NGƯỜI LẬP", "", "", "TRƯỞNG TRẠM"], []]
    below += [["", "Nguyễn Thị Hoa", "", "", "Trần Văn Bình"]]
    draft = read(tmp_path, [TITLE, HEADS, row(1, "Lý An"), *below])
    assert names(draft) == ["Lý An"]
    [said] = [w for w in draft.warnings if w.code == "LEFT_BELOW"]
    assert said.row == 4
    assert "Nguyễn Thị Hoa" in said.message


def test_records_go_on_behind_totals_and_signatures(tmp_path):
    rows = [TITLE, HEADS, row(1, "Lý An"), ["", "Tổng cộng: 1 người"], ["", "Người lập biểu"]]
    draft = read(tmp_path, [*rows, row("", "Lý Ba"), row(3, "Lý Chi")])
    assert names(draft) == ["Lý An", "Lý Ba", "Lý Chi"]


def test_a_table_below_with_two_columns_exchanged_is_reported_and_not_read(tmp_path):
    def swapped(cells):
        return [*cells[:2], cells[3], cells[2], *cells[4:]]

    again = [swapped(HEADS), swapped(row(1, "Lý Ba"))]
    draft = read(tmp_path, [TITLE, HEADS, row(1, "Lý An"), [], *again])
    assert names(draft) == ["Lý An"]
    assert not draft.problems
    assert "SECOND_TABLE" in {warning.code for warning in draft.warnings}


def test_a_table_below_in_another_order_is_reported_and_not_read(tmp_path):
    rows = [
        TITLE,
        HEADS,
        row(1, "Lý An"),
        [],
        list(reversed(HEADS)),
        list(reversed(row(1, "Lý Ba"))),
    ]
    draft = read(tmp_path, rows)
    assert names(draft) == ["Lý An"]
    assert "SECOND_TABLE" in {w.code for w in draft.warnings}


@pytest.mark.parametrize(
    "counted",
    [
        ["1", "2", "3", "4", "5", "6", "7"],
        ["A", "B", "1", "2", "3", "4", "5"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["a", "1", "2", "3=1+2", "4", "5", "6"],
    ],
)
def test_the_line_that_counts_the_columns_is_no_record(tmp_path, counted):
    draft = read(tmp_path, [TITLE, HEADS, counted, row(1, "Lý An")])
    assert names(draft) == ["Lý An"]
    assert draft.problems == []


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(order=st.permutations(range(len(HEADS))), above=st.integers(0, 12), blank=st.integers(0, 3))
def test_order_letterhead_and_blank_rows_change_nothing(tmp_path, order, above, blank):
    people = [["1", "Lý An"], ["2", "Lý Ba"], ["3", "Lý Chi"]]
    lines = [[n, name, "1985", "Nam", "0912345678", "xã Bảo Hà", DAY] for n, name in people]
    mixed = [[line[at] for at in order] for line in [HEADS, *lines]]
    spread = [entry for line in mixed[1:] for entry in (line, *([[]] * blank))]
    draft = read(tmp_path, [*([["UBND XÃ BẢO HÀ"]] * above), TITLE, mixed[0], *spread])
    assert names(draft) == ["Lý An", "Lý Ba", "Lý Chi"]
    assert {(i.person.dob, i.person.phone, i.collected_at) for i in draft.items} == {
        ("1985", "0912345678", "2021-08-13")
    }


def test_a_cell_that_goes_on_below_begins_no_part_and_is_said(tmp_path):
    rows = [TITLE, HEADS, row(1, "Lý An", address="Thôn 3,"), ["", "", "", "", "", "xã Bảo Hà"]]
    draft = read(tmp_path, [*rows, row(2, "Lý Ba", address="xã Nghĩa Đô"), row(3, "Lý Chi")])
    assert [item.person.commune_code for item in draft.items] == ["", "02953", "02989"]
    assert "LINES_BETWEEN" in {warning.code for warning in draft.warnings}


def test_a_summary_below_the_total_is_no_record(tmp_path):
    below = [["", "TC", "2"], ["Nam:", 1, "Nữ:", 1]]
    draft = read(tmp_path, [TITLE, HEADS, row(1, "Lý An"), row(2, "Lý Ba"), *below])
    assert len(draft.items) == 2
    assert draft.problems == []


def test_who_hands_over_and_who_takes_over_are_no_record(tmp_path):
    rows = [TITLE, HEADS, row(1, "Lý An"), ["", "BÊN GIAO", "", "", "", "BÊN NHẬN"]]
    assert read(tmp_path, rows).problems == []
