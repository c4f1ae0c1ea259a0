"""A proposal made real: families joined, everybody in bed, in one transaction."""

from collections.abc import Mapping, Sequence

from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import Stored
from modules.quarantine.permissions import PLACE
from modules.quarantine.service.arrivals import join_party
from modules.quarantine.service.stays import Placement, admit


@use_case(PLACE)
def settle(
    work: Work, placements: Sequence[Placement], families: Mapping[str, Sequence[int]]
) -> Stored:
    """Give everybody of a proposal a bed; ``families`` are those that only notes have told."""
    for members in families.values():
        if len(members) > 1:
            join_party(work, members)
    return admit(work, placements)
