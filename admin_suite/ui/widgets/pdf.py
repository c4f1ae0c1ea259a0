"""The pages of a PDF in the window, as they will be printed."""

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtPdfWidgets import QPdfView
from PyQt6.QtWidgets import QFrame

from admin_suite.core.i18n import _
from admin_suite.ui.widgets.layout import column, named

LEAST = 200


class PdfView(QFrame):
    """All pages below each other, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        # No children of the view: Qt crashes where a view takes its document along.
        self._paper, self._buffer = QPdfDocument(self), QBuffer(self)
        view = named(QPdfView(self), _("The pages as they are printed"))
        view.setDocument(self._paper)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setMinimumHeight(LEAST)
        self.setLayout(column(view, gap=0))

    def show_pdf(self, pdf: bytes) -> int:
        """Show a file; returns how many pages it has."""
        self.put_away()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._paper.load(self._buffer)
        return self._paper.pageCount()

    def put_away(self) -> None:
        """Show nothing."""
        self._paper.close()
        self._buffer.close()
