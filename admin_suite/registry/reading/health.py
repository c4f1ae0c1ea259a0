"""What lists say in words of somebody's health and contacts, part by part, without what they deny.

``Không sốt, ho khan`` says a cough and no fever.
"""

import re
import unicodedata

from admin_suite.excel.words import as_marked, meant

DECIMAL = re.compile(r"(?<=\d),(?=\d)")
PART = re.compile(
    r"[,;/+&\n]|\.(?!\d)|\b(?:và|va|nhưng|nhung|kèm|kem|and|but)\b|-(?=\s)", re.IGNORECASE
)
DENIED = re.compile(r"^(?:khong|ko|k|chua|(?:da )?het|kg|0|no|not|none)\b")
SIGNS = as_marked(["ho sốt cúm cảm nôn mửa"])  # a household (hộ) has no cough (ho)


def parts(written: str) -> list[str]:
    """The parts of a text, without marks; a word that only looks like a symptom is no word."""
    text = DECIMAL.sub(".", unicodedata.normalize("NFC", written))
    return [part for part in (meant(piece, SIGNS) for piece in PART.split(text)) if part]


def affirmed(written: str) -> list[str]:
    """The parts of a text that deny nothing."""
    return [part for part in parts(written) if not DENIED.match(part)]
