"""The closed lists of release: what a version is, what may be proposed, how people are told."""

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_


class Status(Code):
    """What a version of a report is: FHIR R4 DiagnosticReport.status, of what was released."""

    FINAL = "FINAL", N_("Released")
    CORRECTED = "CORRECTED", N_("Corrected")
    AMENDED = "AMENDED", N_("Amended")
    APPENDED = "APPENDED", N_("Appended")
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR", N_("Entered in error")


class State(Code):
    """Where the report of a tube stands, holds and preliminary notices included."""

    NONE = "NONE", N_("No result yet")
    REGISTERED = "REGISTERED", N_("To be checked")
    CHECKED = "CHECKED", N_("To be released")
    FINAL = "FINAL", N_("Released")
    CORRECTED = "CORRECTED", N_("Corrected")
    AMENDED = "AMENDED", N_("Amended")
    APPENDED = "APPENDED", N_("Appended")
    ON_HOLD = "ON_HOLD", N_("Being checked again")
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR", N_("Entered in error")


class Change(Code):
    """What two persons may do to a released result; one proposes it, another confirms it."""

    LIFT = "LIFT", N_("Let it stand as it was")
    CORRECT = "CORRECT", N_("Put another result in its place")
    AMEND = "AMEND", N_("Say it anew with changed particulars")
    APPEND = "APPEND", N_("Add a remark")
    ANNUL = "ANNUL", N_("Annul it, it was entered in error")

    @property
    def status(self) -> Status | None:
        """The version it makes; a lifted hold makes none."""
        return {
            Change.CORRECT: Status.CORRECTED,
            Change.AMEND: Status.AMENDED,
            Change.APPEND: Status.APPENDED,
            Change.ANNUL: Status.ENTERED_IN_ERROR,
        }.get(self)


class Channel(Code):
    """How somebody was told, or asked."""

    PHONE = "PHONE", N_("By telephone")
    SMS = "SMS", N_("By text message")
    LIST = "LIST", N_("By a list")
    DESK = "DESK", N_("Asked himself")


class Doubt(Code):
    """Why a signed slip does not hold."""

    FORGED = "FORGED", N_("The slip was not issued like this")
    SUPERSEDED = "SUPERSEDED", N_("REPLACED by v{number}")
    ON_HOLD = "ON_HOLD", N_("BEING CHECKED AGAIN")
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR", N_("ANNULLED, it was entered in error")
    FOREIGN = "FOREIGN", N_("The slip is not of this unit")
