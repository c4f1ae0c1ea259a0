"""The words of check-ins as guards and platforms write them: times, codes, means, temperature."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from admin_suite.core.clock import ZONE
from admin_suite.core.i18n import _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Noted, Wrong
from admin_suite.excel.words import either, loose
from admin_suite.registry.cards import Card, read_card
from admin_suite.registry.names import fold
from admin_suite.registry.reading import columns, days
from admin_suite.registry.reading.days import Moment
from modules.venues.codes import Means, Reason, Source, Way
from modules.venues.formats.places import Code, Places, called
from modules.venues.rules.marks import SPOKEN, genuine, read_out, scanned, typed

IN_WORDS = either(
    """
    Thời gian vào | Giờ vào | Vào lúc | Thời gian | Thời gian check-in | Check-in | Check in | Ngày
    giờ | Ngày giờ vào | Thời gian quét | Thời điểm | Thời điểm vào | Thời điểm quét | Giờ | Giờ đến
    | Thời gian đến | Vào | Lúc vào | Giờ vào cổng | Ngày giờ quét | Thời điểm check-in | Giờ vào -
    ra | Giờ vào, ra | Thời gian vào - ra | Giờ quét | Ngày giờ đến | Time in
    """
)
OUT_WORDS = either(
    """
    Thời gian ra | Giờ ra | Ra lúc | Thời gian check-out | Check-out | Check out | Ngày giờ ra |
    Thời điểm ra | Ra | Lúc ra | Giờ ra cổng | Giờ về | Thời gian về | Giờ rời đi | Time out
    """
)
DAY_WORDS = either("Ngày | Ngày vào | Ngày quét | Ngày đến | Ngày ghi | Date")
WAY_WORDS = either(
    """
    Vào/Ra | Vào, ra | Chiều | Loại lượt | Hướng | Ra/Vào | Lượt | Loại | Loại quét vào ra |
    Check-in / check-out | Hành động | Vào hay ra | Vào hoặc ra | Loại vào ra | Direction
    """
)
CODE_WORDS = either(
    """
    Mã điểm | Mã địa điểm | Mã QR | Mã quét | Nội dung quét | Nội dung mã | Mã QR địa điểm | Mã điểm
    kiểm dịch | Địa điểm | Tên địa điểm | Nơi đến | Điểm | Điểm quét | Mã điểm quét | Nội dung mã QR
    | Venue code | Scanned text | Venue
    """
)
PLACE_WORDS = either("Tên địa điểm | Tên điểm | Tên cơ sở | Địa điểm | Name of the venue")
ENTRANCE_WORDS = either("Lối vào | Cổng | Cửa | Số lối vào | Lối vào số | Entrance")
NAME_WORDS = either(
    """
    Người vào | Khách | Tên khách | Họ tên khách | Họ và tên khách | Người khai báo | Người đến | Họ
    tên người vào | Họ và tên người đến | Khách đến | Người đến liên hệ | Họ tên người đến liên hệ
    | Họ và tên người đến liên hệ | Khách đến liên hệ | Visitor
    """
)
MEANS_WORDS = either(
    """
    Hình thức | Hình thức quét | Phương thức | Cách ghi nhận | Hình thức khai báo | Loại quét | Cách
    thức | Hình thức ghi nhận | Means
    """
)
SOURCE_WORDS = either("Nguồn | Nguồn dữ liệu | Nguồn ghi nhận | Source")
TEMPERATURE_WORDS = either(
    """
    Thân nhiệt | Nhiệt độ | Thân nhiệt (độ C) | Nhiệt độ cơ thể | Đo thân nhiệt | T° | Nhiệt |
    Temperature
    """
)
MASK_WORDS = either(
    "Khẩu trang | Đeo khẩu trang | Có khẩu trang | Mang khẩu trang | KT | K trang | Mask"
)
NOTE_WORDS = either("Ghi chú | Chú thích | Ghi chú khác | Note")
NOT_OURS = either(
    """
    STT | TT | Ký tên | Chữ ký | Người trực | Cán bộ trực | Ca trực | Biển số xe | Lý do | Mục
    đích | Triệu chứng | Số người | Đơn vị | Tỉnh thành | Loại điểm | Loại hình
    """
)

MEANS: Mapping[Means, tuple[str, ...]] = {
    Means.POSTER: either("quét mã | quét qr | qr | quét mã qr | app | pc-covid | quét mã điểm"),
    Means.PERSONAL: either("mã cá nhân | qr cá nhân | quét mã cá nhân | mã qr cá nhân"),
    Means.CARD: either("cccd | căn cước | cccd gắn chip | quét cccd | thẻ căn cước | cmnd"),
    Means.INSURANCE: either("bhyt | thẻ bhyt | quét bhyt | bảo hiểm y tế"),
    Means.PHONE: either("sđt | số điện thoại | điện thoại | phone"),
    Means.TYPED: either(
        "nhập tay | ghi tay | thủ công | khai giấy | sổ | viết tay | giấy | khai hộ | nhập hộ"
    ),
}
SAID = {loose(word): means for means, several in MEANS.items() for word in several}
WITHIN_MEANS = (  # in words of one's own, the surest first
    (re.compile(r"\bca nhan\b"), Means.PERSONAL),
    (re.compile(r"\b(?:cccd|can cuoc)\b"), Means.CARD),
    (re.compile(r"\b(?:bhyt|bao hiem)\b"), Means.INSURANCE),
    (re.compile(r"\b(?:quet|qr)\b"), Means.POSTER),
)
PLATFORM = re.compile(r"\b(?:pc covid|tokhaiyte|nen tang|quoc gia|bluezone)\b")
LEAVING = {"ra", "r", "out", "ve", "roi di", "check out", "luot ra", "di ra"}
COMING = {"vao", "v", "vo", "in", "den", "check in", "luot vao", "di vao"}
BEGINNING = {"vao": Way.IN, "ra": Way.OUT}  # "vào cổng", "ra về"
YES, NO = {"co", "x", "v", "du", "dung", "yes", "1", "deo"}, {"khong", "k", "ko", "0", "no"}
NOT_YET = {"", "chua", "chua ra", "khong", "khong ro", "con o lai", "o lai", "x", "0"}
NORMAL = {"bt", "binh thuong", "bthg", "tot", "on", "khong sot"}
DEGREES = re.compile(
    r"(?<!\d)(\d{2})(?:\s*(?:[.,;*°ºo'\u2019]+|độ|do\b)\s*(\d{1,2})|(\d)| (\d)$)?(?!\d)",
    re.IGNORECASE,
)
COLDEST, WARMEST = 30.0, 45.0
APART = re.compile(
    r"\s+(?:-|–|—|đến|den|tới|->)\s+"  # noqa: RUF001
    r"|(?<=[\dh'])\s*[-–—]\s*(?=\d{1,2}\s*(?:[h:g]|$))"  # noqa: RUF001
)
OF_MOST = re.compile(
    r"([01]\d|2[0-3]):([0-5]\d) (0[1-9]|1\d|2[0-8])/(0[1-9]|1[0-2])/(20\d\d)", re.ASCII
)
CLOSE = re.compile(r"([01]?\d|2[0-3])([0-5]\d)")  # hour and minute with nothing between
EPOCH, SECONDS = re.compile(r"1[5-9]\d{8}(?:\d{3})?"), 10  # since 1970, as programs count
SERIAL = re.compile(r"(?:0|4\d{4})[.,]\d{3,}")  # Excel's number of a day or an hour, in a text
LONG = 40  # letters; no name of a venue is written in one word so long
NOON, HOURS = 12, 24
EARLY, LATE_MORNING = 6, 11  # o'clock: before and after these a row says which half of the day
GATE = re.compile(r"(.+?)\s*[-–—,;:(/]\s*((?:cổng|cửa|lối|gate|door)\b.*?)\)?", re.IGNORECASE)  # noqa: RUF001


class Span(NamedTuple):
    """A way in and a way out that were written into one cell."""

    first: Moment
    last: Moment


class Gate(NamedTuple):
    """What a cell calls an entrance, folded, and the number that stands in it; 0 for none."""

    name: str
    number: int


class Scan(NamedTuple):
    """What a cell says of the venue: its short number, the entrance and the issue if it says so."""

    number: str
    entrance: int = 0
    issue: int | None = None
    code: Code | None = None


def came(cell: object, about: About) -> object:
    """The way in; both ways where one cell says them."""
    parts = APART.split(plain(cell)) if isinstance(cell, str) else []
    if len(parts) == 2:  # noqa: PLR2004 - in, out
        both = Span(_moment(parts[0], about), _moment(parts[1], about))
        if both.last.hour is not None:
            return both
    return _moment(cell, about)


def left(cell: object, about: About) -> object:
    """The way out; empty where somebody has not left."""
    written = plain(cell)
    if loose(written) in NOT_YET:
        return None
    if not re.search(r"\d", written):
        said = _("“{cell}” is no time and was left out; nobody noted the way out.")
        return Noted(None, "OUT_UNREAD", said.format(cell=written))
    return _moment(cell, about)


def _moment(cell: object, about: About) -> Moment:
    """A day, an hour, or both; ``7.30``, ``7`` and ``0730`` are hours here."""
    if (told := _in_figures(plain(cell).strip("' "), about)) is not None:
        return told
    number = isinstance(cell, int | float) and 1 <= cell < HOURS
    if number or (isinstance(cell, str) and days.BARE_HOUR.fullmatch(cell.strip("' "))):
        hour = days.hour(cell, about)
        if hour is None:
            raise days.no_hour(cell)
        return Moment(None, hour)
    found = days.moment(cell, about)
    if found.hour is None and isinstance(cell, datetime):
        return Moment(found.day, time())  # a scan exactly at midnight
    if found.hour is None:
        days.refuse_no_hour(cell)
    return found


def _in_figures(bare: str, about: About) -> Moment | None:
    """What figures alone say: ``0730``, seconds since 1970, the number of a day in Excel."""
    if digits := CLOSE.fullmatch(bare):
        return Moment(None, time(int(digits[1]), int(digits[2])))
    if EPOCH.fullmatch(bare):
        at = datetime.fromtimestamp(int(bare[:SECONDS]), ZONE)
        return Moment(at.date(), at.time().replace(second=0))
    return days.moment(float(bare.replace(",", ".")), about) if SERIAL.fullmatch(bare) else None


def moments_of_most(texts: Iterable[str]) -> Mapping[str, Moment]:
    """The moments written ``08:30 13/08/2021``, as platforms do, on a day that every month has."""
    found = {text: one for text in texts if (one := OF_MOST.fullmatch(text))}
    return {text: _of_most(one) for text, one in found.items()}


def _of_most(found: re.Match[str]) -> Moment:
    hour, minute, on, month, year = map(int, found.groups())
    return Moment(date(year, month, on), time(hour, minute))


def day(cell: object, about: About) -> date | None:
    """The day of a check-in in a column of its own."""
    return days.moment(cell, about).day


def way(cell: object, _about: About) -> object:
    """Whether a line notes the way in or the way out; the words where they say neither."""
    bare = loose(plain(cell))
    if bare in LEAVING or bare in COMING:
        return Way.OUT if bare in LEAVING else Way.IN
    first, *more = bare.split() or [""]
    if first in BEGINNING and not BEGINNING.keys() & set(more):  # "vào/ra" says neither
        return BEGINNING[first]
    return Way.words().get(plain(cell).casefold()) or plain(cell)


def person(cell: object, about: About) -> object:
    """A name, or the whole card where a scanner wrote its text into the column of names."""
    if isinstance(cell, str) and "|" in cell and (card := read_card(cell)) is not None:
        return card
    return columns.name(cell, about)


def means(cell: object, _about: About) -> Means:
    """How somebody was noted; in words of one's own ``Quét mã QR địa điểm`` is the poster."""
    bare = loose(plain(cell))
    found = SAID.get(bare) or Means.words().get(plain(cell).casefold())
    return found or next((code for word, code in WITHIN_MEANS if word.search(bare)), Means.TYPED)


