"""Where stored rows come from: a file that was imported, or the keyboard."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.db.base import OPEN, Base


class Import(Base):
    """One import: which file, by whom, with what answer. ``sha256`` recognises the same file."""

    __tablename__ = "house_import"
    sheet: Mapped[str] = mapped_column(info=OPEN)
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[int]
    read: Mapped[int]
    stored: Mapped[int] = mapped_column(info=OPEN)
    unchanged: Mapped[int] = mapped_column(info=OPEN)
    refused: Mapped[int] = mapped_column(info=OPEN)


@dataclass(frozen=True)
class Origin:
    """What a list says of itself around its rows; the empty one is the keyboard.

    ``sender`` is the unit that made the list, as the letterhead or the person importing says;
    ``day`` the day under its title; ``import_id`` the import that stores it.
    """

    file: str = ""
    title: str = ""
    sender: str = ""
    day: date | None = None
    import_id: int | None = None


TYPED = Origin()
