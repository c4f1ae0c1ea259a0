"""Where the program writes down what went wrong: ids only, never a name or a number of a person."""

import copy
import logging
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
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


class Bounded(logging.FileHandler):
    """Begins a new file when this one is full, and keeps the last few.

    Python's own comes with sockets and pickles, which no start should wait for.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; another program may have the full file open, then it goes on growing."""
        super().emit(record)
        if self.stream is not None and self.stream.tell() > LARGEST:
            self.close()
            with suppress(OSError):
                _turn(Path(self.baseFilename))


def _turn(file: Path) -> None:
    for n in range(KEPT - 1, 0, -1):
        older = file.with_name(f"{file.name}.{n}")
        if older.exists():
            older.replace(file.with_name(f"{file.name}.{n + 1}"))
    file.replace(file.with_name(f"{file.name}.1"))


def write_to(folder: Path) -> None:
    """Keep a log of bounded size in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = Bounded(folder / "admin-suite.log", encoding="utf-8", delay=True)
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
