"""Days of the week, and days as people type them into filters."""

import re

from admin_suite.core.i18n import _

WRITTEN = re.compile(r"(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-](\d{4})")


def day_names() -> tuple[str, ...]:
    """The days of the week, Monday first."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def typed_day(text: str) -> str:
    """``13/8/2021`` as ``2021-08-13`` and ``8/2021`` as ``2021-08``; anything else as it is."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return text.strip()
    day, month, year = found.groups()
    parts = [year, month.zfill(2), *([day.zfill(2)] if day else [])]
    return "-".join(parts)
