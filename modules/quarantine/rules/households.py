"""Which household people belong to once the families of a list were corrected."""

from collections.abc import Collection, Sequence

from msgspec import Struct


class Lodging(Struct, frozen=True):
    """Somebody at home: of which family, if of any, and in which household."""

    episode: int
    party: int | None
    household: int


def followed_families(lodgings: Sequence[Lodging], changed: Collection[int]) -> dict[int, int]:
    """Who goes to which household, for the family of ``changed`` people is another now.

    They go to where the others of the family live. Where there are no others, a household in which
    nobody else is keeps them, and else they get a new one: those have numbers below nought.
    """
    inside: dict[int, set[int]] = {}
    for one in lodgings:
        inside.setdefault(one.household, set()).add(one.episode)
    families: dict[object, list[Lodging]] = {}
    for one in lodgings:
        if one.episode in changed:
            families.setdefault(one.party or f"alone {one.episode}", []).append(one)
    found: dict[int, int] = {}
    new = 0
    for family, some in families.items():
        theirs = [
            one.household for one in lodgings if one.party == family and one.episode not in changed
        ]
        among = {one.episode for one in some}
        kept = sorted({one.household for one in some if inside[one.household] <= among})
        if not theirs and not kept:
            new -= 1
        home = [*theirs, *kept, new][0]
        found |= {
            one.episode: home
            for one in some
            if one.household != home and one.household not in theirs
        }
    return found
