"""Who is to come, who stays in which bed, what happened: the one table of claims guards it all.

A bed is not free because a flag says so but because nothing claims it: a stay, a reservation, the
cleaning after a stay, a broken bed and a locked room are rows of one table, so one set of rules
keeps each from overlapping another (decision 0015).
"""

from datetime import date, datetime
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
from admin_suite.db.base import IDENTITY, OPEN, Base
from admin_suite.db.guards import Barred, Fixed, Kept, NoOverlap, Odd, append_only, guarded
from admin_suite.db.types import Coded
from admin_suite.db.voiding import ONE_IN_FORCE, Voidable
from modules.quarantine.codes import Adt, Ended, Group, Kind, Setting

COMPLAINTS = {
    "ex_quarantine_claim_bed": N_("This bed is not free at that time. Choose another bed."),
    "ex_quarantine_claim_person": N_("This person has a bed at that time."),
    "ex_quarantine_claim_newcomer": N_("This room is locked: nobody may move in."),
    "ex_quarantine_claim_key": N_("A room is for one sex, or for one family alone."),
    "key_quarantine_claim": N_("For whom a room is follows from the sex or family of its people."),
    "fk_quarantine_claim_episode_id_key": N_(
        "For whom a room is follows from the sex or family of its people."
    ),
    "uq_quarantine_sharing_episode_id_key": N_("Somebody else has just given this person a bed."),
    "kept_quarantine_sharing": N_("With whom somebody could share a room is never deleted."),
    "fixed_quarantine_sharing": N_("With whom somebody could share a room is never changed."),
    "ex_quarantine_claim_infected": N_("A confirmed case is never in a room with others."),
    "ck_quarantine_claim_shape": N_("This is neither a stay nor anything else of a bed or room."),
    "fixed_quarantine_claim": N_("A stay keeps its bed; a move is a new stay."),
    "kept_quarantine_claim": N_("A stay is never deleted."),
    "bed_quarantine_claim": N_("This bed is not in that room."),
    "uq_quarantine_episode_person_id_is_open": N_("This person is in quarantine already."),
    "ck_quarantine_episode_open": N_("A quarantine is open until it ends or is withdrawn."),
    "uq_quarantine_episode_uid": N_("This arrival is stored already."),
    "uq_quarantine_leave_claim_id": N_("This person is away already."),
    "kept_quarantine_episode": N_("A quarantine is never deleted."),
    "fixed_quarantine_movement": N_("What happened is never changed."),
    "kept_quarantine_movement": N_("What happened is never deleted."),
}
WHOLE = ("starts_at", "ends_at")
ENTERING = ("starts_at", "enters_until")
IN_FORCE = "voided_at IS NULL"
OF_PEOPLE = (
    "bed_id IS NOT NULL AND person_id IS NOT NULL AND episode_id IS NOT NULL AND key IS NOT NULL "
    "AND infected IS NOT NULL AND coalesce(enters, 0) = 1 AND enters_until IS NOT NULL"
)
OF_NOBODY = (
    "person_id IS NULL AND episode_id IS NULL AND key IS NULL AND infected IS NULL "
    "AND coalesce(enters, 0) = {enters}"
)
SHAPE = (
    "(ends_at IS NULL OR ends_at >= starts_at) AND ("
    f"(kind = 'STAY' AND {OF_PEOPLE} AND enters_until > starts_at)"
    f" OR (kind = 'RESERVED' AND {OF_PEOPLE} AND ends_at IS NOT NULL AND enters_until = ends_at)"
    f" OR (kind = 'LOCK' AND bed_id IS NULL AND {OF_NOBODY.format(enters=2)}"
    " AND ((ends_at IS NULL AND enters_until IS NULL)"
    " OR (ends_at IS NOT NULL AND enters_until IS NOT NULL AND enters_until = ends_at)))"
    " OR (kind IN ('TO_CLEAN', 'CONTAMINATED', 'OUT_OF_SERVICE') AND bed_id IS NOT NULL"
    f" AND {OF_NOBODY.format(enters=0)} AND enters_until IS NULL))"
)
OTHER_ROOM = (
    "NEW.bed_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM quarantine_bed AS there "
    "WHERE there.id = NEW.bed_id AND there.room_id = NEW.room_id)"
)
OTHER_KEY = (
    "NEW.key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM quarantine_episode AS theirs "
    "JOIN registry_person AS who ON who.id = theirs.person_id "
    "WHERE theirs.id = NEW.episode_id AND who.id = NEW.person_id "
    "AND (NEW.key = coalesce(who.sex, 'U' || who.id) OR NEW.key = 'P' || theirs.party_id))"
)
HAVING_A_BED = (
    "FROM quarantine_claim AS c JOIN registry_person AS who ON who.id = c.person_id "
    "JOIN quarantine_episode AS theirs ON theirs.id = c.episode_id "
    "WHERE c.voided_at IS NULL AND (c.ends_at IS NULL OR c.ends_at > :now)"
)
WRONGLY_KEYED = (
    f"SELECT c.room_id, c.person_id {HAVING_A_BED} "
    "AND NOT (theirs.person_id = c.person_id AND (c.key = coalesce(who.sex, 'U' || who.id) "
    "OR c.key = coalesce('P' || theirs.party_id, ''))) ORDER BY c.room_id, c.person_id"
)
TOGETHER = f"{HAVING_A_BED} AND c.kind = 'STAY' AND c.starts_at <= :now"
MIXED = (
    f"SELECT c.room_id, c.person_id {TOGETHER} AND c.room_id IN (SELECT c.room_id {TOGETHER} "
    "GROUP BY c.room_id HAVING count(DISTINCT coalesce(who.sex, 'U' || who.id)) > 1 AND NOT "
    "(count(DISTINCT theirs.party_id) = 1 AND count(theirs.party_id) = count(*))) "
    "ORDER BY c.room_id, c.person_id"
)
ODD = (
    Odd(
        WRONGLY_KEYED,
        N_(
            "Room number {place} is kept for a sex or family that is not that of person number "
            "{ones}: corrected since, or written past the program."
        ),
    ),
    Odd(
        MIXED,
        N_(
            "Room number {place} has people who are neither of one sex nor one family: number "
            "{ones}. Move whoever cannot stay."
        ),
    ),
)
NOW: dict[str, Any] = {
    "sqlite_where": text("ends_at IS NULL AND voided_at IS NULL"),
    "postgresql_where": text("ends_at IS NULL AND voided_at IS NULL"),
}
AWAY: dict[str, Any] = {
    "unique": True,
    "sqlite_where": text("back_at IS NULL AND voided_at IS NULL"),
    "postgresql_where": text("back_at IS NULL AND voided_at IS NULL"),
}


