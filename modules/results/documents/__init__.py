"""The papers of released results, a file for each."""

from modules.results.documents.lists import draw_list
from modules.results.documents.slips import draw_preliminary, draw_slips

__all__ = ["draw_list", "draw_preliminary", "draw_slips"]
