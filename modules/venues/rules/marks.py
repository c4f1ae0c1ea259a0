"""What stands on a poster: the venue's short number, and the signed text of an entrance's code.

``BY1:00123K:02:1:0:P2FCNYN5QLWN5ZWZ`` is scheme (site of the unit and version), venue, entrance,
issue, key and signature. All of it is in the letters of a QR code's alphanumeric mode, so the code
stays at version 2 or 3 and is read from two metres. The signature is a keyed digest: only whoever
has the database can make or verify one.
"""

import re
from hmac import compare_digest

from msgspec import Struct

from admin_suite.core.check_letter import check_letter
from admin_suite.qr.signing import mac

VERSION = 1
SIGNATURE_BITS = 80
SERIAL_DIGITS = 5
CODE = re.compile(r"(\d{5,7})([A-Z])")
SPOKEN = re.compile(r"(\d{1,7}[A-Z])(?:[-./:#](\d{1,2}))?")
PAYLOAD = re.compile(
    r"(?P<site>[A-Z]{2,4})(?P<scheme>\d):(?P<venue>\d{5,7}[A-Z]):(?P<entrance>\d{2}):"
    r"(?P<issue>\d{1,3}):(?P<key>\d{1,3}):(?P<signature>[A-Z2-7]{16})"
)
ENTRANCES = range(1, 100)
"""A code has two digits for the entrance; a place with more of them is several venues."""


class Marked(Struct, frozen=True):
    """What a code says: ``number`` is the venue's, ``key`` the number of the signing key."""

    site: str
    number: str
    entrance: int
    issue: int
    key: int


class Scanned(Struct, frozen=True):
    """A text of our form, as it was read; nothing of it is believed before it is verified."""

    said: Marked
    signature: str


def number(serial: int) -> str:
    """The short number of the ``serial``-th venue, with its check letter."""
    digits = f"{serial:0{SERIAL_DIGITS}d}"
    return digits + check_letter(digits)


def well_formed(text: str) -> bool:
    """Whether this can be the short number of a venue, as typed from a poster."""
    found = CODE.fullmatch(text)
    return found is not None and check_letter(found[1]) == found[2]


def read_out(text: str) -> tuple[str, int] | None:
    """The short number that a poster bears and the entrance behind it, 0 where none is said.

    ``1A`` is ``00001A``, ``00 001 A - 02`` its second entrance; None of what cannot be a number.
    """
    found = SPOKEN.fullmatch(typed(text))
    number = found[1].zfill(SERIAL_DIGITS + 1) if found else ""
    return (number, int(found[2] or 0)) if found and well_formed(number) else None


def typed(text: str) -> str:
    """What somebody typed or scanned: capitals, no blanks."""
    return re.sub(r"\s", "", text).upper()


def grouped(code: str) -> str:
    """A short number as it is read out: ``00 123 K``."""
    found = CODE.fullmatch(code)
    return f"{found[1][:-3]} {found[1][-3:]} {found[2]}" if found else code


def payload(said: Marked, secret: bytes) -> str:
    """The text of a code, signed."""
    text = _text(said)
    return f"{text}:{mac(secret, text.encode(), SIGNATURE_BITS)}"


def scanned(text: str) -> Scanned | None:
    """What a text of our form says; None of any other."""
    found = PAYLOAD.fullmatch(typed(text))
    if found is None or int(found["scheme"]) != VERSION:
        return None
    said = Marked(
        found["site"],
        found["venue"],
        int(found["entrance"]),
        int(found["issue"]),
        int(found["key"]),
    )
    return Scanned(said, found["signature"]) if _text(said) in typed(text) else None


def genuine(one: Scanned, secret: bytes) -> bool:
    """Whether the holder of the secret signed exactly this."""
    return compare_digest(mac(secret, _text(one.said).encode(), SIGNATURE_BITS), one.signature)


def _text(said: Marked) -> str:
    scheme = f"{said.site}{VERSION}"
    return f"{scheme}:{said.number}:{said.entrance:02d}:{said.issue}:{said.key}"
