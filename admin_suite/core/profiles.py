"""What kind of place works with the program; it decides what is shown, never what is stored."""

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_


class Profile(Code):
    """The kinds of places; changing it touches no data."""

    STATION = "station", N_("Commune health station")
    VACCINATION = "vaccination", N_("Vaccination point")
    QUARANTINE = "quarantine", N_("Quarantine facility")
    GATE = "gate", N_("Checkpoint")
    CULTURE = "culture", N_("Culture and information office")
    LABORATORY = "laboratory", N_("Laboratory")
    FULL = "full", N_("District health centre")
