"""Lists written by hand: the shapes of real ones in words that no list of ours has."""

from datetime import date

import pytest

from admin_suite.excel import importer
from admin_suite.excel.grid import Grid
from admin_suite.excel.headings import seats
from admin_suite.excel.importer import Options, read_file
from modules.lab.sheets import SAMPLES
from tests.unit.lab.test_sheets import plain
from tests.unit.lists import a_world

HEAD = ["TT", "HỌ VÀ TÊN", "NĂM SINH", "GT", "ĐC", "SỐ ĐT", "DIỆN", "THỜI GIAN LM", "LOẠI BP", "MÃ"]
TITLE = ["DS LẤY MẪU (13/8/2021)"]
SHORT = ["NS", "GT", "Nơi ở", "Ngày lấy mẫu", "Loại mẫu", "Mã ống"]
REST = ["1990", "Nam", "Điện Quan", "13/8", "Họng", "01"]


def one(n, name, where="xã Điện Quan", born="1980"):
    return [n, name, born, "Nam", where, "", "F1", "8h00 13/8/2021", "Tỵ hầu", "A1"]


@pytest.fixture
def read(tmp_path, monkeypatch):
    def reading(cells, options=None, name="DS", **more):
        width = max(map(len, cells))
        rows = [[*row, *[""] * (width - len(row))] for row in cells]
        rows = [[float(c) if isinstance(c, int) else c for c in row] for row in rows]
        file = tmp_path / "a.xlsx"
        file.write_bytes(b"")
        monkeypatch.setattr(
            importer.reader, "open_book", lambda *_given: [Grid(name, rows, **more)]
        )
        return read_file(SAMPLES, file, a_world(), options or Options())

    return reading


def found(draft, field):
    rows = zip(draft.places, draft.items, strict=True)
    return {place.row: plain(item)[field] for place, item in rows}


def codes(draft):
    return {(p.row, p.code) for p in draft.problems}


BORN = [
    ["Lý A", 5, 8, 1990],
    ["Lý B", "", "", 1991],
    ["Lý C", "", 3, "1992"],
    ["Lý D", 31, 2, 1992],
]


@pytest.mark.parametrize(
    "heads",
    [
        [["TT", "Họ và tên", "Ngày sinh", "", "", *SHORT[1:]], ["", "", "Ngày", "Tháng", "Năm"]],
        [["TT", "Họ và tên", "Năm sinh", "", "", *SHORT[1:]], ["", "", "Ngày", "Tháng", "Năm"]],
        [["TT", "Họ và tên", "Ngày sinh", "Tháng sinh", "Năm sinh", *SHORT[1:]]],
        [["TT", "Ho va ten", "Ngay", "Thang", "Nam sinh", *SHORT[1:]]],
    ],
)
def test_a_birth_may_stand_in_three_columns(read, heads):
    rows = [[n, *person, *REST[1:]] for n, person in enumerate(BORN, 1)]
    draft = read([TITLE, *heads, *rows])
    first = 2 + len(heads)
    assert found(draft, "dob") == {first: "1990-08-05", first + 1: "1991", first + 2: "1992-03"}
    assert codes(draft) == {(first + 3, "BAD_DOB")}
    assert set(found(draft, "collected_at").values()) == {"2021-08-13"}
    assert set(found(draft, "sex").values()) == {"M"}


def test_day_and_month_of_birth_may_share_a_column(read):
    heads = ["TT", "Họ và tên", "Ngày tháng", "Năm sinh", *SHORT[1:]]
    rows = [[1, "Lý A", "5/8", "1990", *REST[1:]], [2, "Lý B", date(2021, 8, 5), 1991, *REST[1:]]]
    assert found(read([TITLE, heads, *rows]), "dob") == {3: "1990-08-05", 4: "1991-08-05"}


def test_years_below_nam_and_nu_are_no_birth_in_columns(read):
    heads = [["TT", "Họ và tên", "Năm sinh", "", *SHORT[2:]], ["", "", "Nam", "Nữ"]]
    rows = [[1, "Lý A", 1990, "", *REST[2:]], [2, "Lý Thị B", "", 1991, *REST[2:]]]
    draft = read([TITLE, *heads, *rows])
    assert found(draft, "dob") == {4: "1990", 5: "1991"}
    assert found(draft, "sex") == {4: "M", 5: "F"}


def test_a_name_may_stand_in_two_columns_below_one_heading(read):
    heads = ["TT", "Họ và tên", "", *SHORT]
    rows = [[1, "Lý Văn", "Páo", *REST], [2, "Lý Thị", "Mỷ", *REST]]
    draft = read([TITLE, heads, *rows], merges=[((1, 1), (1, 2))])
    assert found(draft, "name") == {3: "Lý Văn Páo", 4: "Lý Thị Mỷ"}


def test_a_total_above_the_list_is_held_against_it(read):
    draft = read([["DS LẤY MẪU"], ["Tổng số: 3 người"], HEAD, one(1, "Lý A"), one(2, "Lý B")])
    assert {p.code for p in draft.warnings} == {"TOTAL_DIFFERS"}
    draft = read([["DS LẤY MẪU"], ["Tổng số: 2 người"], HEAD, one(1, "Lý A"), one(2, "Lý B")])
    assert not draft.warnings


def test_a_total_in_the_words_of_a_clerk_is_one(read):
    total = ["Danh sách ấn định 03 (ba) người./."]
    draft = read([["DS LẤY MẪU"], HEAD, one(1, "Lý A"), one(2, "Lý B"), total])
    assert {p.code for p in draft.warnings} == {"TOTAL_DIFFERS"}


