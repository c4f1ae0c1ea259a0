"""From an address to the commune.

Hamlets bear the names of communes, and other provinces have communes of the same names.

An address is cut at its commas and hyphens and read from the province down. Whatever names
another district or province is elsewhere and has no code of ours.
"""

import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from msgspec import Struct, field

from admin_suite.core.shipped import shipped
from admin_suite.excel.titles import in_sentence_case
from admin_suite.excel.words import either, loose
from admin_suite.registry.queries import CommuneRow

CUT = re.compile(
    r"\s*[,;\n|]\s*|\s+[-–—]\s*|\s*[-–—]\s+|[-–—/](?=[^\W\d_])"  # noqa: RUF001 - dashes of lists
    r"|(?<=\w)\s+(?=(?:huyện|tỉnh|thành phố|thị trấn|thị xã|(?<!thị )(?:xã|phường))\s+\w)",
    re.IGNORECASE,
)
CUT_UNMARKED = re.compile(  # "Xa" is a kind of place only where nothing bears its marks
    r"(?<=\w)\s+(?=(?:huyen|tinh|thanh pho|thi tran|thi xa|(?<!thi )(?:xa|phuong))\s+\w)",
    re.IGNORECASE,
)
FORMER = re.compile(r"\s+(?:cũ|trước đây)$", re.IGNORECASE)
BRACKETS = re.compile(r"[()\[\]]")
BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
OF_OUR_LAND = re.compile(r"(?<=\w)[\s,.-]+(?:việt nam|viet nam|vn)[\s.]*$", re.IGNORECASE)
HAMLET = re.compile(
    r"^(?:thon|ban|to dan pho|to|tdp|khu pho|khu|xom|ap|so nha|sn|doi|ngo|duong|"
    r"pho|cum|nha|lang|t ?\d{1,2})\b"
)
BEFORE_LINE = re.compile(r"^\s*(?:[IVXLC]+|\d+|[A-Z])[.)]\s*")
HAMLET_LINE = re.compile(
    r"(?:thôn|bản|xóm|ấp|tdp|tổ dân phố|khu phố|thon|to dan pho|tổ(?= \d))\s+\w", re.IGNORECASE
)
COMMUNE = re.compile(r"^(?:thi tran|xa|phuong|tt|t t|x|p|ttr)\s+(?=\w)")
DISTRICT = re.compile(r"^(?:huyen|quan|thi xa|tx|h|q)\s+(?=\w)")
PROVINCE = re.compile(r"^(?:tinh|t)\s+(?=\w)")
ENGLISH = re.compile(r" (?:commune|ward|town|township|district|province)$")
CITY = re.compile(r"^(?:thanh pho|tp)\s+(?=\w)")
ABROAD = {"tp hcm", "hcm", "sai gon", "tphcm", "tp hn", "hn"}
KINDS = set(either("thon|ban|to|dan|pho|tdp|khu|xom|ap|doi|cum|lang|xa|thi|tran|tt|x|p|huyen"))
TOWN = "Thị trấn"
LETTERS = 400  # of an address; whatever stands behind them is kept and names no commune
NO_INITIALS = {"TT", "TP", "TX", "PH"}  # they mean kinds of places


class Found(NamedTuple):
    """What an address says: the commune's code, whether it is elsewhere, and what to say of it."""

    code: str = ""
    elsewhere: bool = False
    remark: str = ""  # OLD_COMMUNE, COMMUNE_MISSING


class Gazetteer(Struct):
    """The communes of the district as they were on a day, by every way of writing them."""

    codes: dict[str, str] = field(default_factory=dict)
    old: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    initials: dict[str, str] = field(default_factory=dict)
    districts: set[str] = field(default_factory=set)
    provinces: set[str] = field(default_factory=set)
    at_home: set[str] = field(default_factory=set)  # the initials of our districts and provinces
    named: dict[str, "Found | None"] = field(default_factory=dict)  # by a part of an address


def gazetteer(communes: Iterable[CommuneRow], day: date) -> Gazetteer:
    """Names of that day first; a name that is no longer used leads to what followed it."""
    made = Gazetteer()
    rows = list(communes)
    now = [
        row for row in rows if row.valid_from <= day and not (row.valid_to and row.valid_to <= day)
    ]
    for row in now:
        name = loose(row.name)
        made.codes[name] = row.code
        parts, letters = name.split(), "".join(word[0] for word in row.name.split()).upper()
        made.short[f"{parts[0][0]} {' '.join(parts[1:])}"] = row.code
        letters = loose(letters).upper()
        if letters not in NO_INITIALS:
            made.initials[letters] = "" if letters in made.initials else row.code
        if row.kind == TOWN:
            made.initials[f"TT{letters}"] = row.code
    for row in rows:
        if row.district:
            made.districts.add(loose(row.district))
        made.provinces.add(loose(row.province))
        made.at_home |= {_initials(name) for name in (row.district, row.province) if name}
        if row.valid_to and row.valid_to <= day and loose(row.name) not in made.codes:
            made.old[loose(row.name)] = row.became
    return made


