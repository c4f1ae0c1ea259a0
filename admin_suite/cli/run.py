"""One command from the words typed to the exit status."""

import codecs
import sys
import unicodedata
from collections.abc import Sequence
from functools import partial

from admin_suite.cli import answers, parser
from admin_suite.cli.desk import Desk
from admin_suite.core.errors import Cancelled, UserError
from admin_suite.core.i18n import LANGUAGES, _, speak
from admin_suite.db.complaints import explain
from admin_suite.excel.importer import Refusing
from admin_suite.module import Module

DONE, REFUSED = 0, 3
IN_PARTS = "admin-suite-in-parts"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def run(modules: tuple[Module, ...], arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 wrong usage, 3 refused."""
    _speak_as_asked(arguments)
    _use_utf8()
    options = parser.parse(modules, arguments)
    desk = Desk(modules, options)
    try:
        answers.show(options.action(desk), as_json=options.json)
    except (Exception, KeyboardInterrupt) as error:
        said = _refusal(error)
        if not said:
            raise
        if isinstance(error, Refusing) and options.json:
            answers.show(error.receipt, as_json=True)
        sys.stderr.write(f"{said}\n")
        return REFUSED
    return DONE


def _refusal(error: BaseException) -> str:
    """What to say of an error that is not a bug; nothing for one that is."""
    if isinstance(error, Cancelled | KeyboardInterrupt):
        return _("Cancelled; nothing was changed.")
    if isinstance(error, OSError):
        return _("The file system refused: {why}").format(why=error)
    known = explain(error, {}) if isinstance(error, Exception) else error
    return str(known) if isinstance(known, UserError) else ""


def _speak_as_asked(arguments: Sequence[str]) -> None:
    """The language is needed before the words are parsed: the help is written in it."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        name, _equals, value = word.partition("=")
        if name == "--lang" and (value or following) in LANGUAGES:
            speak(value or following)


def _use_utf8() -> None:
    """Files and pipes get UTF-8; a console that cannot draw a letter shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            name = f"{IN_PARTS}-{stream.encoding}"
            codecs.register_error(name, partial(_in_parts, stream.encoding))
            stream.reconfigure(errors=name)
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8")


def _in_parts(encoding: str, error: UnicodeError) -> tuple[bytes, int]:
    """Letters with their tones as marks of their own, as code page 1258 has them."""
    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 - registered for writing only
    written = ""
    for letter in unicodedata.normalize("NFC", error.object[error.start : error.end]):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in TONES)
        bare = "".join(mark for mark in parts if mark not in TONES)
        written += unicodedata.normalize("NFC", bare) + tones
    return written.encode(encoding, "replace"), error.end
