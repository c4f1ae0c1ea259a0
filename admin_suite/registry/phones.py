"""Several telephones of one person as one text: ``0388123456 (husband or wife: evenings)``."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from admin_suite.registry.codes import Whose
from admin_suite.registry.names import fold, tidy

PIECES = re.compile(r"[;,|\n/]+")
NUMBER = re.compile(r"\+?\d[\d\s.\-]{6,}\d")
TODAY = re.compile(r"0[35789]\d{8}|02\d{9}")
AROUND = " ():.-"
TEN = 10
PARENT = (
    *("bo", "me", "cha", "ba", "ma", "father", "mother", "phu huynh", "ph"),
    *("bo/me", "bo me", "cha/me", "cha me", "bo (me", "parent", "parents"),
)
WORDS = {
    Whose.SPOUSE: ("vo", "chong", "vo/chong", "wife", "husband"),
    Whose.PARENT: PARENT,
    Whose.CHILD: ("con", "con trai", "con gai", "son", "daughter"),
    Whose.VILLAGE_HEAD: ("truong ban", "truong thon", "to truong", "thon truong"),
    Whose.EMPLOYER: ("co quan", "cong ty", "chu lao dong"),
    Whose.SELF: ("chinh chu", "ban than"),
}


class NewPhone(NamedTuple):
    """One telephone: ten digits of today (a landline eleven), whose it is, and what to know."""

    number: str
    whose: Whose = Whose.SELF
    note: str = ""


def read(text: str) -> list[NewPhone]:
    """The telephones of a text; what is no number is left out."""
    found = []
    for piece in PIECES.split(text):
        run = NUMBER.search(piece)
        number = of_today(run[0]) if run else ""
        if number:
            whose, note = _said(tidy(NUMBER.sub(" ", piece)).strip(AROUND))
            found.append(NewPhone(number, whose, note))
    return found


def of_today(text: str) -> str:
    """A number as ten digits of today (a landline eleven), empty where it is none."""
    digits = re.sub(r"\D", "", text)
    if digits.startswith("84") and len(digits) > TEN:
        digits = f"0{digits.removeprefix('84')}"
    return digits if TODAY.fullmatch(digits) else ""


def _said(words: str) -> tuple[Whose, str]:
    """Whose number it is, and the rest as a note."""
    first, _colon, note = (part.strip() for part in words.partition(":"))
    known = {fold(word): code for word, code in Whose.words().items()}
    known |= {word: code for code, words_ in WORDS.items() for word in words_}
    if fold(first) in known:
        return known[fold(first)], note
    return (Whose.OTHER, words) if words else (Whose.SELF, "")


def about(phone: NewPhone) -> str:
    """Whose a telephone is and what to know, as a text; nothing of somebody's own plain one."""
    note = " ".join(PIECES.split(phone.note))
    if not note and phone.whose is Whose.SELF:
        return ""
    return f"{phone.whose.word}: {note}" if note else phone.whose.word


def told_about(words: str) -> tuple[Whose, str]:
    """Whose a telephone is and what to know of it, as a text says."""
    return _said(tidy(words).strip(AROUND))


def written(phones: Iterable[tuple[str, Whose, str]]) -> str:
    """Telephones as one text that ``read`` understands."""
    return "; ".join(_written(NewPhone(*phone)) for phone in phones)


def _written(phone: NewPhone) -> str:
    said = about(phone)
    return f"{phone.number} ({said})" if said else phone.number


def plain(phones: Sequence[NewPhone]) -> bool:
    """Whether these are no more than a person's own number."""
    return not phones or phones == [NewPhone(phones[0].number)]
