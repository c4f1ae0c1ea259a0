"""The thirty-minute board: by name, a ring that empties, one key sends home."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QVBoxLayout, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Layered
from admin_suite.ui.widgets.layout import column, emptied, framed, row, rule, scrolled
from admin_suite.ui.widgets.rings import Ring
from admin_suite.ui.widgets.text import key, text
from modules.vaccination import queries, service
from modules.vaccination.codes import Common
from modules.vaccination.queries.desk import RestRow

KEYS = 9  # people that a digit sends home
WHOLE = 30  # minutes of a whole ring


class Board(QFrame):
    """Who rests; a click or the digit beside a name sends home, or speaks of a reaction."""

    left = pyqtSignal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._said = text("", "small")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(0, 0, 0, 0)
        head = row(text(_("Rest after the injection"), "heading", wrap=True), self._said)
        head.setStretch(0, 1)
        inside = column(head, gap=theme.S, pad=(theme.L, theme.M))
        body = scrolled(framed(self._lines))
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.addWidget(body, 1)
        self.setLayout(inside)
        self._shown: tuple[RestRow, ...] = ()

    def show_rests(self, rests: Sequence[RestRow]) -> None:
        """Show who rests now."""
        self._shown = tuple(rests)
        emptied(self._lines)
        for at, rest in enumerate(rests):
            self._lines.addWidget(rule())
            self._lines.addWidget(self._line(at, rest))
        if not rests:
            self._lines.addWidget(text(_("Nobody rests now."), "muted", wrap=True))
        self._lines.addStretch(1)
        self._said.setText(_("{n} people").format(n=len(rests)))

    def digit(self, number: int) -> None:
        """The person beside a digit."""
        if 0 < number <= len(self._shown):
            self.left.emit(self._shown[number - 1].id)

    def _line(self, at: int, rest: RestRow) -> QWidget:
        button = Layered("quiet", f"{rest.name}, {words_of(rest)}")
        tone = tone_of(rest)
        about = text(words_of(rest), "small", tone if tone != "busy" else "", wrap=True)
        name = text(rest.name, "strong", wrap=True)
        for words in (name, about):
            words.setMinimumWidth(1)  # they wrap; the digit beside them stays in sight
        inside = row(
            Ring(rest.left, WHOLE, tone, _("{n} minutes left").format(n=rest.left)),
            column(1, name, about, 1, gap=1),
            gap=10,
            pad=(0, 5),
        )
        inside.setStretch(1, 1)
        if at < KEYS:
            inside.addWidget(key(str(at + 1)))
        button.setLayout(inside)
        for part in button.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        button.clicked.connect(lambda: self.left.emit(rest.id))
        return button


def tone_of(rest: RestRow) -> str:
    """Done when the rest is over, bad with a severe reaction, late with a usual one."""
    if rest.severe:
        return "bad"
    if rest.reactions:
        return "late"
    return "busy" if rest.left else "done"


def words_of(rest: RestRow) -> str:
    """What stands below the name."""
    if rest.severe:
        return _("Severe reaction")
    if rest.reactions:
        return ", ".join(kind.word for kind in rest.reactions)
    if rest.left == 0:
        return _("Rest is over, may go home")
    return _("since {time}").format(time=rest.injected_at)


def ask_reaction(page: Page, session: int) -> None:
    """Offer a reaction of everybody who rests in a session."""
    page.ask(partial(_offer_reactions, page), queries.desk.resting, session)


def _offer_reactions(page: Page, rests: Sequence[RestRow]) -> None:
    if page.drawer is None:
        return
    about = _("A usual reaction is counted; a severe one is reported and followed.")
    page.drawer.show_card(_("Reaction"), about, _reaction_items(page, rests))
    page.show_beside()


def _reaction_items(page: Page, rests: Sequence[RestRow]) -> list[QWidget]:
    """Of everybody who rests: a button for each usual reaction, and one for a severe one."""
    items: list[QWidget] = []
    for rest in rests:
        items.append(text(rest.name, "strong"))
        for kind in Common:
            button = Button(kind.word)
            button.clicked.connect(partial(_reacted, page, rest.dose_id, kind))
            items.append(button)
        worse = Button(_("Severe reaction"), kind="danger")
        worse.clicked.connect(partial(_severe, page, rest.dose_id))
        items += [worse, rule()]
    return items


def _severe(page: Page, dose: int, _checked: object = None) -> None:
    page.go.emit("vaccination.reactions", dose)


def _reacted(page: Page, dose: int, kind: Common, _checked: object = None) -> None:
    words = _("Noted: {word}").format(word=kind.word)
    noted: Any = lambda key: page.undoable(words, service.unreact, [key])  # noqa: E731
    page.do(_("Writing down"), noted, service.react, dose, kind)
