"""Telephones, citizen numbers and insurance numbers: what Excel and people do to them.

In 2018 the mobile numbers of eleven digits became ten. A citizen number (CCCD) has twelve digits:
province or country of registration, century and sex, year, six more; the older one has nine.
Nothing here can prove a number right, so what does not fit is kept and said.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from admin_suite.core.i18n import N_, _
from admin_suite.core.shipped import shipped
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Noted
from admin_suite.excel.words import either, loose
from admin_suite.registry.codes import Sex, Whose
from admin_suite.registry.names import tidy
from admin_suite.registry.phones import told_about

ONE_PHONE = N_("Only the first telephone of this cell is kept; not kept: {others}.")
NONE = set(
    either(
        "|x|k|ko|kc|0|none|quen|tre em|tre nho|tre con|con nho|be|chau be|bi mat|that lac|het han"
        "|xx|na|n a"
    )
)
NEGATIVE = re.compile(
    r"(?:khong|chua|mat|da mat|bi mat|dang lam|k co|ko co|kco|that lac|lam mat)\b\D*"
)
POWER = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
LETTER_O = re.compile(r"(?<![^\W\d_])[oO]+(?=[\d.\s]|$)(?![^\W\d_])")
LETTER_I = re.compile(r"(?<=\d)[Il](?=\d)")
IN_BRACKETS = re.compile(r"\((\+?\d{1,4})\)")
BREAKS = re.compile(r"[/;,|\n]|\bhoac\b|hoặc|\bva\b| và | - ", re.IGNORECASE)
DIGITS = re.compile("\\d[\\d\\s.\\-_\u2010-\u2015]*\\d")
ONE_NUMBER = re.compile(r"[+\d\s.,/()\-]+")
MOBILE = re.compile(r"0[35789]\d{8}", re.ASCII)
LANDLINE = re.compile(r"02\d{9}")
PASSPORT = re.compile(r"(?!O\d{8}$)[A-Z]{1,3}\d{5,9}")
PASSPORT_WITHIN = re.compile(r"\b(?!O\d)[A-Z]{1,2}\d{7,8}\b")
INSURANCE = re.compile(r"[A-Z]{2}\d{13}")
WIDE = re.compile("[\uff10-\uff19]")
CARD, OLD_CARD, COMMUNE = 12, 9, 5
WHOLE_CARDS = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
WHOLE_CARD = re.compile(rf"\d{{{CARD}}}", re.ASCII)
OLD_MOBILE = 11
BEGINNING, KEPT = 6, 8192  # digits that say where and when; beginnings that are remembered
TWO_LETTERS = 2
A_TELEPHONE = re.compile(
    r"\b(?:(?:số|so)\s+)?(?:sđt|sdt|đt|dt|điện\s+thoại|dien\s+thoai|phone(?:\s+of\s+a)?)\b",
    re.IGNORECASE,
)
TWO = 18  # digits that are two telephones
FIRST_PROVINCE, LAST_PROVINCE = "001", "096"
CENTURIES = {str(digit): str(19 + digit // 2) for digit in range(10)}  # by the fourth digit
WOMEN = "13579"
QUOTES = "'\u2019` "
PACK = re.compile("[\\s.\\-'\u2019\u200b\u200c\u200d\u200e\u2060\ufeff]")
DECIMAL = re.compile(r"\.0$")
LETTERS = str.maketrans("OIL", "011")


def phone(cell: object, _about: About) -> object:
    """A telephone as ten digits of today (a landline eleven); the first of several."""
    text = narrow(plain(cell))
    return text if MOBILE.fullmatch(text) else _any_phone(text)


def _any_phone(text: str) -> object:
    if _is_none(text):
        return ""
    if POWER.fullmatch(text.strip("' ")):
        said = _("Excel has rounded this telephone; digits are lost. Ask for it again.")
        return Noted("", "PHONE_LOST_DIGITS", said)
    if found := _number_in(_mended_phone(text)):
        return found
    said = _("“{cell}” is not a telephone number and was left out.")
    return Noted("", "PHONE_BAD", said.format(cell=text))


def one_phone(cell: object, about: About, said: str = ONE_PHONE) -> object:
    """The first telephone of a cell, and which others it has that no column keeps, as ``said``.

    Whose the number is has no column either, so it is said too.
    """
    first, others = phone(cell, about), phones(cell)[1:]
    if isinstance(first, Noted) or not first:
        return first
    if others:
        return Noted(first, "PHONE_SEVERAL", _(said).format(others=", ".join(others)))
    words = tidy(A_TELEPHONE.sub(" ", DIGITS.sub(" ", plain(cell)))).strip(" ():.,;+-'/")
    if len(words) < TWO_LETTERS or told_about(words)[0] is Whose.SELF:
        return first
    told = _("Words beside the telephone are not kept: {words}.")
    return Noted(first, "PHONE_BESIDE", told.format(words=words))


def phones(cell: object) -> list[str]:
    """Every telephone of a cell, in order."""
    return list(dict.fromkeys(_numbers_in(_mended_phone(narrow(plain(cell))))))


def _mended_phone(text: str) -> str:
    """A text with letters that stand for digits as these."""
    mended = LETTER_O.sub(lambda found: "0" * len(found[0]), DECIMAL.sub("", text))
    return IN_BRACKETS.sub(r" \1 ", LETTER_I.sub("1", mended))


def _number_in(text: str) -> str:
    """The first telephone in a text; if there is none, all its digits as one."""
    if found := next(_numbers_in(text), ""):
        return found
    return _today(re.sub(r"\D", "", text)) if ONE_NUMBER.fullmatch(text) else ""


def _numbers_in(text: str) -> Iterator[str]:
    """The telephones in a text, piece by piece; then those that a sign has torn apart."""
    for piece in (*BREAKS.split(text), text):
        for run in DIGITS.findall(piece):
            if found := _today(re.sub(r"\D", "", run)):
                yield found
            else:
                yield from _together(run)


def _is_none(text: str) -> bool:
    """Whether a cell says in words that there is no number."""
    bare = loose(text)
    return bare in NONE or not text.strip("-_. ") or NEGATIVE.fullmatch(bare) is not None


def _together(run: str) -> Iterator[str]:
    """The numbers that stand together without more than a space or a dash."""
    digits = ""
    for piece in re.split(r"\D+", run) if sum(map(str.isdigit, run)) >= TWO else ():
        digits += piece
        if found := _today(digits):
            yield found
            digits = ""


def _today(digits: str) -> str:
    """A number of today from the digits that were written, empty when there is none in them."""
    for prefix in ("0084", "84"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in {9, 10}:
            digits = digits.removeprefix(prefix)
            break
    if not digits.startswith("0") and len(digits) in {9, 10}:
        digits = f"0{digits}"
    old = _moved().get(digits[:4]) if len(digits) == OLD_MOBILE else None
    if old:
        digits = old + digits[4:]
    return digits if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits) else ""


@cache
def _moved() -> dict[str, str]:
    text = (shipped("resources") / "places" / "phones.csv").read_text(encoding="utf-8")
    return {row["before"]: row["since_2018"] for row in csv.DictReader(text.splitlines())}


def commune_code(cell: object, _about: About) -> str:
    """The five digits of a commune, of which Excel may have taken the first zeros."""
    text = narrow(plain(cell)).strip(QUOTES)
    return text.zfill(COMMUNE) if text.isdecimal() else text


def narrow(text: str) -> str:
    """Digits as a keyboard of another country makes them, as digits."""
    return text if text.isascii() else WIDE.sub(lambda found: str(int(found[0])), text)


def card(cell: object, _about: About) -> object:
    """A citizen number as its digits, not yet filled up; a passport as it is."""
    text = narrow(plain(cell)).strip(QUOTES)
    if text.isdecimal() and len(text) in {CARD, OLD_CARD}:
        return text
    found = _any_card(text)
    others = [one for one in WHOLE_CARDS.findall(text) if one != found]
    if not (isinstance(found, str) and found in WHOLE_CARDS.findall(text) and others):
        return found
    said = _("Only the number {number} of this cell is kept; not kept: {others}.")
    return Noted(found, "ID_SEVERAL", said.format(number=found, others=", ".join(others)))


def _any_card(text: str) -> object:
    if _is_none(text):
        return ""
    if POWER.fullmatch(text):
        said = _("Excel has rounded this number; digits are lost. Ask for it again.")
        return Noted("", "ID_LOST_DIGITS", said)
    packed = PACK.sub("", DECIMAL.sub("", text)).upper()
    if packed.isdecimal() or PASSPORT.fullmatch(packed) or INSURANCE.fullmatch(packed):
        several = _within(text, text) if len(packed) > CARD and packed.isdecimal() else ""
        return several or packed
    return _mended(packed, text)


def _mended(packed: str, text: str) -> object:
    """A number in which a letter stands for a digit, or one among other words."""
    mended = packed.translate(LETTERS)
    if mended.isdecimal():
        return Noted(mended, "ID_FIXED", _("A letter in this number was read as a digit."))
    if found := _within(packed, text.upper()):
        return found
    said = _("“{cell}” is not a number of an identity card and was left out.")
    return Noted("", "ID_BAD", said.format(cell=text))


def _within(packed: str, text: str) -> str:
    """The number among other words: the longest whole one, a passport, or one that lost zeros."""
    whole = WHOLE_CARDS.findall(packed)
    lost = re.findall(r"\d{10,11}", packed)
    return str(
        next(
            iter([*sorted(whole, key=len, reverse=True), *PASSPORT_WITHIN.findall(text), *lost]), ""
        )
    )


def filled_up(digits: str, dob: str, sex: Sex | None) -> tuple[str, str, str]:
    """A citizen number with its zeros, and code and sentence of what must be said of it."""
    if not digits.isdecimal() or len(digits) in {OLD_CARD, OLD_CARD - 1}:
        return digits.zfill(OLD_CARD) if digits.isdecimal() else digits, "", ""
    whole = digits.zfill(CARD) if digits.isascii() else str(int(digits)).zfill(CARD)
    agrees = len(digits) in {CARD - 2, CARD - 1, CARD} and fits(whole, dob, sex)
    if agrees:
        return whole, "", ""
    if len(digits) == CARD:
        said = _("The number speaks of another sex or year of birth than the list.")
        return whole, "ID_CONTRADICTS", said
    said = _("This number has {n} digits; some are lost. Ask for it again.")
    return "", "ID_LOST_DIGITS", said.format(n=len(digits))


def fits(number: str, dob: str, sex: Sex | None) -> bool:
    """Whether a number of twelve digits agrees with province, year of birth and sex."""
    return begins(number[:BEGINNING], dob[:4], sex)


@lru_cache(KEPT)
def begins(number: str, year: str, sex: Sex | None) -> bool:
    """Whether a number may begin so: province, century and sex, year."""
    century = number[3]
    return (
        FIRST_PROVINCE <= number[:3] <= LAST_PROVINCE
        and (not year or year == CENTURIES.get(century, "") + number[4:])
        and (sex is None or (sex is Sex.F) == (century in WOMEN))
    )


def insurance(cell: object, _about: About) -> object:
    """An insurance number: fifteen characters without spaces, or the ten digits."""
    packed = PACK.sub("", DECIMAL.sub("", plain(cell))).upper()
    if _is_none(plain(cell)):
        return ""
    if INSURANCE.fullmatch(packed) or re.fullmatch(r"\d{10}", packed):
        return packed
    if re.fullmatch(r"\d{8,9}", packed):
        return packed.zfill(10)
    said = _("“{cell}” is not an insurance number and was left out.")
    return Noted("", "INSURANCE_BAD", said.format(cell=plain(cell)))
