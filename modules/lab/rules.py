"""Tube numbers: ``26BY000815K`` is year, site, serial and a check letter."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from admin_suite.core.check_letter import check_letter
from admin_suite.db.origin import Origin
from modules.lab.codes import Deed, Stage, State

SERIAL_DIGITS = 6
DAY = 10  # letters of a FHIR date-time that tell the day
ACCESSION = re.compile(r"(\d\d)([A-Z]{2,4})(\d{6,8})([A-Z])")
LIKE = re.compile(r"([\dOISBZ]{2})([A-Z]{2,4}?)([\dOISBZ]{6,8})([A-Z])")
AS_DIGITS = str.maketrans("OISBZ", "01582")


class Lettering(Struct, frozen=True):
    """From serial ``first`` of ``year`` on the check letter covers the letters of the site too.

    Numbers that were dealt or printed before keep theirs, which covers the digits alone.
    """

    year: int
    first: int

    def covers_site(self, year: int, serial: int) -> bool:
        """Whether the letter of this number does."""
        return (year % 100, serial) >= (self.year % 100, self.first)


def accession(year: int, site: str, serial: int, *, whole: bool = True) -> str:
    """The number of the ``serial``-th tube of a year at a site of two to four letters.

    ``whole`` says that its check letter covers the site.
    """
    digits = f"{year % 100:02d}{serial:0{SERIAL_DIGITS}d}"
    letter = check_letter(digits, site if whole else "")
    return f"{year % 100:02d}{site}{serial:0{SERIAL_DIGITS}d}{letter}"


def typed(text: str) -> str:
    """What somebody typed or scanned as a tube number: capitals, no blanks, dots or dashes.

    Letters where only digits stand (O for 0, I for 1, ...) are read as those digits, if the check
    letter then agrees. The letters of the site need no such care, for they stand by themselves; a
    letter right behind them may be one more of them, so what has the form of a number is left.
    """
    said = re.sub(r"[\s.\-]", "", text).upper()
    found = LIKE.fullmatch(said)
    if found is None or ACCESSION.fullmatch(said):
        return said
    year, site, serial, letter = found.groups()
    meant = f"{year.translate(AS_DIGITS)}{site}{serial.translate(AS_DIGITS)}{letter}"
    return meant if well_formed(meant) else said


def serial_of(number: str) -> int:
    """The serial in one of our numbers; 0 of any other."""
    found = ACCESSION.fullmatch(number)
    return int(found[3]) if found else 0


def well_formed(number: str, rule: Lettering | None = None) -> bool:
    """Whether the number has the form of ours and its check letter is right.

    By ``rule``; without one, as of a number of another site, either kind of letter is.
    """
    found = ACCESSION.fullmatch(number)
    if found is None:
        return False
    year, site, serial, letter = found.groups()
    plain, whole = check_letter(year + serial), check_letter(year + serial, site)
    if rule is None:
        return letter in {plain, whole}
    return letter == (whole if rule.covers_site(int(year), int(serial)) else plain)


def grouped(number: str) -> str:
    """A number as it is read out: ``26BY 000 815 K``; any other is left as it is."""
    found = ACCESSION.fullmatch(number)
    if found is None:
        return number
    year, site, serial, letter = found.groups()
    return f"{year}{site} {serial[:-3]} {serial[-3:]} {letter}"


class Listed(Protocol):
    """What tells whose list a swab was in."""

    @property
    def collected_at(self) -> str: ...  # noqa: D102
    @property
    def pool(self) -> str: ...  # noqa: D102
    @property
    def from_sender(self) -> str: ...  # noqa: D102
    @property
    def from_tube(self) -> str: ...  # noqa: D102
    @property
    def nth(self) -> int: ...  # noqa: D102


class ListKey(Struct, frozen=True):
    """One list: its origin, and which of several lists of one sender it is."""

    origin: Origin
    nth: int = 0


def lists_of(samples: Sequence[Listed], origin: Origin) -> dict[ListKey, list[int]]:
    """The places of the swabs by list: the one that is imported, or those that an export holds."""
    if not any(sample.from_tube for sample in samples):
        return {ListKey(origin): list(range(len(samples)))}
    found: dict[tuple[str, int], list[int]] = {}
    for at, sample in enumerate(samples):
        found.setdefault((sample.from_sender or origin.sender, sample.nth), []).append(at)
    lists = {}
    for (sender, nth), places in found.items():
        day = min(samples[place].collected_at[:DAY] for place in places)
        own = replace(origin, sender=sender, day=date.fromisoformat(day))
        lists[ListKey(own, nth)] = places
    return lists


def lists_among(samples: Sequence[Listed]) -> list[int]:
    """In which of its sender's lists each swab was.

    A list calls one tube by one code; where two tubes have the code, there were two lists.
    """
    tubes: dict[tuple[str, str], dict[str, int]] = {}
    found = []
    for sample in samples:
        same = tubes.setdefault((sample.from_sender, sample.pool), {})
        found.append(same.setdefault(sample.from_tube, len(same)) if sample.pool else 0)
    return found


class Retention(Struct, frozen=True):
    """So many ``days`` a tube is kept after its result was released, to be measured once more."""

    days: int


# -- where a tube is ------------------------------------------------------------------------------

BEFORE = frozenset({Stage.EXPECTED})
INSIDE = frozenset({Stage.RECEIVED, Stage.MEASURED, Stage.CHECKED, Stage.RELEASED})
COMING = frozenset({State.PLANNED, State.COLLECTED, State.IN_TRANSIT})
AT_HAND = frozenset({State.RECEIVED, State.STORED, State.RETURNED})


class Way(Struct, frozen=True):
    """What a deed needs: in which states, and at which stages of its test, a tube may be."""

    states: frozenset[State]
    to: State
    stages: frozenset[Stage]


WAYS: Mapping[Deed, Way] = {
    Deed.COLLECT: Way(frozenset({State.PLANNED}), State.COLLECTED, BEFORE),
    Deed.SEND: Way(frozenset({State.COLLECTED}), State.IN_TRANSIT, BEFORE),
    Deed.RECEIVE: Way(COMING - {State.PLANNED}, State.RECEIVED, BEFORE),
    Deed.UNRECEIVE: Way(frozenset({State.RECEIVED}), State.COLLECTED, frozenset({Stage.RECEIVED})),
    Deed.REJECT: Way(AT_HAND, State.REJECTED, frozenset({Stage.RECEIVED})),
    Deed.UNREJECT: Way(frozenset({State.REJECTED}), State.RECEIVED, frozenset({Stage.REJECTED})),
    Deed.STORE: Way(AT_HAND - {State.STORED}, State.STORED, INSIDE),
    Deed.TAKE_OUT: Way(frozenset({State.STORED}), State.RECEIVED, INSIDE),
    Deed.REFER: Way(AT_HAND - {State.STORED}, State.REFERRED_OUT, INSIDE),
    Deed.RETURN: Way(frozenset({State.REFERRED_OUT}), State.RETURNED, INSIDE),
    Deed.DISPOSE: Way(
        AT_HAND | {State.REJECTED}, State.DISPOSED, frozenset({Stage.RELEASED, Stage.REJECTED})
    ),
    Deed.CANCEL: Way(COMING, State.CANCELLED, BEFORE),
    Deed.LOSE: Way(
        AT_HAND | COMING - {State.PLANNED} | {State.REFERRED_OUT}, State.LOST, BEFORE | INSIDE
    ),
    Deed.REOPEN: Way(
        frozenset({State.CANCELLED, State.LOST}), State.RECEIVED, INSIDE | {Stage.CANCELLED}
    ),
}
"""The life of a tube; no other way leads from one state to another.

Source: FHIR R4 Specimen.status, ISO 15189:2022 7.2.6 (reception) and 7.5 (nonconforming work).
"""


def reached(deed: Deed, stage: Stage, *, received: bool) -> tuple[Stage, State]:
    """Stage and state of a tube after a deed that its way allows.

    What was lost keeps the result it has; without one, none will come.
    """
    to = WAYS[deed].to
    if deed is Deed.REOPEN and not received:
        return Stage.EXPECTED, State.COLLECTED
    after = {
        Deed.RECEIVE: Stage.RECEIVED,
        Deed.UNRECEIVE: Stage.EXPECTED,
        Deed.REJECT: Stage.REJECTED,
        Deed.UNREJECT: Stage.RECEIVED,
        Deed.CANCEL: Stage.CANCELLED,
    }.get(deed, stage)
    if deed is Deed.LOSE and stage in {Stage.EXPECTED, Stage.RECEIVED}:
        after = Stage.CANCELLED
    if deed is Deed.REOPEN and stage is Stage.CANCELLED:
        after = Stage.RECEIVED
    return after, to
