"""Lists of venues and logs of guards in other words than the shared ones."""

from datetime import UTC, datetime

import pytest

from admin_suite.core.i18n import speaking
from admin_suite.excel import importer, revision, writer
from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import About
from admin_suite.registry.seeds import add_communes
from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Kind, Standing
from modules.venues.formats import typed
from modules.venues.formats.doors import entrances, told_entrances
from modules.venues.formats.hours import opening
from modules.venues.formats.register import kind, kind_of_name, standing
from modules.venues.queries import visits
from modules.venues.service import NewVenue
from modules.venues.sheets import CHECKINS, VENUES
from tests.unit.excel.test_outputs import saved
from tests.unit.lists import a_world

TITLE = [["UBND XÃ BẢO HÀ"], ["BIỂU TỔNG HỢP CÁC CƠ SỞ PHẢI DÁN MÃ QR"]]
HEADINGS = [
    "TT",
    "Tên hộ KD/Doanh nghiệp",
    "Họ và tên chủ hộ",
    "Điện thoại",
    "Địa chỉ",
    "Lĩnh vực KD",
    "Số cửa ra vào",
    "Thời gian mở cửa",
    "Sức chứa tối đa",
    "Link QR",
]
NATIONAL = "https://qr.tokhaiyte.vn/d/1234567"


def test_a_communes_own_form_of_venues(tmp_path):
    rows = [
        [
            1,
            "Sông Hồng",
            "Trần Lâm",
            "0214.3888.123",
            "Thôn 1",
            "Ăn uống",
            "2 cửa",
            "6h-22h",
            "120",
        ],
        [2, "Số 45", "Petrolimex", "0912345778", "Thôn 4", "Xăng dầu", "1", "24/24", ""],
        [3, "Minh Châu", "P. Châu", "0912345779", "", "Thuốc tân dược", "", "7h-11h30, 13h30-18h"],
    ]
    rows = [[*row, *[""] * (9 - len(row)), NATIONAL] for row in rows]
    draft = read_file(VENUES, saved(tmp_path / "a.xlsx", [*TITLE, HEADINGS, *rows]), a_world())
    assert not draft.problems
    assert not draft.warnings
    told = [(one.kind, one.keeper, one.opens, one.closes, one.entrances) for one in draft.items]
    assert told == [
        (Kind.RESTAURANT, "Trần Lâm", "06:00", "22:00", 2),
        (Kind.PETROL_STATION, "Petrolimex", "00:00", "00:00", 1),
        (Kind.PHARMACY, "P. Châu", "07:00", "18:00", 1),
    ]
    assert {one.national for one in draft.items} == {NATIONAL}
    assert draft.items[0].capacity == 120


@pytest.mark.parametrize(
    "title",
    ["SỔ NHẬT KÝ RA VÀO CƠ QUAN UBND XÃ KIM SƠN", "SỔ TRỰC CỔNG UBND XÃ KIM SƠN"],
)
def test_a_log_of_a_month_takes_year_and_venue_from_its_title(work, tmp_path, title):
    work.clock = lambda: datetime(2026, 11, 22, 1, tzinfo=UTC)
    service.register(work, [NewVenue("UBND xã Kim Sơn", Kind.OFFICE, "02971")])
    rows = [
        [title],
        ["Tháng 8/2021"],
        ["Ngày", "Vào", "Ra", "Họ và tên người đến liên hệ", "Số ĐT", "T°"],
        ["31/8", "7h15", "7h45", "Lự Văn Phủ", "0912000301", "36,4"],
        ["1/9", "7g20", "", "Lự Thị Phin", "0912000302", "36.9"],
    ]
    draft = read_file(CHECKINS, saved(tmp_path / "a.xlsx", rows), CHECKINS.context(work))
    assert not draft.problems
    told = [(one.t_in, one.t_out, one.person.name, one.temperature) for one in draft.items]
    assert told == [
        ("2021-08-31T07:15", "2021-08-31T07:45", "Lự Văn Phủ", 36.4),
        ("2021-09-01T07:20", "", "Lự Thị Phin", 36.9),
    ]


