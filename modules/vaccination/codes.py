"""The closed lists of vaccination."""

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_

LISTED = (1, 2, 3, 4, 5)  # the doses that one line of a list can tell


class Source(Code):
    """Where we know a dose from."""

    OWN = "OWN", N_("Given here")
    CARD = "CARD", N_("Vaccination card")
    REGISTRY = "REGISTRY", N_("National platform")
    LIST = "LIST", N_("List of a sender")
    VERBAL = "VERBAL", N_("Told by the person")


ELSEWHERE_SOURCES = (Source.CARD, Source.REGISTRY, Source.VERBAL)  # of a dose that somebody types


class Reliability(Code):
    """How far a dose given elsewhere is believed."""

    TRUSTED = "TRUSTED", N_("Proved")
    UNKNOWN = "UNKNOWN", N_("Not checked")
    UNRELIABLE = "UNRELIABLE", N_("Doubtful")


class Verdict(Code):
    """What a dose is worth, one word for each dose; the reasons stand beside it."""

    VALID = "VALID", N_("Valid")
    EARLY = "EARLY", N_("Too early")
    MIXED = "MIXED", N_("Mixed products")
    EXTRA = "EXTRA", N_("Beyond the schedule")
    UNDER_AGE = "UNDER_AGE", N_("Under age")
    DUPLICATE = "DUPLICATE", N_("Entered twice")
    IMPOSSIBLE_DATE = "IMPOSSIBLE_DATE", N_("Impossible day")


class Why(Code):
    """Why a dose has its verdict, or what is to be known of it besides."""

    INTERVAL = "INTERVAL", N_("{days} days after the dose before; at least {least} are asked for")
    EARLY_BY = "EARLY_BY", N_("{days} days too early; the first day would have been {day}")
    NO_RULE = "NO_RULE", N_("no interval after {product} is known; the days were not judged")
    ADDITIONAL = (
        "ADDITIONAL",
        N_(
            "in time as the additional dose of somebody with weak immunity: {least} days are enough"
        ),
    )
    MIX_ALLOWED = "MIX_ALLOWED", N_("{other} after {product} is allowed with written consent")
    MIX_UNFORESEEN = "MIX_UNFORESEEN", N_("no rule allows {other} after {product}")
    AGE = "AGE", N_("{age} years old; {product} is for {least} years and above")
    AGE_OVER = "AGE_OVER", N_("{age} years old; {product} is for people up to {most} years")
    AGE_UNSURE = "AGE_UNSURE", N_("the birth is not known to the day; the age is not sure")
    SCHEDULE_FULL = "SCHEDULE_FULL", N_("the schedule has {doses} doses")
    SAME_DAY = "SAME_DAY", N_("another dose is entered for the same day")
    BEFORE_BIRTH = "BEFORE_BIRTH", N_("the day is before the birth")
    AFTER_DEATH = "AFTER_DEATH", N_("the day is after the death")
    TO_COME = "TO_COME", N_("the day is still to come")
    BEFORE_LICENCE = "BEFORE_LICENCE", N_("{product} was licensed in Viet Nam on {day}")
    PRODUCT_UNKNOWN = "PRODUCT_UNKNOWN", N_("the product is not known")
    EARLIER_UNKNOWN = "EARLIER_UNKNOWN", N_("an earlier dose is not entered")
    NOT_VIABLE = "NOT_VIABLE", N_("the vial was {hours} hours over its time, or its lot recalled")


class Move(Code):
    """Why the balance of a lot changed; what is opened is a vial with its doses."""

    RECEIVE = "RECEIVE", N_("Received")
    RETURN = "RETURN", N_("Returned unopened")
    TRANSFER = "TRANSFER", N_("Passed on to another unit")
    OPEN = "OPEN", N_("Vial opened")
    EXPIRE = "EXPIRE", N_("Expired")
    BREAK = "BREAK", N_("Broken")
    COLD_CHAIN = "COLD_CHAIN", N_("Cold chain failed")
    ADJUST = "ADJUST", N_("Corrected after counting")


