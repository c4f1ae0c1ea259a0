"""A PDF on the printer, and beside it the file: what is printed is what is saved."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PyQt6.QtGui import QPainter
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtPrintSupport import QPrintDialog, QPrinter
from PyQt6.QtWidgets import QWidget

from admin_suite.db.work import Work
from admin_suite.house import drawing
from admin_suite.module import Module, Paper


def drawn(work: Work, module: Module, paper: Paper, values: dict[str, str]) -> bytes:
    """The paper as a file, for whoever may see it."""
    work.require(paper.permission)
    out = BytesIO()
    drawing(module, paper)(work, values, out)
    return out.getvalue()


def print_file(parent: QWidget, name: str, pdf: bytes, then: Callable[[], None]) -> None:
    """Let a person choose the printer, and print all pages of a file."""
    document, buffer = QPdfDocument(parent), QBuffer(parent)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    print_document(parent, name, document, then)


def print_document(
    parent: QWidget, name: str, document: QPdfDocument, then: Callable[[], None]
) -> None:
    """Let a person choose the printer, and print all pages of what is shown."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(partial(_print_on, printer, document, then))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _print_on(printer: QPrinter, document: QPdfDocument, then: Callable[[], None]) -> None:
    painter = QPainter(printer)
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        room = painter.viewport()
        size = document.pagePointSize(page)
        size.scale(room.width(), room.height(), Qt.AspectRatioMode.KeepAspectRatio)
        picture = document.render(page, QSize(round(size.width()), round(size.height())))
        painter.drawImage(0, 0, picture)
    painter.end()
    then()
