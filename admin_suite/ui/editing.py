"""Cells that are typed into: the model's side, the editor in the cell, the keys of the table.

The editor is Qt's own line, so Telex and VNI work in it as they do everywhere.
"""

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    Qt,
)
from PyQt6.QtGui import QKeyEvent, QKeySequence
from PyQt6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from admin_suite.ui.cells import CellModel
from admin_suite.ui.table import CellPainter, Table
from admin_suite.ui.widgets.forms import Choice

ENDS = QAbstractItemDelegate.EndEditHint
TRIGGERS = QAbstractItemView.EditTrigger
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class EditModel(CellModel):
    """Lines of which some cells may be typed into."""

    def editable(self, row: int, column: int) -> bool:
        """Whether this cell may be typed into."""
        raise NotImplementedError

    def written(self, row: int, column: int) -> str:
        """What stands in the cell, as it is typed."""
        raise NotImplementedError

    def write(self, row: int, column: int, text: str) -> None:
        """A cell was typed into."""
        raise NotImplementedError

    def words_for(self, column: int) -> Sequence[str]:
        """The words that may stand in a column; none: anything."""
        del column
        return ()

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Cells that may be typed into say so."""
        found = super().flags(index)
        if index.isValid() and self.editable(index.row(), index.column()):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The editor gets what is typed, not what is painted."""
        if role == Qt.ItemDataRole.EditRole:
            return self.written(index.row(), index.column())
        return super().data(index, role)

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        if str(value) != self.written(index.row(), index.column()):
            self.write(index.row(), index.column(), str(value))
        return True


class CellEditor(CellPainter):
    """Paints a cell, and opens a line or a drop-down in it."""

    def createEditor(
        self, parent: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget | None:
        del option
        model = index.model()
        words = model.words_for(index.column()) if isinstance(model, EditModel) else ()
        made = DropDown(words, parent) if words else QLineEdit(parent)
        made.setProperty("cell", "true")
        if isinstance(model, CellModel):
            made.setAccessibleName(model.columns[index.column()].title)
        return made

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:
        if editor is None or editor.property("filled"):
            return  # a check that ends meanwhile must not type over the person
        editor.setProperty("filled", "true")
        written = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, Choice):
            editor.setEditText(written)
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(written)

    def setModelData(
        self, editor: QWidget | None, model: QAbstractItemModel | None, index: QModelIndex
    ) -> None:
        if model is None:
            return
        if isinstance(editor, Choice):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        del index
        if editor is not None:
            editor.setGeometry(QRect(option.rect).adjusted(1, 1, -1, -2))


class DropDown(Choice):
    """The words of a column; Enter and Tab take what is typed or chosen and go on at once."""

    def __init__(self, words: Sequence[str], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        self.addItems(list(words))
        helper = self.completer()
        if helper is not None:
            helper.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            helper.setFilterMode(Qt.MatchFlag.MatchContains)
            self._found = helper.popup()
            if self._found is not None:
                self._found.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """The list of what fits would take the first Enter for itself."""
        if isinstance(event, QKeyEvent) and watched is self._found and self._ends(event):
            self._take()
            again = QKeyEvent(event.type(), event.key(), event.modifiers())
            QCoreApplication.postEvent(self, again)
            return True
        return super().eventFilter(watched, event)

    def _ends(self, event: QKeyEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress and event.key() in (*ENTER, Qt.Key.Key_Tab)

    def _take(self) -> None:
        if self._found is None:
            return
        chosen = self._found.currentIndex()
        if chosen.isValid():
            self.setEditText(str(chosen.data()))
        self._found.hide()


class EditTable(Table):
    """A table whose cells are typed into: typing or F2 begins, Enter keeps and moves on."""

    def __init__(self, model: EditModel, *, name: str, filters: bool = True) -> None:
        super().__init__(model, name=name, filters=filters, blocks=True)
        self.typed = model
        self.setItemDelegate(CellEditor(self))
        self.setEditTriggers(
            TRIGGERS.AnyKeyPressed | TRIGGERS.EditKeyPressed | TRIGGERS.DoubleClicked
        )

    @property
    def typing(self) -> bool:
        """Whether a cell is being typed into."""
        return self.state() == QAbstractItemView.State.EditingState

    def closeEditor(self, editor: QWidget | None, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Back to the table; ``move_on`` knows where the work goes on."""
        super().closeEditor(editor, ENDS.NoHint)
        if hint in (ENDS.SubmitModelCache, ENDS.EditNextItem):
            self.move_on()
        elif hint == ENDS.EditPreviousItem:
            self.move_on(-1)

    def move_on(self, step: int = 1) -> None:
        """To the next cell of the row, then to the next row."""
        places = [
            place
            for place in range(len(self.typed.columns))
            if not self.isColumnHidden(place)
            and self.typed.editable(self.currentIndex().row(), place)
        ]
        row, here = self.currentIndex().row(), self.currentIndex().column()
        if not places or row < 0:
            return
        after = [place for place in places if place > here] if step > 0 else []
        before = [place for place in places if place < here] if step < 0 else []
        if after or before:
            self.go(row, after[0] if after else before[-1])
        elif 0 <= row + step < self.typed.length():
            self.go(row + step, places[0] if step > 0 else places[-1])

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one and show it."""
        index = self.typed.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Commands first; what writes something begins to type into the cell."""
        if event is None:
            return
        if event.key() in ENTER and not event.modifiers() & ~KEYPAD:
            if not self.typing:  # else the editor says so once it has kept what was typed
                self.move_on()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif self.typed.editable(self.currentIndex().row(), self.currentIndex().column()):
            QTableView.keyPressEvent(self, event)
            if self.typing:
                event.accept()  # Qt passes on the very key that it has begun to type with
        else:
            super().keyPressEvent(event)
