"""The closed lists of quarantine."""

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_


class Group(Code):
    """Why somebody is in quarantine: the column "Nhóm đối tượng"; an F0 is never with others."""

    F1 = "F1", N_("Close contact (F1)")
    ENTRANT = "ENTRANT", N_("Entered the country")
    RETURNEE = "RETURNEE", N_("Returned from an epidemic area")
    SYMPTOMATIC = "SYMPTOMATIC", N_("Symptomatic")
    F0 = "F0", N_("Confirmed case (F0)")


class Setting(Code):
    """Where a quarantine is spent; the follow-up after it is spent at home."""

    FACILITY = "FACILITY", N_("In a facility")
    HOME = "HOME", N_("At home")


class Phase(Code):
    """What somebody is at home for on a day, as the clock says."""

    QUARANTINE = "QUARANTINE", N_("Home quarantine")
    FOLLOW_UP = "FOLLOW_UP", N_("Follow-up at home")
    OVER = "OVER", N_("Follow-up is over")


class Kind(Code):
    """What a span of time of a bed or a room is claimed for.

    One table holds them all, so that no stay overlaps a bed being cleaned. ``hl7`` is the bed
    status of HL7 table 0116; a reservation has none there, the bed counts as unoccupied.
    """

    STAY = "STAY", N_("Stay")
    RESERVED = "RESERVED", N_("Reserved")
    TO_CLEAN = "TO_CLEAN", N_("To be cleaned")
    CONTAMINATED = "CONTAMINATED", N_("To be disinfected")
    OUT_OF_SERVICE = "OUT_OF_SERVICE", N_("Out of service")
    LOCK = "LOCK", N_("Room locked")

    @property
    def hl7(self) -> str:
        """The letter of HL7 v2 table 0116."""
        return {
            Kind.STAY: "O",
            Kind.RESERVED: "U",
            Kind.TO_CLEAN: "H",
            Kind.CONTAMINATED: "K",
            Kind.OUT_OF_SERVICE: "C",
            Kind.LOCK: "I",
        }[self]


class Plain(Code):
    """The four words for a bed on screen; what is written stays the claim."""

    FREE = "FREE", N_("Free")
    TAKEN = "TAKEN", N_("Occupied")
    CLEANING = "CLEANING", N_("Waits for cleaning")
    UNUSABLE = "UNUSABLE", N_("Not in use")

    @classmethod
    def of_claim(cls, kind: Kind | None) -> "Plain":
        """The word for what claims a bed now; a reserved one is free but for its badge."""
        return {
            Kind.STAY: cls.TAKEN,
            Kind.TO_CLEAN: cls.CLEANING,
            Kind.CONTAMINATED: cls.CLEANING,
            Kind.OUT_OF_SERVICE: cls.UNUSABLE,
        }.get(kind or Kind.RESERVED, cls.FREE)


class Ended(Code):
    """How a stay ended; all but a move end the quarantine here, an absconder's is left open."""

    MOVED = "MOVED", N_("Moved")
    DISCHARGED = "DISCHARGED", N_("Completed")
    REFERRED = "REFERRED", N_("Referred to hospital")
    ABSCONDED = "ABSCONDED", N_("Absconded")
    DIED = "DIED", N_("Died")
    REVOKED = "REVOKED", N_("Order revoked")


class Adt(Code):
    """What happened to a stay, by the trigger event of HL7 v2 (table 0003)."""

    A01 = "A01", N_("Admitted")
    A02 = "A02", N_("Moved to another bed")
    A03 = "A03", N_("Left")
    A05 = "A05", N_("Bed reserved")
    A08 = "A08", N_("Entry corrected")
    A11 = "A11", N_("Admission taken back")
    A12 = "A12", N_("Move taken back")
    A13 = "A13", N_("Departure taken back")
    A17 = "A17", N_("Beds exchanged")
    A20 = "A20", N_("Bed status changed")
    A21 = "A21", N_("Left for a while")
    A22 = "A22", N_("Came back")
    A38 = "A38", N_("Reservation cancelled")

    @property
    def undone(self) -> "Adt | None":
        """The event that cancels it."""
        return {Adt.A01: Adt.A11, Adt.A02: Adt.A12, Adt.A03: Adt.A13}.get(self)


