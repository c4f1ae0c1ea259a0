"""Where people can be quarantined: facilities, their rooms, the beds in them."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import Fixed, Kept, guarded

COMPLAINTS = {
    "uq_quarantine_facility_code": N_("There is a facility of that code."),
    "uq_quarantine_facility_unit_id": N_("There is a facility of that name."),
    "uq_quarantine_room_facility_id_building_name": N_("This building has a room of that name."),
    "ck_quarantine_room_most": N_("A room takes at least nobody."),
    "uq_quarantine_bed_room_id_label": N_("This room has a bed of that name."),
    "uq_quarantine_bed_id_room_id": N_("This room has that bed already."),
    "fixed_quarantine_bed": N_("A bed stays in its room; put up another one elsewhere."),
    "kept_quarantine_bed": N_("A bed is never deleted; take it out of service."),
    "kept_quarantine_room": N_("A room is never deleted; take its beds out of service."),
}


class Facility(Base):
    """A school, a barracks, a hotel that takes people in; ``unit_id`` is its entry among units."""

    __tablename__ = "quarantine_facility"
    code: Mapped[str] = mapped_column(unique=True, info=OPEN)
    name: Mapped[str] = mapped_column(info=OPEN)
    unit_id: Mapped[int] = mapped_column(ForeignKey("registry_unit.id"), unique=True)
    commune_code: Mapped[str] = mapped_column(info=OPEN)
    address: Mapped[str] = mapped_column(info=OPEN)
    phone: Mapped[str] = mapped_column(info=OPEN)


class Room(Base):
    """A room; ``most`` is how many it takes by distance or staff (none: a person each bed).

    ``x`` and ``y`` are its place on the plan of the floor, 0 where nobody has drawn one;
    ``isolation`` rooms are for confirmed cases alone. ``version`` is counted on by whoever books
    in it, so two hasty colleagues never both pass the checks on any engine.
    """

    __tablename__ = "quarantine_room"
    __table_args__ = (
        UniqueConstraint("facility_id", "building", "name"),
        CheckConstraint("most IS NULL OR most >= 0", name="most"),
        guarded(Kept("kept_quarantine_room")),
    )
    facility_id: Mapped[int] = mapped_column(ForeignKey("quarantine_facility.id"), info=OPEN)
    building: Mapped[str] = mapped_column(info=OPEN)
    floor: Mapped[int] = mapped_column(info=OPEN)
    name: Mapped[str] = mapped_column(info=OPEN)
    most: Mapped[int | None] = mapped_column(info=OPEN)
    accessible: Mapped[bool] = mapped_column(info=OPEN)
    isolation: Mapped[bool] = mapped_column(info=OPEN)
    note: Mapped[str] = mapped_column(info=OPEN)
    x: Mapped[int] = mapped_column(default=0, server_default="0", info=OPEN)
    y: Mapped[int] = mapped_column(default=0, server_default="0", info=OPEN)


class Bed(Base):
    """A bed in a room; ``position`` is its place in walking order.

    ``x`` and ``y`` are its column and row in the room, 0 where nobody has drawn it.
    """

    __tablename__ = "quarantine_bed"
    __table_args__ = (
        UniqueConstraint("room_id", "label"),
        UniqueConstraint("id", "room_id"),
        guarded(Fixed("fixed_quarantine_bed", ("id", "room_id")), Kept("kept_quarantine_bed")),
    )
    room_id: Mapped[int] = mapped_column(ForeignKey("quarantine_room.id"), info=OPEN)
    label: Mapped[str] = mapped_column(info=OPEN)
    position: Mapped[int] = mapped_column(info=OPEN)
    x: Mapped[int] = mapped_column(default=0, server_default="0", info=OPEN)
    y: Mapped[int] = mapped_column(default=0, server_default="0", info=OPEN)
