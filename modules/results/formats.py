"""What the code on a slip says, and the file of public keys by which others verify it.

``KQ1:26BY000815K:LTD1985:N:20210813:1:0ABCD:SIGNATURE`` is tube, initials and year of birth,
outcome, day of release, version, then the number of the key with the first letters of the digest of
its public key, then the Ed25519 signature of all before it. Capitals, digits and colons alone: a QR
code holds them in its alphanumeric mode (decision 0011). It names nobody, and who holds the slip
sees that it is about him.
"""

import json
from collections.abc import Sequence
from hashlib import blake2b

from msgspec import Struct

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.qr import signing
from admin_suite.registry.names import fold
from modules.lab.api import Outcome

MARK = "KQ1"
PARTS = 8
MARKED = 4  # letters of a key's digest
LETTERS: dict[Outcome, str] = {
    Outcome.NEGATIVE: "N",
    Outcome.POSITIVE: "P",
    Outcome.INCONCLUSIVE: "U",
    Outcome.INVALID: "I",
    Outcome.AWAITING_SINGLES: "W",
}
OUTCOMES = {letter: outcome for outcome, letter in LETTERS.items()}


class Slip(Struct, frozen=True):
    """What a code says; ``key`` is the number of the key that signed it."""

    accession: str
    holder: str
    outcome: Outcome
    day: str
    version: int
    key: int
    mark: str
    signed: str
    signature: bytes


class PublicKey(Struct, frozen=True):
    """A key that anybody may have: it verifies, and signs nothing."""

    number: int
    raw: bytes

    @property
    def mark(self) -> str:
        """The letters by which a code says which key it means."""
        return key_mark(self.raw)


def key_mark(public: bytes) -> str:
    """The first letters of the digest of a public key."""
    return signing.written(blake2b(public, digest_size=8).digest())[:MARKED]


def holder(name: str, dob: str) -> str:
    """Initials and year of birth: ``LTD1985``; what is not known is left out."""
    initials = "".join(word[0] for word in fold(name).upper().split() if word[0].isascii())
    return "".join(c for c in initials if c.isalnum()) + dob[:4]


def body(what: tuple[str, str, Outcome, str, int], key: PublicKey) -> str:
    """The part of a code that is signed: tube, holder, outcome, ISO day, version; and the key."""
    accession, whose, outcome, day, version = what
    said = (accession, whose, LETTERS[outcome], day.replace("-", ""), version)
    return ":".join(map(str, (MARK, *said, f"{key.number}{key.mark}")))


def code(signed: str, secret: bytes) -> str:
    """The whole text of a code."""
    return f"{signed}:{signing.written(signing.sign(secret, signed.encode()))}"


def read(text: str) -> Slip | None:
    """What a scanned text says, whoever signed it; None where it is no slip at all."""
    signed, _colon, letters = text.strip().upper().rpartition(":")
    parts = signed.split(":")
    if len(parts) != PARTS - 1 or parts[0] != MARK:
        return None
    _mark, accession, whose, outcome, day, version, key = parts
    number = key[:-MARKED]
    try:
        return Slip(
            accession,
            whose,
            OUTCOMES[outcome],
            f"{day[:4]}-{day[4:6]}-{day[6:]}",
            int(version),
            int(number),
            key[-MARKED:],
            signed,
            signing.read(letters),
        )
    except (KeyError, ValueError):
        return None


def is_slip(text: str) -> bool:
    """Whether a text begins as our codes do; asked before anything dearer."""
    return text.strip()[: len(MARK) + 1].upper() == f"{MARK}:"


def keys_written(unit: str, keys: Sequence[PublicKey]) -> str:
    """The file of public keys."""
    listed = [
        {"number": key.number, "mark": key.mark, "public": signing.written(key.raw)} for key in keys
    ]
    plain = {"unit": unit, "signature": "Ed25519", "keys": listed}
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def keys_read(text: str) -> list[PublicKey]:
    """The keys of such a file; anything else is refused."""
    try:
        listed = json.loads(text)["keys"]
        return [PublicKey(int(one["number"]), signing.read(one["public"])) for one in listed]
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(_("This is not a file of public keys.")) from error
