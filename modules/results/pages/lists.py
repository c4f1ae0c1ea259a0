"""The list of results that goes back to the sender: chosen, looked at, printed or saved."""

from PyQt6.QtCore import QDate
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget

from admin_suite.core.i18n import _
from admin_suite.module import Module, Paper
from admin_suite.ui import printing, theme
from admin_suite.ui.page import Page
from admin_suite.ui.printing import Printed
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, row
from admin_suite.ui.widgets.pdf import PdfView
from admin_suite.ui.widgets.tick import Tick
from modules.results import day, queries


class ListsPage(Page):
    """What is shown is the very file that is printed and saved."""

    shows = frozenset({"results_version", "results_hold"})

    def build(self) -> None:
        """Sender and day on top, the pages below."""
        self._day_chosen = False
        choice = self._choice()
        self._wanted = Printed(*self._paper())
        self.print = Button(_("Print"), "Ctrl P", "print", "primary")
        self.save = Button(_("Save as PDF"), "Ctrl S", "save")
        self.print.clicked.connect(lambda: printing.send_to_printer(self, self._wanted))
        self.save.clicked.connect(lambda: printing.save(self, self._wanted))
        self._head = Head(_("Result lists"), self.save, self.print)
        self.view = PdfView()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        about = _("Choose another sender or another day. Released results are listed by sender.")
        self.stack.addWidget(empty("paper", _("Nothing was released"), about))
        self.lay_out(self._head, choice, self.stack)
        self.stretch_last()

    def _choice(self) -> QHBoxLayout:
        self.paper, self.chosen, self.day = Choice(), Choice(), Day()
        self.paper.addItem(_("List with one stamp"), "list")
        self.paper.addItem(_("Slips, two on a sheet"), "slips")
        self.paper.activated.connect(lambda _n: self._draw())
        self.chosen.setMinimumWidth(280)
        self.only = Tick(_("This day only"))
        self.only.setChecked(True)
        self.chosen.activated.connect(lambda _n: self._draw())
        self.day.dateChanged.connect(self._on_day)
        self.only.toggled.connect(self._on_only)
        fields = (
            labelled(_("Paper"), self.paper),
            labelled(_("Sender"), self.chosen),
            labelled(_("Released on"), self.day),
        )
        return row(*fields, column(1, self.only, gap=0, pad=(0, theme.S)), 1, gap=theme.M)

    def reload(self) -> None:
        """Ask who has results; the first time, of which day the last ones are."""
        self.ask(self._show_senders, queries.senders)
        if not self._day_chosen:
            self.ask(self._show_day, day.last_day)

    def standing(self) -> object:
        """Sender and day."""
        return self.chosen.currentText(), self.day.date(), self.only.isChecked()

    def stand(self, standing: object) -> None:
        """Show the list that was shown to somebody else."""
        if not isinstance(standing, tuple):
            return
        sender, on, only = standing
        if self.chosen.findText(sender) < 0:
            self.chosen.addItem(sender)  # until the senders are asked for
        self.chosen.setCurrentText(sender)
        self._day_chosen = True
        self.day.setDate(on)
        self.only.setChecked(only)

    def entered(self) -> None:
        """Work begins with the sender."""
        self.chosen.setFocus()

    def _on_only(self, on: bool) -> None:
        self.day.setEnabled(on)
        self._draw()

    def _on_day(self, _day: QDate) -> None:
        self._day_chosen = True
        self._draw()

    def _show_day(self, iso: str) -> None:
        if iso and iso != self.day.iso:
            self.day.blockSignals(True)
            self.day.setDate(QDate.fromString(iso, "yyyy-MM-dd"))
            self.day.blockSignals(False)
            self._draw()

    def _show_senders(self, names: list[str]) -> None:
        before = self.chosen.currentText()
        self.chosen.clear()
        self.chosen.addItems([*names, _("Every sender")])
        if (at := self.chosen.findText(before)) >= 0:
            self.chosen.setCurrentIndex(at)
        self._draw()

    def _draw(self) -> None:
        values = {}
        if self.chosen.currentIndex() < self.chosen.count() - 1:
            values["sender"] = self.chosen.currentText()
        if self.only.isChecked():
            values["day"] = self.day.iso
        parts = (_("Results"), values.get("sender", ""), values.get("day", ""))
        name = " ".join(part for part in parts if part)
        self._wanted = Printed(*self._paper(), values, name)
        printing.look(self, self._wanted, self._show).on_refusal(self._nothing)

    def _paper(self) -> tuple[Module, Paper]:
        module = next(m for m in self.runner.modules if m.name == "results")
        wanted = str(self.paper.currentData())
        return module, next(p for p in module.papers if p.name == wanted)

    def _show(self, pdf: bytes) -> None:
        pages = _("{n} pages").format(n=self.view.show_pdf(pdf))
        self._ready(there=True)
        self._head.say(f"{self._wanted.file} · {pages}")

    def _nothing(self, why: str) -> None:
        self._ready(there=False)
        self._head.say(why)

    def _ready(self, *, there: bool) -> None:
        self.stack.setCurrentIndex(0 if there else 1)
        self.print.setEnabled(there)
        self.save.setEnabled(there)
