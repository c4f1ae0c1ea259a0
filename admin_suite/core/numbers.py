"""Numbers as the language on screen writes them: ``1.234,5`` in Vietnamese."""

from admin_suite.core.i18n import language

SWAPPED = str.maketrans(",.", ".,")


def figure(number: float, places: int = 0) -> str:
    """A number with its thousands apart."""
    written = f"{number:,.{places}f}"
    return written.translate(SWAPPED) if language() == "vi" else written


def decimal(written: str) -> str:
    """A number kept as text, with the decimal mark of the language: ``24,5`` or ``24.5``."""
    return written.replace(".", ",") if language() == "vi" else written