class SessionState(Code):
    """How far a vaccination session has come."""

    PLANNED = "PLANNED", N_("Planned")
    OPEN = "OPEN", N_("Running")
    CLOSED = "CLOSED", N_("Closed")
    CANCELLED = "CANCELLED", N_("Called off")


OVER = (SessionState.CLOSED, SessionState.CANCELLED)  # nobody is expected any more


class Turn(Code):
    """Where somebody stands in a session."""

    INVITED = "INVITED", N_("Invited")
    ARRIVED = "ARRIVED", N_("Has come")
    SCREENED = "SCREENED", N_("Screened")
    WATCHED = "WATCHED", N_("Rests after the injection")
    DONE = "DONE", N_("Gone home")
    DEFERRED = "DEFERRED", N_("Postponed")
    CONTRAINDICATED = "CONTRAINDICATED", N_("May not be vaccinated")
    HOSPITAL = "HOSPITAL", N_("Sent to hospital")
    NO_SHOW = "NO_SHOW", N_("Did not come")
    REFUSED = "REFUSED", N_("Has refused")
    MOVED = "MOVED", N_("Moved away")
    ELSEWHERE = "ELSEWHERE", N_("Vaccinated elsewhere")
    DIED = "DIED", N_("Died")


class Station(Code):
    """Where a seat of a session stands: alone, or at one of four stations with a queue each."""

    ALONE = "ALONE", N_("All stations, one person alone")
    RECEPTION = "RECEPTION", N_("Reception and consent")
    SCREENING = "SCREENING", N_("Screening station")
    INJECTION = "INJECTION", N_("Injection station")
    REST = "REST", N_("Observation, 30 minutes")


class Call(Code):
    """What a call to somebody who is due has led to."""

    COMES = "COMES", N_("Will come")
    UNREACHED = "UNREACHED", N_("Not reached")
    WRONG_NUMBER = "WRONG_NUMBER", N_("Wrong number")
    REFUSED = "REFUSED", N_("Has refused")
    MOVED = "MOVED", N_("Moved away")
    ELSEWHERE = "ELSEWHERE", N_("Vaccinated elsewhere")
    DIED = "DIED", N_("Died")


class Consent(Code):
    """What somebody, or a guardian, says to the injection."""

    GIVEN = "GIVEN", N_("Consents")
    REFUSED = "REFUSED", N_("Does not consent")
    WITHDRAWN = "WITHDRAWN", N_("Has withdrawn the consent")


class Screened(Code):
    """The four outcomes of the screening (Decision 2995/QĐ-BYT, 18 June 2021)."""

    ELIGIBLE = "ELIGIBLE", N_("Eligible")
    CAUTION = "CAUTION", N_("With caution")
    DEFER = "DEFER", N_("Postpone")
    CONTRAINDICATED = "CONTRAINDICATED", N_("Contraindicated")


class Arm(Code):
    """Where it was injected."""

    LEFT = "LEFT", N_("Left arm")
    RIGHT = "RIGHT", N_("Right arm")


class Common(Code):
    """The usual reactions, which are only counted (Appendix 5 of Decision 3588/QĐ-BYT)."""

    FEVER = "FEVER", N_("Fever")
    LOCAL = "LOCAL", N_("Pain and swelling")
    OTHER = "OTHER", N_("Other usual reaction")


class Sign(Code):
    """Events of a severe reaction (WHO reporting form for AEFI, December 2020)."""

    LOCAL_SEVERE = "LOCAL_SEVERE", N_("Severe local reaction")
    FEBRILE_SEIZURE = "FEBRILE_SEIZURE", N_("Febrile seizure")
    SEIZURE = "SEIZURE", N_("Seizure without fever")
    ABSCESS = "ABSCESS", N_("Abscess")
    SEPSIS = "SEPSIS", N_("Sepsis")
    ENCEPHALOPATHY = "ENCEPHALOPATHY", N_("Encephalopathy")
    TOXIC_SHOCK = "TOXIC_SHOCK", N_("Toxic shock syndrome")
    THROMBOCYTOPENIA = "THROMBOCYTOPENIA", N_("Thrombocytopenia")
    ANAPHYLAXIS = "ANAPHYLAXIS", N_("Anaphylaxis")
    HIGH_FEVER = "HIGH_FEVER", N_("Fever of 38 °C and above")
    OTHER = "OTHER", N_("Another severe event")


