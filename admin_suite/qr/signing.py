"""Signatures of what a QR code says, and the texts they make.

Two kinds: an Ed25519 signature is verified by anybody who has the public key, without a network and
without the secret; a keyed digest (``mac``) is shorter and verified only by whoever made it. Both
are written in base32 (RFC 4648), whose letters a QR code holds in its alphanumeric mode.
"""

from base64 import b32decode, b32encode
from hashlib import blake2b
from importlib import import_module
from typing import cast

CURVE = "admin_suite.qr.ed25519"  # reached by name: the library takes longer than the start has
LETTER = 5  # bits of a base32 letter
MOST_BITS = 320


def public_key(secret: bytes) -> bytes:
    """The 32 bytes by which anybody verifies what a secret of 32 bytes signed."""
    return cast("bytes", import_module(CURVE).public_key(secret))


def sign(secret: bytes, message: bytes) -> bytes:
    """The 64 bytes of the signature of a message."""
    return cast("bytes", import_module(CURVE).sign(secret, message))


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of the public key signed exactly this message."""
    return cast("bool", import_module(CURVE).verifies(public, message, signature))


def mac(secret: bytes, message: bytes, bits: int) -> str:
    """A keyed digest of a message, as base32; ``bits`` is a multiple of five, up to 320.

    Compare it by ``hmac.compare_digest``. A shorter one is no beginning of a longer one.
    """
    if not 0 < bits <= MOST_BITS or bits % LETTER:
        raise ValueError(bits)
    size = -(-bits // 8)
    digest = blake2b(message, key=secret, digest_size=size, person=str(bits).encode()).digest()
    return written(digest)[: bits // LETTER]


def written(raw: bytes) -> str:
    """Bytes as base32 without the signs that fill it up."""
    return b32encode(raw).decode().rstrip("=")


def read(letters: str) -> bytes:
    """The bytes of a base32 text; ``ValueError`` where it is none, or is not how they are written.

    Of the spellings that decode alike only the one that ``written`` gives is taken.
    """
    raw = b32decode(letters + "=" * (-len(letters) % 8))
    if written(raw) != letters:
        raise ValueError(letters)
    return raw
