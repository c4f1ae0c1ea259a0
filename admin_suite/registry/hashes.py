"""Passwords and PINs as they are kept: Argon2id with a salt of its own for each.

The cost is the second choice of RFC 9106, section 4: three passes over 64 MiB, so that a guess
costs a thief a twentieth of a second and as much memory.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4${salt}${digest}".format(salt="A" * 22, digest="A" * 43)


def kept(word: str) -> str:
    """What is kept of a password or PIN."""
    return _HASHER.hash(word)


def matches(word: str, known: str) -> bool:
    """Whether this is the word that was kept; nothing matches where none was."""
    try:
        return _HASHER.verify(known, word)
    except (VerificationError, InvalidHashError):
        return False


def take_time(word: str) -> None:
    """Take as long as a comparison: an answer that comes at once tells that there is no user."""
    matches(word, _NOBODY)


def weaker(known: str) -> bool:
    """Whether it was kept at another cost than today's, so that it is to be kept anew."""
    return _HASHER.check_needs_rehash(known)
