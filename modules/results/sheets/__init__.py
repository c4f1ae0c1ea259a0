"""The lists that go out of release, a file for each."""

from modules.results.sheets.notify import NOTIFY, NOTIFYING, write_lists
from modules.results.sheets.released import RELEASED

__all__ = ["NOTIFY", "NOTIFYING", "RELEASED", "write_lists"]
