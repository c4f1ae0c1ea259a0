"""Registering venues, correcting them, issuing and revoking their codes."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select, text

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk, keys
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry.names import fold, sort_key
from admin_suite.registry.queries import placed_on
from modules.venues import checks, queries
from modules.venues.codes import Kind, Standing
from modules.venues.formats.doors import written_labels
from modules.venues.models import Counter, Entrance, Issue, Venue
from modules.venues.permissions import ISSUE, MANAGE
from modules.venues.rules.marks import number
from modules.venues.service import stays

FIELDS = (
    "name",
    "kind",
    "commune_code",
    "phone",
    "address",
    "keeper",
    "opens",
    "closes",
    "capacity",
    "plate",
    "national",
    "standing",
    "note",
    "uid",
    "number",
    "folded",
    "sorted",
    "import_id",
    "placed_on",
)
DOOR = ("venue_id", "number", "label")
ISSUED = ("entrance_id", "number", "key", "valid_from", "issued_at", "issued_by")


class NewVenue(NamedTuple):
    """A venue to register; ``opens`` and ``closes`` are times of the day, ``07:30``.

    ``labels`` are the names of its entrances in their order, a semicolon between.
    """

    name: str
    kind: Kind
    commune_code: str
    phone: str = ""
    entrances: int = 1
    address: str = ""
    keeper: str = ""
    opens: str = ""
    closes: str = ""
    capacity: int | None = None
    plate: str = ""
    national: str = ""
    standing: Standing = Standing.OPEN
    note: str = ""
    labels: str = ""
    uid: str = ""


@use_case(MANAGE)
def register(work: Work, venues: Sequence[NewVenue], origin: Origin = TYPED) -> Stored:
    """Put venues into the register, each with its entrances; what is there stays as it is."""
    refuse(checks.wrong_venues(work, venues))
    counter = _counter(work)  # held first: a colleague may be registering the same place
    known = _known(work, venues)
    new = [at for at, key in enumerate(known) if key is None]
    numbers = _take_numbers(work, counter, len(new))
    fresh = new_uids(work.now(), len(new))
    day = origin.day.isoformat() if origin.day else ""
    day = day or placed_on(work, [venue.commune_code for venue in venues])
    around = {"import_id": origin.import_id, "placed_on": day}
    rows = []
    for at, short, uid in zip(new, numbers, fresh, strict=True):
        venue = venues[at]
        said = {**venue._asdict(), "uid": venue.uid or uid, "number": short}
        said |= {"folded": fold(venue.name), "sorted": sort_key(venue.name)}
        rows.append(tuple({**said, **around}[name] for name in FIELDS))
    ids = bulk.insert_rows(work, Venue, FIELDS, rows)
    for at, key in zip(new, ids, strict=True):
        known[at] = key
    doors = [
        (key, door, label)
        for at, key in zip(new, ids, strict=True)
        for door, label in _labelled(venues[at].entrances, venues[at].labels)
    ]
    bulk.insert_rows(work, Entrance, DOOR, doors)
    return Stored([key for key in known if key is not None], len(ids), frozenset(ids))


def _labelled(count: int, labels: str) -> Iterator[tuple[int, str]]:
    """The numbers of ``count`` entrances, each with its name."""
    names = written_labels(labels)
    return ((n, names[n - 1] if n <= len(names) else "") for n in range(1, count + 1))


def _known(work: Work, venues: Sequence[NewVenue]) -> list[int | None]:
    """Which of these venues the register has: by record code, or by name, commune and place."""
    by_code = queries.coded(work, [venue.uid for venue in venues])
    named = [(fold(venue.name), venue.commune_code) for venue in venues]
    there = queries.alike(work, named)
    found: list[int | None] = []
    for venue, key in zip(venues, named, strict=True):
        same = (row.id for row in there.get(key, ()) if checks.is_same(row, venue))
        found.append(by_code.get(venue.uid) or next(same, None))
    return found


@use_case(MANAGE)
def correct(work: Work, changes: Sequence[Change], *, anew: bool = False) -> None:
    """Change what a corrected list, or somebody at the window, writes otherwise of venues.

    Stays that were computed before stay as they are, unless their venue is said to have been so
    all the time: then they are computed ``anew``.
    """
    refuse(checks.uncorrectable(work, changes))
    for change in changes:
        venue = work.session.get_one(Venue, change.id)
        for name, (_old, new) in change.fields.items():
            if name == "entrances":
                _set_doors(work, venue.id, int(new or 1))
            elif name != "labels":
                setattr(venue, name, _value(name, new))
        venue.folded, venue.sorted = fold(venue.name), sort_key(venue.name)
        if "labels" in change.fields:
            _name_doors(work, venue.id, change.fields["labels"][1])
    work.session.flush()
    if anew:
        stays.anew(work, [change.id for change in changes])


def _value(name: str, new: str) -> object:
    if name == "kind":
        return Kind.of(new or Kind.OTHER)
    if name == "standing":
        return Standing.of(new or Standing.OPEN)
    if name == "capacity":
        return int(new) if new else None
    return new


def _set_doors(work: Work, venue_id: int, count: int) -> None:
    """Let a venue have entrances 1 to ``count``; one that was taken back comes again."""
    doors = Entrance.__table__  # the bare table: those that were taken back too
    query = select(doors.c.number, doors.c.id, doors.c.voided_at)
    rows = work.session.execute(query.where(doors.c.venue_id == venue_id)).all()
    there = {row[0]: row[1] for row in rows}
    new = [(venue_id, door, "") for door in range(1, count + 1) if door not in there]
    bulk.insert_rows(work, Entrance, DOOR, new)
    back = [row[1] for row in rows if row[0] <= count and row[2] is not None]
    gone = [row[1] for row in rows if row[0] > count and row[2] is None]
    bulk.update_rows(work, Entrance, back, {"voided_at": None})
    bulk.update_rows(work, Entrance, gone, {"voided_at": work.now()})


def _name_doors(work: Work, venue_id: int, labels: str) -> None:
    """Let the entrances of a venue be called so; they keep their numbers and codes."""
    query = select(Entrance).where(Entrance.venue_id == venue_id).order_by(Entrance.number)
    doors = list(work.session.scalars(query))
    for door, (_n, label) in zip(doors, _labelled(len(doors), labels), strict=True):
        door.label = label


@use_case(MANAGE)
def withdraw(work: Work, venues: Sequence[int]) -> dict[int, str]:
    """Take venues out of the register, and answer why each of the others stays."""
    stays = checks.unwithdrawable(work, venues)
    going = [key for key in venues if key not in stays]
    doors = list(
        work.session.scalars(select(Entrance.id).where(bulk.among(work, Entrance.venue_id, going)))
    )
    bulk.update_rows(work, Entrance, doors, {"voided_at": work.now()})
    bulk.update_rows(work, Venue, going, {"voided_at": work.now()})
    return stays


@use_case(ISSUE)
def issue(
    work: Work, venues: Sequence[int], valid_from: date | None = None, *, again: bool = False
) -> int:
    """Issue a code for each entrance of these venues that has none in force. Returns how many.

    ``again`` replaces codes in force: the next issue of an entrance supersedes the one before,
    whose text still tells where an earlier scan was.
    """
    today = work.today()
    day = valid_from or today
    doors = queries.entrance_rows(work, venues)
    refuse(checks.unissuable(venues, doors, day, today))
    key = keys.current(work, queries.PURPOSE).number
    wanted = [d for d in doors if again or d.issue is None or d.revoked_at is not None]
    rows = [(d.id, (d.issue or 0) + 1, key, day, work.now(), work.actor.id) for d in wanted]
    return len(bulk.insert_rows(work, Issue, ISSUED, rows))


@use_case(ISSUE)
def revoke(work: Work, issues: Sequence[int], reason: str) -> int:
    """Let codes count no more from now on, with the reason. Returns how many."""
    if not reason.strip():
        raise UserError(_("Say why the code is revoked."))
    query = select(Issue.id).where(bulk.among(work, Issue.id, issues), Issue.revoked_at.is_(None))
    ids = list(work.session.scalars(query))
    values = {"revoked_at": work.now(), "revoked_by": work.actor.id, "reason": reason.strip()}
    bulk.update_rows(work, Issue, ids, values)
    return len(ids)


@use_case(ISSUE)
def rotate_key(work: Work) -> int:
    """Sign with a new key from now on, after the old one was seen by others. Returns its number.

    What the old key signed stays genuine until it is issued again or revoked.
    """
    return keys.rotate(work, queries.PURPOSE).number


def _counter(work: Work) -> Counter:
    """The row that counts venues, locked until the unit of work ends."""
    begin = text(
        "INSERT INTO venues_counter (name, next) VALUES ('venue', 1) ON CONFLICT (name) DO NOTHING"
    )
    work.session.execute(begin)
    return work.session.scalars(
        select(Counter).where(Counter.name == "venue").with_for_update()
    ).one()


def _take_numbers(work: Work, counter: Counter, count: int) -> list[str]:
    """The next short numbers."""
    first, counter.next = counter.next, counter.next + count
    work.session.flush()
    return [number(serial) for serial in range(first, first + count)]
