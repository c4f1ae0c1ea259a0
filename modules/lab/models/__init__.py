"""The tables of the laboratory, a file for each subject."""

from modules.lab.models import details, kits, passages, rapid, tubes
from modules.lab.models.details import GENES, Gene, MeasurementDetail, genes_of, genes_said
from modules.lab.models.kits import Kit, KitLot, KitMovement
from modules.lab.models.passages import Passage
from modules.lab.models.rapid import RapidTest
from modules.lab.models.tubes import (
    CURRENT,
    RECEIVED,
    THERE,
    TOLD,
    Measurement,
    Numbering,
    SamplingList,
    Specimen,
    Tube,
)

COMPLAINTS = {
    **tubes.COMPLAINTS,
    **details.COMPLAINTS,
    **kits.COMPLAINTS,
    **rapid.COMPLAINTS,
    **passages.COMPLAINTS,
}

__all__ = [
    "COMPLAINTS",
    "CURRENT",
    "GENES",
    "RECEIVED",
    "THERE",
    "TOLD",
    "Gene",
    "Kit",
    "KitLot",
    "KitMovement",
    "Measurement",
    "MeasurementDetail",
    "Numbering",
    "Passage",
    "RapidTest",
    "SamplingList",
    "Specimen",
    "Tube",
    "genes_of",
    "genes_said",
]