class Party(Base):
    """People who belong together: a household, a mother with her child, a couple.

    ``code`` is what one list calls it; three buses may each have a family H01.
    """

    __tablename__ = "quarantine_party"
    __table_args__ = (Index("ix_quarantine_party_import_id_code", "import_id", "code"),)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"))
    code: Mapped[str]


class Episode(Voidable, Base):
    """One person's quarantine, from the list that announces it to its end, wherever it is spent.

    ``setting`` says where that is now; the follow-up at home belongs to it.
    ``last_contact`` and ``arrived`` are days; ``facility_id`` says where somebody is to come to.
    ``notes`` holds needs and whom to keep apart, as written. ``is_open`` is 1
    until it ends or is withdrawn and null since: a person has one that is open.
    """

    __tablename__ = "quarantine_episode"
    __table_args__ = (
        UniqueConstraint("person_id", "is_open"),
        CheckConstraint(
            "(is_open IS NULL) = (ended_at IS NOT NULL OR voided_at IS NOT NULL)"
            " AND coalesce(is_open, 1) = 1",
            name="open",
        ),
        Index("uq_quarantine_episode_uid", "uid", **ONE_IN_FORCE),
        guarded(Kept("kept_quarantine_episode")),
    )
    uid: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=IDENTITY)
    grouping: Mapped[Group] = mapped_column(Coded(Group), info=OPEN)
    index_case: Mapped[str]
    last_contact: Mapped[date | None] = mapped_column(info=OPEN)
    arrived: Mapped[date] = mapped_column(info=OPEN)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("quarantine_party.id"), index=True)
    symptomatic: Mapped[bool] = mapped_column(info=OPEN)
    symptoms: Mapped[str]
    doses: Mapped[int] = mapped_column(info=OPEN)
    origin: Mapped[str]
    vehicle: Mapped[str]
    seat: Mapped[str]
    decision_no: Mapped[str] = mapped_column(info=OPEN)
    notes: Mapped[str]
    facility_id: Mapped[int | None] = mapped_column(
        ForeignKey("quarantine_facility.id"), index=True, info=OPEN
    )
    setting: Mapped[Setting] = mapped_column(
        Coded(Setting),
        default=Setting.FACILITY,
        server_default=Setting.FACILITY.value,
        index=True,
        info=OPEN,
    )
    row: Mapped[int]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)
    is_open: Mapped[int | None] = mapped_column(default=1, server_default="1", info=OPEN)
    ended_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    ended: Mapped[Ended | None] = mapped_column(Coded(Ended), info=OPEN)


