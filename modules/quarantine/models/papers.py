"""Papers with a number of a registry, and heads that were counted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.quarantine.codes import Document

NUMBERED = text("number <> '' AND voided_at IS NULL")
COMPLAINTS = {
    "uq_quarantine_issue_episode_id_kind_ends_on": N_("This person has this paper already."),
    "uq_quarantine_issue_kind_year_number": N_("Another paper has this number already."),
    "ck_quarantine_issue_number": N_("A paper that has a number has the day of its signature."),
    "fixed_quarantine_issue": N_("A paper that was made is withdrawn, never changed."),
    "kept_quarantine_issue": N_("A paper that was made is never deleted."),
    "fixed_quarantine_head_count": N_("Heads that were counted are never counted anew."),
    "kept_quarantine_head_count": N_("A head count is never deleted."),
    "ck_quarantine_head_count_missing": N_("Nobody is missing who was not expected."),
}


class Issue(Voidable, Base):
    """One paper about one person, made with others as a ``batch``.

    ``number`` and ``signed_on`` are empty until the registry has given them; numbers begin anew
    each ``year``. ``former_end`` is the last day before an extension.
    """

    __tablename__ = "quarantine_issue"
    __table_args__ = (
        Index(
            "uq_quarantine_issue_episode_id_kind_ends_on",
            "episode_id",
            "kind",
            "ends_on",
            **ONE_IN_FORCE,
        ),
        Index(
            "uq_quarantine_issue_kind_year_number",
            "kind",
            "year",
            "number",
            unique=True,
            sqlite_where=NUMBERED,
            postgresql_where=NUMBERED,
        ),
        CheckConstraint(
            "(number = '') = (signed_on IS NULL) AND (number = '') = (year IS NULL)",
            name="number",
        ),
        guarded(
            Fixed(
                "fixed_quarantine_issue",
                ("id", "kind", "batch", "episode_id", "starts_on", "ends_on", "former_end"),
            ),
            Kept("kept_quarantine_issue"),
        ),
    )
    kind: Mapped[Document] = mapped_column(Coded(Document), info=OPEN)
    batch: Mapped[int] = mapped_column(index=True, info=OPEN)
    episode_id: Mapped[int] = mapped_column(ForeignKey("quarantine_episode.id"))
    starts_on: Mapped[date] = mapped_column(info=OPEN)
    ends_on: Mapped[date] = mapped_column(info=OPEN)
    former_end: Mapped[date | None] = mapped_column(info=OPEN)
    number: Mapped[str] = mapped_column(default="", server_default="", info=OPEN)
    year: Mapped[int | None]
    signed_on: Mapped[date | None] = mapped_column(info=OPEN)
    issued_at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class HeadCount(Base):
    """Heads counted in a facility: how many should have been there, how many were missing."""

    __tablename__ = "quarantine_head_count"
    __table_args__ = (
        CheckConstraint("missing BETWEEN 0 AND expected", name="missing"),
        append_only("quarantine_head_count"),
    )
    facility_id: Mapped[int] = mapped_column(ForeignKey("quarantine_facility.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True, info=OPEN)
    expected: Mapped[int] = mapped_column(info=OPEN)
    missing: Mapped[int] = mapped_column(info=OPEN)
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
