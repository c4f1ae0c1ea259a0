"""Which font each cell has; loaded by name, only for a file whose letters or fonts are old.

openpyxl for .xlsx (in full, so its trust in ``<dimension>`` does not matter), xlrd for .xls.
"""

from pathlib import Path

import openpyxl
import xlrd  # type: ignore[import-untyped]

Fonts = dict[tuple[int, int], str]
ERRORS: dict[int, str] = xlrd.error_text_from_code


def fonts_of_xlsx(path: Path, name: str) -> Fonts:
    """The old fonts of a worksheet's cells, by place from 0."""
    book = openpyxl.load_workbook(path)
    found: Fonts = {}
    for row in book[name].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.font.name:
                found[cell.row - 1, cell.column - 1] = cell.font.name
    book.close()
    return found


def fonts_of_xls(path: Path, name: str) -> Fonts:
    """The fonts of a worksheet's cells in the format of Excel 97."""
    with xlrd.open_workbook(str(path), formatting_info=True) as book:
        sheet = book.sheet_by_name(name)
        return {
            (row, column): book.font_list[
                book.xf_list[sheet.cell_xf_index(row, column)].font_index
            ].name
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if sheet.cell_type(row, column) == xlrd.XL_CELL_TEXT
        }


def seen_in_xls(path: Path, name: str) -> tuple[frozenset[int], set[tuple[int, int]]]:
    """The rows that are hidden in a worksheet of Excel 97, and the cells struck through, from 0."""
    with xlrd.open_workbook(str(path), formatting_info=True) as book:
        sheet = book.sheet_by_name(name)
        hidden = frozenset(at for at, info in sheet.rowinfo_map.items() if info.hidden)
        struck = [book.font_list[style.font_index].struck_out for style in book.xf_list]
        cells = (
            (row, column)
            for row in range(sheet.nrows if any(struck) else 0)
            for column in range(sheet.row_len(row))
        )
        return hidden, {at for at in cells if struck[sheet.cell_xf_index(*at)]}


def broken_in_xls(path: Path, name: str) -> dict[tuple[int, int], str]:
    """The cells whose formulas give an error in a worksheet of Excel 97, as Excel shows them."""
    with xlrd.open_workbook(str(path)) as book:
        sheet = book.sheet_by_name(name)
        return {
            (row, column): ERRORS.get(sheet.cell_value(row, column), "#VALUE!")
            for row in range(sheet.nrows)
            for column in range(sheet.row_len(row))
            if sheet.cell_type(row, column) == xlrd.XL_CELL_ERROR
        }