def _initials(name: str) -> str:
    return "".join(word[0] for word in loose(name).split())


def place(address: str, known: Gazetteer) -> Found:
    """The commune of an address, also where it stands behind a hamlet with nothing between."""
    found = _said(address, known)
    if found.code or found.elsewhere:
        return found
    parts = (loose(part) for part in reversed(CUT.split(BRACKETED.sub(" ", address[:LETTERS]))))
    last = next((name for name in parts if name and not _is_home(name, known)), "")
    return _behind_hamlet(_without_home(last, known), known, whole=True) or found


def _said(address: str, known: Gazetteer) -> Found:
    """The commune that a text names; what stands in brackets may only say that it is elsewhere."""
    address = OF_OUR_LAND.sub("", address[:LETTERS])
    if BRACKETS.search(address):
        said = _place(BRACKETS.sub(", ", address), known)
        bare = _place(BRACKETED.sub(" ", address), known)
        far = _is_elsewhere(list(map(loose, CUT.split(BRACKETS.sub(", ", address)))), known)
        return said if far or not (bare.code or bare.remark) else bare
    return _place(address, known)


def _place(address: str, known: Gazetteer) -> Found:
    if address.isascii():
        address = CUT_UNMARKED.sub(", ", address)
    parts = [FORMER.sub("", part) for part in CUT.split(address.replace("\\", ",")) if part]
    parts = [part for part in parts if part.strip(" .")]
    bare = [loose(part) for part in parts]
    if bare and (bare[0] in known.provinces or bare[0] in known.districts) and len(bare) > 1:
        parts, bare = parts[::-1], bare[::-1]
    if _is_elsewhere(bare, known):
        return Found(elsewhere=True)
    behind = False
    for part, name in zip(reversed(parts), reversed(bare), strict=True):
        if _is_home(name, known) and _is_before(parts, bare, name, known):
            continue
        if found := _named(part, name, known):
            return Found(elsewhere=True) if behind else found
        behind = behind or not (_is_home(name, known) or HAMLET.match(name))
    home = [_is_home(name, known) for name in bare]
    if any(home) and all(home[at] or HAMLET.match(name) for at, name in enumerate(bare)):
        return Found(remark="COMMUNE_MISSING")
    marked = any(COMMUNE.match(name) for name in bare)
    unknown = any(not HAMLET.match(name) and not _is_home(name, known) for name in bare[1:])
    return Found(elsewhere=marked or unknown)


def _named(part: str, name: str, known: Gazetteer) -> Found | None:
    """The commune that one part of an address names; the same parts come again and again."""
    if part not in known.named:
        known.named[part] = _commune(part, name, known)
    return known.named[part]


def _commune(part: str, name: str, known: Gazetteer) -> Found | None:
    name = ENGLISH.sub("", _without_home(name, known))
    own = COMMUNE.sub("", name)
    if own in known.codes:
        return Found(known.codes[own])
    # Phố Ràng, of the past, begins as a hamlet does
    if HAMLET.match(name) and not COMMUNE.match(name) and name not in known.old:
        last = part.rsplit(maxsplit=1)[-1]
        ends = next(
            (
                code
                for end, code in known.codes.items()
                if re.search(rf"\b(?:xa|tt|thi tran) {end}$", name)
            ),
            "",
        )
        code = ends or (known.initials.get(last, "") if last == last.upper() else "")
        return Found(code) if code else _behind_hamlet(name, known)
    code = known.short.get(own) or known.short.get(name, "")
    if not code and part.replace(".", "").strip() == part.replace(".", "").strip().upper():
        code = known.initials.get(own.replace(" ", "").upper(), "")
    if code:
        return Found(code)
    return Found(known.old[own], remark="OLD_COMMUNE") if own in known.old else None


def _without_home(name: str, known: Gazetteer) -> str:
    """A part of an address without the district and province behind it: ``... bao yen lao cai``."""
    for home in (*known.provinces, *known.districts, *known.at_home):
        rest = re.sub(rf" (?:huyen |h |tinh |t )?{home}$", "", name)
        if rest != name and COMMUNE.sub("", name) not in known.codes and loose(rest) not in KINDS:
            name = rest
    return name


