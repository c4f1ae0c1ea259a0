"""Who works with the program: adding users, switching them off, signing in.

After five wrong passwords in a row a name rests for five minutes. A user is never deleted: the
audit trail names him for as long as it is kept.
"""

from datetime import timedelta

from sqlalchemy import select

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Role
from admin_suite.db import audit
from admin_suite.db.work import Work, use_case
from admin_suite.registry.hashes import kept, matches, take_time, weaker
from admin_suite.registry.models import User
from admin_suite.registry.permissions import OWN, USERS
from admin_suite.registry.queries import UserRow

GOOD_PASSWORD = 8
TRIES = 5
REST = timedelta(minutes=5)


@use_case(USERS)
def add_user(work: Work, name: str, role: Role, password: str, full_name: str = "") -> int:
    """Add somebody who may sign in, and return the id."""
    name = name.strip()
    if not name or len(name.split()) > 1:
        raise UserError(_("A user name is one word, for example “ha.nguyen”."))
    _refuse_empty(password)
    if work.session.scalar(select(User.id).where(User.name == name)) is not None:
        raise UserError(
            _("There is a user “{name}” already. Choose another name.").format(name=name)
        )
    user = User(name=name, full_name=full_name.strip() or name, role=role, password=kept(password))
    work.session.add(user)
    work.session.flush()
    return user.id


@use_case(USERS)
def switch_off(work: Work, user_id: int) -> None:
    """Let somebody sign in no more; never oneself, never the last administrator."""
    if user_id == work.actor.id:
        raise UserError(
            _("Nobody switches himself off. Another administrator has to do it; add one first.")
        )
    # The rows are locked: of two administrators who switch each other off, one is refused.
    admins = select(User.id).where(User.role == Role.ADMIN, User.active).order_by(User.id)
    active = set(work.session.scalars(admins.with_for_update()))
    if active == {user_id}:
        raise UserError(_("The last administrator cannot be switched off. Add another one first."))
    work.session.get_one(User, user_id).active = False


@use_case(USERS)
def switch_on(work: Work, user_id: int) -> None:
    """Let somebody who was switched off sign in again."""
    work.session.get_one(User, user_id).active = True


@use_case(OWN)
def set_password(work: Work, user_id: int, password: str) -> None:
    """Give a new password to oneself; to others it takes the right to keep users."""
    if user_id != work.actor.id:
        work.require(USERS)
    _refuse_empty(password)
    user = work.session.get_one(User, user_id)
    user.password, user.failed, user.locked_until = kept(password), 0, None


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
        take_time(password)
        return None
    if user.locked_until is not None and user.locked_until > work.now():
        sentence = _("Too many wrong passwords. Try again after {time}.")
        raise UserError(sentence.format(time=moment_shown(user.locked_until)))
    right = matches(password, user.password)
    work.add_note(audit.Note("registry.sign_in", User.__tablename__, [user.id], {"right": right}))
    if not right:
        user.failed += 1
        if user.failed >= TRIES:
            user.failed, user.locked_until = 0, work.now() + REST
        return None
    user.failed = user.pin_failed = 0
    if weaker(user.password):
        user.password = kept(password)
    return UserRow(user.id, user.name, user.full_name, user.role, user.active)


def _refuse_empty(password: str) -> None:
    if not password:
        raise UserError(_("A user needs a password."))
