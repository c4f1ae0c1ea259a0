"""The closed lists of people and places."""

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_


class Sex(Code):
    """Administrative sex, as the citizen card states it."""

    M = "M", N_("Male")
    F = "F", N_("Female")


class DobKind(Code):
    """How a birth became known; only ``AGE`` is kept, the others show in the date itself."""

    DAY = "DAY", N_("day of birth")
    MONTH = "MONTH", N_("month of birth")
    YEAR = "YEAR", N_("year of birth")
    AGE = "AGE", N_("year counted from an age")

    @classmethod
    def seen_in(cls, dob: str, kept: "DobKind | None") -> "DobKind | None":
        """How precise a birth is: counted from an age, or as it is written."""
        return kept or {4: cls.YEAR, 7: cls.MONTH, 10: cls.DAY}.get(len(dob))


class Consent(Code):
    """Whether somebody wants to be told by telephone; nothing kept: nobody has asked."""

    YES = "YES", N_("yes")
    NO = "NO", N_("no")


class Whose(Code):
    """Whose telephone it is."""

    SELF = "SELF", N_("own telephone")
    SPOUSE = "SPOUSE", N_("husband or wife")
    PARENT = "PARENT", N_("parent")
    CHILD = "CHILD", N_("child")
    NEIGHBOUR = "NEIGHBOUR", N_("neighbour")
    VILLAGE_HEAD = "VILLAGE_HEAD", N_("village head")
    EMPLOYER = "EMPLOYER", N_("employer")
    OTHER = "OTHER", N_("somebody else")


class Relation(Code):
    """What somebody is to the one he looks after or declares for."""

    PARENT = "PARENT", N_("parent")
    SPOUSE = "SPOUSE", N_("husband or wife")
    CHILD = "CHILD", N_("child")
    GRANDPARENT = "GRANDPARENT", N_("grandparent")
    SIBLING = "SIBLING", N_("brother or sister")
    RELATIVE = "RELATIVE", N_("relative")
    STAFF = "STAFF", N_("staff on duty")
    OTHER = "OTHER", N_("somebody else")


class Sign(Code):
    """Why two entries may be one person, the strongest first."""

    NUMBER = "NUMBER", N_("the same citizen number")
    PASSPORT = "PASSPORT", N_("the same passport")
    INSURANCE = "INSURANCE", N_("the same insurance number")
    DIGIT = "DIGIT", N_("the same name, and numbers that differ in one digit")
    NAME = "NAME", N_("the same name, year of birth and commune")
    PHONE = "PHONE", N_("the same telephone and given name")


class Symptom(Code):
    """What a declaration asks everybody for."""

    FEVER = "FEVER", N_("fever")
    COUGH = "COUGH", N_("cough")
    SORE_THROAT = "SORE_THROAT", N_("sore throat")
    BREATHING = "BREATHING", N_("difficulty breathing")
    SMELL_TASTE = "SMELL_TASTE", N_("loss of smell or taste")


class Exposure(Code):
    """With whom a declaration says there was contact within the days it asks about."""

    CASE = "CASE", N_("somebody ill or suspected")
    AREA = "AREA", N_("somebody from an area with cases")
    SYMPTOMS = "SYMPTOMS", N_("somebody with symptoms")


class Form(Code):
    """How somebody signs for another (Decree 30/2020/ND-CP); none: in his own office."""

    KT = "KT", N_("for the head, by a deputy (KT.)")
    TM = "TM", N_("on behalf of the whole body (TM.)")
    TUQ = "TUQ", N_("by authority given (TUQ.)")
    TL = "TL", N_("by order, a head of department (TL.)")