def source(cell: object, _about: About) -> object:
    """Where a line comes from."""
    return Source.words().get(plain(cell).casefold()) or source_of(plain(cell))


def source_of(text: str) -> Source | None:
    """The national platform, where a text names it."""
    return Source.NATIONAL if PLATFORM.search(loose(text)) else None


def temperature(cell: object, _about: About) -> object:
    """Degrees Celsius: ``36,5``, ``36 độ 5``, ``365``; words that say nothing are left out."""
    written = plain(cell)
    found = DEGREES.search(written)
    if found:
        degrees = float(f"{found[1]}.{found[2] or found[3] or found[4] or 0}")
        if COLDEST <= degrees <= WARMEST:
            return degrees
    if loose(written) in NORMAL:
        return None
    said = _("“{cell}” is no temperature and was left out.")
    return Noted(None, "TEMPERATURE_UNKNOWN", said.format(cell=written))


def mask(cell: object, _about: About) -> bool | None:
    """Whether a mask was worn; nothing where the cell does not say."""
    bare = loose(plain(cell))
    return True if bare in YES else False if bare in NO else None


def entrance(cell: object, _about: About) -> Gate | None:
    """An entrance by its name or its number; which it is the venue of the row says."""
    written = plain(cell)
    found = re.search(r"\d{1,2}", written)
    return Gate(fold(written), int(found[0]) if found else 0) if written.strip() else None