class CaseState(Code):
    """How far a positive result in quarantine has been acted on."""

    PROPOSED = "PROPOSED", N_("To be decided")
    CONFIRMED = "CONFIRMED", N_("Acted on")
    WITHDRAWN = "WITHDRAWN", N_("Withdrawn")


class Errand(Code):
    """What a person has to do because of what the program heard or found."""

    POSITIVE = "POSITIVE", N_("Decide on a positive result")
    TAKE_BACK = "TAKE_BACK", N_("Look at a corrected result")
    DOUBT = "DOUBT", N_("A result is in doubt")
    TEST = "TEST", N_("Take a sample")
    NOTICE = "NOTICE", N_("Tell the person and the commune")
    EXTENSION = "EXTENSION", N_("Write the decision of extension")
    REVOKE = "REVOKE", N_("Revoke the decision of extension")
    ALERT = "ALERT", N_("Look at a health alert")
    MISSING = "MISSING", N_("Look for who was missing at the head count")
    ABSCONDED = "ABSCONDED", N_("Report who has absconded")
    VISIT = "VISIT", N_("Visit who does not answer")


class Anchor(Code):
    """From what a quarantine is counted."""

    CONTACT = "CONTACT", N_("last contact")
    ARRIVAL = "ARRIVAL", N_("arrival")
    ROOM = "ROOM", N_("positive person in the room")
    HOUSEHOLD = "HOUSEHOLD", N_("positive person in the household")


class Document(Code):
    """A paper about one person that has a number in a registry."""

    DECISION = "DECISION", N_("Decision of quarantine")
    EXTENSION = "EXTENSION", N_("Decision of extension")
    COMPLETION = "COMPLETION", N_("Certificate of completion")


class Mark(Code):
    """Why somebody was not measured, though somebody went there or called."""

    ABSENT = "ABSENT", N_("Not in the room")
    REFUSED = "REFUSED", N_("Refused to be measured")
    NO_ANSWER = "NO_ANSWER", N_("No answer")
    NOT_AT_HOME = "NOT_AT_HOME", N_("Not at home")


class Channel(Code):
    """How a state of health became known."""

    ROUND = "ROUND", N_("Health round")
    CALL = "CALL", N_("Call")
    VISIT = "VISIT", N_("Visit")
    DECLARATION = "DECLARATION", N_("Health declaration")


class Followed(Code):
    """How far the follow-up of one person has come on one day at home."""

    EXPECTED = "EXPECTED", N_("Not heard of yet")
    NO_ANSWER = "NO_ANSWER", N_("No answer")
    REPORTED_OK = "REPORTED_OK", N_("Reported well")
    REPORTED_SYMPTOM = "REPORTED_SYMPTOM", N_("Reported symptoms")
    TEMP_ALERT = "TEMP_ALERT", N_("Temperature too high")
    REFUSED = "REFUSED", N_("Refused")
    NOT_AT_HOME = "NOT_AT_HOME", N_("Not at home")


class Lack(Code):
    """What is missing before somebody may go home."""

    CLOCK = "CLOCK", N_("The last day is not over")
    INFECTED = "INFECTED", N_("Is a confirmed case")
    UNDECIDED = "UNDECIDED", N_("A positive result waits for a decision")
    NO_TEST = "NO_TEST", N_("No negative result of the last days")
    PENDING = "PENDING", N_("A sample has no result yet")
    UNWELL = "UNWELL", N_("Fever or symptoms in the last days")
    ALERT = "ALERT", N_("A health alert is open")
    COMMUNE = "COMMUNE", N_("The home commune is not known")
    PHONE = "PHONE", N_("There is no telephone number")


class Payer(Code):
    """Who pays for somebody's meals."""

    SELF = "SELF", N_("The person")
    STATE = "STATE", N_("State budget")
    EMPLOYER = "EMPLOYER", N_("Employer")
    SPONSOR = "SPONSOR", N_("Sponsor")


class Flow(Code):
    """Why there is more or less of a supply."""

    IN = "IN", N_("Came in")
    OUT = "OUT", N_("Given out")
    COUNTED = "COUNTED", N_("Counted")


class Duty(Code):
    """Staff of a facility whose number limits how many people it can look after."""

    NURSE = "NURSE", N_("health staff")
    GUARD = "GUARD", N_("guards")
    SERVICE = "SERVICE", N_("service staff")
