"""Dates and numbers as papers write them in the language spoken now."""

import re
from datetime import date

from admin_suite.core.i18n import language

NBSP = "\u00a0"
DATE = re.compile(r"\b(ngày|tháng|năm|số|lần|Điều|mũi) (\d)")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def long_date(day: date) -> str:
    """``ngày 05 tháng 8 năm 2021``: a zero before days under 10 and months 1 and 2 only."""
    if language() != "vi":
        return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004
    return f"ngày{NBSP}{day.day:02d} tháng{NBSP}{month} năm{NBSP}{day.year}"


def bind(markup: str) -> str:
    """Keep each number of a written date with its word, so that no line ends in "ngày"."""
    return DATE.sub(rf"\1{NBSP}\2", markup)


def number(value: float, decimals: int = 0) -> str:
    """``1.234,5``: a dot between thousands, a comma before decimals; in English reversed."""
    written = f"{value:,.{decimals}f}"
    return written.translate(str.maketrans(",.", ".,")) if language() == "vi" else written
