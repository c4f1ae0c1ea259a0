"""A copied block: plain lines for every program, and a table of texts for a spreadsheet.

From plain lines a spreadsheet makes numbers and days of its own: 0912345678 loses its zero, a card
number of twelve digits becomes 1.01E+11, and 05/03/1985 the third of May on an American computer.
"""

from collections.abc import Sequence
from html import escape

from PyQt6.QtCore import QMimeData

TEXT = " style='mso-number-format:\"\\@\"'"  # Excel's and Calc's way to say that a cell is text


def copied(lines: Sequence[str], sums: Sequence[bool]) -> QMimeData:
    """What goes on the clipboard; cells of columns that are summed stay numbers."""
    kinds = ["" if one else TEXT for one in sums]
    rows = [
        "".join(
            f"<td{kind}>{escape(cell)}</td>"
            for kind, cell in zip(kinds, line.split("\t"), strict=True)
        )
        for line in lines
    ]
    made = QMimeData()
    made.setText("\n".join(lines))
    made.setHtml("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return made
