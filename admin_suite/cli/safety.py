"""The commands that keep the data safe: examining it, copying it, bringing it back."""

from admin_suite.cli.desk import Desk
from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.i18n import _
from admin_suite.db.whole import Health, examine
from admin_suite.registry.permissions import AUDIT


def check(desk: Desk) -> Health:
    """Whether the database and the audit chain are whole; refused with what is broken."""
    with desk.suite() as suite:
        if AUDIT.code not in suite.actor.codes:
            raise Forbidden(_("You may not do this: {title}").format(title=_(AUDIT.title)))
        health = examine(suite.database.readers)
    if not health.whole:
        message = _("The database is damaged: {what}. Restore the last backup.")
        raise UserError(message.format(what="; ".join(health.damage)))
    return health
