"""The headings of a table: click to sort, type below to filter."""

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QRect, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PyQt6.QtWidgets import QHeaderView, QLineEdit, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import icons, theme
from admin_suite.ui.cells import Column
from admin_suite.ui.widgets.forms import Choice

HEAD, FILTER, FIELD = 32, 32, 24
TYPING_MS = 200
ARROW = 14


class Filter(QLineEdit):
    """A filter field; the arrow down goes on to the lines below it."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        below = self.parent()
        if event is not None and event.key() == Qt.Key.Key_Down and isinstance(below, QHeaderView):
            table = below.parentWidget()
            if table is not None:
                table.setFocus()
        else:
            super().keyPressEvent(event)


class Headings(QHeaderView):
    """Paints the titles, holds the filter fields and says when somebody has typed."""

    filtered = pyqtSignal(dict)
    sorted_by = pyqtSignal(str, bool)

    def __init__(self, columns: Sequence[Column], parent: QWidget, *, filters: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.fields: dict[str, QLineEdit | Choice] = {}
        self._height = HEAD + (FILTER if filters else 0)
        self.by, self.down = "", False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._at_once)
        for column in columns if filters else ():
            if column.choices:
                self.fields[column.name] = self._choice(column)
            elif column.filter is not None:
                self.fields[column.name] = self._field(column)
        self.sectionResized.connect(self.place)
        self.sectionMoved.connect(self.place)
        self.sectionClicked.connect(self._clicked)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setStretchLastSection(False)
        self.setHighlightSections(False)

    def texts(self) -> dict[str, str]:
        """What the filter fields ask for, by column; empty ones left out."""
        found = {name: _asked(field) for name, field in self.fields.items()}
        return {name: words for name, words in found.items() if words}

    def put(self, texts: Mapping[str, str]) -> None:
        """Fill the filter fields, and say nothing of it."""
        for name, field in self.fields.items():
            field.blockSignals(True)
            if isinstance(field, Choice):
                field.setCurrentIndex(max(0, field.findData(texts.get(name, ""))))
            else:
                field.setText(texts.get(name, ""))
            field.blockSignals(False)
        self._typing.stop()

    def clear(self) -> None:
        """Empty every filter field and say so at once."""
        self.put({})
        self.filtered.emit(self.texts())

    def point(self, by: str, *, down: bool) -> None:
        """Show by what the lines are sorted."""
        self.by, self.down = by, down
        view = self.viewport()
        if view is not None:
            view.update()

    def sort(self, by: str) -> None:
        """Sort by a column, or turn its order round."""
        if by:
            self.point(by, down=not self.down if by == self.by else False)
            self.sorted_by.emit(self.by, self.down)

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        return QSize(0, self._height)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self.place()

    def paintSection(self, painter: QPainter | None, rect: QRect, number: int) -> None:
        if painter is None:
            return
        t, column = theme.now(), self._columns[number]
        painter.save()
        painter.fillRect(rect, QColor(t.sunken))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(t.text2))
        painter.setFont(theme.font(theme.SMALL, QFont.Weight.DemiBold))
        side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
        box = QRectF(rect.left() + theme.M, rect.top(), rect.width() - theme.M - theme.S, HEAD)
        metrics, room = painter.fontMetrics(), int(box.width()) + 1
        title = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, title)
        if self.by and self.by == column.sort:
            width = metrics.horizontalAdvance(title)
            left = box.left() + width + 2 if not column.figures else box.right() - width - ARROW
            arrow = QRectF(left, box.center().y() - ARROW / 2, ARROW, ARROW)
            icons.draw(painter, "down" if self.down else "up", arrow, t.accent_ink)
        painter.restore()

    def _field(self, column: Column) -> QLineEdit:
        field = Filter(self)
        field.setProperty("quiet", "true")
        field.setPlaceholderText(column.filter or "")
        field.setToolTip(column.filter or "")
        field.setAccessibleName(_("Filter: {title}").format(title=column.title))
        field.textChanged.connect(self._typing.start)
        field.returnPressed.connect(self._at_once)
        return field

    def _choice(self, column: Column) -> Choice:
        field = Choice(self)
        field.setProperty("quiet", "true")
        field.addItem(_("All"), "")
        for value, word in column.choices:
            field.addItem(word, value)
        field.setAccessibleName(_("Filter: {title}").format(title=column.title))
        field.currentIndexChanged.connect(self._at_once)
        return field

    def _at_once(self) -> None:
        self._typing.stop()
        self.filtered.emit(self.texts())

    def place(self) -> None:
        """Put every filter field below its title."""
        for number, column in enumerate(self._columns):
            if (field := self.fields.get(column.name)) is not None:
                left, width = self.sectionViewportPosition(number), self.sectionSize(number)
                field.setGeometry(left + 6, HEAD, max(0, width - 8), FIELD)
                field.setVisible(not self.isSectionHidden(number))

    def _clicked(self, number: int) -> None:
        self.sort(self._columns[number].sort)


def _asked(field: QLineEdit | Choice) -> str:
    if isinstance(field, Choice):
        return str(field.currentData() or "")
    return field.text().strip()
