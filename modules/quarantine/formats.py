"""The words of quarantine as lists write them: groups, symptoms, doses, days."""

import re
from datetime import date
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Noted, Wrong
from admin_suite.excel.words import either, loose, unmarked
from admin_suite.registry.names import tidy
from admin_suite.registry.reading import days
from admin_suite.registry.reading.health import DECIMAL, affirmed
from modules.quarantine.codes import Group

GROUP_WORDS = either(
    """
    Nhóm đối tượng | Đối tượng | Diện cách ly | Diện | Nhóm | Phân loại | Đối tượng cách ly | Lý
    do cách ly | Phân loại đối tượng | Phân nhóm | Loại đối tượng | Thuộc diện | Thuộc đối tượng
    | Nhóm cách ly | Trường hợp | Yếu tố dịch tễ | Mức độ | Lý do | Cấp F | F | Group | Category
    | Diện đối tượng | Đối tượng F | Lý do vào khu cách ly | Thuộc nhóm | Loại cách ly | Type |
    Reason
    """
)
CASE_WORDS = either(
    """
    F0 liên quan | F0 | Ca bệnh liên quan | Ca bệnh | Ca F0 | Bệnh nhân liên quan | Tiếp xúc với
    ca bệnh | Mã ca bệnh | Mã F0 | Mã BN | Mã bệnh nhân | Tiếp xúc với F0 | Tiếp xúc với | Ca
    dương tính | Ca liên quan | Ca chỉ điểm | BN liên quan | Nguồn lây | Bệnh nhân số | Bệnh
    nhân tiếp xúc | BN tiếp xúc | Tiếp xúc bệnh nhân | Tiếp xúc BN | F0 tiếp xúc | F1 của |
    Index case | Là F1 của | F1 của ai | F1 của BN | Tiếp xúc F0 | Ca F0 liên quan | F0 nguồn |
    Nguồn tiếp xúc | Liên quan đến BN | Liên quan đến ca bệnh | Liên quan ca bệnh | Liên quan BN
    | Liên quan đến | Case
    """
)
CONTACT_WORDS = either(
    """
    Ngày tiếp xúc cuối | Ngày tiếp xúc cuối cùng | Tiếp xúc lần cuối | Ngày TX cuối | Ngày tiếp
    xúc | Lần tiếp xúc cuối | Ngày tiếp xúc gần nhất | Tiếp xúc gần nhất | Tiếp xúc cuối | Tiếp
    xúc cuối cùng | Ngày TX | TX cuối | TX lần cuối | Ngày TX cuối cùng | Thời gian tiếp xúc |
    Thời gian tiếp xúc cuối | Thời điểm tiếp xúc cuối | Ngày cuối tiếp xúc | Ngày tiếp xúc F0 |
    Ngày tiếp xúc lần cuối | Last contact | Lần cuối tiếp xúc | Ngày TX với F0 | Ngày tiếp xúc
    với F0 | Tiếp xúc lần cuối với F0 | Ngày phơi nhiễm | Ngày phơi nhiễm cuối | Date of last
    contact | Exposure date
    """
)
ARRIVED_WORDS = either(
    """
    Ngày đến | Ngày vào khu cách ly | Ngày cách ly | Ngày tiếp nhận | Ngày vào | Ngày bắt đầu
    cách ly | Ngày nhập khu | Ngày vào cách ly | Ngày đến khu cách ly | Ngày nhận | Thời gian
    đến | Thời gian vào | Ngày giờ đến | Ngày giờ vào | Ngày vào viện | Ngày nhập | Ngày đưa vào
    cách ly | Ngày thực hiện cách ly | Bắt đầu cách ly | Cách ly từ ngày | Cách ly từ | Ngày tới
    | Đến ngày | Vào ngày | Ngày | Arrived | Arrival | Arrival date | Date of arrival | Ngày vào
    KCL | Ngày đến KCL | Ngày vào khu | Ngày giờ vào khu cách ly | Ngày tập trung | Ngày bàn
    giao | Admission date | Admitted | Date in
    """
)
HOME_WORDS = either(
    """
    Cách ly tại nhà từ ngày | Cách ly tại nhà từ | Ngày cách ly tại nhà | Ngày bắt đầu cách ly tại
    nhà | Bắt đầu cách ly tại nhà | Ở nhà từ ngày | Theo dõi tại nhà từ ngày | Theo dõi tại nhà từ |
    Ngày bắt đầu theo dõi tại nhà | Từ ngày | Ngày bắt đầu | Cách ly từ ngày | Ngày bắt đầu cách ly
    | Bắt đầu cách ly | Bắt đầu | Bắt đầu từ | Bắt đầu theo dõi | Ngày bắt đầu theo dõi | Theo dõi
    từ ngày | Theo dõi từ | Ngày về nhà | Home quarantine since | Home since
    """
)
PARTY_WORDS = either(
    """
    Mã hộ gia đình | Mã hộ | Hộ | Hộ số | Gia đình số | Nhóm đi cùng | Hộ gia đình | Gia đình |
    Mã gia đình | Số hộ | STT hộ | Nhóm gia đình | Đi cùng | Đi cùng nhóm | Nhóm người đi cùng |
    Cùng hộ | Nhà | Nhà số | Hộ GĐ | Mã HGĐ | HGĐ | Mã nhóm | Đoàn | Nhóm số | Party | Household
    | Family | Mã GĐ | GĐ | Nhóm hộ | Nhóm GĐ | Mã nhóm gia đình | STT gia đình | Nhóm đi chung
    | Đi chung | Cùng gia đình | Ở cùng | Family code | Group code
    """
)
SYMPTOM_WORDS = either(
    """
    Triệu chứng | Biểu hiện | Sức khỏe | Tình trạng sức khỏe | Tình trạng | Dấu hiệu | Triệu
    chứng hiện tại | Triệu chứng lâm sàng | Biểu hiện lâm sàng | Dấu hiệu lâm sàng | Lâm sàng |
    Sức khỏe hiện tại | Có triệu chứng | Tình trạng hiện tại | Hiện trạng sức khỏe | Symptoms |
    Symptom | Health | Tình trạng SK | TTSK | Tình trạng lâm sàng | Triệu chứng khi vào | Triệu
    chứng nghi ngờ | Sốt, ho | Có sốt, ho | Sức khỏe khi vào | Signs
    """
)
TEMPERATURE_WORDS = either("""Nhiệt độ | Thân nhiệt | Đo thân nhiệt | Temperature""")
SYMPTOMATIC_WORDS = either("""Symptomatic""")
DOSE_WORDS = either(
    """
    Thông tin tiêm chủng | Tiêm chủng | Vắc xin | Số mũi vắc xin | Đã tiêm | Số mũi tiêm | Số
    mũi | Số mũi vắc xin đã tiêm | Số mũi đã tiêm | Tiêm vắc xin | Tiêm vaccine | Vaccine |
    Vacxin | Tình trạng tiêm chủng | Tình trạng tiêm | Tiêm phòng | Mũi tiêm | Số liều | Lịch sử
    tiêm | Tiền sử tiêm chủng | Tiền sử tiêm | Đã tiêm vắc xin | Ngày tiêm | Doses | Vaccination
    | Tiêm vắc xin Covid | Tiêm vắc xin phòng Covid-19 | Vắc xin Covid-19 | Tiêm vắc xin
    Covid-19 | Số mũi vaccine | Số mũi vacxin | Mũi vắc xin | Số lần tiêm | Đã tiêm vaccine | Đã
    tiêm mấy mũi | Vaccinated
    """
)
FIRST_DOSE = either("""Mũi 1 | Ngày tiêm mũi 1 | Tiêm mũi 1 | Mũi thứ nhất | Dose 1""")
SECOND_DOSE = either("""Mũi 2 | Ngày tiêm mũi 2 | Tiêm mũi 2 | Mũi thứ hai | Dose 2""")
ORIGIN_WORDS = either(
    """
    Về từ | Nơi đi | Đến từ | Nơi xuất phát | Từ đâu về | Đi từ | Nơi về | Từ | Xuất phát từ | Đi
    từ đâu về | Từ nơi nào về | Origin | From
    """
)
VEHICLE_WORDS = either(
    """
    Xe | Biển số xe | Phương tiện | Biển số | BKS | Biển kiểm soát | Chuyến xe | Xe số | Vehicle
    """
)
SEAT_WORDS = either("""Số ghế | Ghế | Ghế số | Vị trí ghế | Seat""")
DECISION_WORDS = either(
    """
    Quyết định | Số quyết định | Quyết định cách ly | QĐ cách ly | Số QĐ | QĐ | Quyết định số |
    Decision
    """
)
NOTE_WORDS = either(
    """
    Ghi chú | Chú thích | Nhu cầu | Nhu cầu đặc biệt | Yêu cầu | Lưu ý | Bệnh nền | Quan hệ | Notes
    | Remarks | Needs
    """
)
NOT_OURS = either(
    """
    Phòng | Giường | Số phòng | Số giường | Ngày hoàn thành | Ngày kết thúc | Ngày hết cách ly | Số
    ngày cách ly | Đến hết ngày | Kết quả xét nghiệm | Kết quả | Ngày xét nghiệm | Ngày lấy mẫu |
    Lần 1 | Lần 2 | Lần 3 | Ngày XN | Ngày nhập cảnh | Cửa khẩu | Ngày về | Quan hệ với
    chủ hộ | Người thân | Suất ăn | Nơi cách ly | Khu cách ly | Cơ sở cách ly | Giờ đến | Loại vắc
    xin | Tên vắc xin | Ngày khởi phát | Số người đi cùng | Số người
    """
)
NOTHING = {
    "",
    "x",
    "k",
    "ko",
    "khong",
    "khong co",
    "khong ro",
    "chua ro",
    "chua co",
    "chua biet",
    "le",
    "di le",
    "mot minh",
    "none",
    "no",
    "na",
    "n a",
}
GROUPS = (
    (
        Group.F1,
        r"\bf ?1\b|\b(?:tiep xuc|tx)\b|\btxg\b|close contact|\bcontact\b|"
        r"lien quan (?:den )?(?:ca|bn|f)",
    ),
    (Group.F0, r"\bf ?0\b|duong tinh|benh nhan covid|positive|confirmed|mac covid"),
    (
        Group.ENTRANT,
        r"nhap canh|\bnc\b|nuoc ngoai|bien gioi|xuat canh|entrant|entered|entry|from abroad|"
        r"\btu (?:lao|trung quoc|campuchia|thai lan)\b",
    ),
    (
        Group.RETURNEE,
        r"\bve tu\b|vung dich|tro ve|\bve que\b|hoi huong|ve dia phuong|ngoai tinh|return|"
        r"vung do|\btu .+ ve\b|\bve (?:tphcm|tp|hcm|hn|mien|tinh|bac|ha noi|sai gon)|di ve|"
        r"lam an xa|\bdi lam\b",
    ),
    (Group.SYMPTOMATIC, r"trieu chung|\bsot\b|\bho\b|nghi (?:ngo|nhiem|mac)|symptom|kho tho"),
)
NAMED_ABOVE = (
    (Group.F1, r"\bf ?1\b|tiep xuc gan"),
    (Group.ENTRANT, r"nhap canh"),
    (Group.RETURNEE, r"tro ve|vung dich|hoi huong|\bve tu\b"),
)
WELL = re.compile(
    r"^(?:bt|b t|binh thuong|bthg|on dinh|on|tot|khoe|khoe manh|suc khoe (?:tot|binh thuong|on)"
    r"|normal|good|well|fine|am tinh|at|ok|fit|healthy|false)\b"
)
ILL = re.compile(
    r"\bsot\b|\bho\b|dau hong|rat hong|viem|kho tho|met|so mui|chay mui|hat hoi|nghet mui|ngat mui"
    r"|dau dau|dau nguoi|dau co|moi nguoi|on lanh|ret run|tieu chay|di ngoai|mat (?:vi|khuu|mui)"
    r"|\bnon\b|tuc nguc|dau nguc|khan tieng|cam cum|\bcum\b|\bcam\b|trieu chung|symptom|fever|cough"
    r"|sore throat|\bill\b|duong tinh|chong mat|nhuc|\bmua\b"
)
OTHER_CONDITION = re.compile(
    r"\bthai\b|huyet ap|tieu duong|dai thao duong|benh nen|tim mach|chay than|hen|khuyet tat"
    r"|gia yeu|nguoi gia|tre em|an chay|tai bien|ung thu|gut|da day"
)
TEMPERATURE = re.compile(r"(?<![\d.])(3[4-9]|4[0-2])(?:\.(\d))?(?!\d)")
FEVER = 37.5
LABELLED = re.compile(r"\b(?:m|mui|lieu|dose|tiem)\s*(?:so |thu )?0?(\d)(?![\d/.])")
COUNTED = re.compile(r"(?<![\d/])0?(\d)\s*(?:mui|lieu|dose)")
DAY = re.compile(r"(?<!\d)\d{1,2}\s*[/.\-]\s*\d{1,2}(?:\s*[/.\-]\s*\d{2,4})?(?!\d)")
ISO = re.compile(r"\d{4}-\d\d-\d\d")
MOST_DOSES = 6


