"""Reading a file in a process of its own, with caps on time and memory.

The formats that cannot be looked through first are read here: whatever such a file does to its
reader, the window lives on. ``main.py`` must call ``multiprocessing.freeze_support``.
"""

import multiprocessing
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _, language, speak
from admin_suite.excel import reader
from admin_suite.excel.gate import Scan
from admin_suite.excel.grid import Grid

SECONDS = 60
BYTES = 2 << 30


def grids(path: Path, found: Scan) -> list[Grid]:
    """The worksheets of a file, read by a child; refuses in words when the child fails."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_read, args=(theirs, path, found, language()), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(SECONDS) else None
    except EOFError:
        answer = None
    finally:
        ours.close()
        child.kill()
        child.join()
    if isinstance(answer, str):
        raise UserError(answer)
    if answer is None:
        said = _("“{name}” could not be read: it is damaged or far too large.")
        raise UserError(said.format(name=path.name))
    return list(answer)


def _read(pipe: Connection, path: Path, found: Scan, lang: str) -> None:
    speak(lang)
    _cap()
    try:
        answer: object = reader.grids(path, found)
    except UserError as error:
        answer = str(error)
    pipe.send(answer)
    pipe.close()


def _cap() -> None:
    if sys.platform == "win32":
        return
    resource = import_module("resource")  # there is none on Windows
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
