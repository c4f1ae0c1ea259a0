"""Logs of guards: entrances by name, ways in letters, a day that is written once, days far off."""

from datetime import UTC, datetime

import pytest

from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import About
from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.formats import checkins as words
from modules.venues.service import NewVenue
from modules.venues.sheets import CHECKINS
from tests.unit.excel.test_outputs import saved


def test_an_entrance_is_told_by_its_name_too(work, tmp_path):
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    named = NewVenue("Chợ Kim Sơn", Kind.MARKET, "02971", entrances=2, labels="Cổng 5; Cổng sau")
    service.register(work, [named])
    rows = [
        ["SỔ RA VÀO CHỢ KIM SƠN"],
        ["Thời gian vào", "Cổng", "Họ và tên", "SĐT"],
        *(
            [f"08:3{n} 13/08/2021", gate, f"Lự Văn {n}", f"091200030{n}"]
            for n, gate in enumerate(["CỔNG SAU", "cổng 5", "2", "", "Cổng phụ"])
        ),
    ]
    draft = read_file(CHECKINS, saved(tmp_path / "a.xlsx", rows), CHECKINS.context(work))
    assert not draft.problems
    assert [one.entrance for one in draft.items] == [2, 1, 2, 0, 0]
    assert [one.code for one in draft.warnings if one.field == "entrance"] == ["ENTRANCE_UNKNOWN"]


def log_of(work, tmp_path, headings, *rows):
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    service.register(work, [NewVenue("Chợ Kim Sơn", Kind.MARKET, "02971")])
    people = ((*row, f"Lự Văn {n}", f"091200030{n}") for n, row in enumerate(rows))
    whole = [["SỔ RA VÀO CHỢ KIM SƠN"], [*headings, "Họ và tên", "SĐT"], *people]
    return read_file(CHECKINS, saved(tmp_path / "a.xlsx", whole), CHECKINS.context(work))


def test_ways_that_say_neither_in_nor_out_are_said(work, tmp_path):
    ways = ("V", "R", "Vào", "lượt ra", "qua", "")
    rows = [(f"0{n + 1}:30 13/08/2021", way) for n, way in enumerate(ways)]
    draft = log_of(work, tmp_path, ("Thời gian", "Vào/Ra"), *rows)
    assert ["out" if one.t_out else "in" for one in draft.items] == [
        *("in", "out", "in", "out", "in", "in")
    ]
    assert [(one.row, one.code) for one in draft.warnings] == [(7, "WAY_UNKNOWN")]


def test_a_column_that_is_called_so_and_says_something_else_says_nothing(work, tmp_path):
    draft = log_of(work, tmp_path, ("Thời gian", "Loại"), ("07:30 13/08/2021", "Khách"))
    assert not (*draft.problems, *draft.warnings)


@pytest.mark.parametrize("column", [True, False])
def test_a_day_that_is_written_once_counts_until_the_hours_go_back(work, tmp_path, column):
    told = (("13/8/2021", "7h30"), ("", "9h"), ("14/8/2021", "7h"), ("", "7h"), ("", "6h"))
    rows = told if column else [(f"{hour} {day}".strip(),) for day, hour in told]
    draft = log_of(work, tmp_path, ("Ngày", "Giờ vào") if column else ("Giờ vào",), *rows)
    assert [one.t_in[8:] for one in draft.items] == ["13T07:30", "13T09:00", "14T07:00", "14T07:00"]
    assert [(one.row, one.code) for one in draft.warnings] == [
        (4, "DAY_AS_ABOVE"),
        (6, "DAY_AS_ABOVE"),
    ]
    assert [(one.row, one.code) for one in draft.problems] == [(7, "NO_DATE")]


def test_a_day_far_from_the_others_is_said(work, tmp_path):
    days = ("13/08/2021", "14/08/2021", "13/08/2012", "13/06/2021")
    draft = log_of(work, tmp_path, ("Giờ vào",), *((f"07:30 {day}",) for day in days))
    assert not draft.problems
    assert [(one.row, one.code) for one in draft.warnings] == [(5, "FAR_DAY")]


def test_a_list_that_was_written_out_long_after_its_days_has_none_far_off(work, tmp_path):
    work.clock = lambda: datetime(2026, 11, 22, 1, tzinfo=UTC)
    service.register(work, [NewVenue("Chợ Kim Sơn", Kind.MARKET, "02971")])
    head = [["SỔ RA VÀO CHỢ KIM SƠN"], ["Ngày 22/11/2026"], ["Giờ vào", "Họ và tên", "SĐT"]]
    rows = [[f"0{n}:30 13/08/2021", f"Lự Văn {n}", f"091200030{n}"] for n in (7, 8)]
    draft = read_file(CHECKINS, saved(tmp_path / "a.xlsx", [*head, *rows]), CHECKINS.context(work))
    assert len(draft.items) == 2
    assert not draft.warnings


