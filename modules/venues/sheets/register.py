"""The list of venues: the communes' registers in, the district's register out."""

from collections.abc import Hashable, Mapping, Sequence

from msgspec.structs import replace

from admin_suite.core.i18n import N_, _
from admin_suite.excel.identity import COLUMN, FIELD, identified
from admin_suite.excel.sheet import Afterwards, Column, Field, Review, Sheet, Table
from admin_suite.registry.names import fold
from admin_suite.registry.reading import wordings
from admin_suite.registry.reading.columns import PERSON_COLUMNS, tidied
from admin_suite.registry.reading.people import communes, world
from modules.venues import checks, queries, service
from modules.venues.codes import Kind, Standing
from modules.venues.formats import doors, hours
from modules.venues.formats import register as formats
from modules.venues.permissions import MANAGE, SEE
from modules.venues.service import NewVenue

PLACES = ("address", "hamlet", "district", "province", "commune_code")
ADDED = ("phone", "keeper", "opens", "closes", "capacity", "plate", "national", "note", "labels")
PERSONS = {column.field: column for column in PERSON_COLUMNS}
COLUMNS = (
    Column("name", N_("Name of the venue"), formats.NAME_WORDS, tidied, required=True),
    Column("kind", N_("Kind of place"), formats.KIND_WORDS, formats.kind, choices=Kind),
    replace(
        PERSONS["commune"],
        aliases=(*wordings.COMMUNE, *formats.COMMUNE_WORDS),
        offered=True,
    ),
    *(PERSONS[name] for name in PLACES),
    Column("keeper", N_("Person in charge"), formats.KEEPER_WORDS, tidied),
    replace(
        PERSONS["phone"],
        aliases=(*wordings.PHONE, *formats.PHONE_WORDS),
        read=formats.phone,
    ),
    Column(
        "entrances",
        N_("Entrances"),
        formats.ENTRANCE_WORDS,
        doors.told_entrances,
        note=N_("Each entrance gets a code of its own; empty means one."),
    ),
    Column(
        "labels",
        N_("Names of the entrances"),
        formats.LABEL_WORDS,
        doors.labels,
        note=N_("By their order, with a semicolon between."),
        offered=False,
    ),
    Column("opens", N_("Opens at"), formats.OPENS_WORDS, hours.opening),
    Column("closes", N_("Closes at"), formats.CLOSES_WORDS, hours.clock),
    Column("hours", N_("Opening hours"), formats.HOURS_WORDS, hours.hours, offered=False),
    Column("capacity", N_("Room for"), formats.CAPACITY_WORDS, formats.capacity),
    Column("plate", N_("Number plate"), formats.PLATE_WORDS, tidied, offered=False),
    Column(
        "national",
        N_("National code"),
        formats.NATIONAL_WORDS,
        formats.national,
        offered=False,
    ),
    Column(
        "standing",
        N_("State of the venue"),
        formats.STANDING_WORDS,
        formats.standing,
        offered=False,
    ),
    Column("note", N_("Note"), ("Ghi chú", "Chú thích"), tidied),
    COLUMN,
)


def venues(table: Table) -> list[NewVenue | None]:
    """The venues of a table; a place needs a name and a commune of ours."""
    names, standings = _standings(table)
    for at, name in enumerate(names):
        if not name:
            table.refuse(at, "name", "NO_NAME", _("The name of the venue is missing."))
    codes, addresses = communes(table)
    for at, code in enumerate(codes):
        if not code:
            said = _("This is no commune of the district; a venue stands in one.")
            table.refuse(at, "commune", "UNKNOWN_COMMUNE", said)
    above = table.above(formats.kind_above)
    kinds = [
        kind or formats.kind_of_name(name) or group or Kind.OTHER
        for kind, name, group in zip(table.column("kind"), names, above, strict=True)
    ]
    opens, closes = _hours(table)
    entrances, labels = _doors(table)
    items = map(
        NewVenue,
        names,
        kinds,
        codes,
        table.column("phone", ""),
        entrances,
        addresses,
        table.column("keeper", ""),
        opens,
        closes,
        table.column("capacity"),
        table.column("plate", ""),
        table.column("national", ""),
        standings,
        table.column("note", ""),
        labels,
    )
    return identified(table, list(items))


def _standings(table: Table) -> tuple[list[str], list[Standing]]:
    """The names, and whether people can go there: by its column, or in brackets behind a name."""
    names, standings = [], []
    for at, (name, told) in enumerate(
        zip(table.column("name", ""), table.column("standing"), strict=True)
    ):
        bare, beside = formats.standing_in(name)
        if beside is not None:
            said = _("“{name}”: what stands in brackets is kept as the state of the venue.")
            table.warn(at, "name", "STATE_IN_NAME", said.format(name=name))
        names.append(bare)
        standings.append(told or beside or Standing.OPEN)
    return names, standings


