"""Vaccination, as the house sees it."""

from admin_suite.core.i18n import N_
from admin_suite.core.profiles import Profile
from admin_suite.module import Module
from modules.vaccination import service
from modules.vaccination.models import COMPLAINTS
from modules.vaccination.permissions import REGISTER, RULES, SEE
from modules.vaccination.sheets import DOSES, REGISTRATIONS

MODULE = Module(
    name="vaccination",
    title=N_("Vaccination"),
    icon="syringe",
    permissions=(SEE, REGISTER, RULES),
    sheets=(REGISTRATIONS, DOSES),
    complaints=COMPLAINTS,
    seed=service.begin,
    profiles=(Profile.VACCINATION, Profile.FULL),
)
