"""Which stays follow from check-ins otherwise than they are kept, around what was touched.

Rules and hours change, and stays that were computed before stay as they are. So nothing is computed
anew but around the check-ins that somebody has touched, a person at a time.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import String, select, type_coerce

from admin_suite.core.clock import midnight_of
from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.venues.codes import Way
from modules.venues.models import Checkin, Stay
from modules.venues.queries import places
from modules.venues.queries.limits import keeping, limits
from modules.venues.rules.stays import LONGEST, Noted, Stayed, stays_of

STAY = (
    "person_id",
    "checkin_id",
    "venue_id",
    "entrance_id",
    "t_in",
    "t_out",
    "least",
    "most",
    "ending",
)
AROUND = 3 * LONGEST  # what a check-in may change, and what that in turn depends on
ALWAYS, NEVER = (-(10**12), 10**12), 10**13
BESIDE = 2  # days, rounded up, that a stay may depend on
T, C = Stay.__table__.c, Checkin.__table__.c
WAYS = {way.value: way for way in Way}  # as they are stored: asked of every row of a list
Span = tuple[int, int]
Touched = tuple[int, int, int]
"""A check-in that was touched: whose, and from when to when."""
Lines = dict[int, list[Noted]]
Kept = dict[int, list[tuple[int, Stayed]]]
"""The stays that are kept, by person, each behind the number of its row."""


class Differing(NamedTuple):
    """The rows of stays that are to go, and those that are to come."""

    gone: list[int]
    come: list[tuple[Any, ...]]

    @property
    def changed(self) -> int:
        """How many stays would be others."""
        return max(len(self.gone), len(self.come))


class Anew(NamedTuple):
    """What came, or would come, of computing stays anew: of how many people, and how many stays."""

    people: int = 0
    stays: int = 0
    changed: int = 0

    def and_of(self, touched: Sequence[Touched], changed: int) -> "Anew":
        """With some people more."""
        people = len({person for person, *_span in touched})
        return Anew(self.people + people, self.stays + len(touched), self.changed + changed)


def spans(rows: Sequence[Touched]) -> tuple[set[int], int, int]:
    """Of check-ins: who, and the first and the last moment."""
    return (
        {row[0] for row in rows},
        min(row[1] for row in rows),
        max(row[2] for row in rows),
    )


def around(since: int, until: int) -> Span:
    """What has to be looked at where check-ins between two moments change."""
    return since - AROUND, until + AROUND


def noted(work: Work, people: Collection[int], span: Span) -> Lines:
    """The check-ins of people, by person: those of a span and half a day more on each side."""
    plain = type_coerce(C.way, String)
    query = select(C.person_id, C.id, C.venue_id, C.entrance_id, C.at, C.until, plain).where(
        bulk.among(work, C.person_id, people),
        C.voided_at.is_(None),
        C.at <= span[1] + LONGEST,
        C.until >= span[0] - LONGEST,
    )
    found: Lines = {}
    for person, *said, way in work.session.execute(query).all():
        found.setdefault(person, []).append(Noted._make((*said, WAYS[way])))
    return found


def differing(work: Work, touched: Sequence[Touched], lines: Lines | None = None) -> Differing:
    """What differs around check-ins that were touched; the rest is not looked at.

    ``lines`` are the check-ins of the time ``around``, where the caller has ``noted`` them.

    A check-in changes what begins at most twelve hours before or after it, so only the days
    around are read: a list of a million rows would otherwise read everybody's whole past again
    and again. Of whose stays reach over the edge of those days everything is read.
    """
    people, since, until = spans(touched)
    span = around(since, until)
    lines = noted(work, people, span) if lines is None else lines
    kept = _kept(work, people, (span[0] - LONGEST, span[1]))
    whole = {
        key for key, several in kept.items() if any(_is_over(one, span) for _n, one in several)
    }
    whole |= {key for key in lines.keys() & people if any(map(_is_long, lines[key]))}
    if whole:
        lines = lines | noted(work, whole, ALWAYS)
        kept = kept | _kept(work, whole, ALWAYS)
    near: dict[int, list[Span]] = {person: [] for person in kept}
    for person, start, end in touched:
        if person in near:
            near[person].append(around(start, end))
    found = Differing([], [])
    for person, stays in _computed(work, {key: lines.get(key, []) for key in people}):
        low, high = ALWAYS if person in whole else span
        new = [stay for stay in stays if low <= stay.start <= high]
        if person in near:
            gone, new = _compared(new, kept[person], near[person])
            found.gone.extend(gone)
        found.come.extend((person, *stay) for stay in new)
    return found


def _is_long(one: Noted) -> bool:
    return one.until - one.at > LONGEST


def _is_over(stay: Stayed, span: Span) -> bool:
    """Whether a stay lies on an edge of a span."""
    return any(stay.start <= edge <= stay.end for edge in span)


def _kept(work: Work, people: Collection[int], span: Span) -> Kept:
    """The stays of people that begin within a span, as they are kept."""
    columns = (T.checkin_id, T.venue_id, T.entrance_id, T.t_in, T.t_out, T.least, T.most, T.ending)
    query = select(T.person_id, T.id, *columns)
    mine = query.where(bulk.among(work, T.person_id, people), T.t_in.between(*span))
    found: Kept = {}
    for person, number, *said in work.session.execute(mine):
        found.setdefault(person, []).append((number, Stayed._make(said)))
    return found


def _computed(work: Work, lines: Mapping[int, list[Noted]]) -> Iterator[tuple[int, list[Stayed]]]:
    """The stays that follow from the check-ins of people, by today's rules."""
    rules = limits(work)
    houses = places.houses(work, {one.venue for several in lines.values() for one in several})
    for person, several in sorted(lines.items(), key=itemgetter(0)):
        yield person, stays_of(several, houses, rules)


