"""Whoever came and is not vaccinated here: what became of him, why, and until when."""

from collections.abc import Callable
from datetime import date

from admin_suite.core.i18n import _
from admin_suite.ui.dates import typed_day
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from modules.vaccination.codes import Turn
from modules.vaccination.pages.stations import dismiss
from modules.vaccination.service import NewScreening

OUTCOMES = (Turn.REFUSED, Turn.DEFERRED, Turn.HOSPITAL, Turn.CONTRAINDICATED)


def ask_outcome(page: Page, visit: int, name: str, said: Callable[[], NewScreening]) -> None:
    """Ask on the side card what became of somebody; ``said`` is what the screening holds."""
    if page.drawer is None:
        return
    what, why = Choice(), Field(_("Why"))
    until = Field(_("Until which day"), _("Empty: until the next day"))
    what.offer((turn.value, turn.word) for turn in OUTCOMES)
    button = Button(_("Write it down"), "Ctrl Enter", "done", "primary")

    def chosen() -> Turn:
        return Turn.of(str(what.currentData()))

    def written(word: str) -> None:
        page.close_card()
        page.said.emit(f"{name}: {word}")

    def write() -> None:
        day = _day(until) if chosen() is Turn.DEFERRED else None
        if until.edit.property("wrong") != "true":
            told = said()._replace(reason=why.words, defer_until=day)
            page.do(_("Writing down"), written, dismiss, visit, chosen(), told)

    what.currentIndexChanged.connect(lambda _n: until.setVisible(chosen() is Turn.DEFERRED))
    button.clicked.connect(write)
    page.drawer.show_card(
        _("Not vaccinated"),
        name,
        (labelled(_("What became of this person"), what), why, until),
        button,
    )
    until.hide()
    page.show_beside()
    what.setFocus()


def _day(field: Field) -> date | None:
    """The day that was typed; the field says so where it is none."""
    field.complain("")
    if not field.words.strip():
        return None
    try:
        return date.fromisoformat(typed_day(field.words))
    except ValueError:
        field.complain(_("“{cell}” is not a day.").format(cell=field.words))
        return None
