"""The columns that carry a person, in every kind of list, and how their cells are read."""

import re
from collections.abc import Callable, Iterable, Mapping
from unicodedata import is_normalized

from admin_suite.core.i18n import N_, _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Column, Noted, Whole, as_written
from admin_suite.excel.words import either, loose
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import tidy
from admin_suite.registry.reading import births, numbers, wordings

LEADING = re.compile(
    r"^[\s'\u2019`*•+\-\u2013]*(?:\(?\d{1,4}(?:\.\d{1,3})*\s*[.)/\-:]*\s*(?=[^\W\d_'(])|[a-zA-Z]\)\s*)?"
    r"[\s'\u2019`]*"
)
BRACKETED = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]\s*")
OPEN = re.compile(r"\s*[(\[{].*$")
BESIDE = re.compile(r"[(\[{]\s*([^()\[\]{}]*[^\W_][^()\[\]{}]*?)\s*(?=[()\[\]{}]|$)")
WIDE = str.maketrans("\uff08\uff09\uff3b\uff3d", "()[]")
UNNAMED = re.compile(
    r"^(?:cb|c b|ss|be gai|be trai|be con|be(?! (?:van|thi) )|chau be|chau gai|chau trai"
    r"|con ba|con chi|con co|con ong|con anh|con me|con san phu|con cua|con|tre so sinh|tre|so sinh"
    r"|em be|chua (?:dat|co) ten)\b"
)
USUAL = re.compile("[^\\W\\d_\u00d0\u0189\u00f0]+(?: [^\\W\\d_\u00d0\u0189\u00f0]+)+")
STARTS = {"cb", "c/", "c.", "c-", "ss", "bé", "be", "ch", "co", "tr", "sơ", "so", "em"}
ADDRESSED = {"cụ ", "bà ", "ôn", "anh "}
OF_MOST = re.compile(
    rf"(?!(?i:{'|'.join(map(re.escape, sorted(STARTS | ADDRESSED)))})){USUAL.pattern}"
)
TICK = {"x", "v", "co", "1", "+", "✓", "√", "✔", "*", "xx", "☑", "☒", "\u00d7", "\u03c7", "\u0445"}
TICK |= {"true", "dung"}  # boxes to tick of other spreadsheets
NO_TICK = {"0", "-", "\u2013", "khong", "ko", "☐", ".", "false", "sai"}
FEMALE = set(
    either(
        "nu|f|female|gai|be gai|g|woman|ba|chi|co|phu nu|dan ba|con gai|girl|ms|mrs|n u|nuwx|nux"
        "|nuw|nuu|nu4"
    )
)
MALE = set(either("nam|m|male|trai|be trai|man|ong|anh|dan ong|na m|con trai|boy|mr|nma|nan"))
SAYS_SEX = re.compile(r"\b(nam|nu|male|female|\d)\b")

NUMBERED = re.compile(r"\d{2}")
REMARKED = re.compile(r"\s*[-\u2013,/:;]\s*((?:F ?[0-3]|BN ?\d+)\b.*)$", re.IGNORECASE)
# "Ông Thị Hoa" is of the family Ông
TITLED = re.compile(
    r"(?:cụ|bà|chị|ông(?! (?:thị|văn) ))(?= \S+ \S)|anh(?= \S+ \S+ \S)", re.IGNORECASE
)
FOUR = 4  # two words and two digits


def name(cell: object, _about: About) -> object:
    """A name as it is kept: no number before it, no bracket behind it; capitals as written."""
    if isinstance(cell, str) and USUAL.fullmatch(cell) and is_normalized("NFC", cell):
        return _untitled(*cell.split(maxsplit=1)) if TITLED.match(cell) else _unnamed(cell)
    written = tidy(plain(cell).replace("\n", " ").translate(WIDE))
    counted = LEADING.sub("", written)
    bare = tidy(OPEN.sub("", BRACKETED.sub(" ", counted))).strip(" ,;.:-_*")
    if not re.search(r"[^\W\d_]", bare):
        return None
    if TITLED.match(bare):
        return _untitled(*bare.split(maxsplit=1))
    beside = BESIDE.findall(counted)
    if behind := REMARKED.search(bare):
        bare, beside = bare[: behind.start()], [*beside, behind[1]]
    found = _numbered(bare) if NUMBERED.search(bare) else _unnamed(bare)
    return _said_beside(found, bare, ", ".join(beside))