def door_of(gate: Gate | None, number: str, about: About) -> int | None:
    """The number of an entrance of a venue; 0 where none is said, None of a name it has not."""
    if gate is None:
        return 0
    world = about.world if isinstance(about.world, Places) else Places()
    return world.labels.get((number, gate.name)) or gate.number or None


def venue(cell: object, about: About) -> Scan | Noted:
    """The venue that a scanned code, a short number or a name means; refused with the reason."""
    world = about.world if isinstance(about.world, Places) else Places()
    written = plain(cell)
    one = scanned(written)
    if one is not None:
        return _ours(written, world)
    if number := world.national.get(written):
        return Scan(number)
    if found := by_number(written, world):
        return found
    numbers = world.named.get(called(written), ())
    known: Scan | Noted | None = Scan(numbers[0]) if len(numbers) == 1 else None
    if known or (not numbers and (known := _at_gate(written, about))):
        return known
    if numbers:
        said = _("Several venues are called “{name}”; write the number of the one that is meant.")
        raise Wrong(Reason.UNKNOWN_VENUE.value, said.format(name=written))
    if not re.search(r"\s", written) and (re.search(r"[:/|]", written) or len(written) > LONG):
        raise Wrong(Reason.FOREIGN.value, Reason.FOREIGN.word)
    said = _("“{cell}” is no venue of the register.")
    raise Wrong(Reason.UNKNOWN_VENUE.value, said.format(cell=written))


