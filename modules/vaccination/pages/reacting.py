"""A reaction to a dose, noted while somebody rests or long after, when he calls from home."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from PyQt6.QtWidgets import QWidget

from admin_suite.core.i18n import _
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.layout import rule
from admin_suite.ui.widgets.text import text
from modules.vaccination import queries, service
from modules.vaccination.codes import Common
from modules.vaccination.queries.desk import RestRow, Steps
from modules.vaccination.queries.doses import DoseLine


class Dosed(NamedTuple):
    """A dose that may be followed by a reaction, and what it is called on the card."""

    words: str
    id: int


def ask_reaction(page: Page, session: int, steps: Steps | None) -> None:
    """Offer a reaction of everybody who rests in a session, and of whoever stands at the desk."""
    page.ask(partial(_of_session, page, steps), queries.desk.resting, session)


def _of_session(page: Page, steps: Steps | None, rests: Sequence[RestRow]) -> None:
    found = [Dosed(rest.name, rest.dose_id) for rest in rests]
    if steps is not None and steps.dose_id and steps.dose_id not in {one.id for one in found}:
        found.append(Dosed(steps.name, steps.dose_id))
    offer_reactions(page, found)


def doses_of(lines: Sequence[DoseLine]) -> list[Dosed]:
    """The doses of one person, the latest first."""
    return [Dosed(one.dated, one.id) for one in reversed(lines)]


def offer_reactions(page: Page, doses: Sequence[Dosed], name: str = "") -> None:
    """A card with a button for each usual reaction to each dose, and one for a severe one."""
    if page.drawer is None:
        return
    about = _("A usual reaction is counted; a severe one is reported and followed.")
    items: list[QWidget] = [] if doses else [text(_("Nobody rests now."), "muted", wrap=True)]
    for one in doses:
        items += _of_dose(page, one)
    page.drawer.show_card(_("Reaction"), name or about, items)
    page.show_beside()


def _of_dose(page: Page, one: Dosed) -> list[QWidget]:
    items: list[QWidget] = [text(one.words, "strong", wrap=True)]
    for kind in Common:
        button = Button(kind.word)
        button.clicked.connect(partial(_reacted, page, one.id, kind))
        items.append(button)
    worse = Button(_("Severe reaction"), kind="danger")
    worse.clicked.connect(partial(_severe, page, one.id))
    return [*items, worse, rule()]


def _severe(page: Page, dose: int, _checked: object = None) -> None:
    page.go.emit("vaccination.reactions", dose)


def _reacted(page: Page, dose: int, kind: Common, _checked: object = None) -> None:
    words = _("Noted: {word}").format(word=kind.word)
    noted: Any = lambda key: page.undoable(words, service.unreact, [key])  # noqa: E731
    page.do(_("Writing down"), noted, service.react, dose, kind)
