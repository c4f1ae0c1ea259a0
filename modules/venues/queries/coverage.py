"""How far the posters have come in each commune: registered, coded, put up, seen, of how many."""

from collections import defaultdict
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import case, func, select

from admin_suite.db.work import Work
from admin_suite.registry.queries import commune_names, communes
from modules.venues.codes import Kind, Standing
from modules.venues.models import Entrance, Issue, Stated, Venue


class CoverageRow(Struct, frozen=True):
    """The venues of one kind in one commune; ``stated`` is what the commune says there are."""

    commune_code: str
    commune: str
    kind: Kind
    registered: int
    coded: int
    handed: int
    posted: int
    seen: int
    stated: int | None

    @property
    def percent(self) -> int | None:
        """The share of what the commune states that has a poster put up."""
        return None if not self.stated else 100 * self.posted // self.stated


def coverage(work: Work, day: date | None = None) -> list[CoverageRow]:
    """Commune by commune, as they were called on a day, and kind by kind.

    A kind that is only stated stands there too.
    """
    names, today = commune_names(work), (day or work.today()).isoformat()
    counted = _counted(work)
    stated = _stated(work)
    rows = []
    for code, kind in sorted(counted.keys() | stated.keys()):
        registered, coded, handed, posted, seen = counted[code, kind]
        numbers = (registered, coded, handed, posted, seen)
        told = stated.get((code, kind))
        rows.append(CoverageRow(code, names(code, today), Kind.of(kind), *numbers, told))
    return rows


class CommuneTile(Struct, frozen=True):
    """One commune of the district: its venues, those with a poster put up, and of which kinds."""

    code: str
    name: str
    registered: int
    posted: int
    seen: int
    stated: int | None
    kinds: tuple[CoverageRow, ...]


def tiles(work: Work) -> list[CommuneTile]:
    """Every commune there is today, those without a venue too, and others that have venues."""
    today = work.today()
    names = {
        one.code: f"{one.kind} {one.name}"
        for one in communes(work)
        if one.valid_from <= today and (one.valid_to is None or one.valid_to > today)
    }
    kinds: dict[str, list[CoverageRow]] = {code: [] for code in names}
    for row in coverage(work):
        kinds.setdefault(row.commune_code, []).append(row)
        names.setdefault(row.commune_code, row.commune or row.commune_code)
    return [_tile(code, names[code], rows) for code, rows in sorted(kinds.items())]


def _tile(code: str, name: str, rows: list[CoverageRow]) -> CommuneTile:
    registered, posted, seen = (
        sum(getattr(row, field) for row in rows) for field in ("registered", "posted", "seen")
    )
    stated = [row.stated for row in rows if row.stated is not None]
    said = sum(stated) if stated else None
    return CommuneTile(code, name, registered, posted, seen, said, tuple(rows))


def _counted(work: Work) -> dict[tuple[str, str], tuple[int, ...]]:
    last: Any = (
        select(Issue.entrance_id, func.max(Issue.number).label("number"))
        .group_by(Issue.entrance_id)
        .subquery()
    )
    one: Any = (
        select(
            Entrance.venue_id,
            func.max(case((Issue.id.is_not(None), 1), else_=0)).label("coded"),
            func.max(case((Issue.handed_on.is_not(None), 1), else_=0)).label("handed"),
            func.max(case((Issue.posted_on.is_not(None), 1), else_=0)).label("posted"),
            func.max(case((Issue.seen_on.is_not(None), 1), else_=0)).label("seen"),
        )
        .outerjoin(last, last.c.entrance_id == Entrance.id)
        .outerjoin(
            Issue,
            (Issue.entrance_id == Entrance.id)
            & (Issue.number == last.c.number)
            & Issue.revoked_at.is_(None),
        )
        .group_by(Entrance.venue_id)
        .subquery()
    )
    query = (
        select(
            Venue.commune_code,
            Venue.kind,
            func.count(Venue.id),
            *(func.sum(one.c[name]) for name in ("coded", "handed", "posted", "seen")),
        )
        .join(one, one.c.venue_id == Venue.id)
        .where(Venue.standing != Standing.CLOSED)
        .group_by(Venue.commune_code, Venue.kind)
    )
    found: dict[tuple[str, str], tuple[int, ...]] = defaultdict(lambda: (0,) * 5)
    for code, kind, *numbers in work.session.execute(query):
        found[code, kind.value] = tuple(int(number or 0) for number in numbers)
    return found


def _stated(work: Work) -> dict[tuple[str, str], int]:
    """What each commune said last of each kind."""
    query = select(Stated.commune_code, Stated.kind, Stated.number).order_by(Stated.stated_on)
    return {(row[0], row[1].value): row[2] for row in work.session.execute(query)}
