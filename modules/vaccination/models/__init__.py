"""The tables of vaccination, a file for each subject."""

from modules.vaccination.models.people import Dose, Forecast, Registration
from modules.vaccination.models.reactions import Correction, Event, FollowUp, Reaction, Slip
from modules.vaccination.models.sentences import COMPLAINTS
from modules.vaccination.models.sessions import Session, Visit
from modules.vaccination.models.stock import Lot, StockMove, Vial

__all__ = [
    "COMPLAINTS",
    "Correction",
    "Dose",
    "Event",
    "FollowUp",
    "Forecast",
    "Lot",
    "Reaction",
    "Registration",
    "Session",
    "Slip",
    "StockMove",
    "Vial",
    "Visit",
]
