"""The form of one venue, read as the communes' lists are read."""

from collections.abc import Callable, Mapping
from typing import Any

from admin_suite.core.i18n import N_, _
from admin_suite.excel.sheet import About, Noted, Wrong
from admin_suite.registry.reading.columns import tidied
from modules.venues.formats import doors, hours, register

READERS: Mapping[str, Callable[[object, About], object]] = {
    "name": tidied,
    "address": tidied,
    "keeper": tidied,
    "phone": register.phone,
    "entrances": doors.told_entrances,
    "labels": doors.labels,
    "opens": hours.clock,
    "closes": hours.clock,
    "capacity": register.capacity,
    "plate": tidied,
    "national": register.national,
}
NOTHING: Mapping[str, object] = {"entrances": 1, "capacity": None}
NOT_READ = {
    "PHONE_BAD": N_("This is not a telephone number."),
    "TIME_UNKNOWN": N_("A time of the day is written 7h30."),
    "CAPACITY_UNKNOWN": N_("A whole number is wanted."),
    "NATIONAL_TOO_LONG": N_("This text is too long for a code that can be scanned."),
}


def read(texts: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the fields of a form say of a venue, and what is wrong with them; both by field."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, reader in READERS.items():
        text = texts.get(name, "").strip()
        found: object = NOTHING.get(name, "")
        try:
            found = reader(text, About()) if text else found
        except Wrong as error:
            wrong[name] = str(error)
        if isinstance(found, Noted):
            said = NOT_READ.get(found.code)
            wrong[name], found = _(said) if said else found.message, found.value
        values[name] = found
    if isinstance(values["entrances"], tuple):  # their names instead of their number
        values["entrances"], names = values["entrances"]
        values["labels"] = values["labels"] or names
    if not values["name"]:
        wrong["name"] = _("The name of the venue is missing.")
    return values, wrong
