"""The keys that sign slips."""

from admin_suite.db import keys
from admin_suite.db.work import Work, use_case
from modules.results.permissions import RULES
from modules.results.queries import PURPOSE


@use_case(RULES)
def rotate_key(work: Work) -> int:
    """Let a new key sign slips from now on; what older ones signed goes on to be verified."""
    return keys.rotate(work, PURPOSE).number
