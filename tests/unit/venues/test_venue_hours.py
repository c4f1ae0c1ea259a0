"""An hour that no day has is called that, not a day."""

from datetime import date, time

import pytest

from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import About, Wrong
from admin_suite.registry.reading import days
from modules.venues.formats import checkins, hours, register
from modules.venues.sheets import VENUES
from tests.unit.excel.test_outputs import saved
from tests.unit.lists import a_world

ABOUT = About(day=date(2021, 8, 13), year=2021)
NO_HOURS = ["25h", "24:10", "8h75", "25 giờ 30", "7:99"]


@pytest.mark.parametrize("cell", NO_HOURS)
def test_an_hour_alone_that_no_day_has(cell):
    for read in (days.moment, checkins.came, checkins.left):
        with pytest.raises(Wrong, match="is not a time of day") as found:
            read(cell, ABOUT)
        assert found.value.code == "BAD_TIME"
        assert cell in str(found.value)


@pytest.mark.parametrize("cell", ["25h 13/8/2021", "13/08/2021 24:10", "25", "7.75"])
def test_beside_a_day_or_bare_it_is_refused_where_the_hour_is_needed(cell):
    with pytest.raises(Wrong, match="is not a time of day"):
        checkins.came(cell, ABOUT)


@pytest.mark.parametrize("cell", ["hôm qua", "không rõ", "45/8", "xx"])
def test_what_is_no_hour_at_all_is_no_day_as_before(cell):
    with pytest.raises(Wrong) as found:
        days.moment(cell, ABOUT)
    assert found.value.code in {"NO_DATE", "BAD_DATE"}


@pytest.mark.parametrize("cell", ["7h30", "23:59", "0:00", "7 giờ", "1:30 CH 13/8"])
def test_hours_of_a_day_are_read_as_ever(cell):
    assert checkins.came(cell, ABOUT).hour is not None


def test_both_hours_below_the_heading_of_the_opening_one(tmp_path):
    head = ["TT", "Tên địa điểm", "Loại hình", "Xã", "Giờ mở cửa", "Giờ đóng cửa"]
    rows = [
        [1, "Quán Hoa", "Quán ăn", "Nghĩa Đô", "7h-21h", ""],
        [2, "Quán Lá", "Quán ăn", "Nghĩa Đô", "6h30", "22h"],
        [3, "Quán Cây", "Quán ăn", "Nghĩa Đô", "7h - 21h", "20h"],
        [4, "Chợ Phố Ràng", "Chợ", "Phố Ràng", "25h-26h", ""],
    ]
    draft = read_file(VENUES, saved(tmp_path / "a.xlsx", [head, *rows]), a_world())
    assert [(one.opens, one.closes) for one in draft.items] == [
        ("07:00", "21:00"),
        ("06:30", "22:00"),
        ("07:00", "20:00"),
        ("", ""),
    ]
    assert [one.code for one in draft.warnings if one.field == "opens"] == ["TIME_UNKNOWN"]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("7g30-21g", ("07:30", "21:00")),
        ("18h - 2h sáng", ("18:00", "02:00")),
        ("sáng 5h-11h, chiều 14h-20h", ("05:00", "20:00")),
        ("sáng 7h-11h, chiều 2h-5h", ("07:00", "17:00")),
        ("chiều 2h - 9h tối", ("14:00", "21:00")),
        ("7 giờ 30 đến 9h tối", ("07:30", "21:00")),
        ("18h - 2h sáng hôm sau", ("18:00", "02:00")),
        ("5h sáng - 10h đêm", ("05:00", "22:00")),
        ("7h30p-21h15p", ("07:30", "21:15")),
    ],
)
def test_opening_hours_with_parts_of_the_day(cell, told):
    assert hours.hours(cell, ABOUT) == told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (time(7), "07:00"),
        (time(21, 30), "21:30"),
        (0.3125, "07:30"),
        (7.3, "07:30"),
        (730.0, "07:30"),
    ],
)
def test_hours_as_excel_keeps_them(cell, told):
    assert hours.clock(cell, ABOUT) == told


@pytest.mark.parametrize("cell", ["-3", -3, "0", "không rõ"])
def test_what_is_no_room_is_left_out_and_said(cell):
    found = register.capacity(cell, ABOUT)
    assert (found.value, found.code) == (None, "CAPACITY_UNKNOWN")


