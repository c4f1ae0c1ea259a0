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
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _, language, speak
from admin_suite.excel import reader
from admin_suite.excel.gate import Scan
from admin_suite.excel.grid import Grid

STARTING = 30.0  # seconds a busy machine may need before the reading begins
SECONDS, SECONDS_OF = 4.0, 3e-6  # for any file, and more for each of its bytes
BYTES, BYTES_OF = 130 << 20, 80
PORTION = 2_000  # rows: while the child packs the next ones, the last are unpacked here


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
        answer = _received(ours, seconds)
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
    return answer


def _received(pipe: Connection, seconds: float) -> list[Grid] | str | None:
    """What the child answers, a portion after the other; nothing where it falls silent."""
    if not pipe.poll(STARTING) or not pipe.recv():
        return None
    found: list[Grid] = []
    rows: list[Any] = []
    while pipe.poll(seconds):
        part = pipe.recv()
        if part is None or isinstance(part, str):
            return found if part is None else part
        if isinstance(part, list):
            rows += part
        else:
            found.append(Grid(part[0], rows, *part[1:]))
            rows = []
    return None


def _read(pipe: Connection, path: Path, found: Scan, lang: str, caps: tuple[float, int]) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a reader that dies tells nobody of its stack
    speak(lang)
    _cap(*caps)
    pipe.send(True)
    try:
        for grid in reader.grids(path, found):
            for start in range(0, len(grid.rows), PORTION):
                pipe.send(grid.rows[start : start + PORTION])
            pipe.send((grid.name, grid.merges, grid.hidden, grid.visible, grid.fonts, grid.struck))
        pipe.send(None)
    except UserError as error:
        pipe.send(str(error))
    except MemoryError:
        pass  # the end without an answer says it
    pipe.close()


def _cap(seconds: float, most: int) -> None:
    if sys.platform == "win32":
        return
    resource = import_module("resource")  # there is none on Windows
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
