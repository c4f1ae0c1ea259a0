"""Where the program writes down what went wrong: ids only, never a name or a number of a person."""

import copy
import logging
import sys
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"
LARGEST, KEPT = 1_000_000, 5


class Discreet(logging.Formatter):
    """Says of an error its kind and where it happened: its message may hold personal data."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, whatever another handler has made of the record before."""
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """The kind and the places."""
        return told(ei[1]).rstrip()


def told(error: BaseException) -> str:
    """The kind of an error and the places in the program that it went through."""
    frames = traceback.extract_tb(error.__traceback__)
    places = "".join(f"  {Path(f.filename).name}:{f.lineno} {f.name}\n" for f in frames)
    return f"{type(error).__name__}\n{places}"


def write_to(folder: Path) -> None:
    """Keep a rotating log in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "admin-suite.log"
    handler = RotatingFileHandler(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(Discreet(FORM))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def crash_report(folder: Path, error: BaseException) -> Path:
    """Write where the program failed into a file of its own, and return it.

    Only the places in the program and the kind of error: a message may hold personal data.
    """
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now(UTC)
    file = folder / f"crash-{moment:%Y%m%dT%H%M%S}.txt"
    file.write_text(f"{moment.isoformat()} {sys.version}\n{told(error)}", encoding="utf-8")
    return file
