"""Who waits at the desk, and whoever comes in."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.runner import Runner
from admin_suite.ui.widgets.cards import Layered
from admin_suite.ui.widgets.chips import Shape
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Choice, Field
from admin_suite.ui.widgets.layout import column, emptied, framed, row, rule, scrolled
from admin_suite.ui.widgets.text import text
from modules.vaccination.pages.stepper import missing_word
from modules.vaccination.queries.desk import QueueRow

YEAR = 4


class Queue(QFrame):
    """Sessions of today, the field in which people are received, the people who wait."""

    picked = pyqtSignal(int)
    arrived = pyqtSignal(int, str)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setObjectName("card")
        self.which = Choice()
        self.which.setAccessibleName(_("Session"))
        self.who = Picker(_("Who has come"), runner, _("Name, number or card"))
        self.who.picked.connect(self._come)
        self.sent = Field(_("Sent by"), _("Not on the list: who sent this person?"))
        self.sent.edit.returnPressed.connect(self._come)
        self.sent.hide()
        self._lines, self._waiting = column(gap=0), text("", "small")
        head = row(text(_("Waiting"), "heading"), 1, self._waiting)
        inside = column(head, self.which, self.who, self.sent, gap=theme.S, pad=(theme.L, theme.M))
        body = scrolled(framed(self._lines))
        body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside.addWidget(body, 1)
        self.setLayout(inside)

    def show_rows(self, rows: Sequence[QueueRow], chosen: int) -> None:
        """Show who waits; one of them is at the desk."""
        emptied(self._lines)
        for line in rows:
            self._lines.addWidget(rule())
            self._lines.addWidget(self._line(line, here=line.id == chosen))
        self._lines.addStretch(1)
        self._waiting.setText(_("{n} people").format(n=len(rows)))

    def ask_sender(self) -> None:
        """Whoever came is not on the list: ask who sent him."""
        self.sent.show()
        self.sent.edit.setFocus()

    def clear(self) -> None:
        """The next one may come."""
        self.who.put(0, "")
        self.sent.edit.clear()
        self.sent.hide()

    def _come(self) -> None:
        if self.who.key:
            self.arrived.emit(self.who.key, self.sent.words)

    def _line(self, line: QueueRow, *, here: bool) -> QWidget:
        tone = "busy" if here else "late" if line.missing or line.outside else "wait"
        dose = _("dose {n}").format(n=line.dose)
        parts = [line.dob[:YEAR], dose, *(missing_word(name) for name in line.missing)]
        about = " · ".join(part for part in parts if part)
        since = text(_("{n} min").format(n=line.waiting), "small")
        told = text(about, "small", wrap=True)
        who = text(line.name, "strong", wrap=True)
        for words in (who, told):
            words.setMinimumWidth(1)  # they wrap; the minutes beside them stay in sight
        name = row(who, since, gap=theme.XS)
        name.setStretch(0, 1)
        both = column(name, told, gap=1)
        button = Layered("quiet", f"{line.name}, {about}")
        inside = row(Shape(tone, 9), both, pad=(0, 6))
        inside.setStretch(1, 1)
        button.setLayout(inside)
        for part in button.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        button.clicked.connect(lambda: self.picked.emit(line.id))
        return button
