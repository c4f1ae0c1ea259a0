"""What a list says above its headings: the letterhead, the title, the day, the place.

Vietnamese lists carry the agency above on the first line and the unit below it, in capitals:
``UBND XÃ NGHĨA ĐÔ`` / ``TRẠM Y TẾ`` is "Trạm Y tế xã Nghĩa Đô".
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from admin_suite.excel.words import loose

MOTTO = re.compile(r"cong hoa xa hoi|doc lap tu do")
ABOVE = re.compile(r"^(?:ubnd|uy ban nhan dan)\s+")
UNITS = (
    "tram y te",
    "trung tam y te",
    "trung tam kiem soat benh tat",
    "benh vien",
    "phong kham",
    "phong y te",
    "so y te",
    "khu cach ly",
    "truong",
    "cong ty",
    "cong an",
    "ban chi dao",
    "diem tiem",
    "don vi",
)
AGENCY = re.compile(r"^(?:UBND|ỦY BAN NHÂN DÂN|Uỷ ban nhân dân)\s+", re.IGNORECASE)
SHORT_UNITS = {"TTYT": "Trung tâm Y tế", "TYT": "Trạm Y tế", "BVĐK": "Bệnh viện đa khoa"}
LABEL = re.compile(
    r"^(?:đơn vị(?: gửi(?: mẫu)?| lấy mẫu| lập)?|nơi gửi(?: mẫu)?)\s*:\s*", re.IGNORECASE
)
PHRASES = (
    "Y tế",
    "Trung tâm",
    "Kiểm soát bệnh tật",
    "Bệnh viện đa khoa",
    "Bệnh viện",
    "Phòng khám",
    "Khu cách ly",
    "Ban chỉ đạo",
    "Công ty",
    "Công an",
    "thị trấn",
    "thành phố",
    "thị xã",
    "xã",
    "huyện",
    "phường",
    "tỉnh",
    "quận",
)
DAY = re.compile(
    r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})",
    re.IGNORECASE,
)


def day_of(lines: Iterable[str]) -> date | None:
    """The first day that these lines name."""
    for line in lines:
        for found in DAY.finditer(line):
            day, month, year = (int(part) for part in found.groups() if part)
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def title_of(lines: Sequence[str]) -> str:
    """The title of a list: the line that calls itself one, else the longest."""
    own = [line for line in lines if not MOTTO.search(loose(line))]
    named = [line for line in own if re.match(r"danh sach|bang |so |bieu ", loose(line))]
    return (named or sorted(own, key=len, reverse=True) or [""])[0]


def sender_of(lines: Sequence[str]) -> str:
    """The unit whose letterhead this is, the lowest one named; empty when there is none."""
    above = sender = ""
    for line in lines:
        text = _spelled_out(LABEL.sub("", line).strip())
        bare = loose(text)
        if bare.startswith("danh sach"):
            break
        if ABOVE.match(bare):
            above = AGENCY.sub("", text)
        elif any(bare.startswith(unit) for unit in UNITS):
            placed = re.search(r" (?:xa|huyen|tinh|thi tran|phuong|thanh pho|thi xa) ", f"{bare} ")
            alone = not placed and bare in UNITS
            sender = in_sentence_case(f"{text} {above}" if alone and above else text)
    return sender


def _spelled_out(text: str) -> str:
    for short, whole in SHORT_UNITS.items():
        text = re.sub(rf"^{short}(?!\w)", whole, text, flags=re.IGNORECASE)
    return text


def in_sentence_case(text: str) -> str:
    """A name with its words in capitals written as in running text."""
    words = [w.capitalize() if w == w.upper() else w for w in text.split()]
    joined = " ".join(words)
    for phrase in PHRASES:
        joined = re.sub(rf"(?<!\w){phrase}(?!\w)", phrase, joined, flags=re.IGNORECASE)
    return joined[:1].upper() + joined[1:]
