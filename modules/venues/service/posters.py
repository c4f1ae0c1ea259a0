"""What becomes of posters, who works at venues, how many a commune says there are."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import Refusal, UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from admin_suite.registry.models import Person
from admin_suite.registry.queries import communes
from admin_suite.registry.service import NewPerson
from admin_suite.registry.undoing import refuse_changed
from modules.venues import checks, queries
from modules.venues.codes import Kind
from modules.venues.models import Issue, Staff, Stated, Venue
from modules.venues.permissions import MANAGE
from modules.venues.queries.places import minute
from modules.venues.rules.roster import DAY, Shift, collide
from modules.venues.service.visitors import settle_staff

STAFF = ("venue_id", "person_id", "days", "starts", "ends", "since", "until")
WEEK = "1234567"
LONGEST_NIGHT = DAY // 2


class Step(Enum):
    """What happens to a poster in turn; the value is the column that keeps the day."""

    HANDED = "handed_on"
    POSTED = "posted_on"
    SEEN = "seen_on"


class NewStaff(NamedTuple):
    """Somebody who works at a venue: ``days`` of the week (``12345``), hours ``07:30``."""

    person: NewPerson
    days: str = "12345"
    starts: str = "07:30"
    ends: str = "16:30"
    since: date | None = None
    until: date | None = None


class Ended(NamedTuple):
    """What became of rosters that were ended: so many end, so many that were to come are gone."""

    ending: int
    coming: int


class Noted(NamedTuple):
    """A note on posters as it was made; ``before`` is what stood there, by code, to take it back.

    Of each code: the day of the step, and to whom the poster was handed.
    """

    step: Step
    day: date
    before: Mapping[int, tuple[date | None, str]]

    @property
    def posters(self) -> int:
        """How many posters were noted."""
        return len(self.before)


@use_case(MANAGE)
def note_posters(
    work: Work, venues: Sequence[int], step: Step, day: date, handed_to: str = ""
) -> Noted:
    """Note the day on which the posters of venues were handed over, put up or seen."""
    if day > work.today():
        raise UserError(_("This day is still to come."))
    doors = _doors(work, venues)
    if not doors:
        raise UserError(_("No code was issued yet for these venues; issue them first."))
    refuse(checks.before_issue(venues, doors, step.value, day))
    before = {
        door.issue_id: (getattr(door, step.value), door.handed_to or "")
        for door in doors
        if door.issue_id is not None
    }
    values: dict[str, Any] = {step.value: day}
    if step is Step.HANDED and handed_to.strip():
        values["handed_to"] = handed_to.strip()
    bulk.update_rows(work, Issue, list(before), values)
    work.session.expire_all()
    return Noted(step, day, before)


@use_case(MANAGE)
def take_back_posters(work: Work, noted: Noted) -> int:
    """Write what stood there before a note on posters. Returns of how many posters.

    Refused where somebody has noted another day since.
    """
    column = getattr(Issue, noted.step.value)
    query = select(Issue.id, column).where(bulk.among(work, Issue.id, noted.before))
    there = {row[0]: row[1] for row in work.session.execute(query)}
    refuse_changed({there.get(key) for key in noted.before} - {noted.day}, left=set())
    same: dict[tuple[date | None, str], list[int]] = {}
    for key, was in noted.before.items():
        same.setdefault(was, []).append(key)
    for (day, handed_to), keys in same.items():
        values: dict[str, Any] = {noted.step.value: day}
        if noted.step is Step.HANDED:
            values["handed_to"] = handed_to
        bulk.update_rows(work, Issue, keys, values)
    work.session.expire_all()
    return len(there)


@use_case(MANAGE)
def unnote_posters(work: Work, venues: Sequence[int], step: Step, day: date) -> int:
    """Take out the day that was noted of posters by mistake. Returns of how many."""
    doors = [one for one in _doors(work, venues) if getattr(one, step.value) == day]
    if not doors:
        said = _("No poster of these venues is noted so for {day}.")
        raise UserError(said.format(day=day_shown(day)))
    before: dict[int, tuple[date | None, str]] = {
        one.issue_id: (None, "") for one in doors if one.issue_id is not None
    }
    return take_back_posters(work, Noted(step, day, before))


def _doors(work: Work, venues: Sequence[int]) -> list[queries.EntranceRow]:
    """The entrances of venues whose code is in force: those whose posters can be noted."""
    rows = queries.entrance_rows(work, venues)
    return [one for one in rows if one.issue_id is not None and one.revoked_at is None]


@use_case(MANAGE)
def add_staff(
    work: Work, venue_id: int, staff: Sequence[NewStaff], origin: Origin = TYPED
) -> Stored:
    """Put people on the roster of a venue: on those days they count as there, scanned or not.

    Who is on it with these hours already stays; nobody has two shifts at one time.
    """
    if work.session.get(Venue, venue_id) is None:
        raise UserError(_("There is no such venue in the register."))
    refuse([refusal for at, one in enumerate(staff) for refusal in _wrong(at, one)])
    people = settle_staff(work, venue_id, [one.person for one in staff], origin)
    today = work.today()
    bulk.hold(work, Person, people)  # else two desks would store one shift twice
    wanted = [
        Shift(person, one.days, one.starts, one.ends, one.since or today, one.until)
        for person, one in zip(people, staff, strict=True)
    ]
    there = _there(work, venue_id, people)
    new = [one for one in dict.fromkeys(wanted) if _same(one, there) is None]
    refuse(list(_twice(wanted, [*there, *new])))
    ids = bulk.insert_rows(work, Staff, STAFF, [(venue_id, *one) for one in new])
    there |= dict(zip(new, ids, strict=True))
    known = [_same(one, there) for one in wanted]
    return Stored([key for key in known if key is not None], len(ids), frozenset(ids))


def _there(work: Work, venue_id: int, people: Sequence[int]) -> dict[Shift, int]:
    """The shifts that these people have at a venue."""
    c = Staff.__table__.c
    query = select(c.person_id, c.days, c.starts, c.ends, c.since, c.until, c.id).where(
        c.venue_id == venue_id, c.voided_at.is_(None), bulk.among(work, c.person_id, people)
    )
    return {Shift(*row[:6]): row[6] for row in work.session.execute(query)}


def _same(one: Shift, there: Mapping[Shift, int]) -> int | None:
    """The shift of the same person with the same hours that goes on when this one begins."""
    return next(
        (
            key
            for other, key in there.items()
            if other[:4] == one[:4] and (other.until is None or other.until >= one.since)
        ),
        None,
    )


def _twice(wanted: Sequence[Shift], there: Sequence[Shift]) -> Iterator[Refusal]:
    """Of whom another shift has the same hours of a day."""
    for at, one in enumerate(wanted):
        mine = (other for other in there if other.person == one.person and other[:4] != one[:4])
        if other := next((other for other in mine if collide(one, other)), None):
            said = _("The roster has this person from {starts} to {ends} already.")
            yield Refusal(at, "starts", said.format(starts=other.starts, ends=other.ends))


def _wrong(at: int, one: NewStaff) -> list[Refusal]:
    if not one.days or set(one.days) - set(WEEK):
        return [Refusal(at, "days", _("Days of the week are digits from 1 (Monday) to 7."))]
    starts, ends = minute(one.starts), minute(one.ends)
    if starts is None or ends is None or starts == ends:
        return [Refusal(at, "starts", _("A shift does not end when it begins."))]
    if ends < starts and ends + DAY - starts > LONGEST_NIGHT:
        return [Refusal(at, "ends", _("A shift over midnight lasts at most 12 hours."))]
    return []


@use_case(MANAGE)
def end_staff(work: Work, staff: Sequence[int], day: date) -> Ended:
    """Let people be on a roster until a day, and no longer; who would begin later never does.

    A roster that ends sooner stays as it is.
    """
    query = select(Staff.id, Staff.since).where(
        bulk.among(work, Staff.id, staff), or_(Staff.until.is_(None), Staff.until > day)
    )
    begins = {row[0]: row[1] for row in work.session.execute(query)}
    coming = [key for key, since in begins.items() if since > day]
    ending = [key for key in begins if key not in coming]
    bulk.update_rows(work, Staff, coming, {"voided_at": work.now()})
    bulk.update_rows(work, Staff, ending, {"until": day})
    return Ended(len(ending), len(coming))


@use_case(MANAGE)
def state_numbers(work: Work, commune_code: str, numbers: Mapping[Kind, int], day: date) -> None:
    """Note how many venues of each kind a commune says it has."""
    if commune_code not in {one.code for one in communes(work)}:
        raise UserError(_("This is no commune of the district; a venue stands in one."))
    if any(number < 0 for number in numbers.values()):
        raise UserError(_("A commune has no fewer than 0 venues of a kind."))
    query = select(Stated).where(Stated.commune_code == commune_code, Stated.stated_on == day)
    there = {row.kind: row for row in work.session.scalars(query)}
    for kind, number in numbers.items():
        if kind in there:
            there[kind].number = number
        else:
            row = Stated(commune_code=commune_code, kind=kind, number=number, stated_on=day)
            work.session.add(row)
    work.session.flush()
