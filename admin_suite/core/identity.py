"""Identities that leave the database: UUID version 7 (RFC 9562), ordered by time."""

import secrets
from datetime import UTC, datetime


def new_uids(at: datetime, count: int) -> list[str]:
    """``count`` new identities of the moment ``at``, ascending, 36 characters each.

    The 12 bits after the milliseconds and the random bits behind them are one counter with a
    random start, so a batch is in order however fast it is made.
    """
    milliseconds = int(at.timestamp() * 1000)
    start = secrets.randbits(73)  # one bit of the 74 is left for the batch to count up
    return [_written(milliseconds, start + place) for place in range(count)]


def made_at(uid: str) -> datetime:
    """When an identity was made."""
    return datetime.fromtimestamp(int(uid.replace("-", "")[:12], 16) / 1000, UTC)


def _written(milliseconds: int, counter: int) -> str:
    high, low = counter >> 62 & 0xFFF, counter & (1 << 62) - 1
    whole = milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low
    digits = f"{whole:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
