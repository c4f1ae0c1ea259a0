"""The list of check-ins: a venue's own log or the national platform's export."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from msgspec.structs import replace

from admin_suite.core.clock import ZONE, day_shown, midnight_of
from admin_suite.core.i18n import N_, _
from admin_suite.excel import titles
from admin_suite.excel.sheet import Afterwards, Column, Field, Review, Sheet, Table, Wrong
from admin_suite.registry.names import fold
from admin_suite.registry.reading import wordings
from admin_suite.registry.reading.again import keys_within
from admin_suite.registry.reading.columns import OTHERS, PERSON_COLUMNS, tidied
from admin_suite.registry.reading.days import Moment, written
from admin_suite.registry.reading.people import people
from admin_suite.registry.sheets import PERSON_FIELDS
from modules.venues import checks, service
from modules.venues.codes import Means, Reason, Source, Way
from modules.venues.formats import checkins as words
from modules.venues.formats import heads
from modules.venues.formats.checkins import Scan, Span
from modules.venues.formats.places import Places, called
from modules.venues.permissions import NOTE, VISITS
from modules.venues.queries import visits
from modules.venues.queries.places import places
from modules.venues.rules.limits import MINUTE
from modules.venues.service import NewCheckin
from modules.venues.sheets.noted import means_of, name_everybody

READ = {"name", "male", "female", "birth_day", "birth_month", "birth_year", "age"}
PERSONS = {column.field: column for column in PERSON_COLUMNS}
PLACES = ("address", "hamlet", "commune", "district", "province", "commune_code")
FAR, SOME = timedelta(days=92), 500  # from the day that most rows of a list have; rows
MOST = 1_048_575  # what a worksheet of Excel holds below its heading: a month of a busy district
COLUMNS = (
    Column(
        "t_in",
        N_("Time in"),
        words.IN_WORDS,
        words.came,
        required=True,
        dates=True,
        note=N_("Day and hour: 08:30 13/08/2021; both ways in one cell are read too."),
        usual=words.moments_of_most,
    ),
    Column(
        "t_out",
        N_("Time out"),
        words.OUT_WORDS,
        words.left,
        dates=True,
        usual=words.moments_of_most,
    ),
    Column("day", N_("Day of the visit"), words.DAY_WORDS, words.day, dates=True, offered=False),
    Column("way", N_("In or out"), words.WAY_WORDS, words.way, choices=Way, offered=False),
    Column(
        "code",
        N_("Venue code or scanned text"),
        words.CODE_WORDS,
        words.place,
        note=N_("What the scanner read, the number on the poster, or the name of the venue."),
    ),
    Column(
        "place",
        N_("Name of the venue"),
        words.PLACE_WORDS,
        tidied,
        offered=False,
        beside=("code",),
    ),
    Column("entrance", N_("Entrance"), words.ENTRANCE_WORDS, words.entrance, offered=False),
    replace(
        PERSONS["name"],
        aliases=(*wordings.NAME, *words.NAME_WORDS),
        read=words.person,
    ),
    *(column for column in PERSON_COLUMNS if column.field not in READ),
    Column("means", N_("Means"), words.MEANS_WORDS, words.means, choices=Means),
    Column("source", N_("Known from"), words.SOURCE_WORDS, words.source, offered=False),
    Column("temperature", N_("Temperature"), words.TEMPERATURE_WORDS, words.temperature),
    Column("mask", N_("Mask"), words.MASK_WORDS, words.mask),
    Column("note", N_("Note"), words.NOTE_WORDS, tidied),
)
Times = tuple[str, str]


def checkins(table: Table) -> list[NewCheckin | None]:
    """The check-ins of a list; each has a time, a venue, and a name or at least a telephone."""
    times = _times(table)
    scans = _venues(table, times)
    cards = name_everybody(table)
    persons = people(table)
    if not any(table.has(name) for name in PLACES):
        # the commune of a venue's log is not where its visitors live
        persons = [
            one._replace(commune_code="") if one and one.commune_code else one for one in persons
        ]
    usual = words.source_of(f"{table.about.title} {table.about.place}") or Source.VENUE
    signed = {at for at, scan in enumerate(scans) if scan is not None and scan.code is not None}
    rows = zip(
        persons,
        scans,
        times,
        _doors(table, scans),
        means_of(table, cards, signed, usual),
        table.column("source", usual),
        table.column("temperature"),
        table.column("mask"),
        table.column("note", ""),
        strict=True,
    )
    return [
        None
        if person is None or scan is None
        else NewCheckin(person, scan.number, start, end, scan.entrance or door, scan.issue, *beside)
        for person, scan, (start, end), door, *beside in rows
    ]


def _times(table: Table) -> list[Times]:
    """The way in and the way out of each row, as FHIR writes them."""
    ways = _ways(table)
    columns = (table.column("t_in"), table.column("t_out"), table.column("day"))
    year = table.about.year
    above = table.above(lambda line: _day_of(heads.day_line(line), year))
    unread = {remark.at for remark in table.refused if remark.field in {"t_in", "t_out", "day"}}
    found: list[Times] = []
    before = ""  # when somebody came by the last row that says the day itself
    for at, (start, end, day, way) in enumerate(zip(*columns, ways, strict=True)):
        first, last = start if isinstance(start, Span) else (start, end)
        if way is Way.OUT and last is None:
            first, last = None, first
        known = day or above[at] or table.about.day
        first = _after_noon(table, at, first, (known, before))
        known = known or _as_above(table, at, first, before)
        when = ("", "") if at in unread else _written(table, at, (first, last), known)
        found.append(when)
        before = when[0] or before
    _refuse_impossible(table, found, unread)
    return found


def _day_of(line: str, year: int) -> date | None:
    return titles.day_of([line]) or titles.day_alone(line, year)


def _ways(table: Table) -> list[Way | None]:
    """Whether each row notes a way in or out; words that say neither are said where others do."""
    told = table.column("way")
    ways = [one if isinstance(one, Way) else None for one in told]
    for at, one in enumerate(told if any(ways) else ()):
        if one and ways[at] is None:
            said = _("“{words}” says neither in nor out; it is taken for a way in.")
            table.warn(at, "way", "WAY_UNKNOWN", said.format(words=one))
    return ways


def _after_noon(
    table: Table, at: int, first: Moment | None, around: tuple[date | None, str]
) -> Moment | None:
    """A way in of the small hours below a row of noon, of the same day or of none: afternoon."""
    known, before = around
    same_day = bool(before) and (known is None or known.isoformat() == before[:10])
    later = words.afternoon(first, before) if first and same_day else None
    if first is None or first.hour is None or later is None:
        return first
    said = _("The way in, {time}, is before that of the row above; it was taken for {taken}.")
    whole = said.format(time=f"{first.hour:%H:%M}", taken=f"{later:%H:%M}")
    table.warn(at, "t_in", "IN_AFTERNOON", whole)
    return first._replace(hour=later)


def _as_above(table: Table, at: int, first: Moment | None, before: str) -> date | None:
    """The day of the row above, for a row of its hour or a later one that says none itself.

    An earlier hour may be of the next day, so nobody supposes anything of it.
    """
    if first is None or first.day or first.hour is None or not before:
        return None
    if before[11:] > first.hour.isoformat("minutes"):
        return None
    day = date.fromisoformat(before[:10])
    said = _("The day of this row is missing; it is taken to be that of the row above, {day}.")
    table.warn(at, "t_in", "DAY_AS_ABOVE", said.format(day=day_shown(day)))
    return day


def _written(
    table: Table, at: int, both: tuple[Moment | None, Moment | None], day: date | None
) -> Times:
    """Both ways of a row; refused where the day or the hour of the visit is missing."""
    first, last = both
    on = (first.day if first else None) or day or (last.day if last else None)
    code, said = "", ""
    if first is None and last is None:
        code, said = "NO_TIME", _("The time of the visit is missing.")
    elif on is None:
        code, said = "NO_DATE", _("The day of the visit is missing.")
    elif (first or last or Moment(None, None)).hour is None:
        code = "NO_TIME"
        said = _("The hour of the visit is missing; a day alone tells nobody who met whom.")
    if code or on is None:
        table.refuse(at, "t_in", code, said)
        return "", ""
    start = written(on, first.hour) if first else ""
    if last is None or last.hour is None:
        return start, ""
    if last.day is not None or first is None:
        return start, written(last.day or on, last.hour)
    return start, _left_at(table, at, (first, last.hour), on)


def _left_at(table: Table, at: int, both: tuple[Moment, time], on: date) -> str:
    """The way out of which only the hour was written."""
    later, hour, supposed = words.out_on(*both)
    if supposed:
        said = _("The way out, {time}, is before the way in; it was taken for {taken}.")
        if later:
            said = _("The way out, {time}, is before the way in; it was taken for the next day.")
        whole = said.format(time=f"{both[1]:%H:%M}", taken=f"{hour:%H:%M}")
        table.warn(at, "t_out", f"OUT_{supposed}", whole)
    return written(on + timedelta(days=later), hour)


def _refuse_impossible(table: Table, times: Sequence[Times], unread: set[int]) -> None:
    world = table.about.world if isinstance(table.about.world, Places) else Places()
    if world.now is None or world.limits is None:
        return
    latest = (world.now + timedelta(seconds=world.limits.ahead * MINUTE)).astimezone(ZONE)
    limit = latest.isoformat()[:16]
    early, late = _near(times)
    for at, (start, end) in enumerate(times):
        if at in unread:
            continue
        if not early <= (start or end or early) <= late:
            said = _("This day is far from the others of the list. Is the clock or the year right?")
            table.warn(at, "t_in" if start else "t_out", "FAR_DAY", said)
        if max(start, end) > limit:
            name = "t_in" if start > limit else "t_out"
            table.refuse(at, name, "FUTURE_DATE", _("This time is still to come."))
        elif start and end and end < start:
            table.refuse(at, "t_out", "OUT_BEFORE_IN", _("The way out is before the way in."))


def _near(times: Sequence[Times]) -> tuple[str, str]:
    """From when until when a day is near those of most rows; a few hundred rows tell it."""
    some = sorted(filter(None, (start or end for start, end in times[:: len(times) // SOME + 1])))
    if not some:
        return "", ""
    middle = date.fromisoformat(some[len(some) // 2][:10])
    return (middle - FAR).isoformat(), (middle + FAR).isoformat()


def _venues(table: Table, times: Sequence[Times]) -> list[Scan | None]:
    """The venue of each row: as the row says, else the line above the group, else the head."""
    about = table.about
    # whoever sends the log may be a venue as well, with a longer name
    near = heads.venue_in("\n".join((about.title, about.place)), about)
    title = near or heads.venue_in("\n".join((about.head, about.sender)), about)
    above = table.above(partial(heads.venue_in, about=about))
    refused = {remark.at for remark in table.refused if remark.field == "code"}
    found: list[Scan | None] = []
    _compare_names(table)
    for at, told in enumerate(table.column("code")):
        scan = _by_name(table, at, told) if isinstance(told, Wrong) else told
        if isinstance(told, Wrong) and scan is None:
            found.append(None)
            continue
        known = scan or above[at] or title
        if known is None and at not in refused:
            said = _("Neither this row nor the title says at which venue this was.")
            table.refuse(at, "code", "NO_VENUE", said)
        if scan is not None:
            _judge(table, at, scan, times[at])
        found.append(known)
    return found


def _by_name(table: Table, at: int, why: Wrong) -> Scan | None:
    """The venue of a row with somebody else's code, by the name that stands beside it."""
    world = table.about.world if isinstance(table.about.world, Places) else Places()
    name = table.column("place", "")[at]
    numbers = world.named.get(called(name), ())
    if len(numbers) != 1:
        table.refuse(at, "code", why.code, str(why))
        return None
    said = _("{why} The venue is taken by its name, “{name}”.")
    table.warn(at, "code", "VENUE_BY_NAME", said.format(why=why, name=name))
    return Scan(numbers[0])