@pytest.mark.parametrize("told", ["SỔ RA VÀO CHỢ KIM SƠN ngày 13/08/2021", "SỔ RA VÀO CHỢ KIM SƠN"])
def test_a_small_hour_below_noon_is_of_the_afternoon_and_is_said(work, tmp_path, told):
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    service.register(work, [NewVenue("Chợ Kim Sơn", Kind.MARKET, "02971")])
    hours = [
        ("7h05 13/8/2021", "7h40"),
        ("12h trưa", "13h"),
        ("1h30", "2h"),
        ("5h", ""),
        ("21h", ""),
    ]
    hours += [("0h30 14/8/2021", ""), ("1h", "")]  # after midnight, as written
    rows = [[*both, f"Lự Văn {n}", f"091200030{n}"] for n, both in enumerate(hours)]
    whole = [[told], ["Giờ vào", "Giờ ra", "Họ và tên", "SĐT"], *rows]
    draft = read_file(CHECKINS, saved(tmp_path / "a.xlsx", whole), CHECKINS.context(work))
    said = [(one.t_in[8:], one.t_out[11:]) for one in draft.items][:6]
    assert said == [
        ("13T07:05", "07:40"),
        ("13T12:00", "13:00"),
        ("13T13:30", "14:00"),
        ("13T17:00", ""),
        ("13T21:00", ""),
        ("14T00:30", ""),
    ]
    supposed = [one.row for one in draft.warnings if one.code == "IN_AFTERNOON"]
    assert supposed == [5, 6]


def test_small_hours_of_a_night_or_of_an_early_morning_stay_as_written(work, tmp_path):
    told = ("5h30 13/8/2021", "5h", "19h", "22h", "1h30")
    draft = log_of(work, tmp_path, ("Giờ vào",), *((one,) for one in told))
    assert [one.t_in[11:] for one in draft.items] == ["05:30", "19:00", "22:00"]
    assert [one.code for one in draft.problems] == ["NO_DATE", "NO_DATE"]


def test_a_venue_is_told_by_its_name_with_the_entrance_behind_it(work, tmp_path):
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    market = NewVenue("Chợ Kim Sơn", Kind.MARKET, "02971", entrances=2, labels="Cổng A; Cổng sau")
    service.register(work, [market])
    told = (
        "Chợ Kim Sơn - cửa 2",
        "CHỢ KIM SƠN (cổng sau)",
        "chợ kim sơn, Cổng A",
        "Chợ Kim Sơn: cửa 7",
    )
    other = ("Chợ Kim Sơn - xã Nghĩa Đô", "Chợ khác - cửa 2")
    rows = [
        [f"08:3{n} 13/08/2021", place, f"Lự Văn {n}", f"091200030{n}"]
        for n, place in enumerate((*told, *other))
    ]
    whole = [["Thời gian vào", "Địa điểm", "Họ và tên", "SĐT"], *rows]
    draft = read_file(CHECKINS, saved(tmp_path / "a.xlsx", whole), CHECKINS.context(work))
    assert [one.entrance for one in draft.items] == [2, 2, 1, 0]
    assert [one.code for one in draft.warnings] == ["ENTRANCE_UNKNOWN"]
    assert [(one.row, one.code) for one in draft.problems] == [
        (6, "UNKNOWN_VENUE"),
        (7, "UNKNOWN_VENUE"),
    ]


@pytest.mark.parametrize("cell", ["36o8", "36º8", "36 °8", "36°8C", "36,8oC"])
def test_a_degree_that_is_written_as_a_letter_parts_the_figures(cell):
    assert words.temperature(cell, About()) == 36.8


CARD = "010085000123|012345678|Nguyễn Thị Ánh|05031985|Nữ|Bản Sải, Lương Sơn|15042021"

PERSONAL = "04*******321|Lý A Sùng|1985||Lào Cai|VN<1<0912345678"


