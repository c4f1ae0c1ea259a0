"""The icons: Remix Icon, line style, painted as letters of the font that QtAwesome carries.

QtAwesome itself is never imported: it reads ten fonts before it paints the first icon, and that
takes five times as long as the whole first window.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PyQt6.QtWidgets import QApplication, QWidget

from admin_suite.ui import theme

NAMES = {
    "home": "home-5",
    "tube": "test-tube",
    "run": "microscope",
    "release": "shield-check",
    "person": "user-3",
    "bed": "hotel-bed",
    "paper": "article",
    "report": "bar-chart-box",
    "settings": "settings-3",
    "search": "search",
    "barcode": "barcode",
    "import": "file-upload",
    "export": "file-excel-2",
    "save": "save-3",
    "print": "printer",
    "add": "add",
    "done": "check",
    "late": "alarm-warning",
    "close": "close",
    "back": "arrow-left",
    "undo": "arrow-go-back",
    "down": "arrow-down-s",
    "up": "arrow-up-s",
    "right": "arrow-right-s",
    "left": "arrow-left-s",
    "lock": "lock",
    "filter": "filter-3",
    "columns": "layout-column",
    "database": "database-2",
    "info": "information",
    "note": "clipboard",
    "palette": "contrast-2",
    "language": "global",
    "leave": "logout-box-r",
    "copy": "file-copy",
    "module": "apps-2",
    "stop": "stop-circle",
    "more": "more",
    "image": "image",
    "zoom_in": "zoom-in",
    "zoom_out": "zoom-out",
    "turn": "clockwise",
    "history": "history",
    "kit": "first-aid-kit",
    "rapid": "flask",
    "radar": "radar",
    "route": "route",
    "phone": "phone",
    "hold": "pause-circle",
    "message": "message-2",
    "syringe": "syringe",
    "vial": "medicine-bottle",
    "session": "calendar-event",
}


@cache
def _family() -> tuple[str, dict[str, str]]:
    """The name of the font, and the number of each of its letters, in hexadecimal."""
    found = find_spec("qtawesome")
    folder = Path(found.origin or "").parent / "fonts" if found else Path()
    font = next(folder.glob("remixicon-[0-9]*.ttf"))
    numbers = json.loads(next(folder.glob("remixicon-charmap-*.json")).read_text("utf-8"))
    known = QFontDatabase.addApplicationFont(str(font))
    return QFontDatabase.applicationFontFamilies(known)[0], numbers


def draw(painter: QPainter, name: str, box: QRectF, colour: str) -> None:
    """Paint a named icon into a square box."""
    family, numbers = _family()
    font = QFont(family)
    font.setPixelSize(max(1, round(box.height())))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    letter = chr(int(numbers[f"{NAMES.get(name, NAMES['module'])}-line"], 16))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, letter)
    painter.restore()


def icon(name: str, ink: str = "text2", size: int = 16) -> QIcon:
    """The icon for places that take no widget, in the colours of this moment."""
    screen = QApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw(painter, name, QRectF(0, 0, size, size), theme.ink(ink))
    painter.end()
    return QIcon(made)


class Picture(QWidget):
    """An icon beside words; ``ink`` names a token, so a change of theme repaints it."""

    def __init__(self, name: str, size: int = 16, ink: str = "text2") -> None:
        super().__init__()
        self.name, self.ink = name, ink
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def colour(self) -> str:
        """What it is painted with now."""
        return theme.ink(self.ink)

    def paintEvent(self, _event: object) -> None:
        draw(QPainter(self), self.name, QRectF(self.rect()), self.colour())
