"""Which kits and lots there are, what is left of them, and what is to be known before a test."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from msgspec import Struct
from sqlalchemy import Select, case, func, select

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.names import fold
from modules.lab.codes import Method, Movement
from modules.lab.models import Kit, KitLot, KitMovement

Named = tuple[str, str]
"""A kit and a lot as they are written."""


class LotRow(Struct, frozen=True):
    """One lot of a kit; ``balance`` is the sum of its ledger, which may have fallen below zero."""

    id: int
    kit: str
    lot: str
    maker: str
    method: Method
    expires_on: date | None
    received: int
    used: int
    balance: int

    @property
    def title(self) -> str:
        """Kit and lot in one line."""
        return f"{self.kit} · {self.lot}" if self.lot else self.kit

    def wrong(self, day: str, needed: int = 1) -> str:
        """What is to be known before so many tests of this lot are done on a day (ISO)."""
        if self.expires_on is not None and self.expires_on.isoformat() < day[:10]:
            said = _("Lot {lot} of {kit} expired on {day}.")
            return said.format(lot=self.lot, kit=self.kit, day=day_shown(self.expires_on))
        if self.balance < needed:
            said = _("By the ledger {n} tests of lot {lot} of {kit} are left. Count the boxes.")
            return said.format(n=self.balance, lot=self.lot or "?", kit=self.kit)
        return ""


def lots(work: Work) -> list[LotRow]:
    """Every lot with its balance, the kits by name, the lot that expires first on top."""
    query = _lots().order_by(Kit.folded, KitLot.expires_on, KitLot.id)
    return [LotRow(*row) for row in work.session.execute(query)]


def lot(work: Work, lot_id: int) -> LotRow | None:
    """One lot with its balance."""
    row = work.session.execute(_lots().where(KitLot.id == lot_id)).one_or_none()
    return None if row is None else LotRow(*row)


def lots_named(work: Work, kits: Collection[Named]) -> dict[Named, LotRow]:
    """The lots that are known by these names of kits and numbers of lots."""
    wanted = {(fold(kit), lot): (kit, lot) for kit, lot in kits}
    query = _lots().where(bulk.among(work, Kit.folded, {kit for kit, _lot in wanted}))
    rows = [LotRow(*row) for row in work.session.execute(query)]
    known = {(fold(row.kit), row.lot): row for row in rows}
    return {named: known[key] for key, named in wanted.items() if key in known}


def warnings(work: Work, kits: Mapping[Named, Sequence[str]]) -> dict[Named, str]:
    """What is to be known before tests of these lots are stored; ``kits`` holds their moments.

    Nothing here blocks: a test that was done was done.
    """
    known, found = lots_named(work, kits), dict[Named, str]()
    for named, moments in kits.items():
        kit, number = named
        if named in known:
            found[named] = known[named].wrong(max(moments), len(moments))
        elif kit:
            said = _("Lot {lot} of {kit} is not in the ledger; it will be entered with no expiry.")
            found[named] = said.format(lot=number or "?", kit=kit)
    return {named: said for named, said in found.items() if said}


def usable(work: Work) -> list[LotRow]:
    """The lots to choose from: not expired, something left; the one that expires first on top."""
    today = work.today().isoformat()
    good = [row for row in lots(work) if not row.wrong(today)]
    return sorted(good, key=lambda row: (row.expires_on or date.max, row.kit, row.lot))


def _lots() -> Select[int, str, str, str, Method, date | None, int, int, int]:
    q, kind = KitMovement.quantity, KitMovement.kind
    came = func.coalesce(func.sum(case((kind == Movement.RECEIVED, q), else_=0)), 0)
    gone = (Movement.USED, Movement.GIVEN_BACK)
    used = func.coalesce(-func.sum(case((kind.in_(gone), q), else_=0)), 0)
    return (
        select(
            KitLot.id,
            Kit.name,
            KitLot.lot,
            Kit.maker,
            Kit.method,
            KitLot.expires_on,
            came,
            used,
            func.coalesce(func.sum(q), 0),
        )
        .join(Kit, Kit.id == KitLot.kit_id)
        .outerjoin(KitMovement, KitMovement.lot_id == KitLot.id)
        .group_by(KitLot.id, Kit.id)
    )
