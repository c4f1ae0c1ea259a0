"""Reports over some days: looked at here, written as a workbook or on paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PyQt6.QtWidgets import QHBoxLayout

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.house import HOUSE, part
from admin_suite.module import Choices, Findings, Module, Period, Report
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.files import ask_save
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.pages.papers import fill
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row
from admin_suite.ui.widgets.text import text

FIRST, WORDS, LEAST, LETTER, EDGES = 270, 112, 84, 7.2, 24  # widths in pixels
Values = Sequence[str | int | float]
Line = tuple[bool, Values]  # whether it is the total; its cells
Wanted = tuple[Module, Report, date, date, Mapping[str, str]]


class ReportsPage(Page):
    """What is shown is what is written."""

    def build(self) -> None:
        """Report and days on top, its lines below."""
        self._reports = [
            (module, report)
            for module in self.runner.modules
            for report in module.reports
            if self.runner.may(report.permission)
        ]
        self.sheet = Button(_("Save as Excel"), "Ctrl E", "export")
        self.paper = Button(_("Save as PDF"), "Ctrl S", "save", "primary")
        self.sheet.clicked.connect(lambda: self._save("xlsx", "Excel (*.xlsx)"))
        self.paper.clicked.connect(lambda: self._save("pdf", "PDF (*.pdf)"))
        self._head = Head(_("Reports"), self.sheet, self.paper)
        self.list: WholeList | None = None
        self._listed: tuple[str, Sequence[str]] = ("", ())
        self._frame, self._remarks = column(gap=theme.M), text("", "small", wrap=True)
        parts = (self._choice(), framed(self._frame), self._remarks)
        self.lay_out(self._head, *parts, drawer=Drawer())

    def _choice(self) -> QHBoxLayout:
        self.chosen, self.first, self.last = Choice(), Day(), Day()
        self.chosen.setMinimumWidth(280)
        self.chosen.addItems([_(report.title) for _module, report in self._reports])
        self.first.setDate(self.first.date().addDays(-6))
        self.chosen.activated.connect(lambda _n: self._turn())
        for day in (self.first, self.last):
            day.dateChanged.connect(lambda _day: self.reload())
        fields = (
            labelled(_("Report"), self.chosen),
            labelled(_("From"), self.first),
            labelled(_("To"), self.last),
        )
        self.asked: dict[str, Choice] = {}
        self._empty: set[Choice] = set()  # whose choices are still asked for
        self._beside = row(gap=theme.M)
        self._ask_for()
        return row(*fields, self._beside, 1, gap=theme.M)

    def _ask_for(self) -> None:
        """What may be chosen of a report stands beside its days; the first choice is the usual."""
        emptied(self._beside)
        self.asked, self._empty = {}, set()
        for blank in self._report().blanks if self._reports else ():
            choice = self.asked[blank.name] = Choice()
            choice.setMinimumHeight(theme.CONTROL)
            if callable(blank.choices):
                self._empty.add(choice)
                self.ask(partial(self._offer, choice), blank.choices)
            else:
                fill(choice, blank.choices)
            choice.activated.connect(lambda _n: self.reload())
            self._beside.addWidget(labelled(_(blank.title), choice))

    def _offer(self, choice: Choice, choices: Choices) -> None:
        if choice in self._empty:  # else another report is chosen by now
            self._empty.discard(choice)
            fill(choice, choices)
            self.reload()

    def _turn(self) -> None:
        self._ask_for()
        self.reload()

    def _report(self) -> Report:
        return self._reports[max(self.chosen.currentIndex(), 0)][1]

    def reload(self) -> None:
        """Make the report again."""
        if self._reports and not self._empty:
            module, report, *_days = wanted = self._wanted()
            then = partial(self._show, f"{module.name}.{report.name}")
            self.ask(then, findings, *wanted)

    def entered(self) -> None:
        """Work begins with the report."""
        self.chosen.setFocus()

    def _wanted(self) -> Wanted:
        module, report = self._reports[max(self.chosen.currentIndex(), 0)]
        first, last = (date.fromisoformat(day.iso) for day in (self.first, self.last))
        said = {name: str(choice.currentData() or "") for name, choice in self.asked.items()}
        return module, report, first, last, {name: one for name, one in said.items() if one}

    def _show(self, name: str, said: Findings) -> None:
        self.notice.hide()
        shown = self._list_of(name, said)
        lines = [(False, line) for line in said.rows]
        shown.show(lines, [(True, said.total)] if said.total else [])
        nothing = _("Nothing was found in these days.")
        self._remarks.setText(" ".join(said.remarks) if said.rows else nothing)
        for button in (self.sheet, self.paper):
            button.setEnabled(bool(said.rows))

    def _list_of(self, name: str, said: Findings) -> WholeList:
        """The list of a report; another one has its own columns, filters and views."""
        if self.list is not None and self._listed == (name, said.headings):
            return self.list
        if self.list is not None:
            self.list.close()
        emptied(self._frame)
        columns = _columns(said)
        listed = Listed(f"registry.reports.{name}", _("Reports"), columns, _cells)
        self.list, self._listed = WholeList(self, listed), (name, said.headings)
        self.model = self.list.model
        self._frame.addLayout(self.list.tools())
        self._frame.addWidget(self.list.stack)
        return self.list

    def _save(self, kind: str, kinds: str) -> None:
        wanted = self._wanted()
        days = f"{wanted[2]:%Y-%m-%d} {wanted[3]:%Y-%m-%d}"
        what, name = _("Save the report"), f"{_(wanted[1].title)} {days}.{kind}"
        put = partial(self._save_to, wanted, self._shown())
        title = f"{what}: {_(wanted[1].title)}"
        self.confirmed(title, lambda: ask_save(self, what, name, kinds, put))

    def _shown(self) -> list[Line]:
        """The lines as they are filtered and sorted now."""
        found = (self.model.line(at) for at in range(self.model.length()))
        return [line for line in found if line is not None]

    def _save_to(self, wanted: Wanted, shown: Sequence[Line], file: Path) -> None:
        job = self.ask(self._saved, written, wanted, shown, file)
        self.running.follow(_("Saving"), job)

    def _saved(self, file: Path) -> None:
        self.said.emit(_("The report is in {name}").format(name=file.name))


def findings(
    work: Work,
    module: Module,
    report: Report,
    first: date,
    last: date,
    values: Mapping[str, str],
) -> Findings:
    """What a report says of these days, with what was chosen of it."""
    work.require(report.permission)
    made: Findings = part(module, report.make)(work, Period.of_days(first, last), values)
    return made


def _columns(said: Findings) -> list[Column]:
    """The columns of a report: numbers stand as numbers, what has a total is summed up."""
    columns = []
    room = FIRST  # for the words of each line, the first of them
    for at, heading in enumerate(said.headings):
        numbers = bool(said.rows) and all(isinstance(line[at], int | float) for line in said.rows)
        summed = numbers and bool(said.total) and isinstance(said.total[at], int | float)
        width = _width(heading) if numbers else max(room, _width(heading))
        room = room if numbers else WORDS
        columns.append(Column(str(at), heading, width=width, figures=numbers, sums=summed))
    return columns


def written(work: Work, wanted: Wanted, shown: Sequence[Line], file: Path) -> Path:
    """Write what is shown of a report over these days into a file."""
    _module, report, first, last, _values = wanted
    said = findings(work, *wanted)
    rows = [values for is_total, values in shown if not is_total]
    total = next((values for is_total, values in shown if is_total), ())
    said = replace(said, rows=rows, total=total)
    part(HOUSE, "reporting:write")(work, report, said, Period.of_days(first, last), file)
    return file


def _cells(line: Line) -> list[str | Cell]:
    total, values = line
    role = "strong" if total else ""
    return [
        Cell(one, role=role) if isinstance(one, str) else Cell(_written(one), role=role, amount=one)
        for one in values
    ]


def _width(heading: str) -> int:
    return max(LEAST, round(len(heading) * LETTER) + EDGES)


def _written(number: float) -> str:
    return figure(number, 0 if isinstance(number, int) else 1)
