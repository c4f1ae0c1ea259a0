"""What is asked of a screening before it is written down."""

from collections.abc import Mapping
from datetime import date

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import decimal
from modules.vaccination.rules.screening import impossible, sign_word


def measured(vitals: Mapping[str, float | None]) -> None:
    """Refuse a sign that nobody can have: it was typed wrongly, and would decide for somebody."""
    sign = impossible(vitals)
    if sign:
        said = _("{sign}: {value} cannot be. Look at what was measured and type it again.")
        value = decimal(f"{vitals[sign] or 0:g}")
        raise UserError(said.format(sign=sign_word(sign), value=value))


def still_to_come(until: date | None, today: date) -> None:
    """Refuse to postpone somebody until a day that is over."""
    if until is not None and until <= today:
        raise UserError(_("Somebody is postponed until a day that is still to come."))
