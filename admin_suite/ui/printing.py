"""A PDF on the printer, and beside it the file: what is printed is what is saved."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from msgspec import Struct, field
from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PyQt6.QtGui import QPainter
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtPrintSupport import QPrintDialog, QPrinter
from PyQt6.QtWidgets import QWidget

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.db.work import Work, taken_out
from admin_suite.house import drawing
from admin_suite.module import Module, Paper
from admin_suite.ui.files import ask_save
from admin_suite.ui.page import Page
from admin_suite.ui.runner import Job


def drawn(work: Work, module: Module, paper: Paper, values: dict[str, str]) -> bytes:
    """The paper as a file, for whoever may see it."""
    work.require(paper.permission)
    out = BytesIO()
    drawing(module, paper)(work, values, out)
    return out.getvalue()


class Printed(Struct, frozen=True):
    """One paper as somebody wants it: with which values, under which name it is saved."""

    module: Module
    paper: Paper
    values: dict[str, str] = field(default_factory=dict)
    name: str = ""

    @property
    def file(self) -> str:
        """The name that is offered for its file."""
        return f"{self.name or _(self.paper.title)}.pdf"


def paper_of(page: Page, module: str, name: str) -> tuple[Module, Paper]:
    """A paper by its module and its name, as pages that print one know it."""
    owner = next(one for one in page.runner.modules if one.name == module)
    return owner, next(one for one in owner.papers if one.name == name)


def look(page: Page, wanted: Printed, show: Callable[[bytes], None]) -> Job:
    """Draw a paper to be looked at in the window."""
    return page.ask(show, drawn, wanted.module, wanted.paper, wanted.values)


def save(page: Page, wanted: Printed) -> None:
    """Save a paper as PDF; the PIN is asked where it says what somebody has."""

    def saved(file: Path) -> None:
        page.said.emit(_("The paper is in {name}").format(name=file.name))

    def put(path: Path) -> None:
        write: Callable[[bytes], None] = lambda pdf: _write(page, path, pdf, saved)  # noqa: E731
        _take_out(page, wanted, write)

    what = _("Save as PDF")
    ask = partial(ask_save, page, what, wanted.file, "PDF (*.pdf)", put)
    _guarded(page, wanted, what, ask)


def send_to_printer(page: Page, wanted: Printed) -> None:
    """Print a paper; the PIN is asked where it says what somebody has."""
    title, done = _(wanted.paper.title), _("Sent to the printer")
    then: Callable[[bytes], None] = lambda pdf: print_file(  # noqa: E731
        page, title, pdf, lambda: page.said.emit(done)
    )
    _guarded(page, wanted, _("Print"), partial(_take_out, page, wanted, then))


def _guarded(page: Page, wanted: Printed, what: str, then: Callable[[], object]) -> None:
    if wanted.paper.confidential:
        page.confirmed(f"{what}: {_(wanted.paper.title)}", then)
    else:
        then()


def _take_out(page: Page, wanted: Printed, then: Callable[[bytes], None]) -> None:
    """Draw it once more, for now it leaves, and the audit calls that an export."""
    question = taken_out(drawn)
    job = page.ask(then, question, wanted.module, wanted.paper, wanted.values)
    page.running.follow(_("Drawing the paper"), job)


def _write(page: Page, path: Path, pdf: bytes, then: Callable[[Path], None]) -> None:
    page.run(_("Saving"), then, kept, path, pdf)


def kept(_progress: Progress, path: Path, pdf: bytes) -> Path:
    """Write the file beside its place, then put it there."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(pdf)
        part.replace(path)
    except OSError as error:
        said = _("“{name}” cannot be written. Close it if it is open in another program.")
        raise UserError(said.format(name=path.name)) from error
    finally:
        part.unlink(missing_ok=True)
    return path


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
