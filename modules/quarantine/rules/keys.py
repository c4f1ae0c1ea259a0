"""For whom a room is while somebody stays in it: one sex, or one family alone."""

from collections.abc import Sequence
from typing import NamedTuple

from admin_suite.registry.codes import Sex


class Roomer(NamedTuple):
    """What decides who may share a room: the sex, the party, whether it is a confirmed case."""

    person: int
    sex: Sex | None
    party: int | None
    infected: bool = False


def sex_key(one: Roomer) -> str:
    """The key of somebody alone; of unknown sex he shares with nobody but his party."""
    return one.sex.value if one.sex is not None else f"U{one.person}"


def key_of(roomers: Sequence[Roomer]) -> str:
    """The one key of these people in one room; empty if they may not share one."""
    keys = {sex_key(one) for one in roomers}
    if len(keys) == 1:
        return keys.pop()
    parties = {one.party for one in roomers}
    party = parties.pop() if len(parties) == 1 else None
    return f"P{party}" if party is not None else ""


def family_of(roomers: Sequence[Roomer]) -> int | None:
    """The party that has a room for itself: two people or more, and all of them of the one party.

    It is a family's room whatever their sex: a mother with her daughter is as private as a couple.
    Confirmed cases are isolated where there is a bed, so they have none for themselves.
    """
    if any(one.infected for one in roomers):
        return None
    parties = {one.party for one in roomers}
    return parties.pop() if len(roomers) > 1 and len(parties) == 1 else None


def door_code(facility: str, room_id: int) -> str:
    """What the code on a door says: our own mark, the facility and the number of its room."""
    return f"BYG1:{facility}:{room_id}"


def room_of_door(code: str) -> int:
    """The number of the room that a door's code names; 0 of any other text."""
    mark, _colon, rest = code.strip().partition(":")
    number = rest.rpartition(":")[2]
    return int(number) if mark == "BYG1" and number.isascii() and number.isdecimal() else 0
