"""The headings of a table: click to sort, type below to filter."""

from collections.abc import Sequence

from PyQt6.QtCore import QRect, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QPainter
from PyQt6.QtWidgets import QHeaderView, QLineEdit, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import icons, theme
from admin_suite.ui.cells import Column

HEAD, FILTER, FIELD = 32, 32, 24
TYPING_MS = 200
ARROW = 14


class Headings(QHeaderView):
    """Paints the titles, holds the filter fields and says when somebody has typed."""

    filtered = pyqtSignal(dict)
    sorted_by = pyqtSignal(str, bool)

    def __init__(self, columns: Sequence[Column], parent: QWidget, *, filters: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self.fields: dict[str, QLineEdit] = {}
        self._height = HEAD + (FILTER if filters else 0)
        self._by, self._down = "", False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._at_once)
        for column in columns if filters else ():
            if column.filter is not None or column.fixed:
                self.fields[column.name] = self._field(column)
        self.sectionResized.connect(self._place)
        self.sectionClicked.connect(self._sort)
        self.setSectionsClickable(True)
        self.setStretchLastSection(False)
        self.setHighlightSections(False)

    def texts(self) -> dict[str, str]:
        """What stands in the filter fields, by column; empty ones left out."""
        found = {name: field.text().strip() for name, field in self.fields.items()}
        return {name: words for name, words in found.items() if words}

    def clear(self) -> None:
        """Empty every filter field and say so at once."""
        for field in self.fields.values():
            field.clear()
        self._typing.stop()
        self.filtered.emit({})

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        return QSize(0, self._height)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place()

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
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, column.title)
        if self._by and self._by == column.sort:
            width = painter.fontMetrics().horizontalAdvance(column.title)
            left = box.left() + width + 2 if not column.figures else box.right() - width - ARROW
            arrow = QRectF(left, box.center().y() - ARROW / 2, ARROW, ARROW)
            icons.draw(painter, "down" if self._down else "up", arrow, t.accent_ink)
        painter.restore()

    def _field(self, column: Column) -> QLineEdit:
        field = QLineEdit(self)
        field.setProperty("quiet", "true")
        field.setPlaceholderText(column.filter or "")
        if column.fixed:
            field.setText(column.fixed)
            field.setToolTip(column.fixed)
            field.setReadOnly(True)
            field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            field.setAccessibleName(_("In the file: {title}").format(title=column.fixed))
            return field
        field.setAccessibleName(_("Filter: {title}").format(title=column.title))
        field.textChanged.connect(self._typing.start)
        field.returnPressed.connect(self._at_once)
        return field

    def _at_once(self) -> None:
        self._typing.stop()
        self.filtered.emit(self.texts())

    def _place(self) -> None:
        for number, column in enumerate(self._columns):
            if (field := self.fields.get(column.name)) is not None:
                left, width = self.sectionViewportPosition(number), self.sectionSize(number)
                field.setGeometry(left + 6, HEAD, max(0, width - 8), FIELD)
                field.setVisible(not self.isSectionHidden(number))

    def _sort(self, number: int) -> None:
        by = self._columns[number].sort
        if not by:
            return
        self._down = not self._down if by == self._by else False
        self._by = by
        self.sorted_by.emit(self._by, self._down)
        self.update()
        view = self.viewport()
        if view is not None:
            view.update()
