"""What is asked of the register of venues; answers are plain rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk, keys
from admin_suite.db.work import Work
from admin_suite.registry.names import fold
from admin_suite.registry.queries import commune_names, own_unit
from modules.venues.codes import Kind, Reason, Standing
from modules.venues.formats.doors import joined_labels
from modules.venues.models import Entrance, Issue, Venue
from modules.venues.rules.marks import Marked, genuine, payload, scanned, typed

PURPOSE = "venues"  # of the keys that sign codes
FILTERS = ("number", "kind", "commune_code", "standing", "name", "phone")


class VenueRow(Struct, frozen=True):
    """One venue, field by field as exports carry it."""

    id: int
    number: str
    name: str
    kind: Kind
    commune_code: str
    commune: str
    address: str
    keeper: str
    phone: str
    entrances: int
    opens: str
    closes: str
    capacity: int | None
    plate: str
    national: str
    standing: Standing
    note: str
    uid: str
    coded: int  # entrances that have a code in force
    labels: str  # the names of the entrances in their order

    @property
    def is_open(self) -> bool:
        """Whether people can go there now."""
        return self.standing is Standing.OPEN

    @property
    def needs_codes(self) -> bool:
        """Whether posters are wanted: of a place that is closed for good none are."""
        return self.standing is not Standing.CLOSED


class EntranceRow(Struct, frozen=True):
    """One entrance and the code that is in force for it; without one nothing was issued yet."""

    id: int
    venue_id: int
    venue: str
    number: str
    entrance: int
    label: str
    issue_id: int | None
    issue: int | None
    key: int | None
    valid_from: date | None
    revoked_at: datetime | None
    handed_on: date | None
    posted_on: date | None
    seen_on: date | None
    handed_to: str | None
    issued_at: datetime | None

    @property
    def is_bare(self) -> bool:
        """Whether it has no code in force."""
        return self.issue is None or self.revoked_at is not None

    @property
    def words(self) -> str:
        """Its number, and its name if it has one."""
        return entrance_words(self.entrance, self.label)


def entrance_words(number: int, label: str) -> str:
    """An entrance as people are told of it."""
    said = _("Entrance {n}: {label}") if label else _("Entrance {n}")
    return said.format(n=number, label=label)


class Verdict(Struct, frozen=True):
    """What a scanned text is: the code of an entrance, and why it does not count if so.

    ``venue`` is told of every genuine code, for an old one still says where somebody was.
    """

    valid: bool
    reason: Reason | None
    venue: VenueRow | None = None
    entrance: int | None = None
    label: str = ""
    issue: int | None = None
    entrance_id: int | None = None


def venues(work: Work, where: Mapping[str, str]) -> list[VenueRow]:
    """The venues of the register, narrowed by fields; in the order of communes and names."""
    unknown = sorted(where.keys() - set(FILTERS))
    if unknown:
        said = _("Venues cannot be chosen by “{field}”; choose by one of: {fields}.")
        raise UserError(said.format(field=unknown[0], fields=", ".join(FILTERS)))
    query = select(Venue.id).order_by(Venue.commune_code, Venue.sorted, Venue.id)
    for name, value in where.items():
        if name == "name":
            query = query.where(Venue.folded == fold(value))
        elif name in {"kind", "standing"}:
            code = (Kind if name == "kind" else Standing).read(value)
            query = query.where(getattr(Venue, name) == code)
        else:
            wanted = typed(value) if name == "number" else value
            query = query.where(getattr(Venue, name) == wanted)
    return venue_rows(work, list(work.session.scalars(query)))


def first_venues(work: Work, count: int) -> list[VenueRow]:
    """The first few venues, for a preview of how they leave."""
    return venue_rows(work, list(work.session.scalars(select(Venue.id).limit(count))))


def venue_rows(work: Work, ids: Sequence[int]) -> list[VenueRow]:
    """These venues, in this order."""
    names, labels = commune_names(work), _labels(work, ids)
    found: dict[int, VenueRow] = {}
    query = _rows().where(bulk.among(work, Venue.id, ids))
    for said in work.session.execute(query).mappings():
        fields = dict(said)
        commune = names(fields["commune_code"], fields.pop("placed_on"))
        found[said["id"]] = VenueRow(**fields, commune=commune, labels=labels.get(said["id"], ""))
    return [found[key] for key in ids if key in found]


def _labels(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """What the entrances of these venues are called, of those that have a name."""
    query = select(Entrance.venue_id, Entrance.number, Entrance.label).where(
        bulk.among(work, Entrance.venue_id, ids), Entrance.label != ""
    )
    found: dict[int, dict[int, str]] = {}
    for venue, number, label in work.session.execute(query):
        found.setdefault(venue, {})[number] = label
    return {
        venue: joined_labels([named.get(n, "") for n in range(1, max(named) + 1)])
        for venue, named in found.items()
    }


def in_force() -> ColumnElement[bool]:
    """That an issued code counts: the last that its entrance was given, and nobody revoked it."""
    later = aliased(Issue)
    newer = exists().where(later.entrance_id == Issue.entrance_id, later.number > Issue.number)
    return Issue.revoked_at.is_(None) & ~newer


def _rows() -> Select[Any]:
    counted = select(func.count(Entrance.id)).where(Entrance.venue_id == Venue.id).scalar_subquery()
    coded = (
        select(func.count(Issue.id))
        .join(Entrance, Entrance.id == Issue.entrance_id)
        .where(Entrance.venue_id == Venue.id, in_force())
        .scalar_subquery()
    )
    made = {"entrances": counted, "coded": coded}
    fields = (f for f in VenueRow.__struct_fields__ if f not in {"commune", "labels", *made})
    columns = (getattr(Venue, name) for name in fields)
    return select(*columns, Venue.placed_on, *(one.label(name) for name, one in made.items()))


def venue_of(work: Work, number: str) -> int | None:
    """The venue of a short number."""
    return work.session.scalar(select(Venue.id).where(Venue.number == number))


def entrance_rows(work: Work, venues: Sequence[int]) -> list[EntranceRow]:
    """The entrances of these venues with the newest code of each, in order."""
    newest = (
        select(Issue.entrance_id, func.max(Issue.number).label("number"))
        .group_by(Issue.entrance_id)
        .subquery()
    )
    columns: tuple[Any, ...] = (
        Entrance.id,
        Entrance.venue_id,
        Venue.name,
        Venue.number,
        Entrance.number,
        Entrance.label,
        Issue.id,
        Issue.number,
        Issue.key,
        Issue.valid_from,
        Issue.revoked_at,
        Issue.handed_on,
        Issue.posted_on,
        Issue.seen_on,
        Issue.handed_to,
        Issue.issued_at,
    )
    query = (
        select(*columns)
        .join(Venue, Venue.id == Entrance.venue_id)
        .outerjoin(newest, newest.c.entrance_id == Entrance.id)
        .outerjoin(Issue, (Issue.entrance_id == Entrance.id) & (Issue.number == newest.c.number))
        .where(bulk.among(work, Entrance.venue_id, venues))
        .order_by(Venue.commune_code, Venue.sorted, Venue.id, Entrance.number)
    )
    return [EntranceRow(*row) for row in work.session.execute(query)]


def alike(work: Work, named: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[VenueRow]]:
    """The venues that share a folded name and a commune with those asked for."""
    wanted = set(named)
    query = select(Venue.id).where(bulk.among(work, Venue.folded, {name for name, _code in wanted}))
    found: dict[tuple[str, str], list[VenueRow]] = {}
    for row in venue_rows(work, list(work.session.scalars(query))):
        key = (fold(row.name), row.commune_code)
        if key in wanted:
            found.setdefault(key, []).append(row)
    return found


def coded(work: Work, uids: Sequence[str]) -> dict[str, int]:
    """The venues of these record codes."""
    return bulk.existing(work, Venue, "uid", [uid for uid in uids if uid])


def venues_known(work: Work, uids: Sequence[str]) -> dict[str, tuple[int, Mapping[str, str]]]:
    """The venues of record codes: the id of each, and its cells as a list writes them."""
    ids = coded(work, uids)
    rows = {row.id: row for row in venue_rows(work, list(ids.values()))}
    return {uid: (key, cells(rows[key])) for uid, key in ids.items() if key in rows}


def cells(row: VenueRow) -> dict[str, str]:
    """What a list that was exported says of a venue, without empty cells."""
    said = {name: getattr(row, name) for name in CELLS}
    return {name: str(value) for name, value in said.items() if value not in {"", None}}


CELLS = (
    "name",
    "kind",
    "commune_code",
    "phone",
    "entrances",
    "labels",
    "address",
    "keeper",
    "opens",
    "closes",
    "capacity",
    "plate",
    "national",
    "standing",
    "note",
)


def texts(work: Work, doors: Sequence[EntranceRow]) -> list[str]:
    """The signed text of the code of each of these entrances; empty where none was issued."""
    site = own_unit(work).site
    secrets = {key.number: key.secret for key in keys.every(work, PURPOSE)}
    return [
        payload(Marked(site, door.number, door.entrance, door.issue, door.key), secrets[door.key])
        if door.issue is not None and door.key is not None
        else ""
        for door in doors
    ]


def verdict(work: Work, text: str) -> Verdict:
    """What a scanned text is worth at this moment; the signature is looked at first."""
    one = scanned(text)
    if one is None or one.said.site != own_unit(work).site:
        return Verdict(valid=False, reason=Reason.FOREIGN)
    key = keys.numbered(work, PURPOSE, one.said.key)
    if key is None or not genuine(one, key.secret):
        return Verdict(valid=False, reason=Reason.FORGED)
    said = one.said
    query = (
        select(Entrance.id, Entrance.label, Entrance.venue_id, Issue.valid_from, Issue.revoked_at)
        .join(Venue, Venue.id == Entrance.venue_id)
        .join(Issue, Issue.entrance_id == Entrance.id)
        .where(
            Venue.number == said.number,
            Entrance.number == said.entrance,
            Issue.number == said.issue,
        )
    )
    row = work.session.execute(query).one_or_none()
    if row is None:
        return Verdict(valid=False, reason=Reason.UNKNOWN_VENUE)
    entrance_id, label, venue_id, valid_from, revoked_at = row
    today = work.today()
    newest = select(func.max(Issue.number)).where(
        Issue.entrance_id == entrance_id, Issue.valid_from <= today
    )
    reason = None
    if revoked_at is not None:
        reason = Reason.REVOKED
    elif valid_from > today:
        reason = Reason.NOT_YET_VALID
    elif work.session.scalar(newest) != said.issue:
        reason = Reason.SUPERSEDED
    venue = venue_rows(work, [venue_id])[0]
    return Verdict(reason is None, reason, venue, said.entrance, label, said.issue, entrance_id)
