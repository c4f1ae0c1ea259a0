"""What people do in the laboratory, a file for each subject."""

from modules.lab.service.measuring import MEASUREMENT, NewResult, enter, meaning
from modules.lab.service.tubes import (
    SPECIMEN,
    TUBE,
    NewSample,
    correct,
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
