"""How many people the staff of a facility can look after: a pure function of numbers and norms."""

from msgspec import Struct

from modules.quarantine.codes import Duty
from modules.quarantine.rules.usable import FAMILY, Usable


class Norms(Struct, frozen=True):
    """A dated row: how many people one of each duty looks after, as (duty, people) pairs."""

    people: tuple[tuple[str, int], ...] = ()


class Staff(Struct, frozen=True):
    """A dated row of one facility: how many there are of each duty, as (duty, number) pairs."""

    numbers: tuple[tuple[str, int], ...] = ()


class Limit(Struct, frozen=True):
    """The duty of which there are too few: ``number`` of them for ``each`` people ``take`` so many.

    ``left`` is how many more can come.
    """

    duty: Duty
    number: int
    each: int
    take: int
    left: int


def limit_of(norms: Norms, staff: Staff, present: int) -> Limit | None:
    """The scarcest duty; None where no norm is set, or nobody has said how many there are."""
    there = dict(staff.numbers)
    found = [
        Limit(
            Duty.of(duty), there[duty], each, there[duty] * each, _left(there[duty], each, present)
        )
        for duty, each in norms.people
        if each > 0 and duty in there
    ]
    return min(found, key=lambda one: one.take, default=None)


def _left(number: int, each: int, present: int) -> int:
    return max(0, number * each - present)


def with_staff(beds: Usable, limit: Limit | None) -> Usable:
    """What a facility can still take: of beds by the distance rule and of staff the lesser."""
    if limit is None:
        return beds
    return Usable(
        min(beds.women, limit.left),
        min(beds.men, limit.left),
        min(beds.families, limit.left // FAMILY),
        min(beds.ground, limit.left),
    )
