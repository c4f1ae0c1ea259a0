"""What nobody foresaw: the crash card with its copy button, and the last hook of Python."""

import logging
import sys
import traceback
from types import TracebackType

from PyQt6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.layout import column, named, row
from admin_suite.ui.widgets.text import text

log = logging.getLogger(__name__)


class Crash(QWidget):
    """Lies over the window, never a dialog on a dialog; Esc puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAutoFillBackground(True)
        self._report = named(QPlainTextEdit(), _("Report"))
        self._report.setReadOnly(True)
        said = _(
            "Nothing of this deed was stored. Copy the report and send it to whoever looks after "
            "the program; it holds no name and no number of a patient."
        )
        copy = Button(_("Copy the report"), "Ctrl C", "copy", "primary")
        copy.clicked.connect(self.copy)
        away = Button(_("Go on working"), "Esc")
        away.clicked.connect(self.hide)
        self._copy = copy
        self.setLayout(
            column(
                text(_("Something happened that the program does not know"), "title", wrap=True),
                text(said, wrap=True),
                self._report,
                row(1, away, copy),
                gap=theme.M,
                pad=(theme.XXL, theme.XXL),
            )
        )
        self.hide()

    def tell(self, error: BaseException) -> None:
        """Cover the window with the report."""
        frames = traceback.extract_tb(error.__traceback__)
        where = "".join(traceback.format_list(frames))
        self._report.setPlainText(f"{type(error).__name__}\n{where}")
        under = self.parentWidget()
        if under is not None:
            self.setGeometry(under.rect())
        self.show()
        self.raise_()
        self._copy.setFocus()

    @property
    def report(self) -> str:
        """What the copy button copies: the places in the program, no data."""
        return self._report.toPlainText()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        board = QApplication.clipboard()
        if board is not None:
            board.setText(self.report)


def catch_all(crash: Crash) -> None:
    """Show what escapes from a slot instead of ending the program."""

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.error("Unexpected error", exc_info=(kind, error, trace))
        crash.tell(error)

    sys.excepthook = caught
