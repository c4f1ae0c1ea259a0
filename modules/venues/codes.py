"""The closed lists of the venues."""

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_


class Kind(Code):
    """What a venue is: the column "Loại hình" of a commune's list."""

    OFFICE = "OFFICE", N_("Public office")
    HEALTH_FACILITY = "HEALTH_FACILITY", N_("Health facility")
    SCHOOL = "SCHOOL", N_("School")
    MARKET = "MARKET", N_("Market")
    LODGING = "LODGING", N_("Lodging")
    RESTAURANT = "RESTAURANT", N_("Restaurant")
    CAFE = "CAFE", N_("Café")
    COMPANY = "COMPANY", N_("Company")
    TRANSPORT = "TRANSPORT", N_("Public transport")
    RELIGIOUS = "RELIGIOUS", N_("Place of worship")
    PHARMACY = "PHARMACY", N_("Pharmacy")
    PETROL_STATION = "PETROL_STATION", N_("Petrol station")
    BANK = "BANK", N_("Bank")
    KARAOKE = "KARAOKE", N_("Karaoke")
    EVENT = "EVENT", N_("One-day event")
    OTHER = "OTHER", N_("Another place")


class Standing(Code):
    """Whether people can go there at all: the column "Tình trạng"."""

    OPEN = "OPEN", N_("Open")
    PAUSED = "PAUSED", N_("Closed for now")
    CLOSED = "CLOSED", N_("Closed for good")


class Reason(Code):
    """Why a scanned text does not let anybody be noted at an entrance."""

    FOREIGN = "FOREIGN", N_("This code is not one of ours.")
    FORGED = "FORGED", N_("This code looks like ours, and this unit did not make it.")
    UNKNOWN_VENUE = "UNKNOWN_VENUE", N_("The venue of this code is not in the register.")
    NOT_YET_VALID = "NOT_YET_VALID", N_("This code is not valid yet.")
    SUPERSEDED = "SUPERSEDED", N_("A newer code was issued for this entrance.")
    REVOKED = "REVOKED", N_("This code was revoked.")