def test_what_only_a_scanner_writes_was_scanned_and_not_typed(work, tmp_path):
    work.clock = lambda: datetime(2021, 8, 13, 1, tzinfo=UTC)
    [key] = service.register(work, [NewVenue("Chợ Kim Sơn", Kind.MARKET, "02971")]).ids
    service.issue(work, [key])
    [row], [code] = (
        queries.venue_rows(work, [key]),
        queries.texts(work, queries.entrance_rows(work, [key])),
    )
    people = (code, "Lự Văn A"), (row.number, CARD), (code, CARD), (row.number, "Lự Văn B")
    rows = [[f"08:0{n} 13/08/2021", *both, f"091200030{n}", ""] for n, both in enumerate(people)]
    rows.append(["08:10 13/08/2021", code, CARD, "", "ghi tay"])
    rows.append(["08:11 13/08/2021", row.number, PERSONAL, "", ""])
    whole = [["Thời gian vào", "Nội dung quét", "Họ và tên", "SĐT", "Hình thức"], *rows]
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    draft = read_file(CHECKINS, saved(tmp_path / "a.xlsx", whole), CHECKINS.context(work))
    assert [one.means.value for one in draft.items] == [
        *("POSTER", "CARD", "CARD", "TYPED", "TYPED", "PERSONAL")
    ]
    assert (draft.items[-1].person.name, draft.items[-1].person.phone) == (
        "Lý A Sùng",
        "0912345678",
    )


def read(work, tmp_path, *rows, names=("Cà phê Mộc",), commune="02971"):
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    service.register(work, [NewVenue(name, Kind.CAFE, commune) for name in names])
    return read_file(CHECKINS, saved(tmp_path / "a.xlsx", list(rows)), CHECKINS.context(work))


@pytest.mark.parametrize(
    ("venue", "title"),
    [
        ("Cà phê Mộc", "Địa điểm: Cà phê Mộc, thôn Chiềng 2"),
        ("Ủy ban nhân dân xã Nghĩa Đô", "KHÁCH ĐẾN LIÊN HỆ - UBND XÃ NGHĨA ĐÔ (ngày 13/08/2021)"),
        ("Trường THCS Kim Sơn", "Sổ trực “Trường Trung học cơ sở Kim Sơn”"),
    ],
)
def test_a_title_names_the_venue_among_signs_and_in_full_or_short(work, tmp_path, venue, title):
    head = [title], ["Giờ vào", "Họ và tên"], ["8h 13/8/2021", "Lự Văn A"]
    draft = read(work, tmp_path, *head, names=(venue,))
    assert not draft.problems
    assert len(draft.items) == 1


def test_the_day_of_a_group_stands_behind_the_day_of_the_week_or_alone(work, tmp_path):
    days = ("Ngày 12/8/2021", "Thứ sáu, 13/8", "Chủ nhật 15/8", "16/8")
    rows = [row for day in days for row in ([day], ["7h30", "Lự Văn A", "0912000301"])]
    head = ["SỔ RA VÀO CÀ PHÊ MỘC NĂM 2021"], ["Giờ vào", "Họ và tên", "SĐT"]
    draft = read(work, tmp_path, *head, *rows)
    assert not draft.problems
    assert [one.t_in[8:10] for one in draft.items] == ["12", "13", "15", "16"]


def test_the_code_of_another_platform_is_no_hindrance_where_the_name_tells(work, tmp_path):
    rows = [
        ["08:30 13/08/2021", code, name, "Lự Văn A", f"091200030{n}", means]
        for n, (code, name, means) in enumerate(
            (
                ("PCC-889123", "CÀ PHÊ MỘC", "Quét mã QR địa điểm"),
                ("https://qr.example/1", "Cà phê Mộc", "Quét mã QR cá nhân"),
                ("PCC-889124", "Quán lạ", ""),
                ("BY1:00001G:01:1:0:P2FCNYN5QLWN5ZWZ", "Cà phê Mộc", ""),
            )
        )
    ]
    head = ["Thời gian vào", "Mã địa điểm", "Tên địa điểm", "Họ và tên", "SĐT", "Hình thức quét"]
    draft = read(work, tmp_path, head, *rows)
    assert [one.means.value for one in draft.items] == ["POSTER", "PERSONAL"]
    assert [one.code for one in draft.warnings] == ["VENUE_BY_NAME", "VENUE_BY_NAME"]
    assert sorted((one.row, one.code) for one in draft.problems) == [
        (4, "UNKNOWN_VENUE"),
        (5, "FORGED"),  # what looks like ours is never taken by its name
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [("vào cổng", "IN"), ("Ra về", "OUT"), ("Vào/Ra", "Vào/Ra"), ("qua", "qua"), ("", "")],
)
def test_a_way_is_told_by_its_first_word(cell, told):
    found = words.way(cell, About())
    assert getattr(found, "value", found) == told