class Serious(Code):
    """Why an event is serious (WHO reporting form for AEFI, December 2020)."""

    DEATH = "DEATH", N_("Death")
    LIFE_THREATENING = "LIFE_THREATENING", N_("Life-threatening")
    DISABILITY = "DISABILITY", N_("Disability")
    HOSPITAL = "HOSPITAL", N_("Stay in hospital")
    CONGENITAL = "CONGENITAL", N_("Congenital anomaly")
    OTHER = "OTHER", N_("Another important medical event")


class Ending(Code):
    """What became of a severe reaction."""

    RECOVERING = "RECOVERING", N_("Recovering")
    RECOVERED = "RECOVERED", N_("Recovered")
    SEQUELAE = "SEQUELAE", N_("Recovered with sequelae")
    NOT_RECOVERED = "NOT_RECOVERED", N_("Not recovered")
    UNKNOWN = "UNKNOWN", N_("Not known")
    DIED = "DIED", N_("Died")


class Asked(Code):
    """How far a request for correction has come."""

    OPEN = "OPEN", N_("To be answered")
    DONE = "DONE", N_("Corrected as asked")
    DECLINED = "DECLINED", N_("Declined")


class Wrong(Code):
    """What is to be corrected: of a person, of one dose, or a dose as a whole."""

    NAME = "name", N_("Full name")
    DOB = "dob", N_("Date of birth")
    SEX = "sex", N_("Sex")
    ID_NO = "id_no", N_("Citizen number")
    PHONE = "phone", N_("Telephone")
    ADDRESS = "address", N_("Address")
    INSURANCE_NO = "insurance_no", N_("Insurance number")
    PRODUCT = "product", N_("Vaccine")
    ON = "on", N_("Day of the injection")
    LOT = "lot", N_("Lot")
    PLACE = "place", N_("Place of the injection")
    STATED = "stated", N_("Which dose")
    NEVER = "never", N_("This dose was never given")
    MISSING = "missing", N_("A dose is missing")


OF_DOSE = (Wrong.PRODUCT, Wrong.ON, Wrong.LOT, Wrong.PLACE, Wrong.STATED)
WHOLE = (Wrong.NEVER, Wrong.MISSING)
OF_PERSON = tuple(one for one in Wrong if one not in (*OF_DOSE, *WHOLE))


class Paper(Code):
    """Whether a confirmation that was printed still says what is known."""

    IN_FORCE = "IN_FORCE", N_("In force")
    STALE = "STALE", N_("No longer right")
    REPLACED = "REPLACED", N_("Replaced")


class Standing(Code):
    """Where somebody stands in the schedule today."""

    COMPLETE = "COMPLETE", N_("Schedule complete")
    NOT_YET = "NOT_YET", N_("Not yet due")
    DUE = "DUE", N_("Due")
    OVERDUE = "OVERDUE", N_("Overdue")
    DEFERRED = "DEFERRED", N_("Postponed")
    CONTRAINDICATED = "CONTRAINDICATED", N_("May not be vaccinated")
    REFUSED = "REFUSED", N_("Has refused")
    MOVED = "MOVED", N_("Moved away")
    DIED = "DIED", N_("Died")
    UNKNOWN_HISTORY = "UNKNOWN_HISTORY", N_("Earlier doses unknown")


class Match(Code):
    """Why the national platform would not match a record with the population register."""

    NO_ID = "NO_ID", N_("No citizen number")
    BAD_ID = "BAD_ID", N_("Ill-formed citizen number")
    DIFFERS = "DIFFERS", N_("Name, birth or sex do not go with the number")
