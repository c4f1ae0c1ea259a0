"""Who was where: check-ins as lists carry them, who was at a venue then, a person's last stays."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Select, bindparam, select

from admin_suite.core.clock import midnight_of, stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.venues.codes import Ending, Means, Source, Way
from modules.venues.models import Checkin, Entrance, Staff, Stay, Venue
from modules.venues.models.visits import LONGEST_STAY
from modules.venues.rules.roster import Shift, presences

GUESSED = frozenset({Ending.CLOSING, Ending.USUAL, Ending.LIMIT})
FILTERS = ("venue", "day", "source", "means", "import")
DAY = timedelta(days=1)
MINUTE = 60
LONG_NUMBER = 9  # digits
# plain columns: the ORM would look at each line of a market's hour once more
S, P, V, D = Stay.__table__.c, Person.__table__.c, Venue.__table__.c, Staff.__table__.c


class CheckinRow(Struct, frozen=True):
    """One check-in, field by field as exports carry it."""

    id: int
    venue: str
    place: str
    entrance: int | None
    t_in: str
    t_out: str
    person_id: int
    name: str
    dob: str
    sex: Sex | None
    phone: str
    id_no: str
    commune_code: str
    address: str
    means: Means
    source: Source
    temperature: float | None
    mask: bool | None
    note: str


class Visit(NamedTuple):
    """Somebody's stay at a venue, as far as it lies in the time asked for.

    Moments are kept in seconds since 1970 and made when they are wanted: of the hundreds who were
    at a market in an hour, a page shows a screenful.
    """

    person_id: int
    name: str
    phone: str
    venue_id: int
    venue: str
    t_in: int
    t_out: int
    earliest: int
    latest: int
    ending: Ending

    @property
    def start(self) -> datetime:
        """When it began."""
        return moment(self.t_in)

    @property
    def end(self) -> datetime:
        """When it ended, as is noted or assumed; ``ending`` says where that is from."""
        return moment(self.t_out)

    @property
    def least(self) -> datetime:
        """The earliest end it can have had."""
        return moment(self.earliest)

    @property
    def most(self) -> datetime:
        """The latest end it can have had."""
        return moment(self.latest)

    @property
    def minutes(self) -> int:
        """How long it was."""
        return (self.t_out - self.t_in) // MINUTE


def checkins(work: Work, where: Mapping[str, str]) -> list[CheckinRow]:
    """The check-ins, narrowed by fields, in order of time."""
    unknown = sorted(where.keys() - set(FILTERS))
    if unknown:
        said = _("Check-ins cannot be chosen by “{field}”; choose by one of: {fields}.")
        raise UserError(said.format(field=unknown[0], fields=", ".join(FILTERS)))
    query = _lines().order_by(Checkin.at, Checkin.id)
    for name, value in where.items():
        query = query.where(_chosen(name, value))
    rows = work.session.execute(query).all()
    work.saw(Person.__tablename__, sorted({row.person_id for row in rows}))
    return [_row(row) for row in rows]


def _chosen(name: str, value: str) -> Any:
    if name == "venue":
        return Venue.number == value
    if name == "day":
        start, end = _day(value)
        return (Checkin.at < end) & (Checkin.until >= start)
    if name == "import":
        if not value.isdecimal() or len(value) > LONG_NUMBER:
            raise UserError(_("“{text}” is no number of an import.").format(text=value))
        return Checkin.import_id == int(value)
    kind = Source if name == "source" else Means
    return getattr(Checkin, name) == kind.read(value)


def _day(text: str) -> tuple[int, int]:
    try:
        start = midnight_of(date.fromisoformat(text))
    except ValueError:
        raise UserError(
            _("“{text}” is no day; write it as 2021-08-13.").format(text=text)
        ) from None
    return seconds(start), seconds(start + DAY)


def _lines() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Checkin.id,
        Venue.number.label("venue"),
        Venue.name.label("place"),
        Entrance.number.label("entrance"),
        Checkin.at,
        Checkin.until,
        Checkin.way,
        Checkin.person_id,
        Person.name,
        Person.dob,
        Person.sex,
        Person.phone,
        Person.id_no,
        Person.commune_code,
        Person.address,
        Checkin.means,
        Checkin.source,
        Checkin.temperature,
        Checkin.mask,
        Checkin.note,
    )
    return (
        select(*columns)
        .join(Venue, Venue.id == Checkin.venue_id)
        .join(Person, Person.id == Checkin.person_id)
        .outerjoin(Entrance, Entrance.id == Checkin.entrance_id)
    )


def _row(row: Any) -> CheckinRow:
    fields = dict(row._mapping)  # noqa: SLF001 - the public way to a row's columns by name
    at, until, way = fields.pop("at"), fields.pop("until"), fields.pop("way")
    came = "" if way is Way.OUT else stamp(moment(at))
    left = "" if way is Way.IN else stamp(moment(until))
    return CheckinRow(**fields, t_in=came, t_out=left)


def present(work: Work, venue_id: int, since: datetime, until: datetime) -> list[Visit]:
    """Who was at a venue between two moments, those who came first first; a walk along an index.

    Whoever is on the roster was there too, at the hours of the shift where no check-in says others.
    """
    start, end = seconds(since), seconds(until)
    given = {"venue": venue_id, "first": start - LONGEST_STAY, "start": start, "end": end}
    found = _visited(work, _present(), given)
    duty = on_duty(work, venue_id, since, until)
    if not duty:
        return found
    noted = _stays_on_duty(work, venue_id, duty)
    there = {(one.person_id, one.t_in): one for one in _with_duty(found, duty, noted)}
    inside = (one for one in there.values() if one.t_in < end and one.t_out >= start)
    return sorted(inside, key=lambda one: (one.t_in, one.t_out, one.person_id))


def _with_duty(
    found: Sequence[Visit], duty: Sequence[Visit], noted: Sequence[Visit]
) -> Iterator[Visit]:
    """Visits and shifts as one: a stay of unknown end lasts as long as the shift it is in.

    A way out alone ends a shift that began with the roster; ``noted`` are all stays of those on
    duty around their shifts.
    """
    of_shifts: set[tuple[int, int]] = set()
    for shift in duty:
        mine = [
            one
            for one in noted
            if one.person_id == shift.person_id
            and one.t_in <= shift.t_out
            and one.t_out >= shift.t_in
        ]
        of_shifts.update((one.person_id, one.t_in) for one in mine)
        yield from _as_noted(shift, mine) if mine else (shift,)
    yield from (one for one in found if (one.person_id, one.t_in) not in of_shifts)


def _as_noted(shift: Visit, mine: Sequence[Visit]) -> list[Visit]:
    """A shift of which check-ins say when."""
    made = list(mine)
    if made[0].ending is Ending.BACKWARDS:
        made[0] = made[0]._replace(t_in=min(shift.t_in, made[0].t_in))
    for place, (one, later) in enumerate(zip(made, (*made[1:], shift), strict=True)):
        until = shift.t_out if later is shift else min(shift.t_out, later.t_in)
        if one.ending in GUESSED and one.t_out < until:
            most = max(one.latest, until)
            made[place] = one._replace(t_out=until, latest=most, ending=Ending.ROSTER)
    return made


def on_duty(work: Work, venue_id: int, since: datetime, until: datetime) -> list[Visit]:
    """Who works at a venue and was on duty between two moments."""
    rows = work.session.execute(_roster(), {"venue": venue_id}).all()
    work.saw(Person.__tablename__, sorted({row[0] for row in rows}))
    known = {row[0]: row[6:] for row in rows}
    found = []
    for person, start, end in presences([Shift(*row[:6]) for row in rows], since, until):
        name, phone, venue = known[person]
        left = seconds(end)
        times = (seconds(start), left, left, left)
        found.append(Visit(person, name, phone, venue_id, venue, *times, Ending.ROSTER))
    return found


def last_stays(work: Work, person_id: int, most: int = 10) -> list[Visit]:
    """Where somebody was last, the latest first."""
    return _visited(work, _last(), {"person": person_id, "most": most})


def _stays_on_duty(work: Work, venue_id: int, duty: Sequence[Visit]) -> list[Visit]:
    """The stays at a venue of those who are on duty, around their shifts."""
    low, high = min(one.t_in for one in duty), max(one.t_out for one in duty)
    query = _visits().where(
        S.venue_id == venue_id,
        bulk.among(work, S.person_id, {one.person_id for one in duty}),
        S.t_in.between(low - LONGEST_STAY, high),
        S.t_out >= low,
    )
    return _visited(work, query.order_by(S.t_in), {})


# each question is made once: to make one anew costs more than to ask it


@cache
def _present() -> Select[Any]:
    """The stays at a venue between two moments: a walk along an index, for no stay is longer."""
    return (
        _visits()
        .where(
            S.venue_id == bindparam("venue"),
            S.t_in > bindparam("first"),
            S.t_in < bindparam("end"),
            S.t_out >= bindparam("start"),
        )
        .order_by(S.t_in, S.t_out, S.person_id)  # as the index has them
    )


@cache
def _last() -> Select[Any]:
    """The latest stays of a person."""
    query = _visits().where(S.person_id == bindparam("person"))
    return query.order_by(S.t_in.desc(), S.id.desc()).limit(bindparam("most"))


@cache
def _roster() -> Select[Any]:
    """Who works at a venue, and when."""
    columns: tuple[Any, ...] = (
        D.person_id,
        D.days,
        D.starts,
        D.ends,
        D.since,
        D.until,
        P.name,
        P.phone,
        V.name,
    )
    return (
        select(*columns)
        .join_from(Staff.__table__, Person.__table__, P.id == D.person_id)
        .join(Venue.__table__, V.id == D.venue_id)
        .where(D.venue_id == bindparam("venue"), D.voided_at.is_(None))
    )


def _visits() -> Select[Any]:
    columns: tuple[Any, ...] = (
        S.person_id,
        P.name,
        P.phone,
        S.venue_id,
        V.name,
        S.t_in,
        S.t_out,
        S.least,
        S.most,
        S.ending,
    )
    query = select(*columns).join_from(Stay.__table__, Person.__table__, P.id == S.person_id)
    return query.join(Venue.__table__, V.id == S.venue_id)


def _visited(work: Work, query: Select[Any], given: Mapping[str, int]) -> list[Visit]:
    rows = work.session.execute(query, given).all()
    work.saw(Person.__tablename__, sorted({row[0] for row in rows}))
    return list(map(Visit._make, rows))


def live(work: Work) -> dict[int, int]:
    """How many people are at each venue now; whoever is on duty is there as in the list."""
    now = seconds(work.now())
    query = (  # by way of the venues: the index begins with them, and nobody reads all stays
        select(S.venue_id, S.person_id)
        .join_from(Venue.__table__, Stay.__table__, S.venue_id == V.id)
        .where(S.t_in > now - LONGEST_STAY, S.t_in <= now, S.t_out > now)
    )
    inside: dict[int, set[int]] = {}
    for venue, person in work.session.execute(query):
        inside.setdefault(venue, set()).add(person)
    duty = _nameless_duty(work)
    noted = _nameless_stays(work, duty)
    for venue in {one.venue_id for one in duty}:
        mine, stays = ([one for one in of if one.venue_id == venue] for of in (duty, noted))
        there = (one for one in _with_duty((), mine, stays) if one.t_in <= now < one.t_out)
        inside.setdefault(venue, set()).update(one.person_id for one in there)
    return {venue: len(people) for venue, people in inside.items()}


def _nameless_duty(work: Work) -> list[Visit]:
    """Everybody who is on duty anywhere now, without a name: to be counted."""
    now, shifts = work.now(), dict[int, list[Shift]]()
    columns = (D.person_id, D.days, D.starts, D.ends, D.since, D.until)
    query = select(D.venue_id, *columns).where(D.voided_at.is_(None))
    for venue, *said in work.session.execute(query):
        shifts.setdefault(venue, []).append(Shift._make(said))
    found = []
    for venue, several in shifts.items():
        for person, start, end in presences(several, now, now + timedelta(seconds=1)):
            left = seconds(end)
            times = (seconds(start), left, left, left)
            found.append(Visit(person, "", "", venue, "", *times, Ending.ROSTER))
    return found


def _nameless_stays(work: Work, duty: Sequence[Visit]) -> list[Visit]:
    """The stays of those on duty around their shifts, without a name."""
    if not duty:
        return []
    low, high = min(one.t_in for one in duty), max(one.t_out for one in duty)
    query = select(S.person_id, S.venue_id, S.t_in, S.t_out, S.least, S.most, S.ending).where(
        bulk.among(work, S.person_id, {one.person_id for one in duty}),
        S.t_in.between(low - LONGEST_STAY, high),
        S.t_out >= low,
    )
    rows = work.session.execute(query.order_by(S.t_in))
    return [Visit(row[0], "", "", row[1], "", *row[2:]) for row in rows]


def seconds(when: datetime) -> int:
    """A moment in seconds since 1970."""
    return int(when.timestamp())


def moment(at: int) -> datetime:
    """Seconds since 1970 as a moment."""
    return datetime.fromtimestamp(at, UTC)
