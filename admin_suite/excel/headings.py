"""Which column of a list is which field: headings in any wording, with or without marks.

Every heading is compared with every name known for a field; the best pairs win, and headings that
are known to mean something else compete too.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct, field

from admin_suite.excel.sheet import Column, Sheet
from admin_suite.excel.words import as_marked, in_every_language, loose, words

NUMBER = ("stt", "tt", "so tt", "so thu tu", "thu tu", "no", "s tt", "stt chung", "order")
EXACT, BAG, SQUEEZED, TYPO, OTHERWISE, BEGINS, HOLDS = 1000, 900, 850, 700, 600, 500, 300
LONGEST = 120  # letters of a heading
SHORT = 3  # a name of so few letters must be the whole heading
TIMES = {"ngay", "thang", "thoi gian"}  # and so must these: "Ngày" is not "Ngày rời vùng dịch"
TWO = 2  # rows of headings that most lists have at most
TYPED = 7  # letters from which on one may be wrong
KEPT = 4096
RANKED = 24
SHORTENED = {
    "lm": "lay mau",
    "xn": "xet nghiem",
    "bp": "benh pham",
    "b pham": "benh pham",
    "tg": "thoi gian",
    "kq": "ket qua",
    "pp": "phuong phap",
    "ttr": "thi tran",
    "g chu": "ghi chu",
    "gc": "ghi chu",
    "g tinh": "gioi tinh",
    "g t": "gt",
    "d c": "dia chi",
    "d chi": "dia chi",
    "hktt": "ho khau thuong tru",
    "hk": "ho khau",
    "n sinh": "ngay sinh",
    "ng sinh": "ngay sinh",
    "ntn sinh": "ngay thang nam sinh",
    "n s": "ns",
    "d o b": "dob",
    "s d t": "dien thoai",
    "sdt": "dien thoai",
    "so dt": "dien thoai",
    "dtdd": "dien thoai",
    "dt dd": "dien thoai",
    "d thoai": "dien thoai",
    "dthoai": "dien thoai",
    "so dien thoai": "dien thoai",
    "c m n d": "cmnd",
    "c c c d": "cccd",
    "cmtnd": "cmnd",
    "cmt": "cmnd",
    "chung minh thu": "cmnd",
    "can cuoc cong dan": "cccd",
    "c ccd": "cccd",
    "ho ten": "ho va ten",
    "hoten": "ho va ten",
    "h va ten": "ho va ten",
    "h ten": "ho va ten",
    "bn": "benh nhan",
    "d tuong": "doi tuong",
    "ytdt": "yeu to dich te",
    "t gian": "thoi gian",
    "dkhktt": "dang ky ho khau thuong tru",
    "da tiem mui": "mui",
    "da tiem lan": "lan",
    "thong tin mui": "mui",
    "thong tin tiem mui": "mui",
    "tien su tiem mui": "mui",
    "tien su mui": "mui",
    "tiem mui": "mui",
    "tiem lan": "lan",
    "mui tiem": "mui",
    "mui tiem so": "mui",
    "mui i": "mui 1",
    "mui ii": "mui 2",
    "mui iii": "mui 3",
}
SHORT_FORMS = re.compile(rf"\b(?:{'|'.join(sorted(SHORTENED, key=len, reverse=True))})\b")
IN_YEARS = re.compile(r"\(\s*(?:năm|tháng)[^()]*\)", re.IGNORECASE)
NO_DIGIT = re.compile(r"\D+")
TIMED = re.compile(r"(?:ngay|gio|thoi gian) ")  # a day or an hour, whatever it is of
# Somebody else's name, number or place, or a paper's day: whatever the rest of the heading says.
NOT_HIS = re.compile(
    r"\b(?:lam viec|cong tac|co quan|nguoi than|giam ho|bo me|cha me|phu huynh|chu ho$"
    r"|noi cap|ngay cap|bao tin|(?:ten|dien thoai|sinh|cua) (?:cha|me|bo|vo|chong)$"
    r"|cong ty|khan cap|chu nhiem|to truong|truong thon|y te thon|nhom mau"
    r"|tuoi (?:thai|nghe|dang|quan)$"
    r"|(?:bs|bac si|nguoi) chi dinh$"
    r"|(?:ma so|ma|so hieu|code|the) (?:nhan vien|nv|cong nhan|cnv|can bo|cb|hoc sinh|hs|sinh vien"
    r"|sv|hoc vien|thue|ho so|benh an)\b)"
)


class Seats(Struct, frozen=True):
    """Where the fields stand: ``places`` by field, their headings as written, and the others."""

    places: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    number: int | None = None
    worth: int = 0  # how surely all of them are meant


def seats(sheet: Sheet[Any], headings: Sequence[Sequence[str]], asked: Mapping[str, str]) -> Seats:
    """Match headings, each the texts above one column from the top, with the fields of a sheet.

    ``asked`` are headings that a person named for a field.
    """
    pairs = sorted(_pairs(sheet, headings, asked), key=lambda pair: (-pair[0], pair[2]))
    places, taken, worth = _seated(pairs)
    while alone := [c.field for c in sheet.columns if c.field in places and _is_alone(c, places)]:
        pairs = [pair for pair in pairs if pair[1] != alone[-1]]
        places, taken, worth = _seated(pairs)
    for name, place in _otherwise(sheet, headings, places).items():
        places[name], worth = place, worth + EXACT
    numbers = [place for place, name in taken.items() if name == "#"]
    ordinals = [c.field for c in sheet.columns if c.ordinal and c.field not in places]
    places |= dict(zip(ordinals, sorted(numbers), strict=False))
    places |= _written_again(sheet, headings, places)
    written = {name: " ".join(headings[place]) for name, place in places.items()}
    used = {*places.values(), *numbers}
    others = [" ".join(texts) for at, texts in enumerate(headings) if texts and at not in used]
    return Seats(places, written, tuple(others), min(numbers, default=None), worth)


def _seated(
    pairs: Sequence[tuple[int, str, int]],
) -> tuple[dict[str, int], dict[int, str], int]:
    """The best pairs of field and place, what each place is taken for, and how surely."""
    places: dict[str, int] = {}
    taken: dict[int, str] = {}
    worth = 0
    for score, name, place in pairs:
        if place in taken or name in places:
            continue
        taken[place] = name
        worth += score if name else 0
        if name not in ("", "#"):
            places[name] = place
    return places, taken, worth


def _otherwise(
    sheet: Sheet[Any], headings: Sequence[Sequence[str]], places: Mapping[str, int]
) -> dict[str, int]:
    """Where a field stands that no column is surely, by headings that mostly mean another thing."""
    served = {c.serves for c in sheet.columns if c.field in places}
    wanted = [c for c in sheet.columns if c.otherwise and c.field not in {*places, *served}]
    found: dict[str, int] = {}
    for column in wanted:
        names = _unique(column.otherwise)
        for at, texts in enumerate(headings):
            free = at not in places.values() and column.field not in found
            if free and _spelled_out(words(" ".join(texts))) in names:
                found[column.field] = at
    return found


def _written_again(
    sheet: Sheet[Any], headings: Sequence[Sequence[str]], places: Mapping[str, int]
) -> dict[str, int]:
    """Where the heading of another field stands once more: ``Số lô``, and behind the next dose."""
    found = dict(places)
    for column in sheet.columns:
        first = found.get(column.repeats)
        if first is None or column.field in found:
            continue
        for at in range(first + 1, len(headings)):
            if headings[at] == headings[first] and at not in found.values():
                found[column.field] = at
                break
    return found


def _is_alone(column: Column, places: Mapping[str, int]) -> bool:
    """Whether a column lacks the one beside it without which it means something else."""
    return bool(column.beside) and not any(name in places for name in column.beside)


def missing(sheet: Sheet[Any], found: Seats) -> list[Column]:
    """The columns a list must have and does not."""
    served = {c.serves for c in sheet.columns if c.field in found.places}
    return [
        column
        for column in sheet.columns
        if column.required and column.field not in found.places and column.field not in served
    ]


def _pairs(
    sheet: Sheet[Any], headings: Sequence[Sequence[str]], asked: Mapping[str, str]
) -> list[tuple[int, str, int]]:
    wanted = {name: words(heading) for name, heading in asked.items()}
    pairs = []
    for place, texts in enumerate(headings):
        if not texts:
            continue
        found = dict(_scores(sheet, tuple(texts)))
        for name, heading in wanted.items():
            said = heading in (words(" ".join(texts)), words(texts[-1]))
            found[name] = 2 * EXACT if said else 0
        pairs += [(score, name, place) for name, score in found.items() if score > 0]
    return pairs


def likes(sheet: Sheet[Any], text: str) -> bool:
    """Whether a text surely is the heading of some field, or of the numbers of the rows."""
    return any(score > TYPO for name, score in _scores(sheet, (text[:LONGEST],)) if name)


@lru_cache(KEPT)
def _scores(sheet: Sheet[Any], texts: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """How well a heading, from the top down, means each field."""
    whole = _spelled_out(words(" ".join(texts)))
    said = {whole: 0, _spelled_out(loose(IN_YEARS.sub(" ", " ".join(texts)))): 1}
    if len(texts) > 1:
        said.setdefault(_spelled_out(words(texts[-1])), -1)
        said.setdefault(_spelled_out(words(f"{texts[-1]} {texts[0]}")), -2)
    if len(texts) > TWO:  # "Tiền sử tiêm" above "Mũi 1" above "Loại"
        said.setdefault(_spelled_out(words(" ".join(texts[-2:]))), -1)
        said.setdefault(_spelled_out(words(f"{texts[-1]} {texts[-2]}")), -2)
    written = as_marked(texts)
    found = [
        (name, max(_score(text, known, others) + bonus for text, bonus in said.items()))
        for name, known in _names(sheet)
        for others in (_marked_otherwise(written, _alone(sheet).get(name, {})),)
    ]
    if timed := TIMED.match(whole):
        own = {name for name, known in _names(sheet) if _is_timed(known, timed[0])}
        found = [(name, score if score >= TYPO or name in own else 0) for name, score in found]
    if NOT_HIS.search(whole):
        found = [(name, score if score >= EXACT else 0) for name, score in found]
    return tuple((name, score) for name, score in found if score > HOLDS)


def _is_timed(names: Sequence[str], begins: str) -> bool:
    """Whether a field is a day or an hour, told by how its headings begin; or what we ignore."""
    return any(name.startswith(begins) for name in names)


@cache
def _names(sheet: Sheet[Any]) -> list[tuple[str, tuple[str, ...]]]:
    names = [(c.field, _unique(_spellings(c))) for c in sheet.columns]
    return [*names, ("#", NUMBER), ("", _unique(sheet.ignored))]


@cache
def _alone(sheet: Sheet[Any]) -> Mapping[str, Mapping[str, set[str]]]:
    """The names of each field that are one word: without marks, and as they are written."""
    return {c.field: as_marked(n for n in _spellings(c) if " " not in n) for c in sheet.columns}


def _marked_otherwise(
    written: Mapping[str, set[str]], names: Mapping[str, set[str]]
) -> frozenset[str]:
    """The names whose letters a heading has with other marks: ``Tính`` is not ``Tỉnh``.

    A word without any mark may be either.
    """
    common = written.keys() & names.keys()
    return frozenset(n for n in common if not written[n] & {n, *names[n]})


def _unique(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_spelled_out(words(text)) for text in texts))


def _spelled_out(text: str) -> str:
    return SHORT_FORMS.sub(lambda found: SHORTENED[found[0]], text)


def _spellings(column: Column) -> list[str]:
    return [column.field, *in_every_language(column.heading), *column.aliases]


def _score(heading: str, names: Sequence[str], others: Collection[str]) -> int:
    """How well a heading is one of these names; ``others`` of them it has with other marks."""
    if heading in others:
        return TYPO
    last = heading.rpartition(" ")[2]
    ends = f" {last}" if last in others else "\n"  # below "Ngày sinh" stands "Năm" and not "Nam"
    known = (
        (at, name)
        for at, name in enumerate(names)
        if name not in others and not name.endswith(ends)
    )
    return max((_ranked(heading, name, at) for at, name in known), default=0)


def _ranked(heading: str, name: str, at: int) -> int:
    """Of two columns that mean a field exactly, the one whose name stands first in it is meant."""
    score = _likeness(heading, name)
    return score + max(0, RANKED - at) if score >= EXACT else score


def _likeness(heading: str, name: str) -> int:
    if heading == name or len(name) <= SHORT or name in TIMES:
        return EXACT + len(name) if heading == name else 0
    if heading.startswith(f"{name} "):
        return BEGINS + len(name)
    if f" {name} " in f" {heading} ":
        return HOLDS + len(name)
    return _written_otherwise(heading, name)


def _written_otherwise(heading: str, name: str) -> int:
    """The same words in another order, without spaces, or with one letter wrong, but no digit."""
    digits = NO_DIGIT.sub("", heading) == NO_DIGIT.sub("", name)
    if not digits or abs(len(heading) - len(name)) > len(name) // 4 + 1:
        return 0
    if sorted(heading.split()) == sorted(name.split()):
        return BAG + len(name)
    one, other = heading.replace(" ", ""), name.replace(" ", "")
    if one == other:
        return SQUEEZED + len(name)
    return TYPO + len(name) if len(other) >= TYPED and _one_letter(one, other) else 0


def _one_letter(one: str, other: str) -> bool:
    """Whether two words differ by one letter, or by two that changed places."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    left, right = one[at:], other[at:]
    changed = left[:2] == right[1::-1] and left[2:] == right[2:] and len(left) > 1
    return changed or left[1:] == right[1:] or left[1:] == right or left == right[1:]
