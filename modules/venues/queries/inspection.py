"""The inspection list: venues whose check-ins can hardly be so, and posters that nobody scans."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Executable, String, case, exists, func, select, type_coerce

from admin_suite.core.clock import here, midnight_of, moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db import bulk
from admin_suite.db.work import Work
from modules.venues.codes import Doubt, Ending, Means, Standing, Way
from modules.venues.models import Checkin, Entrance, Issue, Stay, Venue
from modules.venues.queries.limits import limits
from modules.venues.queries.places import minute
from modules.venues.queries.register import in_force, venue_rows
from modules.venues.queries.visits import S, moment, seconds
from modules.venues.rules.limits import Limits
from modules.venues.rules.plausible import Door, Found, Line, Span, doubts
from modules.venues.rules.stays import DAY

DAYS = 14  # that are looked at
AT_ONCE = 10_000  # rows
C = Checkin.__table__.c  # plain columns, and codes as they are stored: asked of a million rows
WAYS = {one.value: one for one in Way}
MEANS = {one.value: one for one in Means}


class InspectionRow(Struct, frozen=True):
    """A venue to be looked at, and why; ``seen`` is the day of the last inspection."""

    id: int
    number: str
    name: str
    commune: str
    address: str
    keeper: str
    phone: str
    doubt: Doubt
    count: int
    detail: str
    seen: date | None


def inspection(work: Work, days: int = DAYS, last: date | None = None) -> list[InspectionRow]:
    """What these days give reason to look at, commune by commune, in the order of doubts.

    Without their ``last`` one they are the days up to today.
    """
    rules = limits(work)
    found = doubted(work, rules, days, last)
    rows = {row.id: row for row in venue_rows(work, sorted({one.venue for one in found}))}
    seen = _seen(work)
    made = [
        InspectionRow(
            row.id,
            row.number,
            row.name,
            row.commune,
            row.address,
            row.keeper,
            row.phone,
            one.doubt,
            one.number,
            _told(one, rules),
            seen.get(row.id),
        )
        for one in found
        if (row := rows.get(one.venue)) is not None
    ]
    order = list(Doubt)
    return sorted(made, key=lambda one: (one.commune, order.index(one.doubt), -one.count))


def doubted(work: Work, rules: Limits, days: int = DAYS, last: date | None = None) -> list[Found]:
    """What these limits find of these days, the last ones without ``last``: venues, and why."""
    end = (last or work.today()) + timedelta(days=1)
    start = midnight_of(end - timedelta(days=days))
    until = None if last is None else midnight_of(end)
    lines, spans = _lines(work, start, until), _spans(work, start, until)
    found = doubts(lines, spans, _doors(work, rules), rules)
    return [*found, *_quiet(work, rules, min(until or work.now(), work.now()))]


def _lines(work: Work, start: datetime, until: datetime | None) -> Iterator[Line]:
    columns: tuple[Any, ...] = (
        C.venue_id,
        C.entrance_id,
        C.at,
        type_coerce(C.way, String),
        type_coerce(C.means, String),
        C.entered_at,
    )
    query = select(*columns).where(C.until >= seconds(start), C.voided_at.is_(None))
    if until is not None:
        query = query.where(C.at < seconds(until))
    for venue, entrance, at, way, means, entered in _streamed(work, query):
        yield Line(venue, entrance, at, WAYS[way], MEANS[means], seconds(entered))


def _spans(work: Work, start: datetime, until: datetime | None) -> Iterator[Span]:
    """The stays: until when for sure, and as is believed; of a way out alone nothing is sure."""
    sure = case((S.ending == Ending.BACKWARDS, None), else_=S.least)
    query = select(S.person_id, S.venue_id, S.t_in, sure, S.t_out).where(S.t_in >= seconds(start))
    if until is not None:
        query = query.where(S.t_in < seconds(until))
    yield from map(Span._make, _streamed(work, query.order_by(S.person_id, S.t_in)))


def _streamed(work: Work, query: Executable) -> Iterable[Any]:
    """The rows one after the other, never all of them at once."""
    return work.session.execute(query, execution_options={"yield_per": AT_ONCE})


def _doors(work: Work, rules: Limits) -> dict[int, Door]:
    c = Venue.__table__.c  # those that were withdrawn too
    query = select(c.id, c.opens, c.closes, c.capacity, c.kind)
    return {
        row[0]: Door(minute(row[1]), minute(row[2]), row[3], rules.usual_of(row[4]))
        for row in work.session.execute(query)
    }


def _quiet(work: Work, rules: Limits, until: datetime) -> Iterator[Found]:
    """Open venues with a poster since long before, at which nobody has scanned for days."""
    edge = until - timedelta(days=rules.quiet)
    begun = func.min(func.coalesce(Issue.posted_on, Issue.valid_from))
    issued = (
        select(Entrance.venue_id, begun)
        .join(Issue, Issue.entrance_id == Entrance.id)
        .join(Venue, Venue.id == Entrance.venue_id)
        .where(
            Issue.revoked_at.is_(None),
            Entrance.id.in_(select(Issue.entrance_id).where(in_force())),
            Venue.standing == Standing.OPEN,
        )
        .group_by(Entrance.venue_id)
        .having(begun <= here(edge).date())
    )
    lately = select(Checkin.venue_id).where(
        Checkin.means != Means.TYPED,
        Checkin.until >= seconds(edge),
        Checkin.at.between(seconds(edge), seconds(until)),
    )
    busy = set(work.session.scalars(lately.distinct()))
    posters = {row[0]: row[1] for row in work.session.execute(issued) if row[0] not in busy}
    scanned = _last_scans(work, posters, seconds(until))
    for venue, since in posters.items():
        at = scanned.get(venue, seconds(midnight_of(since)))
        yield Found(venue, Doubt.QUIET, (seconds(until) - at) // DAY, at)


def _last_scans(work: Work, venues: Collection[int], until: int) -> dict[int, int]:
    """When somebody scanned last at these venues; most are venues at which nobody ever was."""
    visited = select(Venue.id).where(
        bulk.among(work, Venue.id, venues), exists().where(Stay.venue_id == Venue.id)
    )
    if not (ids := list(work.session.scalars(visited))):
        return {}
    query = select(Checkin.venue_id, func.max(Checkin.at)).where(
        Checkin.means != Means.TYPED,
        -Checkin.at >= -until,  # no index: the one of people would be walked from end to end
        bulk.among(work, Checkin.venue_id, ids),
    )
    rows = work.session.execute(query.group_by(Checkin.venue_id))
    return {row[0]: row[1] for row in rows}


def _seen(work: Work) -> dict[int, date]:
    query = (
        select(Entrance.venue_id, func.max(Issue.seen_on))
        .join(Issue, Issue.entrance_id == Entrance.id)
        .where(Issue.seen_on.is_not(None))
        .group_by(Entrance.venue_id)
    )
    return {row[0]: row[1] for row in work.session.execute(query) if row[1] is not None}


def _told(one: Found, rules: Limits) -> str:
    """A doubt in a sentence for whoever goes there."""
    said = {
        Doubt.QUIET: _("Nobody has scanned the poster for {n} days."),
        Doubt.TYPED: _("{n} check-ins were typed and hardly one scanned."),
        Doubt.BURST: _("{n} people came through one entrance within {minutes} minutes, {time}."),
        Doubt.CAPACITY: _("{n} people were there at once, more than there is room for, {time}."),
        Doubt.CROWDED: _(
            "{n} people were perhaps there at once, {sure} of them for sure, {time}; "
            "there is room for fewer."
        ),
        Doubt.HOURS: _("{n} check-ins outside opening hours, last {time}."),
        Doubt.TWO_PLACES: _(
            "{n} visitors were at another venue at the same time or within {minutes} minutes, "
            "last {time}."
        ),
        Doubt.FUTURE: _("{n} check-ins were noted before their time, the last {time}."),
    }[one.doubt]
    when = moment_shown(moment(one.latest))
    minutes = rules.travel if one.doubt is Doubt.TWO_PLACES else rules.burst_minutes
    sure = figure(one.sure)
    return said.format(n=figure(one.number), sure=sure, time=when, minutes=minutes)
