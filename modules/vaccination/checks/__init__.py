"""What the verbs of vaccination ask before they write; the preview of an import asks the same."""

from modules.vaccination.checks.people import (
    doses_known,
    known_doses,
    known_registrations,
    needed_registrations,
    registrations_known,
    uncorrectable,
    uncorrectable_doses,
    wrong_doses,
    wrong_registrations,
)
from modules.vaccination.checks.visits import reported_doses

__all__ = [
    "doses_known",
    "known_doses",
    "known_registrations",
    "needed_registrations",
    "registrations_known",
    "reported_doses",
    "uncorrectable",
    "uncorrectable_doses",
    "wrong_doses",
    "wrong_registrations",
]
