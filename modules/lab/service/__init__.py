"""What people do in the laboratory, a file for each subject."""

from modules.lab.service.kits import (
    NewLot,
    count_kits,
    discard_kits,
    lots_of,
    receive_kits,
    write_ledger,
)
from modules.lab.service.measuring import MEASUREMENT, NewResult, Performed, enter, meaning
from modules.lab.service.rapid import (
    NewRapid,
    correct_rapid,
    enter_rapid,
    mark_rapid_error,
    withdraw_rapid,
)
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
    "NewLot",
    "NewRapid",
    "NewResult",
    "NewSample",
    "Performed",
    "correct",
    "correct_rapid",
    "count_kits",
    "discard_kits",
    "enter",
    "enter_rapid",
    "lots_of",
    "mark_rapid_error",
    "meaning",
    "move",
    "receive",
    "receive_kits",
    "register",
    "unreceive",
    "withdraw",
    "withdraw_rapid",
    "write_ledger",
]
