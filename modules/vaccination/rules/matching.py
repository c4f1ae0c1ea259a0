"""What stops a record when the national platform matches it with the population register.

The Ministry names three causes: no citizen number, an ill-formed one, a name, birth or sex that
differs. The number itself tells century, sex and year (Decree 137/2015/NĐ-CP, Article 13).
"""

import re

from admin_suite.registry.codes import Sex
from modules.vaccination.codes import Match

FIRST_PROVINCE, LAST_PROVINCE = 1, 96
CITIZEN = re.compile(r"(\d{3})(\d)(\d\d)\d{6}")
OLD = re.compile(r"\d{9}")
PASSPORT = re.compile(r"[A-Z]{1,3}\d{5,9}")
YEAR = 4


def match(id_no: str, dob: str, sex: Sex | None, *, foreign: bool = False) -> Match | None:
    """The class of error of one person, none if nothing speaks against a match."""
    if not id_no:
        return Match.NO_ID
    found = CITIZEN.fullmatch(id_no)
    if found is None:
        good = OLD.fullmatch(id_no) or (foreign and PASSPORT.fullmatch(id_no))
        return None if good else Match.BAD_ID
    if not FIRST_PROVINCE <= int(found[1]) <= LAST_PROVINCE:
        return Match.BAD_ID
    century, woman = divmod(int(found[2]), 2)
    wrong_year = bool(dob) and int(dob[:YEAR]) != 1900 + 100 * century + int(found[3])
    wrong_sex = sex is not None and (woman == 1) != (sex is Sex.F)
    return Match.DIFFERS if wrong_year or wrong_sex else None
