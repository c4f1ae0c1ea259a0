"""Noting check-ins, correcting and taking them back; stays follow from them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry.entries import live_person
from admin_suite.registry.models import Person
from admin_suite.registry.queries import brought
from admin_suite.registry.service import NewPerson, correct_people, withdraw_people
from modules.venues import checks
from modules.venues.codes import Means, Source, Way
from modules.venues.models import Checkin, Stay, Venue
from modules.venues.permissions import NOTE
from modules.venues.queries import computing, places
from modules.venues.queries.limits import limits
from modules.venues.rules.limits import Limits
from modules.venues.rules.stays import DAY, LONGEST, Noted
from modules.venues.service import stays
from modules.venues.service.visitors import settle

CHECKIN = (
    "person_id",
    "venue_id",
    "entrance_id",
    "issue",
    "at",
    "until",
    "way",
    "means",
    "source",
    "by_id",
    "temperature",
    "mask",
    "note",
    "entered_by",
    "entered_at",
    "import_id",
)
AGAIN = 60  # seconds: moments are whole minutes, so what is noted twice in two of them is one scan
Key = tuple[int, int, int, int, str]
"""Person, venue, the way in, the way out and what was noted: what makes a check-in the same."""


class NewCheckin(NamedTuple):
    """A check-in to note; ``t_in`` and ``t_out`` are local times as FHIR writes them.

    ``venue`` is the short number, ``entrance`` its number there (0: nobody said), ``issue`` that of
    the scanned code; ``by_id`` is who declared it on behalf of the person.
    """

    person: NewPerson
    venue: str
    t_in: str = ""
    t_out: str = ""
    entrance: int = 0
    issue: int | None = None
    means: Means = Means.TYPED
    source: Source = Source.DESK
    temperature: float | None = None
    mask: bool | None = None
    note: str = ""
    by_id: int | None = None


class Passed(NamedTuple):
    """What was noted at a desk: the check-in, whether it is new, and the way it was."""

    id: int
    new: bool
    way: Way


@use_case(NOTE)
def note_checkins(work: Work, checkins: Sequence[NewCheckin], origin: Origin = TYPED) -> Stored:
    """Note who came and who left; what is noted already with the same content stays as it is."""
    refuse(checks.wrong_checkins(work, checkins))
    people = settle(work, [one.person for one in checkins], origin)
    return _note(work, checkins, people, origin)


@use_case(NOTE)
def pass_by(work: Work, checkin: NewCheckin, way: Way, moment: str = "") -> Passed:
    """Note one person at a desk, now or at a moment of local time.

    ``Way.BOTH`` means by turns: whoever was noted in and not out is noted out, others in. Who was
    noted here a moment ago was scanned twice: nothing is stored, the answer is what was noted.
    """
    at = moment or stamp(work.now())
    refuse(checks.wrong_checkins(work, [checkin._replace(t_in=at)]))
    people = settle(work, [checkin.person], TYPED)
    if way is Way.BOTH:
        bulk.hold(work, Person, people)  # else two desks would both find nothing noted
        now = checks.seconds(at)
        last = _last_here(work, people[0], checkin.venue, now)
        if last is not None and now - last.until <= AGAIN:
            return Passed(last.id, False, last.way)
        way = Way.OUT if last is not None and _is_in(last, now, limits(work)) else Way.IN
    came, left = ("", at) if way is Way.OUT else (at, "")
    stored = _note(work, [checkin._replace(t_in=came, t_out=left)], people, TYPED)
    return Passed(stored.ids[0], bool(stored.new), way)


@use_case(NOTE)
def let_out(work: Work, people: Sequence[int], venue: str) -> Stored:
    """Note that people of the register leave a venue now: a name alone cannot be typed again."""
    for person in people:
        live_person(work, person)
    leaving = NewCheckin(NewPerson(""), venue, t_out=stamp(work.now()))
    if venue not in places.numbered(work, [venue]):
        said = _("There is no venue with the number {number} in the register.")
        raise UserError(said.format(number=venue))
    return _note(work, [leaving] * len(people), people, TYPED)


@use_case(NOTE)
def take_back_stays(work: Work, wanted: Sequence[tuple[int, int]], venue: str) -> int:
    """Take back what a desk noted of these stays, each a person and a beginning. Returns how many.

    What came with a list is taken back with its list.
    """
    query = (
        select(Checkin.id, Stay.person_id, Stay.t_in)
        .join(Venue, Venue.id == Checkin.venue_id)
        .join(Stay, (Stay.person_id == Checkin.person_id) & (Stay.venue_id == Checkin.venue_id))
        .where(
            Venue.number == venue,
            bulk.among(work, Stay.person_id, {person for person, _at in wanted}),
            Checkin.at <= Stay.t_out,
            Checkin.until >= Stay.t_in,
            Checkin.import_id.is_(None),
        )
    )
    rows = work.session.execute(query)
    ids = {row[0] for row in rows if (row[1], row[2]) in set(wanted)}
    if not ids:
        raise UserError(_("No desk has noted this; take back the list, or correct the roster."))
    withdraw_checkins(work, sorted(ids))
    return len(ids)


def _last_here(work: Work, person: int, venue: str, now: int) -> Any:
    """What was noted last of somebody, up to a moment; none where that was elsewhere."""
    query = (
        select(Checkin.id, Checkin.way, Checkin.at, Checkin.until, Venue.number, Venue.kind)
        .join(Venue, Venue.id == Checkin.venue_id)
        .where(Checkin.person_id == person, Checkin.at.between(now - DAY, now))
        .order_by(Checkin.until.desc(), Checkin.id.desc())
        .limit(1)
    )
    row = work.session.execute(query).one_or_none()
    return row if row is not None and row.number == venue else None


def _is_in(last: Any, now: int, rules: Limits) -> bool:
    """Whether who was noted so last is still there; guests of a night leave after a day at most."""
    night = (rules.usual_of(last.kind) or 0) >= LONGEST
    return last.way is Way.IN and now - last.at <= (DAY if night else LONGEST)


def _note(
    work: Work, checkins: Sequence[NewCheckin], people: Sequence[int], origin: Origin
) -> Stored:
    if not checkins:
        return Stored([], 0)
    bulk.hold(work, Person, people)  # else the same check-in would be stored twice
    venues = places.numbered(work, {one.venue for one in checkins})
    wanted = [
        _key(one, person, venues[one.venue]) for one, person in zip(checkins, people, strict=True)
    ]
    those, since, until = computing.spans([(key[0], key[2], key[3]) for key in wanted])
    lines = computing.noted(work, those, computing.around(since, until))
    there = {
        (person, one.venue, one.at, one.until, one.way.value): one.id
        for person, several in lines.items()
        for one in several
    }
    new: dict[Key, int] = {}
    for at, key in enumerate(wanted):
        if key not in there:
            new.setdefault(key, at)
    doors = places.doors_of(work, set(venues.values()))
    around = (work.actor.id, work.now(), origin.import_id)
    rows = [_row(key, checkins[at], doors, around) for key, at in new.items()]
    ids = bulk.insert_rows(work, Checkin, CHECKIN, rows)
    for (person, venue, start, end, way), row, number in zip(new, rows, ids, strict=True):
        one = Noted(number, venue, row[2], start, end, computing.WAYS[way])
        lines.setdefault(person, []).append(one)
    if new:
        stays.compute(work, [(key[0], key[2], key[3]) for key in new], lines)
    known = there | dict(zip(new, ids, strict=True))
    return Stored([known[key] for key in wanted], len(ids), frozenset(ids))


def _key(one: NewCheckin, person: int, venue: int) -> Key:
    start = checks.seconds(one.t_in or one.t_out)
    end = checks.seconds(one.t_out) if one.t_out else start
    way = Way.OUT if not one.t_in else Way.BOTH if one.t_out else Way.IN
    return person, venue, start, end, way.value


def _row(
    key: Key, one: NewCheckin, doors: dict[tuple[int, int], int], around: tuple[Any, ...]
) -> tuple[Any, ...]:
    return (
        *key[:2],
        doors.get((key[1], one.entrance)),
        one.issue,
        *key[2:],
        one.means,
        one.source,
        one.by_id,
        one.temperature,
        one.mask,
        one.note,
        *around,
    )


@use_case(NOTE)
def correct_checkins(work: Work, changes: Sequence[Change]) -> None:
    """Change what a corrected list writes otherwise: the person, the way out, what is beside it."""
    _hold_visitors(work, [change.id for change in changes])
    refuse(checks.uncorrectable_checkins(work, changes))
    people = []
    moved = []
    for change in changes:
        row = work.session.get_one(Checkin, change.id)
        people.append(Change(row.person_id, change.fields))
        new = {name: pair[1] for name, pair in change.fields.items()}
        if "t_out" in new:
            moved.append((row.person_id, row.at, row.until))
            _leave_at(row, new["t_out"])
            moved.append((row.person_id, row.at, row.until))
        if "means" in new:
            row.means = Means.of(new["means"] or Means.TYPED)
        if "temperature" in new:
            row.temperature = float(new["temperature"]) if new["temperature"] else None
        if "mask" in new:
            row.mask = new["mask"] == str(True) if new["mask"] else None
        row.note = new.get("note", row.note)
    work.session.flush()
    correct_people(work, people)
    if moved:
        stays.compute(work, moved)


def _hold_visitors(work: Work, ids: Sequence[int]) -> None:
    """Hold who these check-ins are of, before the check-ins: as everybody does who notes some."""
    query = select(Checkin.person_id).where(bulk.among(work, Checkin.id, ids))
    bulk.hold(work, Person, set(work.session.scalars(query)))


def _leave_at(row: Checkin, left: str) -> None:
    """Somebody left at another time than was noted, or nobody knows when."""
    row.until = checks.seconds(left) if left else row.at
    if row.way is Way.OUT:
        row.at = row.until
    else:
        row.way = Way.BOTH if left else Way.IN


@use_case(NOTE)
def withdraw_checkins(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """Take check-ins back; the stays that followed from them go, nothing stays.

    Whoever is in the register only because of a list that is taken back goes with it.
    """
    _hold_visitors(work, ids)
    query = select(Checkin.person_id, Checkin.at, Checkin.until)
    rows = work.session.execute(query.where(bulk.among(work, Checkin.id, ids))).all()
    bulk.update_rows(work, Checkin, list(ids), {"voided_at": work.now()})
    if rows:
        stays.compute(work, [(row[0], row[1], row[2]) for row in rows])
        withdraw_people(work, brought(work, sorted({row[0] for row in rows})))
    return {}
