"""What a list says above its headings: the letterhead, the title, the day, the place.

Vietnamese lists carry the agency above on the first line and the unit below it, in capitals:
``UBND XÃ NGHĨA ĐÔ`` / ``TRẠM Y TẾ`` is "Trạm Y tế xã Nghĩa Đô".
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from admin_suite.excel.words import loose, unmarked

MOTTO = re.compile(r"cong hoa x|chxhcn|doc lap tu do")
TITLED = re.compile(
    r"danh sach|(?:phu luc|phieu|bang|bieu|tong hop|ket qua|thong ke|bao cao|bien ban)\b(?! so \d)"
    r"|ds |list"
)
LISTED = re.compile(r"danh sach|ds ")  # says it more surely than "phiếu" or "biểu"
BOOK = re.compile(
    r"so (?:theo doi|lay mau|tiep nhan|nhap|ghi|dang ky|quan ly|xet nghiem|tra ket qua|kham"
    r"|nhat ky|ra vao|truc|khach)\b"
)
PAPER = re.compile(r"so \d|so [a-z]|mau so|bieu (?:mau )?(?:so|\d)|phu luc")
NAMES_A_LIST = re.compile(r"\b(?:danh sach|tong hop)\b")  # "BIỂU 02: TỔNG HỢP …" is a title
ABOVE = re.compile(r"^(?:ubnd|uy ban nhan dan)\s+")
UNITS = (
    "tram y te",
    "trung tam y te",
    "trung tam ",
    "benh vien",
    "phong kham",
    "phong y te",
    "so y te",
    "khu cach ly",
    "truong",
    "cong ty",
    "cong an",
    "ban chi dao",
    "chi nhanh",
    "chi cuc",
    "ngan hang",
    "buu dien",
    "xi nghiep",
    "hat kiem lam",
    "toa an",
    "vien kiem sat",
    "bo chi huy",
    "ban chi huy",
    "don bien phong",
    "diem tiem",
    "don vi",
    "phong ",
    "cdc",
    "benh xa",
    "hop tac xa",
    "nha may",
    "doanh nghiep",
    "ban quan ly",
    "to ",
    "trai giam",
    "tram kiem soat",
    "chot kiem",
    "trung doan",
    "hoi ",
    "bql ",
    "cho ",
    "ben xe",
    "cum cong nghiep",
    "khu cong nghiep",
    "uy ban mat tran",
    "ubmttq",
    "huyen doan",
    "doan tncs",
)
OF_A_PLACE = ("phong ", "to ", "ban chi dao")  # there is one of them in every commune
NO_UNIT = re.compile(  # a person or a place of whoever sends the list
    r"(?:\w+ )?trưởng\b|(?:tổ|phòng|khu|đội)\s*(?:số\s*)?\d+\s*[,-]|chợ\s*[:,]|hội trường",
    re.IGNORECASE,
)
COMMUNE = re.compile(r"(?:xa(?! hoi)|thi tran|phuong)(?: [a-z]+){1,4}")  # alone on its line
AGENCY = re.compile(r"^(?:UBND|ỦY BAN NHÂN DÂN|Uỷ ban nhân dân)\s+", re.IGNORECASE)
SHORT_UNITS = {
    "TTYT": "Trung tâm Y tế",
    "TT Y TẾ": "Trung tâm Y tế",
    "TT KSBT": "Trung tâm Kiểm soát bệnh tật",
    "TYT": "Trạm Y tế",
    "BVĐK": "Bệnh viện đa khoa",
    "BV": "Bệnh viện",
    "BCĐ": "Ban chỉ đạo",
    "BCHQS": "Ban chỉ huy quân sự",
}
LABEL = re.compile(
    r"^(?:(?:tên )?(?:đơn vị|cơ quan|cơ sở)(?: gửi(?: mẫu)?| lấy mẫu| lập)?"
    r"|nơi gửi(?: mẫu)?)\s*:\s*",
    re.IGNORECASE,
)
PHRASES = (
    "Y tế",
    "Trung tâm",
    "Kiểm soát bệnh tật",
    "Văn hóa và Thông tin",
    "Dân số",
    "Bệnh viện đa khoa",
    "Bệnh viện",
    "Phòng khám",
    "Khu cách ly",
    "Ban chỉ đạo",
    "Phòng, chống dịch",
    "COVID-19",
    "Trung đoàn",
    "Trạm kiểm soát",
    "dịch bệnh",
    "Công ty",
    "Công an",
    "Trung học cơ sở",
    "Trung học phổ thông",
    "Tiểu học",
    "Mầm non",
    "Nội trú",
    "Bán trú",
    "Giáo dục và Đào tạo",
    "Xét nghiệm",
    "Lâm nghiệp",
    "số",
    "và",
    "thị trấn",
    "thành phố",
    "thị xã",
    "xã",
    "huyện",
    "phường",
    "tỉnh",
    "quận",
)
CENTURY, MONTHS = 100, 12
DAY = re.compile(
    r"ngay\s*(\d{1,2})\s*,?\s*thang\s*(\d{1,2})\s*,?\s*nam\s*(\d{4})"
    r"|(?<![\d/.])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})(?!\d)"
)
SHORT_DAY = re.compile(
    r"\bngay\s*(\d{1,2})\s*(?:/|-|\.)\s*(\d{1,2})(?!\s*[\d/.-])"
    r"|\bngay\s*(\d{1,2})\s*thang\s*(\d{1,2})(?!\s*,?\s*nam|\d)"
)
MONTH = re.compile(r"\bthang\s*(\d{1,2})\s*(?:[/.-]|,?\s*nam)\s*(20\d\d)\b")
YEAR = re.compile(r"(?<!viet )\bnam\s*(20\d\d)\b")
OF_BIRTHS = re.compile(r"\bsinh (?:tu|nam|cac|trong|truoc|sau|ngay|thang)\b|\bnam sinh\b")
ALONE = re.compile(r"\s*(?:ngay\s*)?(\d{1,2})\s*[./\-]\s*(\d{1,2})\s*")
OF_A_DAY = re.compile(
    r"(?:ngay|thu|hai|ba|tu|nam|sau|bay|chu|nhat|buoi|sang|chieu|toi|dot|lan|lay|mau|test|nhanh|xet"
    r"|nghiem|tiep|nhan|den|vao|[ivx]+|[a-d]|\d+)"
)
OF_AN_EVENT = re.compile(
    r"(?:danh sach|ds)\b.*\b(?:lay mau|xet nghiem|test nhanh|tiep nhan|khai bao y te)[^,;]*\bngay\b"
)
# The day of a paper that is mentioned, of a span, of the signature: not the day of the list.
NOT_THE_LIST = re.compile(
    r"quyet dinh|cong van|ke hoach|to trinh|thong bao|can cu|kem theo|\bqd\b|\bcv\b|tu ngay.*den"
    r"|^[^\d,(]{2,40}, *ngay"
)


def days_in(line: str) -> list[date]:
    """The days that a line names."""
    found = []
    for parts in DAY.findall(unmarked(line)):
        day, month, year = (int(part) for part in parts if part)
        try:
            found.append(date(year if year >= CENTURY else 2000 + year, month, day))
        except ValueError:
            continue
    return found


def day_of(lines: Iterable[str]) -> date | None:
    """The first day that these lines name."""
    return next((day for line in lines for day in days_in(line)), None)


def own_lines(lines: Sequence[str]) -> list[str]:
    """The lines that speak of the list and not of a paper, a span or a signature."""
    return [line for line in lines if not NOT_THE_LIST.search(unmarked(line))]


def list_day(lines: Sequence[str]) -> date | None:
    """The day of a list: named in its title or below it, not of a paper or of a signature."""
    own = own_lines(lines)
    title = title_of(lines)
    start = own.index(title) if title in own else 0
    return day_of(own[start:]) or day_of(own[:start]) or day_of(map(_before_papers, lines))


def _before_papers(line: str) -> str:
    """What a title says before it names a paper: ``Danh sách … ngày 13/8/2021 theo CV 12/UBND``."""
    paper = NOT_THE_LIST.search(unmarked(line))
    return line[: paper.start()] if paper and _is_title(loose(line)) else ""


def month_of(lines: Iterable[str]) -> date | None:
    """The first day of the month that these lines name without a day: ``Tháng 8/2021``."""
    for found in map(MONTH.search, _not_of_births(lines)):
        if found and 1 <= int(found[1]) <= MONTHS:
            return date(int(found[2]), int(found[1]), 1)
    return None


def end_of_year(lines: Iterable[str], today: date | None) -> date | None:
    """The last day of the year, now over, that these lines name alone: ``ĐỢT 3 NĂM 2021``."""
    for found in map(YEAR.search, _not_of_births(lines)):
        if found and today is not None and int(found[1]) < today.year:
            return date(int(found[1]), MONTHS, 31)
    return None


def _not_of_births(lines: Iterable[str]) -> list[str]:
    """The lines without marks, but those that say when people were born."""
    return [line for line in map(unmarked, lines) if not OF_BIRTHS.search(line)]


def day_within(lines: Iterable[str], year: int) -> date | None:
    """The day that these lines name without its year: ``NGÀY 13/8``."""
    for found in (SHORT_DAY.search(unmarked(line)) for line in lines):
        if found:
            day, month = (int(part) for part in found.groups() if part)
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def day_alone(line: str, year: int) -> date | None:
    """The day of a line that says nothing else: ``Ngày 13/8``, ``II. Sáng thứ sáu 13/8/2021``.

    A title between the rows says it too: ``Danh sách lấy mẫu ngày 13/8/2021``.
    """
    if OF_AN_EVENT.match(unmarked(line)):
        return list_day([line]) or day_within(own_lines([line]), year)
    rest = loose(SHORT_DAY.sub(" ", DAY.sub(" ", unmarked(line)))).split()
    if not all(map(OF_A_DAY.fullmatch, rest)):
        return None
    return day_of([line]) or day_within([line], year)


def title_of(lines: Sequence[str]) -> str:
    """The title of a list: the line that calls itself one, else the longest."""
    all_but_motto = [line for line in lines if not MOTTO.search(loose(line))]
    own = [line for line in all_but_motto if not _is_paper(loose(line))] or all_but_motto
    named = [line for line in own if _is_title(loose(line))]
    named.sort(key=lambda line: not LISTED.match(loose(line)))
    return (named or sorted(own, key=len, reverse=True) or [""])[0]


def _is_title(bare: str) -> bool:
    """Whether a line calls itself a list, a book or a form."""
    if PAPER.match(bare):
        return not _is_paper(bare)
    return bool(TITLED.match(bare) or BOOK.match(bare))


def _is_paper(bare: str) -> bool:
    """Whether a line is only the number of a paper: ``PHỤ LỤC 2``, ``Mẫu số 01``."""
    numbered = PAPER.match(bare) is not None
    return numbered and not BOOK.match(bare) and not NAMES_A_LIST.search(bare)


def day_of_worksheet(name: str, year: int) -> date | None:
    """The day that a worksheet is named by: ``13.8.2021``, ``Ngày 13.8``, ``13-8``."""
    whole = day_of([name])
    short = ALONE.fullmatch(unmarked(name))
    if whole or short is None:
        return whole
    try:
        return date(year, int(short[2]), int(short[1]))
    except ValueError:
        return None


def sender_of(lines: Sequence[str]) -> str:
    """The unit whose letterhead this is, the lowest one named; empty when there is none."""
    above = sender = ""
    for line in lines:
        text = _spelled_out(LABEL.sub("", line).strip())
        bare = loose(text)
        if _is_title(bare):
            break
        if ABOVE.match(bare):
            above = AGENCY.sub("", text)
        elif not sender and COMMUNE.fullmatch(bare):
            above = text.replace(":", "")
        elif any(bare.startswith(unit) for unit in UNITS) and not NO_UNIT.match(text):
            placed = re.search(r" (?:xa|huyen|tinh|thi tran|phuong|thanh pho|thi xa) ", f"{bare} ")
            alone = not placed and (bare in UNITS or bare.startswith(OF_A_PLACE))
            sender = in_sentence_case(f"{text} {above}" if alone and above else text)
    return sender or (
        f"UBND {in_sentence_case(above)[:1].lower()}{in_sentence_case(above)[1:]}" if above else ""
    )


def _spelled_out(text: str) -> str:
    for short, whole in SHORT_UNITS.items():
        text = re.sub(rf"^{short}(?!\w)", whole, text, flags=re.IGNORECASE)
    return text


def _is_word(written: str) -> bool:
    """Whether capitals are a word and not an abbreviation such as THCS, which has no vowel."""
    return re.search("[aeiouy]", unmarked(written)) is not None


def in_sentence_case(text: str) -> str:
    """A name with its words in capitals written as in running text."""
    words = [w.capitalize() if w == w.upper() and _is_word(w) else w for w in text.split()]
    joined = " ".join(words)
    for phrase in PHRASES:
        joined = re.sub(rf"(?<!\w){phrase}(?!\w)", phrase, joined, flags=re.IGNORECASE)
    return joined[:1].upper() + joined[1:]
