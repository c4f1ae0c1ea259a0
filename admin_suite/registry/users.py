"""Who works with the program: adding users, switching them off, signing in.

After five wrong passwords in a row a name rests for five minutes. A user is never deleted: the
audit trail names him for as long as it is kept.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import select, update

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.permissions import Actor, Role, role_title
from admin_suite.db import audit
from admin_suite.db.work import Work, use_case
from admin_suite.registry.hashes import kept, matches, take_time, weaker
from admin_suite.registry.models import User
from admin_suite.registry.permissions import OWN, USERS
from admin_suite.registry.queries import UserRow
from admin_suite.registry.roles import OwnRole, guard_powerful, held_role
from admin_suite.registry.undoing import refuse_changed

GOOD_PASSWORD = 8
TRIES = 5
REST = timedelta(minutes=5)
LETTERS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"  # none that looks like another
GROUPS, GROUP = 3, 4
PIN_DIGITS = 6
SIGN_IN = "registry.sign_in"


class Colleague(Struct, frozen=True):
    """Somebody who works with the program, as an administrator sees him."""

    id: int
    name: str
    full_name: str
    role: str
    title: str
    active: bool
    rests_until: datetime | None
    has_pin: bool


def colleagues(work: Work) -> list[Colleague]:
    """Everybody who ever worked with the program, those who may sign in first."""
    work.require(USERS)
    columns = (User.id, User.name, User.full_name, User.role, User.active, User.locked_until)
    query = select(*columns, User.pin, OwnRole.name)
    query = query.outerjoin(OwnRole, OwnRole.code == User.role)
    found = []
    for row in work.session.execute(query.order_by(User.active.desc(), User.full_name, User.id)):
        key, name, full_name, role, active, until, pin, post = row
        rests, title = _rests_until(work, until), role_title(role, post or "")
        found.append(Colleague(key, name, full_name, role, title, active, rests, bool(pin)))
    return found


def new_password() -> str:
    """A password to be told once: 59 bits that can be read out, typed and changed soon."""
    signs = [secrets.choice(LETTERS + DIGITS) for _sign in range(GROUPS * GROUP)]
    return "-".join("".join(signs[at : at + GROUP]) for at in range(0, len(signs), GROUP))


def new_pin() -> str:
    """A PIN to be told once; never one digit repeated."""
    first = secrets.choice(DIGITS)
    others = "".join(secrets.choice(DIGITS) for _digit in range(PIN_DIGITS - 2))
    return first + secrets.choice(DIGITS.replace(first, "")) + others


@use_case(USERS)
def add_user(work: Work, name: str, role: str, password: str, full_name: str = "") -> int:
    """Add somebody who may sign in, and return the id."""
    name = name.strip()
    if not name or len(name.split()) > 1:
        raise UserError(_("A user name is one word, for example “ha.nguyen”."))
    _refuse_empty(password)
    if work.session.scalar(select(User.id).where(User.name == name)) is not None:
        raise UserError(
            _("There is a user “{name}” already. Choose another name.").format(name=name)
        )
    code = held_role(work, role)
    guard_powerful(work, code)
    user = User(name=name, full_name=full_name.strip() or name, role=code, password=kept(password))
    work.session.add(user)
    work.session.flush()
    return user.id


@use_case(USERS)
def switch_off(work: Work, user_id: int, left: int | None = None) -> int:
    """Let somebody sign in no more; never oneself, never the last administrator.

    Returns the version of the entry that it leaves; ``left`` is the one that is taken back.
    """
    if user_id == work.actor.id:
        raise UserError(
            _("Nobody switches himself off. Another administrator has to do it; add one first.")
        )
    if _active_admins(work) == {user_id}:
        raise UserError(_("The last administrator cannot be switched off. Add another one first."))
    user = _guarded(work, user_id, left)
    user.active = False
    return _left(work, user)


@use_case(USERS)
def switch_on(work: Work, user_id: int, left: int | None = None) -> int:
    """Let somebody who was switched off sign in again; returns the version that it leaves."""
    user = _guarded(work, user_id, left)
    user.active, user.failed, user.locked_until = True, 0, None
    return _left(work, user)


@use_case(USERS)
def set_role(work: Work, user_id: int, role: str, left: int | None = None) -> int:
    """Give somebody another role; never oneself, never the last administrator.

    Returns the version of the entry that it leaves; ``left`` is the one that is taken back.
    """
    code = held_role(work, role)
    if user_id == work.actor.id:
        raise UserError(_("Nobody changes his own role. Another administrator has to do it."))
    if _active_admins(work) == {user_id} and code != Role.ADMIN:
        raise UserError(
            _("The last administrator cannot be given another role. Add another one first.")
        )
    user = _guarded(work, user_id, left)
    guard_powerful(work, code)
    user.role = code
    return _left(work, user)


@use_case(OWN)
def set_password(work: Work, user_id: int, password: str) -> None:
    """Give a new password to oneself; to others it takes the right to keep users."""
    require_over(work, user_id)
    _refuse_empty(password)
    user = work.session.get_one(User, user_id)
    user.password, user.failed, user.locked_until = kept(password), 0, None


def require_over(work: Work, user_id: int) -> None:
    """Refuse to change how somebody else proves who he is, without the right to keep users."""
    if user_id != work.actor.id:
        work.require(USERS)
        _guarded(work, user_id)


def _active_admins(work: Work) -> set[int]:
    """The rows are locked: of two administrators who switch each other off, one is refused."""
    admins = select(User.id).where(User.role == Role.ADMIN, User.active).order_by(User.id)
    return set(work.session.scalars(admins.with_for_update()))


def _guarded(work: Work, user_id: int, left: int | None = None) -> User:
    user = work.session.get_one(User, user_id)
    guard_powerful(work, user.role)
    if left is not None:
        refuse_changed(user.version, left)
    return user


def _left(work: Work, user: User) -> int:
    work.session.flush()
    return user.version


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

    It answers instead of raising so that the count of wrong passwords is kept. The audit tells it
    of the user who was meant; of a name that nobody has it tells no more than that.
    """
    user = work.session.scalars(select(User).where(User.name == name.strip())).one_or_none()
    if user is None:
        take_time(password)
        work.add_note(audit.Note(SIGN_IN, User.__tablename__, [], {"right": False}))
        return None
    work.actor = Actor(user.id, user.full_name)
    if not user.active:
        take_time(password)
        work.add_note(audit.Note(SIGN_IN, User.__tablename__, [user.id], {"off": True}))
        return None
    if (rests := _rests_until(work, user.locked_until)) is not None:
        sentence = _("Too many wrong passwords. Try again after {time}.")
        raise UserError(sentence.format(time=moment_shown(rests)))
    right = matches(password, user.password)
    told = _counted(work, user, right=right)
    work.add_note(audit.Note(SIGN_IN, User.__tablename__, [user.id], told))
    if not right:
        return None
    if weaker(user.password):
        _keep(work, user, password=kept(password))
    return UserRow(user.id, user.name, user.full_name, user.role, user.active)


def _rests_until(work: Work, until: datetime | None) -> datetime | None:
    """Until when a name rests; what a clock ahead of its time wrote down does not count."""
    now = work.now()
    return until if until is not None and now < until <= now + REST else None


def _counted(work: Work, user: User, *, right: bool) -> dict[str, bool]:
    """Count a wrong password, or forget those before a right one; says what the audit is told."""
    if right:
        _keep(work, user, failed=0, pin_failed=0)
        return {"right": True}
    if user.failed + 1 < TRIES:
        _keep(work, user, failed=User.failed + 1)
        return {"right": False}
    _keep(work, user, failed=0, locked_until=work.now() + REST)
    return {"right": False, "rests": True}


def _keep(work: Work, user: User, **values: Any) -> None:
    """Past the session: the audit has a sentence of its own for it."""
    work.session.execute(update(User).where(User.id == user.id).values(**values))


def _refuse_empty(password: str) -> None:
    if not password:
        raise UserError(_("A user needs a password."))
