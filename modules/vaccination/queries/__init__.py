"""Questions about vaccination, a file for each subject; answers are plain rows."""

from modules.vaccination.queries import doses, due, regimen, registrations

__all__ = ["doses", "due", "regimen", "registrations"]
