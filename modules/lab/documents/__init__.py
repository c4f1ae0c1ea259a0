"""The papers of the laboratory: labels, the record of a hand-over, the notice of a rejection."""

from modules.lab.documents.handover import draw_handover
from modules.lab.documents.labels import draw_labels
from modules.lab.documents.rejection import draw_rejection

__all__ = ["draw_handover", "draw_labels", "draw_rejection"]
