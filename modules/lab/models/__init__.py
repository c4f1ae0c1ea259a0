"""The tables of the laboratory, a file for each subject."""

from modules.lab.models import details, handover, keeping, kits, numbers, passages, rapid, tubes
from modules.lab.models.details import GENES, Gene, MeasurementDetail, genes_of, genes_said
from modules.lab.models.handover import Handover, HandoverLine
from modules.lab.models.keeping import Recollection, Referral, Storage
from modules.lab.models.kits import Kit, KitLot, KitMovement
from modules.lab.models.numbers import Block, DayStart, Label, Numbering
from modules.lab.models.passages import Passage
from modules.lab.models.rapid import RapidTest
from modules.lab.models.tubes import (
    CURRENT,
    RECEIVED,
    THERE,
    TOLD,
    Measurement,
    SamplingList,
    Specimen,
    Tube,
)

COMPLAINTS = {
    **details.COMPLAINTS,
    **handover.COMPLAINTS,
    **keeping.COMPLAINTS,
    **kits.COMPLAINTS,
    **numbers.COMPLAINTS,
    **passages.COMPLAINTS,
    **rapid.COMPLAINTS,
    **tubes.COMPLAINTS,
}

__all__ = [
    "COMPLAINTS",
    "CURRENT",
    "GENES",
    "RECEIVED",
    "THERE",
    "TOLD",
    "Block",
    "DayStart",
    "Gene",
    "Handover",
    "HandoverLine",
    "Kit",
    "KitLot",
    "KitMovement",
    "Label",
    "Measurement",
    "MeasurementDetail",
    "Numbering",
    "Passage",
    "RapidTest",
    "Recollection",
    "Referral",
    "SamplingList",
    "Specimen",
    "Storage",
    "Tube",
    "genes_of",
    "genes_said",
]
