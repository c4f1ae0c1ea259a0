"""What a person may be allowed to do with people, places and users."""

from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Permission, Role

SEE = Permission("registry.see", N_("Look people up"), tuple(Role))
KEEP = Permission(
    "registry.keep",
    N_("Enter and correct people"),
    (
        Role.TECHNICIAN,
        Role.LAB_HEAD,
        Role.RECEPTION,
        Role.QUARANTINE,
        Role.VACCINATION,
        Role.CLERK,
        Role.TRACER,
        Role.GATE,  # whoever is declared at a checkpoint is seldom known
    ),
)
USERS = Permission("registry.users", N_("Add users and switch them off"), ())
ROLES = Permission("registry.roles", N_("Decide what each role may do"), ())
SETTINGS = Permission(
    "registry.settings", N_("Look at the settings of the unit"), (Role.LAB_HEAD, Role.LEADER)
)
UNIT = Permission("registry.unit", N_("Change the settings of the whole unit"), ())
OWN = Permission("registry.own", N_("Change one's own password and PIN"), tuple(Role))
HAND_OVER = Permission("registry.hand_over", N_("Hand the shift over"), tuple(Role))
BACKUP = Permission("registry.backup", N_("Make backups"), (Role.LEADER,))
RESTORE = Permission("registry.restore", N_("Put a backup in place of the database"), ())
AUDIT = Permission("registry.audit", N_("Read and check the audit trail"), (Role.LEADER,))
TAKE_BACK = Permission(
    "registry.take_back",
    N_("Take imports back"),  # each sheet asks for its own right besides
    (
        Role.TECHNICIAN,
        Role.LAB_HEAD,
        Role.RECEPTION,
        Role.QUARANTINE,
        Role.VACCINATION,
        Role.VENUES,
        Role.CLERK,
        Role.TRACER,
        Role.GATE,
    ),
)
MERGE = Permission(
    "registry.merge",
    N_("Make two entries of one person one, and undo it"),
    (Role.LAB_HEAD, Role.RECEPTION, Role.QUARANTINE, Role.VACCINATION, Role.CLERK, Role.TRACER),
)
DECLARE = Permission(
    "registry.declare",
    N_("Enter declarations of health and movement"),
    (Role.RECEPTION, Role.QUARANTINE, Role.VACCINATION, Role.CLERK, Role.TRACER, Role.GATE),
)
UNITS = Permission("registry.units", N_("Say what stands on a unit's papers and who signs"), ())
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
EXPORT = Permission(
    "registry.export",
    N_("Take lists out as files"),  # each sheet asks for its own right besides
    tuple(role for role in Role if role is not Role.GATE),  # a checkpoint looks up one at a time
)

EVERY = (
    SEE,
    KEEP,
    EXPORT,
    LAYOUTS,
    MERGE,
    DECLARE,
    TAKE_BACK,
    UNITS,
    HAND_OVER,
    USERS,
    ROLES,
    SETTINGS,
    UNIT,
    OWN,
    BACKUP,
    RESTORE,
    AUDIT,
)
