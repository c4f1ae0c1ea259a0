"""Questions about venues, a file for each subject; answers are plain rows."""

from modules.venues.queries.register import (
    FILTERS,
    PURPOSE,
    EntranceRow,
    VenueRow,
    Verdict,
    alike,
    cells,
    coded,
    entrance_rows,
    first_venues,
    texts,
    venue_of,
    venue_rows,
    venues,
    venues_known,
    verdict,
)

__all__ = [
    "FILTERS",
    "PURPOSE",
    "EntranceRow",
    "VenueRow",
    "Verdict",
    "alike",
    "cells",
    "coded",
    "entrance_rows",
    "first_venues",
    "texts",
    "venue_of",
    "venue_rows",
    "venues",
    "venues_known",
    "verdict",
]