def group(cell: object, _about: About) -> Group:
    """Why somebody is in quarantine; words that say none refuse the row."""
    said = " ".join(affirmed(plain(cell)))
    for code, pattern in GROUPS:
        if re.search(pattern, said):
            return code
    try:
        return Group.read(cell)
    except UserError:
        said = _("“{cell}” does not say why the person is in quarantine.")
        raise Wrong("BAD_GROUP", said.format(cell=plain(cell))) from None


def group_above(line: str) -> Group | None:
    """The one group that a title, or the line above a part of the list, says of all below it."""
    bare = loose(line)
    found = [code for code, pattern in NAMED_ABOVE if re.search(pattern, bare)]
    return found[0] if len(found) == 1 else None


def nothing_or(cell: object, _about: About) -> str:
    """A code or number of something, empty where the cell says that there is none."""
    written = tidy(plain(cell).strip("'\u2019"))
    return "" if loose(written) in NOTHING or not re.search(r"\w", written) else written


def last_contact(cell: object, about: About) -> object:
    """The latest day that the cell names; words for no certain day leave it empty."""
    written = plain(cell)
    found = [*ISO.findall(written), *DAY.findall(ISO.sub(" ", written))]
    many: list[Any] = [cell] if not isinstance(cell, str) or len(found) < 2 else found  # noqa: PLR2004
    told = []
    for one in many:
        try:
            told.append(days.moment(one, about).day)
        except Wrong as error:
            if error.code != "NO_DATE":
                raise
    known = [day for day in told if day is not None]
    if known:
        return max(known)
    if loose(written) in {"khong", "ko", "k"} or not re.search(r"[\w?]", written):
        return None
    said = _("“{cell}” is no certain day; the last contact is left empty.")
    return Noted(None, "NO_LAST_CONTACT", said.format(cell=written))


