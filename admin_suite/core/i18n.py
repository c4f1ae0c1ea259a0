"""Translation chosen at run time. ``_`` translates now; ``N_`` only marks a text.

The language of the process is set once after sign-in; ``speaking`` overrides it for one document,
so a Vietnamese window can print an English certificate. Every room and module has a catalogue of
its own (``resources/locale/vi/LC_MESSAGES/lab.po``), and all of them are asked.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

from admin_suite.core.counts import counted
from admin_suite.core.shipped import shipped

LANGUAGES = ("vi", "en")
FIRST = "ui"
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
    """Asked of one catalogue after another; the sign-in needs only the first."""
    for name in _catalogues(lang):
        if said := _catalogue(lang, name).gettext(text):
            return said
    return counted(text) if lang == "en" else text


@cache
def _catalogues(lang: str) -> list[str]:
    return sorted((f.stem for f in _folder(lang).glob("*.mo")), key=lambda n: (n != FIRST, n))


@cache
def _catalogue(lang: str, name: str) -> gettext.NullTranslations:
    with (_folder(lang) / f"{name}.mo").open("rb") as opened:
        found = gettext.GNUTranslations(opened)
    found.add_fallback(_Unknown())
    return found


def _folder(lang: str) -> Path:
    return shipped("resources") / "locale" / lang / "LC_MESSAGES"


class _Unknown(gettext.NullTranslations):
    """Tells a text that a catalogue does not have from one that is the same in both languages."""

    def gettext(self, message: str) -> str:
        """Nothing, whatever is asked."""
        return ""
