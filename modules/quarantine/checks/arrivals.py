"""What the verbs of arrivals ask before they write; the preview of an import asks the same."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from sqlalchemy import select

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.excel.identity import twice
from admin_suite.excel.sheet import Change
from admin_suite.registry.identity import as_cells, cells_of
from admin_suite.registry.models import Person
from admin_suite.registry.queries import Described, wrong_corrections, wrong_people
from modules.quarantine.codes import Group
from modules.quarantine.models import Claim, Episode, Facility, HomeStay, Party, Room
from modules.quarantine.queries.beds import stays_now

EPISODE = (
    "group",
    "index_case",
    "last_contact",
    "arrived",
    "symptomatic",
    "symptoms",
    "doses",
    "origin",
    "vehicle",
    "seat",
    "decision_no",
    "notes",
)
STORED = {"group": "grouping"}  # "group" is a word of SQL
FURTHER = {"party": Party.code, "facility": Facility.code}  # of the tables beside it


class Coming(Protocol):
    """What is asked of an arrival before it is stored."""

    @property
    def person(self) -> Described: ...  # noqa: D102
    @property
    def group(self) -> Group | None: ...  # noqa: D102
    @property
    def arrived(self) -> str: ...  # noqa: D102
    @property
    def last_contact(self) -> str: ...  # noqa: D102
    @property
    def uid(self) -> str: ...  # noqa: D102


def wrong_arrivals(work: Work, arrivals: Sequence[Coming]) -> list[Refusal]:
    """Why each of these arrivals could not be entered."""
    today = work.today().isoformat()
    wrong = wrong_people(work, [one.person for one in arrivals])
    for at, one in enumerate(arrivals):
        if one.group is None:
            wrong.append(Refusal(at, "group", _("The reason of the quarantine is missing.")))
        if not one.arrived:
            wrong.append(Refusal(at, "arrived", _("The day of arrival is missing.")))
        elif one.arrived > today:
            wrong.append(Refusal(at, "arrived", _("This day is still to come.")))
        elif one.last_contact > one.arrived:
            said = _("The last contact is after the arrival.")
            wrong.append(Refusal(at, "last_contact", said))
        elif one.person.dob[:10] > one.arrived:
            wrong.append(Refusal(at, "dob", _("The person was born after the arrival.")))
    return wrong + twice([one.uid for one in arrivals])


def known_episodes(work: Work, people: Sequence[int]) -> dict[int, tuple[int, date]]:
    """The open quarantine of each of these people, and the day it began, by person."""
    query = select(Episode.person_id, Episode.id, Episode.arrived)
    query = query.where(Episode.ended_at.is_(None))
    return {
        row[0]: (row[1], row[2])
        for part in bulk.chunks(sorted(set(people)))
        for row in work.session.execute(query.where(Episode.person_id.in_(part)))
    }


def already_here(
    known: Mapping[int, tuple[int, date]], people: Sequence[int], arrivals: Sequence[Coming]
) -> list[Refusal]:
    """Who of these is in quarantine since another day and cannot begin again."""
    wrong = []
    for at, (person, one) in enumerate(zip(people, arrivals, strict=True)):
        if person in known and known[person][1].isoformat() != one.arrived:
            said = _("{person} is in quarantine since {day} already. End it there first.")
            day = day_shown(known[person][1])
            wrong.append(Refusal(at, "name", said.format(person=one.person.name, day=day)))
    return wrong


def wrong_arrival_changes(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Why each of these arrivals could not be changed so."""
    today, wrong = work.today().isoformat(), wrong_corrections(work, changes)
    for at, change in enumerate(changes):
        arrived = change.fields.get("arrived", ("", ""))[1]
        if "arrived" in change.fields and not arrived:
            wrong.append(Refusal(at, "arrived", _("The day of arrival is missing.")))
        if arrived > today:
            wrong.append(Refusal(at, "arrived", _("This day is still to come.")))
        if "group" in change.fields and not change.fields["group"][1]:
            wrong.append(Refusal(at, "group", _("The reason of the quarantine is missing.")))
    return wrong + _sent_elsewhere(work, changes)


def _sent_elsewhere(work: Work, changes: Sequence[Change]) -> list[Refusal]:
    """Who is sent to a facility that nobody knows, or to another than the one of his bed."""
    sent = [
        (at, change.id, change.fields["facility"][1])
        for at, change in enumerate(changes)
        if change.fields.get("facility", ("", ""))[1]
    ]
    known = bulk.existing(work, Facility, "code", [code for _at, _key, code in sent])
    stays = stays_now(work, [key for _at, key, _code in sent])
    rooms = {room for _stay, _bed, room in stays.values()}
    query = select(Room.id, Facility.code).join(Facility, Facility.id == Room.facility_id)
    found = work.session.execute(query.where(bulk.among(work, Room.id, rooms)))
    facilities = {row[0]: row[1] for row in found}
    beds = {key: facilities[room] for key, (_stay, _bed, room) in stays.items()}
    wrong = []
    for at, key, code in sent:
        if code not in known:
            said = _("There is no facility “{code}”. Set it up first.").format(code=code)
            wrong.append(Refusal(at, "facility", said))
        elif beds.get(key, code) != code:
            said = _("This person has a bed in {facility}: moves are made on the board.")
            wrong.append(Refusal(at, "facility", said.format(facility=beds[key])))
    return wrong


def staying(work: Work, episodes: Sequence[int]) -> dict[int, str]:
    """Which of these arrivals must stay stored, because a bed was given or they are at home."""
    found: dict[int, str] = {}
    kinds: tuple[tuple[type[Claim] | type[HomeStay], str], ...] = (
        (HomeStay, _("This person is at home in quarantine.")),
        (Claim, _("This person has been given a bed.")),
    )
    for kind, said in kinds:
        query = select(kind.episode_id)
        for part in bulk.chunks(episodes):
            rows = work.session.scalars(query.where(kind.episode_id.in_(part)))
            found |= {key: said for key in rows if key is not None}
    return found


def arrivals_known(work: Work, uids: Sequence[str]) -> dict[str, tuple[int, dict[str, str]]]:
    """The arrivals of these codes: the id, and what is known of it and its person, as text."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    columns = [getattr(Episode, STORED.get(name, name)) for name in EPISODE]
    query = (
        select(Episode.uid, Episode.id, Person.id, *FURTHER.values(), *columns, *cells_of(Person))
        .join(Person, Person.id == Episode.person_id)
        .outerjoin(Party, Party.id == Episode.party_id)
        .outerjoin(Facility, Facility.id == Episode.facility_id)
    )
    seen: set[int] = set()
    for part in bulk.chunks(uids):
        rows = work.session.execute(query.where(Episode.uid.in_(part)))
        for uid, key, person, *values in rows:
            names = (*FURTHER, *EPISODE)
            told = {name: _text(value) for name, value in zip(names, values, strict=False)}
            cells = {name: value for name, value in told.items() if value}
            found[uid] = (key, as_cells(values[len(names) :]) | cells)
            seen.add(person)
    work.saw(Person.__tablename__, sorted(seen))
    return found


def _text(value: Any) -> str:
    return "" if value is None else str(value)
