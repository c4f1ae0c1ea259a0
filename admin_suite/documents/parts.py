"""Plain values a paper is made from: sheets, margins, agencies, columns, signatures."""

from typing import Literal

from msgspec import Struct

from admin_suite.core.i18n import N_

Align = Literal["left", "center", "right", "justify"]
Family = Literal["serif", "sans"]

MM = 72 / 25.4
"""Points in a millimetre."""
A4 = (210 * MM, 297 * MM)
A5 = (148 * MM, 210 * MM)
A4_LANDSCAPE = (A4[1], A4[0])

STATE = N_("SOCIALIST REPUBLIC OF VIET NAM")
MOTTO = N_("Independence - Freedom - Happiness")


class Margins(Struct, frozen=True):
    """White edges of a page in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


DECREE = Margins(top=20, bottom=20, left=30, right=15)
"""Decree 30/2020/ND-CP allows 20-25 above and below, 30-35 left, 15-20 right."""


class Format(Struct, frozen=True):
    """A sheet of paper: its size in points and its margins in millimetres."""

    size: tuple[float, float] = A4
    margins: Margins = DECREE


class Style(Struct, frozen=True):
    """How letters are set; ``size`` in points, ``leading`` as a multiple of it."""

    size: float = 13
    align: Align = "left"
    bold: bool = False
    italic: bool = False
    family: Family = "serif"
    leading: float = 1.25


class Agency(Struct, frozen=True):
    """Who issues a paper: the agency above it (or nothing), its name, and its place."""

    parent: str
    name: str
    place: str


class Signature(Struct, frozen=True):
    """One signature block: capitals above, an optional hint, room to sign, the full name."""

    heads: tuple[str, ...]
    name: str = ""
    hint: str = ""


class Column(Struct, frozen=True):
    """One column: heading, share of the width, alignment, and the heading over several of them."""

    head: str
    share: float
    align: Align = "left"
    group: str = ""


class Look(Struct, frozen=True):
    """How a table is set; ``least`` is the smallest height of a row in millimetres."""

    size: float = 11
    family: Family = "serif"
    number_row: bool = True
    least: float = 5
