"""After something was stored: the offer to undo it, as long as nothing stands on it."""

from typing import Any

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.registry import imports
from admin_suite.registry.permissions import TAKE_BACK
from admin_suite.ui.page import Page


def offer_undo(page: Page, words: str, receipt: Any, sheet: Any) -> None:
    """Say what was stored; where it can be taken back, with a button that does so."""
    page.said.emit(words)
    takes_back = sheet is not None and sheet.afterwards is not None
    if receipt.import_id is None or not takes_back or not page.runner.may(TAKE_BACK):
        return

    def undo() -> None:
        sheets = [one for module in page.runner.modules for one in module.sheets]
        number = receipt.import_id
        page.do(_("Taking back"), done, imports.take_back, sheets, number)

    def done(answer: Any) -> None:
        page.said.emit(sentence(answer))

    page.offered.emit(words, undo)


def sentence(answer: Any) -> str:
    """What became of an import that was taken back."""
    said = _("{n} rows taken back, {m} changes undone, {k} rows stay")
    n, m, k = answer.taken, answer.undone, len(answer.stays)
    return said.format(n=figure(n), m=figure(m), k=figure(k))
