"""Every page at every font size: no button is cut or out of reach, and everything has a name."""

import pytest
from PyQt6.QtCore import QEvent, QObject, QPoint, QRect
from PyQt6.QtGui import QFont, QFontMetrics
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
)

from admin_suite.core.i18n import LANGUAGES, speaking
from admin_suite.ui import theme
from admin_suite.ui.shell import Shell
from admin_suite.ui.table import Table
from modules.lab.codes import Outcome

SCREEN = (1366, 768)
SCALES = (1.25, 1.5, 2.0)
SPOKEN = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)
INNER = ("qt_", "ScrollLeftButton", "ScrollRightButton")


@pytest.fixture
def filled(shell, register, measure):
    """People on every page, so that tables and cards are drawn."""
    numbers = register("Giàng A Páo", "Sùng Thị Mỷ", "Hoàng Văn Tuấn")
    measure(2, {numbers[0]: Outcome.NEGATIVE, numbers[1]: Outcome.POSITIVE})
    for name in (*shell.specs, "import", "more", "home"):
        shell.open(name).reload()
    return shell


def pages(shell):
    for name in (*shell.specs, "import", "more", "home"):
        yield name, shell.open(name)


def reachable(widget, page):
    """Whether a widget lies whole in its page, or in something that scrolls to it."""
    above = widget.parentWidget()
    while above is not None and above is not page.parentWidget():
        place = QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())
        holder = above.parentWidget()
        if isinstance(holder and holder.parentWidget(), QScrollArea):
            return above.rect().contains(place)
        above = holder
    return page.rect().contains(QRect(widget.mapTo(page, QPoint(0, 0)), widget.size()))


def cut(widget):
    """Whether a button is smaller than what it says."""
    least = widget.minimumSizeHint()
    return widget.width() < least.width() or widget.height() < least.height() - 2


def buttons(page):
    return [b for b in page.findChildren(QAbstractButton) if b.isVisible() and b.width() > 1]


def told(widget):
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


@pytest.mark.parametrize("scale", SCALES)
def test_no_button_is_cut_or_out_of_reach_at_any_font_size(filled, qtbot, scale):
    filled.resize(int(SCREEN[0] / scale), int(SCREEN[1] / scale))
    qtbot.wait(1)
    wrong = []
    for name, page in pages(filled):
        qtbot.wait(1)
        wrong += [(name, told(b), "cut") for b in buttons(page) if cut(b)]
        wrong += [(name, told(b), "away") for b in buttons(page) if not reachable(b, page)]
    assert wrong == []


def test_every_widget_that_does_something_has_a_name(filled, qtbot):
    nameless = []
    for name, page in pages(filled):
        qtbot.wait(1)
        for widget in page.findChildren(SPOKEN[0]) + [
            found for kind in SPOKEN[1:] for found in page.findChildren(kind)
        ]:
            inner = widget.objectName().startswith(INNER) or not widget.isVisible()
            if not inner and not told(widget):
                nameless.append((name, type(widget).__name__, widget.objectName()))
    assert nameless == []


def test_no_button_of_the_frame_is_cut(filled, qtbot):
    for scale in SCALES:
        filled.resize(int(SCREEN[0] / scale), int(SCREEN[1] / scale))
        qtbot.wait(1)
        assert [told(b) for b in buttons(filled) if cut(b)] == []


# a report, a layout and the matrix of rights have as many columns as somebody asks for
BROAD = {"registry.reports", "registry.outputs", "registry.roles"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_is_cut_and_no_state_lies_out_of_sight(runner, qtbot, language):
    with speaking(language):
        shell = Shell(runner, "suite.db")
        qtbot.addWidget(shell)
        shell.resize(*SCREEN)
        shell.show()
        letters = QFontMetrics(theme.font(theme.SMALL, QFont.Weight.DemiBold))
        wrong = []
        for name, page in pages(shell):
            qtbot.wait(1)
            for table in (one for one in page.findChildren(Table) if one.isVisible()):
                heads = table.headings
                shown = {
                    column.title: heads.sectionSize(n) - theme.M - theme.S
                    for n, column in enumerate(heads._columns)
                    if not heads.isSectionHidden(n)
                }
                wrong += [
                    (name, t) for t, room in shown.items() if letters.horizontalAdvance(t) > room
                ]
                if name not in BROAD and heads.length() > table.viewport().width():
                    wrong.append((name, "too broad"))
    assert wrong == []


class Pressed(QObject):
    """Hears which button a key reaches, and keeps it from doing anything."""

    def __init__(self):
        super().__init__()
        self.heard = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt calls it so
        if event.type() != QEvent.Type.Shortcut:
            return False
        self.heard.append((watched, event.isAmbiguous()))
        return True


def test_every_key_that_a_button_shows_reaches_it_alone(filled, qtbot):
    """Nobody works by keys alone where a key is dead, or stands on two buttons in sight."""
    ear, dead = Pressed(), []
    for name, page in pages(filled):
        qtbot.wait(1)
        assert filled.isActiveWindow(), f"{name} shows something in a window of its own"
        page.setFocus()
        for button in buttons(page):
            if button.shortcut().isEmpty() or not button.isEnabled():
                continue
            QApplication.instance().installEventFilter(ear)
            QTest.keySequence(page, button.shortcut())
            QApplication.instance().removeEventFilter(ear)
            if (heard := ear.heard) != [(button, False)]:
                dead.append((name, told(button), button.shortcut().toString(), len(heard)))
            ear.heard = []
    assert dead == []