@pytest.mark.parametrize(
    "title", ["THÁNG 12/2021", "Từ ngày 25/12/2021 đến ngày 05/01/2022", "Tháng 1/2022"]
)
def test_a_log_over_new_year_keeps_its_days_together(work, tmp_path, title):
    work.clock = lambda: datetime(2026, 11, 22, 1, tzinfo=UTC)
    service.register(work, [NewVenue("Nhà nghỉ Hoa Ban", Kind.LODGING, "02971")])
    rows = [
        ["SỔ TRỰC NHÀ NGHỈ HOA BAN"],
        [title],
        ["Ngày", "Giờ vào", "Giờ ra", "Họ và tên", "Số ĐT"],
        ["31/12", "23h30", "0h30", "Lự Văn Phủ", "0912000301"],
        ["1/1", "7h", "8h", "Lự Thị Phin", "0912000302"],
        ["ngày 2 tháng 1", "7h", "8h", "Lự Thị Phin", "0912000302"],
    ]
    draft = read_file(CHECKINS, saved(tmp_path / "a.xlsx", rows), CHECKINS.context(work))
    assert not draft.problems
    assert [(one.t_in, one.t_out) for one in draft.items] == [
        ("2021-12-31T23:30", "2022-01-01T00:30"),
        ("2022-01-01T07:00", "2022-01-01T08:00"),
        ("2022-01-02T07:00", "2022-01-02T08:00"),
    ]


def test_a_number_that_means_another_venue_here_is_said(work, tmp_path):
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    service.register(work, [NewVenue("Chợ Kim Sơn", Kind.MARKET, "02971")])
    [row] = queries.venues(work, {})
    rows = [
        ["Thời gian vào", "Mã điểm", "Tên địa điểm", "Họ và tên", "SĐT"],
        ["08:30 13/08/2021", row.number, "chợ kim sơn", "Lự Văn Phủ", "0912000301"],
        ["08:40 13/08/2021", row.number, "Chợ Võ Lao", "Lự Thị Phin", "0912000302"],
        ["08:50 13/08/2021", row.number, "", "Lự Văn Pha", "0912000303"],
    ]
    draft = read_file(CHECKINS, saved(tmp_path / "a.xlsx", rows), CHECKINS.context(work))
    assert not draft.problems
    assert [(one.row, one.code) for one in draft.warnings] == [(3, "OTHER_NAME")]
    by_name = [[time, *rest] for time, _number, *rest in (rows[0], rows[1])]
    draft = read_file(CHECKINS, saved(tmp_path / "b.xlsx", by_name), CHECKINS.context(work))
    assert [one.venue for one in draft.items] == [row.number]


def test_an_export_of_check_ins_that_comes_back_says_nothing_new(work, tmp_path):
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    service.register(work, [NewVenue("Chợ Kim Sơn", Kind.MARKET, "02971")])
    rows = [
        ["SỔ RA VÀO CHỢ KIM SƠN"],
        ["Thời gian vào", "Thời gian ra", "Họ và tên", "SĐT", "Địa chỉ", "Thân nhiệt"],
        ["08:30 13/08/2021", "", "Lự Văn Phủ", "0912000301", "Bản Mông", "36,5"],
        ["", "9h 13/08/2021", "Lự Thị Phin", "0912000302", "Bản Nà Phung", ""],
    ]
    first = read_file(CHECKINS, saved(tmp_path / "a.xlsx", rows), CHECKINS.context(work))
    importer.store(work, first)
    work.session.expire_all()
    file = tmp_path / "out.xlsx"
    writer.export(CHECKINS, visits.checkins(work, {}), file)
    again = read_file(CHECKINS, file, CHECKINS.context(work))
    assert not (*again.problems, *again.warnings)
    found = revision.revision(work, again)
    assert len(found.unchanged) == 2
    assert (found.changed, found.missing) == ({}, [])


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("1 chính 1 phụ", 2),
        ("1 cổng chính, 2 cổng phụ", 3),
        ("2 cửa chính và 1 cửa sau", 3),
        ("hai", 2),
        ("Ba cổng", 3),
        ("Cổng chính", 1),
        ("cổng nam", 1),
    ],
)
def test_entrances_told_by_their_kinds(cell, count):
    assert entrances(cell, About()) == count