def symptoms(cell: object, _about: About) -> object:
    """What is written of the health, and whether it means symptoms: a pair."""
    written = tidy(plain(cell))
    bare = DECIMAL.sub(".", unmarked(written))
    if loose(written) in {"x", "co", "yes", "true", "1", "v"} or bare.strip() == "+":
        return (written, True)
    heat = [float(f"{found[1]}.{found[2] or 0}") for found in TEMPERATURE.finditer(bare)]
    said = [part for part in affirmed(written) if not WELL.match(part)]
    if any(degrees >= FEVER for degrees in heat) or any(ILL.search(part) for part in said):
        return (written, True)
    if heat or not any(map(_unheard_of, said)):
        return (written, False)
    message = _("“{cell}” is counted as symptoms; correct it if the person is well.")
    return Noted((written, True), "SYMPTOM_UNKNOWN", message.format(cell=written))


def fever(cell: object, _about: About) -> str:
    """A temperature that is a fever, as symptoms are written; any other says nothing."""
    written = tidy(plain(cell))
    told = TEMPERATURE.finditer(DECIMAL.sub(".", written))
    hot = any(float(f"{found[1]}.{found[2] or 0}") >= FEVER for found in told)
    return f"{written} °C" if hot else ""


def _unheard_of(part: str) -> bool:
    """Whether words are none of a state of health that everybody knows."""
    return re.search(r"[a-z]{2}", part) is not None and not OTHER_CONDITION.search(part)


