"""Reading a file in a process of its own, with caps on time and memory.

The formats that cannot be looked through first are read here: whatever such a file does to its
reader, the window lives on. ``main.py`` must call ``multiprocessing.freeze_support``.
"""

import multiprocessing
import os
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _, language, speak
from admin_suite.excel import reader
from admin_suite.excel.gate import Scan
from admin_suite.excel.grid import Grid

STARTING = 30.0  # seconds a busy machine may need before the reading begins
SECONDS, SECONDS_OF = 4.0, 3e-6  # for any file, and more for each of its bytes
BYTES, BYTES_OF = 130 << 20, 80


def grids(path: Path, found: Scan) -> list[Grid]:
    """The worksheets of a file, read by a child; refuses in words when the child fails."""
    size = path.stat().st_size
    seconds, most = SECONDS + SECONDS_OF * size, BYTES + BYTES_OF * size
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=_read, args=(theirs, path, found, language(), (seconds, most)), daemon=True
    )
    child.start()
    theirs.close()
    try:
        started = ours.poll(STARTING) and ours.recv()
        answer = ours.recv() if started and ours.poll(seconds) else None
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


def _read(pipe: Connection, path: Path, found: Scan, lang: str, caps: tuple[float, int]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a reader that dies tells nobody of its stack
    speak(lang)
    _cap(*caps)
    pipe.send(True)
    try:
        answer: object = reader.grids(path, found)
    except UserError as error:
        answer = str(error)
    except MemoryError:
        answer = None
    pipe.send(answer)
    pipe.close()


def _cap(seconds: float, most: int) -> None:
    if sys.platform == "win32":
        return
    resource = import_module("resource")  # there is none on Windows
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
