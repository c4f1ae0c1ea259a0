"""What a person may be allowed to do in vaccination."""

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Permission, Role

SEE = Permission(
    "vaccination.see",
    N_("Look registrations and doses up"),
    (Role.VACCINATION, Role.CLERK, Role.RECEPTION, Role.LEADER),
)
REGISTER = Permission(
    "vaccination.register",
    N_("Register people for vaccination and enter past doses"),
    (Role.VACCINATION, Role.CLERK, Role.RECEPTION),
)
PLAN = Permission(
    "vaccination.plan",
    N_("Plan vaccination sessions and invite people"),
    (Role.VACCINATION, Role.CLERK),
)
VACCINATE = Permission(
    "vaccination.vaccinate",
    N_("Screen, vaccinate and watch over people"),
    (Role.VACCINATION,),
)
STOCK = Permission(
    "vaccination.stock",
    N_("Keep the vaccine stock and recall lots"),
    (Role.VACCINATION,),
)
RULES = Permission("vaccination.rules", N_("Adopt rules of vaccination"), (Role.LEADER,))
