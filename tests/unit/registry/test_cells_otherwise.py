"""Cells of people in still other words: left of the arrow what is written, right what is meant."""

from datetime import date, datetime, time

import pytest

from admin_suite.excel.sheet import About, Noted, Wrong
from admin_suite.registry.reading import births, columns, days, numbers, places
from tests.unit.registry.test_cells import LIST_2021, PLACES


def told(table):
    """The lines ``cell => meaning CODE`` of a table."""
    found = []
    for line in table.strip().splitlines():
        cell, _arrow, meant = line.partition("=>")
        words = meant.split()
        code = words.pop() if words and words[-1].isupper() and "_" in words[-1] else ""
        found.append((cell.strip().replace("\\n", "\n"), " ".join(words), code))
    return found


def said(read, cell, about=LIST_2021):
    try:
        found = read(cell, about)
    except Wrong as error:
        return "", error.code
    value, code = (found.value, found.code) if isinstance(found, Noted) else (found, "")
    return str(value or ""), code


BIRTHS = """
    mùng 5 tháng 8 năm 1990 => 1990-08-05
    O5/08/1990 => 1990-08-05
    05/08/199O => 1990-08-05
    5 thg 8 1990 => 1990-08-05
    05-Aug-90 => 1990-08-05
    5/8/1990 (âm lịch) => 1990-08-05
    1990/8 => 1990-08
    1990-08 => 1990-08
    T8/1990 => 1990-08
    00/08/1990 => 1990-08
    1950* => 1950
    1990 (31 tuổi) => 1990
    1950 gần đúng => 1950 DOB_UNSURE
    1950± => 1950 DOB_UNSURE
    cuối năm 1950 => 1950 DOB_UNSURE
    đầu 1950 => 1950 DOB_UNSURE
    K.1950 => 1950 DOB_UNSURE
    12 01 1980 => 1980-01-12
    05 1990 => 1990-05
    45 => BAD_DOB
    1990 hoặc 1991 => BAD_DOB
    1955-1956 => BAD_DOB
    5/13/1990 => BAD_DOB
    k nhớ => BAD_DOB
"""
PHONES = """
    0912\u2013345\u2013678 => 0912345678
    0912_345_678 => 0912345678
    0912,345,678 => 0912345678
    0912/345/678 => 0912345678
    \uff10\uff19\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18 => 0912345678
    (+84) 912 345 678 => 0912345678
    0912345678 0388111222 => 0912345678
    không có, gọi con 0912345678 => 0912345678
    SĐT bố 0912345678 => 0912345678
    1632105216 => 0332105216
    2143876011 => 02143876011
    kc =>
    trẻ nhỏ =>
    Không sử dụng =>
    0912 345 67B => PHONE_BAD
    0650122809 => PHONE_BAD
    9,12E+08 => PHONE_LOST_DIGITS
"""
CARDS = """
    010090001234\\n063123456 => 010090001234 ID_SEVERAL
    063123456/010090001234 => 010090001234 ID_SEVERAL
    063123456 cấp ngày 5/6/2010 => 063123456
    HC: B1234567 => B1234567
    còn nhỏ =>
    hết hạn =>
    chưa đủ tuổi =>
    01009000l234 => 010090001234 ID_FIXED
    1.0E10 => ID_LOST_DIGITS
"""
SEXES = """
    con gái => F
    N ữ => F
    Nưx => F
    Mrs => F
    con trai => M
    Nma => M
    H'Mông, nữ => F
    Nam/Nữ => BAD_SEX
"""
MOMENTS = """
    08h30-13/08/2021 => 2021-08-13T08:30
    8h30'\u201313/8/2021 => 2021-08-13T08:30
    08h30/13/8/2021 => 2021-08-13T08:30
    08.30 13/8/2021 => 2021-08-13T08:30
    19h 13/8 => 2021-08-13T19:00
    13/8/2021 2:05:00 PM => 2021-08-13T14:05
    12:05 SA 13/8/2021 => 2021-08-13T00:05
    7h sáng 13/8 => 2021-08-13T07:00
    8/13/2021 8:30:00 AM => BAD_DATE
"""
ADDRESSES = """
    thôn 2 xã Điện Quan huyện Bảo Yên => 02959
    thon 2 xa Dien Quan huyen Bao Yen => 02959
    thôn 2-xã Điện Quan-Bảo Yên => 02959
    Thôn 2/xã Điện Quan/Bảo Yên => 02959
    Thôn 2 | Điện Quan => 02959
    Thôn 2, Đ. Quan, BY => 02959
    Thôn 2 (xã Điện Quan) => 02959
    thôn Bản Lầu Điện Quan => 02959
    ĐQ => 02959
    Xã Điện Quan -  BY - LC => 02959
    Tổ 5 - TTPR => 02947
    T.T Phố Ràng, BY => 02947
    tổ 3 phố ràng bảo yên => 02947
    xã Nghĩa Đô (Bảo Yên) => 02953
    Nghĩa Đô (Cầu Giấy, Hà Nội) => elsewhere
    bản 5, xã Long Khánh (cũ) => 02998 OLD_COMMUNE
    Thôn 3 Long Phúc, Bảo Yên, LC => 02998 OLD_COMMUNE
    Thôn 5, Bảo Yên => COMMUNE_MISSING
    BY, LC => COMMUNE_MISSING
    Bản Phúc Khánh, xã Lương Sơn, Bảo Yên => 02992
    Thôn Kim Sơn => hamlet
    Bản Tân Tiến => hamlet
    Thôn Xà Phìn => hamlet
    xã Yên Sơn, h. Quốc Oai => elsewhere
    Xuân Hòa - Hà Quảng - Cao Bằng => elsewhere
    Kim Sơn, Ninh Bình => elsewhere
    TP Vĩnh Yên => elsewhere
    Phố Lu, Bảo Thắng => elsewhere
    Văn Bàn => elsewhere
    T3 Lương Sơn => 02992
    Khe Pịa Lương Sơn, Bảo Yên => 02992
    Trường PTDT bán trú THCS Tân Tiến => 02950
    Xã Điện Quan huyện Bảo Yên tỉnh Lào Cai Việt Nam => 02959
    Mai Đào 2 => hamlet
"""


