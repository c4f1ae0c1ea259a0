"""Who may do what. A permission is declared by a module and asked for by a use case."""

from typing import NamedTuple

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_


class Role(Code):
    """The preset roles; which rights each holds is said by the permissions themselves."""

    TECHNICIAN = "technician", N_("Laboratory technician")
    LAB_HEAD = "lab_head", N_("Head of the laboratory")
    RECEPTION = "reception", N_("Specimen reception")
    QUARANTINE = "quarantine", N_("Quarantine manager")
    VACCINATION = "vaccination", N_("Vaccination team")
    VENUES = "venues", N_("Venue officer")
    CLERK = "clerk", N_("Reports clerk")
    TRACER = "tracer", N_("Contact tracer")
    GATE = "gate", N_("Checkpoint officer")
    LEADER = "leader", N_("Leader")
    ADMIN = "admin", N_("Administrator")


class Permission(NamedTuple):
    """One right, e.g. ``quarantine.assign``; ``title`` is what the roles page shows.

    ``roles`` are the preset roles that hold it; a unit may decide otherwise (``registry.roles``).
    The administrator begins with every right: on a small site he is also the clerk and the
    technician, and no right lifts the rule of two persons.
    """

    code: str
    title: str
    roles: tuple[Role, ...] = ()

    def held_by(self, role: Role) -> bool:
        """Whether a person of that role has the right."""
        return role is Role.ADMIN or role in self.roles


class Actor(NamedTuple):
    """The person on whose behalf work is done.

    ``role`` is the code of a preset, or of a role of the unit's own, which ``post`` names.
    """

    id: int
    name: str
    codes: frozenset[str] = frozenset()
    role: str = ""
    post: str = ""

    @property
    def title(self) -> str:
        """The word for the role in the language spoken now."""
        return role_title(self.role, self.post)


def role_title(code: str, name: str = "") -> str:
    """What a role is called: a preset in the language spoken now, any other as it was named."""
    return Role.of(code).word if code in tuple(Role) else name