def place(cell: object, about: About) -> Scan | Noted | Wrong:
    """As ``venue``; of somebody else's code the reason, for a name may stand beside it."""
    try:
        return venue(cell, about)
    except Wrong as why:
        if scanned(plain(cell)) is not None:
            raise
        return why


def _at_gate(written: str, about: About) -> Scan | Noted | None:
    """A name with its entrance behind it: ``Cà phê Mộc - cửa 2``; None of anything else."""
    world = about.world if isinstance(about.world, Places) else Places()
    parts = GATE.fullmatch(written.strip())
    numbers = world.named.get(called(parts[1]), ()) if parts else ()
    if parts is None or len(numbers) != 1:
        return None
    door = door_of(entrance(parts[2], about), numbers[0], about)
    if door in world.doors.get(numbers[0], ()):
        return Scan(numbers[0], door or 0)
    said = _("The venue has no entrance of this name; it was left out.")
    return Noted(Scan(numbers[0]), "ENTRANCE_UNKNOWN", said)


def _ours(text: str, world: Places) -> Scan:
    """A text of our form: first whether we signed it, then whether we know what it names."""
    one = scanned(text)
    if one is None or one.said.site != world.site:
        raise Wrong(Reason.FOREIGN.value, Reason.FOREIGN.word)
    secret = world.secrets.get(one.said.key)
    if secret is None or not genuine(one, secret):
        raise Wrong(Reason.FORGED.value, Reason.FORGED.word)
    said = one.said
    code = world.codes.get((said.number, said.entrance, said.issue))
    if code is None:
        raise Wrong(Reason.UNKNOWN_VENUE.value, Reason.UNKNOWN_VENUE.word)
    return Scan(said.number, said.entrance, said.issue, code)


def by_number(written: str, world: Places) -> Scan | None:
    """A short number as it is typed, perhaps without its zeros, perhaps with the entrance."""
    if SPOKEN.fullmatch(typed(written)) is None:
        return None
    found = read_out(written)
    if found is None:
        said = _("“{cell}” is mistyped: the letter at the end does not belong to the digits.")
        raise Wrong(Reason.UNKNOWN_VENUE.value, said.format(cell=written))
    number, door = found
    if number not in world.doors or (door and door not in world.doors[number]):
        raise Wrong(Reason.UNKNOWN_VENUE.value, Reason.UNKNOWN_VENUE.word)
    return Scan(number, door)


def out_on(start: Moment, end: time) -> tuple[int, time, str]:
    """How many days after the way in a bare hour of leaving is, the hour, and what was supposed.

    A guard writes ``8:30`` and ``5:00`` for the afternoon; only what cannot be so is the next day.
    """
    if start.hour is None or end >= start.hour:
        return 0, end, ""
    if 0 < end.hour < NOON and (later := end.replace(hour=end.hour + NOON)) >= start.hour:
        return 0, later, "AFTERNOON"
    return 1, end, "NEXT_DAY"


def afternoon(start: Moment, before: str) -> time | None:
    """The hour in the afternoon that a guard means who writes ``1h30`` below a row of noon.

    ``before`` is when the row above came, on the same day; None where the hour may be as written.
    """
    if start.day is not None or start.hour is None or not 0 < start.hour.hour < EARLY:
        return None
    above = time.fromisoformat(before[11:16])
    later = start.hour.replace(hour=start.hour.hour + NOON)
    return later if above.hour >= LATE_MORNING and start.hour < above <= later else None


def card_of(value: object) -> Card | None:
    """The card that stands in the column of names, if one does."""
    return value if isinstance(value, Card) else None
