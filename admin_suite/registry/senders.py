"""Whether a sender is known, so that a mistyped name does not silently become a unit."""

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.registry import queries
from admin_suite.registry.names import fold

KINDS = {"tram", "trung", "benh", "phong", "khu", "truong", "cong", "so", "diem", "ban"}
SHORT = {"tyt": "tram", "ttyt": "trung", "bvdk": "benh", "bv": "benh", "pkdk": "phong"}
USUAL = {"tam", "y", "te", "vien", "da", "khoa", "kham", "cach", "ly", "ty", "an", "chi", "dao"}
USUAL |= {"xa", "thi", "tran", "huyen", "phuong", "tinh", "thanh", "pho", "cua"}
LONG = 8  # letters of a name in which two slips of the hand are likely


class Sender(Struct, frozen=True):
    """A name as a list gives it: whether it is a unit of ours, and which are called nearly so."""

    name: str
    known: bool
    alike: tuple[str, ...] = ()


def sender(work: Work, name: str) -> Sender:
    """What is known of a sender; no name means our own unit."""
    return known(name, names(work))


def names(work: Work) -> tuple[str, ...]:
    """The units that have sent something, or are ours, by name."""
    return tuple(unit.name for unit in queries.units(work))


def known(name: str, units: Iterable[str]) -> Sender:
    """What these units say of a name."""
    there = tuple(units)
    if not name or any(fold(one) == fold(name) for one in there):
        return Sender(name, known=True)
    return Sender(name, known=False, alike=alike(name, there))


def refuse_alike(work: Work, name: str) -> None:
    """Ask back when a typed name is none of ours, but nearly: most of these are slips."""
    found = sender(work, name)
    if found.alike:
        others = ", ".join(f"“{one}”" for one in found.alike)
        said = _(
            "There is no unit “{name}”, but there is {names}. Give that name, or say with "
            "--new-sender that it is another unit."
        )
        raise UserError(said.format(name=name, names=others))


def alike(name: str, units: Iterable[str]) -> tuple[str, ...]:
    """The names that a slip of the hand, or words left out, would make of this one."""
    return tuple(one for one in units if _is_alike(fold(name), fold(one)))


def _is_alike(one: str, other: str) -> bool:
    own, others = _telling(one), _telling(other)
    pairs = ((one, own), (other, others))
    if len({_kind(one), _kind(other)} - {""}) > 1:
        return False  # the health station and the hospital of one place
    if {word for word in own ^ others if word.isdecimal()}:
        return False  # sites that are told apart by their numbers
    if own and others and (own <= others or others <= own):
        return True
    told, meant = (" ".join(w for w in name.split() if w in of) for name, of in pairs)
    slips = 2 if min(len(told), len(meant)) >= LONG else 1
    return bool(told and meant) and _slips(told, meant) <= slips


def _kind(name: str) -> str:
    first = name.partition(" ")[0]
    return SHORT.get(first, first if first in KINDS else "")


def _telling(name: str) -> set[str]:
    """The words that tell a unit from others of its kind."""
    usual = USUAL | KINDS | SHORT.keys()
    return {word for word in name.replace(",", " ").split() if word not in usual}


def _slips(one: str, other: str) -> int:
    """How many letters must be put in, left out or changed (Levenshtein's distance)."""
    before = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        line = [place]
        for at, (left, above) in enumerate(pairwise(before)):
            line.append(min(line[at] + 1, above + 1, left + (letter != other[at])))
        before = line
    return before[-1]