def _doors(table: Table, scans: Sequence[Scan | None]) -> list[int]:
    """The entrance that each row names; a name that its venue has not is said and left out."""
    if not table.has("entrance"):
        return [0] * len(scans)
    found = []
    for at, (gate, scan) in enumerate(zip(table.column("entrance"), scans, strict=True)):
        door = words.door_of(gate, scan.number, table.about) if scan else 0
        if door is None:
            said = _("The venue has no entrance of this name; it was left out.")
            table.warn(at, "entrance", "ENTRANCE_UNKNOWN", said)
        found.append(door or 0)
    return found


def _compare_names(table: Table) -> None:
    """Say where a list calls a venue otherwise: another unit's numbers may name ours."""
    world = table.about.world if isinstance(table.about.world, Places) else Places()
    for at, (scan, name) in enumerate(
        zip(table.column("code"), table.column("place"), strict=True)
    ):
        if not isinstance(scan, Scan) or not name or scan.code is not None:
            continue
        if scan.number not in world.named.get(called(name), ()):
            said = _("The list calls this venue “{name}”; here {number} is another one.")
            table.warn(at, "code", "OTHER_NAME", said.format(name=name, number=scan.number))


def _judge(table: Table, at: int, scan: Scan, when: Times) -> None:
    """Refuse what was scanned after its code was revoked, or before it counted."""
    code, moment = scan.code, when[0] or when[1]
    if code is None or not moment:
        return
    at_moment = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    if code.revoked_at is not None and at_moment >= code.revoked_at:
        table.refuse(at, "code", Reason.REVOKED.value, Reason.REVOKED.word)
    elif at_moment < midnight_of(code.valid_from):
        table.refuse(at, "code", Reason.NOT_YET_VALID.value, Reason.NOT_YET_VALID.word)
    elif not code.newest and code.revoked_at is None:
        said = _("A newer code was issued for this entrance; the old one still tells the place.")
        table.warn(at, "code", Reason.SUPERSEDED.value, said)


