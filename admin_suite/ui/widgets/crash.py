"""The card of what nobody foresaw, with its report. It is imported when it is wanted."""

import logging
from contextlib import suppress
from pathlib import Path

from PyQt6 import sip
from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import QDesktopServices, QHideEvent, QKeyEvent, QShortcut
from PyQt6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from admin_suite.core.i18n import _
from admin_suite.core.log import crash_report, told
from admin_suite.core.paths import data_folder
from admin_suite.ui import theme
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.layout import column, framed, named, row, scrolled
from admin_suite.ui.widgets.text import text

log = logging.getLogger(__name__)
REPORT_LEAST = 120


class Crash(QWidget):
    """Lies over the window, never a dialog on a dialog; Esc puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAutoFillBackground(True)
        self._file: Path | None = None
        self._resting: list[QWidget | QShortcut] = []
        self._before: QWidget | None = None
        self._report = named(QPlainTextEdit(), _("Report"))
        self._report.setReadOnly(True)
        self._report.setMinimumHeight(REPORT_LEAST)
        said = _(
            "Nothing of this deed was stored. Copy the report and send it to whoever looks after "
            "the program; it holds no name and no number of a patient."
        )
        self._copy = Button(_("Copy the report"), "Ctrl C", "copy", "primary")
        self._copy.clicked.connect(self.copy)
        self._folder = Button(_("Open the folder"), "Ctrl O")
        self._folder.clicked.connect(self.open_folder)
        away = Button(_("Go on working"), "Esc")
        away.clicked.connect(self.hide)
        self._where = text("", "small", wrap=True)
        inside = column(
            text(_("Something happened that the program does not know"), "title", wrap=True),
            text(said, wrap=True),
            self._report,
            self._where,
            row(1, away, self._folder, self._copy),
            gap=theme.M,
            pad=(theme.XXL, theme.XL),
        )
        self.setLayout(column(scrolled(framed(inside, "pagebody")), gap=0))
        self.hide()

    def caught(self, error: BaseException) -> None:
        """Write down what nobody has caught, and tell it."""
        log.error("Unexpected error", exc_info=error)
        self.tell(error)

    def tell(self, error: BaseException) -> None:
        """Cover the window with the report, which is kept in a file too."""
        self._file = None
        with suppress(OSError):  # a full disk must not hide what happened
            self._file = crash_report(data_folder(), error)
        where = _("The report is kept in {file}").format(file=self._file)
        self._where.setText(where if self._file else "")
        self._folder.setVisible(self._file is not None)
        self._report.setPlainText(told(error))
        under = self.parentWidget()
        if under is not None:
            self.setGeometry(under.rect())
            self._let_rest(under)
        self.show()
        self.raise_()
        self._copy.setFocus()

    def _let_rest(self, under: QWidget) -> None:
        """What cannot be seen takes no key: neither Tab nor the shortcuts of the page reach it."""
        if not self._resting:
            self._before = under.focusWidget()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found: list[QWidget | QShortcut] = [
            *under.findChildren(QWidget, options=direct),
            *under.findChildren(QShortcut, options=direct),
        ]
        self._resting += [one for one in found if one is not self and one.isEnabled()]
        for one in self._resting:
            one.setEnabled(False)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """The page goes on where it was."""
        super().hideEvent(event)
        resting, self._resting = self._resting, []
        before, self._before = self._before, None
        for one in resting:
            if not sip.isdeleted(one):
                one.setEnabled(True)
        if before is not None and not sip.isdeleted(before):
            before.setFocus()

    @property
    def report(self) -> str:
        """What the copy button copies: the kind of the error and the places, no data."""
        return self._report.toPlainText()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        board = QApplication.clipboard()
        if board is not None:
            board.setText(self.report)

    def open_folder(self) -> None:
        """Show the file among the others, so that it can be sent."""
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
