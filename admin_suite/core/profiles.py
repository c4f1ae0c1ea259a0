"""What kind of place works with the program; it decides what is shown, never what is stored."""

from collections.abc import Mapping
from typing import NamedTuple

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_
from admin_suite.core.permissions import Role


class Profile(Code):
    """The kinds of places; changing it touches no data."""

    STATION = "station", N_("Commune health station")
    VACCINATION = "vaccination", N_("Vaccination point")
    QUARANTINE = "quarantine", N_("Quarantine facility")
    GATE = "gate", N_("Checkpoint")
    CULTURE = "culture", N_("Culture and information office")
    LABORATORY = "laboratory", N_("Laboratory")
    FULL = "full", N_("District health centre")


class Habit(NamedTuple):
    """How a kind of place works.

    ``roles`` are offered first to its people, ``home`` is the module, or the one page, that it
    begins the day with (none: the page of the day), ``lines`` limits the navigation (0: it does
    not), ``folded`` shows steps that one person does in one go as one word; they write the same
    states.
    """

    roles: tuple[Role, ...]
    home: str = ""
    lines: int = 0
    folded: bool = False


HABITS: Mapping[Profile, Habit] = {
    Profile.STATION: Habit((Role.CLERK, Role.RECEPTION, Role.LEADER), lines=4, folded=True),
    Profile.VACCINATION: Habit((Role.VACCINATION, Role.CLERK, Role.LEADER), "vaccination"),
    Profile.QUARANTINE: Habit((Role.QUARANTINE, Role.CLERK, Role.LEADER), "quarantine"),
    Profile.GATE: Habit((Role.GATE, Role.LEADER), "registry.declaring"),
    Profile.CULTURE: Habit((Role.VENUES, Role.CLERK, Role.LEADER), "venues"),
    Profile.LABORATORY: Habit((Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION)),
    Profile.FULL: Habit(tuple(Role)),
}
