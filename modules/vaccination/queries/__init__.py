"""Questions about vaccination, a file for each subject; answers are plain rows."""

from modules.vaccination.queries import (
    changing,
    closing,
    corrections,
    desk,
    doses,
    due,
    preview,
    reactions,
    regimen,
    registrations,
    reported,
    sessions,
    slips,
    stock,
)

__all__ = [
    "changing",
    "closing",
    "corrections",
    "desk",
    "doses",
    "due",
    "preview",
    "reactions",
    "regimen",
    "registrations",
    "reported",
    "sessions",
    "slips",
    "stock",
]
