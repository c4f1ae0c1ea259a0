"""Tube numbers: ``26BY000815K`` is year, site, serial and a check letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from admin_suite.core.check_letter import check_letter
from admin_suite.db.origin import Origin

SERIAL_DIGITS = 6
DAY = 10  # letters of a FHIR date-time that tell the day
ACCESSION = re.compile(r"(\d\d)([A-Z]{2,4})(\d{6,8})([A-Z])")


def accession(year: int, site: str, serial: int) -> str:
    """The number of the ``serial``-th tube of a year at a site of two to four letters."""
    digits = f"{year % 100:02d}{serial:0{SERIAL_DIGITS}d}"
    return f"{year % 100:02d}{site}{serial:0{SERIAL_DIGITS}d}{check_letter(digits)}"


def typed(text: str) -> str:
    """What somebody typed or scanned as a tube number: capitals, no blanks, dots or dashes."""
    return re.sub(r"[\s.\-]", "", text).upper()


def well_formed(number: str) -> bool:
    """Whether the number has the form of ours and its check letter is right."""
    found = ACCESSION.fullmatch(number)
    return found is not None and check_letter(found[1] + found[3]) == found[4]


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


@dataclass(frozen=True)
class ListKey:
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
