"""The dark and light modules of a QR code, without a picture.

The mask is chosen, not searched: trying all eight costs six times more, and every reader takes
any of them.
"""

from functools import lru_cache
from typing import Literal

import qrcode
from qrcode import constants

Level = Literal["L", "M", "Q", "H"]
LEVELS: dict[Level, int] = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
MASK = 2


@lru_cache(maxsize=256)
def matrix(payload: str, level: Level = "M") -> tuple[tuple[bool, ...], ...]:
    """The smallest QR code for the payload, row by row; True is dark. No quiet zone."""
    maker = qrcode.QRCode(error_correction=LEVELS[level], border=0, mask_pattern=MASK)
    maker.add_data(payload, optimize=0)
    maker.make(fit=True)
    return tuple(tuple(bool(cell) for cell in row) for row in maker.modules)
