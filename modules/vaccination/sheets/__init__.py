"""The lists of vaccination."""

from modules.vaccination.sheets.corrections import CORRECTIONS
from modules.vaccination.sheets.doses import DOSES
from modules.vaccination.sheets.reactions import REACTIONS
from modules.vaccination.sheets.registrations import REGISTRATIONS

__all__ = ["CORRECTIONS", "DOSES", "REACTIONS", "REGISTRATIONS"]