@pytest.mark.parametrize(
    ("cell", "people"),
    [("2 000", 2000), ("1,000", 1000), ("1.000 người", 1000), ("20-30", 20), ("45", 45)],
)
def test_room_for_thousands_is_not_room_for_one_or_two(cell, people):
    assert register.capacity(cell, ABOUT) == people


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("8h rưỡi", "08:30"),
        ("8 giờ kém 15", "07:45"),
        ("5h kém 10 chiều", "16:50"),
        ("7h3o", "07:30"),
        ("10h đêm", "22:00"),
        ("8h rưỡi đêm", "20:30"),
        ("2h đêm", "02:00"),
        ("12h đêm", "00:00"),
        ("6h ca đêm", "06:00"),
        ("1h trưa", "13:00"),
        ("11h trưa", "11:00"),
        ("0730", "07:30"),
        (1745, "17:45"),
        ("7h.30", "07:30"),
        ("7h:30", "07:30"),
        ("7:5", "07:05"),
        ("0,3125", "07:30"),
    ],
)
def test_hours_as_guards_write_them(cell, hour):
    assert f"{checkins.came(cell, ABOUT).hour:%H:%M}" == hour


@pytest.mark.parametrize(
    ("cell", "day", "hour"),
    [
        ("44422.3125", 14, "07:30"),
        ("1628901000", 14, "07:30"),
        (1628901000000, 14, "07:30"),
        ("Aug 14, 2021 7:30 AM", 14, "07:30"),
        ("7h30 - 14/8", 14, "07:30"),
    ],
)
def test_the_day_beside_an_hour_is_its_own(cell, day, hour):
    found = checkins.came(cell, ABOUT)
    assert (found.day, f"{found.hour:%H:%M}") == (date(2021, 8, day), hour)


def test_both_ways_in_one_cell_with_a_bare_hour_behind():
    assert checkins.came("7h30-8", ABOUT).last.hour == time(8)


@pytest.mark.parametrize("cell", ["0", 0, "không", "-", "chưa"])
def test_who_has_not_left_has_no_way_out(cell):
    assert checkins.left(cell, ABOUT) is None


def test_midnight_is_no_hour_of_the_afternoon():
    start = days.Moment(date(2021, 8, 13), time(8))
    assert checkins.out_on(start, time(0, 10)) == (1, time(0, 10), "NEXT_DAY")
    assert checkins.out_on(start, time(5)) == (0, time(17), "AFTERNOON")


def test_a_way_out_in_words_leaves_the_row_with_its_way_in():
    found = checkins.left("hết giờ làm", ABOUT)
    assert (found.value, found.code) == (None, "OUT_UNREAD")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Từ 6h đến 22h", ("06:00", "22:00")),
        ("từ 6h00 - 22h00 hàng ngày", ("06:00", "22:00")),
        ("Hằng ngày: 6h-22h", ("06:00", "22:00")),
        ("6h sáng tới 10h tối", ("06:00", "22:00")),
        ("Sáng: 7h-11h; Chiều: 13h-17h", ("07:00", "17:00")),
        ("Sáng 7h00 - 11h30\nChiều 13h30 - 17h00", ("07:00", "17:00")),
        ("7h30' - 11h30' và 13h30' - 17h00'", ("07:30", "17:00")),
        ("06h00\u2019 - 22h00\u2019", ("06:00", "22:00")),
        ("Mở cửa 6h, đóng cửa 22h", ("06:00", "22:00")),
        ("6AM-10:30 p.m.", ("06:00", "22:30")),
        ("6h → 22h", ("06:00", "22:00")),
        ("cả ngày lẫn đêm", ("00:00", "00:00")),
        ("24h", ("00:00", "00:00")),
        ("0h-24h", ("00:00", "00:00")),
    ],
)
def test_opening_hours_in_words(cell, told):
    assert hours.hours(cell, ABOUT) == told


@pytest.mark.parametrize(
    "cell",
    [
        "7h-17h, trừ CN",
        "7h - 17h (trừ thứ bảy, chủ nhật)",
        "CN nghỉ, 7h-17h",
        "T2-T6: 7h-17h",
        "Từ thứ hai đến thứ sáu: 7h-17h",
        "7h-17h (thứ 2 - thứ 6)",
        "7h-17h T2, T4, T6",
        "Chợ phiên chủ nhật: 7h-17h",
        "7h-17h kể cả ngày lễ",
    ],
)
def test_hours_of_some_days_are_kept_and_said(cell):
    found = hours.hours(cell, ABOUT)
    assert (found.value, found.code) == (("07:00", "17:00"), "DAYS_NOT_KEPT")
    assert hours.opening(cell, ABOUT) == found


@pytest.mark.parametrize("cell", ["cả ngày", "giờ hành chính", "7h-17h, thứ 7 đến 11h30", "trừ CN"])
def test_hours_that_nobody_can_tell_are_left_out_and_said(cell):
    assert hours.hours(cell, ABOUT).code == "TIME_UNKNOWN"


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [
        ("36,5", 36.5),
        ("365", 36.5),
        ("37 độ 8", 37.8),
        ("37độ", 37.0),
        ("36 5", 36.5),
        ("36..5", 36.5),
        ("36\u00b05", 36.5),
        ("37\u00b0C", 37.0),
        ("sốt 38,5 độ", 38.5),
    ],
)
def test_a_temperature_keeps_its_tenths(cell, degrees):
    assert checkins.temperature(cell, ABOUT) == degrees
