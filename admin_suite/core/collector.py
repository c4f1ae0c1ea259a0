"""Python's collector of circles, switched off while much is built that has none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def rest() -> None:
    """While the program starts: it makes classes and tables by the thousand, and none is rubbish.

    To look through them again and again, as they come, was a fifth of the way to the main window.
    """
    gc.disable()


def resume() -> None:
    """The house is loaded and stays until the end: it is never looked through again."""
    gc.freeze()
    gc.enable()


@contextmanager
def no_collector() -> Iterator[None]:
    """Millions of cells that live on and make no circles: looking for circles costs a tenth."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            _settle()
            gc.enable()


def _settle() -> None:
    """Count what was built as old: the young are looked through twice as soon as it is on again."""
    gc.freeze()
    gc.unfreeze()
