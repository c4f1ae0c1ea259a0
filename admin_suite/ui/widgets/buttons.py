"""Buttons that show the key which does the same, segments and tick boxes."""

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QShortcut
from PyQt6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QSizePolicy

from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.widgets.layout import named, row
from admin_suite.ui.widgets.text import key, text

HELD = ("Enter", "Esc", "Ctrl I", "", *"123456789")  # keys that page or window pass on
INKS = {"primary": "on_accent", "danger": "bad.ink"}
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Button(QPushButton):
    """Icon, words, key. ``kind``: primary (one per page), plain, quiet, danger."""

    def __init__(self, words: str, keys: str = "", icon: str = "", kind: str = "plain") -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.kind = kind
        self.setAutoDefault(False)
        self._label, self._cap = text(words), key(keys)
        self._picture = Picture(icon, 16, INKS.get(kind, "text2"))
        inside = row(gap=theme.S, pad=(theme.M if words else theme.S, 0))
        for part, wanted in ((self._picture, icon), (self._label, words), (self._cap, keys)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(part)
            if not wanted:
                part.hide()  # never show() here: without a parent it would be a window
        inside.insertStretch(2)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(words)
        self.setToolTip(keys if not words else "")
        if keys not in HELD:
            self.setShortcut(QKeySequence(keys.replace(" ", "+")))
            if keys == "Ctrl Enter":
                self.setShortcut(QKeySequence("Ctrl+Return"))
                QShortcut(QKeySequence("Ctrl+Enter"), self, self.animateClick)

    def once(self) -> "Button":
        """Let its key press it once however long it is held down; a deed of one person each."""
        held = QShortcut(self.shortcut(), self, self.animateClick)
        held.setAutoRepeat(False)
        self.setShortcut(QKeySequence())
        return self

    @property
    def words(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, words: str, spoken: str = "") -> None:
        """Change what it says; ``spoken`` is for screen readers when there are no words."""
        self._label.setText(words)
        self._label.setVisible(bool(words))
        self.setAccessibleName(spoken or words)
        self.updateGeometry()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.EnabledChange:
            self._picture.ink = INKS.get(self.kind, "text2") if self.isEnabled() else "text3"
            self._picture.update()

    def sizeHint(self) -> QSize:
        """As wide as what is inside."""
        inside = self.layout()
        width = inside.sizeHint().width() + 2 if inside else 0
        return QSize(width, theme.CONTROL)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()


def icon_button(icon: str, spoken: str, keys: str = "") -> Button:
    """A quiet button without words; its name and key stand in the tool tip."""
    made = Button("", icon=icon, kind="quiet")
    made.say("", spoken)
    made.setToolTip(f"{spoken} ({keys})" if keys else spoken)
    if keys not in HELD:
        made.setShortcut(QKeySequence(keys.replace(" ", "+")))
    return made


class Segments(QFrame):
    """A few exclusive choices side by side; arrows go from one to the next."""

    chosen = pyqtSignal(int)

    def __init__(self, choices: Sequence[str], name: str) -> None:
        super().__init__()
        self.setObjectName("segments")
        self._group, inside = QButtonGroup(self), row(gap=0, pad=(1, 1))
        for number, words in enumerate(choices):
            button = QPushButton(words)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setChecked(number == 0)
            self._group.addButton(button, number)
            inside.addWidget(button)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        named(self, name)
        self._group.idClicked.connect(self.chosen)

    def at(self) -> int:
        """Which one is chosen."""
        return self._group.checkedId()

    def say(self, choices: Sequence[str]) -> None:
        """Change the words, mostly the numbers in them."""
        for number, words in enumerate(choices):
            button = self._group.button(number)
            if button is not None:
                button.setText(words)
                button.setVisible(bool(words))

    def choose(self, number: int) -> None:
        """Choose one as if it had been clicked."""
        button = self._group.button(number)
        if button is not None:
            button.click()
            button.setFocus()

    def put(self, number: int) -> None:
        """Mark one as chosen, and say nothing of it."""
        button = self._group.button(number)
        if button is not None:
            button.setChecked(True)

    def _beside(self, step: int) -> int:
        """The next one that says something."""
        number = self.at() + step
        while (button := self._group.button(number)) is not None and button.isHidden():
            number += step
        return number

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in ARROWS:
            self.choose(self._beside(ARROWS[Qt.Key(event.key())]))
        else:
            super().keyPressEvent(event)


def draw_tick(painter: QPainter, box: QRectF, *, on: bool) -> None:
    """Paint a tick box."""
    t = theme.now()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(t.accent if on else t.text3))
    painter.setBrush(QColor(t.accent if on else t.card))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if on:
        pen = painter.pen()
        pen.setColor(QColor(t.on_accent))
        pen.setWidthF(2)
        painter.setPen(pen)
        x, y, s = box.left(), box.top(), box.width()
        painter.drawLine(int(x + s * 0.25), int(y + s * 0.52), int(x + s * 0.43), int(y + s * 0.7))
        painter.drawLine(int(x + s * 0.43), int(y + s * 0.7), int(x + s * 0.76), int(y + s * 0.32))
    painter.restore()


class Link(QLabel):
    """Words that do something when clicked; always beside a key that does the same."""

    clicked = pyqtSignal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, _event: object) -> None:
        self.clicked.emit()
