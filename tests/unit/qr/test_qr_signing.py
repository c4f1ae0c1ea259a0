"""What is signed is verified, anything else is not; both texts stay in the alphanumeric mode."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.qr import signing
from admin_suite.qr.making import matrix

SECRET = bytes(range(32))
ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_the_first_vector_of_the_standard():
    # RFC 8032, 7.1, test 1
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    signature = (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
        "cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert signing.public_key(secret).hex() == public
    assert signing.sign(secret, b"").hex() == signature


@given(st.binary(max_size=200), st.integers(0, 511))
def test_one_changed_bit_is_found(message, place):
    public, signature = signing.public_key(SECRET), signing.sign(SECRET, message)
    assert signing.verifies(public, message, signature)
    assert not signing.verifies(public, message + b" ", signature)
    changed = bytearray(signature)
    changed[place // 8] ^= 1 << place % 8
    assert not signing.verifies(public, message, bytes(changed))


@pytest.mark.parametrize("public", [b"", b"short", bytes(33)])
def test_what_is_no_key_verifies_nothing(public):
    assert not signing.verifies(public, b"", signing.sign(SECRET, b""))


@pytest.mark.parametrize("signature", [b"", b"short", bytes(64), bytes(65)])
def test_what_is_no_signature_is_not_one(signature):
    assert not signing.verifies(signing.public_key(SECRET), b"", signature)


@given(st.binary(max_size=80), st.sampled_from(range(5, 325, 5)))
def test_a_keyed_digest_has_its_bits_and_hangs_on_everything(message, bits):
    made = signing.mac(SECRET, message, bits)
    assert len(made) == bits // 5
    assert set(made) <= ALPHANUMERIC
    if bits >= 60:
        assert made != signing.mac(SECRET, message + b" ", bits)
        assert made != signing.mac(SECRET[::-1], message, bits)
        assert not signing.mac(SECRET, message, min(bits + 5, 320)).startswith(made) or bits == 320


@pytest.mark.parametrize("bits", [-5, 0, 7, 325])
def test_no_digest_of_such_a_length(bits):
    with pytest.raises(ValueError, match=str(bits)):
        signing.mac(SECRET, b"", bits)


@given(st.binary(max_size=80))
def test_bytes_are_read_back_and_written_one_way(raw):
    letters = signing.written(raw)
    assert signing.read(letters) == raw
    assert set(letters) <= ALPHANUMERIC


@pytest.mark.parametrize("letters", ["AB", "1", "ab", "AA======", "Đ", "A B"])
def test_another_spelling_is_refused(letters):
    if letters == "AB":  # decodes as "AA" does: one bit of it counts for nothing
        assert signing.written(b"\x00") == "AA"
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the library's
        signing.read(letters)


def test_a_signature_is_smaller_as_letters_than_as_text():
    signature = signing.sign(SECRET, b"21BY000815K")
    letters = "KQ1:" + signing.written(signature)
    assert len(matrix(letters)) < len(matrix(letters.lower()))


def test_the_library_is_loaded_when_something_is_signed_and_not_before():
    code = (
        "import sys; from admin_suite.qr import signing; before = 'cryptography' in sys.modules;"
        "signing.mac(bytes(32), b'', 60); print(before, 'cryptography' in sys.modules);"
        "signing.sign(bytes(32), b''); print('cryptography' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False", "True"], done.stderr