def _compared(
    new: Sequence[Stayed], kept: Sequence[tuple[int, Stayed]], near: Sequence[Span]
) -> tuple[list[int], list[Stayed]]:
    """The rows of kept stays that are to go, and the stays that are to come, near what changed."""
    starts, ends = _reached(near, [*new, *(stay for _n, stay in kept)])

    def is_near(stay: Stayed) -> bool:
        at = bisect_right(starts, stay.start) - 1
        return at >= 0 and stay.start <= ends[at]

    wanted = {stay for stay in new if is_near(stay)}
    gone = []
    for number, stay in kept:
        if stay in wanted:
            wanted.remove(stay)
        elif is_near(stay):
            gone.append(number)
    return gone, [stay for stay in new if stay in wanted]


def _reached(near: Sequence[Span], stays: Iterable[Stayed]) -> tuple[list[int], list[int]]:
    """The times that are near, with every stay whole that touches one: beginnings and ends."""
    parts = sorted([(*one, True) for one in near] + [(s.start, s.end, False) for s in stays])
    starts, ends = list[int](), list[int]()
    low, high, is_near = parts[0]
    for start, end, other in [*parts[1:], (NEVER, NEVER, False)]:
        if start <= high:
            high, is_near = max(high, end), is_near or other
            continue
        if is_near:
            starts.append(low)
            ends.append(high)
        low, high, is_near = start, end, other
    return starts, ends


def portions(
    work: Work, venues: Collection[int] = (), since: int = ALWAYS[0]
) -> Iterator[list[Touched]]:
    """The stays at these venues, or at all, that begin at a moment or later, some people at once.

    As if each of their check-ins had been touched.
    """
    mine = [T.t_in >= since, *([bulk.among(work, T.venue_id, venues)] if venues else [])]
    people = sorted(work.session.scalars(select(T.person_id).where(*mine).distinct()))
    query = select(T.person_id, T.t_in, T.t_out).where(*mine)
    for _start, batch in work.progress.batches(people):
        rows = work.session.execute(query.where(bulk.among(work, T.person_id, batch)))
        yield [(row[0], row[1], row[2]) for row in rows]


def earliest(work: Work, since: date | None) -> int:
    """The moment from which on stays may be computed anew, not before a day.

    Of earlier ones what was noted beside them may be deleted already: computed without it, what is
    held for a case would become another stay.
    """
    days = [days for _source, days in keeping(work).value.days]
    whole = None if not days else work.today() - timedelta(days=min(days) - BESIDE)
    first = max((day for day in (since, whole) if day is not None), default=None)
    return ALWAYS[0] if first is None else int(midnight_of(first).timestamp())


def would_change(work: Work, venues: Collection[int] = (), since: date | None = None) -> Anew:
    """What computing earlier stays anew would change; writes nothing."""
    total = Anew()
    for touched in portions(work, venues, earliest(work, since)):
        total = total.and_of(touched, differing(work, touched).changed)
    return total
