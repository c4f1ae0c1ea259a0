"""Who waits for a bed, with the bed that is proposed for each."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from admin_suite.db.work import Work
from modules.quarantine.queries.arrivals import ArrivalRow, waiting
from modules.quarantine.queries.beds import FacilityRow, chosen_of
from modules.quarantine.queries.proposals import cost_in_words, suggestion, told_families
from modules.quarantine.queries.staffing import in_words, staff_limit


class WaitRow(Struct, frozen=True):
    """One person who waits: the bed proposed, or why there is none."""

    id: int
    name: str
    born: str
    sex: str
    group: str
    arrived: str
    party: str
    notes: str
    place: str
    why: str
    bed_id: int


class Waitlist(Struct, frozen=True):
    """Everybody who waits at a facility; ``families`` are those that only notes tell."""

    facilities: Sequence[FacilityRow]
    facility_id: int
    rows: Sequence[WaitRow]
    families: Mapping[str, Sequence[int]]
    cost: str


def waitlist(work: Work, facility_id: int, *, propose: bool) -> Waitlist:
    """Who waits, with beds proposed if wanted."""
    there, chosen = chosen_of(work, facility_id)
    people = {row.id: row for row in waiting(work, chosen or None)}
    if not (propose and chosen):
        rows = [_row(row, "", "", 0) for row in people.values()]
        return Waitlist(there, chosen, rows, {}, "")
    parties = {row.id: str(row.party_id) for row in people.values() if row.party_id}
    found = suggestion(work, chosen, people, parties)
    beds = {one.id: one for one in found.placed}
    left = {one.id: " ".join(one.reasons) for one in found.left}
    rows = []
    for key, row in people.items():
        one = beds.get(key)
        place = f"{one.room}-{one.bed}" if one else ""
        rows.append(_row(row, place, left.get(key, ""), one.bed_id if one else 0))
    families: dict[str, list[int]] = {}
    for key, party in told_families(people, parties).items():
        if party.startswith("~"):
            families.setdefault(party, []).append(key)
    facility = next(one for one in there if one.id == chosen)
    limit, cost = staff_limit(work, facility), cost_in_words(found)
    if limit is not None and len(found.placed) > limit.left:
        cost = f"{cost} {in_words(limit)}"
    return Waitlist(there, chosen, rows, families, cost)


def _row(row: ArrivalRow, place: str, why: str, bed_id: int) -> WaitRow:
    return WaitRow(
        row.id,
        row.name,
        row.dob,
        row.sex.word if row.sex else "",
        row.group.word,
        row.arrived,
        row.party,
        row.notes,
        place,
        why,
        bed_id,
    )
