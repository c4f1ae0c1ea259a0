"""What a person may be allowed to do with venues."""

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Permission, Role

SEE = Permission(
    "venues.see",
    N_("Look venues up"),
    (Role.VENUES, Role.CLERK, Role.TRACER, Role.GATE, Role.LEADER),
)
MANAGE = Permission("venues.manage", N_("Register and correct venues"), (Role.VENUES, Role.CLERK))
ISSUE = Permission("venues.issue", N_("Issue and revoke codes of venues"), (Role.VENUES,))
NOTE = Permission(
    "venues.note",
    N_("Note who comes to a venue and who leaves"),
    (Role.VENUES, Role.CLERK, Role.GATE),
)
VISITS = Permission(
    "venues.visits",
    N_("See who was at a venue"),
    (Role.VENUES, Role.TRACER),
)
KEEP = Permission(
    "venues.keeping",
    N_("Hold check-ins for a case, and delete those whose time is over"),
    (Role.VENUES, Role.TRACER),
)
RULES = Permission("venues.rules", N_("Adopt rules for visits and their keeping"), (Role.LEADER,))
