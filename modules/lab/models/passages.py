"""When a tube came to a stage: what turnaround and the tracing of one specimen are read from."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import append_only
from admin_suite.db.types import Coded
from modules.lab.codes import Stage

COMPLAINTS = {
    "fixed_lab_passage": N_("When a tube came to a stage never changes."),
    "kept_lab_passage": N_("When a tube came to a stage is never deleted."),
}


class Passage(Base):
    """A tube came to a stage, by somebody's deed; going back is a passage too."""

    __tablename__ = "lab_passage"
    __table_args__ = (Index("ix_lab_passage_stage_at", "stage", "at"), append_only("lab_passage"))
    tube_id: Mapped[int] = mapped_column(ForeignKey("lab_tube.id"), index=True, info=OPEN)
    stage: Mapped[Stage] = mapped_column(Coded(Stage), info=OPEN)
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
