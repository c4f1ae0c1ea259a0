"""What the totals of a list count: people, venues, rooms."""

import re
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from admin_suite.core.i18n import N_, _


class Counted(Struct, frozen=True, dict=True):
    """What a number of rows is called: a sentence's part with ``{n}``, and words behind a number.

    ``words`` are in small letters, in every spelling that totals use.
    """

    said: str
    words: Sequence[str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A number with one of the words behind it."""
        return re.compile(rf"(\d+)\s*(?:{'|'.join(map(re.escape, self.words))})(?!\w)")

    def of(self, n: int) -> str:
        """So many of them, in words."""
        return _(self.said).format(n=n)


PEOPLE = Counted(N_("{n} people"), ("người", "nguoi"))
