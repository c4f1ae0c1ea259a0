"""Output layouts, the exports there were, and which records each of them has sent where."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.voiding import Voidable

COMPLAINTS = {
    "uq_registry_layout_name": N_("There is an output layout of that name."),
}


class OutputLayout(Base):
    """A way to write a sheet, saved by name; ``arranged`` is the layout as JSON.

    ``sheet`` and ``destination`` repeat what stands in it, to be asked for.
    """

    __tablename__ = "registry_layout"
    name: Mapped[str] = mapped_column(unique=True, info=OPEN)
    sheet: Mapped[str] = mapped_column(info=OPEN)
    destination: Mapped[str] = mapped_column(info=OPEN)
    arranged: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[int]


class Export(Voidable, Base):
    """One file that left: which sheet, how many rows, by whom, and where it was sent.

    ``destination`` is empty where nothing was marked as sent; a mark that was taken back is void.
    """

    __tablename__ = "registry_export"
    sheet: Mapped[str] = mapped_column(index=True, info=OPEN)
    layout: Mapped[str] = mapped_column(info=OPEN)
    destination: Mapped[str] = mapped_column(info=OPEN)
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(info=OPEN)
    rows: Mapped[int] = mapped_column(info=OPEN)
    at: Mapped[datetime]
    by: Mapped[int]
    voided_by: Mapped[int | None] = mapped_column(info=OPEN)


class Sent(Base):
    """One record in an export that was sent; ``record_id`` counts in the export's sheet."""

    __tablename__ = "registry_sent"
    export_id: Mapped[int] = mapped_column(ForeignKey("registry_export.id"), index=True)
    record_id: Mapped[int] = mapped_column(index=True)