def names_of_most(texts: Iterable[str]) -> Mapping[str, str]:
    """The names that are kept letter by letter and cannot be a child without one."""
    kept = {text: text for text in filter(OF_MOST.fullmatch, texts)}
    return kept if is_normalized("NFC", "\n".join(kept)) else {}


def _said_beside(found: object, bare: str, words: str) -> object:
    """A name as it was found; what stood beside it, in brackets say, is told: it is not kept."""
    if not words:
        return found
    said = _("“{words}” beside the name is not stored; a note can say it.")
    said = said.format(words=words)
    if isinstance(found, Noted):
        return found._replace(message=f"{found.message} {said}")
    return Noted(bare, "NAME_BESIDE", said)


def _untitled(title: str, bare: str) -> Noted:
    said = _("“{title}” before the name is how people are addressed; it was left out.")
    return Noted(bare, "NAME_TITLED", said.format(title=title))


def _numbered(bare: str) -> Noted:
    said = _("There are digits in the name “{name}”; what they say belongs into another cell.")
    return Noted(bare, "NAME_DIGITS", said.format(name=bare))


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
    """What a digit means by its heading: ``Nam = 1, Nữ = 0``, ``1: Nam``, ``Nam/Nữ (1/0)``."""
    said = SAYS_SEX.findall(heading)[-FOUR:]
    if len(said) == FOUR and said[0].isdecimal() == said[1].isdecimal():
        said = [said[0], said[2], said[1], said[3]]
    for one, other in zip(said[::2], said[1::2], strict=False):
        if digit in (one, other) and one.isdecimal() != other.isdecimal():
            word = other if one.isdecimal() else one
            return Sex.F if word in FEMALE else Sex.M
    return _bad_sex(digit)


def _bad_sex(written: str) -> Noted:
    said = _("“{cell}” does not say a sex; none is kept.")
    return Noted(None, "BAD_SEX", said.format(cell=written))


def tick(written: str) -> bool | None:
    """Whether a cell of a column to tick is ticked; None where it says something else."""
    if loose(written) in TICK or written in TICK:
        return True
    return False if loose(written) in NO_TICK or written in NO_TICK else None


def told_by_column(field: str) -> Callable[[object, About], object]:
    """A reader of what stands in a column "Nam" or "Nữ": a cross, or the birth of whoever it is."""

    def told(cell: object, about: About) -> object:
        written = plain(cell)
        cross = tick(written)
        if cross is not None:
            return cross or None
        if loose(written) in (FEMALE if field == "female" else MALE):
            return True
        aged = "tuoi" in loose(about.headings.get(field, ""))
        return (births.age if aged else births.birth)(cell, about)

    return told


def commune(cell: object, about: About) -> object:
    """The name of a commune; a code stands for the name that it had on the day of the list."""
    code = numbers.commune_code(cell, about)
    if not code.isdecimal() or about.world is None:
        return tidied(cell, about)
    found = about.world.commune_name(code, about.day or about.usual)
    if found:
        return found
    said = _("“{cell}” is the code of no commune here.")
    return Noted(tidied(cell, about), "COMMUNE_UNKNOWN", said.format(cell=plain(cell)))


@Whole
def tidied(cell: object, _about: About) -> str:
    """A text with its spaces and look-alike letters mended."""
    return tidy(plain(cell).lstrip("'\u2019"))