@pytest.mark.parametrize(("cell", "meant", "code"), told(BIRTHS))
def test_births_in_other_words(cell, meant, code):
    assert said(births.birth, cell) == (meant, code)


@pytest.mark.parametrize(("cell", "meant", "code"), told(PHONES))
def test_telephones_in_other_words(cell, meant, code):
    assert said(numbers.phone, cell) == (meant, code)


@pytest.mark.parametrize(("cell", "meant", "code"), told(CARDS))
def test_citizen_numbers_in_other_words(cell, meant, code):
    assert said(numbers.card, cell) == (meant, code)


@pytest.mark.parametrize(("cell", "meant", "code"), told(SEXES))
def test_sexes_in_other_words(cell, meant, code):
    assert said(columns.sex, cell) == (meant, code)


@pytest.mark.parametrize(("cell", "meant", "code"), told(MOMENTS))
def test_moments_in_other_words(cell, meant, code):
    def read(text, about):
        found = days.moment(text, about)
        return days.written(found.day, found.hour)

    assert said(read, cell) == (meant, code)


@pytest.mark.parametrize(("cell", "meant", "code"), told(ADDRESSES))
def test_addresses_in_other_words(cell, meant, code):
    found = places.place(cell, PLACES)
    where = "elsewhere" if found.elsewhere else found.code or ("" if found.remark else "hamlet")
    assert (where, found.remark) == (meant, code)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("II. XÃ LƯƠNG SƠN (3 người)", "02992"),
        ("DANH SÁCH NGƯỜI VỀ TỪ TỈNH BẮC GIANG XÃ BẢO HÀ", "02989"),
        ("Xã Lương Sơn, huyện Lục Yên", ""),
    ],
)
def test_a_line_of_another_district_names_no_commune_of_ours(line, code):
    assert places.in_line(line, PLACES).code == code


def test_a_child_that_has_no_name_yet_is_said_in_any_words():
    for cell in ("Chưa đặt tên", "Chưa có tên (con Mẩy)", "SS Lý Thị Mẩy", "C/b Lý Thị Mẩy"):
        assert said(columns.name, cell)[1] == "UNNAMED_CHILD"
    for cell in ("Bế Thị Lan", "Chứ Văn Có", "Côn Văn Be"):
        assert said(columns.name, cell) == (cell, "")


def test_a_column_of_one_sex_may_say_the_word():
    told_woman, told_man = columns.told_by_column("female"), columns.told_by_column("male")
    assert told_woman("Nữ", About(year=2021)) is True
    assert told_man("nam", About(year=2021)) is True


def test_a_birth_of_one_endless_word_is_shown_by_its_beginning():
    with pytest.raises(Wrong, match=r"“xx.*x…” is not a date"):
        births.birth("x" * 300, LIST_2021)


def test_a_number_that_may_be_an_age_or_a_year_is_asked_for_in_full():
    for cell in (45, 45.0, "45", " 08"):
        with pytest.raises(Wrong, match="an age or a year"):
            births.birth(cell, LIST_2021)
    assert births.age("45", LIST_2021) == "1976"


@pytest.mark.parametrize(
    ("cell", "day", "hour"),
    [
        ("7h30", None, time(7, 30)),
        ("7.30", None, time(7, 30)),
        ("7h30-8h", None, time(7, 30)),
        (datetime.combine(date(2021, 8, 13), time(8, 15)), date(2021, 8, 13), time(8, 15)),
        (44421.34375, date(2021, 8, 13), time(8, 15)),
        ("8h15 ngày 13/8", date(2021, 8, 13), time(8, 15)),
        ("08:15 13/08/2021", date(2021, 8, 13), time(8, 15)),
        ("13.8.2021 8g15", date(2021, 8, 13), time(8, 15)),
        ("8 giờ 15, 13 tháng 8", date(2021, 8, 13), time(8, 15)),
    ],
)
def test_a_day_in_the_column_of_hours_is_kept(cell, day, hour):
    assert days.hour_and_day(cell, LIST_2021) == (day, hour)


@pytest.mark.parametrize("cell", ["02-Sep-2021 7:30", "2 Sep 21 7h30", "02/Sept/2021 07:30"])
def test_the_day_of_an_event_with_a_named_month(cell):
    assert days.moment(cell, About(year=2021)) == (date(2021, 9, 2), time(7, 30))
