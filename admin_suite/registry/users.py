"""Who works with the program: adding users, signing in.

Passwords are kept as scrypt (RFC 7914) with a salt of their own; after five wrong ones in a row a
name rests for five minutes.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import select

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Role
from admin_suite.db.work import Work, use_case
from admin_suite.registry.models import User
from admin_suite.registry.permissions import USERS
from admin_suite.registry.queries import UserRow

COST = {"n": 2**14, "r": 8, "p": 1}
GOOD_PASSWORD = 8
TRIES = 5
REST = timedelta(minutes=5)


@use_case(USERS)
def add_user(work: Work, name: str, role: Role, password: str, full_name: str = "") -> int:
    """Add somebody who may sign in, and return the id."""
    name = name.strip()
    if not name or len(name.split()) > 1:
        raise UserError(_("A user name is one word, for example “ha.nguyen”."))
    if not password:
        raise UserError(_("A user needs a password."))
    if work.session.scalar(select(User.id).where(User.name == name)) is not None:
        raise UserError(
            _("There is a user “{name}” already. Choose another name.").format(name=name)
        )
    user = User(name=name, full_name=full_name.strip() or name, role=role, password=_kept(password))
    work.session.add(user)
    work.session.flush()
    return user.id


def weakness(password: str) -> str:
    """What to say of a password that is too easily guessed; nothing of any other.

    Advice, not a rule: a station that has to start now must be able to (NIST SP 800-63B, 5.1.1.2).
    """
    if len(password) >= GOOD_PASSWORD:
        return ""
    advice = _("This password is short; one of {n} characters or more is safer.")
    return advice.format(n=GOOD_PASSWORD)


def sign_in(work: Work, name: str, password: str) -> UserRow | None:
    """The user whose name and password these are, or None; counts what was wrong.

    It answers instead of raising so that the count of wrong passwords is kept.
    """
    user = work.session.scalars(select(User).where(User.name == name.strip())).one_or_none()
    if user is None or not user.active:
        _matches(password, _NOBODY)  # takes the same time, so names cannot be guessed by it
        return None
    if user.locked_until is not None and user.locked_until > work.now():
        sentence = _("Too many wrong passwords. Try again after {time}.")
        raise UserError(sentence.format(time=moment_shown(user.locked_until)))
    if not _matches(password, user.password):
        user.failed += 1
        if user.failed >= TRIES:
            user.failed, user.locked_until = 0, work.now() + REST
        return None
    if user.failed:
        user.failed = 0
    return UserRow(user.id, user.name, user.full_name, user.role, user.active)


def _kept(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_digest(password, salt).hex()}"


def _matches(password: str, kept: str) -> bool:
    salt, digest = (bytes.fromhex(part) for part in kept.split(":"))
    return hmac.compare_digest(_digest(password, salt), digest)


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, **COST)


_NOBODY = f"{bytes(16).hex()}:{bytes(64).hex()}"
