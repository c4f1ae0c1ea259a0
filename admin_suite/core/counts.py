"""English sentences about one thing: the noun after a count of one, and its verb, are singular.

Sentences are written in the plural, ``{n} tubes were received``, and Vietnamese needs no more. So
that no place where one is filled in has to think of it, ``_`` answers English ones as ``Counted``,
and whoever fills 1 into ``{n}`` reads ``1 tube was received``.
"""

import re
from functools import cache
from typing import Any

IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "entries": "entry",
    "facilities": "facility",
    "families": "family",
    "supplies": "supply",
}
REGULAR = (
    "backups beds cells certificates changes characters codes columns confirmations days "
    "decisions digits doses drafts entrances extensions hours imports labels layouts letters "
    "lines lists meals merges minutes names numbers pages pairs papers parcels pools posters "
    "proposals reactions reasons reports results rights roles rooms rows rules seconds sessions "
    "specimens tests times tubes users venues vials visitors years"
)
NOUNS = IRREGULAR | {noun: noun[:-1] for noun in REGULAR.split()}
VERBS = {"wait": "waits", "stay": "stays", "leave": "leaves", "go": "goes", "count": "counts"}
VERBS |= {"point": "points", "change": "changes", "need": "needs"}
BEING = {"are": "is", "were": "was", "have": "has"}


class Counted(str):
    """An English sentence with counts in it; the words around a count follow it."""

    __slots__ = ()

    def format(self, *args: Any, **values: Any) -> str:
        """Fill the places in, each count of one with its words in the singular."""
        ones = {name for name, value in values.items() if str(value) == "1"}
        text = _phrase().sub(lambda found: _agreed(found, ones), self) if ones else str(self)
        return str.format(text, *args, **values)


@cache
def _phrase() -> re.Pattern[str]:
    """Made for the first sentence that needs it: whoever speaks Vietnamese never does."""
    return re.compile(
        r"\{(?P<name>\w+)\}"
        r"(?P<noun> (?:free |first |second |further |usual |severe )?(?:"
        + "|".join(NOUNS)
        + r")\b)?"
        r"(?P<verb> (?:" + "|".join([*VERBS, *BEING]) + r")\b)?"
        r"(?P<rest>[^.,;:·]*)"
    )


@cache
def _being() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(BEING)})\b")


def counted(text: str) -> str:
    """``text``, as a sentence that follows its counts where it has any."""
    return Counted(text) if "{" in text else text


def _agreed(found: re.Match[str], ones: set[str]) -> str:
    """One count with its noun and verb, as far as the next comma or full stop."""
    noun, verb, rest = found["noun"] or "", found["verb"] or "", found["rest"]
    place = "{" + found["name"] + "}"
    if found["name"] not in ones or not noun + verb:
        return place + noun + verb + _phrase().sub(lambda more: _agreed(more, ones), rest)
    *before, last = noun.split(" ")
    said = " ".join([*before, NOUNS.get(last, last)])
    done = verb.strip()
    told = f" {BEING.get(done) or VERBS[done]}" if done else ""
    rest = _being().sub(lambda be: BEING[be[0]], rest)
    return place + said + told + _phrase().sub(lambda more: _agreed(more, ones), rest)