def _behind_hamlet(name: str, known: Gazetteer, *, whole: bool = False) -> Found | None:
    """The commune behind a hamlet with nothing between: ``to 3 pho rang``, not ``ban tan tien``.

    ``whole`` takes no short form of its name.
    """
    short: Mapping[str, str] = {} if whole else known.short
    for names, remark in ((known.codes, ""), (short, ""), (known.old, "OLD_COMMUNE")):
        for end, code in names.items():
            if name.endswith(f" {end}") and not set(name[: -len(end)].split()) <= KINDS:
                return Found(code, remark=remark)
    return None


def _is_before(parts: Sequence[str], bare: Sequence[str], name: str, known: Gazetteer) -> bool:
    """Whether a commune stands before a name that a district and a commune of today share."""
    at = bare.index(name)
    return any(
        not HAMLET.match(one) and _named(part, one, known) is not None
        for part, one in zip(parts[:at], bare[:at], strict=True)
    )


def _is_home(name: str, known: Gazetteer) -> bool:
    own = ENGLISH.sub("", DISTRICT.sub("", PROVINCE.sub("", name)))
    ours = own in known.districts or own in known.provinces or own in known.at_home
    return ours or name in {"viet nam", "vn"}


def _is_elsewhere(bare: Sequence[str], known: Gazetteer) -> bool:
    """Whether some part names a district or province that is not ours."""
    home = any(DISTRICT.sub("", name) in known.districts for name in bare)
    alone = len(bare) == 1
    return any(
        _is_far(name, known, behind=at > 0 or alone)
        or (at > 0 and not home and PROVINCE.sub("", name) in _neighbours())
        or (alone and name in _neighbours() and name not in known.codes)
        for at, name in enumerate(bare)
    )


def _is_far(name: str, known: Gazetteer, *, behind: bool) -> bool:
    own = PROVINCE.sub("", name)
    province = behind and own in _provinces() and own not in known.provinces
    district = bool(DISTRICT.match(name)) and DISTRICT.sub("", name) not in known.districts
    return name in ABROAD or bool(CITY.match(name)) or province or district


def names_hamlet(address: str) -> bool:
    """Whether an address begins with a hamlet."""
    return HAMLET.match(loose(address)) is not None


def hamlet_in(line: str) -> str:
    """The hamlet that the line above a part of a list names, as an address; else empty."""
    bare = BEFORE_LINE.sub("", line).strip()
    return in_sentence_case(bare) if HAMLET_LINE.match(bare) else ""


def in_line(text: str, known: Gazetteer) -> Found:
    """The commune that a title, a worksheet's name or the line above a group names."""
    found = _said(BEFORE_LINE.sub("", text), known)
    parts = [loose(part) for part in CUT.split(BEFORE_LINE.sub("", text))]
    away = COMMUNE.match(parts[0]) and _is_elsewhere(parts, known)  # "Xã …, huyện Lục Yên"
    if found.code or away:
        return found
    bare = f" {loose(text)} "
    for name, code in known.codes.items():
        if re.search(rf" (?:xa|thi tran|tt) {name} ", bare):
            return Found(code)
    return found


@cache
def _provinces() -> frozenset[str]:
    text = (shipped("resources") / "places" / "provinces.csv").read_text(encoding="utf-8")
    return frozenset(loose(row["name"]) for row in csv.DictReader(text.splitlines()))


@cache
def _neighbours() -> frozenset[str]:
    text = (shipped("resources") / "places" / "districts.csv").read_text(encoding="utf-8")
    return frozenset(loose(row["name"]) for row in csv.DictReader(text.splitlines()))


def towns(communes: Iterable[CommuneRow]) -> frozenset[str]:
    """The names of townships, which are no "xã"."""
    return frozenset(loose(row.name) for row in communes if row.kind == TOWN)


def joined(parts: Mapping[str, str], townships: Collection[str] = ()) -> str:
    """Hamlet, commune, district and province of separate columns as one address."""
    kinds = {
        "commune": ("xã", COMMUNE),
        "district": ("huyện", DISTRICT),
        "province": ("tỉnh", PROVINCE),
    }
    written = []
    for name in ("hamlet", "commune", "district", "province"):
        text = parts.get(name, "")
        if not text:
            continue
        word, pattern = kinds.get(name, ("", HAMLET))
        bare = loose(text)
        word = "thị trấn" if name == "commune" and bare in townships else word
        alone = not CUT.search(text) and not (pattern.match(bare) or CITY.match(bare))
        written.append(f"{word} {text}" if word and alone else text)
    return ", ".join(written)
