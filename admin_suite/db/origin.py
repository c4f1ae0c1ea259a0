"""Where stored rows come from: a file that was imported, or the keyboard.

What every row of a file said is kept, so that the same list sent again is compared with what its
sender wrote and not with what colleagues have made of it since.
"""

from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.types import Coded


class Import(Base):
    """One import: which file, by whom, with what answer. ``sha256`` recognises the same file.

    ``revises`` is the import that stored the list first which this one corrects; ``kept`` counts
    the rows that stayed when it was taken back, because something stands on them.
    """

    __tablename__ = "house_import"
    __table_args__ = (Index("ix_house_import_sheet_day", "sheet", "day"),)
    sheet: Mapped[str] = mapped_column(info=OPEN)
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[int]
    read: Mapped[int]
    stored: Mapped[int] = mapped_column(info=OPEN)
    unchanged: Mapped[int] = mapped_column(info=OPEN)
    refused: Mapped[int] = mapped_column(info=OPEN)
    sender: Mapped[str] = mapped_column(default="", server_default="")
    day: Mapped[date | None]
    revises: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), info=OPEN)
    changed: Mapped[int] = mapped_column(default=0, server_default="0", info=OPEN)
    taken_back_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    taken_back_by: Mapped[int | None] = mapped_column(info=OPEN)
    kept: Mapped[int] = mapped_column(default=0, server_default="0", info=OPEN)


class Said(Code):
    """What a row of a file was to the records there were."""

    NEW = "NEW", N_("new")
    UNCHANGED = "UNCHANGED", N_("unchanged")
    CHANGED = "CHANGED", N_("changed")


class ImportLine(Base):
    """One row of a file: the record it means, its cells as JSON, and what changed cells were.

    ``gone`` lines do not count any more: the import or the record was taken back.
    """

    __tablename__ = "house_import_line"
    import_id: Mapped[int] = mapped_column(ForeignKey("house_import.id"), index=True)
    record_id: Mapped[int] = mapped_column(index=True)
    worksheet: Mapped[str]
    row: Mapped[int]
    kind: Mapped[Said] = mapped_column(Coded(Said))
    cells: Mapped[str] = mapped_column(info=IDENTITY)
    was: Mapped[str]
    gone: Mapped[bool] = mapped_column(info=OPEN)


class Origin(Struct, frozen=True):
    """What a list says of itself around its rows; the empty one is the keyboard.

    ``sender`` is the unit that made the list, as the letterhead or the person importing says;
    ``day`` the day under its title; ``import_id`` the import that stores it, ``list_import`` the
    one that stored the list first which it corrects.
    """

    file: str = ""
    title: str = ""
    sender: str = ""
    day: date | None = None
    import_id: int | None = None
    list_import: int | None = None


TYPED = Origin()
