"""Lists of facilities, rooms and rounds as districts write them."""

import pytest
from openpyxl import Workbook

from admin_suite.excel.importer import read_file
from modules.quarantine.codes import Mark
from modules.quarantine.sheets.arrivals import ARRIVALS
from modules.quarantine.sheets.home import HOMES
from modules.quarantine.sheets.places import FACILITIES, OBSERVATIONS, ROOMS
from modules.quarantine.sheets.reading import Sites, sites
from tests.unit.lists import a_world


def read(folder, sheet, world, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    return read_file(sheet, folder / "a.xlsx", world)


@pytest.fixture
def known():
    """A world with the facilities NT and CL02."""
    codes = frozenset({"NT", "CL02"})
    return Sites(a_world().communes, a_world().today, {}, codes, {"truong noi tru": "NT"})


def test_a_code_that_looks_like_as_above_is_a_code_where_it_is_known(tmp_path, known):
    head = ["Khu cách ly", "Phòng", "Số giường"]
    rows = (["CL02", "101", 4], ["NT", "102", 4], ["nt", "103", 4], ['"', "104", 4])
    draft = read(tmp_path, ROOMS, known, head, *rows)
    assert [one.facility for one in draft.items] == ["CL02", "NT", "NT", "NT"]
    unknown = read(tmp_path, ROOMS, a_world(), head, *rows[:2])
    assert [one.facility for one in unknown.items] == ["CL02", "CL02"]


def test_letters_below_which_nothing_stands_are_no_ditto(tmp_path):
    head = ["Mã cơ sở", "Tên cơ sở"]
    draft = read(tmp_path, FACILITIES, a_world(), head, ["NT", "Trường Nội trú"], ["CL", "Chợ"])
    assert [one.code for one in draft.items] == ["NT", "CL"]
    draft = read(tmp_path, FACILITIES, a_world(), head, ["CL", "Chợ"], ["NT", "Trường Nội trú"])
    assert [one.code for one in draft.items] == ["CL", "NT"]


def test_a_facility_may_be_named_and_a_floor_be_the_ground(tmp_path, known):
    head = ["Cơ sở cách ly", "Tầng", "Phòng", "Số giường"]
    draft = read(tmp_path, ROOMS, known, head, ["Trường Nội trú", "Trệt", "101", "4 giường"])
    assert [(one.facility, one.floor, one.beds) for one in draft.items] == [("NT", 0, 4)]


def test_a_facility_has_a_telephone_of_today_and_its_commune(tmp_path):
    head = ["Mã", "Tên cơ sở", "Địa chỉ", "Mã xã", "SĐT"]
    rows = (
        ["A", "Trường A", "Tổ 3, Phố Ràng", "", "0214 3876 124"],
        ["B", "Trường B", "", 2953, 912345678],
    )
    draft = read(tmp_path, FACILITIES, a_world(), head, *rows)
    assert [(one.commune_code, one.phone) for one in draft.items] == [
        ("02947", "02143876124"),
        ("02953", "0912345678"),
    ]


def test_arrivals_and_rounds_know_the_codes_too(tmp_path, known, desk):
    head = ["Mã cơ sở cách ly", "Phòng", "Giường", "Ngày", "Nhiệt độ"]
    rows = (["CL02", "1", "1", "13/8/2021", "36,7"], ["NT", "1", "1", "13/8/2021", "36,9"])
    draft = read(tmp_path, OBSERVATIONS, known, head, *rows)
    assert [one.facility for one in draft.items] == ["CL02", "NT"]
    assert ARRIVALS.context is sites
    assert "NT" in sites(desk).codes


def test_a_sheet_that_comes_back_tells_who_was_not_measured(tmp_path, known):
    head = ["Mã cơ sở", "Phòng", "Giường", "Ngày", "Nhiệt độ", "Triệu chứng"]
    rows = [
        ["NT", "101", "1", "13/8/2021", "", "V"],
        ["NT", "101", "2", "13/8/2021", "36,7", "v"],
        ["NT", "101", "3", "13/8/2021", "", "T"],
        ["NT", "101", "4", "13/8/2021", "", "ho"],
    ]
    found = read(tmp_path, OBSERVATIONS, known, head, *rows).items
    assert [(one.mark, one.temperature, one.symptoms) for one in found] == [
        (Mark.ABSENT, None, ""),
        (None, 367, "v"),
        (Mark.REFUSED, None, ""),
        (None, None, "ho"),
    ]


def test_the_title_or_the_line_above_names_the_facility_of_rooms(tmp_path, known):
    known.named = {**known.named, "khach san hoa ban": "CL02"}
    head, rows = ["Nhà", "Tầng", "Phòng", "SL giường"], (["A", 1, "101", 4], ["A", 2, "201", 6])
    draft = read(tmp_path, ROOMS, known, ["DANH SÁCH PHÒNG TRƯỜNG NỘI TRÚ"], head, *rows)
    assert [(one.facility, one.building) for one in draft.items] == [("NT", "A"), ("NT", "A")]
    parts = (["Trường Nội trú"], rows[0], ["Khách sạn Hoa Ban"], rows[1])
    draft = read(tmp_path, ROOMS, known, ["DANH SÁCH PHÒNG"], head, *parts)
    assert [one.facility for one in draft.items] == ["NT", "CL02"]


def test_rooms_of_a_facility_that_nobody_names_are_refused(tmp_path, known):
    head, row = ["Phòng", "Số giường"], ["101", 4]
    for title in ("Phòng của Trường Tiểu học", "Phòng của NT"):
        draft = read(tmp_path, ROOMS, known, [title], head, row)
        assert [said.code for said in draft.problems] == ["NO_FACILITY"]


def test_the_day_at_home_has_plain_headings_too(tmp_path):
    head = ["TT", "Họ tên", "Năm sinh", "Giới", "Bản", "Từ ngày"]
    row = [1, "Hoàng Văn Thái", 1984, "Nam", "Bản Rịa, Nghĩa Đô", "26/8/2021"]
    draft = read(tmp_path, HOMES, a_world(), ["DS F1 cách ly tại nhà"], head, row)
    assert [one.arrived for one in draft.items] == ["2021-08-26"]


def test_the_places_of_beds_are_read_with_the_room(tmp_path, known):
    head = ["Mã cơ sở", "Phòng", "Số giường", "Vị trí giường"]
    draft = read(tmp_path, ROOMS, known, head, ["NT", "101", 4, "1 2 / . 3"], ["NT", "102", 4, ""])
    assert [one.places for one in draft.items] == ["1 2 / . 3", ""]
