"""What a proposal costs: small whole weights for comfort, and the days that may be lost.

The term that matters is expected reset days: if a newcomer turns out positive, with the chance the
unit has set, everybody in the room begins again, so the price of a bed is that chance times the
days his room-mates have served. "Do not mix cohorts" follows from it, in a number that a manager
understands.
"""

from collections.abc import Sequence

from msgspec import Struct

from modules.quarantine.rules.allocation import Place, Terms, Unit

SOURCE, DAY, OPENING, STRANDED, WASTED = 30, 20, 25, 3, 10
SPLIT, FLOOR, RESET, UNPLACED = 200, 5, 10, 10_000


class Price(Struct, frozen=True):
    """What one room costs with the units put into it."""

    total: float
    reset_days: float
    opened: int
    stranded: int


NOTHING = Price(0.0, 0.0, 0, 0)


def price(place: Place, units: Sequence[Unit], terms: Terms) -> Price:
    """What a room costs with these units in it; a room that nobody is put into costs nothing."""
    if not units:
        return NOTHING
    people = sum(unit.size for unit in units)
    sources = {one.source for one in place.residents if one.source}.union(
        *(unit.sources for unit in units)
    )
    firsts = [one.arrived for one in place.residents] + [unit.first for unit in units]
    lasts = [one.arrived for one in place.residents] + [unit.last for unit in units]
    gap = (max(lasts) - min(firsts)).days
    filled = len(units) == 1 and bool(units[0].party) and people == place.room_for
    opened = int(not place.residents)
    own = any(unit.key.startswith("P") for unit in units)
    stranded = place.room_for - people if own and not terms.share_rest else 0
    wasted = people - sum(guest.ground for unit in units for guest in unit.guests)
    days = reset_days(place, units, terms)
    total = (
        SOURCE * max(0, len(sources) - 1)
        + DAY * gap
        + OPENING * (opened and not filled)
        + STRANDED * stranded
        + WASTED * (wasted if place.accessible else 0)
        + RESET * days
    )
    return Price(total, days, opened, stranded)


def reset_days(place: Place, units: Sequence[Unit], terms: Terms) -> float:
    """The days that are lost on average if newcomers turn out positive with the chance set.

    Members of one party do not count against one another: they have shared a house already.
    """
    served = sum(min(terms.longest, one.served) for one in place.residents)
    own = [
        sum(min(terms.longest, max(0, (terms.today - one.arrived).days)) for one in unit.guests)
        for unit in units
    ]
    whole = served + sum(own)
    return terms.chance * sum(
        unit.size * (whole - mine) for unit, mine in zip(units, own, strict=True)
    )


def spread(units: Sequence[tuple[Unit, Place]]) -> float:
    """What it costs that parts of one party are in several rooms, more so on several floors."""
    rooms: dict[str, list[Place]] = {}
    for unit, place in units:
        if unit.party:
            rooms.setdefault(unit.party, []).append(place)
    cost = 0.0
    for places in rooms.values():
        floors = [place.floor for place in places]
        cost += SPLIT * (len({place.id for place in places}) - 1)
        cost += FLOOR * (max(floors) - min(floors))
    return cost
