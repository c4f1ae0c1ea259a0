"""Places that people visit, their entrances, and the codes that were issued for them.

An entrance keeps its identity however often a code is issued for it: a scan of years ago still
tells where it was. Printing a code again is not issuing it again.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.guards import Fixed, Kept, guarded
from admin_suite.db.types import ORDERLY, Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.venues.codes import Kind, Standing

COMPLAINTS = {
    "uq_venues_venue_uid": N_("This venue is stored already."),
    "uq_venues_venue_number": N_("There is a venue of that number."),
    "uq_venues_entrance_venue_id_number": N_("This venue has an entrance of that number."),
    "uq_venues_issue_entrance_id_number": N_("A colleague has just issued this code. Look again."),
    "uq_venues_counter_name": N_("Venues are counted already."),
    "ck_venues_entrance_number": N_("A venue has from 1 to 99 entrances."),
    "ck_venues_venue_capacity": N_("A venue has room for at least one person."),
    "ck_venues_issue_revoked": N_("A revoked code says when, by whom and why."),
    "fixed_venues_venue": N_("The number of a venue never changes."),
    "kept_venues_venue": N_("A venue is never deleted."),
    "fixed_venues_entrance": N_("An entrance stays with its venue."),
    "kept_venues_entrance": N_("An entrance is never deleted."),
    "fixed_venues_issue": N_("What was issued stays as it was issued."),
    "ended_venues_issue": N_("A revoked code stays revoked; issue a new one."),
    "kept_venues_issue": N_("An issued code is never deleted."),
}


class Venue(Voidable, Base):
    """A place in the register. ``number`` is printed on its posters, ``uid`` leaves with exports.

    ``opens`` and ``closes`` are times of the day (``07:30``), empty where nobody said. On the day
    ``placed_on`` commune and address were true, which tells the version of the commune. ``plate``
    is that of a vehicle; ``national`` the text of the code that the national platform gave.
    """

    __tablename__ = "venues_venue"
    __table_args__ = (
        Index("uq_venues_venue_uid", "uid", **ONE_IN_FORCE),
        UniqueConstraint("number"),
        Index("ix_venues_venue_folded_commune_code", "folded", "commune_code"),
        Index("ix_venues_venue_sorted_id", "sorted", "id"),
        Index("ix_venues_venue_commune_code_id", "commune_code", "id"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="capacity"),
        guarded(Fixed("fixed_venues_venue", ("id", "uid", "number")), Kept("kept_venues_venue")),
    )
    uid: Mapped[str]
    number: Mapped[str] = mapped_column(info=IDENTITY)
    name: Mapped[str] = mapped_column(info=IDENTITY)
    folded: Mapped[str] = mapped_column(ORDERLY)
    sorted: Mapped[str] = mapped_column(ORDERLY)
    kind: Mapped[Kind] = mapped_column(Coded(Kind), info=OPEN)
    standing: Mapped[Standing] = mapped_column(Coded(Standing), info=OPEN)
    commune_code: Mapped[str] = mapped_column(info=OPEN)
    address: Mapped[str]
    placed_on: Mapped[str] = mapped_column(info=OPEN)
    keeper: Mapped[str]
    phone: Mapped[str] = mapped_column(index=True)
    opens: Mapped[str] = mapped_column(info=OPEN)
    closes: Mapped[str] = mapped_column(info=OPEN)
    capacity: Mapped[int | None] = mapped_column(info=OPEN)
    plate: Mapped[str]
    national: Mapped[str]
    note: Mapped[str]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)


class Entrance(Voidable, Base):
    """A door, a floor or a table with a code of its own; ``number`` counts from 1."""

    __tablename__ = "venues_entrance"
    __table_args__ = (
        UniqueConstraint("venue_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 99", name="number"),
        guarded(
            Fixed("fixed_venues_entrance", ("id", "venue_id", "number")),
            Kept("kept_venues_entrance"),
        ),
    )
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues_venue.id"), info=OPEN)
    number: Mapped[int] = mapped_column(info=OPEN)
    label: Mapped[str] = mapped_column(info=OPEN)


class Issue(Base):
    """A code of an entrance: the ``number``-th that was issued, signed by that key.

    ``handed_on``, ``posted_on`` and ``seen_on`` are the days on which the poster was handed over,
    put up, and seen by an inspection.
    """

    __tablename__ = "venues_issue"
    __table_args__ = (
        UniqueConstraint("entrance_id", "number"),
        CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by IS NULL) AND (revoked_at IS NULL) = (reason = '')",
            name="revoked",
        ),
        guarded(
            Fixed(
                "fixed_venues_issue",
                ("id", "entrance_id", "number", "key", "valid_from", "issued_at", "issued_by"),
            ),
            Fixed(
                "ended_venues_issue",
                ("revoked_at", "revoked_by", "reason"),
                where="OLD.revoked_at IS NOT NULL",
            ),
            Kept("kept_venues_issue"),
        ),
    )
    entrance_id: Mapped[int] = mapped_column(ForeignKey("venues_entrance.id"), info=OPEN)
    number: Mapped[int] = mapped_column(info=OPEN)
    key: Mapped[int] = mapped_column(info=OPEN)
    valid_from: Mapped[date] = mapped_column(info=OPEN)
    issued_at: Mapped[datetime] = mapped_column(info=OPEN)
    issued_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    revoked_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    reason: Mapped[str] = mapped_column(default="", server_default="", info=OPEN)
    handed_on: Mapped[date | None] = mapped_column(info=OPEN)
    handed_to: Mapped[str] = mapped_column(default="", server_default="")
    posted_on: Mapped[date | None] = mapped_column(info=OPEN)
    seen_on: Mapped[date | None] = mapped_column(info=OPEN)


class Counter(Base):
    """The next free serial of venues; its row is locked while numbers are taken."""

    __tablename__ = "venues_counter"
    __table_args__ = (UniqueConstraint("name"),)
    name: Mapped[str]
    next: Mapped[int]
