"""The register as whoever reads check-ins needs it: what a scanned or typed text means."""

from collections.abc import Collection

from sqlalchemy import select

from admin_suite.db import bulk, keys
from admin_suite.db.work import Work
from admin_suite.registry.names import fold
from admin_suite.registry.queries import communes, own_unit
from modules.venues.formats.places import Code, Places, called
from modules.venues.formats.register import national_code
from modules.venues.models import Entrance, Issue, Venue
from modules.venues.queries.limits import limits
from modules.venues.queries.register import PURPOSE
from modules.venues.rules.stays import House


def places(work: Work) -> Places:
    """The context of the list of check-ins; a question."""
    doors: dict[str, set[int]] = {}
    labels: dict[tuple[str, str], int] = {}
    query = select(Venue.number, Entrance.number, Entrance.label)
    query = query.join(Entrance, Entrance.venue_id == Venue.id).order_by(Entrance.number.desc())
    for number, door, label in work.session.execute(query):
        doors.setdefault(number, set()).add(door)
        if label:
            labels[number, fold(label)] = door
    named: dict[str, list[str]] = {}
    national: dict[str, str] = {}
    for number, name, code in work.session.execute(
        select(Venue.number, Venue.name, Venue.national)
    ):
        named.setdefault(called(name), []).append(number)
        if text := national_code(code):
            national[text] = number
    return Places(
        communes=communes(work),
        today=work.today(),
        site=own_unit(work).site,
        secrets={key.number: key.secret for key in keys.every(work, PURPOSE)},
        doors={number: frozenset(several) for number, several in doors.items()},
        labels=labels,
        codes=_codes(work),
        national=national,
        named={name: tuple(numbers) for name, numbers in named.items()},
        limits=limits(work),
        now=work.now(),
    )


def _codes(work: Work) -> dict[tuple[str, int, int], Code]:
    query = (
        select(Venue.number, Entrance.number, Issue.number, Issue.valid_from, Issue.revoked_at)
        .join(Entrance, Entrance.venue_id == Venue.id)
        .join(Issue, Issue.entrance_id == Entrance.id)
        .order_by(Issue.number)
    )
    rows = work.session.execute(query).all()
    last = {(row[0], row[1]): row[2] for row in rows}
    return {
        (row[0], row[1], row[2]): Code(row[3], row[4], last[row[0], row[1]] == row[2])
        for row in rows
    }


def numbered(work: Work, numbers: Collection[str]) -> dict[str, int]:
    """The venues of these short numbers."""
    return bulk.existing(work, Venue, "number", sorted(numbers))


def doors_of(work: Work, venues: Collection[int]) -> dict[tuple[int, int], int]:
    """The entrances of these venues, by venue and number."""
    query = select(Entrance.venue_id, Entrance.number, Entrance.id)
    rows = work.session.execute(query.where(bulk.among(work, Entrance.venue_id, venues)))
    return {(row[0], row[1]): row[2] for row in rows}


def houses(work: Work, venues: Collection[int]) -> dict[int, House]:
    """What the rules must know of these venues, those that were withdrawn too."""
    c = Venue.__table__.c
    query = select(c.id, c.kind, c.opens, c.closes).where(bulk.among(work, c.id, venues))
    return {
        row[0]: House(row[1], None if never_closes(row[2], row[3]) else minute(row[3]))
        for row in work.session.execute(query)
    }


def never_closes(opens: str, closes: str) -> bool:
    """Whether a place is open day and night, as lists write it: ``0h-24h`` or ``0h-23h59``."""
    return opens == closes or (opens, closes) == ("00:00", "23:59")


def minute(clock: str) -> int | None:
    """A time of the day (``07:30``) as the minute of the day; None where nobody said."""
    hours, colon, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes) if colon else None
