"""The tables of the laboratory, a file for each subject."""

from modules.lab.models.tubes import (
    COMPLAINTS,
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

__all__ = [
    "COMPLAINTS",
    "CURRENT",
    "RECEIVED",
    "THERE",
    "TOLD",
    "Measurement",
    "Numbering",
    "SamplingList",
    "Specimen",
    "Tube",
]
