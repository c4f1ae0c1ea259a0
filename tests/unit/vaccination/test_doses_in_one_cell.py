"""Doses of which vaccine, day and lot stand in one cell."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from openpyxl import Workbook

from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import About, Noted
from modules.vaccination import formats
from modules.vaccination.sheets import DOSES, REGISTRATIONS
from modules.vaccination.sheets.reading import dose_day, known, product, products, rules
from tests.unit.lists import a_world

ABOUT = About(day=date(2021, 9, 30), year=2021)
AZ, VERO, PFIZER = "Vaxzevria", "BBIBP-CorV", "Comirnaty"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Mũi 1: AZ 10/6/2021", (AZ, "2021-06-10", "")),
        ("AZ, 10.6.21", (AZ, "2021-06-10", "")),
        ("10/6/2021 AstraZeneca lô ABV5297", (AZ, "2021-06-10", "ABV5297")),
        ("AZD1222 - ABV 5297 - 10/06/2021", (AZ, "2021-06-10", "ABV5297")),
        ("Vero Cell 202106B1234 ngày 1/7", (VERO, "2021-07-01", "202106B1234")),
        ("mũi 1 (AZ) ngày 10 tháng 6 năm 2021", (AZ, "2021-06-10", "")),
        ("Pfizer 0,3ml (FF2589) 15/08/2021", (PFIZER, "2021-08-15", "FF2589")),
        ("2021-06-10 Comirnaty", (PFIZER, "2021-06-10", "")),
        ("Abdala 5/9/2021", ("Abdala", "2021-09-05", "")),
        ("Nanocovax 5/9/2021", ("", "2021-09-05", "")),
        ("10/6/2021", (None, "2021-06-10", "")),
        ("mũi 1/2", (None, "", "")),
        ("AZ", (None, "", "")),
    ],
)
def test_a_dose_in_one_cell(cell, said):
    assert tuple(formats.shot(cell, products(ABOUT), ABOUT)) == said


@pytest.mark.parametrize(
    ("cell", "code", "since"),
    [
        ("Sputnik V", "Sputnik V", date(2021, 9, 17)),
        ("sputnick", "Sputnik V", date(2021, 9, 17)),
        ("Gam-COVID-Vac", "Sputnik V", date(2021, 9, 17)),
        ("Johnson & Johnson", "Janssen", date(2021, 9, 17)),
        ("J&J", "Janssen", date(2021, 9, 17)),
        ("JANSSEN", "Janssen", date(2021, 9, 17)),
        ("Hayat Vax", "Hayat-Vax", date(2021, 9, 10)),
        ("vắc xin Abdala (Cuba)", "Abdala", date(2021, 9, 17)),
    ],
)
def test_a_vaccine_counts_in_lists_from_the_day_of_its_rule(cell, code, since):
    assert formats.product(cell, products(About(day=since))) == code
    before = formats.product(cell, products(About(day=since - timedelta(days=1))))
    assert isinstance(before, Noted)
    assert before.code == "PRODUCT_UNKNOWN"


@pytest.mark.parametrize("cell", ["AZ/Pfizer", "Pfizer hoặc Moderna", "Vero Cell - AstraZeneca"])
def test_a_cell_that_names_two_vaccines_names_none(cell):
    found = formats.product(cell, products(ABOUT))
    assert isinstance(found, Noted)
    assert (found.value, found.code) == ("", "PRODUCT_UNKNOWN")
    assert cell in found.message


@pytest.mark.parametrize(
    ("cell", "doses", "whole"),
    [
        ("M1: AZ 10/6/2021; M2: AZ 5/9/2021", {1: "2021-06-10", 2: "2021-09-05"}, True),
        ("AZ 10/6/2021, Pfizer 5/9/2021", {1: "2021-06-10", 2: "2021-09-05"}, True),
        ("AZ, 10/6/2021, lô ABV5297", {1: "2021-06-10"}, True),
        ("Mũi 2: Pfizer 5/9/2021", {2: "2021-09-05"}, True),
        ("2 mũi: 10/6/2021 và 5/9/2021 (AZ)", {2: "2021-09-05"}, False),
        (
            "mũi 1 AZ 10/6/2021, mũi 2 AZ 10/9/2021, mũi bổ sung Pfizer 10/1/2022, "
            "mũi nhắc lại lần 2 Pfizer 15/5/2022",
            {1: "2021-06-10", 2: "2021-09-10", 3: "2022-01-10", 4: "2022-05-15"},
            True,
        ),
        ("1 mũi AZ", {}, False),
        ("chưa tiêm", {}, True),
    ],
)
def test_several_doses_in_one_cell_and_what_is_not_kept_is_said(cell, doses, whole):
    found = formats.history(cell, products(ABOUT), ABOUT)
    assert isinstance(found, Noted) is not whole
    kept = found.value if isinstance(found, Noted) else found
    assert {n: one.on for n, one in kept.items()} == doses


def listed(folder, sheet, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "a.xlsx")
    world = replace(known(ABOUT), communes=a_world().communes, today=date(2026, 11, 22))
    return read_file(sheet, folder / "a.xlsx", world)


def test_columns_of_doses_may_say_all_of_a_dose(tmp_path):
    head = ["STT", "Họ và tên", "Năm sinh", "Xã", "Nhóm", "Mũi 1", "Mũi 2 (ngày tiêm, vắc xin)"]
    draft = listed(
        tmp_path,
        REGISTRATIONS,
        ["DANH SÁCH TIÊM NGÀY 30/9/2021"],
        head,
        [1, "Lý Thị An", 1985, "Nghĩa Đô", 8, "Mũi 1: AZ 10/6/2021 lô ABV5297", "5/9/2021 AZ"],
        [2, "Ma Văn Bê", 1986, "Nghĩa Đô", 8, "chưa tiêm", ""],
        [3, "Lê Văn Cê", 1987, "Nghĩa Đô", 8, "AZ", ""],
    )
    [first, second] = draft.items
    assert (first.product1, first.on1, first.lot1) == (AZ, "2021-06-10", "ABV5297")
    assert (first.product2, first.on2) == (AZ, "2021-09-05")
    assert second.given() == []
    assert [(one.row, one.code) for one in draft.problems] == [(5, "NO_DATE")]


def test_one_column_may_tell_all_doses(tmp_path):
    draft = listed(
        tmp_path,
        REGISTRATIONS,
        ["STT", "Họ và tên", "Năm sinh", "Xã", "Nhóm", "Thông tin tiêm chủng"],
        [1, "Lý Thị An", 1985, "Nghĩa Đô", 8, "M1 AZ 10/6/2021, M2 AZ 5/9/2021"],
        [2, "Ma Văn Bê", 1986, "Nghĩa Đô", 8, "1 mũi"],
    )
    assert [len(item.given()) for item in draft.items] == [2, 0]
    assert ("DOSES_UNREAD", 3) in {(one.code, one.row) for one in draft.warnings}


def test_the_last_dose_of_several_is_not_taken_for_the_first(tmp_path):
    draft = listed(
        tmp_path,
        REGISTRATIONS,
        ["Họ và tên", "Năm sinh", "Xã", "Đã tiêm mấy mũi", "Ngày tiêm gần nhất", "Loại vắc xin"],
        ["Lý Thị An", 1985, "Nghĩa Đô", "2 mũi", "5/9/2021", "AZ"],
        ["Ma Văn Bê", 1986, "Nghĩa Đô", 1, "5/9/2021", "AZ"],
    )
    assert [(one.on1, one.on2) for one in draft.items] == [("", "2021-09-05"), ("2021-09-05", "")]
    assert ("SECOND_WITHOUT_FIRST", 2) in {(one.code, one.row) for one in draft.warnings}


def test_a_list_of_doses_may_have_them_in_one_column(tmp_path):
    draft = listed(
        tmp_path,
        DOSES,
        ["Họ và tên", "Năm sinh", "Xã", "Vắc xin"],
        ["Lý Thị An", 1985, "Nghĩa Đô", "AZ 10/6/2021"],
        ["Ma Văn Bê", 1986, "Nghĩa Đô", "AZ"],
    )
    assert [(one.product, one.on) for one in draft.items] == [(AZ, "2021-06-10")]
    assert [(one.row, one.code) for one in draft.problems] == [(3, "NO_DATE")]


@pytest.mark.parametrize(
    ("cell", "number"), [("Người dân tộc (10)", 10), ("Giáo viên - nhóm 8", 8), ("Nhóm 9", 9)]
)
def test_a_group_may_stand_behind_its_words(cell, number):
    assert formats.group(cell, range(1, 17)) == number


def test_the_rules_of_the_database_are_what_a_list_is_read_by(suite, as_actor):
    with suite.database.read(as_actor(1)) as work:
        assert AZ in rules(work).regimen.products


@pytest.mark.parametrize(
    "cell",
    [
        "AZ 10/6/2021 - AZ 5/9/2021",
        "AZ 10/6/2021 lô ABV5297 / AZ 5/9/2021 lô ABV 5821",
        "10/6/2021, AZ, 5/9/2021, AZ",
        "Mũi 1 - AZ 10/6/2021 - Mũi 2 - AZ 5/9/2021",
    ],
)
def test_doses_with_dashes_between_are_all_kept(cell):
    kept = formats.history(cell, products(ABOUT), ABOUT)
    assert {n: (one.product, one.on) for n, one in kept.items()} == {
        1: (AZ, "2021-06-10"),
        2: (AZ, "2021-09-05"),
    }


def test_a_second_day_that_is_not_kept_is_said():
    found = formats.history("AZ 10/6/2021 AZ 5/9/2021", products(ABOUT), ABOUT)
    assert isinstance(found, Noted)
    for read in (product, dose_day):
        found = read("AZ 10/6/2021 AZ 5/9/2021", ABOUT)
        assert (found.code, found.value.on) == ("DOSES_UNREAD", "2021-06-10")
        assert read("AZ 10/6/2021", ABOUT) == formats.Shot(AZ, "2021-06-10")


def test_a_day_without_its_year_is_not_after_the_list():
    january = About(day=date(2022, 1, 5), year=2022)
    for cell in ("AZ 28/12", "mũi 1: AZ 28/12"):
        assert formats.shot(cell, products(january), january).on == "2021-12-28"
    assert dose_day("28/12", january) == "2021-12-28"
    assert dose_day("3/1", january) == "2022-01-03"


def test_a_year_that_nothing_says_is_supposed_aloud(tmp_path):
    draft = listed(
        tmp_path,
        REGISTRATIONS,
        ["Họ và tên", "Năm sinh", "Xã", "Mũi 1", "Mũi 2"],
        ["Lý Thị An", 1985, "Nghĩa Đô", "AZ 12/7", ""],
        ["Ma Văn Bê", 1986, "Nghĩa Đô", "AZ 12/7/2021", "AZ 15/12"],
    )
    assert [(one.on1, one.on2) for one in draft.items] == [
        ("2026-07-12", ""),
        ("2021-07-12", "2025-12-15"),
    ]
    supposed = [(one.row, one.field) for one in draft.warnings if one.code == "YEAR_SUPPOSED"]
    assert supposed == [(2, "product1"), (3, "product2")]
    told = formats.history("mũi 1: AZ 12/7", products(ABOUT), replace(ABOUT, undated=True))
    assert (told.value[1].on, told.code) == ("2021-07-12", "YEAR_SUPPOSED")
