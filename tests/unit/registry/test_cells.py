"""Names, births, numbers, telephones and addresses as lists write them."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.excel.sheet import About, Noted, Wrong
from admin_suite.registry.codes import Sex
from admin_suite.registry.reading import births, columns, days, numbers, places
from tests.unit.lists import a_world

PHONE_COLUMN = next(one for one in columns.PERSON_COLUMNS if one.field == "phone")

LIST_2021 = About(day=date(2021, 8, 13), year=2021)
PLACES = a_world().on(date(2021, 8, 13))


def value(found):
    return (found.value, found.code) if isinstance(found, Noted) else (found, "")


@pytest.mark.parametrize(
    ("cell", "dob"),
    [
        (date(1985, 3, 7), "1985-03-07"),
        (datetime(1985, 3, 7), "1985-03-07"),  # noqa: DTZ001
        (1985.0, "1985"),
        ("'1985", "1985"),
        (31113.0, "1985-03-07"),
        ("7/3/85", "1985-03-07"),
        ("2/6/21", "2021-06-02"),
        ("07.03.1985", "1985-03-07"),
        ("1985-03-07", "1985-03-07"),
        ("00/00/1962", "1962"),
        ("--/--/1985", "1985"),
        ("08/1990", "1990-08"),
        ("ngày 05 tháng 8 năm 1990", "1990-08-05"),
        ("tháng 8 năm 1990", "1990-08"),
        ("năm 1990", "1990"),
        ("07031985", "1985-03-07"),
        ("3 tháng", "2021"),
        ("8 tháng tuổi", "2020"),
        ("35t", "1986"),
        ("35 tuổi", "1986"),
    ],
)
def test_births(cell, dob):
    assert births.birth(cell, LIST_2021) == dob


@pytest.mark.parametrize("cell", ["1962?", "khoảng 1962", "~1962"])
def test_an_uncertain_birth_keeps_its_year(cell):
    assert value(births.birth(cell, LIST_2021)) == ("1962", "DOB_UNSURE")


@pytest.mark.parametrize(
    "cell", ["31/02/1980", "195", "19955", "U70", "29/02/2001", "35", "x", 12.0]
)
def test_impossible_births(cell):
    with pytest.raises(Wrong) as caught:
        births.birth(cell, LIST_2021)
    assert caught.value.code == "BAD_DOB"


def test_ages_count_back_from_the_list():
    assert births.age(35.0, LIST_2021) == births.age("35t", LIST_2021) == "1986"
    assert births.age("8 tháng", LIST_2021) == "2020"
    assert births.age("1985", LIST_2021) == "1985"


@pytest.mark.parametrize(
    ("cell", "day", "hour"),
    [
        ("08:30 13/08/2021", date(2021, 8, 13), time(8, 30)),
        ("08h30 ngày 13/08/2021", date(2021, 8, 13), time(8, 30)),
        ("13/08/2021 08:30", date(2021, 8, 13), time(8, 30)),
        ("13/8", date(2021, 8, 13), None),
        ("13.8.21", date(2021, 8, 13), None),
        ("Sáng 13/8", date(2021, 8, 13), None),
        ("ngày 13 tháng 8", date(2021, 8, 13), None),
        ("7 giờ 30", None, time(7, 30)),
        ("7h30'", None, time(7, 30)),
        ("6h'45", None, time(6, 45)),
        ("7h", None, time(7, 0)),
        ("1:30 CH", None, time(13, 30)),
        ("7:30 SA", None, time(7, 30)),
        (44421.354166666664, date(2021, 8, 13), time(8, 30)),
        (0.3125, None, time(7, 30)),
        (time(7, 30), None, time(7, 30)),
        ("2021-08-13T08:30", date(2021, 8, 13), time(8, 30)),
    ],
)
def test_moments(cell, day, hour):
    assert days.moment(cell, LIST_2021) == (day, hour)


@pytest.mark.parametrize(
    ("cell", "code"), [("chưa rõ", "NO_DATE"), ("31/02/2021", "BAD_DATE"), (7.0, "NO_DATE")]
)
def test_days_that_are_none(cell, code):
    with pytest.raises(Wrong) as caught:
        days.moment(cell, LIST_2021)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("cell", "phone", "code"),
    [
        (378491108.0, "0378491108", ""),
        ("01223701342", "0773701342", ""),
        ("+84320031740", "0320031740", ""),
        ("84346673033", "0346673033", ""),
        ("0912.515.413", "0912515413", ""),
        ("O380844799", "0380844799", ""),
        ("Mẹ: 0965 315 073", "0965315073", ""),
        ("0333152553/0798142493", "0333152553", ""),
        ("0333152553 - 0798142493", "0333152553", ""),
        ("0370122200 (chồng)", "0370122200", ""),
        ("02143876123", "02143876123", ""),
        (2143876011.0, "02143876011", ""),
        ("không có", "", ""),
        ("03409643", "", "PHONE_BAD"),
        ("9.12E+08", "", "PHONE_LOST_DIGITS"),
    ],
)
def test_telephones(cell, phone, code):
    assert value(numbers.phone(cell, LIST_2021)) == (phone, code)


@pytest.mark.parametrize(
    ("cell", "phone", "lost"),
    [
        ("0333152553", "0333152553", ""),
        ("0912.515.413", "0912515413", ""),
        ("0333152553/0798142493", "0333152553", "0798142493"),
        ("0333152553 0798142493; 0912515413", "0333152553", "0798142493, 0912515413"),
        ("0333152553 / 0333152553", "0333152553", ""),
    ],
)
def test_the_column_of_one_telephone_says_which_others_it_does_not_keep(cell, phone, lost):
    found = PHONE_COLUMN.read(cell, LIST_2021)
    assert value(found) == (phone, "PHONE_SEVERAL" if lost else "")
    assert not lost or found.message.endswith(f": {lost}.")


@given(st.one_of(st.text(alphabet="0123456789 .-/+O", max_size=24), st.integers(0, 10**12)))
def test_reading_a_telephone_twice_changes_nothing(cell):
    once = value(numbers.phone(cell, LIST_2021))[0]
    assert value(numbers.phone(once, LIST_2021)) == (once, "")
    assert once == "" or len(once) in {10, 11}


@given(
    st.text(alphabet="0123456789OBC .'-", max_size=18), st.sampled_from(["", "1985", "2005-03-01"])
)
def test_reading_a_citizen_number_twice_changes_nothing(cell, dob):
    once = numbers.filled_up(value(numbers.card(cell, LIST_2021))[0], dob, None)[0]
    again = numbers.filled_up(value(numbers.card(once, LIST_2021))[0], dob, None)[0]
    assert once == again


@pytest.mark.parametrize(
    ("cell", "read", "code"),
    [
        (10304870951.0, "10304870951", ""),
        ("10077445319.0", "10077445319", ""),
        ("010.176.069.248", "010176069248", ""),
        ("'010196250992", "010196250992", ""),
        ("01020532670O", "010205326700", "ID_FIXED"),
        ("1.0067E+10", "", "ID_LOST_DIGITS"),
        ("chưa có", "", ""),
        ("B1234567", "B1234567", ""),
    ],
)
def test_citizen_numbers(cell, read, code):
    assert value(numbers.card(cell, LIST_2021)) == (read, code)


def test_a_number_is_filled_up_only_where_it_then_agrees():
    assert numbers.filled_up("10304870951", "2004", Sex.F)[0] == "010304870951"
    assert numbers.filled_up("10304870951", "1990", Sex.F)[:2] == ("", "ID_LOST_DIGITS")
    assert numbers.filled_up("63814390", "1990", None)[0] == "063814390"
    assert numbers.filled_up("010081899100", "1981", Sex.F)[1] == "ID_CONTRADICTS"


@pytest.mark.parametrize(
    ("cell", "number"),
    [("DT 2 10 8721437694", "DT2108721437694"), ("3842155808", "3842155808"), ("", "")],
)
def test_insurance_numbers(cell, number):
    assert numbers.insurance(cell, LIST_2021) == number


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("Nam giới", Sex.M),
        ("nũ", Sex.F),
        ("Nử", Sex.F),
        ("♀", Sex.F),
        ("F", Sex.F),
        ("Dao - nữ", Sex.F),
        ("M", Sex.M),
    ],
)
def test_sexes(cell, sex):
    assert columns.sex(cell, LIST_2021) is sex


def test_digits_are_a_sex_only_where_the_heading_says_so():
    told = About(headings={"sex": "Giới tính (1: Nam, 0: Nữ)"})
    assert (columns.sex(1.0, told), columns.sex("0", told)) == (Sex.M, Sex.F)
    assert value(columns.sex("1", LIST_2021)) == (None, "BAD_SEX")


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("1. Hà Thị Tuyết", "Hà Thị Tuyết"),
        ("Nguyễn Văn Sơn B", "Nguyễn Văn Sơn B"),
        ("  Chảo  Thị Lan ", "Chảo Thị Lan"),
        ("'Hoàng\tMinh\u00a0Trường\u200b", "Hoàng Minh Trường"),
        ("Ðặng Mùi Tuyết", "Đặng Mùi Tuyết"),
    ],
)
def test_names(cell, name):
    assert columns.name(cell, LIST_2021) == name


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Hà Thị Hồng Thuỷ(con bà Mẩy)", "“con bà Mẩy”"),
        ("Hà Thị Hồng Thuỷ [đã chuyển đi", "“đã chuyển đi”"),
        ("(1) Hà Thị Hồng Thuỷ (F1) (vợ)", "“F1, vợ”"),
    ],
)
def test_what_stands_in_brackets_beside_a_name_is_said(cell, words):
    found = columns.name(cell, LIST_2021)
    assert value(found) == ("Hà Thị Hồng Thuỷ", "NAME_BESIDE")
    assert words in found.message
    assert columns.name("Hà Thị Hồng Thuỷ ( )", LIST_2021) == "Hà Thị Hồng Thuỷ"
    child = columns.name("CB Giàng Thị Say (sinh đôi)", LIST_2021)
    assert value(child) == ("CB Giàng Thị Say", "UNNAMED_CHILD")
    assert "“sinh đôi”" in child.message


def test_a_child_without_name_is_kept_and_said():
    assert value(columns.name("Bé gái con bà Giàng Thị Say", LIST_2021)) == (
        "Bé gái con bà Giàng Thị Say",
        "UNNAMED_CHILD",
    )


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Bản Nà Đình - xã Nghĩa Đô - Bảo Yên", "02953"),
        ("Bản Nà Đình, Nghĩa Đô, Bảo Yên, Lào Cai", "02953"),
        ("Thôn Minh Tân, xã Cam Cọn", "02974"),
        ("Bản Bảo Hà, Kim Sơn, Bảo Yên", "02971"),
        ("Lào Cai, Bảo Yên, Kim Sơn", "02971"),
        ("TT. P.Ràng", "02947"),
        ("tổ 5A PR", "02947"),
        ("x. Xuân Hoà", "02962"),
        ("Bản Mo, xã X.Hòa", "02962"),
        ("Long Phúc, Bảo Yên", "02998"),
        ("xã Yên Sơn - Yên Sơn - Tuyên Quang", ""),
        ("Kim Sơn, Ninh Bình", ""),
        ("Việt Tiến, Việt Yên, Bắc Giang", ""),
        ("xã Tân Tiến, huyện Chương Mỹ, TP Hà Nội", ""),
        ("xã Tân Tiến, Vĩnh Tường", ""),
        ("TP Lào Cai", ""),
        ("xã Võ Lao, Văn Bàn", ""),
        ("Phố Lu, Bảo Thắng, Lào Cai", ""),
    ],
)
def test_communes(address, code):
    assert places.place(address, PLACES).code == code


def test_a_district_alone_lacks_its_commune_and_old_names_are_said():
    assert places.place("huyện Bảo Yên, Lào Cai", PLACES).remark == "COMMUNE_MISSING"
    assert places.place("xã Long Khánh", PLACES) == ("02998", False, "OLD_COMMUNE")


def test_after_the_merger_the_old_communes_lead_to_the_new():
    later = a_world().on(date(2025, 8, 1))
    assert places.place("xã Vĩnh Yên", later) == ("02953", False, "OLD_COMMUNE")
    assert places.place("xã Nghĩa Đô", later).code == "02953"
    home = places.place("xã Bảo Yên", later).code
    assert home
    # the district's name of before, which a commune bears now: the commune before it is meant
    assert places.place("Bản Lúc, Bảo Hà, Bảo Yên, Lào Cai", later).code not in {"", home}
    assert places.place("Tổ 3, Bảo Yên, Lào Cai", later).code == home


def test_columns_of_an_address_are_one():
    parts = {
        "hamlet": "Thôn Nà Phung",
        "commune": "Tân Tiến",
        "district": "Bảo Yên",
        "province": "Lào Cai",
    }
    assert places.place(places.joined(parts), PLACES).code == "02950"
    parts |= {"district": "Vĩnh Tường", "province": "Vĩnh Phúc"}
    assert places.place(places.joined(parts), PLACES).elsewhere
