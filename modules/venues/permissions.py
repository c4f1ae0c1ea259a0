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