@pytest.mark.parametrize("cell", ["24/24", "24/7", "24h/24h"])
def test_a_place_that_never_closes_below_the_heading_of_its_opening(cell):
    assert opening(cell, About()) == ("00:00", "00:00")


def test_short_words_of_hotels():
    assert kind("KS", About()) is Kind.LODGING
    assert kind_of_name("NN Hoa Ban") is Kind.LODGING


PLACES = ["Tên địa điểm", "Xã", "Địa chỉ", "SĐT", "Ghi chú"]


def test_a_commune_alone_in_the_address_is_no_other_place(work, tmp_path):
    rows = [
        PLACES,
        ["Homestay Bà San", "Nghĩa Đô", "", "0912345602", ""],
        ["homestay bà san", "Nghĩa Đô", "Bản Rịa", "", "bên suối"],
    ]
    [one] = read_file(VENUES, saved(tmp_path / "a.xlsx", rows), a_world()).items
    assert "Bản Rịa" in one.address
    assert (one.phone, one.note) == ("0912345602", "bên suối")
    service.register(work, [one])
    assert service.register(work, [one._replace(address="xã Nghĩa Đô")]).new == 0


def test_a_namesake_in_the_register_is_said_before_it_is_stored(work, tmp_path):
    service.register(work, [NewVenue("Chợ Mới", Kind.MARKET, "02953", "0912345601")])
    [row] = queries.venues(work, {})
    rows = [
        PLACES,
        ["Chợ mới", "Nghĩa Đô", "Bản Rịa", "0912345699", ""],
        ["Chợ Mới", "Nghĩa Đô", "", "0912345601", ""],
        ["Chợ Cũ", "Nghĩa Đô", "", "", ""],
    ]
    draft = read_file(VENUES, saved(tmp_path / "a.xlsx", rows), a_world())
    told = importer.preview(work, draft).warnings
    assert [(one.row, row.number in one.message) for one in told if one.field == "name"] == [
        (2, True),
        (3, False),
    ]
    assert importer.store(work, draft).stored == 2


