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
    """Where a tube is. A screen folds ``MEASURED`` and ``CHECKED`` to one word."""

    EXPECTED = "EXPECTED", N_("To be received")
    RECEIVED = "RECEIVED", N_("Waiting for a result")
    MEASURED = "MEASURED", N_("To be checked")
    CHECKED = "CHECKED", N_("To be released")
    RELEASED = "RELEASED", N_("Released")

    @property
    def brief(self) -> str:
        """Where so little is said that only waiting counts: nothing once it is released."""
        return "" if self is Stage.RELEASED else Stage.RECEIVED.word


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
