"""Files that ship with the program: fonts, translations, places, rules, migrations.

By the folder of their package: ``importlib.resources`` would bring archives, random numbers and
temporary files along before the first window is painted.
"""

from functools import cache
from importlib import import_module
from pathlib import Path


@cache
def shipped(package: str) -> Path:
    """The folder of a package of data, such as ``resources``."""
    return Path(import_module(package).__path__[0])
