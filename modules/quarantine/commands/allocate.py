"""Beds given on the command line: the same questions and verbs that the arrivals page uses."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.i18n import N_
from admin_suite.db.origin import ImportLine
from admin_suite.db.work import Work
from admin_suite.excel.importer import Draft, Options, read_file, store
from admin_suite.module import Command, Needs, Option
from admin_suite.registry.codes import Sex
from modules.quarantine.codes import Group
from modules.quarantine.queries.arrivals import ArrivalRow, arrivals_of, waiting
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.proposals import (
    Suggestion,
    Waiter,
    cost_in_words,
    suggestion,
    told_families,
)
from modules.quarantine.service.allocation import settle
from modules.quarantine.service.arrivals import NewArrival
from modules.quarantine.service.stays import Placement
from modules.quarantine.sheets.arrivals import ARRIVALS


class Read(Struct, frozen=True):
    """Somebody of a list that is only read; ``row`` as Excel counts."""

    row: int
    name: str
    dob: str
    sex: Sex | None
    group: Group
    arrived: str
    index_case: str
    origin: str
    symptomatic: bool
    notes: str
    party: str


def allocate(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Propose a bed for everybody who waits, or for a list; with ``--commit`` give them."""
    facility = facility_coded(work, values["facility"])
    refused: list[dict[str, Any]] = []
    people: dict[int, Waiter] = {}
    parties: dict[int, str] = {}
    if values["arrivals"] is not None:
        draft = _draft(work, values)
        refused = _refused(draft)
        if values["commit"]:
            people, parties = _stored(work, draft)
        else:
            people, parties = _only_read(draft)
    else:
        rows = waiting(work, facility.id)
        people = {row.id: row for row in rows}
        parties = {row.id: str(row.party_id) for row in rows if row.party_id}
    found = suggestion(work, facility.id, people, parties)
    if values["commit"]:
        _give(work, found, people, parties)
    return _answer(found, people, refused)


def _draft(work: Work, values: Mapping[str, Any]) -> Draft[NewArrival]:
    """The list, read with what a person has answered when asked about it."""
    answers = Options(
        worksheets=tuple(values["worksheet"] or ()),
        hidden=values["hidden"] or "",
        dates=dict(pair.split("=", 1) for pair in values["dates"] or ()),
    )
    return read_file(ARRIVALS, Path(values["arrivals"]), ARRIVALS.context(work), answers)


def _pair(words: str) -> str:
    """``FIELD=swap``; anything else is a wrong use of the command."""
    if "=" not in words:
        raise ValueError(words)
    return words


def _refused(draft: Draft[NewArrival]) -> list[dict[str, Any]]:
    """The rows that could not be read: nobody is left out without a word."""
    told: dict[int, list[str]] = {}
    for problem in draft.problems:
        told.setdefault(problem.row, []).append(f"{problem.column}: {problem.message}")
    return [
        {"person": {"row": row, "id": None, "name": ""}, "reasons": words}
        for row, words in sorted(told.items())
    ]


def _only_read(draft: Draft[NewArrival]) -> tuple[dict[int, Waiter], dict[int, str]]:
    people: dict[int, Waiter] = {}
    for number, (place, one) in enumerate(zip(draft.places, draft.items, strict=True), start=1):
        assert one.group is not None  # noqa: S101 - the sheet refuses rows without one
        who = one.person
        people[number] = Read(
            place.row,
            who.name,
            who.dob,
            who.sex,
            one.group,
            one.arrived,
            one.index_case,
            one.origin,
            one.symptomatic,
            one.notes,
            one.party,
        )
    parties = {key: one.party for key, one in people.items() if isinstance(one, Read) and one.party}
    return people, parties


def _stored(work: Work, draft: Draft[NewArrival]) -> tuple[dict[int, Waiter], dict[int, str]]:
    """Store the rows that can be read; whoever of them has no bed yet."""
    receipt = store(work, draft, partial=True)
    query = select(ImportLine.record_id).where(ImportLine.import_id == receipt.import_id)
    keys = list(dict.fromkeys(work.session.scalars(query.order_by(ImportLine.id))))
    rows = [row for row in arrivals_of(work, keys) if not row.bed and row.ended is None]
    people: dict[int, Waiter] = {row.id: row for row in rows}
    return people, {row.id: str(row.party_id) for row in rows if row.party_id}


def _give(
    work: Work, found: Suggestion, people: Mapping[int, Waiter], parties: Mapping[int, str]
) -> None:
    families: dict[str, list[int]] = {}
    for key, party in told_families(people, parties).items():
        if party.startswith("~"):
            families.setdefault(party, []).append(key)
    settle(work, [Placement(one.id, one.bed_id) for one in found.placed], families)


def _answer(
    found: Suggestion, people: Mapping[int, Waiter], refused: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    told = found.proposal
    return {
        "placed": [
            {
                "person": _person(one.id, people),
                "party": _party(one.id, one.party, people),
                "room": one.room,
                "bed": one.bed,
            }
            for one in found.placed
        ],
        "unplaced": [
            *(
                {"person": _person(one.id, people), "reasons": list(one.reasons)}
                for one in found.left
            ),
            *refused,
        ],
        "cost": {
            "total": told.cost,
            "reset_days": told.reset_days,
            "rooms_opened": told.opened,
            "stranded_beds": told.stranded,
            "families_split": told.split,
            "chance": found.chance,
            "seed": told.seed,
            "rounds": told.rounds,
            "words": cost_in_words(found),
        },
    }


def _person(key: int, people: Mapping[int, Waiter]) -> dict[str, Any]:
    one = people[key]
    row = one.row if isinstance(one, ArrivalRow | Read) else 0
    number = one.person_id if isinstance(one, ArrivalRow) else None
    return {"row": row or None, "id": number, "name": one.name}


def _party(key: int, party: str, people: Mapping[int, Waiter]) -> str:
    """A family as its list calls it, not by our number."""
    one = people[key]
    code = one.party if isinstance(one, ArrivalRow | Read) else ""
    return code or party


ALLOCATING = (
    Command(
        "allocate",
        N_("Propose or give beds to people who arrive"),
        allocate,
        (
            Option("facility", N_("The code of the facility"), required=True),
            Option("arrivals", N_("A list of arrivals; everybody who waits if not said"), Path),
            Option("hidden", N_("Rows of the list that are hidden: take or skip")),
            Option("worksheet", N_("These worksheets of the list"), many=True),
            Option("dates", N_("FIELD=swap: day and month are exchanged"), _pair, many=True),
            Option("commit", N_("Store the list and give the beds"), flag=True),
        ),
        Needs.WRITING,
    ),
)
