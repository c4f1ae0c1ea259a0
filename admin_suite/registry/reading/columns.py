"""The columns that carry a person, in every kind of list, and how their cells are read."""

import re
from unicodedata import is_normalized

from admin_suite.core.i18n import N_, _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Column, Noted, text
from admin_suite.excel.words import loose
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import tidy
from admin_suite.registry.reading import days, numbers

LEADING = re.compile(r"^[\s'\u2019`*•+\-]*(?:\d{1,4}\s*[.)/\-:]\s*)?[\s'\u2019`]*")
BRACKETED = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]\s*")
UNNAMED = re.compile(
    r"^(?:cb|be gai|be trai|be con|be|chau be|con ba|con chi|con co|con ong|con anh"
    r"|tre so sinh|so sinh|em be)\b"
)
USUAL = re.compile("[^\\W\\d_\u00d0\u0189\u00f0]+(?: [^\\W\\d_\u00d0\u0189\u00f0]+)+")
STARTS = {"cb", "bé", "be", "ch", "co", "tr", "sơ", "so", "em"}
TICK = {"x", "v", "co", "1", "+", "✓", "√", "✔", "*"}
FEMALE = {"nu", "f", "female", "gai", "nu gioi", "g", "woman"}
MALE = {"nam", "m", "male", "trai", "nam gioi", "man"}
EXPLAINED = re.compile(
    r"(\d)\s*(?:[:=]|\bla\b|-)?\s*(nam|nu)\b|\b(nam|nu)\s*(?:[:=]|\bla\b|-)?\s*(\d)"
)


def name(cell: object, _about: About) -> object:
    """A name as it is kept: no number before it, no bracket behind it; capitals as written."""
    if isinstance(cell, str) and USUAL.fullmatch(cell) and is_normalized("NFC", cell):
        return _unnamed(cell)
    written = tidy(plain(cell).replace("\n", " "))
    bare = tidy(BRACKETED.sub(" ", LEADING.sub("", written))).strip(" ,;.:-_")
    if not re.search(r"[^\W\d_]", bare):
        return None
    return _unnamed(bare)


def _unnamed(written: str) -> object:
    if written[:2].casefold() in STARTS and UNNAMED.match(loose(written)):
        said = _("This child has no name yet; correct it when it has one.")
        return Noted(written, "UNNAMED_CHILD", said)
    return written


def sex(cell: object, about: About) -> object:
    """A sex in any spelling; a digit only where the heading explains it."""
    written = plain(cell)
    bare = loose(written.replace("♀", " nu ").replace("♂", " nam "))
    if bare.isdecimal():
        return _explained(bare, loose(about.headings.get("sex", "")))
    if bare in FEMALE or bare in MALE:
        return Sex.F if bare in FEMALE else Sex.M
    found = {Sex.F if word == "nu" else Sex.M for word in bare.split() if word in {"nam", "nu"}}
    return found.pop() if len(found) == 1 else _bad_sex(written)


def _explained(digit: str, heading: str) -> object:
    for first, word, other, second in EXPLAINED.findall(heading):
        if digit in (first, second):
            return Sex.F if (word or other) == "nu" else Sex.M
    return _bad_sex(digit)


def _bad_sex(written: str) -> Noted:
    said = _("“{cell}” does not say a sex; none is kept.")
    return Noted(None, "BAD_SEX", said.format(cell=written))


def told_by_column(cell: object, about: About) -> object:
    """What stands in a column "Nam" or "Nữ": a cross, or the birth of whoever it is."""
    if loose(plain(cell)) in TICK or plain(cell) in TICK:
        return True
    return days.birth(cell, about)


def tidied(cell: object, _about: About) -> str:
    """A text with its spaces and look-alike letters mended."""
    return tidy(plain(cell).lstrip("'\u2019"))


