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
HOLD = Permission(
    "results.hold",
    N_("Put released results on hold"),
    (Role.TECHNICIAN, Role.LAB_HEAD, Role.LEADER),
)
CORRECT = Permission(
    "results.correct",
    N_("Propose corrections of released results"),
    (Role.TECHNICIAN, Role.LAB_HEAD),
)
TELL = Permission(
    "results.tell",
    N_("Tell people their results, answer who asks"),
    (Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION, Role.CLERK),
)
OVERSEE = Permission(
    "results.oversee",
    N_("See what stays open too long, and who looked out of turn"),
    (Role.LAB_HEAD, Role.LEADER),
)
RULES = Permission("results.rules", N_("Decide how many persons release a result"), (Role.LEADER,))
