"""The short number by which somebody proves again that it is he: four to eight digits.

It is no second password: it counts only at a window that somebody has opened with a password, and
after five wrong ones in a row it counts no more until he types the password again.
"""

from enum import Enum, auto

from msgspec import Struct
from sqlalchemy import select, update

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import audit
from admin_suite.db.work import Work, use_case
from admin_suite.registry import users
from admin_suite.registry.hashes import kept, matches, take_time
from admin_suite.registry.models import User
from admin_suite.registry.permissions import OWN
from admin_suite.registry.queries import UserRow

SHORTEST, LONGEST = 4, 8
TRIES = 5


class Admitted(Struct, frozen=True):
    """Whoever has shown who he is, and whether a PIN is kept for him."""

    user: UserRow
    has_pin: bool


class Standing(Enum):
    """Whether there is a PIN, and whether it still counts."""

    NONE = auto()
    COUNTS = auto()
    BLOCKED = auto()


@use_case(OWN)
def set_pin(work: Work, user_id: int, pin: str) -> None:
    """Give a new PIN to oneself; to others it takes the right to keep users."""
    users.require_over(work, user_id)
    if not is_pin(pin):
        said = _("A PIN is {least} to {most} digits, for example 2705.")
        raise UserError(said.format(least=SHORTEST, most=LONGEST))
    if len(set(pin)) == 1:
        raise UserError(_("A PIN of one digit repeated is too easily guessed. Choose another."))
    user = work.session.get_one(User, user_id)
    user.pin, user.pin_failed = kept(pin), 0


def is_pin(words: str) -> bool:
    """Whether this has the form of a PIN."""
    return words.isascii() and words.isdecimal() and SHORTEST <= len(words) <= LONGEST


def prove(work: Work, user_id: int, pin: str) -> bool:
    """Whether this is the user's PIN; counts what was wrong, and writes that into the audit.

    A right one writes nothing: what it opens has a line of its own. It answers instead of raising
    so that the count is kept. It asks for no right: somebody else may be signed in at the computer
    where two people sign.
    """
    user = work.session.get(User, user_id, with_for_update=True)
    if user is None or not user.active:
        take_time(pin)
        return False
    if not user.pin:
        raise UserError(_("{name} has no PIN yet. Set one first.").format(name=user.full_name))
    if user.pin_failed >= TRIES:
        said = _("{name} typed a wrong PIN {n} times. Sign in with the password first.")
        raise UserError(said.format(name=user.full_name, n=TRIES))
    right = _is_right(work, user, pin)
    if not right:
        note = audit.Note("registry.prove", User.__tablename__, [user.id], {"right": False})
        work.add_note(note)
    return right


def _is_right(work: Work, user: User, pin: str) -> bool:
    """Counts past the session, which would write a second line into the audit."""
    right = matches(pin, user.pin)
    failed = 0 if right else user.pin_failed + 1
    if failed != user.pin_failed:
        work.session.execute(update(User).where(User.id == user.id).values(pin_failed=failed))
    return right


def standing(work: Work, user_id: int) -> Standing:
    """How the PIN of a user stands, for whoever is about to ask for it."""
    return _standing(work.session.get(User, user_id))


def refusal(work: Work, name: str) -> str:
    """What to say to whoever has shown neither a PIN that counts nor the password."""
    user = _named(work, name)
    if user is not None and user.active and _standing(user) is Standing.BLOCKED:
        return blocked(user.full_name)
    return _("The user name or the PIN is wrong. Type it again.")


def blocked(full_name: str) -> str:
    """Why the right PIN would be refused as well."""
    said = _("{name}: a wrong PIN was typed {n} times, so only the password counts now.")
    return said.format(name=full_name, n=TRIES)


def recognise(work: Work, name: str, pin: str) -> UserRow | None:
    """The user whose PIN this is, or None; writes nothing, so it waits for no other writer.

    Whoever asks lets ``admit`` follow, which keeps count and writes it down.
    """
    user = _named(work, name)
    if user is None or not user.active or not is_pin(pin) or not _counts(user):
        return None
    return _row(user) if matches(pin, user.pin) else None


def identify(work: Work, name: str, words: str) -> Admitted | None:
    """Whose name and PIN these are, or whose password; None where it is neither.

    The password counts for whoever has no PIN, or has typed too many wrong ones.
    """
    user = _named(work, name)
    shown = _shows(work, user, words) if user is not None else users.sign_in(work, name, words)
    return Admitted(shown, bool(user.pin)) if shown is not None and user is not None else None


def admit(work: Work, name: str, words: str) -> Admitted | None:
    """Let whoever has shown who he is take a locked window over; that stands in the audit."""
    before = work.actor.id  # a password makes its owner the one who acts
    admitted = identify(work, name, words)
    if admitted is not None:
        key = admitted.user.id
        verb = "registry.unlock" if key == before else "registry.change_user"
        work.add_note(audit.Note(verb, User.__tablename__, [key], {"from": before}))
    return admitted


def confirm(work: Work, words: str, what: str) -> bool:
    """Whether it is still the signed-in person who does ``what``, by PIN or else by password.

    ``what`` stands in the audit and names no patient.
    """
    user = work.session.get_one(User, work.actor.id, with_for_update=True)
    if is_pin(words) and _counts(user):
        right = _is_right(work, user, words)  # the one line below says it
    else:
        right = users.sign_in(work, user.name, words) is not None
    detail = {"what": what, "right": right}
    work.add_note(audit.Note("registry.confirm", User.__tablename__, [user.id], detail))
    return right


def _named(work: Work, name: str) -> User | None:
    return work.session.scalars(select(User).where(User.name == name.strip())).one_or_none()


def _standing(user: User | None) -> Standing:
    if user is None or not user.pin:
        return Standing.NONE
    return Standing.COUNTS if user.pin_failed < TRIES else Standing.BLOCKED


def _counts(user: User) -> bool:
    return _standing(user) is Standing.COUNTS


def _shows(work: Work, user: User, words: str) -> UserRow | None:
    """The user, if these words are his: the PIN where one counts, else the password."""
    if is_pin(words) and _counts(user):
        return _row(user) if prove(work, user.id, words) else None
    return users.sign_in(work, user.name, words)


def _row(user: User) -> UserRow:
    return UserRow(user.id, user.name, user.full_name, user.role, user.active)
