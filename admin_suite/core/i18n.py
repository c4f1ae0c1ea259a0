"""Translation chosen at run time. ``_`` translates now; ``N_`` only marks a text.

The language of the process is set once after sign-in; ``speaking`` overrides it for one document,
so a Vietnamese window can print an English certificate. Every room and module has a catalogue of
its own (``resources/locale/vi/LC_MESSAGES/lab.po``), and all of them are asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from struct import iter_unpack, unpack_from

from admin_suite.core.counts import counted
from admin_suite.core.shipped import shipped

LANGUAGES = ("vi", "en")
FIRST = "ui"
LITTLE_ENDIAN = b"\xde\x12\x04\x95"
_default = ["vi"]
_here: ContextVar[str | None] = ContextVar("language", default=None)


def N_(text: str) -> str:  # noqa: N802 - the customary name of the marker
    """Mark ``text`` for extraction and return it untouched."""
    return text


def language() -> str:
    """The language spoken here and now; a new thread speaks the default."""
    return _here.get() or _default[0]


def speak(lang: str) -> None:
    """Set the language of the whole process."""
    _default[0] = lang


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak ``lang`` inside the block, in this thread."""
    token = _here.set(lang)
    try:
        yield
    finally:
        _here.reset(token)


def _(text: str) -> str:
    """``text`` in the language spoken here and now."""
    return _said(language(), text) if text else text


@lru_cache(maxsize=8192)
def _said(lang: str, text: str) -> str:
    """The sign-in needs only the first catalogue; the others are read once, when one is asked."""
    said = _first(lang).get(text) or _others(lang).get(text)
    return said or (counted(text) if lang == "en" else text)


@cache
def _first(lang: str) -> dict[str, str]:
    file = _folder(lang) / f"{FIRST}.mo"
    return _read(file) if file.exists() else {}


@cache
def _others(lang: str) -> dict[str, str]:
    """Every catalogue in one, in the order of their names; the first that has a text counts."""
    found: dict[str, str] = {}
    for file in sorted(_folder(lang).glob("*.mo"), reverse=True):
        found |= _read(file)
    return found


def _folder(lang: str) -> Path:
    return shipped("resources") / "locale" / lang / "LC_MESSAGES"


def _read(file: Path) -> dict[str, str]:
    """A compiled catalogue as a mapping; it has no plurals and no contexts.

    Python's own reader makes a rule for plurals of every file, and took twice as long.
    """
    data = file.read_bytes()
    order = "<" if data[:4] == LITTLE_ENDIAN else ">"
    count, texts, words = unpack_from(f"{order}3I", data, 8)

    def column(start: int) -> Iterator[str]:
        for length, place in iter_unpack(f"{order}2I", data[start : start + 8 * count]):
            yield data[place : place + length].decode()

    return dict(zip(column(texts), column(words), strict=True))
