"""A reaction to a dose, noted while somebody rests or long after, when he calls from home."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PyQt6.QtWidgets import QWidget

from admin_suite.core.i18n import _
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import DIGITS, Choices
from admin_suite.ui.widgets.text import text
from modules.vaccination import queries, service
from modules.vaccination.codes import Common
from modules.vaccination.queries.desk import RestRow, Steps
from modules.vaccination.queries.doses import DoseLine


class Dosed(NamedTuple):
    """A dose that may be followed by a reaction, and what it is called on the card.

    Of two people of one name the time of the injection tells which.
    """

    words: str
    id: int


def ask_reaction(page: Page, session: int, steps: Steps | None) -> None:
    """Offer a reaction of everybody who rests in a session, and of whoever stands at the desk."""
    page.ask(partial(_of_session, page, steps), queries.desk.resting, session)


def _of_session(page: Page, steps: Steps | None, rests: Sequence[RestRow]) -> None:
    found = [Dosed(f"{rest.name} {rest.injected_at}", rest.dose_id) for rest in rests]
    if steps is not None and steps.dose_id and steps.dose_id not in {one.id for one in found}:
        found.append(Dosed(steps.name, steps.dose_id))
    offer_reactions(page, found)


def doses_of(lines: Sequence[DoseLine]) -> list[Dosed]:
    """The doses of one person, the latest first."""
    return [Dosed(one.dated, one.id) for one in reversed(lines)]


def offer_reactions(page: Page, doses: Sequence[Dosed], name: str = "") -> None:
    """Ask after which dose, by the digit beside it, then for the reaction; of one dose only that.

    On the board of a session the digits are those that stand beside the names there.
    """
    if page.drawer is None:
        return
    if len(doses) == 1:
        _ask_kind(page, doses[0], name)
        return
    buttons = []
    for number, one in enumerate(doses, start=1):
        button = Button(one.words, str(number) if number <= DIGITS else "")
        button.clicked.connect(partial(_ask_kind, page, one, name))
        buttons.append(button)
    said = () if doses else (text(_("Nobody rests now."), "muted", wrap=True),)
    _show(page, name, said, buttons)


def _ask_kind(page: Page, one: Dosed, name: str, _checked: object = None) -> None:
    """A button and a digit for each usual reaction to a dose, and for a severe one."""
    buttons = []
    for number, kind in enumerate(Common, start=1):
        button = Button(kind.word, str(number))
        button.clicked.connect(partial(_reacted, page, one.id, kind))
        buttons.append(button)
    worse = Button(_("Severe reaction"), str(len(Common) + 1), kind="danger")
    worse.clicked.connect(partial(_severe, page, one.id))
    _show(page, name, (text(one.words, "strong", wrap=True),), [*buttons, worse])


def _show(page: Page, name: str, said: Sequence[QWidget], buttons: Sequence[Button]) -> None:
    """The card, with the focus in it: a digit is for it then, and not for a field of the page."""
    if page.drawer is None:
        return
    about = name or _("A usual reaction is counted; a severe one is reported and followed.")
    page.drawer.show_card(_("Reaction"), about, [*said, Choices(buttons)])
    page.show_beside()
    if buttons:
        buttons[0].setFocus()


def _severe(page: Page, dose: int, _checked: object = None) -> None:
    page.go.emit("vaccination.reactions", dose)


def _reacted(page: Page, dose: int, kind: Common, _checked: object = None) -> None:
    words = _("Noted: {word}").format(word=kind.word)

    def noted(key: int) -> None:
        page.close_card()
        page.undoable(words, service.unreact, [key])

    page.do(_("Writing down"), noted, service.react, dose, kind)
