"""The closed lists of the laboratory."""

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_


class Subject(Code):
    """Why somebody is sampled: the column "Đối tượng" of a sampling list."""

    F1 = "F1", N_("Close contact (F1)")
    F2 = "F2", N_("Contact of a contact (F2)")
    SYMPTOMATIC = "SYMPTOMATIC", N_("Symptomatic")
    RETURNEE = "RETURNEE", N_("Returned from an epidemic area")
    QUARANTINE = "QUARANTINE", N_("In quarantine")
    HEALTH_WORKER = "HEALTH_WORKER", N_("Health worker")
    SCREENING = "SCREENING", N_("Screening")
    OTHER = "OTHER", N_("Other reason")


class Material(Code):
    """What is in the tube: the column "Loại mẫu"."""

    NASOPHARYNGEAL = "NASOPHARYNGEAL", N_("Nasopharyngeal swab")
    OROPHARYNGEAL = "OROPHARYNGEAL", N_("Throat swab")
    SALIVA = "SALIVA", N_("Saliva")


class Outcome(Code):
    """What a measurement says of a tube.

    ``AWAITING_SINGLES`` is the only word besides ``NEGATIVE`` that a pooled tube may have: nobody
    in it is positive or negative until swabbed again, alone.
    """

    NEGATIVE = "NEGATIVE", N_("Negative")
    POSITIVE = "POSITIVE", N_("Positive")
    INCONCLUSIVE = "INCONCLUSIVE", N_("Inconclusive")
    INVALID = "INVALID", N_("Invalid")
    AWAITING_SINGLES = "AWAITING_SINGLES", N_("Waiting for single samples")


class Method(Code):
    """How it was measured."""

    PCR = "PCR", N_("Real-time RT-PCR")
    ANTIGEN = "ANTIGEN", N_("Rapid antigen test")


class RapidOutcome(Code):
    """What a rapid test says; a line that does not appear is invalid, never negative."""

    NEGATIVE = "NEGATIVE", N_("Negative")
    POSITIVE = "POSITIVE", N_("Positive")
    INVALID = "INVALID", N_("Invalid")


class Movement(Code):
    """Why tests of a lot came or went."""

    RECEIVED = "RECEIVED", N_("Received")
    USED = "USED", N_("Used")
    GIVEN_BACK = "GIVEN_BACK", N_("Entered in error")
    DISCARDED = "DISCARDED", N_("Discarded")
    COUNTED = "COUNTED", N_("Counted")


class Stage(Code):
    """How far the test of a tube has come; where the tube itself is, says its ``State``.

    A screen folds ``MEASURED`` and ``CHECKED`` to one word, and what will have no result to
    another: ``REJECTED`` was unfit, ``CANCELLED`` never came or was lost.
    """

    EXPECTED = "EXPECTED", N_("To be received")
    RECEIVED = "RECEIVED", N_("Waiting for a result")
    MEASURED = "MEASURED", N_("To be checked")
    CHECKED = "CHECKED", N_("To be released")
    RELEASED = "RELEASED", N_("Released")
    REJECTED = "REJECTED", N_("Rejected")
    CANCELLED = "CANCELLED", N_("Cancelled")

    @property
    def brief(self) -> str:
        """Where so little is said that only waiting counts: nothing once it is released."""
        if self in {Stage.REJECTED, Stage.CANCELLED}:
            return Plain.AGAIN.word
        return "" if self is Stage.RELEASED else Stage.RECEIVED.word


class State(Code):
    """Where a tube is: the life of a specimen, apart from that of its test.

    FHIR calls ``REJECTED`` unsatisfactory, ``DISPOSED`` and ``LOST`` unavailable, ``CANCELLED``
    entered-in-error, and all others available.
    """

    PLANNED = "PLANNED", N_("To be collected")
    COLLECTED = "COLLECTED", N_("Collected")
    IN_TRANSIT = "IN_TRANSIT", N_("On the way")
    RECEIVED = "RECEIVED", N_("In the laboratory")
    STORED = "STORED", N_("Stored")
    REFERRED_OUT = "REFERRED_OUT", N_("Sent to another laboratory")
    RETURNED = "RETURNED", N_("Back from another laboratory")
    DISPOSED = "DISPOSED", N_("Disposed of")
    REJECTED = "REJECTED", N_("Rejected")
    CANCELLED = "CANCELLED", N_("Cancelled")
    LOST = "LOST", N_("Lost")


class Deed(Code):
    """What can be done with a tube as a thing; ``rules.WAYS`` says when."""

    COLLECT = "COLLECT", N_("Collect")
    SEND = "SEND", N_("Send to the laboratory")
    RECEIVE = "RECEIVE", N_("Receive")
    UNRECEIVE = "UNRECEIVE", N_("Take the reception back")
    REJECT = "REJECT", N_("Reject")
    UNREJECT = "UNREJECT", N_("Take the rejection back")
    STORE = "STORE", N_("Put into the store")
    TAKE_OUT = "TAKE_OUT", N_("Take out of the store")
    REFER = "REFER", N_("Send to another laboratory")
    RETURN = "RETURN", N_("Take back from another laboratory")
    DISPOSE = "DISPOSE", N_("Throw away")
    CANCEL = "CANCEL", N_("Cancel")
    LOSE = "LOSE", N_("Report as lost")
    REOPEN = "REOPEN", N_("Take up again")


