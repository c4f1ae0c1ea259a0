"""One PDF file in the making: pages, margins, and a cursor that moves down.

Lengths in arguments are millimetres, type sizes and places are points. A paper is written from the
top down; whatever does not fit starts a new page with its number in the top margin, as Decree
30/2020/ND-CP asks.
"""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _, language
from admin_suite.documents.codes import Matrix, Square, draw_code128, draw_matrix
from admin_suite.documents.parts import MM, Align, Column, Format, Look, Style
from admin_suite.documents.table import Frame, Table
from admin_suite.documents.text import Line, Spot, draw_line, face, one_line, wrap
from admin_suite.documents.writing import bind

rl_config.useA85 = 0  # binary streams: no text armour, a fifth less time and size

BODY = Style(13, "justify")
CELL = Style(13, leading=1.3)
NUMBER = Style(13, "center")
RUNNING = Style(11, "right", italic=True)
RUNNING_HEIGHT = 10.0
FOOT = Style(8, italic=True)
INDENT = 10.0
"""The first line of a paragraph goes in by this many millimetres."""


FROM_PAGE = "from_page"
"""The value of every paper that says which sheet to begin with."""


def first_sheet(values: Mapping[str, str]) -> int:
    """The sheet to begin with, as the values say; 1 where they do not."""
    told = values.get(FROM_PAGE, "") or "1"
    if not told.isdecimal() or int(told) < 1:
        raise UserError(_("“{page}” is not the number of a page.").format(page=told))
    return int(told)


