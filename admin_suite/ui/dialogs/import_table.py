"""The table of the preview: what the file says, what is wrong, what changes."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import lists, theme
from admin_suite.ui.cells import Cell, Column, whole
from admin_suite.ui.editing import EditModel, EditTable
from admin_suite.ui.listing import Listed, Listing
from admin_suite.ui.lists import Found, Line
from admin_suite.ui.ordering import kept, sort_value
from admin_suite.ui.page import Page
from admin_suite.ui.paged import Asked
from admin_suite.ui.widgets.chips import Status

Again = Callable[[], None]
EVERYTHING = Asked({})
SAMPLE, LETTER, NARROWEST, WIDEST = 100, 8, 72, 240
OWN = 2  # columns of the preview itself, before those of the file
ALL, GOOD, REFUSED, REMARK, CHANGED, NEW, UNCHANGED, GONE = range(8)


def kept_by(segment: int) -> Callable[[Line], bool]:
    """Which lines a segment shows."""
    groups = {CHANGED: lists.CHANGED, NEW: lists.NEW, UNCHANGED: lists.UNCHANGED}
    if segment in groups:
        return lambda line: line.group == groups[segment] and line.status != lists.REFUSED
    return {
        ALL: lambda _line: True,
        GOOD: lambda line: line.status not in (lists.REFUSED, lists.GONE),
        REFUSED: lambda line: line.status == lists.REFUSED,
        REMARK: has_remark,
        GONE: lambda line: line.status == lists.GONE,
    }[segment]


def has_remark(line: Line) -> bool:
    """Whether something is to be said of a row that can be stored."""
    return line.status in (lists.WARNED, lists.MERGED) or (
        bool(line.changed) and line.status != lists.REFUSED
    )


class PreviewModel(EditModel):
    """The lines of a file; a cell that is typed over is said by ``typed``."""

    typed = pyqtSignal(object, str, str)  # place, field, what was typed

    def __init__(self, found: Found, lines: Sequence[Line], parent: QObject) -> None:
        self._lines: Sequence[Line] = ()
        self.left: Collection[str] = ()
        headings, sheet = found.draft.headings, found.draft.sheet
        self.coded = {c.field: c.choices for c in sheet.columns if c.choices is not None}
        wrong = {name for line in lines for name in (*line.problems, *line.differs)}
        places = found.draft.parts[0].places if found.draft.parts else {}
        self.names = sorted(
            headings, key=lambda n: (n != "name", n not in wrong, places.get(n, len(places)))
        )
        columns = [
            Column("row", _("Row"), 72, figures=True),
            Column("said", _("Outcome of the check"), 320),
        ]
        for name in self.names:
            width = _width(lines, name, headings[name])
            theirs = " ".join(headings[name].split())
            columns.append(Column(name, sheet.heading_of(name), width, filter=theirs))
        super().__init__(whole(columns), self._cells, parent)

    def show(self, lines: Sequence[Line], asked: Asked = EVERYTHING) -> None:
        """Show these lines instead of others, filtered and in the order that is asked for."""
        self.beginResetModel()
        self._lines = self._arranged(lines, asked)
        self.endResetModel()

    def _arranged(self, lines: Sequence[Line], asked: Asked) -> Sequence[Line]:
        places = {column.name: at for at, column in enumerate(self.columns)}
        wanted = [(places[name], words) for name, words in asked.filters.items() if name in places]
        by = places.get(asked.by)
        if not wanted and by is None:
            return lines
        drawn = [(line, [spoken(cell) for cell in self._cells(line)]) for line in lines]
        found = [one for one in drawn if all(kept(one[1][at], words) for at, words in wanted)]
        if by is not None:
            figures = self.columns[by].figures
            found.sort(key=lambda one: sort_value(one[1][by], figures=figures), reverse=asked.down)
        return [line for line, _words in found]

    def show_anew(self, lines: Sequence[Line]) -> None:
        """The same lines as they are now; the order stays, whatever has become of them."""
        by_id = {line.id: line for line in lines}
        before, self._lines = self._lines, [by_id.get(line.id, line) for line in self._lines]
        for row, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                last = self.index(row, len(self.columns) - 1)
                self.dataChanged.emit(self.index(row, 0), last)

    def line(self, number: int) -> Line | None:
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def length(self) -> int:
        return len(self._lines)

    def editable(self, row: int, column: int) -> bool:
        line = self.line(row)
        return column >= OWN and line is not None and line.status != lists.GONE

    def written(self, row: int, column: int) -> str:
        line = self.line(row)
        return line.cells.get(self.names[column - OWN], "") if line and column >= OWN else ""

    def write(self, row: int, column: int, text: str) -> None:
        line = self.line(row)
        if line is not None:
            self.typed.emit(line.place, self.names[column - OWN], text)

    def words_for(self, column: int) -> Sequence[str]:
        kind = self.coded.get(self.names[column - OWN]) if column >= OWN else None
        return [code.word for code in kind] if kind is not None else ()

    def drawn(self, line: Line) -> Sequence[str | Cell]:
        """A line as cells."""
        return self._cells(line)

    def _cells(self, line: Line) -> list[str | Cell]:
        status = self._status(line)
        cells: list[str | Cell] = [line.row, Cell(status=status, hint=line.said)]
        return cells + [_cell(line, name) for name in self.names]

    def _status(self, line: Line) -> Status:
        """One word of what would become of the row."""
        good = Status("done", _("New") if line.group == lists.NEW else _("Can be stored"))
        by_group = {
            lists.UNCHANGED: Status("wait", line.said or _("As it was")),
            lists.CHANGED: Status("busy", line.said),
        }
        by_status = {
            lists.REFUSED: Status("bad", line.said),
            lists.GONE: Status("late", line.said),
            lists.MERGED: Status("busy", line.said),
            lists.WARNED: Status("busy", line.said),
        }
        if line.group in self.left and line.status != lists.REFUSED:
            return Status("wait", _("Left out on request"))
        if line.status in (lists.REFUSED, lists.GONE):
            return by_status[line.status]
        return by_group.get(line.group) or by_status.get(line.status, good)


class PreviewList(Listing):
    """The table of one preview with its filters, order and views; its lines come from the page."""

    def __init__(self, page: Page, found: Found, model: PreviewModel, again: Again) -> None:
        title = _(found.draft.sheet.title)
        listed = Listed(f"import.{found.draft.sheet.name}", title, model.columns, model.drawn)
        self.grid = EditTable(model, name=_("Preview"))
        self._preview, self._again = model, again
        super().__init__(page, listed, model, table=self.grid)

    def again(self) -> None:
        """Filter and sort anew."""
        self._again()

    def put(self, lines: Sequence[Line]) -> None:
        """Show these lines as they are filtered and sorted now."""
        asked = self.asked()
        self._preview.show(lines, asked)
        self.clear.setVisible(bool(asked.filters))
        if not asked.filters:  # who types into a filter goes on typing there
            self.grid.go(0, OWN)
        self.say()

    def say(self, lines: int = 0) -> None:
        """How many rows are in sight, while some are left out or selected."""
        if self.narrowed or lines > 1:
            super().say(lines)


def segment_words(made: Sequence[Line], *, corrects: bool) -> list[str]:
    """What stands on the segments, with how many rows each shows; "" where one is away."""
    words = (
        _("All"),
        _("Can be stored"),
        _("Refused"),
        _("With a remark"),
        _("Changed"),
        _("New"),
        _("Unchanged"),
        _("Gone"),
    )
    shown = []
    for place, word in enumerate(words):
        n = sum(map(kept_by(place), made))
        of_groups = place >= CHANGED
        empty_one = corrects and not n and place != ALL
        left_out = (of_groups and not corrects) or (place == GOOD and corrects) or empty_one
        shown.append("" if left_out else f"{word} {figure(n)}")
    return shown


def spoken(cell: str | Cell) -> str:
    """The words of a cell."""
    return cell.spoken if isinstance(cell, Cell) else cell


def _cell(line: Line, name: str) -> Cell:
    words = line.cells.get(name, "")
    if name in line.problems:
        return Cell(words, mark="bad", hint=line.problems[name])
    if name in line.differs:
        old, new = line.differs[name]
        return Cell(f"{old or '–'} → {new or '–'}", mark="busy", hint=f"{old} → {new}")  # noqa: RUF001
    role = "muted" if line.status == lists.GONE else ""
    return Cell(words, mark="busy" if name in line.changed else "", role=role, hint=words)


def _width(lines: Sequence[Any], name: str, heading: str) -> int:
    sample = [line.cells.get(name, "") for line in lines[:SAMPLE]]
    sample += [" → ".join(line.differs[name]) for line in lines[:SAMPLE] if name in line.differs]
    longest = max((len(words) for words in (*sample, heading)), default=0)
    return max(NARROWEST, min(WIDEST, longest * LETTER + 2 * theme.L))
