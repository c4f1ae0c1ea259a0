"""The short number by which somebody proves again that it is he: four to eight digits.

It is no second password: it counts only where that user has signed in, and after five wrong ones
in a row it counts no more until he signs in with the password again.
"""

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import audit
from admin_suite.db.work import Work, use_case
from admin_suite.registry.hashes import kept, matches, take_time
from admin_suite.registry.models import User
from admin_suite.registry.permissions import OWN
from admin_suite.registry.users import require_over

SHORTEST, LONGEST = 4, 8
TRIES = 5


@use_case(OWN)
def set_pin(work: Work, user_id: int, pin: str) -> None:
    """Give a new PIN to oneself; to others it takes the right to keep users."""
    require_over(work, user_id)
    if not (pin.isascii() and pin.isdecimal() and SHORTEST <= len(pin) <= LONGEST):
        said = _("A PIN is {least} to {most} digits, for example 2705.")
        raise UserError(said.format(least=SHORTEST, most=LONGEST))
    if len(set(pin)) == 1:
        raise UserError(_("A PIN of one digit repeated is too easily guessed. Choose another."))
    user = work.session.get_one(User, user_id)
    user.pin, user.pin_failed = kept(pin), 0


def prove(work: Work, user_id: int, pin: str) -> bool:
    """Whether this is the user's PIN; counts what was wrong, and stands in the audit.

    It answers instead of raising so that the count is kept. It asks for no right: somebody else
    may be signed in at the computer where two people sign.
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
    right = matches(pin, user.pin)
    user.pin_failed = 0 if right else user.pin_failed + 1
    work.add_note(audit.Note("registry.prove", User.__tablename__, [user.id], {"right": right}))
    return right
