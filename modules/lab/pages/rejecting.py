"""The reason for which a tube is rejected: chosen by its number or its words, Enter rejects."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.choosing import Searched
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.layout import column, row
from modules.lab.codes import Unfit


class Rejecting(QFrame):
    """Hidden until it is wanted; it says which reason was chosen and what was written."""

    wanted = pyqtSignal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.reason = Searched(_("Why the tube is rejected"))
        self.reason.offer([(code.value, code.word) for code in Unfit])
        self.note = Field(_("More about it"))
        self.deed = Button(_("Reject the tube"), "Enter", kind="danger")
        self.deed.clicked.connect(self._say)
        self.reason.line.returnPressed.connect(self.note.edit.setFocus)
        self.note.edit.returnPressed.connect(self._say)
        fields = row(labelled(_("Why the tube is rejected"), self.reason), self.note, gap=theme.L)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        inside = card(_("Reject the tube that was received last"), fields, row(1, self.deed))
        self.setLayout(column(inside, gap=0))
        self.hide()

    def open(self) -> None:
        """Ask for the reason."""
        self.reason.put("")
        self.note.edit.clear()
        self.show()
        self.reason.setFocus()

    def _say(self) -> None:
        self.wanted.emit(self.reason.code, self.note.words)
