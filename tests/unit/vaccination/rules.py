"""The rules as they are shipped, and doses as the tests of the rules write them."""

from datetime import date

from hypothesis import HealthCheck, settings

from admin_suite.db.dated import shipped_rules
from modules.vaccination.rules.regimen import read
from modules.vaccination.rules.verdicts import Given, judge

RULES = read(shipped_rules("vaccination"))
AZ, PF, MO, VC = "Vaxzevria", "Comirnaty", "Spikevax", "BBIBP-CorV"
SP, JJ, HV, AB = "Sputnik V", "Janssen", "Hayat-Vax", "Abdala"
TODAY = date(2022, 12, 31)
ADULT = "1985-03-05"
# a busy machine draws slowly; that says nothing of the rules
UNHURRIED = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def dose(day, product=AZ, **more):
    return Given(date.fromisoformat(day), product, **more)


def verdicts(*doses, born=ADULT, today=TODAY):
    return [(one.number, one.verdict.value) for one in judge(doses, born, today, RULES)]