def _hours(table: Table) -> tuple[list[str], list[str]]:
    """When each venue opens and closes: told apart, in one cell, or both where it opens."""
    opens, closes = [], []
    columns = ("opens", ""), ("closes", ""), ("hours", ("", ""))
    for first, last, both in zip(*(table.column(*one) for one in columns), strict=True):
        begins, ends = first if isinstance(first, tuple) else (first, "")
        opens.append(begins or both[0])
        closes.append(last or ends or both[1])
    return opens, closes


def _doors(table: Table) -> tuple[list[int], list[str]]:
    """How many entrances each venue has and what they are called, told apart or in one cell."""
    counts, names = [], []
    told = table.column("entrances"), table.column("labels", "")
    for at, (count, labels) in enumerate(zip(*told, strict=True)):
        number, listed = count if isinstance(count, tuple) else (count, "")
        named = len(doors.written_labels(labels))
        counts.append(number or max(1, named))
        if named > counts[at]:
            said = _("{names} names are given for {n} entrances; they were left out.")
            table.warn(at, "labels", "LABELS_MORE", said.format(names=named, n=counts[at]))
            labels = ""  # noqa: PLW2901 - which of them is which door nobody knows
        names.append(labels or listed)
    return counts, names


def _review(review: Review[NewVenue]) -> None:
    """One place twice in a list is one; alike in all but the hamlet it may be two."""
    known: dict[tuple[str, str], list[int]] = {}
    for at, venue in enumerate(review.items):
        places = known.setdefault((fold(venue.name), venue.commune_code), [])
        first = next((k for k in places if checks.is_same(review.items[k], venue)), None)
        if first is not None:
            review.merge(at, first, _together(review.items[first], venue))
            continue
        if places:
            said = _("Another row has a venue of this name in the commune, at another address.")
            review.warn(at, "name", "SAME_NAME", said)
        places.append(at)


def _together(first: NewVenue, again: NewVenue) -> NewVenue:
    """The first as written, with what only the other row says."""
    said = {name: getattr(again, name) for name in ADDED if not getattr(first, name)}
    if checks.tells_hamlet(again) and not checks.tells_hamlet(first):
        said["address"] = again.address
    return first._replace(**said, entrances=max(first.entrances, again.entrances))


def _keys(cells: Mapping[str, str]) -> Sequence[Hashable | None]:
    name, commune = fold(cells.get("name", "")), cells.get("commune_code", "")
    phone, address = cells.get("phone", ""), fold(cells.get("address", ""))
    return (
        ("all", name, commune, address, phone),
        ("place", name, commune, address),
        ("phone", name, commune, phone) if phone else None,
        ("name", name, commune),
        ("renamed", commune, address, phone) if phone and address else None,
    )


VENUES = Sheet(
    name="venues.venues",
    title=N_("Venues"),
    kind=NewVenue,
    columns=COLUMNS,
    items=venues,
    review=_review,
    context=world,
    store=service.register,
    check=checks.wrong_venues,
    advise=checks.namesakes,
    rows=queries.venues,
    first=queries.first_venues,
    permission=SEE,
    afterwards=Afterwards(
        permission=MANAGE,
        keys=_keys,
        check=checks.uncorrectable,
        advise=checks.stays_that_stay,
        change=service.correct,
        withdraw=service.withdraw,
        by_uid=queries.venues_known,
    ),
    fields=(
        Field("number", N_("Number of the venue"), 9),
        Field("name", N_("Name of the venue"), 32),
        Field("kind", N_("Kind of place"), 20),
        Field("commune_code", N_("Commune code"), 8),
        Field("commune", N_("Commune"), 18),
        Field("address", N_("Address"), 32),
        Field("keeper", N_("Person in charge"), 22),
        Field("phone", N_("Telephone"), 12),
        Field("entrances", N_("Entrances"), 8),
        Field("labels", N_("Names of the entrances"), 24),
        Field("opens", N_("Opens at"), 8),
        Field("closes", N_("Closes at"), 8),
        Field("capacity", N_("Room for"), 8, nothing=None),
        Field("plate", N_("Number plate"), 12),
        Field("national", N_("National code"), 16),
        Field("standing", N_("State of the venue"), 14),
        Field("note", N_("Note"), 20),
        FIELD,
    ),
    ignored=formats.NOT_OURS,
    counted=formats.COUNTED,
    of_places=True,
    example={
        "name": "Quán phở Hoa Ban",
        "kind": Kind.RESTAURANT,
        "commune": "Phố Ràng",
        "address": "Tổ dân phố 3A",
        "keeper": "Lý Thị Mẫu",
        "phone": "0912345678",
        "entrances": "2",
        "opens": "06:00",
        "closes": "21:00",
        "capacity": "40",
    },
)
