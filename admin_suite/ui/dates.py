"""Days of the week, and days as people type them into filters."""

import re
from datetime import UTC, datetime

from admin_suite.core.clock import here
from admin_suite.core.i18n import _

WITHOUT_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{1,2})")
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


def lately(text: str) -> str:
    """The same of something that has happened: ``13/8`` is the last one there was."""
    found = WITHOUT_YEAR.fullmatch(text.strip())
    if found is None:
        return typed_day(text)
    day, month = (part.zfill(2) for part in found.groups())
    today = here(datetime.now(UTC)).date()
    year = today.year - (f"{month}-{day}" > f"{today:%m-%d}")
    return f"{year}-{month}-{day}"
