"""The papers that were made, batch by batch, with all that stands on them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import case, func, select

from admin_suite.core.clock import day_shown, here
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk
from admin_suite.db.settings import Setting, Words
from admin_suite.db.work import Work
from admin_suite.registry.names import whole_address
from admin_suite.registry.queries import commune_names
from modules.quarantine.codes import Document
from modules.quarantine.models import ClockEvent, Facility, HomeStay, Household, Issue
from modules.quarantine.permissions import SETTINGS
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of
from modules.quarantine.queries.beds import facilities
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.swabs import Swab, swabs
from modules.quarantine.rules.clock import Clock

ISSUER = Setting(
    "quarantine.issuer",
    N_("Who issues decisions of quarantine"),
    N_("The name of a unit, such as the People's Committee of the district; empty: our own."),
    Words(),
    "",
    SETTINGS,
)


class Batch(Struct, frozen=True):
    """Papers made in one act; ``open`` of them have no number yet."""

    number: int
    kind: Document
    papers: int
    open: int
    made_at: datetime
    first: str
    last: str


class IssueRow(Struct, frozen=True):
    """One paper: whom it is about, what it says, its number once it has one.

    ``home`` is the address of whoever was at home when it was made.
    """

    id: int
    kind: Document
    batch: int
    starts_on: date
    ends_on: date
    former_end: date | None
    number: str
    signed_on: date | None
    issued_at: datetime
    episode_id: int
    who: ArrivalRow
    clock: Clock | None
    swabs: Sequence[Swab]
    facility: str
    address: str
    unit_id: int | None
    home: str = ""


def batches(work: Work, kind: Document | None = None) -> list[Batch]:
    """The batches of papers, the newest first."""
    query = (
        select(
            Issue.batch,
            Issue.kind,
            func.count(),
            func.sum(case((Issue.number == "", 1), else_=0)),
            func.min(Issue.issued_at),
            func.min(Issue.number),
            func.max(Issue.number),
        )
        .group_by(Issue.batch, Issue.kind)
        .order_by(Issue.batch.desc())
    )
    if kind is not None:
        query = query.where(Issue.kind == kind)
    return [Batch(*row) for row in work.session.execute(query)]


def batch_choices(work: Work, kind: Document) -> list[tuple[str, str]]:
    """The batches of a kind as a form offers them."""
    said = _("{n} papers of {day}")
    return [
        (str(one.number), said.format(n=one.papers, day=day_shown(here(one.made_at).date())))
        for one in batches(work, kind)
    ]


def facility_choices(work: Work) -> list[tuple[str, str]]:
    """The facilities as a form offers them."""
    return [(one.code, one.name) for one in facilities(work)]


def issues(work: Work, batch: int, kind: Document | None = None) -> list[IssueRow]:
    """The papers of a batch in the order in which they were made; refused where there are none."""
    query = select(Issue).where(Issue.batch == batch).order_by(Issue.id)
    if kind is not None:
        query = query.where(Issue.kind == kind)
    rows = list(work.session.scalars(query))
    if not rows:
        raise UserError(_("There is no batch of papers with the number {n}.").format(n=batch))
    keys = [row.episode_id for row in rows]
    people = {who.id: who for who in arrivals_of(work, keys)}
    known = clocks(work, keys)
    tested = swabs(work, [who.person_id for who in people.values()])
    places, homes = _places(work), _homes(work, rows)
    return [
        replace(_row(row, people[row.episode_id], known, tested, places), home=home)
        for row, home in zip(rows, homes, strict=True)
    ]


def former_ends(work: Work, episodes: Sequence[int]) -> dict[int, date]:
    """The last day that each of these people was told before it moved for the last time."""
    query = (
        select(ClockEvent.episode_id, ClockEvent.old_end)
        .where(bulk.among(work, ClockEvent.episode_id, episodes), ClockEvent.old_end.is_not(None))
        .order_by(ClockEvent.id)
    )
    return {row[0]: row[1] for row in work.session.execute(query) if row[1] is not None}


def _row(
    row: Issue,
    who: ArrivalRow,
    known: Mapping[int, Clock],
    tested: Mapping[int, Sequence[Swab]],
    places: Mapping[str, tuple[str, str, int]],
) -> IssueRow:
    name, address, unit = places.get(who.facility, ("", "", None))
    return IssueRow(
        row.id,
        row.kind,
        row.batch,
        row.starts_on,
        row.ends_on,
        row.former_end,
        row.number,
        row.signed_on,
        row.issued_at,
        row.episode_id,
        who,
        known.get(row.episode_id),
        [
            one
            for one in tested.get(who.person_id, ())
            if row.starts_on <= one.taken_on <= row.ends_on and not one.pending
        ],
        name,
        address,
        unit,
    )


def _homes(work: Work, rows: Sequence[Issue]) -> list[str]:
    """Where each was at home when the paper was made; empty of whoever was elsewhere.

    Whoever has come home from a facility on the last day or later was quarantined there.
    """
    query = select(
        HomeStay.episode_id,
        HomeStay.starts_at,
        HomeStay.ends_at,
        Household.address,
        Household.commune_code,
    ).join(Household, Household.id == HomeStay.household_id)
    keys = [row.episode_id for row in rows]
    spans = list(work.session.execute(query.where(bulk.among(work, HomeStay.episode_id, keys))))
    names, found = commune_names(work), []
    for row in rows:
        there = [
            whole_address(address, names(code, row.starts_on.isoformat()))
            for key, since, until, address, code in spans
            if key == row.episode_id
            and since <= row.issued_at
            and here(since).date() < row.ends_on
            and (until is None or until > row.issued_at)
        ]
        found.append(there[-1] if there else "")
    return found


def _places(work: Work) -> dict[str, tuple[str, str, int]]:
    query = select(Facility.code, Facility.name, Facility.address, Facility.unit_id)
    return {row[0]: (row[1], row[2], row[3]) for row in work.session.execute(query)}