def _review(review: Review[NewCheckin]) -> None:
    """A row that says again what another says is one check-in."""
    known: dict[tuple[object, ...], int] = {}
    for at, one in enumerate(review.items):
        who = one.person.phone or one.person.id_no or one.person.dob
        key = (fold(one.person.name), who, one.venue, one.t_in, one.t_out)
        first = known.setdefault(key, at)
        if first != at:
            review.merge(at, first, review.items[first])


CHECKINS = Sheet(
    name="venues.checkins",
    title=N_("Check-ins at venues"),
    kind=NewCheckin,
    columns=COLUMNS,
    items=checkins,
    review=_review,
    context=places,
    most_rows=MOST,
    portion=MOST // 2,  # each computes the days around it anew
    store=service.note_checkins,
    check=checks.wrong_checkins,
    rows=visits.checkins,
    permission=VISITS,
    afterwards=Afterwards(
        permission=NOTE,
        keys=lambda cells: keys_within(cells, ("t_in", "venue")),
        check=checks.uncorrectable_checkins,
        change=service.correct_checkins,
        withdraw=service.withdraw_checkins,
    ),
    fields=(
        Field("venue", N_("Number of the venue"), 9),
        Field("place", N_("Name of the venue"), 30),
        Field("entrance", N_("Entrance"), 8, nothing=None),
        Field("t_in", N_("Time in"), 17),
        Field("t_out", N_("Time out"), 17),
        *PERSON_FIELDS,
        Field("address", N_("Address"), 32),
        Field("means", N_("Means"), 18),
        Field("source", N_("Known from"), 22),
        Field("temperature", N_("Temperature"), 9, nothing=None),
        Field("mask", N_("Mask"), 8, nothing=None),
        Field("note", N_("Note"), 20),
    ),
    ignored=(
        *(one for one in OTHERS if one not in {"Ghi chú", "Địa điểm", "Nơi đến"}),
        *words.NOT_OURS,
    ),
    example={
        "t_in": "08:30 13/08/2021",
        "t_out": "09:10 13/08/2021",
        "code": "00001A",
        "name": "Lý Thị Mẩy",
        "phone": "0912345678",
        "means": Means.TYPED,
        "temperature": "36,5",
        "mask": "x",
    },
)
