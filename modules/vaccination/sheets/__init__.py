"""The lists of vaccination."""

from modules.vaccination.sheets.doses import DOSES
from modules.vaccination.sheets.registrations import REGISTRATIONS

__all__ = ["DOSES", "REGISTRATIONS"]
