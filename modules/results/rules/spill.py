"""Whether a weak result may have come out of a strong one beside it."""

import re

STRONG, WEAK = 20.0, 33.0  # Ct: many copies below, few above (domain practice, see docs/results.md)
NUMBER = re.compile(r"\d{1,2}(?:[.,]\d+)?")


def strongest(ct: str) -> float | None:
    """The lowest Ct of a text such as ``N 24,1 · E 23.8``; None where there is no number."""
    parts = [part.rpartition(" ")[2] for part in ct.split("·")]
    found = [float(part.replace(",", ".")) for part in parts if NUMBER.fullmatch(part)]
    return min(found, default=None)


def spilled(ct: str, beside: str) -> bool:
    """Whether one is weak and the other, beside it, strong."""
    one, other = strongest(ct), strongest(beside)
    return one is not None and other is not None and one > WEAK and other < STRONG
