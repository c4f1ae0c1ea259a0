"""The tables of the laboratory, a file for each subject."""

from modules.lab.models import handover, keeping, numbers, tubes
from modules.lab.models.handover import Handover, HandoverLine
from modules.lab.models.keeping import Recollection, Referral, Storage
from modules.lab.models.numbers import Block, Label, Numbering
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
    **tubes.COMPLAINTS,
    **numbers.COMPLAINTS,
    **handover.COMPLAINTS,
    **keeping.COMPLAINTS,
}

__all__ = [
    "COMPLAINTS",
    "CURRENT",
    "RECEIVED",
    "THERE",
    "TOLD",
    "Block",
    "Handover",
    "HandoverLine",
    "Label",
    "Measurement",
    "Numbering",
    "Recollection",
    "Referral",
    "SamplingList",
    "Specimen",
    "Storage",
    "Tube",
]
