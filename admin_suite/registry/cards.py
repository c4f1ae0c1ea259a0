"""What a scanner reads from the cards people carry: citizen card, insurance card, personal QR.

Sources: the QR of the citizen card as public parsers read it (7 fields and more); the insurance
card's 15 fields with hexadecimal names; Decision 1405/QD-BTTTT of 11 September 2021 for the
personal QR, whose number is masked. A scanner types like a keyboard, so a Vietnamese input method
may have damaged the letters: digits and dates are then still right, the name is not.
"""

import re
from dataclasses import dataclass

from admin_suite.registry.codes import Sex
from admin_suite.registry.names import tidy

CITIZEN_FIELDS, INSURANCE_FIELDS, PERSONAL_FIELDS = 7, 15, 6
DAMAGE = re.compile(
    r"[?\ufffd]|aa|ee|oo|dd|[aou]w|[aeiouy][a-z]*[sfrxj]\b", re.IGNORECASE
)  # Telex as typed, or letters that were lost


@dataclass(frozen=True)
class Card:
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


def read_card(text: str) -> Card | None:
    """The card whose scanned text this is, or None."""
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) >= INSURANCE_FIELDS and _is_hex(parts[1]):
        return _insurance(parts)
    if len(parts) >= CITIZEN_FIELDS and re.fullmatch(r"\d{12}", parts[0]):
        return _citizen(parts)
    if len(parts) == PERSONAL_FIELDS and re.fullmatch(r"[\d*A-Z]{6,}", parts[0]):
        return _personal(parts)
    return None


def _citizen(parts: list[str]) -> Card:
    number, old, name, born, sex, address = parts[:6]
    return Card(
        name=tidy(name),
        dob=day(born),
        sex=Sex.M if sex.casefold().startswith("na") else Sex.F,
        id_no=number,
        old_id_no=old if old.isdecimal() else "",
        address=tidy(address),
        damaged=bool(DAMAGE.search(name)),
    )


def _insurance(parts: list[str]) -> Card:
    return Card(
        name=_from_hex(parts[1]),
        dob=day(parts[2]),
        sex=Sex.M if parts[3] == "1" else Sex.F,
        insurance_no=parts[0].replace(" ", ""),
        address=_from_hex(parts[4]) if _is_hex(parts[4]) else "",
    )


def _personal(parts: list[str]) -> Card:
    number, name, born = parts[:3]
    masked = "*" in number
    return Card(name=tidy(name), dob=day(born), id_no="" if masked else number, masked=True)


def day(text: str) -> str:
    """A date on a card as a FHIR date; only the year where the rest is masked or missing."""
    found = re.fullmatch(r"(\d{2})/?(\d{2})/?(\d{4})", text)
    if found:
        return f"{found[3]}-{found[2]}-{found[1]}"
    found = re.fullmatch(r"(\d{4})(?:[-/](\d{1,2})[-/](\d{1,2})|[-/*]*)", text)
    if found is None:
        return ""
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found[2] else found[1]


def _is_hex(text: str) -> bool:
    return len(text) % 2 == 0 and re.fullmatch(r"[0-9A-Fa-f]{4,}", text) is not None


def _from_hex(text: str) -> str:
    return tidy(bytes.fromhex(text).decode("utf-8", errors="replace"))
