"""Machine-readable codes as one raw vector path, their modules snapped to printer dots."""

import math
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfgen.canvas import Canvas

Matrix = Sequence[Sequence[bool]]
QUIET_MODULES = 4
"""White space that a QR code needs on every side."""


class Square(Struct, frozen=True):
    """Where a code goes: lower left corner and side in points, and the printer's dots per inch.

    ``up`` rounds the module up to whole dots, for signs with a prescribed least size.
    """

    x: float
    y: float
    side: float
    dpi: int = 600
    up: bool = False


def draw_matrix(canvas: Canvas, matrix: Matrix, place: Square) -> float:
    """Draw the dark modules centred in the square and return the printed side in points."""
    modules = len(matrix)
    module, dot = snapped(place.side, modules, place.dpi, up=place.up), 72 / place.dpi
    real = module * modules
    left = round((place.x + (place.side - real) / 2) / dot) * dot
    top = round((place.y + (place.side + real) / 2) / dot) * dot
    path = " ".join(run for line, row in enumerate(matrix) for run in _runs(row, line))
    canvas.addLiteral(f"q {module:.5f} 0 0 {-module:.5f} {left:.5f} {top:.5f} cm {path} f Q")
    return real


def draw_code128(canvas: Canvas, text: str, place: Square, height: float) -> float:
    """Draw a Code 128 with its quiet zones; ``side`` is its width. Returns a bar's width."""
    modules, path = _bars(text)
    module, dot = snapped(place.side, modules + 20, place.dpi), 72 / place.dpi
    left = round((place.x + (place.side - module * modules) / 2) / dot) * dot
    shape = f"{module:.5f} 0 0 {height:.5f} {left:.5f} {place.y:.5f}"
    canvas.addLiteral(f"q {shape} cm {path} f Q")
    return module


def snapped(length: float, modules: int, dpi: int, *, up: bool = False) -> float:
    """Module size in points: whole printer dots, so that ``modules`` fill about ``length``."""
    dot = 72 / dpi
    dots = length / modules / dot
    return max(1, math.ceil(dots - 1e-6) if up else math.floor(dots + 1e-6)) * dot


def _runs(row: Sequence[bool], top: int) -> list[str]:
    found: list[str] = []
    start = -1
    for place, dark in enumerate([*row, False]):
        if dark and start < 0:
            start = place
        elif not dark and start >= 0:
            found.append(f"{start} {top} {place - start} 1 re")
            start = -1
    return found


@lru_cache(maxsize=256)
def _bars(text: str) -> tuple[int, str]:
    maker = Code128(text, quiet=0)
    maker.validate()  # type: ignore[no-untyped-call]
    maker.encode()  # type: ignore[no-untyped-call]
    maker.decompose()  # type: ignore[no-untyped-call]
    place, runs = 0, []
    for letter in maker.decomposed:
        wide = ord(letter.lower()) - ord("a") + 1
        if letter.isupper():
            runs.append(f"{place} 0 {wide} 1 re")
        place += wide
    return place, " ".join(runs)