def test_a_national_code_that_nobody_could_scan_is_left_out_and_said(tmp_path):
    rows = [["Tên địa điểm", "Xã", "Mã QR quốc gia"], ["Chợ Dài", "Nghĩa Đô", "x" * 3000]]
    draft = read_file(VENUES, saved(tmp_path / "a.xlsx", rows), a_world())
    assert [one.national for one in draft.items] == [""]
    assert [one.code for one in draft.warnings] == ["NATIONAL_TOO_LONG"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("told", Standing)
def test_the_state_of_a_place_comes_back_as_it_left(language, told):
    with speaking(language):
        assert standing(told.word, About()) is told


@pytest.mark.parametrize(
    "name",
    [
        "Trường bắn",
        "Trường Ban Mai",
        "Trường Phong Phú",
        "Cửa hàng Thu Trường",
        "Công ty Phú Trạch",
        "Quán Kỳ Tên",
        "Văn phòng đại diện Viettel",
        "Dịch vụ kế toán Minh Anh",
    ],
)
def test_a_place_named_nearly_as_who_signs_does_not_end_the_list(tmp_path, name):
    places = [["Quán Hoa", "Phố Ràng"], [name, "Phố Ràng"], ["Quán Lá", "Phố Ràng"]]
    signed = [[], ["NGƯỜI LẬP", "TRƯỞNG PHÒNG"], ["Lý Thị Hoa", "Trần Văn Bình"]]
    rows = [["Tên địa điểm", "Xã"], *places, *signed]
    draft = read_file(VENUES, saved(tmp_path / "a.xlsx", rows), a_world())
    assert [one.name for one in draft.items] == [place[0] for place in places]
    assert "NGƯỜI LẬP" in next(w.message for w in draft.warnings if w.code == "LEFT_BELOW")


@pytest.mark.parametrize(
    "title", ["TRƯỞNG PHÒNG", "Trưởng ban", "Trưởng bản", "Truong ban", "Người lập"]
)
def test_who_signs_is_no_place(tmp_path, title):
    rows = [
        ["Tên địa điểm", "Xã"],
        ["Quán Hoa", "Phố Ràng"],
        [],
        ["", title],
        ["", "Trần Văn Bình"],
    ]
    draft = read_file(VENUES, saved(tmp_path / "a.xlsx", rows), a_world())
    assert [one.name for one in draft.items] == ["Quán Hoa"]
    assert [w.row for w in draft.warnings if w.code == "LEFT_BELOW"]


@pytest.mark.parametrize(
    ("cell", "others"),
    [
        ("0912345678", ""),
        ("0912345678/ 0987654321", "0987654321"),
        ("0912.345.678 - 0214 3888 123", "02143888123"),
        ("0912345678 0987654321 0345678901", "0987654321, 0345678901"),
        ("0912345678; 0912345678", ""),
        ("Anh Lâm: 0912345678, chị Hoa 01689123456", "0389123456"),
    ],
)
def test_of_several_telephones_the_first_is_kept_and_the_others_are_said(tmp_path, cell, others):
    rows = [["Tên địa điểm", "Xã", "Điện thoại"], ["Quán Hoa", "Phố Ràng", cell]]
    draft = read_file(VENUES, saved(tmp_path / "a.xlsx", rows), a_world())
    assert [one.phone for one in draft.items] == ["0912345678"]
    said = [w.message for w in draft.warnings if w.code == "PHONE_SEVERAL"]
    assert said == ([f"A venue has one telephone; not kept: {others}."] if others else [])


def test_the_form_says_of_several_telephones_which_it_would_not_keep():
    values, wrong = typed.read({"name": "Quán Hoa", "phone": "0912345678, 0987654321"})
    assert values["phone"] == "0912345678"
    assert "0987654321" in wrong["phone"]


def test_a_list_that_corrects_hours_says_what_earlier_stays_keep(work, tmp_path):
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    head = ["Tên địa điểm", "Xã", "SĐT", "Giờ mở cửa", "Giờ đóng cửa"]
    rows = [["Quán Hoa", "Phố Ràng", "0912345678"], ["Quán Lá", "Phố Ràng", "0912345679"]]

    def brought(name, *hours):
        file = saved(tmp_path / name, [["UBND XÃ"], head, *([*row, *hours] for row in rows)])
        return read_file(VENUES, file, VENUES.context(work))

    add_communes(work)
    importer.store(work, brought("a.xlsx", "7h", "21h"))
    [one, _other] = queries.venues(work, {})
    visit = service.NewCheckin(
        NewPerson("Lý A", phone="0912000301"), one.number, "2021-08-13T08:00"
    )
    service.note_checkins(work, [visit])
    told = importer.preview(work, brought("b.xlsx", "7h", "18h")).warnings
    assert [(w.row, w.field) for w in told if "keep the ends they had" in w.message] == [
        (3, "closes")
    ]


def test_the_line_above_a_group_tells_its_kind(tmp_path):
    rows = [
        ["TT", "Tên cơ sở", "Xã", "SĐT"],
        ["I", "Cơ sở kinh doanh ăn uống"],
        [1, "Quán Bình", "Phố Ràng", "0912345001"],
        [2, "Nhà thuốc Hoa", "Phố Ràng", "0912345002"],
        ["II", "CƠ SỞ LƯU TRÚ"],
        [1, "Suối Mơ", "Phố Ràng", "0912345003"],
        ["III", "Khu chợ"],
        [1, "Minh Châu", "Phố Ràng", "0912345004"],
    ]
    draft = read_file(VENUES, saved(tmp_path / "a.xlsx", rows), a_world())
    assert [one.kind for one in draft.items] == [
        Kind.RESTAURANT,
        Kind.PHARMACY,
        Kind.LODGING,
        Kind.OTHER,
    ]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("3 (Cổng chính, cổng sau, cổng phụ)", (3, "Cổng chính; cổng sau; cổng phụ")),
        ("02 cổng: trước và sau", (2, "trước; sau")),
        ("3 (Cổng chính, cổng sau)", 3),
    ],
)
def test_a_number_of_entrances_with_their_names_behind(cell, told):
    assert told_entrances(cell, About()) == told
