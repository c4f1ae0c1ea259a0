"""What a person may be allowed to do in the laboratory."""

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Permission, Role

SEE = Permission(
    "lab.see",
    N_("Look specimens up"),
    (Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION, Role.CLERK, Role.LEADER),
)
REGISTER = Permission(
    "lab.register",
    N_("Register specimens and sampling lists"),
    (Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION, Role.CLERK),
)
RECEIVE = Permission(
    "lab.receive",
    N_("Receive tubes"),
    (Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION),
)
ENTER = Permission("lab.enter", N_("Enter results"), (Role.TECHNICIAN, Role.LAB_HEAD))
KEEP = Permission(
    "lab.keep",
    N_("Store tubes, send them on and throw them away"),
    (Role.TECHNICIAN, Role.LAB_HEAD),
)
RAPID = Permission(
    "lab.rapid",
    N_("Enter rapid tests"),
    (Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION, Role.CLERK),
)
KITS = Permission(
    "lab.kits",
    N_("Keep the ledger of test kits"),
    (Role.TECHNICIAN, Role.LAB_HEAD),
)
SETTINGS = Permission("lab.settings", N_("Change the settings of the laboratory"), (Role.LAB_HEAD,))
