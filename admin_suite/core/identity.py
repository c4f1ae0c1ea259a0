"""Identities that leave the database: UUID version 7 (RFC 9562), ordered by time."""

import secrets
from datetime import UTC, datetime
from uuid import UUID

VERSION = 7
LOW = (1 << 62) - 1  # of the counter, the bits behind the two of the variant


def new_uids(at: datetime, count: int) -> list[str]:
    """``count`` new identities of the moment ``at``, ascending, 36 characters each.

    The 12 bits after the milliseconds and the random bits behind them are one counter with a
    random start, so a batch is in order however fast it is made.
    """
    moment = f"{int(at.timestamp() * 1000):012x}"
    first = f"{moment[:8]}-{moment[8:]}-7"
    start = secrets.randbits(73)  # one bit of the 74 is left for the batch to count up
    made = []
    for counter in range(start, start + count):
        low = f"{2 << 62 | counter & LOW:016x}"
        made.append(f"{first}{counter >> 62:03x}-{low[:4]}-{low[4:]}")
    return made


def made_after(uid: str, moment: datetime) -> bool:
    """Whether an identity was made later than a moment; of another kind of UUID nobody knows."""
    return UUID(uid).version == VERSION and made_at(uid) > moment


def made_at(uid: str) -> datetime:
    """When an identity was made."""
    return datetime.fromtimestamp(int(uid.replace("-", "")[:12], 16) / 1000, UTC)
