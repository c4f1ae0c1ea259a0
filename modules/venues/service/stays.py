"""Computing the stays of people anew after their check-ins have changed."""

from collections.abc import Collection, Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import String, delete, func, or_, select, type_coerce

from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.facts import PeopleMerged, PeopleParted
from modules.venues.codes import Way
from modules.venues.models import Checkin, Stay
from modules.venues.queries import places
from modules.venues.queries.limits import limits
from modules.venues.rules.stays import LONGEST, Noted, stays_of

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
T, C = Stay.__table__.c, Checkin.__table__.c
ALWAYS = (-(10**12), 10**12)
Span = tuple[int, int]
Lines = dict[int, list[Noted]]
WAYS = {way.value: way for way in Way}  # as they are stored: asked of every row of a list


def around(since: int, until: int) -> Span:
    """What has to be looked at where check-ins between two moments change."""
    return since - AROUND, until + AROUND


def compute(
    work: Work, people: Collection[int], since: int, until: int, lines: Lines | None = None
) -> None:
    """Compute the stays of people anew whose check-ins between two moments have changed.

    ``lines`` are the check-ins of the time ``around``, where the caller has ``noted`` them.

    A check-in changes what begins at most twelve hours before or after it, so only the days
    around are looked at: a list of a million rows would otherwise read everybody's whole past
    again and again. Whose stays reach over the edge of those days is computed from the beginning.
    """
    work.session.flush()
    span = around(since, until)
    lines = noted(work, people, span) if lines is None else lines
    over = _reaching_over(work, people, span)
    over |= {key for key, several in lines.items() if any(map(_is_long, several))}
    if over:
        _replace(work, over, ALWAYS, noted(work, over, ALWAYS))
    rest = set(people) - over
    _replace(work, rest, span, {key: lines[key] for key in lines.keys() & rest})


def anew(work: Work, venues: Collection[int]) -> int:
    """Compute the stays of everybody who was at these venues anew. Returns of how many people."""
    work.session.flush()
    mine = bulk.among(work, T.venue_id, venues)
    low, high = work.session.execute(select(func.min(T.t_in), func.max(T.t_out)).where(mine)).one()
    people = sorted(set(work.session.scalars(select(T.person_id).where(mine))))
    for _start, batch in work.progress.batches(people):
        compute(work, batch, low, high)
    return len(people)


def merged(work: Work, fact: PeopleMerged | PeopleParted) -> None:
    """Two entries were made one, or parted: the stays of each follow from other check-ins now."""
    work.session.flush()
    people = {fact.kept, fact.gone}
    _replace(work, people, ALWAYS, noted(work, people, ALWAYS))


def _is_long(one: Noted) -> bool:
    return one.until - one.at > LONGEST


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


def _reaching_over(work: Work, people: Collection[int], span: Span) -> set[int]:
    """Whose stays lie on an edge of a span."""
    low, high = span
    query = select(T.person_id).where(
        bulk.among(work, T.person_id, people),
        or_(
            (T.t_in < low) & (T.t_in >= low - LONGEST) & (T.t_out >= low),
            (T.t_in <= high) & (T.t_in >= high - LONGEST) & (T.t_out >= high),
        ),
    )
    return set(work.session.scalars(query))


def _replace(
    work: Work, people: Collection[int], span: Span, lines: dict[int, list[Noted]]
) -> None:
    """Put the stays that follow from check-ins in the place of those that are kept."""
    if not people:
        return
    work.session.execute(
        delete(Stay).where(bulk.among(work, Stay.person_id, people), Stay.t_in.between(*span))
    )
    bulk.put_derived(work, Stay, STAY, list(_rows(work, span, lines)))
    work.changed.add(Stay.__tablename__)


def _rows(work: Work, span: Span, lines: Lines) -> Iterable[tuple[Any, ...]]:
    rules = limits(work)
    venues = {one.venue for several in lines.values() for one in several}
    houses = places.houses(work, venues)
    for person, several in sorted(lines.items(), key=itemgetter(0)):
        for stay in stays_of(several, houses, rules):
            if span[0] <= stay.start <= span[1]:
                yield (person, *stay)


def spans(rows: Sequence[tuple[int, int, int]]) -> tuple[set[int], int, int]:
    """Of check-ins as (person, at, until): who, and the first and the last moment."""
    return (
        {row[0] for row in rows},
        min(row[1] for row in rows),
        max(row[2] for row in rows),
    )