PERSON_COLUMNS = (
    Column(
        "name",
        N_("Full name"),
        wordings.NAME,
        name,
        required=True,
        usual=names_of_most,
        otherwise=wordings.NAME_OTHERWISE,
    ),
    Column(
        "family",
        N_("Family and middle names"),
        wordings.FAMILY,
        tidied,
        offered=False,
        beside=("given",),
    ),
    Column(
        "middle",
        N_("Middle names"),
        wordings.MIDDLE,
        tidied,
        offered=False,
        beside=("given",),
    ),
    Column("given", N_("Given name"), wordings.GIVEN, tidied, offered=False, serves="name"),
    # A birth in three columns. In Vietnamese their headings are those of "dob" with a word in
    # brackets, so that they come first where the column beside them is there too.
    Column(
        "birth_day",
        N_("Day of birth (in a column of its own)"),
        wordings.BIRTH_DAY,
        births.day_of_birth,
        offered=False,
        beside=("birth_month",),
    ),
    Column(
        "birth_month",
        N_("Month of birth (in a column of its own)"),
        wordings.BIRTH_MONTH,
        births.month_of_birth,
        offered=False,
        beside=("birth_year", "dob"),
    ),
    Column(
        "birth_year",
        N_("Year of birth (in a column of its own)"),
        wordings.BIRTH_YEAR,
        births.birth,
        offered=False,
        beside=("birth_month",),
    ),
    Column(
        "dob",
        N_("Date of birth"),
        wordings.DOB,
        births.birth,
        dates=True,
        note=N_("A day (05/03/1985), a month (03/1985) or a year (1985)."),
        usual=births.births_of_most,
    ),
    Column("age", N_("Age"), wordings.AGE, births.age, offered=False),
    Column(
        "male",
        N_("Male"),
        wordings.MALE,
        told_by_column("male"),
        offered=False,
        beside=("female",),
    ),
    Column(
        "female",
        N_("Female"),
        wordings.FEMALE,
        told_by_column("female"),
        offered=False,
    ),
    Column(
        "sex",
        N_("Sex"),
        wordings.SEX,
        sex,
        choices=Sex,
    ),
    Column(
        "id_no",
        N_("Citizen number"),
        wordings.ID_NO,
        numbers.card,
        usual=as_written(numbers.WHOLE_CARD),
    ),
    Column(
        "insurance_no",
        N_("Insurance number"),
        wordings.INSURANCE_NO,
        numbers.insurance,
        offered=False,
    ),
    Column(
        "phone",
        N_("Telephone"),
        wordings.PHONE,
        numbers.one_phone,
        usual=as_written(numbers.MOBILE),
    ),
    Column(
        "kin_phone",
        N_("Telephone of a relative"),
        wordings.KIN_PHONE,
        numbers.one_phone,
        offered=False,
    ),
    Column(
        "other_kin_phone",
        N_("Telephone of another relative"),
        wordings.KIN_PHONE,
        numbers.one_phone,
        offered=False,
    ),
    Column(
        "address",
        N_("Address"),
        wordings.ADDRESS,
        tidied,
    ),
    Column(
        "hamlet",
        N_("Hamlet"),
        wordings.HAMLET,
        tidied,
        offered=False,
    ),
    Column(
        "commune",
        N_("Commune"),
        wordings.COMMUNE,
        commune,
        offered=False,
    ),
    Column(
        "district",
        N_("District"),
        wordings.DISTRICT,
        tidied,
        offered=False,
    ),
    Column(
        "province",
        N_("Province"),
        wordings.PROVINCE,
        tidied,
        offered=False,
    ),
    Column(
        "commune_code",
        N_("Commune code"),
        ("Mã xã", "Mã xã phường", "Mã xã/phường", "Mã phường/xã", "Mã xã/thị trấn"),
        numbers.commune_code,
        offered=False,
    ),
)

# Headings that look like one of a person's and mean something else.
OTHERS = wordings.OTHERS
