"""Released results as they were told, version by version, and the doubts about them.

What was told is never overwritten: a correction is a new version that names the one before it. One
person alone may put a released result on hold; to lift the hold, or to say something else, one
proposes and another confirms. The copies below are foreign keys over several columns, so a version
or a lifted hold without a proposal that somebody else confirmed cannot be written.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Copied, Fixed, Kept, append_only, guarded
from admin_suite.db.types import Coded
from modules.lab.api import TOLD, Method, Outcome
from modules.results.codes import Change, Status
from modules.results.models.release import COPIED

COMPLAINTS = {
    "ck_results_version_author": N_("Whoever made a version cannot sign it."),
    "ck_results_version_first": N_("The first version is what was released; others replace one."),
    "ck_results_version_origin": N_("A new result is signed by somebody else than its author."),
    "ck_results_version_since": N_("A version is as old as what it says, or newer."),
    "uq_results_version_tube_id_number": N_("This result has got another version meanwhile."),
    "fixed_results_version": N_("A version that was told is never changed."),
    "kept_results_version": N_("A version that was told is never deleted."),
    "copied_results_version": N_("A version tells the result as it was entered."),
    "ck_results_hold_two": N_("Whoever proposes to lift a hold cannot confirm it."),
    "ck_results_hold_whole": N_("A hold is lifted by a proposal that somebody confirmed."),
    "uq_results_hold_tube_id": N_("This result is on hold already."),
    "fixed_results_hold": N_("A hold keeps its reason and who asked for it."),
    "ended_results_hold": N_("A hold that was lifted stays so."),
    "kept_results_hold": N_("A hold is never deleted."),
    "ck_results_proposal_two": N_("Whoever proposes a change cannot confirm it."),
    "ck_results_proposal_once": N_("A proposal is confirmed or declined, not both."),
    "uq_results_proposal_tube_id": N_("A change of this result is proposed already."),
    "uq_results_proposal_id": N_("A change of this result is proposed already."),
    "fixed_results_proposal": N_("A proposal keeps what it proposes and who proposed it."),
    "ended_results_proposal": N_("A proposal that was decided stays so."),
    "kept_results_proposal": N_("A proposal is never deleted."),
    "uq_results_notice_measurement_id": N_("A preliminary notice was given already."),
    "fixed_results_notice": N_("A preliminary notice is never changed."),
    "kept_results_notice": N_("A preliminary notice is never deleted."),
    "copied_results_notice": N_("A preliminary notice tells the result as it was entered."),
}
SIGNED = ("proposal_id", "proposed_by")
STILL_HELD = "lifted_by IS NULL"
UNDECIDED = "confirmed_by IS NULL AND declined_by IS NULL"


def _measured(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        COPIED, ["lab_measurement.id", *(f"lab_measurement.{one}" for one in TOLD)], name=name
    )


def _only(condition: str) -> dict[str, Any]:
    where = text(condition)
    return {"unique": True, "sqlite_where": where, "postgresql_where": where}


class Told(Base):
    """The columns of a result, copied by one foreign key so that the copy cannot lie."""

    __abstract__ = True
    measurement_id: Mapped[int]
    tube_id: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(Coded(Outcome), info=OPEN)
    reported: Mapped[Outcome] = mapped_column(Coded(Outcome))
    method: Mapped[Method] = mapped_column(Coded(Method))
    ct: Mapped[str]
    tested_at: Mapped[str]
    entered_by: Mapped[int]


class Version(Told):
    """One version of the report of a tube; ``supersedes`` is the number of the one before it.

    ``since`` is the number of the version that first said what this one says: whoever was told
    that one needs not be told again. The first version copies a release, the others a proposal.
    """

    __tablename__ = "results_version"
    __table_args__ = (
        UniqueConstraint("tube_id", "number"),
        _measured("fk_results_version_told"),
        ForeignKeyConstraint(
            ["tube_id", "supersedes"], ["results_version.tube_id", "results_version.number"]
        ),
        ForeignKeyConstraint(
            ["release_id", "signed_by"], ["results_release.id", "results_release.released_by"]
        ),
        ForeignKeyConstraint(
            [*SIGNED, "signed_by"],
            [
                "results_proposal.id",
                "results_proposal.proposed_by",
                "results_proposal.confirmed_by",
            ],
            name="fk_results_version_proposal",
        ),
        CheckConstraint("signed_by <> proposed_by", name="author"),
        CheckConstraint(
            "(number = 1 AND status = 'FINAL' AND supersedes IS NULL AND release_id IS NOT NULL "
            "AND proposal_id IS NULL) OR (number > 1 AND status <> 'FINAL' "
            "AND supersedes = number - 1 AND release_id IS NULL AND proposal_id IS NOT NULL)",
            name="first",
        ),
        CheckConstraint(
            "status NOT IN ('FINAL', 'CORRECTED') OR (proposed_by = entered_by AND since = number)",
            name="origin",
        ),
        CheckConstraint("since BETWEEN 1 AND number", name="since"),
        Index("ix_results_version_measurement_id", "measurement_id"),
        Index("ix_results_version_at", "at"),
        Index("ix_results_version_outcome", "outcome"),
        guarded(
            *append_only("results_version")["info"]["guards"],
            Copied("copied_results_version", "lab_measurement", COPIED, ("id", *TOLD)),
        ),
    )
    number: Mapped[int] = mapped_column(info=OPEN)
    status: Mapped[Status] = mapped_column(Coded(Status), info=OPEN)
    since: Mapped[int]
    supersedes: Mapped[int | None] = mapped_column(info=OPEN)
    reason: Mapped[str]
    remark: Mapped[str]
    release_id: Mapped[int | None]
    proposal_id: Mapped[int | None]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    signed_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    at: Mapped[datetime] = mapped_column(info=OPEN)


class Proposal(Base):
    """A change of a released result that waits for a second person, or was decided.

    ``base`` is the number of the version it speaks of; ``reported`` to ``tested_at`` are the
    result that shall stand then, ``with_tube_id`` the other one of two tubes that were swapped.
    """

    __tablename__ = "results_proposal"
    __table_args__ = (
        UniqueConstraint("id", "proposed_by", "confirmed_by", name="uq_results_proposal_id"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> proposed_by", name="two"),
        CheckConstraint("confirmed_by IS NULL OR declined_by IS NULL", name="once"),
        Index("uq_results_proposal_tube_id", "tube_id", **_only(UNDECIDED)),
        guarded(
            Fixed(
                "fixed_results_proposal",
                free=("version", "confirmed_by", "confirmed_at", "declined_by", "declined_at"),
            ),
            Fixed(
                "ended_results_proposal",
                ("confirmed_by", "confirmed_at", "declined_by", "declined_at"),
                where="OLD.confirmed_by IS NOT NULL OR OLD.declined_by IS NOT NULL",
            ),
            Kept("kept_results_proposal"),
        ),
    )
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"))
    kind: Mapped[Change] = mapped_column(Coded(Change), info=OPEN)
    base: Mapped[int]
    with_tube_id: Mapped[int | None] = mapped_column(ForeignKey("lab_tube.id"))
    reported: Mapped[Outcome] = mapped_column(Coded(Outcome))
    method: Mapped[Method] = mapped_column(Coded(Method))
    ct: Mapped[str]
    tested_at: Mapped[str]
    remark: Mapped[str]
    reason: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    declined_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    declined_at: Mapped[datetime | None] = mapped_column(info=OPEN)


class Hold(Base):
    """A released result that is in doubt: nobody goes by it until two persons say what holds."""

    __tablename__ = "results_hold"
    __table_args__ = (
        ForeignKeyConstraint(
            [*SIGNED, "lifted_by"],
            [
                "results_proposal.id",
                "results_proposal.proposed_by",
                "results_proposal.confirmed_by",
            ],
            name="fk_results_hold_proposal",
        ),
        CheckConstraint("lifted_by IS NULL OR lifted_by <> proposed_by", name="two"),
        CheckConstraint(
            "(lifted_by IS NULL) = (proposal_id IS NULL) "
            "AND (lifted_by IS NULL) = (proposed_by IS NULL) "
            "AND (lifted_by IS NULL) = (lifted_at IS NULL)",
            name="whole",
        ),
        Index("uq_results_hold_tube_id", "tube_id", **_only(STILL_HELD)),
        guarded(
            Fixed(
                "fixed_results_hold",
                ("id", "tube_id", "version_id", "reason", "held_by", "held_at"),
            ),
            Fixed(
                "ended_results_hold",
                ("proposal_id", "proposed_by", "lifted_by", "lifted_at"),
                where="OLD.lifted_by IS NOT NULL",
            ),
            Kept("kept_results_hold"),
        ),
    )
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("results_version.id"))
    reason: Mapped[str]
    held_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    held_at: Mapped[datetime] = mapped_column(info=OPEN)
    proposal_id: Mapped[int | None]
    proposed_by: Mapped[int | None] = mapped_column(info=OPEN)
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    lifted_at: Mapped[datetime | None] = mapped_column(info=OPEN)


class Notice(Told):
    """A preliminary notice: a result told before its release, by one person alone."""

    __tablename__ = "results_notice"
    __table_args__ = (
        UniqueConstraint("measurement_id"),
        _measured("fk_results_notice_told"),
        guarded(
            *append_only("results_notice")["info"]["guards"],
            Copied("copied_results_notice", "lab_measurement", COPIED, ("id", *TOLD)),
        ),
    )
    given_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    given_at: Mapped[datetime] = mapped_column(info=OPEN)
