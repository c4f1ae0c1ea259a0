"""The paper centre: every paper that a module declares, filled in, looked at, printed or saved."""

from functools import partial

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QCheckBox, QFrame, QGridLayout, QStackedWidget, QWidget

from admin_suite.core.i18n import _
from admin_suite.documents.paper import FROM_PAGE
from admin_suite.house import HOUSE
from admin_suite.module import Asks, Blank, Choices, Module, Paper
from admin_suite.ui import printing, theme
from admin_suite.ui.dates import typed_day
from admin_suite.ui.page import Page
from admin_suite.ui.printing import Printed
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import TOP, column, framed, row
from admin_suite.ui.widgets.pdf import PdfView
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick

FIELD, PAPER = 200, 320  # widths


class PapersPage(Page):
    """F2 draws what is filled in; Ctrl+P prints it, Ctrl+S saves it, from a page on."""

    def build(self) -> None:
        """Which paper and its values on top, its pages below."""
        in_order = sorted(self.runner.modules, key=lambda module: module is HOUSE)
        self._papers: list[tuple[Module, Paper]] = [
            (module, paper)
            for module in in_order
            for paper in module.papers
            if self.runner.may(paper.permission)
        ]
        self.print, self.save = (
            Button(_("Print"), "Ctrl P", "print"),
            Button(_("Save as PDF"), "Ctrl S", "save"),
        )
        self.show_it = Button(_("Show"), "F2", "paper", "primary")
        self.print.clicked.connect(lambda: printing.send_to_printer(self, self.wanted()))
        self.save.clicked.connect(lambda: printing.save(self, self.wanted()))
        self.show_it.clicked.connect(self._draw)
        self._head = Head(_("Papers"), self.print, self.save, self.show_it)
        self.chosen = Choice()
        self.chosen.setMinimumHeight(theme.CONTROL)
        for module, paper in self._papers:
            self.chosen.addItem(f"{_(paper.title)} · {_(module.title)}")
        self.chosen.activated.connect(lambda _n: self._begin())
        self.fields: dict[str, QWidget] = {}
        self._cells: list[QFrame] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.M)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.view, self.stack = PdfView(), QStackedWidget()
        about = _("Fill in what the paper is about, then press F2 to see its pages.")
        self.stack.addWidget(empty("paper", _("No paper is shown yet"), about))
        self.stack.addWidget(self.view)
        which = labelled(_("Paper"), self.chosen)
        which.setMinimumWidth(PAPER)
        fields = row(framed(self._grid), 1)
        self.lay_out(self._head, row(which, 1), fields, self.stack)
        self.stretch_last()
        self._begin()

    def reload(self) -> None:
        """A paper is drawn when somebody asks for it."""

    def entered(self) -> None:
        """Work begins with the paper."""
        self.chosen.setFocus()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """As many fields side by side as there is room for."""
        super().resizeEvent(event)
        self._place()

    # -- which paper ------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The fields of the paper that is chosen."""
        emptied_grid(self._grid)
        self.fields, self._cells = {}, []
        self._put_away()
        there = bool(self._papers)
        for button in (self.print, self.save, self.show_it):
            button.setEnabled(there)
        if not there:
            return
        for blank in self._papers[self.chosen.currentIndex()][1].blanks:
            self._add(blank)
        first = Field(_("From page"), _("After a jam; empty: all pages"))
        self._keep(FROM_PAGE, first, first)
        self._place()

    def _add(self, blank: Blank) -> None:
        if blank.choices:
            choice = Choice()
            choice.setMinimumHeight(theme.CONTROL)
            choice.addItem("", "")
            choice.currentIndexChanged.connect(self._put_away)
            self._keep(blank.name, choice, labelled(_(blank.title), choice, _hint(blank)))
            if callable(blank.choices):
                self.ask(partial(self._offer, choice), blank.choices)
            else:
                fill(choice, blank.choices)
        elif blank.asks is Asks.YES:
            box = Tick(_(blank.title))
            box.toggled.connect(self._put_away)
            hint = text(_hint(blank), "small", wrap=True)
            self._keep(blank.name, box, framed(column(row(box, 1), hint, gap=theme.XS)))
        else:
            field = Field(_(blank.title), _hint(blank))
            self._keep(blank.name, field, field)

    def _offer(self, choice: Choice, choices: Choices) -> None:
        if choice in self.fields.values():  # else another paper is chosen by now
            fill(choice, choices)

    def _keep(self, name: str, part: QWidget, cell: QFrame) -> None:
        self.fields[name] = part
        cell.setFixedWidth(FIELD)
        self._cells.append(cell)
        if isinstance(part, Field):
            part.edit.returnPressed.connect(self._draw)
            part.edit.textEdited.connect(self._put_away)

    def _place(self) -> None:
        across = max(1, (self.width() - 2 * theme.XL) // (FIELD + theme.M))
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // across, at % across, TOP)

    # -- what leaves ------------------------------------------------------------------------------

    def wanted(self) -> Printed:
        """The paper with what is filled in; what is empty is not said."""
        module, paper = self._papers[self.chosen.currentIndex()]
        days = {blank.name for blank in paper.blanks if blank.asks is Asks.DAY}
        values = {name: said for name, part in self.fields.items() if (said := words(part))}
        values |= {name: typed_day(values[name]) for name in days & values.keys()}
        about = [value for name, value in values.items() if name != FROM_PAGE]
        return Printed(module, paper, values, " ".join([_(paper.title), *about]))

    def _draw(self) -> None:
        self.notice.hide()
        printing.look(self, self.wanted(), self._show).on_refusal(self._refused)

    def _show(self, pdf: bytes) -> None:
        pages = self.view.show_pdf(pdf)
        self.stack.setCurrentIndex(1)
        self._head.say(_("{n} pages").format(n=pages))

    def _refused(self, why: str) -> None:
        self._put_away()
        self.refuse(why)

    def _put_away(self, *_what: object) -> None:
        """What is shown is no longer what is asked for."""
        self.view.put_away()
        self.stack.setCurrentIndex(0)
        self._head.say("")


def fill(choice: Choice, choices: Choices) -> None:
    """Offer what may be chosen, behind nothing."""
    for one in choices:
        value, said = (one, one) if isinstance(one, str) else (one[0], _(one[1]))
        choice.addItem(said, value)


def words(part: QWidget) -> str:
    """What is filled in, as ``--set`` would say it."""
    if isinstance(part, QCheckBox):
        return "yes" if part.isChecked() else ""
    if isinstance(part, Choice):
        return str(part.currentData() or "")
    return part.words.strip() if isinstance(part, Field) else ""


def emptied_grid(grid: QGridLayout) -> None:
    """Take every field out and throw it away."""
    while (item := grid.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()


def _hint(blank: Blank) -> str:
    hint = _(blank.hint) if blank.hint else ""
    return hint or (_("Such as 13/8/2021; empty: every day") if blank.asks is Asks.DAY else "")
