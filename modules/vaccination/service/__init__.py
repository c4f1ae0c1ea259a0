"""What people do in vaccination, a file for each subject."""

from modules.vaccination.service.people import (
    NewDose,
    NewRegistration,
    correct,
    correct_doses,
    enter_doses,
    register,
    withdraw,
    withdraw_doses,
)
from modules.vaccination.service.rules import adopt, begin

__all__ = [
    "NewDose",
    "NewRegistration",
    "adopt",
    "begin",
    "correct",
    "correct_doses",
    "enter_doses",
    "register",
    "withdraw",
    "withdraw_doses",
]