PERSON_COLUMNS = (
    Column(
        "name",
        N_("Full name"),
        (
            "Họ và tên",
            "Họ tên",
            "Họ và tên người bệnh",
            "Họ và tên bệnh nhân",
            "Tên người được lấy mẫu",
            "Họ, tên",
            "Họ tên người được lấy mẫu",
            "Họ và chữ đệm và tên",
            "Người được lấy mẫu",
            "Full name",
        ),
        name,
        required=True,
    ),
    Column(
        "family",
        N_("Family and middle names"),
        ("Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ và chữ đệm", "Họ lót", "Họ"),
        tidied,
        offered=False,
    ),
    Column("given", N_("Given name"), ("Tên", "Tên gọi"), tidied, offered=False, serves="name"),
    Column(
        "dob",
        N_("Date of birth"),
        (
            "Ngày sinh",
            "Năm sinh",
            "Ngày tháng năm sinh",
            "Ngày, tháng, năm sinh",
            "Ngày/tháng/năm sinh",
            "NS",
            "N.sinh",
            "Sinh ngày",
            "NTNS",
            "Ngày/năm sinh",
            "DOB",
        ),
        days.birth,
        dates=True,
        note=N_("A day (05/03/1985), a month (03/1985) or a year (1985)."),
    ),
    Column("age", N_("Age"), ("Tuổi", "Số tuổi"), days.age, offered=False),
    Column(
        "male",
        N_("Male"),
        (
            "Nam",
            "Năm sinh Nam",
            "Ngày sinh Nam",
            "Ngày tháng năm sinh Nam",
            "Tuổi Nam",
            "Giới tính Nam",
            "Giới Nam",
            "GT Nam",
            "Phái Nam",
        ),
        told_by_column,
        offered=False,
    ),
    Column(
        "female",
        N_("Female"),
        (
            "Nữ",
            "Năm sinh Nữ",
            "Ngày sinh Nữ",
            "Ngày tháng năm sinh Nữ",
            "Tuổi Nữ",
            "Giới tính Nữ",
            "Giới Nữ",
            "GT Nữ",
            "Phái Nữ",
        ),
        told_by_column,
        offered=False,
    ),
    Column(
        "sex",
        N_("Sex"),
        (
            "Giới tính",
            "Giới",
            "Phái",
            "GT",
            "Nam/Nữ",
            "Dân tộc, giới tính",
            "Dân tộc - giới tính",
            "Dân tộc/giới tính",
        ),
        sex,
        choices=Sex,
    ),
    Column(
        "id_no",
        N_("Citizen number"),
        (
            "CCCD",
            "CMND",
            "CMT",
            "CMTND",
            "Số CCCD",
            "Số CMND",
            "CCCD/CMND",
            "CMND/CCCD",
            "Số CMND/CCCD",
            "CMND/CCCD/HC",
            "CCCD/Hộ chiếu",
            "Căn cước công dân",
            "Căn cước",
            "Số căn cước",
            "Số định danh",
            "Chứng minh nhân dân",
            "Giấy tờ tùy thân",
            "Số giấy tờ",
            "Hộ chiếu",
        ),
        numbers.card,
    ),
    Column(
        "insurance_no",
        N_("Insurance number"),
        (
            "Số thẻ BHYT",
            "Mã thẻ BHYT",
            "Thẻ BHYT",
            "BHYT",
            "Mã BHYT",
            "Số BHYT",
            "Mã bảo hiểm",
            "Mã số BHXH",
            "Số BHXH",
            "Bảo hiểm y tế",
        ),
        numbers.insurance,
        offered=False,
    ),
    Column(
        "phone",
        N_("Telephone"),
        (
            "SĐT",
            "Số điện thoại",
            "Điện thoại",
            "ĐT",
            "Số ĐT",
            "Di động",
            "Số di động",
            "Phone",
            "Điện thoại liên hệ",
            "SĐT liên hệ",
            "Liên hệ",
        ),
        numbers.phone,
    ),
    Column(
        "address",
        N_("Address"),
        (
            "Địa chỉ",
            "Địa chỉ thường trú",
            "Nơi ở",
            "Nơi ở hiện nay",
            "Chỗ ở",
            "Chỗ ở hiện nay",
            "Nơi cư trú",
            "Thường trú",
            "Tạm trú",
            "Địa chỉ chi tiết",
            "Hộ khẩu thường trú",
            "Nơi thường trú",
        ),
        tidied,
    ),
    Column(
        "hamlet",
        N_("Hamlet"),
        (
            "Thôn/bản",
            "Thôn, bản",
            "Thôn bản",
            "Thôn",
            "Bản",
            "Thôn/Tổ",
            "Tổ dân phố",
            "Thôn/Bản/Tổ dân phố",
            "Thôn xóm",
            "Xóm",
            "Khu phố",
        ),
        tidied,
        offered=False,
    ),
    Column(
        "commune",
        N_("Commune"),
        (
            "Xã",
            "Xã/phường",
            "Xã, phường",
            "Xã/thị trấn",
            "Phường/Xã",
            "Xã phường thị trấn",
            "Xã/Phường/TT",
        ),
        tidied,
        offered=False,
    ),
    Column(
        "district",
        N_("District"),
        ("Huyện", "Quận/huyện", "Huyện/quận", "Huyện/thị xã"),
        tidied,
        offered=False,
    ),
    Column(
        "province",
        N_("Province"),
        ("Tỉnh", "Tỉnh/TP", "Tỉnh/thành phố", "Tỉnh, thành phố"),
        tidied,
        offered=False,
    ),
    Column("commune_code", N_("Commune code"), ("Mã xã", "Mã xã phường"), text, offered=False),
)

# Headings that look like one of a person's and mean something else.
OTHERS = (
    "STT",
    "Quốc tịch",
    "Dân tộc",
    "Nghề nghiệp",
    "Đơn vị công tác",
    "Nơi làm việc",
    "Nơi lấy mẫu",
    "Ghi chú",
    "Tên cha mẹ",
    "Họ tên cha",
    "Họ tên mẹ",
    "Người giám hộ",
    "Chủ hộ",
    "Họ tên chủ hộ",
    "Người lấy mẫu",
    "Quan hệ",
    "Quan hệ với chủ hộ",
    "Ký nhận",
    "Ký tên",
    "Tên đơn vị",
    "Tên vắc xin",
    "Email",
    "Tôn giáo",
    "Ngày cấp",
    "Nơi cấp",
    "Số ghế",
    "Biển số xe",
    "Xe",
    "SĐT người thân",
    "Điện thoại người thân",
)
