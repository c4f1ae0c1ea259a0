"""Vials, counted in whole doses: what may be drawn, what is left, what to open in the last hour."""

from datetime import date, datetime, timedelta
from typing import NamedTuple


class VialState(NamedTuple):
    """What is asked of a vial before the needle; ``doses`` are those that may be drawn."""

    expires_on: date | None
    discard_at: datetime
    recalled: bool
    closed: bool
    doses: int
    given: int


def unusable(vial: VialState, now: datetime, today: date) -> str:
    """Why nothing may be drawn from a vial any more: a word, empty when it is good."""
    reasons = (
        ("recalled", vial.recalled),
        ("expired", vial.expires_on is not None and vial.expires_on < today),
        ("closed", vial.closed),
        ("over", now >= vial.discard_at),
        ("empty", vial.given >= vial.doses),
    )
    return next((word for word, is_so in reasons if is_so), "")


def hours_over(discard_at: datetime, moment: datetime) -> int:
    """The full hours a vial was over its time, at least one as soon as it was."""
    late = moment - discard_at
    return max(1, late // timedelta(hours=1)) if late >= timedelta() else 0


class Count(NamedTuple):
    """The end of a vial: what was opened, given, thrown away, and what does not add up."""

    opened: int
    given: int
    wasted: int

    @property
    def difference(self) -> int:
        """Doses that are neither given nor thrown away; below nought, more than were there."""
        return self.opened - self.given - self.wasted


class Advice(NamedTuple):
    """What to open in the last hour: vials, doses lost then, people to call in from the list."""

    open: int
    lost: int
    call_in: int


def last_hour(waiting: int, left: int, per_vial: int, reserve: int) -> Advice:
    """How many vials to open for who still waits, so that nobody leaves unvaccinated.

    ``left`` doses are in open vials, ``reserve`` people live near and can come. The last vial is
    opened for everybody who waits; the reserve is called in for what would be lost.
    """
    missing = waiting - left
    if missing <= 0:
        spare = -missing
        return Advice(0, max(0, spare - reserve), min(spare, reserve))
    opened = -(-missing // per_vial)
    spare = opened * per_vial - missing
    return Advice(opened, max(0, spare - reserve), min(spare, reserve))


def vials_needed(people: int, per_vial: int) -> int:
    """The vials to take out for so many people."""
    return -(-people // per_vial) if per_vial > 0 else 0
