"""The thirty-minute board: by name, a ring that empties, one key sends home."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QVBoxLayout, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.cards import Layered
from admin_suite.ui.widgets.layout import column, emptied, framed, row, rule, scrolled
from admin_suite.ui.widgets.rings import Ring
from admin_suite.ui.widgets.text import key, text
from modules.vaccination import service
from modules.vaccination.queries.desk import RestRow

KEYS = 9  # people that a digit sends home
WHOLE = 30  # minutes of a whole ring


class Board(QFrame):
    """Who rests; a click or the digit beside a name sends home, or speaks of a reaction."""

    left = pyqtSignal(object)  # whoever goes

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
            self.left.emit(self._shown[number - 1])

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
        button.clicked.connect(lambda: self.left.emit(rest))
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


def send_home(page: Page, rest: RestRow) -> None:
    """Somebody goes home; before the end of the rest that is said in yellow, and Ctrl+Z undoes it.

    A fact is not refused: who has left has left.
    """

    def gone(_n: object) -> None:
        page.undoable(_("Gone home after the rest"), service.stay, [rest.id])
        if rest.left:
            said = _("{name} went home {n} minutes before the end of the rest.")
            undo = _("If that was the wrong key, Ctrl+Z takes it back.")
            page.notice.say("late", said.format(name=rest.name, n=rest.left), undo)

    page.do(_("Writing down"), gone, service.leave, [rest.id])
