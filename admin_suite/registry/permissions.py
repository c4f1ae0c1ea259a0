"""What a person may be allowed to do with people, places and users."""

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Permission, Role

SEE = Permission("registry.see", N_("Look people up"), tuple(Role))
KEEP = Permission(
    "registry.keep",
    N_("Enter and correct people"),
    (Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION, Role.QUARANTINE, Role.VACCINATION, Role.CLERK),
)
USERS = Permission("registry.users", N_("Add users and switch them off"), ())
OWN = Permission("registry.own", N_("Change one's own password and PIN"), tuple(Role))
BACKUP = Permission("registry.backup", N_("Make backups"), (Role.LEADER,))
RESTORE = Permission("registry.restore", N_("Put a backup in place of the database"), ())
AUDIT = Permission("registry.audit", N_("Read and check the audit trail"), (Role.LEADER,))
TAKE_BACK = Permission(
    "registry.take_back",
    N_("Take imports back"),
    (Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION, Role.QUARANTINE, Role.VACCINATION, Role.CLERK),
)
LAYOUTS = Permission(
    "registry.layouts",
    N_("Arrange output layouts"),
    (
        Role.TECHNICIAN,
        Role.LAB_HEAD,
        Role.RECEPTION,
        Role.QUARANTINE,
        Role.VACCINATION,
        Role.CLERK,
        Role.LEADER,
    ),
)
