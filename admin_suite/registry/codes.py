"""The closed lists of people and places."""

from admin_suite.core.codes import Code
from admin_suite.core.i18n import N_


class Sex(Code):
    """Administrative sex, as the citizen card states it."""

    M = "M", N_("Male")
    F = "F", N_("Female")
