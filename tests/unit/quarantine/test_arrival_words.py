"""Lists of arrivals in other words than those that were seen: groups above rows, heat, families."""

import pytest
from openpyxl import Workbook

from admin_suite.excel.importer import read_file
from modules.quarantine.codes import Group
from modules.quarantine.sheets.arrivals import ARRIVALS
from tests.unit import lists

HEAD = ["TT", "Họ tên", "Năm sinh", "Giới", "Nơi ở", "Ngày đến"]
LUC = ["Lục Văn Bình", 1979, "Nam", "Bản Bông, Bảo Hà", "18/8/2021"]
VI = ["Vi Thị Mai", 1981, "Nữ", "Bản Bông, Bảo Hà", "18/8/2021"]


def read(tmp_path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    return read_file(ARRIVALS, tmp_path / "a.xlsx", lists.a_world())


def test_lines_above_the_parts_of_a_list_say_why(tmp_path):
    draft = read(
        tmp_path,
        ["Danh sách người cách ly tập trung"],
        HEAD,
        ["I", "NGƯỜI TIẾP XÚC GẦN (F1)"],
        [1, *LUC],
        ["II", "CÔNG DÂN TRỞ VỀ TỪ CÁC TỈNH PHÍA NAM"],
        [1, *VI],
    )
    assert [one.group for one in draft.items] == [Group.F1, Group.RETURNEE]
    assert (draft.problems, draft.warnings) == ([], [])


def test_a_title_says_why_where_no_column_does_and_this_is_told(tmp_path):
    draft = read(tmp_path, ["DS F1 chuyển lên khu cách ly"], HEAD, [1, *LUC], [2, *VI])
    assert [one.group for one in draft.items] == [Group.F1, Group.F1]
    assert [said.code for said in draft.warnings] == ["GROUP_FROM_TITLE"]


@pytest.mark.parametrize("title", ["Danh sách cách ly", "Danh sách F1 và công dân trở về"])
def test_a_title_that_says_none_or_two_says_nothing(tmp_path, title):
    draft = read(tmp_path, [title], HEAD, [1, *LUC])
    assert [said.code for said in draft.problems] == ["BAD_GROUP"]


def test_an_empty_cell_of_a_column_of_groups_is_not_filled_from_the_title(tmp_path):
    draft = read(tmp_path, ["DS F1"], [*HEAD, "Đối tượng"], [1, *LUC, "F1"], [2, *VI, ""])
    assert [said.code for said in draft.problems] == ["BAD_GROUP"]


@pytest.mark.parametrize(
    ("heat", "health", "said", "ill"),
    [
        (36.6, "", "", False),
        (38.1, "", "38.1 °C", True),
        ("38,1", "Bình thường", "38,1 °C", True),
        (38.1, "Ho, sốt", "Ho, sốt", True),
        ("36,5", "Bình thường", "Bình thường", False),
    ],
)
def test_a_measured_fever_is_a_symptom(tmp_path, heat, health, said, ill):
    head = [*HEAD, "Đối tượng", "Thân nhiệt", "Triệu chứng"]
    draft = read(tmp_path, ["Danh sách"], head, [1, *LUC, "F1", heat, health])
    [one] = draft.items
    assert (one.symptoms, one.symptomatic) == (said, ill)


@pytest.mark.parametrize("heading", ["Mã GĐ", "Nhóm hộ", "Ở cùng"])
def test_who_belongs_together_has_many_headings(tmp_path, heading):
    draft = read(tmp_path, ["DS F1"], [*HEAD, heading], [1, *LUC, "02"], [2, *VI, "02"])
    assert [one.party for one in draft.items] == ["02", "02"]


def test_how_many_come_along_is_no_family(tmp_path):
    draft = read(tmp_path, ["DS F1"], [*HEAD, "Số người đi cùng"], [1, *LUC, 1], [2, *VI, 1])
    assert [one.party for one in draft.items] == ["", ""]
    assert draft.ignored == ("Số người đi cùng",)