class Paper:
    """A canvas and the height ``y`` reached on the current page.

    ``running`` is repeated above the text of every page after the first, ``foot`` stands small at
    the lower edge of every page. Sheets before ``first`` are counted and not written: after a jam
    a paper is printed on from there.
    """

    def __init__(
        self,
        out: BinaryIO,
        title: str,
        *,
        author: str = "",
        form: Format | None = None,
        foot: str = "",
        first: int = 1,
    ) -> None:
        form = form or Format()
        lang = "vi-VN" if language() == "vi" else "en"
        # Else an unembedded Helvetica is named on every page; the stubs call the face a number.
        self.canvas = Canvas(
            out,
            pagesize=form.size,
            pageCompression=1,
            invariant=1,
            lang=lang,
            initialFontName=face(),  # type: ignore[arg-type]
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.width, self.height = form.size
        self.margins = form.margins
        self.left = form.margins.left * MM
        self.room = self.width - (form.margins.left + form.margins.right) * MM
        self.bottom = form.margins.bottom * MM
        self.top = self.height - form.margins.top * MM
        self.running = ""
        self.foot = foot
        self.numbered = True
        self.page = self.sheet = 1
        self.first = first
        self.marks = 0
        self._open_page()

    # -- pages ------------------------------------------------------------------------------------

    def new_page(self, *, restart: bool = False) -> None:
        """Finish the page; ``restart`` begins another paper in the same file, at page 1."""
        self._close_page()
        if self.sheet >= self.first:
            self.canvas.showPage()
        else:
            # The only way to drop a page that is laid out; the stubs do not know it.
            self.canvas._startPage()  # type: ignore[attr-defined]  # noqa: SLF001
        self.sheet += 1
        self.page = 1 if restart else self.page + 1
        self._open_page()

    def need(self, height: float) -> None:
        """Begin a new page unless ``height`` points are left above the bottom margin."""
        if self.y - height < self.bottom - 0.01:
            self.new_page()

    def skip(self, height: float) -> None:
        """Leave white space of ``height`` millimetres."""
        self.y -= height * MM

    def bookmark(self, title: str) -> None:
        """Let readers find this page in the outline beside the pages."""
        if self.sheet < self.first:
            return
        self.marks += 1
        self.canvas.bookmarkPage(f"mark{self.marks}")
        self.canvas.addOutlineEntry(title, f"mark{self.marks}")

    def save(self) -> None:
        """Write the file; refused when it ends before the page it shall begin with."""
        if self.sheet < self.first:
            said = _("There is no page {page}; the last one is {last}.")
            raise UserError(said.format(page=self.first, last=self.sheet))
        self._close_page()
        self.canvas.save()

    def _open_page(self) -> None:
        self.y = self.top
        if self.page == 1:
            return
        if self.numbered:
            high = self.height - (self.height - self.top) * 0.6
            self.at(Spot(self.left, high, self.room), str(self.page), NUMBER)
        if self.running:
            self.at(Spot(self.left, self.top - 4, self.room), self.running, RUNNING)
            self.y -= RUNNING_HEIGHT

    def _close_page(self) -> None:
        if self.foot:
            low = max(self.bottom / 2 - FOOT.size / 2, 4)
            self.at(Spot(self.left, low, self.room), self.foot, FOOT)

    # -- text -------------------------------------------------------------------------------------

    def at(self, spot: Spot, markup: str, style: Style) -> float:
        """Put one line at a fixed place and return its width; the cursor stays."""
        line = one_line(markup, style)
        draw_line(self.canvas, line, spot, style.size, style.align)
        return line.width

    def lines(self, lines: Sequence[Line], style: Style) -> None:
        """Put ready lines one below the other across the text width."""
        for line in lines:
            self._line(line, style, 0, style.align)

    def body(
        self, markup: str, style: Style = BODY, *, indent: float = INDENT, before: float = 6
    ) -> None:
        """A paragraph of running text: first line in by 10 mm, 6 points from the one before."""
        self.y -= before
        shift = indent * MM
        for line in wrap(bind(markup), self.room, style, shift):
            self._line(line, style, shift, style.align)
            shift = 0

    def row(self, *cells: tuple[float, str], style: Style = CELL, before: float = 2) -> None:
        """Cells side by side: each a share of the width and its text."""
        parts = [wrap(markup, share * self.room - 6, style) for share, markup in cells]
        deep = style.size * style.leading
        self.need(max(map(len, parts)) * deep + before)
        self.y -= before
        x = self.left
        for (share, _markup), part in zip(cells, parts, strict=True):
            for place, line in enumerate(part, start=1):
                spot = Spot(x, self.y - place * deep, share * self.room)
                draw_line(self.canvas, line, spot, style.size, style.align)
            x += share * self.room
        self.y -= max(map(len, parts)) * deep

    def rule(self, length: float, spot: Spot) -> None:
        """A short line in the middle of a column, as under the agency and under the motto."""
        start = spot.x + (spot.room - length) / 2
        self.canvas.setLineWidth(0.6)
        self.canvas.line(start, spot.y, start + length, spot.y)

    def _line(self, line: Line, style: Style, shift: float, align: Align) -> None:
        self.need(style.size * style.leading)
        self.y -= style.size * style.leading
        spot = Spot(self.left + shift, self.y, self.room - shift)
        draw_line(self.canvas, line, spot, style.size, align)

    # -- tables and codes -------------------------------------------------------------------------

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        *,
        total: Sequence[str] = (),
        keep: float = 0,
        look: Look | None = None,
    ) -> None:
        """A ruled table, its head again on every page; ``keep`` mm must follow its last rows."""
        self.y -= 5
        fresh = self.top - (RUNNING_HEIGHT if self.running else 0)
        bottom = self.bottom - 0.01
        frame = Frame(self.canvas, self.left, self.room, self.y, bottom, fresh, self._turn)
        self.y = Table(frame, columns, look or Look()).draw(rows, total, keep * MM)

    def code(self, matrix: Matrix, square: Square) -> float:
        """Draw the modules of a QR code and return the printed side in millimetres.

        The caller leaves the quiet zone of four modules around it.
        """
        return draw_matrix(self.canvas, matrix, square) / MM

    def bars(self, text: str, square: Square, height: float) -> float:
        """Draw a Code 128 of ``height`` mm in the width of the square; the bar's width in mm."""
        return draw_code128(self.canvas, text, square, height * MM) / MM

    def picture(self, png: BinaryIO, keep: float = 0) -> None:
        """A picture across the text width, smaller where a page is too low; ``keep`` mm follow."""
        picture = ImageReader(png)
        wide, high = picture.getSize()
        scale = min(self.room / wide, (self.top - RUNNING_HEIGHT - self.bottom - keep * MM) / high)
        self.need(high * scale + keep * MM)
        self.y -= high * scale
        self.canvas.drawImage(picture, self.left, self.y, wide * scale, high * scale)

    def _turn(self) -> float:
        self.new_page()
        return self.y
