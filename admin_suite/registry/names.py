"""Vietnamese names: how they are cleaned, searched and put in order.

Order: the last syllable (tên) first, then the family name (họ), then the middle names, each by
the Vietnamese alphabet, where ă â đ ê ô ơ ư are letters of their own; the tones (ngang, huyền,
hỏi, ngã, sắc, nặng) count only between words that are otherwise equal (CLDR, collation vi).
"""

import re
import unicodedata
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
RANK = {letter: chr(0x61 + place) for place, letter in enumerate(LETTERS)}
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
ALIKE = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "\u00a0": " ", "\u202f": " ", "\t": " "})
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
ODD = re.compile(f"[{''.join(map(chr, (*ALIKE, *UNSEEN)))}]")
CACHED = 100_000  # the same syllables and names come again and again
USUAL = re.compile("[\u0300-\u036f]+")  # the marks of nearly every name
PLAIN = str.maketrans("đĐ", "dD")


def tidy(text: str) -> str:
    """Text as it is kept: NFC, look-alike letters mended, unseen ones and surplus spaces gone."""
    if text.isascii():
        return " ".join(text.split())
    if ODD.search(text):
        text = text.translate(ALIKE).translate(UNSEEN)
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=CACHED)
def fold(text: str) -> str:
    """Text as it is searched: small letters, no marks, đ as d, single spaces."""
    if text.isascii():
        return " ".join(text.casefold().split())
    plainer = text.translate(ALIKE) if ODD.search(text) else text
    bare = unicodedata.normalize("NFD", plainer.translate(PLAIN).casefold())
    plain = USUAL.sub("", bare)
    if not plain.isascii():
        plain = "".join([c for c in plain if not unicodedata.combining(c)])
    return " ".join(plain.split())


KINDS = ("Xã ", "Phường ", "Thị trấn ")


def whole_address(address: str, commune: str) -> str:
    """The address with the commune behind it, unless it names the commune itself."""
    kind = next((word for word in KINDS if commune.startswith(word)), "")
    name = commune.removeprefix(kind)
    if name and fold(address) in {fold(commune), fold(name)}:
        return commune
    if not name or f" {fold(name)} " in f" {fold(address).replace(',', ' ')} ":
        return address
    return ", ".join(part for part in (address, commune) if part)


def sort_key(name: str) -> str:
    """A key whose plain order is the Vietnamese one: given name, family name, middle names."""
    words = tidy(name).casefold().split()
    if not words:
        return ""
    keys = [_syllable(words[-1]), *map(_syllable, words[:-1])]
    letters, tones = zip(*keys, strict=True)
    return f"{' '.join(letters)}|{''.join(tones)}"


@lru_cache(maxsize=CACHED)
def _syllable(word: str) -> tuple[str, str]:
    letters, tone = [], "0"
    for letter in unicodedata.normalize("NFD", word):
        if letter in TONES:
            tone = TONES[letter]
        else:
            letters.append(letter)
    whole = unicodedata.normalize("NFC", "".join(letters))
    return "".join([RANK.get(letter, letter) for letter in whole]), tone
