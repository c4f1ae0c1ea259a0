"""Words as headings, totals and signatures are compared: small letters, no marks, no signs."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from admin_suite.core.i18n import LANGUAGES, _, speaking

BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
KEPT = 8192
SIGNS = re.compile(r"[^a-z0-9%]+")
USUAL = re.compile("[\u0300-\u036f\u00ad]+")  # the marks of nearly every text


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


def unmarked(written: str) -> str:
    """Small letters without marks; signs and spaces stay."""
    bare = unicodedata.normalize("NFD", written.replace("\u00d0", "D").casefold())
    letters = USUAL.sub("", bare.replace("\u0111", "d"))
    if letters.isascii():
        return letters
    return "".join([c for c in letters if not unicodedata.combining(c)])


def either(texts: str) -> tuple[str, ...]:
    """The wordings that stand between the bars of one text."""
    return tuple(" ".join(text.split()) for text in texts.split("|"))


def in_every_language(heading: str) -> Iterator[str]:
    """A heading of ours as it reads in each language we speak."""
    for language in LANGUAGES:
        with speaking(language):
            yield _(heading)
