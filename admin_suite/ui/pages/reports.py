"""Reports over some days: looked at here, written as a workbook or on paper."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.house import HOUSE, part
from admin_suite.module import Findings, Module, Period, Report
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.dialogs.files import ask_save
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, Day, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import emptied, framed, row
from admin_suite.ui.widgets.text import text

FIRST, LEAST, LETTER, EDGES = 210, 84, 7.2, 24  # widths in pixels
NOTHING: Mapping[str, str] = {}


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
        self.model = ListModel((), _cells, self)
        self._frame, self._remarks = QVBoxLayout(), text("", "small", wrap=True)
        self._frame.setContentsMargins(1, 1, 1, 1)
        self.lay_out(self._head, self._choice(), framed(self._frame, "card"), self._remarks)

    def _choice(self) -> QHBoxLayout:
        self.chosen, self.first, self.last = Choice(), Day(), Day()
        self.chosen.setMinimumWidth(280)
        self.chosen.addItems([_(report.title) for _module, report in self._reports])
        self.first.setDate(self.first.date().addDays(-6))
        self.chosen.activated.connect(lambda _n: self.reload())
        for day in (self.first, self.last):
            day.dateChanged.connect(lambda _day: self.reload())
        fields = (
            labelled(_("Report"), self.chosen),
            labelled(_("From"), self.first),
            labelled(_("To"), self.last),
        )
        return row(*fields, 1, gap=theme.M)

    def reload(self) -> None:
        """Make the report again."""
        if self._reports:
            self.ask(self._show, findings, *self._wanted())

    def entered(self) -> None:
        """Work begins with the report."""
        self.chosen.setFocus()

    def _wanted(self) -> tuple[Module, Report, date, date]:
        module, report = self._reports[max(self.chosen.currentIndex(), 0)]
        first, last = (date.fromisoformat(day.iso) for day in (self.first, self.last))
        return module, report, first, last

    def _show(self, said: Findings) -> None:
        self.notice.hide()
        emptied(self._frame)
        columns = [
            Column(str(at), heading, FIRST if at == 0 else _width(heading), figures=at > 0)
            for at, heading in enumerate(said.headings)
        ]
        self.model = ListModel(columns, _cells, self)
        self.table = Table(self.model, name=_("Reports"), filters=False, blocks=True)
        lines = [(False, line) for line in said.rows]
        self.model.show([*lines, *([(True, said.total)] if said.total else [])])
        self._frame.addWidget(self.table)
        nothing = _("Nothing was found in these days.")
        self._remarks.setText(" ".join(said.remarks) if said.rows else nothing)
        for button in (self.sheet, self.paper):
            button.setEnabled(bool(said.rows))

    def _save(self, kind: str, kinds: str) -> None:
        wanted = self._wanted()
        days = f"{wanted[2]:%Y-%m-%d} {wanted[3]:%Y-%m-%d}"
        what, name = _("Save the report"), f"{_(wanted[1].title)} {days}.{kind}"
        put = partial(self._save_to, wanted)
        title = f"{what}: {_(wanted[1].title)}"
        self.confirmed(title, lambda: ask_save(self, what, name, kinds, put))

    def _save_to(self, wanted: tuple[Module, Report, date, date], file: Path) -> None:
        job = self.ask(self._saved, written, *wanted, file)
        self.running.follow(_("Saving"), job)

    def _saved(self, file: Path) -> None:
        self.said.emit(_("The report is in {name}").format(name=file.name))


def findings(work: Work, module: Module, report: Report, first: date, last: date) -> Findings:
    """What a report says of these days."""
    work.require(report.permission)
    made: Findings = part(module, report.make)(work, Period.of_days(first, last), NOTHING)
    return made


def written(
    work: Work, module: Module, report: Report, first: date, last: date, file: Path
) -> Path:
    """Write what a report says of these days into a file."""
    said = findings(work, module, report, first, last)
    part(HOUSE, "reporting:write")(work, report, said, Period.of_days(first, last), file)
    return file


def _cells(line: tuple[bool, Any]) -> list[str | Cell]:
    total, values = line
    words = [one if isinstance(one, str) else _written(one) for one in values]
    return [Cell(word, role="strong" if total else "") for word in words]


def _width(heading: str) -> int:
    return max(LEAST, round(len(heading) * LETTER) + EDGES)


def _written(number: float) -> str:
    return figure(number, 0 if isinstance(number, int) else 1)
