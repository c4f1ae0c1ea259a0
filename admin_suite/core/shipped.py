"""Files that ship with the program: fonts, translations, places, rules, migrations.

By the folder of their package: ``importlib.resources`` would bring archives, random numbers and
temporary files along before the first window is painted.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def shipped(package: str) -> Path:
    """The folder of a package of data, such as ``resources``."""
    found = find_spec(package)
    places = found.submodule_search_locations if found is not None else None
    if not places:
        raise FileNotFoundError(package)
    return Path(next(iter(places)))
