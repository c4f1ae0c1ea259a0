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


class Way(Code):
    """What was noted at an entrance: the column "Vào/Ra"."""

    IN = "IN", N_("In")
    OUT = "OUT", N_("Out")
    BOTH = "BOTH", N_("In and out")


class Means(Code):
    """How somebody was noted: the column "Hình thức"."""

    POSTER = "POSTER", N_("Scanned the poster")
    PERSONAL = "PERSONAL", N_("Personal code")
    CARD = "CARD", N_("Citizen card")
    INSURANCE = "INSURANCE", N_("Insurance card")
    PHONE = "PHONE", N_("Telephone")
    TYPED = "TYPED", N_("Typed in")


class Source(Code):
    """Where a check-in comes from; each has its own time after which it is deleted."""

    DESK = "DESK", N_("The desk of this program")
    VENUE = "VENUE", N_("The venue's own log")
    NATIONAL = "NATIONAL", N_("The national platform")


class Ending(Code):
    """Where the end of a stay comes from, the surest first."""

    NOTED = "NOTED", N_("The way out was noted.")
    ELSEWHERE = "ELSEWHERE", N_("The next check-in elsewhere ends it.")
    CLOSING = "CLOSING", N_("The venue closed; nobody noted the way out.")
    USUAL = "USUAL", N_("The usual stay at such a place; nobody noted the way out.")
    LIMIT = "LIMIT", N_("The longest stay that is believed; nobody noted the way out.")
    BACKWARDS = "BACKWARDS", N_("Only the way out was noted; the usual stay before it is believed.")
    ROSTER = "ROSTER", N_("The roster of the staff says so.")


class Doubt(Code):
    """Why a venue should be looked at: what of its check-ins can hardly be so."""

    QUIET = "QUIET", N_("Poster without scans")
    TYPED = "TYPED", N_("Typed by a guard")
    BURST = "BURST", N_("Many at once")
    CAPACITY = "CAPACITY", N_("Over its room")
    CROWDED = "CROWDED", N_("Perhaps over its room")
    HOURS = "HOURS", N_("Outside opening hours")
    TWO_PLACES = "TWO_PLACES", N_("In two places at once")
    FUTURE = "FUTURE", N_("In the future")