def doses(cell: object, _about: About) -> object:
    """How many doses a cell tells, by number, by the dates or by the last one named."""
    if isinstance(cell, date):
        return 1
    if isinstance(cell, int | float):
        return int(cell) if cell <= MOST_DOSES else 1
    bare = unmarked(plain(cell))
    dated = len(ISO.findall(bare)) + len(DAY.findall(ISO.sub(" ", bare)))
    labels = [int(n) for n in (*LABELLED.findall(bare), *COUNTED.findall(bare))]
    told = max(dated, *labels) if labels else dated
    return min(told or _doses_in_words(loose(bare)), MOST_DOSES)


def _doses_in_words(words: str) -> int:
    if re.search(r"\b(?:chua|khong|ko|none|not)\b", words) or words in NOTHING - {"x"}:
        return 0
    first = words.split(maxsplit=1)[0]
    if first.isdecimal():
        return int(first)
    return 2 if re.search(r"\b(?:du|day du|full|fully)\b", words) else 1


def ticked(cell: object, _about: About) -> bool:
    """Whether a cell says yes, as exports do in either language."""
    return loose(plain(cell)) in {"co", "yes", "x", "1", "true"}


def whole(cell: object, _about: About) -> int:
    """A whole number, however Excel has kept it."""
    written = re.sub(r"[\s.](?=\d{3}\b)", "", plain(cell))
    found = re.search(r"-?\d+", written)
    if found is None:
        raise Wrong("BAD_NUMBER", _("“{cell}” is not a number.").format(cell=plain(cell)))
    return int(found[0])
