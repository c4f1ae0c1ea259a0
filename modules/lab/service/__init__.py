"""What people do in the laboratory, a file for each subject."""

from modules.lab.service.corrections import Correction, reinstate, replace, withhold
from modules.lab.service.tubes import (
    MEASUREMENT,
    SPECIMEN,
    TUBE,
    NewResult,
    NewSample,
    correct,
    enter,
    meaning,
    move,
    receive,
    register,
    unreceive,
    withdraw,
)

__all__ = [
    "MEASUREMENT",
    "SPECIMEN",
    "TUBE",
    "Correction",
    "NewResult",
    "NewSample",
    "correct",
    "enter",
    "meaning",
    "move",
    "receive",
    "register",
    "reinstate",
    "replace",
    "unreceive",
    "withdraw",
    "withhold",
]
