"""What the verbs of venues ask before they write; the preview of an import asks the same."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from sqlalchemy import exists, func, select

from admin_suite.core.clock import day_shown, here
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.identity import twice
from admin_suite.excel.sheet import Change
from admin_suite.registry.names import fold
from modules.venues.formats.doors import written_labels
from modules.venues.models import Entrance, Issue, Stay, Venue
from modules.venues.queries import EntranceRow, alike, in_force, venue_rows
from modules.venues.rules.marks import ENTRANCES
from modules.venues.rules.stays import FOLLOWED

COMMUNE = re.compile(r"(?:xã|thị trấn|tt|phường|huyện|tỉnh)\b", re.IGNORECASE)


class Placed(Protocol):
    """What tells one venue from another."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def commune_code(self) -> str: ...  # noqa: D102
    @property
    def address(self) -> str: ...  # noqa: D102
    @property
    def phone(self) -> str: ...  # noqa: D102


class Registered(Placed, Protocol):
    """What is asked of a venue before it is stored."""

    @property
    def entrances(self) -> int: ...  # noqa: D102
    @property
    def labels(self) -> str: ...  # noqa: D102
    @property
    def uid(self) -> str: ...  # noqa: D102


def is_same(one: Placed, other: Placed) -> bool:
    """Whether two of one name and commune are one place: nothing speaks against it.

    One owner may have several places under one telephone, so a telephone alone says nothing.
    """
    if (fold(one.name), one.commune_code) != (fold(other.name), other.commune_code):
        return False
    homes = {_home(one.address), _home(other.address)} - {""}
    phones = {one.phone, other.phone} - {""}
    return len(homes) <= 1 and len(phones) <= 1


def _home(address: str) -> str:
    """An address as far as it tells the hamlet: what stands before the first comma.

    Where that is the commune already, no hamlet is told.
    """
    first = address.split(",", maxsplit=1)[0].strip()
    return "" if COMMUNE.match(first) else fold(first)


def tells_hamlet(one: Placed) -> bool:
    """Whether the address of a venue says more than its commune."""
    return bool(_home(one.address))


def namesakes(work: Work, venues: Sequence[Registered]) -> list[Refusal]:
    """Which of these venues the register has by that name in that commune, at another place."""
    there = alike(work, [(fold(venue.name), venue.commune_code) for venue in venues])
    known: list[Refusal] = []
    for at, venue in enumerate(venues):
        others = there.get((fold(venue.name), venue.commune_code), ())
        known_as = any(is_same(one, venue) or one.uid == venue.uid for one in others)
        if others and not known_as:
            said = _("The register has a venue of this name in the commune: {which}.")
            first = others[0]
            which = ", ".join(filter(None, (first.number, first.address, first.phone)))
            known.append(Refusal(at, "name", said.format(which=which)))
    return known


def wrong_venues(_work: Work, venues: Sequence[Registered]) -> list[Refusal]:
    """Why each of these venues could not be registered."""
    wrong = []
    for at, venue in enumerate(venues):
        if not venue.name.strip():
            wrong.append(Refusal(at, "name", _("The name of the venue is missing.")))
        if not venue.commune_code:
            said = _("This is no commune of the district; a venue stands in one.")
            wrong.append(Refusal(at, "commune", said))
        if venue.entrances not in ENTRANCES:
            said = _("A venue has from 1 to 99 entrances.")
            wrong.append(Refusal(at, "entrances", said))
        wrong += _too_many_names(at, venue.entrances, venue.labels)
    return wrong + twice([venue.uid for venue in venues])