class Unfit(Code):
    """Why a tube is rejected: the reasons of the country's laboratory program, typed anew.

    Source: the rejection reasons of the Vietnamese OpenELIS. ``OTHER`` needs words.
    """

    REQUEST = "REQUEST", N_("The request form does not fit or is not complete")
    NO_REQUEST = "NO_REQUEST", N_("No test is asked for")
    NO_DAY = "NO_DAY", N_("Day and hour of the collection are missing")
    NO_NUMBER = "NO_NUMBER", N_("There is no tube number")
    UNCLEAR_NUMBER = "UNCLEAR_NUMBER", N_("The tube number cannot be read")
    NO_PATIENT = "NO_PATIENT", N_("Name or number of the patient are missing")
    LABEL = "LABEL", N_("No label, or a wrong one")
    CONTAINER = "CONTAINER", N_("The tube or its box is not as it should be")
    TRANSPORT_HEAT = "TRANSPORT_HEAT", N_("Received or carried at a wrong temperature")
    STORAGE_HEAT = "STORAGE_HEAT", N_("Kept at a wrong temperature")
    MATERIAL = "MATERIAL", N_("This kind of specimen is not accepted")
    BROKEN = "BROKEN", N_("The tube is broken, leaks or is soiled")
    TOO_LATE = "TOO_LATE", N_("Too late for reception or test")
    MEDIUM = "MEDIUM", N_("The transport medium has expired")
    COLLECTION = "COLLECTION", N_("Not collected as it should be")
    STORAGE = "STORAGE", N_("Not kept as it should be")
    VOLUME = "VOLUME", N_("There is too little in it")
    NOT_RECEIVED = "NOT_RECEIVED", N_("There is no specimen in it")
    OTHER = "OTHER", N_("Another reason")


class BlockKind(Code):
    """For what numbers are reserved, and so who deals them out."""

    STATION = "STATION", N_("A station or a computer for a day")
    LABELS = "LABELS", N_("A batch of printed labels")
    OFFLINE = "OFFLINE", N_("A site without network")


class LabelState(Code):
    """What became of a printed label."""

    PRINTED = "PRINTED", N_("Printed")
    USED = "USED", N_("Used")
    VOID = "VOID", N_("Void")
    MISSING = "MISSING", N_("Not found")


class Gap(Code):
    """Why a number below the next one has no tube."""

    RESERVED = "RESERVED", N_("Still reserved")
    LABEL_WAITS = "LABEL_WAITS", N_("The label is printed and not used yet")
    LABEL_VOID = "LABEL_VOID", N_("The label is void")
    LABEL_MISSING = "LABEL_MISSING", N_("The label is missing")
    WITHDRAWN = "WITHDRAWN", N_("The tube was withdrawn with its list")
    GIVEN_BACK = "GIVEN_BACK", N_("Given back; it is dealt out next")
    NOT_USED = "NOT_USED", N_("Not used by who had it reserved")
    UNEXPLAINED = "UNEXPLAINED", N_("Nobody has explained it")


class Finding(Code):
    """What was found of one tube when a box was handed over."""

    MISSING = "MISSING", N_("Not found")
    HERE = "HERE", N_("Handed over")
    BROKEN = "BROKEN", N_("Broken")
    EXTRA = "EXTRA", N_("Not on the list")


class Again(Code):
    """Why somebody has to be swabbed again."""

    REJECTED = "REJECTED", N_("The tube was rejected")
    LOST = "LOST", N_("The tube was lost")
    POOL = "POOL", N_("The pool was not negative")
    UNCLEAR = "UNCLEAR", N_("The result is not clear")
    ANNULLED = "ANNULLED", N_("The result was annulled")


class Plain(Code):
    """The four words of a small station for a swab; what is written stays stage and outcome."""

    WAITING = "WAITING", N_("Waiting for a result")
    NEGATIVE = "NEGATIVE", N_("Negative")
    POSITIVE = "POSITIVE", N_("Positive")
    AGAIN = "AGAIN", N_("Sample again")

    @classmethod
    def of_outcome(cls, outcome: Outcome | None) -> "Plain":
        """The word for an outcome; without one it still waits."""
        if outcome is None:
            return cls.WAITING
        return {Outcome.NEGATIVE: cls.NEGATIVE, Outcome.POSITIVE: cls.POSITIVE}.get(
            outcome, cls.AGAIN
        )


def outcome_word(outcome: Outcome, *, folded: bool) -> str:
    """The word for an outcome where steps are folded, and where they are not."""
    return Plain.of_outcome(outcome).word if folded else outcome.word