def test_each_group_brings_its_commune(read):
    draft = read(
        [
            ["DANH SÁCH LẤY MẪU"],
            HEAD,
            ["A", "XÃ BẢO HÀ"],
            one(1, "Lý A", "Bản Liên Hà 3"),
            one(2, "Lý B", ""),
            ["", "Tổng xã Bảo Hà: 2 người"],
            ["", "2. Thôn Mỏ Đá - xã Tân Dương (10 hộ)"],
            one(1, "Lý C", "Thôn 3"),
            one(2, "Lý D", "xã Kim Sơn"),
            ["", "Tổng cộng: 4 người"],
        ]
    )
    assert found(draft, "commune_code") == {4: "02989", 5: "02989", 8: "02965", 9: "02971"}
    assert not codes(draft)


def test_the_lowest_of_three_lines_of_a_letterhead_is_the_sender(read):
    lines = ["SỞ Y TẾ LÀO CAI", "TRUNG TÂM Y TẾ HUYỆN BẢO YÊN", "TRẠM Y TẾ XÃ CAM CỌN"]
    draft = read([*([line] for line in lines), ["DANH SÁCH LẤY MẪU"], HEAD, one(1, "Lý A", "")])
    assert draft.sender == "Trạm Y tế xã Cam Cọn"
    assert found(draft, "commune_code") == {6: "02974"}


HEADINGS = {
    "name": "HT|H.tên|Họ tên BN|Người được XN|Họ, chữ đệm và tên|Patient",
    "id_no": "C.M.N.D|ĐDCN|Số CMT/thẻ CC|ID No.|CMND, CCCD",
    "phone": "Liên lạc|Contact|Đ.thoại|Số ĐTDĐ|SĐT/Zalo",
    "address": "ĐC|Đ/c|Nơi đang ở|Nơi ĐKHKTT|Trú quán|HKTT",
    "subject": "ĐT lấy mẫu|YTDT|Đ.tượng|Loại ĐT|F1/F2/khác|Category",
    "collected_at": "T.gian lấy mẫu|Sampled at|Ngày giờ LM|Giờ, ngày lấy mẫu",
    "pool": "Mã|KH mẫu|Sample ID|Ống số|Mã ống (gộp 5)",
    "": "Tên mẹ|SĐT chủ hộ|Nơi cấp CCCD|Ngày tiêm mũi 1|Tổ sản xuất|F0 liên quan|Giờ nhận mẫu",
}
OURS = {
    "name": "Họ và tên",
    "dob": "Ngày sinh",
    "sex": "Giới tính",
    "id_no": "CCCD",
    "phone": "SĐT",
    "address": "Địa chỉ",
    "subject": "Đối tượng",
    "collected_at": "Ngày giờ lấy mẫu",
    "specimen": "Loại mẫu",
    "pool": "Mã ống gộp",
}


@pytest.mark.parametrize(
    ("field", "heading"),
    [(field, one) for field, several in HEADINGS.items() for one in several.split("|")],
)
def test_headings_in_other_words_disturb_no_other(field, heading):
    heads = [*(known for name, known in OURS.items() if name != field), heading]
    places = seats(SAMPLES, [[head] for head in heads], {}).places
    assert next((name for name, at in places.items() if at == len(heads) - 1), "") == field
    for name, known in OURS.items():
        assert name == field or places[name] == heads.index(known)


def test_the_title_may_name_the_day_without_its_year(read):
    heads = ["STT", "HỌ TÊN", "NS", "GT", "ĐC", "GIỜ", "LOẠI MẪU", "MÃ ỐNG"]
    signed = ["Bảo Yên, ngày 14 tháng 8 năm 2021"]
    row = [1, "Lý A", "5/8/1990", "Nam", "Điện Quan", "7h30", "Họng", "1"]
    draft = read([["DANH SÁCH LẤY MẪU NGÀY 13/8"], signed, heads, row])
    assert found(draft, "collected_at") == {4: "2021-08-13T07:30"}


def test_signatures_without_a_date_end_the_list(read):
    below = [["", "Cán bộ tổng hợp", "", "", "Lãnh đạo đơn vị"], ["", "Lý Nga", "", "", "Lù Sơn"]]
    draft = read([TITLE, HEAD, one(1, "Lý A"), one(2, "Lý B"), *below])
    assert set(found(draft, "name")) == {3, 4}
    assert not codes(draft)


def test_a_small_table_below_the_list_is_another(read):
    other = [["DANH SÁCH ỐNG"], ["TT", "Mã ống", "Số lượng", "Ghi chú"], [1, "A1", 2, ""]]
    draft = read([TITLE, HEAD, one(1, "Lý A"), one(2, "Lý B"), [], *other])
    assert set(found(draft, "name")) == {3, 4}
    assert {p.code for p in draft.warnings} == {"SECOND_TABLE"}


def test_a_list_in_english_words_is_one(read):
    heads = ["No", "Full name", "Date of birth", "Gender", "Phone", "Home address", "Category"]
    heads += ["Sampled at", "Sample type", "Tube ID"]
    row = [1, "Kim Min Jun", "05/08/1990", "Male", "", "Xuan Hoa commune, Bao Yen", "Close contact"]
    draft = read([["SAMPLING LIST 13/08/2021"], heads, [*row, "13/08/2021 08:30", "Throat", "T1"]])
    [item] = draft.items
    said = plain(item)
    assert (said["sex"], said["commune_code"], said["subject"]) == ("M", "02962", "F1")
    assert (said["specimen"], said["pool"]) == ("OROPHARYNGEAL", "T1")
