"""Days as people type them into filters."""

import re

WRITTEN = re.compile(r"(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-](\d{4})")


def typed_day(text: str) -> str:
    """``13/8/2021`` as ``2021-08-13`` and ``8/2021`` as ``2021-08``; anything else as it is."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        return text.strip()
    day, month, year = found.groups()
    parts = [year, month.zfill(2), *([day.zfill(2)] if day else [])]
    return "-".join(parts)
