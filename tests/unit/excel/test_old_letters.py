"""A list in old letters, in bytes of any kind, means what it means in Unicode."""

import csv
import io
import unicodedata

import pytest

from admin_suite.excel import legacy
from admin_suite.excel.importer import Options, read_file
from modules.lab.sheets import SAMPLES
from tests.unit.lab.test_sheets import plain
from tests.unit.lists import ROOT, a_world

LINES = [
    ["Danh sách lấy mẫu xét nghiệm (ngày 13/8/2021)"],
    ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Địa chỉ", "Đối tượng", "Giờ", "Loại mẫu", "Mã"],
    [1, "Nguyễn Thị Ước", "1990", "Nữ", "xã Điện Quan", "Về từ vùng dịch", "8h", "Tỵ hầu", "01"],
    [2, "Đặng Mừng Thường", "1985", "Nam", "Xuân Hòa", "Tiếp xúc gần", "9h", "Nước bọt", "02"],
]
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_cp1258(text):
    """As Windows of Viet Nam wrote it: tones behind their letters."""
    written = b""
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(part for part in parts if part in TONES)
        rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        written += (rest + tones).encode("cp1258")
    return written


def as_old(code):
    file = ROOT / "resources" / "places" / "legacy.csv"
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    table = {row["meant"]: row["seen"] for row in rows if row["code"] == code}
    return lambda text: "".join(table.get(letter, letter) for letter in text)


def bytes_of(convert, encode, separator):
    out = io.StringIO()
    lines = csv.writer(out, delimiter=separator)
    lines.writerows([[convert(str(cell)) for cell in line] for line in LINES])
    return encode(out.getvalue())


def same(text):
    return text


WAYS = {
    "utf-8": (same, str.encode),
    "utf-8 decomposed": (same, lambda text: unicodedata.normalize("NFD", text).encode()),
    "utf-16": (same, lambda text: text.encode("utf-16")),
    "utf-16 without mark": (same, lambda text: text.encode("utf-16-le")),
    "cp1258": (same, in_cp1258),
    "tcvn3 in cp1252": (as_old("tcvn3"), lambda text: text.encode("cp1252")),
    "tcvn3 in utf-8": (as_old("tcvn3"), str.encode),
    "vni in cp1252": (as_old("vni"), lambda text: text.encode("cp1252")),
    "vni in utf-8": (as_old("vni"), str.encode),
}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("way", WAYS)
def test_the_bytes_of_a_list_do_not_matter(tmp_path, way, separator):
    file = tmp_path / "a.csv"
    file.write_bytes(bytes_of(*WAYS[way], separator))
    draft = read_file(SAMPLES, file, a_world(), Options())
    first, second = map(plain, draft.items)
    assert (first["name"], second["name"]) == ("Nguyễn Thị Ước", "Đặng Mừng Thường")
    assert (first["sex"], first["commune_code"], second["commune_code"]) == ("F", "02959", "02962")
    assert (first["subject"], second["subject"]) == ("RETURNEE", "F1")
    assert (first["specimen"], second["specimen"]) == ("NASOPHARYNGEAL", "SALIVA")
    assert (first["collected_at"], second["pool"]) == ("2021-08-13T08:00", "02")


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("HOÀNG VĂN ƯỚC", "HOÀNG VĂN ƯỚC"),
        ("LÝ TẢ ƯỚC", "LÝ TẢ ƯỚC"),
        ("Lý Hà", "Lý Hà"),
        ("Hoàng Văn Ước", "Hoàng Văn Ước"),
    ],
)
def test_capitals_typed_in_tcvn3_have_small_marked_letters_only(name, seen):
    small = {letter: letter.lower() for letter in name if letter.lower() in "àáảãạăằắẳẵặớướý"}
    typed = as_old("tcvn3")(name.translate(str.maketrans(small)) if name.isupper() else name)
    assert legacy.converted(typed, legacy.TCVN3) == seen
