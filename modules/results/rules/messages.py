"""Texts for telephones: without marks, as short as a network asks."""

import re
import unicodedata
from collections.abc import Sequence

SMS, DAY = 160, 900  # characters: GSM 03.38 in one part; the longest message of the day
PLAIN = str.maketrans("đĐ\u2013\u2014\u201c\u201d\u2018\u2019", "dD--\"\"''")
BLANKS = re.compile(r"\s+")


def bare(text: str) -> str:
    """Text without marks, in the letters that every telephone shows."""
    apart = unicodedata.normalize("NFD", text.translate(PLAIN))
    return BLANKS.sub(" ", "".join(c for c in apart if c.isascii())).strip()


def fitted(said: str, name: str, most: int = SMS) -> str:
    """A sentence with ``{name}`` in it, the name shortened from its end where it has no room."""
    sentence, who = bare(said), bare(name)
    room = most - len(sentence.replace("{name}", ""))
    return sentence.replace("{name}", who[: max(room, 0)].strip())[:most]


def within(lines: Sequence[str], most: int = DAY) -> str:
    """The lines one below the other as far as they fit; the first ones count most."""
    told = ""
    for line in lines:
        longer = f"{told}\n{line}" if told else line
        if len(longer) > most:
            break
        told = longer
    return told
