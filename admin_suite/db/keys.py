"""The unit's signing keys, one line of them for each purpose: slips, posters, certificates.

Key number 0 of a purpose is derived from the database's own secret, so whoever only reads can sign
and verify with it, and a new database needs no ceremony. A rotation adds the next number; the
older ones stay, for what they signed hangs on walls. Whoever holds the database holds the keys:
see ``docs/decisions/0011-signing-keys.md``.
"""

import secrets
from datetime import datetime
from hashlib import blake2b

from msgspec import Struct
from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from admin_suite.core.i18n import N_
from admin_suite.db.base import OPEN, Base
from admin_suite.db.guards import append_only
from admin_suite.db.work import Work

SIZE = 32  # bytes of a secret, as Ed25519 and keyed BLAKE2b take them (RFC 8032, RFC 7693)
DOMAIN = b"house.key"  # keeps these derivations apart from every other digest of the same secret


class HouseKey(Base):
    """A key that took over from the one before it; never changed and never deleted."""

    __tablename__ = "house_key"
    __table_args__ = (
        UniqueConstraint("purpose", "number"),
        CheckConstraint("number > 0", name="number"),
        append_only("house_key"),
    )
    purpose: Mapped[str] = mapped_column(info=OPEN)
    number: Mapped[int] = mapped_column(info=OPEN)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[datetime] = mapped_column(info=OPEN)


COMPLAINTS = {
    "uq_house_key_purpose_number": N_("A colleague has just made a new key. Try again."),
    "ck_house_key_number": N_("The first key is made from the database itself."),
    "fixed_house_key": N_("A signing key is never changed."),
    "kept_house_key": N_("A signing key is never deleted."),
}


class Key(Struct, frozen=True):
    """A secret of a purpose; ``since`` is missing of number 0, which was there from the start."""

    purpose: str
    number: int
    secret: bytes
    since: datetime | None = None

    def __repr__(self) -> str:
        """Without the secret: it belongs in no log and no report."""
        return f"Key({self.purpose!r}, {self.number})"


def current(work: Work, purpose: str) -> Key:
    """The key that signs now."""
    return every(work, purpose)[-1]


def numbered(work: Work, purpose: str, number: int) -> Key | None:
    """The key of that number; None where there never was one."""
    if number == 0:
        return _first(work, purpose)
    query = select(HouseKey).where(HouseKey.purpose == purpose, HouseKey.number == number)
    row = work.session.scalars(query).one_or_none()
    return None if row is None else _key(row)


def every(work: Work, purpose: str) -> list[Key]:
    """All keys of a purpose, oldest first; what any of them signed was signed by this unit."""
    query = select(HouseKey).where(HouseKey.purpose == purpose).order_by(HouseKey.number)
    return [_first(work, purpose), *map(_key, work.session.scalars(query))]


def rotate(work: Work, purpose: str) -> Key:
    """Let a new key sign from now on; called by the module's own verb, which asks for the right."""
    number = current(work, purpose).number + 1
    secret = secrets.token_bytes(SIZE)
    row = HouseKey(purpose=purpose, number=number, secret=secret, since=work.now())
    work.session.add(row)
    work.session.flush()
    return _key(row)


def _first(work: Work, purpose: str) -> Key:
    derived = blake2b(purpose.encode(), key=work.secret, digest_size=SIZE, person=DOMAIN)
    return Key(purpose, 0, derived.digest())


def _key(row: HouseKey) -> Key:
    return Key(row.purpose, row.number, row.secret, row.since)
