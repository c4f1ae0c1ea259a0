"""Drawing styled workbooks with openpyxl; loaded by name, only when one is written.

Every text is a text cell (``data_type`` "s", format ``@``): nothing that stands in a list can run
as a formula.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from admin_suite.excel.paper import Drop, Leaf, sheet_names
from admin_suite.excel.texts import escaped

DROPPED_ROWS = 5_000
MOST_OFFERED, OFFERED = 250, "words"
WIDEST, NARROWEST = 40, 8
UPRIGHT = 5  # columns that an upright page has room for
PICTURE_WIDTH = 960  # dots of a screen
THIN = Side(style="thin", color="B0B7C0")
EDGE = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD = PatternFill("solid", fgColor="DCE6F1")
WRONG = PatternFill("solid", fgColor="F8CBAD")


def draw(path: Path, leaves: Sequence[Leaf]) -> None:
    """Write the worksheets to a file."""
    book = Workbook()
    book.properties.creator = "Admin Suite"
    names = sheet_names([leaf.name for leaf in leaves])
    for at, leaf in enumerate(leaves):
        sheet = book.worksheets[0] if at == 0 else book.create_sheet()
        sheet.title = names[at]
        _draw_leaf(sheet, leaf)
    book.save(path)


def _draw_leaf(sheet: Worksheet, leaf: Leaf) -> None:
    width = max(len(leaf.headings), 1)
    for row, text in enumerate(leaf.above, start=1):
        _across(sheet, row, text, width)
    top = len(leaf.above) + 1
    for column, heading in enumerate(leaf.headings, start=1):
        cell = sheet.cell(top, column)
        _put(cell, heading)
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD, EDGE
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        if column <= len(leaf.notes) and leaf.notes[column - 1]:
            cell.comment = Comment(leaf.notes[column - 1], "Admin Suite")
    _draw_rows(sheet, leaf, top + 1, width)
    _widen(sheet, leaf)
    if leaf.picture:
        _paste(sheet, leaf.picture, top + len(leaf.rows) + len(leaf.bands) + 2)
    sheet.freeze_panes = f"A{top + 1}"
    _fit_paper(sheet, top, width)
    for drop in leaf.drops:
        letter = get_column_letter(drop.column + 1)
        rule = DataValidation("list", formula1=_offered(sheet, drop), allow_blank=True)
        rule.add(f"{letter}{top + 1}:{letter}{top + DROPPED_ROWS}")
        sheet.add_data_validation(rule)


def _fit_paper(sheet: Worksheet, top: int, width: int) -> None:
    """Printed, a worksheet is as wide as A4; the headings come again on every page."""
    page = sheet.page_setup
    page.paperSize = sheet.PAPERSIZE_A4
    page.orientation = "landscape" if width > UPRIGHT else "portrait"
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"
    if sheet.oddFooter is not None and sheet.oddFooter.right is not None:
        sheet.oddFooter.right.text = "&P/&N"


def _offered(sheet: Worksheet, drop: Drop) -> str:
    """The words of a drop-down: in the rule, or on a hidden worksheet if they do not fit there."""
    within = ",".join(drop.words)
    if len(within) <= MOST_OFFERED and not any(set(word) & {",", '"'} for word in drop.words):
        return f'"{within}"'
    book = sheet.parent
    assert book is not None  # noqa: S101 - the worksheet was made in a workbook
    words = book[OFFERED] if OFFERED in book.sheetnames else book.create_sheet(OFFERED)
    words.sheet_state = "hidden"
    column = words.max_column + (words["A1"].value is not None)
    for row, word in enumerate(drop.words, start=1):
        _put(words.cell(row, column), word)
    letter = get_column_letter(column)
    return f"{OFFERED}!${letter}$1:${letter}${len(drop.words)}"


def _draw_rows(sheet: Worksheet, leaf: Leaf, row: int, width: int) -> None:
    for at, values in enumerate(leaf.rows):
        for text in leaf.bands.get(at, "").splitlines():
            _across(sheet, row, text, width)
            row += 1
        for column, value in enumerate(values):
            cell = sheet.cell(row, column + 1)
            _put(cell, value)
            cell.border = EDGE
            if (at, column) in leaf.wrong:
                cell.fill = WRONG
        row += 1


def _paste(sheet: Worksheet, png: bytes, row: int) -> None:
    picture = Image(BytesIO(png))
    picture.width, picture.height = (
        PICTURE_WIDTH,
        round(PICTURE_WIDTH * picture.height / picture.width),
    )
    sheet.add_image(picture, f"A{row}")


def _across(sheet: Worksheet, row: int, text: str, width: int) -> None:
    cell = sheet.cell(row, 1)
    _put(cell, text)
    cell.font = Font(bold=True)
    if width > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _put(cell: Cell | MergedCell, value: Any) -> None:
    """Write a value; a text can never become a formula, a number stays a number."""
    if isinstance(cell, MergedCell):
        return
    if isinstance(value, datetime | date | time):
        cell.value = value
        kinds = {datetime: "hh:mm dd/mm/yyyy", date: "dd/mm/yyyy", time: "hh:mm"}
        cell.number_format = kinds[type(value)]
    elif isinstance(value, bool) or value is None:
        cell.value = value
    elif isinstance(value, int | float):
        cell.value = int(value) if float(value).is_integer() else value
        cell.number_format = "0" if float(value).is_integer() else "General"
    else:
        cell.value = escaped(str(value))
        cell.data_type, cell.number_format = "s", "@"


def _widen(sheet: Worksheet, leaf: Leaf) -> None:
    for column, heading in enumerate(leaf.headings):
        letter = get_column_letter(column + 1)
        given = leaf.widths[column] if column < len(leaf.widths) else 0
        seen = [len(str(row[column])) for row in leaf.rows[:50] if column < len(row)]
        fitting = max([len(heading) // 2 + 2, *seen], default=NARROWEST)
        shape = sheet.column_dimensions[letter]
        shape.width = given or min(max(fitting, NARROWEST), WIDEST)
        shape.number_format = "@"
