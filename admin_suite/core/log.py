"""Where the program writes down what went wrong: ids only, never a name or a number of a person."""

import logging
import sys
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"
LARGEST, KEPT = 1_000_000, 5


def write_to(folder: Path) -> None:
    """Keep a rotating log in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "admin-suite.log"
    handler = RotatingFileHandler(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter(FORM))
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
    frames = traceback.extract_tb(error.__traceback__)
    places = "".join(f"  {Path(f.filename).name}:{f.lineno} {f.name}\n" for f in frames)
    kind = type(error).__name__
    file.write_text(f"{moment.isoformat()} {sys.version}\n{kind}\n{places}", encoding="utf-8")
    return file
