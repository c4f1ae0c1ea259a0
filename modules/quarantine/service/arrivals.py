"""People who come: lists that announce them, corrections, and who belongs together."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from admin_suite.core.errors import UserError, refuse
from admin_suite.core.i18n import _
from admin_suite.core.identity import new_uids
from admin_suite.db import bulk
from admin_suite.db.origin import TYPED, Import, Origin
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Change, Stored
from admin_suite.registry.queries import brought
from admin_suite.registry.service import NewPerson, add_people, correct_people, withdraw_people
from modules.quarantine.checks import arrivals as checks
from modules.quarantine.codes import Group
from modules.quarantine.models import Episode, Facility, Party
from modules.quarantine.permissions import EXPECT

EPISODE = (
    "uid",
    "person_id",
    "grouping",
    "index_case",
    "last_contact",
    "arrived",
    "party_id",
    "symptomatic",
    "symptoms",
    "doses",
    "origin",
    "vehicle",
    "seat",
    "decision_no",
    "notes",
    "facility_id",
    "row",
    "import_id",
)
WORDS = ("index_case", "symptoms", "origin", "vehicle", "seat", "decision_no", "notes")
NOTHING = dict.fromkeys(("last_contact", "party_id", "facility_id", "import_id"))
UNSAID = {**dict.fromkeys(WORDS, ""), **NOTHING, "doses": 0, "row": 0}


class NewArrival(NamedTuple):
    """Somebody who comes to quarantine, as a list or a card at the door tells it.

    ``arrived`` and ``last_contact`` are days as FHIR writes them, ``party`` what this list calls
    the family; ``notes`` needs and whom to keep apart; ``facility`` the code of where to go.
    """

    person: NewPerson
    group: Group | None = None
    arrived: str = ""
    index_case: str = ""
    last_contact: str = ""
    party: str = ""
    symptomatic: bool = False
    symptoms: str = ""
    doses: int = 0
    origin: str = ""
    vehicle: str = ""
    seat: str = ""
    decision_no: str = ""
    notes: str = ""
    facility: str = ""
    row: int = 0
    uid: str = ""


@use_case(EXPECT)
def expect(work: Work, arrivals: Sequence[NewArrival], origin: Origin = TYPED) -> Stored:
    """Enter people who come; whoever was announced for the same day is not entered twice.

    Families are those of one list: the same code in another one is another family.
    """
    refuse(checks.wrong_arrivals(work, arrivals))
    people = add_people(work, [one.person for one in arrivals], origin).ids
    known = checks.known_episodes(work, people)
    refuse(checks.already_here(known, people, arrivals))
    first: dict[int, int] = {}
    for at, person in enumerate(people):
        if person not in known:
            first.setdefault(person, at)
    parties = _parties(work, origin, [arrivals[at].party for at in first.values()])
    places = bulk.existing(work, Facility, "code", [arrivals[at].facility for at in first.values()])
    uids = new_uids(work.now(), len(first))
    rows = []
    for (person, at), uid in zip(first.items(), uids, strict=True):
        one = arrivals[at]
        rows.append(
            (
                one.uid or uid,
                person,
                one.group,
                one.index_case,
                date.fromisoformat(one.last_contact) if one.last_contact else None,
                date.fromisoformat(one.arrived),
                parties.get(one.party),
                one.symptomatic,
                *(one.symptoms, one.doses, one.origin, one.vehicle, one.seat, one.decision_no),
                one.notes,
                places.get(one.facility),
                one.row,
                origin.import_id,
            )
        )
    added = dict(zip(first, bulk.insert_rows(work, Episode, EPISODE, rows), strict=True))
    ids = [known[p][0] if p in known else added[p] for p in people]
    return Stored(ids, len(added), frozenset(added.values()))


def begin(
    work: Work, people: Sequence[int], group: Group, arrived: date, **more: object
) -> list[int]:
    """Begin the quarantines of people of the register without a list; the ids.

    ``more`` are fields of an episode; what nobody says stays empty.
    """
    told = {**UNSAID, "grouping": group, "arrived": arrived, **more}
    told["symptomatic"] = group is Group.SYMPTOMATIC
    uids = new_uids(work.now(), len(people))
    rest = [told[name] for name in EPISODE[2:]]
    rows = [(uid, person, *rest) for uid, person in zip(uids, people, strict=True)]
    return bulk.insert_rows(work, Episode, EPISODE, rows)


@use_case(EXPECT)
def correct_arrivals(work: Work, changes: Sequence[Change]) -> None:
    """Change what a corrected list writes otherwise of somebody who comes."""
    refuse(checks.wrong_arrival_changes(work, changes))
    people = []
    sent = [change.fields["facility"][1] for change in changes if "facility" in change.fields]
    places = bulk.existing(work, Facility, "code", sent)
    families: dict[int | None, list[tuple[Episode, str]]] = {}
    for change in changes:
        row = work.session.get_one(Episode, change.id)
        people.append(Change(row.person_id, change.fields))
        values = {name: pair[1] for name, pair in change.fields.items()}
        _correct(row, values)
        if "facility" in values:
            row.facility_id = places.get(values["facility"])
        if "party" in values:
            families.setdefault(row.import_id, []).append((row, values["party"]))
    for listed, some in families.items():
        origin = Origin(import_id=listed, list_import=_first_of(work, listed))
        parties = _parties(work, origin, [code for _row, code in some])
        for row, code in some:
            row.party_id = parties.get(code)
    correct_people(work, people)
    work.session.flush()


@use_case(EXPECT)
def withdraw_arrivals(work: Work, episodes: Sequence[int]) -> dict[int, str]:
    """Void arrivals that nobody has given a bed; answers with the reason for each that stays."""
    stays = checks.staying(work, episodes)
    going = [key for key in episodes if key not in stays]
    query = select(Episode.person_id)
    people = [
        person
        for part in bulk.chunks(going)
        for person in work.session.scalars(query.where(Episode.id.in_(part)))
    ]
    bulk.update_rows(work, Episode, going, {"voided_at": work.now(), "is_open": None})
    withdraw_people(work, brought(work, people))
    return stays


@use_case(EXPECT)
def join_party(work: Work, episodes: Sequence[int]) -> int:
    """Say that these people belong together; whoever had another family leaves it. The party."""
    rows = [work.session.get_one(Episode, key) for key in episodes]
    if len(rows) < 2:  # noqa: PLR2004 - one person is no party
        raise UserError(_("A family has at least two people."))
    there = next((row.party_id for row in rows if row.party_id is not None), None)
    if there is None:
        party = Party(import_id=None, code="")
        work.session.add(party)
        work.session.flush()
        there = party.id
    for row in rows:
        row.party_id = there
    work.session.flush()
    return there


@use_case(EXPECT)
def send_to(work: Work, episodes: Sequence[int], facility_id: int) -> None:
    """Say to which facility people are to come."""
    bulk.update_rows(work, Episode, list(episodes), {"facility_id": facility_id})


def _correct(row: Episode, values: Mapping[str, str]) -> None:
    for name in WORDS:
        if name in values:
            setattr(row, name, values[name])
    if values.get("group"):
        row.grouping = Group.of(values["group"])
    if values.get("arrived"):
        row.arrived = date.fromisoformat(values["arrived"])
    if "last_contact" in values:
        told = values["last_contact"]
        row.last_contact = date.fromisoformat(told) if told else None
    if "symptomatic" in values:
        row.symptomatic = values["symptomatic"] == "True"
    if "doses" in values:
        row.doses = int(values["doses"] or 0)


def _first_of(work: Work, import_id: int | None) -> int | None:
    """The import that stored a list first, whose families are also those of its corrections."""
    return work.session.scalar(select(Import.revises).where(Import.id == import_id))


def _parties(work: Work, origin: Origin, codes: Sequence[str]) -> dict[str, int]:
    """The families that a list names by these codes, its earlier ones and new ones."""
    wanted = [code for code in dict.fromkeys(codes) if code]
    if not wanted:
        return {}
    listed = origin.list_import or origin.import_id
    found: dict[str, int] = {}
    if listed is not None:
        query = select(Party.code, Party.id).where(Party.import_id == listed)
        rows = work.session.execute(query.where(Party.code.in_(wanted)))
        found = {row[0]: row[1] for row in rows}
    new = [code for code in wanted if code not in found]
    rows_added = bulk.insert_rows(
        work, Party, ("import_id", "code"), [(listed, code) for code in new]
    )
    return found | dict(zip(new, rows_added, strict=True))
