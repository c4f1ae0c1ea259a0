"""What people do with venues, a file for each subject."""

from modules.venues.service.checkins import (
    NewCheckin,
    Passed,
    correct_checkins,
    note_checkins,
    pass_by,
    withdraw_checkins,
)
from modules.venues.service.keeping import (
    Deleted,
    delete_expired,
    hold_person,
    hold_venue,
    lift_hold,
)
from modules.venues.service.posters import (
    NewStaff,
    Step,
    add_staff,
    end_staff,
    note_posters,
    state_numbers,
)
from modules.venues.service.register import (
    NewVenue,
    correct,
    issue,
    name_entrances,
    register,
    revoke,
    rotate_key,
    withdraw,
)
from modules.venues.service.rules import (
    adopt_change,
    adopt_keeping,
    adopt_limits,
    adopt_tracing,
    begin,
)

__all__ = [
    "Deleted",
    "NewCheckin",
    "NewStaff",
    "NewVenue",
    "Passed",
    "Step",
    "add_staff",
    "adopt_change",
    "adopt_keeping",
    "adopt_limits",
    "adopt_tracing",
    "begin",
    "correct",
    "correct_checkins",
    "delete_expired",
    "end_staff",
    "hold_person",
    "hold_venue",
    "issue",
    "lift_hold",
    "name_entrances",
    "note_checkins",
    "note_posters",
    "pass_by",
    "register",
    "revoke",
    "rotate_key",
    "state_numbers",
    "withdraw",
    "withdraw_checkins",
]
