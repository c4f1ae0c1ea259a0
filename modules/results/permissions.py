"""What a person may be allowed to do with results."""

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Permission, Role

SEE = Permission(
    "results.see",
    N_("See released results"),
    (
        Role.TECHNICIAN,
        Role.LAB_HEAD,
        Role.RECEPTION,
        Role.CLERK,
        Role.QUARANTINE,
        Role.TRACER,
        Role.LEADER,
    ),
)
VALIDATE = Permission("results.validate", N_("Check results"), (Role.TECHNICIAN, Role.LAB_HEAD))
RELEASE = Permission("results.release", N_("Release results"), (Role.LAB_HEAD,))
RULES = Permission("results.rules", N_("Decide how many persons release a result"), (Role.LEADER,))
