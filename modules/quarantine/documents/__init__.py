"""The papers of quarantine, a file for each kind."""

from modules.quarantine.documents.absconded import draw_absconded, draw_absconded_home
from modules.quarantine.documents.completion import draw_completion
from modules.quarantine.documents.decisions import draw_decision, draw_extension
from modules.quarantine.documents.leaving import draw_handover
from modules.quarantine.documents.meals import draw_meals
from modules.quarantine.documents.rooms import draw_bus, draw_doors, draw_rooms
from modules.quarantine.documents.watch import draw_watch

__all__ = [
    "draw_absconded",
    "draw_absconded_home",
    "draw_bus",
    "draw_completion",
    "draw_decision",
    "draw_doors",
    "draw_extension",
    "draw_handover",
    "draw_meals",
    "draw_rooms",
    "draw_watch",
]