def uncorrectable(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Why each of these changes could not be made: an entrance that has a code stays."""
    ids = [change.id for change in changes]
    doors = _coded_doors(work, ids)
    counts = {row.id: row.entrances for row in venue_rows(work, ids)}
    wrong = []
    for at, change in enumerate(changes):
        _old, new = change.fields.get("entrances", ("", ""))
        names = change.fields.get("labels", ("", ""))[1]
        wrong += _too_many_names(at, int(new or counts.get(change.id, 0)), names)
        if new and int(new) < doors.get(change.id, 0):
            said = _("Entrance {n} has a code already; revoke it before the entrance goes.")
            wrong.append(Refusal(at, "entrances", said.format(n=doors[change.id])))
        if new and int(new) not in ENTRANCES:
            said = _("A venue has from 1 to 99 entrances.")
            wrong.append(Refusal(at, "entrances", said))
        if "name" in change.fields and not change.fields["name"][1].strip():
            wrong.append(Refusal(at, "name", _("The name of the venue is missing.")))
        if "commune_code" in change.fields and not change.fields["commune_code"][1]:
            said = _("This is no commune of the district; a venue stands in one.")
            wrong.append(Refusal(at, "commune", said))
    return wrong


def stays_that_stay(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Which of these changes leave earlier stays with the ends they had; to be known before."""
    ids = [change.id for change in changes]
    query = select(Venue.id).where(
        bulk.among(work, Venue.id, ids), exists().where(Stay.venue_id == Venue.id)
    )
    visited = set(work.session.scalars(query))
    said = _(
        "Earlier stays here keep the ends they had. If it was so before, too, tick it in the form "
        "of this venue."
    )
    return [
        Refusal(at, min(fields), said)
        for at, change in enumerate(changes)
        if change.id in visited and (fields := FOLLOWED & change.fields.keys())
    ]


def _too_many_names(at: int, count: int, labels: str) -> list[Refusal]:
    names = len(written_labels(labels))
    if names <= count:
        return []
    said = _("{names} names are given for {n} entrances.")
    return [Refusal(at, "labels", said.format(names=names, n=count))]


def _coded_doors(work: Work, venues: Sequence[int]) -> dict[int, int]:
    """The highest entrance of each of these venues that has a code in force."""
    query = (
        select(Entrance.venue_id, func.max(Entrance.number))
        .join(Issue, Issue.entrance_id == Entrance.id)
        .where(bulk.among(work, Entrance.venue_id, venues), in_force())
        .group_by(Entrance.venue_id)
    )
    return {row[0]: row[1] for row in work.session.execute(query)}


def unwithdrawable(work: Work, venues: Sequence[int]) -> dict[int, str]:
    """Which of these venues stay, and why: a code was issued, or somebody was noted there."""
    issued = select(Issue.id).join(Entrance, Entrance.id == Issue.entrance_id)
    coded = issued.where(Entrance.venue_id == Venue.id).exists()
    visited = exists().where(Stay.venue_id == Venue.id)  # a check-in has no index by venue
    reasons = (
        (visited, _("Check-ins at “{name}” are noted; take them back first.")),
        (coded, _("A code of “{name}” was issued; revoke it instead.")),
    )
    stays: dict[int, str] = {}
    for those, said in reasons:
        query = select(Venue.id, Venue.name).where(bulk.among(work, Venue.id, venues), those)
        stays |= {row[0]: said.format(name=row[1]) for row in work.session.execute(query)}
    return stays


def unissuable(
    venues: Sequence[int], doors: Sequence[EntranceRow], valid_from: date, today: date
) -> list[Refusal]:
    """Why no code could be issued: a venue that is not there, a day that is over."""
    wrong = []
    there = {door.venue_id for door in doors}
    for at, venue in enumerate(venues):
        if venue not in there:
            wrong.append(Refusal(at, "venue", _("There is no such venue in the register.")))
    if valid_from < today:
        said = _("A code is valid from today or a later day.")
        wrong.append(Refusal(0, "valid_from", said))
    return wrong


def before_issue(
    venues: Sequence[int], doors: Sequence[EntranceRow], step: str, day: date
) -> list[Refusal]:
    """Why posters cannot be noted for a day: before the code of an entrance there was none."""
    wrong = []
    for door in doors:
        issued = here(door.issued_at).date() if door.issued_at is not None else day
        if day < issued:
            told = {"name": door.venue, "issued": day_shown(issued), "day": day_shown(day)}
            at = venues.index(door.venue_id)
            wrong.append(Refusal(at, "day", _too_early(step).format(n=door.entrance, **told)))
    return wrong


def _too_early(step: str) -> str:
    return {
        "handed_on": _(
            "The code of entrance {n} of “{name}” was issued on {issued}; its poster was not "
            "handed over on {day}. Correct the day."
        ),
        "posted_on": _(
            "The code of entrance {n} of “{name}” was issued on {issued}; its poster was not put "
            "up on {day}. Correct the day."
        ),
        "seen_on": _(
            "The code of entrance {n} of “{name}” was issued on {issued}; nobody saw its poster "
            "on {day}. Correct the day."
        ),
    }[step]
