"""What a scanner reads from the cards people carry: citizen card, insurance card, personal QR.

Sources: the QR of the citizen card as public parsers read it (7 fields and more); the insurance
card's 15 fields with hexadecimal names; Decision 1405/QD-BTTTT of 11 September 2021 for the
personal QR, whose number is masked. A scanner types like a keyboard, so a Vietnamese input method
may have damaged the letters: digits and dates are then still right, the name is not.
"""

import re
from datetime import date

from msgspec import Struct

from admin_suite.registry.codes import Sex
from admin_suite.registry.names import fold, tidy

CITIZEN_FIELDS, INSURANCE_FIELDS, PERSONAL_FIELDS = 7, 15, 6
DAMAGE = re.compile(
    r"[?\ufffd\d]|aa|ee|oo|dd|[aou]w|[aeiouy][a-z]*[sfrxj]\b", re.IGNORECASE
)  # Telex or VNI as typed, or letters that were lost
MEN, WOMEN = {"nam", "nawm", "male"}, {"nu", "nuwx", "nux", "nu74", "female"}
WHOLE = {"nam", "nu", "male", "female"}  # a sex that no input method has touched
INSURED = re.compile(r"[A-Z]{2}[0-9]{13}|[0-9]{10}")
MOBILE = re.compile(r"0[35789][0-9]{8}")


class Card(Struct, frozen=True):
    """What one card says. ``dob`` is a FHIR date; ``damaged``: ask for the name again.

    ``masked`` numbers and unmarked names only suggest people, they do not tell who it is.
    """

    name: str
    dob: str = ""
    sex: Sex | None = None
    id_no: str = ""
    old_id_no: str = ""
    insurance_no: str = ""
    address: str = ""
    damaged: bool = False
    masked: bool = False
    phone: str = ""


def read_card(text: str) -> Card | None:
    """The card whose scanned text this is, or None."""
    parts = [part.strip() for part in text.strip().split("|")]
    number = parts[0].replace(" ", "").upper()
    if len(parts) >= INSURANCE_FIELDS and INSURED.fullmatch(number):
        return _insurance(number, parts)
    if len(parts) >= CITIZEN_FIELDS and re.fullmatch(r"[0-9]{12}", parts[0]):
        return _citizen(parts)
    if len(parts) == PERSONAL_FIELDS and re.fullmatch(r"[0-9*A-Z]{6,}", parts[0]):
        return _personal(parts)
    return None


def _citizen(parts: list[str]) -> Card:
    number, old, name, born, sex, address = parts[:6]
    return Card(
        name=tidy(name),
        dob=day(born),
        sex=_sex(sex, number),
        id_no=number,
        old_id_no=old if re.fullmatch("[0-9]{9,12}", old) else "",
        address=tidy(address),
        damaged=bool(DAMAGE.search(name)) or (bool(sex) and fold(sex) not in WHOLE),
    )


def _sex(word: str, number: str) -> Sex:
    """As the word says, or where it was damaged the fourth digit of the number."""
    bare = fold(word)
    if bare in MEN | WOMEN:
        return Sex.M if bare in MEN else Sex.F
    return Sex.F if int(number[3]) % 2 else Sex.M


def _insurance(number: str, parts: list[str]) -> Card:
    """An input method makes other letters of the hexadecimal name, which then is lost."""
    name = _from_hex(parts[1])
    return Card(
        name=name,
        dob=day(parts[2]),
        sex=Sex.M if parts[3] == "1" else Sex.F,
        insurance_no=number,
        address=_from_hex(parts[4]),
        damaged=not name,
    )


def _personal(parts: list[str]) -> Card:
    number, name, born = parts[:3]
    more = parts[5].split("<")
    return Card(
        name=tidy(name),
        dob=day(born),
        sex=next(({"1": Sex.M, "2": Sex.F}[one] for one in more if one in {"1", "2"}), None),
        id_no=number if re.fullmatch(r"[0-9]{12}", number) else "",
        old_id_no=number if re.fullmatch(r"[0-9]{9}", number) else "",
        insurance_no=next((one for one in more if INSURED.fullmatch(one)), ""),
        masked=True,
        phone=next((one for one in more if MOBILE.fullmatch(one)), ""),
    )


def day(text: str) -> str:
    """A date on a card as a FHIR date; only the year where the rest is masked, or no such day."""
    found = re.fullmatch(r"([0-9]{2})/?([0-9]{2})/?([0-9]{4})", text)
    if found:
        return _checked(found[3], found[2], found[1])
    found = re.fullmatch(r"([0-9]{4})(?:[-/]([0-9]{1,2})[-/]([0-9]{1,2})|[-/*]*)", text)
    if found is None:
        return ""
    return _checked(found[1], found[2], found[3]) if found[2] else found[1]


def _checked(year: str, month: str, of_month: str) -> str:
    try:
        return date(int(year), int(month), int(of_month)).isoformat()
    except ValueError:
        return year if int(year) else ""


def _from_hex(text: str) -> str:
    """What is written in hexadecimal digits; nothing of what cannot be read whole."""
    if not re.fullmatch(r"(?:[0-9A-Fa-f]{2}){2,}", text):
        return ""
    written = bytes.fromhex(text).decode("utf-8", errors="replace")
    return "" if "\ufffd" in written else tidy(written)
