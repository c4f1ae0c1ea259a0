"""Usable beds: what a facility can still take of each kind of people, not how many are free."""

from collections.abc import Sequence

from msgspec import Struct

from modules.quarantine.rules.allocation import GROUND, Place, Terms

FAMILY = 4


class Usable(Struct, frozen=True):
    """How many more women, or men, or families of four, or people who need the ground floor."""

    women: int
    men: int
    families: int
    ground: int


def usable(places: Sequence[Place], terms: Terms) -> Usable:
    """Each number is for that kind alone; taking one kind leaves less for the others."""
    able = [
        place
        for place in places
        if not place.locked
        and not place.isolation
        and place.room_for
        and all(one.left >= terms.grace for one in place.residents)
    ]
    empty = [place for place in able if not place.residents]

    def shared(key: str) -> int:
        return sum(
            place.room_for
            for place in able
            if not place.residents or (place.key == key and not place.party)
        )

    return Usable(
        women=shared("F"),
        men=shared("M"),
        families=sum(place.room_for >= FAMILY for place in empty),
        ground=sum(
            place.room_for
            for place in able
            if (place.accessible or place.floor <= GROUND)
            and not (place.party or place.key.startswith("P"))
        ),
    )
