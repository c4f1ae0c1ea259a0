"""What people do in the laboratory, a file for each subject."""

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
    "NewResult",
    "NewSample",
    "correct",
    "enter",
    "meaning",
    "move",
    "receive",
    "register",
    "unreceive",
    "withdraw",
]