class Sharing(Base):
    """With whom somebody could share a room when he was given a bed: those of one key.

    What was true then stays when a sex or a family is corrected, so stays of before keep their
    key; a claim has no key that is not here.
    """

    __tablename__ = "quarantine_sharing"
    __table_args__ = (UniqueConstraint("episode_id", "key"), append_only("quarantine_sharing"))
    episode_id: Mapped[int] = mapped_column(ForeignKey("quarantine_episode.id"))
    key: Mapped[str]


class Claim(Voidable, Base):
    """A half-open span of time of a bed or, for a lock, of a whole room.

    A newcomer ``enters`` (1) for a microsecond and a lock (2) bars entering while it lasts, so
    whoever was there before stays. ``key`` says for whom the room is while this stay lasts: ``F``,
    ``M``, or ``P`` and the number of a party; ``infected`` is 1 for a confirmed case.
    """

    __tablename__ = "quarantine_claim"
    __table_args__ = (
        ForeignKeyConstraint(
            ["bed_id", "room_id"], ["quarantine_bed.id", "quarantine_bed.room_id"]
        ),
        ForeignKeyConstraint(
            ["episode_id", "key"], ["quarantine_sharing.episode_id", "quarantine_sharing.key"]
        ),
        CheckConstraint(SHAPE, name="shape"),
        Index("ix_quarantine_claim_now", "kind", "room_id", **NOW),
        guarded(
            NoOverlap("ex_quarantine_claim_bed", ("bed_id",), WHOLE, where=IN_FORCE),
            NoOverlap("ex_quarantine_claim_person", ("person_id",), WHOLE, where=IN_FORCE),
            NoOverlap(
                "ex_quarantine_claim_newcomer", ("room_id",), ENTERING, "enters", where=IN_FORCE
            ),
            NoOverlap("ex_quarantine_claim_key", ("room_id",), WHOLE, "key", where=IN_FORCE),
            NoOverlap(
                "ex_quarantine_claim_infected", ("room_id",), WHOLE, "infected", where=IN_FORCE
            ),
            Fixed(
                "fixed_quarantine_claim",
                ("id", "kind", "room_id", "bed_id", "starts_at", "enters", "key", "infected"),
            ),
            Kept("kept_quarantine_claim"),
            Barred("bed_quarantine_claim", "INSERT", OTHER_ROOM),
            Barred("key_quarantine_claim", "INSERT", OTHER_KEY),
            odd=ODD,
        ),
    )
    kind: Mapped[Kind] = mapped_column(Coded(Kind), info=OPEN)
    room_id: Mapped[int] = mapped_column(ForeignKey("quarantine_room.id"), index=True, info=OPEN)
    bed_id: Mapped[int | None] = mapped_column(index=True, info=OPEN)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("registry_person.id"), index=True, info=IDENTITY
    )
    episode_id: Mapped[int | None] = mapped_column(ForeignKey("quarantine_episode.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(info=OPEN)
    ends_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    enters: Mapped[int | None]
    enters_until: Mapped[datetime | None]
    key: Mapped[str | None]
    infected: Mapped[int | None]
    ended: Mapped[Ended | None] = mapped_column(Coded(Ended), info=OPEN)
    reason: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Leave(Voidable, Base):
    """Somebody is away for a while, for a scan or at the dentist's; the bed stays his."""

    __tablename__ = "quarantine_leave"
    __table_args__ = (Index("uq_quarantine_leave_claim_id", "claim_id", **AWAY),)
    claim_id: Mapped[int] = mapped_column(ForeignKey("quarantine_claim.id"))
    left_at: Mapped[datetime] = mapped_column(info=OPEN)
    back_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    reason: Mapped[str]


class Movement(Base):
    """What happened, in the order in which it did; nothing here is ever changed.

    ``claim_id`` is the stay (or other claim) it made or ended, ``former_id`` the one before a move.
    """

    __tablename__ = "quarantine_movement"
    __table_args__ = append_only("quarantine_movement")
    event: Mapped[Adt] = mapped_column(Coded(Adt), info=OPEN)
    at: Mapped[datetime] = mapped_column(index=True, info=OPEN)
    claim_id: Mapped[int] = mapped_column(ForeignKey("quarantine_claim.id"), index=True)
    former_id: Mapped[int | None] = mapped_column(ForeignKey("quarantine_claim.id"))
    reason: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
