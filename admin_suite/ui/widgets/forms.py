"""Forms: label above field, hint or reason below it; the eye goes straight down."""

from collections.abc import Iterable

from PyQt6.QtCore import QEvent, QRectF, Qt
from PyQt6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PyQt6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import icons, theme
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.layout import TOP, column, framed, named
from admin_suite.ui.widgets.text import text, toned


class Line(QLineEdit):
    """A line to type in; while it is empty, Ctrl+Z takes the last deed of the page back."""

    def event(self, event: QEvent | None) -> bool:
        """Leave Ctrl+Z to the page while there is nothing to undo in the line."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and not self.text()
            and event.matches(QKeySequence.StandardKey.Undo)
        ):
            event.ignore()
            return True
        return super().event(event)


class Field(QFrame):
    """A line to type in with its label; ``complain`` says below it what is wrong.

    ``room`` keeps as many lines free for that sentence, so nothing moves when it comes.
    """

    def __init__(self, label: str, hint: str = "", *, secret: bool = False, room: int = 0) -> None:
        super().__init__()
        self.edit = named(Line(), label)
        self.edit.setMinimumHeight(theme.CONTROL)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._hint, self._below = hint, text(hint, "small", wrap=True)
        self._below.setAlignment(TOP)
        self._stays = bool(room)
        if room:
            line = QFontMetrics(theme.font(theme.SMALL)).lineSpacing()
            self._below.setMinimumHeight(room * line)
        elif not hint:
            self._below.hide()
        self.setLayout(column(text(label, "caption"), self.edit, self._below, gap=theme.XS))
        self.edit.textEdited.connect(lambda: self.complain(""))

    @property
    def words(self) -> str:
        """What was typed."""
        return self.edit.text()

    def whole_number(self) -> int | None:
        """The whole number that was typed; None where it is none, and the field says so."""
        digits = self.words.strip()
        if digits.isdecimal():
            return int(digits)
        self.complain(_("A whole number is wanted."))
        self.edit.setFocus()
        return None

    def complain(self, why: str) -> None:
        """Mark the field and say why; nothing takes the mark away."""
        self.edit.setProperty("wrong", "true" if why else "false")
        style = self.edit.style()
        if style is not None:
            style.unpolish(self.edit)
            style.polish(self.edit)
        self._below.setText(why or self._hint)
        self._below.setVisible(self._stays or bool(why or self._hint))
        toned(self._below, "bad" if why else "")


class Form(QFrame):
    """Fields below each other; Enter goes on to the next empty one and sends the last."""

    def __init__(self, button: Button, *parts: QWidget, gap: int = theme.L) -> None:
        super().__init__()
        self.fields = [part for part in parts if isinstance(part, Field)]
        self.button = button
        button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
        self.setLayout(column(*parts, button, gap=gap))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        empty = next((field for field in self.fields if not field.words.strip()), None)
        if empty is not None:
            empty.edit.setFocus()
        else:
            self.button.click()


class Choice(QComboBox):
    """A list to choose from, with the arrow of our own icons."""

    def offer(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Offer words by their codes; what was chosen stays chosen, else the first one is."""
        chosen = self.currentData()
        self.clear()
        for code, word in pairs:
            self.addItem(word, code)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        draw_arrow(self)


def draw_arrow(widget: QWidget) -> None:
    """Paint the arrow of a field that opens."""
    box = QRectF(widget.width() - 24, (widget.height() - 16) / 2, 16, 16)
    icons.draw(QPainter(widget), "down", box, theme.ink("text2"))


def labelled(label: str, control: QWidget, hint: str = "") -> QFrame:
    """A control with its label above and its hint below."""
    above: QLabel = text(label, "caption")
    above.setBuddy(control)
    control.setAccessibleName(label)
    made = column(above, control, gap=theme.XS)
    if hint:
        made.addWidget(text(hint, "small", wrap=True))
    return framed(made)
