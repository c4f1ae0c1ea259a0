"""The words of vaccination as lists write them: products, lots, groups, which dose."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Noted, Wrong
from admin_suite.excel.words import either, loose, unmarked
from admin_suite.registry.reading import days
from modules.vaccination.rules.regimen import Product

NOTHING = {
    *("", "x", "0", "k", "ko", "o", "khong", "chua", "chua tiem", "khong tiem", "chua co"),
    *("khong co", "chua tiem chung", "none", "no", "na", "n a"),
}
PUT_OFF = re.compile(
    r"(?:tam |tri )?hoan\b|vang\b|tu choi\b|khong dong y\b|chong chi dinh\b|chua du\b|khong den\b"
)
SHORT = 3  # a word of so few letters stands alone: AZ, VC
LOT = re.compile(r"[^0-9a-z]+")
LOT_BEFORE = re.compile(
    r"^(?:so lo|lo so|lot no|lotno|lot|batch|lo|so)(?:[\s:.\-]*(?=\S*\d)|[\s:.\-]+(?=.*\d))"
)
LOT_BEHIND = re.compile(r"\(\D*\)|\b(?:hsd|han|exp|nsx)\b[^,;+&\n]*")  # vaccine, expiry
GROUP = re.compile(
    r"(?:(?:ma )?(?:nhom|so|group|doi tuong|nhom doi tuong|dt) ?(?:so )?)*0*(\d{1,2})\b"
)
GROUP_BEHIND = re.compile(
    r"(?:[(\[]\s*|\bnhóm\s*(?:số\s*)?)0*(\d{1,2})\s*[)\]]?\s*$", re.IGNORECASE
)
DOSE = re.compile(r"(?:mui|lan|lieu|dose|m)?\s*(?:thu |so |tiem )?0*([1-9])\b")
DOSE_WORDS = {
    "nhat": 1,
    "mot": 1,
    "hai": 2,
    "nhi": 2,
    "ba": 3,
    "thu tu": 4,
    "nhac lai": 3,
    "bo sung": 3,
    "booster": 3,
}
REPEATED = re.compile(r"(?:nhac lai|booster)(?: lan| thu| so)? ?0*([1-9])\b(?! \d)")
YEAR = 4  # letters of a day as ISO
SCHEDULE = 2  # doses before the first that repeats
AMOUNT = re.compile(  # numbers in a cell of a dose that are no part of a day
    r"\d+(?:[.,]\d+)?\s*ml\b|\(?\b(?:mũi|lần|liều|M)\s*(?:thứ\s*)?\d(?:\s*/\s*\d(?![\d/]))?\)?"
    r"|\b\d{1,2}\s*mũi\b",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\d{1,2}\s*(?:[/.\-]|tháng|thang)\s*\d{1,2}(?!\d)|\d{4}-\d\d-\d\d", re.IGNORECASE
)
LOT_NAMED = re.compile(
    r"\b(?:so lo|lo so|lo|lot|batch)(?: no)?\s*[.:#\-]*\s*([a-z0-9\-]*\d[a-z0-9\-]*)"
)
LOT_ALONE = re.compile(r"\b(?:[A-Z]{1,4}[ \-]?\d{4,}[A-Z]?|20\d{4}[A-Z]\d*)\b")
FILLING = re.compile(
    r"[\d/.:()\-]+|\b(?:ngay|thang|nam|da|tiem|vac ?xin|vaccine|vx|so|lo|lot|batch|luc|tai|gio|h"
    r"|mui|lan|lieu|thu|nhat|hai|ba|m)\b"
)
SEVERAL = re.compile(
    r"[;,\n+]+|\bvà\b|\s+[-–/|]\s+"  # noqa: RUF001 - dashes of lists
    r"|(?<!^)(?<!nhắc lại )(?=(?:mũi|lần|liều)\s*(?:thứ\s*)?"
    r"(?:\d|nhất|hai|ba|tư|nhắc lại|bổ sung)\b|\bM\d\b)",
    re.IGNORECASE,
)
WHOLE_DAY = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"|\d{1,2}\s*(?:[/.\-]|tháng|thang)\s*\d{1,2}(?!\d)(?:[/.\-](?:\d{4}|\d{2})(?!\d))?",
    re.IGNORECASE,
)
YEAR_BEHIND = re.compile(r"\s*(?:,?\s*(?:năm|nam)|[/.\-])\s*\d{2}", re.IGNORECASE)
LETTERS = re.compile(r"[a-z]{2}")
NUMBERED = re.compile(r"\b(?:mui|lan|lieu)\s*(?:thu )?(?:[1-9]|nhat|hai|ba|tu)\b|\bm[1-9]\b")

BEGINS: Mapping[int, tuple[str, ...]] = {
    1: (
        *("mũi 1", "mũi thứ 1", "mũi thứ nhất", "mũi số 1", "lần 1", "lần tiêm 1", "M1", "liều 1"),
        *("dose 1", "first dose"),
    ),
    2: (
        *("mũi 2", "mũi thứ 2", "mũi thứ hai", "mũi số 2", "lần 2", "lần tiêm 2", "M2", "liều 2"),
        *("dose 2", "second dose"),
    ),
    3: (
        *("mũi 3", "mũi bổ sung", "mũi thứ 3", "mũi thứ ba", "mũi số 3", "lần 3", "lần tiêm 3"),
        *("M3", "liều 3", "dose 3", "third dose"),
    ),
    4: (
        *("mũi 4", "mũi thứ 4", "mũi thứ tư", "mũi số 4", "lần 4", "lần tiêm 4", "M4", "liều 4"),
        *("dose 4", "fourth dose"),
    ),
    5: (
        *("mũi 5", "mũi thứ 5", "mũi thứ năm", "mũi số 5", "lần 5", "lần tiêm 5", "M5", "liều 5"),
        *("dose 5", "fifth dose"),
    ),
}
REPEATS: Mapping[int, tuple[str, ...]] = {  # the fourth dose where another heading says the third
    3: ("mũi nhắc lại", "mũi nhắc lại 1", "mũi nhắc lại lần 1", "booster"),
    4: ("mũi nhắc lại 2", "mũi nhắc lại lần 2", "mũi nhắc lại"),
    5: ("mũi nhắc lại 3", "mũi nhắc lại lần 3"),
}
AHEAD = {3: 2}  # so many of the names of a dose outrank every name of one that repeats
SURE = 4  # the words of a part for which they surely do
PARTS: Mapping[str, tuple[str, ...]] = {
    "product": (
        "Vắc xin",
        "Loại vắc xin",
        "Tên vắc xin",
        "Vaccine",
        "Loại vaccine",
        "Vacxin",
        "Loại vacxin",
        "Loại",
        "Thuốc",
        "Loại thuốc",
        "Loại VX",
        "VX",
    ),
    "on": (
        *("Ngày tiêm", "Ngày", "Thời gian tiêm", "Ngày tháng tiêm", "Thời gian", "Tiêm ngày"),
        *("Date", "Day"),
    ),
    "lot": ("Số lô", "Lô", "Số lô vắc xin", "Lô vắc xin", "Lô số", "Lot", "Số lot", "Lô thuốc"),
    "place": ("Nơi tiêm", "Địa điểm tiêm", "Cơ sở tiêm", "Đơn vị tiêm", "Điểm tiêm"),
}
BARE: Mapping[str, tuple[str, ...]] = {
    "product": ("Loại vắc xin đã tiêm", "Vắc xin đã tiêm", "Loại vắc xin", "Vắc xin", "Vaccine"),
    "on": ("Ngày đã tiêm", "Ngày tiêm", "Ngày tiêm chủng"),
    "lot": ("Số lô", "Số lô vắc xin", "Lô vắc xin", "Lô"),
    "place": ("Nơi tiêm", "Địa điểm tiêm", "Cơ sở tiêm chủng"),
}
GROUP_WORDS = either(
    """
    Nhóm ưu tiên | Mã nhóm đối tượng | Nhóm đối tượng | Nhóm | Mã nhóm | Nhóm đối tượng ưu tiên |
    Mã nhóm ưu tiên | Nhóm ĐT | Mã ĐT |
    Mã nhóm ĐT | Mã đối tượng | Đối tượng | Đối tượng ưu tiên | Nhóm số
    | Thuộc nhóm | Thuộc nhóm đối tượng | Nhóm ưu tiên (1-16) | Mã nhóm đối tượng (1-16) | Diện ưu
    tiên | Diện | Nhóm tiêm | Nhóm đối tượng tiêm | Priority group | Group
    """
)
HISTORY_WORDS = either(
    """
    Các mũi đã tiêm | Mũi đã tiêm | Thông tin mũi đã tiêm | Lịch sử tiêm | Lịch sử tiêm chủng |
    Thông tin tiêm chủng | Thông tin các mũi tiêm | Các mũi tiêm | Lịch sử tiêm vắc xin | Đã tiêm
    vắc xin | Tiền sử tiêm vắc xin phòng COVID-19 | Tiền sử tiêm vắc xin COVID-19 | Thông tin đã
    tiêm | Mũi tiêm đã tiêm | Đã tiêm các mũi
    | Đã tiêm (loại VX, ngày) | Đã tiêm (loại vắc xin, ngày) | Đã tiêm (loại vắc xin, ngày tiêm)
    | Đã tiêm (loại VX, ngày tiêm) | Vắc xin đã tiêm, ngày tiêm
    """
)
TOLD_WORDS = either(
    "Số mũi đã tiêm | Đã tiêm mấy mũi | Số mũi | Số mũi tiêm | Số mũi vắc xin đã tiêm | Mũi số"
)
WANTED_WORDS = either(
    """
    Ngày muốn được tiêm | Ngày muốn được tiêm (dự kiến) | Ngày dự kiến tiêm | Ngày muốn tiêm | Ngày
    đăng ký tiêm | Dự kiến ngày tiêm | Wanted on
    """
)
NOTE_WORDS = either("Ghi chú | Chú thích | Lưu ý | Notes | Remarks | Note")
WORK_WORDS = either(
    """
    Đơn vị công tác | Đơn vị | Tên đơn vị | Nơi làm việc | Nơi công tác | Cơ quan công tác | Cơ quan
    | Nghề nghiệp, nơi làm việc | Nghề nghiệp, đơn vị công tác | Nghề nghiệp/nơi làm việc | Cơ
    quan, đơn vị | Tên cơ quan | Đơn vị làm việc | Cơ quan/đơn vị | Workplace
    """
)
NOT_OURS = either(
    """
    Loại vắc xin đợt này | Vắc xin đợt này | Loại vắc xin dự kiến | Vắc xin dự kiến | Loại vắc xin
    sẽ tiêm | Loại vắc xin tiêm đợt này | Vắc xin tiêm đợt này | Vắc xin đăng ký | Loại vắc xin đăng
    ký | Vắc xin muốn tiêm | Phản ứng sau tiêm | Tiền sử dị ứng | Tiền sử bệnh | Bệnh nền | Kết quả
    sàng lọc | Kết quả khám sàng lọc | Đã tiêm | Buổi tiêm | Giờ tiêm | Người tiêm | Cán bộ tiêm |
    Đợt tiêm | Khung giờ | Ký xác nhận | Mã tỉnh | Mã huyện | Mã quận/huyện | Mã tỉnh/TP | Buổi |
    Kết quả | Province code | District code
    """
)


def headings(part: str, n: int) -> tuple[str, ...]:
    """How lists call one part of the n-th dose; of the first one also without saying so."""
    words, again = PARTS[part], REPEATS.get(n, ())
    ahead, behind = BEGINS[n][: AHEAD.get(n, 1)], BEGINS[n][AHEAD.get(n, 1) :]
    alone = part == "product"  # "Mũi 1" beside "Ngày tiêm mũi 1"
    return (
        *(ahead[1:] and ahead if alone else ()),
        *(f"{word} {dose}" for word in words for dose in ahead),
        *(f"{word} {dose}" for dose in behind for word in words),
        *(f"{word} {dose}" for dose in again for word in words[:SURE]),
        *((*BEGINS[n], *again) if alone else ()),
        *(BARE[part] if n == 1 else ()),
    )


def nothing(cell: object) -> bool:
    """Whether a cell of a dose says that there was none."""
    bare = loose(plain(cell))
    return bare in NOTHING or bare.startswith("chua tiem")


def put_off(cell: object) -> bool:
    """Whether a cell of a dose says why there was none: postponed, refused, away."""
    return isinstance(cell, str) and PUT_OFF.match(loose(cell)) is not None


def product(cell: object, products: Mapping[str, Product]) -> object:
    """The vaccine that a cell names; one that is not licensed here leaves the product empty."""
    if nothing(cell):
        return None
    found = _all_named(plain(cell), products)
    if len(found) == 1:
        return found[0]
    if found:
        said = _("“{cell}” names more than one vaccine; the dose is kept without it.")
        return Noted("", "PRODUCT_UNKNOWN", said.format(cell=plain(cell)))
    said = _("The vaccine “{cell}” is not one of those known here; the dose is kept without it.")
    return Noted("", "PRODUCT_UNKNOWN", said.format(cell=plain(cell)))


class Shot(NamedTuple):
    """What one cell says of a dose beside its product: the day, the lot."""

    product: str | None = None
    on: str = ""
    lot: str = ""


def shot(cell: object, products: Mapping[str, Product], about: About) -> Shot:
    """A dose told in one cell, in any order: ``Mũi 1: AZ 10/6/2021, lô ABV5297``.

    ``product`` is None where no word names one, and empty where it is not known here.
    """
    if isinstance(cell, date):
        return Shot(on=days.moment(cell, about).day.isoformat())  # type: ignore[union-attr]
    written = AMOUNT.sub(" ", plain(cell))
    lot = next((one for one in _lots(written) if not named(one, products)), "")
    rest = written.replace(lot, " ") if lot else written
    if not DATED.search(rest):
        return Shot()
    day = day_given(rest, about)
    words = loose(FILLING.sub(" ", unmarked(rest)))
    product = (
        named(rest, products) or named(words, products) or ("" if LETTERS.search(words) else None)
    )
    return Shot(product, day.isoformat() if day else "", lot_number(lot))


def history(cell: object, products: Mapping[str, Product], about: About) -> object:
    """The doses that one cell tells, by their numbers; what says no product and day is left out."""
    if isinstance(cell, date) or nothing(cell):
        return {}
    found: dict[int, Shot] = {}
    parts = _doses_in(plain(cell), products)
    for at, part in enumerate(parts, start=1):
        one = shot(part, products, about)
        if one.on and one.product:
            found.setdefault(which(part) if NUMBERED.search(unmarked(part)) else at, one)
    if len(found) == len(parts) and not any(map(several_days, parts)):
        supposed = no_day(about) and any(map(yearless, parts))
        years = ", ".join(sorted({one.on[:YEAR] for one in found.values()}))
        return year_supposed(cell, found, years) if supposed else found
    said = _("“{cell}” does not tell every dose by vaccine and day; only those that do are kept.")
    return Noted(found, "DOSES_UNREAD", said.format(cell=plain(cell)))


def _doses_in(written: str, products: Mapping[str, Product]) -> list[str]:
    """A text of several doses, one for each; its signs may also stand within a dose."""
    parts: list[str] = []
    for piece in filter(loose, SEVERAL.split(written)):
        begun = parts[-1] if parts else ""
        if begun and not _is_next(begun, piece, products):
            parts[-1] = f"{begun}, {piece}"
        else:
            parts.append(piece)
    return parts


def _is_next(begun: str, piece: str, products: Mapping[str, Product]) -> bool:
    """Whether a piece of text begins another dose than the one before it, which has its day."""
    if not _dated(begun):
        return False
    another = NUMBERED.search(unmarked(piece)) or (
        named(piece, products) and named(begun, products)
    )
    return bool(another) or _dated(piece)


def _dated(written: str) -> bool:
    return DATED.search(AMOUNT.sub(" ", written)) is not None


def several_days(cell: object) -> bool:
    """Whether a cell of one dose names more than one day."""
    return isinstance(cell, str) and len(WHOLE_DAY.findall(AMOUNT.sub(" ", cell))) > 1


def yearless(written: str) -> bool:
    """Whether the day that a text names stands without its year."""
    found = WHOLE_DAY.search(AMOUNT.sub(" ", written))
    if found is None or len(re.findall(r"\d+", found[0])) > 2:  # noqa: PLR2004 - day, month
        return False
    return YEAR_BEHIND.match(found.string, found.end()) is None


def no_day(about: About) -> bool:
    """Whether a list tells no day: the year of a day without one is then that of reading."""
    read_on = getattr(about.world, "today", None)
    return about.undated or (about.day is None and about.usual == read_on)


def year_supposed(cell: object, value: object, year: str) -> Noted:
    """What a cell says whose day got its year from today."""
    said = _("“{cell}” says no year; {year} is supposed.")
    return Noted(value, "YEAR_SUPPOSED", said.format(cell=plain(cell), year=year))


def day_given(written: str, about: About) -> date | None:
    """The day of a dose; one without a year is not after that of the list, or after today."""
    day = days.moment(written, about).day
    latest = about.day or getattr(about.world, "today", None)
    if day is None or latest is None or day <= latest or not yearless(written):
        return day
    return days.moment(f"{day.day}/{day.month}/{day.year - 1}", about).day


def _lots(written: str) -> Iterator[str]:
    """What may be the number of a lot in a text: named as one, or letters with many digits."""
    for found in LOT_NAMED.finditer(unmarked(written)):
        yield written[found.start(1) : found.end(1)]
    yield from LOT_ALONE.findall(written)


def named(written: str, products: Mapping[str, Product]) -> str:
    """The code of the product that a text names first in the order of products, empty for none."""
    return next(iter(_all_named(written, products)), "")


def _all_named(written: str, products: Mapping[str, Product]) -> list[str]:
    bare = loose(written)
    tokens, close = bare.split(), bare.replace(" ", "") if len(bare) > 1 else ""  # "A.Z"
    return [
        code
        for code, one in products.items()
        if bare == loose(code)
        or close in one.words
        or any(_says(bare, tokens, word) for word in one.words)
    ]


def _says(bare: str, tokens: Iterable[str], word: str) -> bool:
    if len(word) <= SHORT:
        return word in tokens
    return f" {word}" in f" {bare}"


@lru_cache(8192)
def lot_number(written: str) -> str:
    """The number of a lot: capitals and digits, without blanks, dots and words around it."""
    bare = LOT_BEHIND.sub(" ", unmarked(written)).strip()
    return LOT.sub("", LOT_BEFORE.sub("", bare)).upper()


def group(cell: object, groups: Iterable[int]) -> object:
    """The number of a priority group: ``Nhóm 9``, ``9.``, ``09``, ``9: người trên 65 tuổi``."""
    written = plain(cell)
    bare = loose(written)
    if bare in NOTHING - {"0"} or not bare:
        return None
    known = set(groups)
    found = GROUP.match(bare) or GROUP_BEHIND.search(written)
    if found is not None and int(found[1]) in known:
        return int(found[1])
    said = _("There is no priority group “{cell}”.")
    raise Wrong("BAD_GROUP", said.format(cell=written))


def which(cell: object) -> int:
    """Which dose a card or list calls it: ``Mũi 2``, ``2``, ``thứ hai``; 0 if it does not say."""
    bare = loose(plain(cell))
    repeated = REPEATED.search(bare)
    if repeated is not None:
        return SCHEDULE + int(repeated[1])
    found = DOSE.search(bare)
    if found is not None:
        return int(found[1])
    padded = f" {bare} "
    return next((n for word, n in DOSE_WORDS.items() if f" {word} " in padded), 0)
