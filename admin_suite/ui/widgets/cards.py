"""Cards: a number that opens its list, a side card with a timeline, an empty page."""

from collections.abc import Sequence

from msgspec import Struct
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.widgets.buttons import Button, icon_button
from admin_suite.ui.widgets.chips import Shape, draw_shape
from admin_suite.ui.widgets.layout import (
    CENTRE,
    Item,
    column,
    emptied,
    framed,
    named,
    row,
    rule,
    scrolled,
)
from admin_suite.ui.widgets.text import text

ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX
DIGITS = 9  # choices that have one


def card(title: str, *items: Item, aside: QWidget | None = None, gap: int = theme.S) -> QFrame:
    """A titled card."""
    head = row(text(title, "heading"), 1)
    if aside is not None:
        head.addWidget(aside)
    head.setContentsMargins(0, 0, 0, theme.S - min(gap, theme.S))
    return framed(column(head, *items, gap=gap, pad=(theme.L, theme.M)), "card")


class Layered(QPushButton):
    """A button with a layout inside; as large as the layout wants."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        named(self, name)

    def sizeHint(self) -> QSize:
        """What is inside decides."""
        inside = self.layout()
        return inside.sizeHint() if inside else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What is inside decides."""
        inside = self.layout()
        return inside.minimumSize() if inside else super().minimumSizeHint()


def stat(number: str, what: str, about: str, tone: str) -> QPushButton:
    """A number that opens its list; ``about`` says what it means today."""
    made = Layered("stat", f"{what}: {number}, {about}")
    under = row(Shape(tone, 8), text(about, "small", tone, wrap=True), Picture("right"), gap=6)
    under.setStretch(1, 1)
    what_it_is = text(what, "caption", wrap=True)
    made.setLayout(
        column(what_it_is, text(number, "display"), under, 1, gap=2, pad=(theme.L, theme.M))
    )
    for label in made.findChildren(QWidget):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


class Moment(Struct, frozen=True):
    """One thing that happened to somebody or something."""

    tone: str
    what: str
    about: str
    when: str


class _Rail(QWidget):
    """The line on which the moments hang."""

    def __init__(self, tone: str, *, first: bool, last: bool) -> None:
        super().__init__()
        self._tone, self._first, self._last = tone, first, last
        self.setFixedWidth(16)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.now().edge), 1))
        x, y = 8, 9
        painter.drawLine(x, y if self._first else 0, x, y if self._last else self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.now().card))
        painter.drawEllipse(QPointF(x, y), 7, 7)
        draw_shape(painter, self._tone, QRectF(x - 4.5, y - 4.5, 9, 9))


def timeline(moments: Sequence[Moment]) -> QFrame:
    """What happened, latest first."""
    made = column(gap=0)
    for number, moment in enumerate(moments):
        head = row(text(moment.what, "strong", wrap=True), text(moment.when, "caption"))
        head.setStretch(0, 1)
        words = column(head, gap=0)
        if moment.about:
            words.addWidget(text(moment.about, "small", wrap=True))
        words.setContentsMargins(0, 0, 0, theme.M if number + 1 < len(moments) else 0)
        rail = _Rail(moment.tone, first=number == 0, last=number + 1 == len(moments))
        made.addLayout(row(rail, words, gap=10))
    return framed(made)


def facts(pairs: Sequence[tuple[str, str]], width: int = 104) -> QFrame:
    """Names and values, aligned; a value that is not known is left out."""
    made = column(gap=6)
    for name, value in pairs:
        if not value:
            continue
        label = text(name, "muted", wrap=True)
        label.setFixedWidth(width)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = text(value, wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)  # beside the first line of a long name
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = row(label, words)
        line.setStretch(1, 1)
        made.addLayout(line)
    return framed(made)


class Choices(QFrame):
    """Buttons below each other in a side card, each with the digit that presses it."""

    def __init__(self, buttons: Sequence[Button]) -> None:
        super().__init__()
        self._buttons = buttons
        self.setLayout(column(*buttons, gap=theme.M))

    def press(self, number: int) -> bool:
        """Press the button of a digit; whether there is one."""
        there = 0 < number <= min(DIGITS, len(self._buttons))
        if there:
            self._buttons[number - 1].animateClick()
        return there


class Drawer(QFrame):
    """The side card: opens beside the list, closes with Esc; the list stays where it was."""

    closed = pyqtSignal()

    def __init__(self, width: int = theme.DRAWER) -> None:
        super().__init__()
        self.setObjectName("drawer")
        self._wide = width
        self.widen(alone=False)
        self._title, self._about = text("", "heading", wrap=True), text("", "small", wrap=True)
        close = icon_button("close", _("Close"), "Esc")
        close.clicked.connect(self.close_card)
        head = row(column(self._title, self._about, gap=0), close)
        head.setStretch(0, 1)
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.M)
        self._body.setContentsMargins(theme.L, 0, theme.L, theme.M)
        self._foot = row(gap=theme.S, pad=(theme.L, 0))
        inside = column(row(head, pad=(theme.L, 0)), rule(), gap=theme.M, pad=(0, theme.M))
        inside.addWidget(scrolled(framed(self._body, "drawerbody")), 1)
        inside.addLayout(self._foot)
        self.setLayout(inside)
        self.hide()

    def show_card(self, title: str, about: str, items: Sequence[Item], *foot: QWidget) -> None:
        """Open with this inside."""
        self._title.setText(title)
        self._about.setText(about)
        self.setAccessibleName(f"{title}, {about}")
        emptied(self._body)
        for item in items:
            if isinstance(item, int):
                self._body.addStretch(item)
            elif isinstance(item, QWidget):
                self._body.addWidget(item)
            else:
                self._body.addLayout(item)
        self._body.addStretch(1)
        emptied(self._foot)
        for button in foot:
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self._fit_foot()
        self.show()

    def digit(self, number: int) -> bool:
        """Whether a digit was meant for the choices of the card that is open; one is pressed."""
        return any(one.isVisible() and one.press(number) for one in self.findChildren(Choices))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit_foot()

    def _fit_foot(self) -> None:
        """Below each other where there is no room side by side."""
        held = (self._foot.itemAt(at) for at in range(self._foot.count()))
        buttons = [one.widget() for one in held if one is not None]
        wide = sum(button.sizeHint().width() + theme.S for button in buttons if button is not None)
        direction = QBoxLayout.Direction
        narrow = wide > self.width() - 2 * theme.L
        self._foot.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def widen(self, *, alone: bool) -> None:
        """Take the whole page, or the room of a side card."""
        self.setMinimumWidth(1 if alone else self._wide)
        self.setMaximumWidth(ANY_WIDTH if alone else self._wide)

    def close_card(self) -> None:
        """Go away."""
        self.hide()
        self.closed.emit()


def empty(icon: str, title: str, about: str, *steps: QWidget) -> QFrame:
    """A page with nothing on it yet: what belongs here, and the first step."""
    words, head = text(about, "muted", wrap=True), text(title, "heading", wrap=True)
    for label in (words, head):
        label.setAlignment(CENTRE)
        label.setFixedWidth(400)
    middle = column(
        row(1, Picture(icon, 40, "text3"), 1),
        row(1, head, 1),
        row(1, words, 1),
        row(1, *steps, 1),
        gap=theme.M,
    )
    return framed(column(1, middle, 1), "card")
