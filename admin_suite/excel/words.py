"""Words as headings, totals and signatures are compared: small letters, no marks, no signs."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from admin_suite.core.i18n import LANGUAGES, _, speaking

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
KEPT = 8192
SIGNS = re.compile(r"[^a-z0-9%]+")
USUAL = re.compile("[\u0300-\u036f\u00ad]+")  # the marks of nearly every text
WORD = re.compile(r"[^\W_]+")


@lru_cache(KEPT)
def words(written: str) -> str:
    """``Họ và tên (chữ in hoa)`` as ``ho va ten``."""
    return loose(BRACKETS.sub(" ", written)) or loose(written)


@lru_cache(KEPT)
def loose(written: str) -> str:
    """Text without marks and signs, single spaces between words; brackets are signs too."""
    bare = unicodedata.normalize("NFD", written.replace("\u0110", "D").replace("\u0111", "d"))
    bare = bare.replace("\u00d0", "D").casefold()
    letters = USUAL.sub("", bare)
    if not letters.isascii():
        letters = "".join([c for c in letters if not unicodedata.combining(c)])
    return SIGNS.sub(" ", letters).strip()


@lru_cache(KEPT)
def marked(written: str) -> str:
    """A text in small letters with its marks: ``Tống`` is a name and ``Tổng`` a total."""
    return " ".join(unicodedata.normalize("NFC", written).casefold().split())


def unmarked(written: str) -> str:
    """Small letters without marks; signs and spaces stay."""
    bare = unicodedata.normalize("NFD", written.replace("\u00d0", "D").casefold())
    letters = USUAL.sub("", bare.replace("\u0111", "d"))
    if letters.isascii():
        return letters
    return "".join([c for c in letters if not unicodedata.combining(c)])


def as_marked(texts: Iterable[str]) -> Mapping[str, set[str]]:
    """How each word of some texts is written with its marks."""
    found: dict[str, set[str]] = {}
    for word in WORD.findall(unicodedata.normalize("NFC", " ".join(texts))):
        found.setdefault(loose(word), set()).add(word.casefold())
    return found


def meant(written: str, known: Mapping[str, Collection[str]]) -> str:
    """Text as ``loose`` has it, but no word of the known ones that bears other marks.

    ``Hộ gia đình`` does not cough (``ho``), ``sữa chua`` is no pagoda (``chùa``). Without any mark
    in the whole text a word may be either.
    """
    text = unicodedata.normalize("NFC", written).casefold()
    if text.isascii():
        return loose(text)
    return " ".join(filter(None, (_as_known(word, known) for word in WORD.findall(text))))


def _as_known(word: str, known: Mapping[str, Collection[str]]) -> str:
    bare = loose(word)
    ours = bare not in known or any(_marks(word) == _marks(one) for one in known[bare])
    return bare if ours else f"{bare}_"


def _marks(word: str) -> frozenset[str]:
    """The marks of a word wherever they stand (``hoá``, ``hóa``), the stroke of đ among them."""
    return frozenset(
        letter
        for letter in unicodedata.normalize("NFD", word)
        if letter == "\u0111" or unicodedata.combining(letter)
    )


def either(texts: str) -> tuple[str, ...]:
    """The wordings that stand between the bars of one text."""
    return tuple(" ".join(text.split()) for text in texts.split("|"))


def in_every_language(heading: str) -> Iterator[str]:
    """A heading of ours as it reads in each language we speak."""
    for language in LANGUAGES:
        with speaking(language):
            yield _(heading)
