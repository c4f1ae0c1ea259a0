"""Closed lists of codes: English capitals in data and JSON, words on screen and on paper.

Only what the program itself decides on (states, kinds) is a ``Code``; what a ministry can change
is a dated row (``db.dated``).
"""

from enum import StrEnum
from typing import Self

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import LANGUAGES, _, speaking


class Code(StrEnum):
    """Base of every code; a member is written ``NEGATIVE = "NEGATIVE", N_("Negative")``."""

    phrase: str  # not "title": text has a method of that name

    def __new__(cls, value: str, phrase: str) -> Self:
        """Keep the word beside the code."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.phrase = phrase
        return code

    @property
    def word(self) -> str:
        """The word for it in the language spoken now."""
        return _(self.phrase)

    @classmethod
    def of(cls, value: str) -> Self:
        """The code of a value kept in the database; an unknown one is a bug and raises."""
        return cls._value2member_map_[value]  # type: ignore[return-value]

    @classmethod
    def read(cls, cell: object) -> Self:
        """Read a cell: the code itself or its word in any language, in any case."""
        found = cls.words().get(str(cell).strip().casefold())
        if found is None:
            message = _("“{cell}” is not one of: {words}.")
            words = ", ".join(code.word for code in cls)
            raise UserError(message.format(cell=cell, words=words))
        return found

    @classmethod
    def words(cls) -> dict[str, Self]:
        """Every spelling understood, folded."""
        spellings: dict[str, Self] = {}
        for lang in LANGUAGES:
            with speaking(lang):
                spellings |= {code.word.casefold(): code for code in cls}
        return spellings | {code.value.casefold(): code for code in cls}
