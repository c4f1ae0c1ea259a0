"""What a desk shows: who is at the venue now, how many came in each hour and on each day."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, func, select

from admin_suite.core.clock import here, midnight_of
from admin_suite.db.work import Work
from modules.venues.codes import Ending, Standing
from modules.venues.formats.register import national_code
from modules.venues.models import Stay, Venue
from modules.venues.models.visits import LONGEST_STAY
from modules.venues.queries.register import entrance_rows, venue_of, verdict
from modules.venues.queries.visits import Visit, live, present, seconds
from modules.venues.rules.marks import read_out

HOURS, DAYS = 24, 7
DAY = 24 * 3600  # seconds


class DeskRow(Struct, frozen=True):
    """A venue at which a desk may stand; ``now`` are the people who are there."""

    number: str
    name: str
    now: int


class Desk(Struct, frozen=True):
    """One venue as its desk sees it: its entrances by number; hours and days count who came."""

    number: str
    name: str
    doors: tuple[tuple[int, str], ...]
    capacity: int | None
    here: tuple[Visit, ...]
    hours: tuple[int, ...]
    days: tuple[tuple[date, int], ...]


def desks(work: Work) -> list[DeskRow]:
    """The venues that are open, with how many are there now; the fullest first."""
    query = (
        select(Venue.id, Venue.number, Venue.name)
        .where(Venue.standing == Standing.OPEN)
        .order_by(Venue.sorted)
    )
    counted = live(work)
    rows = [DeskRow(*row[1:], counted.get(row[0], 0)) for row in work.session.execute(query)]
    return sorted(rows, key=lambda row: -row.now)


def desk(work: Work, number: str) -> Desk | None:
    """What is to be seen at the desk of a venue; None where there is no such venue."""
    query = select(Venue.id, Venue.name, Venue.capacity).where(Venue.number == number)
    row = work.session.execute(query).one_or_none()
    if row is None:
        return None
    key, name, capacity = row
    now = work.now()
    there = [one for one in present(work, key, now, now + timedelta(seconds=1)) if one.end > now]
    midnight = midnight_of(here(now).date())
    hours = [midnight + timedelta(hours=n) for n in range(HOURS + 1)]
    first = midnight - timedelta(days=DAYS - 1)
    days = [first + timedelta(days=n) for n in range(DAYS + 1)]
    counted = zip([day.date() for day in days], curve(work, key, days), strict=False)
    doors = tuple((door.entrance, door.words) for door in entrance_rows(work, [key]))
    curves = tuple(curve(work, key, hours)), tuple(counted)
    return Desk(number, name, doors, capacity, tuple(there), *curves)


def place_of(work: Work, text: str) -> tuple[str, int] | None:
    """The venue that was scanned or typed at a desk and its entrance, 0 where none is said.

    By our own code, by the number on the poster, or by the national code; None of anything else.
    """
    found = verdict(work, text)
    if found.venue is not None:
        return found.venue.number, found.entrance or 0
    if (spoken := read_out(text)) is not None:
        return spoken if venue_of(work, spoken[0]) is not None else None
    code = national_code(text)
    query = select(Venue.number).where(Venue.national == code).limit(2)
    numbers = list(work.session.scalars(query)) if code else []
    return (numbers[0], 0) if len(numbers) == 1 else None


def curve(work: Work, venue_id: int, starts: Sequence[datetime]) -> list[int]:
    """How many came to a venue in each span that begins so; the last start ends the one before.

    Who stays longer than a stay may be came once, with the first of its pieces.
    """
    edges = list(map(seconds, starts))
    query = select(Stay.checkin_id, Stay.t_in, Stay.t_out).where(
        Stay.venue_id == venue_id, Stay.t_in >= edges[0] - LONGEST_STAY, Stay.t_in < edges[-1]
    )
    rows = work.session.execute(query).all()
    cut = {(key, left) for key, came, left in rows if left - came == LONGEST_STAY}
    found = [0] * (len(edges) - 1)
    for key, came, _left in rows:
        if came >= edges[0] and (key, came) not in cut:
            found[bisect_right(edges, came) - 1] += 1
    return found


def week(work: Work) -> Sequence[tuple[date, int, int]]:
    """Of the last seven days, how many came, and of how many of them the way out is guessed.

    A visit longer than a stay may be came once, with the first of its pieces.
    """
    today = midnight_of(work.today())
    days = [today - timedelta(days=n) for n in range(DAYS - 1, -1, -1)]
    counts = []
    for day in days:
        span = Stay.t_in.between(seconds(day), seconds(day + timedelta(days=1)) - 1)
        counts += [func.count(Stay.id).filter(one) for one in (span, span & _is_guessed())]
    start = seconds(days[0])
    found = list(work.session.execute(select(*counts).where(Stay.t_in >= start)).one())
    for came, guessed in work.session.execute(_going_on(start)):
        at = 2 * ((came - start) // DAY)
        if at < len(found):
            found[at] -= 1
            found[at + 1] -= guessed
    return [(day.date(), found[2 * n], found[2 * n + 1]) for n, day in enumerate(days)]


def _is_guessed() -> ColumnElement[bool]:
    return Stay.ending != Ending.NOTED


def _going_on(start: int) -> Select[Any]:
    """The stays from a moment on that only go on with one cut at the bound: there are few."""
    cut = (
        select(Stay.person_id, Stay.checkin_id, Stay.t_out)
        .where(Stay.t_in >= start - LONGEST_STAY, Stay.t_out - Stay.t_in == LONGEST_STAY)
        .cte()
    )
    whole = (Stay.person_id == cut.c.person_id) & (Stay.checkin_id == cut.c.checkin_id)
    columns: tuple[Any, ...] = (Stay.t_in, _is_guessed())
    query = select(*columns).join_from(cut, Stay, whole & (Stay.t_in == cut.c.t_out))
    return query.where(Stay.t_in >= start)
