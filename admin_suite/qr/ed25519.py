"""Ed25519 (RFC 8032) by the library; ``qr.signing`` reaches this file by name when it has to."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def public_key(secret: bytes) -> bytes:
    """The 32 bytes by which anybody verifies what this secret signed."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def sign(secret: bytes, message: bytes) -> bytes:
    """The 64 bytes of a signature; the same every time."""
    return Ed25519PrivateKey.from_private_bytes(secret).sign(message)


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of the public key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):  # a key of the wrong length is no key of anybody
        return False
    return True
