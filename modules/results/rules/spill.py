"""Whether a weak result may have come out of a strong one beside it."""

import re

from msgspec import Struct

NUMBER = re.compile(r"\d{1,2}(?:[.,]\d+)?")


class Contamination(Struct, frozen=True):
    """Below a Ct of ``strong`` there are many copies, above ``weak`` few."""

    strong: float
    weak: float


def strongest(ct: str) -> float | None:
    """The lowest Ct of a text such as ``N 24,1 · E 23.8``; None where there is no number."""
    parts = [part.rpartition(" ")[2] for part in ct.split("·")]
    found = [float(part.replace(",", ".")) for part in parts if NUMBER.fullmatch(part)]
    return min(found, default=None)


def spilled(ct: str, beside: str, limits: Contamination) -> bool:
    """Whether one is weak and the other, beside it, strong."""
    one, other = strongest(ct), strongest(beside)
    if one is None or other is None:
        return False
    return one > limits.weak and other < limits.strong
