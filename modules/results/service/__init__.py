"""What people do with results, a file for each subject. All verbs speak of tubes."""

from modules.results.checks import Wanted
from modules.results.service.books import (
    adopt_contamination,
    adopt_disclosure,
    adopt_signatures,
    begin,
)
from modules.results.service.changes import (
    confirm,
    decline,
    forewarn,
    hold_back,
    propose,
    propose_swap,
)
from modules.results.service.keys import rotate_key
from modules.results.service.release import (
    release,
    send_back,
    sign,
    unvalidate,
    validate,
)
from modules.results.service.telling import Peeked, Swab, answer, look, tell, untell

__all__ = [
    "Peeked",
    "Swab",
    "Wanted",
    "adopt_contamination",
    "adopt_disclosure",
    "adopt_signatures",
    "answer",
    "begin",
    "confirm",
    "decline",
    "forewarn",
    "hold_back",
    "look",
    "propose",
    "propose_swap",
    "release",
    "rotate_key",
    "send_back",
    "sign",
    "tell",
    "untell",
    "unvalidate",
    "validate",
]
