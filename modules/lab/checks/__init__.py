"""What the verbs of the laboratory ask before they write."""

from modules.lab.checks.measuring import Reported, wrong_results
from modules.lab.checks.tubes import (
    SWAB,
    Sampled,
    around,
    emptied,
    hold,
    known_specimens,
    needed,
    open_tubes,
    sealed_tubes,
    specimens_coded,
    specimens_known,
    tubes_beside,
    uncorrectable,
    unreceivable,
    unwithdrawable,
    wrong_samples,
)

__all__ = [
    "SWAB",
    "Reported",
    "Sampled",
    "around",
    "emptied",
    "hold",
    "known_specimens",
    "needed",
    "open_tubes",
    "sealed_tubes",
    "specimens_coded",
    "specimens_known",
    "tubes_beside",
    "uncorrectable",
    "unreceivable",
    "unwithdrawable",
    "wrong_results",
    "wrong_samples",
]
