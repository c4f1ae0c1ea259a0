"""The supplies of a facility: what the ledger says is left, and what is too little."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import and_, func, select

from admin_suite.db.work import Work
from admin_suite.registry.models import User
from modules.quarantine.codes import Flow
from modules.quarantine.models import Facility, Item, Supply
from modules.quarantine.queries.beds import FacilityRow, chosen_of

LAST = 20


class ItemRow(Struct, frozen=True):
    """A supply: what is left of it, and when that was written."""

    id: int
    name: str
    unit: str
    least: int
    left: int
    at: datetime | None
    facility: str

    @property
    def short(self) -> bool:
        """Whether there is less than the least stock."""
        return self.left < self.least


class Supplies(Struct, frozen=True):
    """The supplies of a facility by name."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    rows: Sequence[ItemRow]


def supplies(work: Work, facility_id: int = 0) -> Supplies:
    """What a facility, or the first one, has of everything."""
    there, chosen = chosen_of(work, facility_id)
    return Supplies(there, chosen, _items(work, chosen) if chosen else ())


def short_supplies(work: Work) -> list[ItemRow]:
    """Supplies of all facilities of which there is less than the least stock."""
    return [row for row in _items(work) if row.short]


def _items(work: Work, facility_id: int | None = None) -> list[ItemRow]:
    """The supplies of a facility, or of all, each with the last line of its ledger."""
    newest = (
        select(Supply.item_id, func.max(Supply.serial).label("serial"))
        .group_by(Supply.item_id)
        .subquery()
    )
    query = (
        select(
            Item.id,
            Item.name,
            Item.unit,
            Item.least,
            func.coalesce(Supply.left_over, 0),
            Supply.at,
            Facility.name,
        )
        .join(Facility, Facility.id == Item.facility_id)
        .outerjoin(newest, newest.c.item_id == Item.id)
        .outerjoin(Supply, and_(Supply.item_id == Item.id, Supply.serial == newest.c.serial))
        .order_by(Item.folded, Item.id)
    )
    if facility_id is not None:
        query = query.where(Item.facility_id == facility_id)
    return [ItemRow(*row) for row in work.session.execute(query)]


class SupplyLine(Struct, frozen=True):
    """A line of a ledger in words."""

    kind: Flow
    quantity: int
    left: int
    at: datetime
    note: str
    by: str


def ledger(work: Work, item_id: int) -> list[SupplyLine]:
    """The last lines of a supply's ledger, the newest first."""
    query = (
        select(
            Supply.kind, Supply.quantity, Supply.left_over, Supply.at, Supply.note, User.full_name
        )
        .join(User, User.id == Supply.by)
        .where(Supply.item_id == item_id)
        .order_by(Supply.serial.desc())
        .limit(LAST)
    )
    return [SupplyLine(*row) for row in work.session.execute(query)]
