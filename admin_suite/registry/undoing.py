"""Taking back what an administrator did: only as long as it is as he left it."""

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _


def refuse_changed(now: object, left: object) -> None:
    """Refuse where a thing is no longer what somebody left who now wants to take it back."""
    if now != left:
        said = _(
            "Somebody has changed this since, so it is not taken back. Look at it as it is now."
        )
        raise UserError(said)
