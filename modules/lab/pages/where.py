"""Where is my sample: one field, the tubes it means, and the whole way of one of them."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtWidgets import QStackedWidget

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Happening
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, Moment, empty, timeline
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.text import text
from modules.lab import queries
from modules.lab.codes import Stage
from modules.lab.permissions import SEE
from modules.lab.queries import Located
from modules.lab.rules import grouped

NAMES_SHOWN = 3


class WherePage(Page):
    """Enter looks and opens what is found; the answer says no more than the asker may know."""

    shows = frozenset({"lab_tube", "lab_measurement", "results_release"})

    def build(self) -> None:
        """The field on top, what was found below, the way beside it."""
        self.field = Field(
            _("Number, name, telephone, identity number, tube code, or sender"),
            _("Scan a tube or a card, or type and press Enter."),
        )
        self.field.edit.returnPressed.connect(self._look)
        look = Button(_("Look"), "F2", "search", "primary")
        look.clicked.connect(self._look)
        self._head = Head(_("Where is my sample"), look)
        count = _("{n} tubes found")
        listed = Listed("lab.where", _("Found"), columns(), line_of, count, SEE)
        self.list = WholeList(self, listed, question=self._look_again)
        self.table, self.model = self.list.table, self.list.model
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._moved)
        self.stack = QStackedWidget()
        tools = self.list.tools(self.list.export)
        self.stack.addWidget(framed(column(tools, self.list.stack, gap=theme.M)))
        about = _("What is found stands here, with everything that happened to it beside.")
        self.stack.addWidget(empty("route", _("Nothing was looked for yet"), about))
        self.stack.setCurrentIndex(1)
        self._shown: Located | None = None
        self._words = ""
        self.lay_out(self._head, self.field, self.stack, drawer=Drawer())

    def reload(self) -> None:
        """The card of what is open follows what happens."""
        if getattr(self, "_shown", None) is not None:
            self._ask_way()

    def entered(self) -> None:
        """The scanner writes here."""
        self.field.edit.setFocus()
        self.field.edit.selectAll()

    def _look(self) -> None:
        words = self.field.words.strip()
        if words:
            self.ask(partial(self._found, words), queries.located, words)

    def _look_again(self, work: Work) -> list[Located]:
        """What is shown leaves: the audit calls that look an export."""
        return queries.located(work, self._words)

    def _found(self, words: str, found: Sequence[Located]) -> None:
        self._words = words
        self.list.show(found)
        self.stack.setCurrentIndex(0)
        said = _("No tube belongs to “{words}”.").format(words=words)
        self.field.complain("" if found else said)
        if found:
            self.table.go_to(0)
            self._show(found[0])
        elif self.drawer is not None:
            self.drawer.close_card()
        self.entered()

    def _open(self, at: int) -> None:
        if at >= 0 and (line := self.model.line(at)) is not None:
            self._show(line)

    def _moved(self, at: int) -> None:
        if self.drawer is not None and self.drawer.isVisible():
            self._open(at)

    def _show(self, line: Located) -> None:
        self._shown = line
        self._ask_way()

    def _ask_way(self) -> None:
        line = self._shown
        if line is not None:
            trace = self.runner.suite.trace
            self.ask(partial(self._tell, line), trace, "lab_tube", line.tube_id)

    def _tell(self, line: Located, told: Sequence[Happening]) -> None:
        if self.drawer is None:
            return
        moments = [Moment("busy", h.title, h.detail, moment_shown(h.at)) for h in told]
        if line.collected:
            moments.append(Moment("done", _("Collected"), line.sender, line.collected))
        status = status_of(line)
        items = (
            row(Chip(status.tone, status.word), 1),
            text(", ".join(line.people), wrap=True),
            text(_("What happened to it"), "caption"),
            timeline(moments),
        )
        about = " · ".join(part for part in (line.code, line.sender) if part)
        self.drawer.show_card(grouped(line.accession), about, items)
        self.show_beside()


def columns() -> list[Column]:
    """The headings of what was found."""
    return [
        Column("accession", _("Tube number"), 160),
        Column("people", _("In the tube")),
        Column("collected", _("Collected"), 110, figures=True),
        Column("code", _("Tube code"), 100, room=760),
        Column("sender", _("Sender"), 230, room=900),
        Column("state", _("State"), 170),
    ]


def line_of(line: Located) -> Sequence[str | Cell]:
    """A tube as cells."""
    names = ", ".join(line.people[:NAMES_SHOWN])
    if len(line.people) > NAMES_SHOWN:
        more = len(line.people) - NAMES_SHOWN
        names = _("{names} and {n} more").format(names=names, n=more)
    return (
        Cell(grouped(line.accession), role="strong"),
        names,
        line.collected,
        line.code,
        line.sender,
        Cell(status=status_of(line)),
    )


def status_of(line: Located) -> Status:
    """Where it is, in a word."""
    tones = {Stage.RELEASED: "done", Stage.EXPECTED: "wait"}
    return Status(tones.get(line.stage, "busy"), line.stage.word)
