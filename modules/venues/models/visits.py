"""Who was where: what was noted at an entrance, and the stays that follow from it.

A check-in is what somebody noted: a way in, a way out, or both. Stays are computed from the
check-ins of one person (``rules/stays.py``) and kept, so that "who was here then" is one walk
along an index; they can be computed again at any time. Moments are seconds since 1970 in UTC:
overlaps are arithmetic, and the bound on a stay is a constraint that both engines keep.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import DERIVED, OPEN, Base
from admin_suite.db.types import Coded
from admin_suite.db.voiding import Voidable
from modules.venues.codes import Ending, Kind, Means, Source, Way

LONGEST_STAY = 12 * 3600  # seconds; without a bound an interval join scans a venue's whole history
LONGEST_SAID = 31 * 24 * 3600
BY_RESULT = "measurement:"  # begins the reason of a hold that follows from a positive result

COMPLAINTS = {
    "ck_venues_checkin_order": N_("Nobody leaves before he comes."),
    "ck_venues_checkin_way": N_("A check-in says when somebody came, when he left, or both."),
    "ck_venues_checkin_length": N_("A visit lasts at most 31 days; note a new one."),
    "ck_venues_checkin_temperature": N_("A temperature lies between 30 and 45 degrees."),
    "ck_venues_stay_length": N_("A stay lasts at most 12 hours; a longer one is several."),
    "ck_venues_stay_bounds": N_("The end of a stay lies between its earliest and its latest."),
    "ck_venues_staff_hours": N_("A shift does not end when it begins."),
    "ck_venues_staff_span": N_("A roster ends after it begins."),
    "ck_venues_hold_whom": N_("A hold names a person or a venue."),
    "ck_venues_hold_lifted": N_("A lifted hold says when and by whom."),
    "uq_venues_stated_commune_code_kind_stated_on": N_(
        "The commune has stated a number for this kind on that day already."
    ),
    "ck_venues_stated_number": N_("A commune has no fewer than 0 venues of a kind."),
}


class Checkin(Voidable, Base):
    """What was noted of one person at one venue.

    ``at`` is the way in and ``until`` the way out; where only one of them was noted both are the
    same moment and ``way`` tells which it is. ``issue`` is that of the scanned code, ``by_id`` who
    declared it on behalf of the person.
    """

    __tablename__ = "venues_checkin"
    __table_args__ = (
        CheckConstraint("at <= until", name="order"),
        CheckConstraint("way = 'BOTH' OR at = until", name="way"),
        CheckConstraint(f"until - at <= {LONGEST_SAID}", name="length"),
        CheckConstraint("temperature IS NULL OR temperature BETWEEN 30 AND 45", name="temperature"),
        Index("ix_venues_checkin_person_id_at", "person_id", "at"),
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"))
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues_venue.id"), info=OPEN)
    entrance_id: Mapped[int | None] = mapped_column(ForeignKey("venues_entrance.id"), info=OPEN)
    issue: Mapped[int | None] = mapped_column(info=OPEN)
    at: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[int] = mapped_column(BigInteger, index=True)
    way: Mapped[Way] = mapped_column(Coded(Way), info=OPEN)
    means: Mapped[Means] = mapped_column(Coded(Means), info=OPEN)
    source: Mapped[Source] = mapped_column(Coded(Source), info=OPEN)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("registry_person.id"))
    temperature: Mapped[float | None]
    mask: Mapped[bool | None]
    note: Mapped[str]
    entered_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    entered_at: Mapped[datetime] = mapped_column(info=OPEN)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("house_import.id"), index=True)


class Stay(Base):
    """A time that somebody was at a venue, computed: ``ending`` says where its end comes from.

    ``least`` and ``most`` are the earliest and the latest moment at which it can have ended;
    ``checkin_id`` is the check-in that it begins with.
    """

    __tablename__ = "venues_stay"
    __table_args__ = (
        CheckConstraint(
            f"t_out >= t_in AND t_out - t_in <= {LONGEST_STAY} AND most - t_in <= {LONGEST_STAY}",
            name="length",
        ),
        CheckConstraint("least >= t_in AND least <= t_out AND t_out <= most", name="bounds"),
        Index("ix_venues_stay_who", "venue_id", "t_in", "t_out", "person_id"),
        Index("ix_venues_stay_where", "person_id", "t_in", "venue_id", "t_out"),
    )
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues_venue.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), info=DERIVED)
    checkin_id: Mapped[int]
    entrance_id: Mapped[int | None]
    t_in: Mapped[int] = mapped_column(BigInteger)
    t_out: Mapped[int] = mapped_column(BigInteger)
    least: Mapped[int] = mapped_column(BigInteger)
    most: Mapped[int] = mapped_column(BigInteger)
    ending: Mapped[Ending] = mapped_column(Coded(Ending))


class Staff(Voidable, Base):
    """Somebody who works at a venue: on these days of the week (``12345``), between these hours.

    A shift that ends before it begins goes over midnight.
    """

    __tablename__ = "venues_staff"
    __table_args__ = (
        CheckConstraint("starts <> ends", name="hours"),
        CheckConstraint("until IS NULL OR until >= since", name="span"),
    )
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues_venue.id"), index=True, info=OPEN)
    person_id: Mapped[int] = mapped_column(ForeignKey("registry_person.id"), index=True)
    days: Mapped[str] = mapped_column(info=OPEN)
    starts: Mapped[str] = mapped_column(info=OPEN)
    ends: Mapped[str] = mapped_column(info=OPEN)
    since: Mapped[date] = mapped_column(info=OPEN)
    until: Mapped[date | None] = mapped_column(info=OPEN)


class Hold(Base):
    """What an open case needs: check-ins of a person or a venue that are not deleted meanwhile.

    ``reason`` is what somebody wrote, or ``BY_RESULT`` and the measurement that was handed out.
    """

    __tablename__ = "venues_hold"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (venue_id IS NULL)", name="whom"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted"),
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("registry_person.id"), index=True)
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venues_venue.id"), index=True)
    since: Mapped[date] = mapped_column(info=OPEN)
    until: Mapped[date | None] = mapped_column(info=OPEN)
    reason: Mapped[str]
    held_at: Mapped[datetime] = mapped_column(info=OPEN)
    held_by: Mapped[int] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)
    lifted_at: Mapped[datetime | None] = mapped_column(info=OPEN)
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("registry_user.id"), info=OPEN)


class Stated(Base):
    """How many venues of a kind a commune says it has, as it said on a day."""

    __tablename__ = "venues_stated"
    __table_args__ = (
        UniqueConstraint("commune_code", "kind", "stated_on"),
        CheckConstraint("number >= 0", name="number"),
    )
    commune_code: Mapped[str] = mapped_column(info=OPEN)
    kind: Mapped[Kind] = mapped_column(Coded(Kind), info=OPEN)
    number: Mapped[int] = mapped_column(info=OPEN)
    stated_on: Mapped[date] = mapped_column(info=OPEN)
