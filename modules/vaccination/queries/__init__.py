"""Questions about vaccination, a file for each subject; answers are plain rows."""

from modules.vaccination.queries import (
    changing,
    closing,
    desk,
    doses,
    due,
    preview,
    reactions,
    regimen,
    registrations,
    reported,
    sessions,
    stock,
)

__all__ = [
    "changing",
    "closing",
    "desk",
    "doses",
    "due",
    "preview",
    "reactions",
    "regimen",
    "registrations",
    "reported",
    "sessions",
    "stock",
]
