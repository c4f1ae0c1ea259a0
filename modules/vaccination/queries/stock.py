"""What is in stock, what is open, who was given of a lot."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, or_, select

from admin_suite.core.clock import day_shown, here, stamp
from admin_suite.db.work import Work
from admin_suite.registry.models import Person, User
from admin_suite.registry.queries import commune_names
from modules.vaccination.codes import Move, SessionState, Standing
from modules.vaccination.models import Dose, Event, Forecast, Lot, Session, StockMove, Vial
from modules.vaccination.rules.aefi import rate
from modules.vaccination.rules.vials import Count, VialState, unusable


class LotRow(Struct, frozen=True):
    """One lot: what is unopened in stock, what was given, severe reactions in a thousand doses."""

    id: int
    product: str
    lot: str
    expires_on: date | None
    doses_per_vial: int
    balance: int
    vials: int
    given: int
    severe: int
    rate: float
    recalled_at: datetime | None
    recall_reason: str
    supplier: str
    expired: bool


class MoveRow(Struct, frozen=True):
    """One line of the ledger of a lot."""

    id: int
    at: str
    kind: Move
    doses: int
    after: int
    reason: str
    by: str


class VialRow(Struct, frozen=True):
    """One vial of a session; ``unusable`` says in a word why nothing may be drawn."""

    id: int
    number: int
    product: str
    lot: str
    expires_on: date | None
    opened_at: str
    discard_at: str
    doses: int
    given: int
    wasted: int | None
    closed: bool
    unusable: str
    minutes_left: int
    difference: int


class Recalled(Struct, frozen=True):
    """Somebody who was given a dose of a lot; whoever has ``died`` is written to no more."""

    id: int
    person_id: int
    name: str
    dob: str
    phone: str
    commune: str
    address: str
    given_on: date
    vial: int | None
    place: str
    died: bool


def recalled_choices(work: Work) -> list[tuple[str, str]]:
    """The lots that were recalled, as a form offers them."""
    found = (one for one in lots(work) if one.recalled_at is not None)
    return [(one.lot, f"{one.product} {one.lot}") for one in found]


def lots(work: Work) -> list[LotRow]:
    """Every lot, those in stock first, then by the day on which they expire."""
    stock = _sums(work, StockMove.lot_id, func.sum(StockMove.doses))
    given: Mapping[Any, int] = {
        (row[0], row[1]): row[2]
        for row in work.session.execute(
            select(Dose.product, Dose.lot, func.count()).group_by(Dose.product, Dose.lot)
        )
    }
    severe: Mapping[Any, int] = {
        (row[0], row[1]): row[2]
        for row in work.session.execute(
            select(Dose.product, Dose.lot, func.count())
            .join(Event, Event.dose_id == Dose.id)
            .group_by(Dose.product, Dose.lot)
        )
    }
    day, found = work.today(), []
    for lot in work.session.scalars(select(Lot)):
        key = (lot.product, lot.lot)
        left, doses, cases = stock.get(lot.id, 0), given.get(key, 0), severe.get(key, 0)
        found.append(
            LotRow(
                lot.id,
                lot.product,
                lot.lot,
                lot.expires_on,
                lot.doses_per_vial,
                left,
                left // lot.doses_per_vial,
                doses,
                cases,
                rate(cases, doses),
                lot.recalled_at,
                lot.recall_reason,
                lot.supplier,
                lot.expires_on is not None and lot.expires_on < day,
            )
        )
    return sorted(found, key=lambda one: (one.balance == 0, one.expires_on or date.max, one.id))


def usable_lots(work: Work, product: str) -> list[tuple[int, str]]:
    """The lots of a vaccine of which a vial may be opened, the first to expire first."""
    day, stock = work.today(), _sums(work, StockMove.lot_id, func.sum(StockMove.doses))
    query = select(Lot).where(Lot.product == product, Lot.recalled_at.is_(None))
    found = []
    for lot in work.session.scalars(query):
        until = lot.expires_on or date.max
        if until >= day and stock.get(lot.id, 0) >= lot.doses_per_vial:
            words = f"{lot.lot}, {day_shown(until)}" if lot.expires_on else lot.lot
            found.append((until, lot.id, words))
    return [(key, words) for _until, key, words in sorted(found)]


def _sums(work: Work, by: Any, value: Any) -> dict[int, int]:
    return {row[0]: row[1] for row in work.session.execute(select(by, value).group_by(by))}


def moves(work: Work, lot_id: int) -> list[MoveRow]:
    """The ledger of a lot, the latest line first."""
    query = select(StockMove, User.full_name).join(User, User.id == StockMove.by)
    query = query.where(StockMove.lot_id == lot_id).order_by(StockMove.nth.desc())
    return [
        MoveRow(one.id, stamp(one.at), one.kind, one.doses, one.after, one.reason, by)
        for one, by in work.session.execute(query)
    ]


def vials_of(work: Work, session_id: int) -> list[VialRow]:
    """The vials of a session in the order in which they were opened."""
    given = (
        select(Dose.vial_id, func.count().label("n"))
        .where(Dose.session_id == session_id)
        .group_by(Dose.vial_id)
        .subquery()
    )
    query = (
        select(Vial, Lot, given.c.n)
        .join(Lot, Lot.id == Vial.lot_id)
        .outerjoin(given, given.c.vial_id == Vial.id)
        .where(Vial.session_id == session_id)
        .order_by(Vial.number)
    )
    now, day = work.now(), work.today()
    return [_vial(vial, lot, n or 0, (now, day)) for vial, lot, n in work.session.execute(query)]


def _vial(vial: Vial, lot: Lot, given: int, when: tuple[datetime, date]) -> VialRow:
    now, day = when
    state = VialState(
        lot.expires_on,
        vial.discard_at,
        lot.recalled_at is not None,
        vial.closed_at is not None,
        vial.doses,
        given,
    )
    count = Count(vial.doses, given, vial.wasted or 0)
    return VialRow(
        vial.id,
        vial.number,
        lot.product,
        lot.lot,
        lot.expires_on,
        f"{here(vial.opened_at):%H:%M}",
        f"{here(vial.discard_at):%H:%M}",
        vial.doses,
        given,
        vial.wasted,
        vial.closed_at is not None,
        unusable(state, now, day),
        max(0, int((vial.discard_at - now).total_seconds()) // 60),
        count.difference if vial.closed_at is not None else 0,
    )


def given_of_lot(work: Work, lot_id: int) -> list[Recalled]:
    """Everybody who was given a dose of a lot, here or elsewhere, with telephone and address.

    A dose whose vaccine nobody could read may be of this lot too.
    """
    query = (
        select(
            Dose.id,
            Person.id,
            Person.name,
            Person.dob,
            Person.phone,
            Person.commune_code,
            Person.address,
            Dose.given_on,
            Vial.number,
            Dose.place,
            Forecast.hold,
        )
        .join(Lot, (Lot.lot == Dose.lot) & or_(Lot.product == Dose.product, Dose.product == ""))
        .join(Person, Person.id == Dose.person_id)
        .outerjoin(Vial, Vial.id == Dose.vial_id)
        .outerjoin(Forecast, Forecast.person_id == Person.id)
        .where(Lot.id == lot_id)
        .order_by(Person.commune_code, Person.sorted, Dose.id)
    )
    names, found = commune_names(work), []
    for row in work.session.execute(query):
        where, died = names(row[5], row[7].isoformat()), row[10] is Standing.DIED
        values: Sequence[Any] = (*row[:5], where, *row[6:10], died)
        found.append(Recalled(*values))
    work.saw(Person.__tablename__, sorted({one.person_id for one in found}))
    return found


def open_somewhere(work: Work) -> int:
    """How many vials are open in sessions of another day, or over their time."""
    query = select(func.count()).select_from(Vial).join(Session, Session.id == Vial.session_id)
    late = (Vial.discard_at <= work.now()) | (Session.state == SessionState.CLOSED)
    return work.session.scalar(query.where(Vial.closed_at.is_(None), late)) or 0
