"""The code by which a record is the same record wherever a list takes it (UUID, RFC 9562).

It stands last in every export, narrow; a list that comes back with it is compared with the records
themselves, at the unit that wrote it and at any other.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import N_, _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Column, Field, Table, Wrong

I = TypeVar("I", bound=tuple[Any, ...])  # noqa: E741 - an item
UID, HEADING = "uid", N_("Record code")


def read(cell: object, _about: About) -> str:
    """The code as it is kept: lower case, with hyphens."""
    written = plain(cell)
    try:
        return str(UUID(written))
    except ValueError:
        said = _("“{cell}” is not a record code; leave the cell empty for a new record.")
        raise Wrong("BAD_RECORD_CODE", said.format(cell=written[:40])) from None


COLUMN = Column(UID, HEADING, (), read, offered=False)
FIELD = Field(UID, HEADING, 9)


def identified(table: Table, items: list[I | None]) -> list[I | None]:
    """The items with the codes that stand beside them, if the list has such a column."""
    if not table.has(UID):
        return items
    codes = table.column(UID, "")
    return [
        None if item is None else item._replace(uid=code)  # type: ignore[attr-defined]
        for item, code in zip(items, codes, strict=True)
    ]


def twice(codes: Sequence[str]) -> list[Refusal]:
    """The rows whose code an earlier row has too."""
    seen: set[str] = set()
    found = []
    for at, code in enumerate(codes):
        if code and code in seen:
            found.append(Refusal(at, UID, _("Another row has the same record code.")))
        seen.add(code)
    return found
