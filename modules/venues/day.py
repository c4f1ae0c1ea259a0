"""What home, the search box and the audit ask of venues."""

from collections.abc import Sequence

from sqlalchemy import func, select

from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk
from admin_suite.db.settings import Setting, Words
from admin_suite.db.work import Work
from admin_suite.module import Hit
from admin_suite.registry.names import fold
from modules.venues import queries
from modules.venues.codes import Standing
from modules.venues.formats.register import bare_plate, national_code
from modules.venues.models import Checkin, Entrance, Issue, Venue
from modules.venues.permissions import ISSUE
from modules.venues.rules.marks import grouped, read_out, scanned, typed

PAGE = "venues.venues"
HOTLINE = Setting(
    "venues.hotline",
    N_("Hotline on posters"),
    N_("The telephone number that stands at the foot of every poster."),
    Words(longest=20),
    "1900 9095",  # the Ministry of Health's, until the unit writes its own
    ISSUE,
)
MOST, LEAST_OF_PLATE, DIGITS = 20, 4, 5


def find(work: Work, text: str) -> Sequence[Hit]:
    """Venues by the scanned text of a code, by short number, by number plate or by name."""
    if scanned(text) is not None:
        found = queries.verdict(work, text)
        if found.venue is None:
            return []
        detail = found.reason.word if found.reason else found.venue.commune
        return [Hit(found.venue.name, detail, PAGE, found.venue.id, exact=found.valid)]
    spoken = read_out(text) if typed(text)[:DIGITS].isdecimal() else None  # “1A” may be a room
    if spoken is not None:
        number = queries.venue_of(work, spoken[0])
        rows = queries.venue_rows(work, [number]) if number is not None else []
        return [Hit(row.name, row.commune, PAGE, row.id, exact=True) for row in rows]
    national = _with_national(work, national_code(text))
    return national or _vehicles(work, bare_plate(text)) or _named(work, fold(text))


def _with_national(work: Work, code: str) -> list[Hit]:
    """The venues whose national poster says so: it hangs there, so it is what a camera reads."""
    query = select(Venue.id).where(Venue.national == code)
    found = list(work.session.scalars(query)) if code else []
    return [
        Hit(row.name, row.commune, PAGE, row.id, exact=len(found) == 1)
        for row in queries.venue_rows(work, found)
    ]


def _vehicles(work: Work, plate: str) -> list[Hit]:
    """Vehicles by their number plate, or by its end, which is what people remember."""
    if len(plate) < LEAST_OF_PLATE or not any(map(str.isdigit, plate)):
        return []
    written = work.session.execute(select(Venue.id, Venue.plate).where(Venue.plate != "")).all()
    plates = {row[0]: bare_plate(row[1]) for row in written}
    found = [key for key, its in plates.items() if its.startswith(plate) or its.endswith(plate)]
    return [
        Hit(row.name, f"{row.plate} · {row.commune}", PAGE, row.id, exact=plates[row.id] == plate)
        for row in queries.venue_rows(work, found[:MOST])
    ]


def _named(work: Work, start: str) -> list[Hit]:
    query = (
        select(Venue.id)
        .where((Venue.folded >= start) & (Venue.folded < start + "\uffff"))
        .order_by(Venue.folded)
        .limit(MOST)
    )
    return [
        Hit(row.name, " · ".join(filter(None, (row.commune, grouped(row.number)))), PAGE, row.id)
        for row in queries.venue_rows(work, list(work.session.scalars(query)))
    ]


def without_code(work: Work) -> int:
    """How many entrances have no code in force; a place that is closed for good needs none."""
    issued = select(Issue.entrance_id).where(queries.in_force())
    query = (
        select(func.count(Entrance.id))
        .join(Venue, Venue.id == Entrance.venue_id)
        .where(Entrance.id.not_in(issued), Venue.standing != Standing.CLOSED)
    )
    return work.session.scalar(query) or 0


def names_of(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """What venues are called in the audit."""
    query = select(Venue.id, Venue.name).where(bulk.among(work, Venue.id, ids))
    return {row[0]: row[1] for row in work.session.execute(query)}


def issues_named(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """What issued codes are called in the audit: venue, entrance, issue."""
    query = (
        select(Issue.id, Venue.name, Entrance.number, Issue.number)
        .join(Entrance, Entrance.id == Issue.entrance_id)
        .join(Venue, Venue.id == Entrance.venue_id)
        .where(bulk.among(work, Issue.id, ids))
    )
    said = _("{venue}, entrance {entrance}, issue {issue}")
    return {
        row[0]: said.format(venue=row[1], entrance=row[2], issue=row[3])
        for row in work.session.execute(query)
    }


def checkins_named(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """What check-ins are called in the audit: the venue; a name would be a look at a person."""
    query = select(Checkin.id, Venue.name).join(Venue, Venue.id == Checkin.venue_id)
    return {
        row[0]: row[1]
        for row in work.session.execute(query.where(bulk.among(work, Checkin.id, ids)))
    }
