"""Pure rules of release, a file for each subject."""

from modules.results.rules.disclosure import Disclosure, disclosed, split
from modules.results.rules.life import POSSIBLE, Event, possible
from modules.results.rules.messages import bare, fitted, within
from modules.results.rules.signatures import Signatures
from modules.results.rules.spill import Contamination, spilled

__all__ = [
    "POSSIBLE",
    "Contamination",
    "Disclosure",
    "Event",
    "Signatures",
    "bare",
    "disclosed",
    "fitted",
    "possible",
    "spilled",
    "split",
    "within",
]
