"""Tubes that are still to be collected or to come, that will not come, or that are lost."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtWidgets import QStackedWidget

from admin_suite.core.clock import stamp
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed
from modules.lab import queries, service
from modules.lab.codes import State
from modules.lab.permissions import RECEIVE
from modules.lab.queries import Located
from modules.lab.rules import grouped

VIEWS = (
    (N_("To be collected"), (State.PLANNED,)),
    (N_("Tubes to come"), (State.COLLECTED, State.IN_TRANSIT)),
    (N_("Lost tubes"), (State.LOST,)),
    (N_("Tubes that were cancelled"), (State.CANCELLED,)),
)
PLANNED, TO_COME, LOST, CANCELLED = range(len(VIEWS))


class ComingPage(Page):
    """F8 a planned swab was taken, F6 it will not come, F9 lost, F2 found again."""

    shows = frozenset({"lab_tube", "lab_specimen", "lab_recollection", "registry_person"})

    def build(self) -> None:
        """Which tubes, the tubes, and what is done with the chosen one."""
        self.views = Segments([_(title) for title, _states in VIEWS], _("Which tubes"))
        self.views.chosen.connect(lambda _n: self.reload())
        self._head = Head(_("Planned, cancelled, lost"), *self._buttons())
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("Tubes"), filters=False)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(column(self.table, gap=0, pad=(1, 1)), "card"))
        about = _("New swabs of those who are to be swabbed again are planned with F5.")
        self.stack.addWidget(empty("tube", _("No tube stands here"), about))
        self.lay_out(self._head, self.views, self.stack, gap=theme.M)

    def _buttons(self) -> list[Button]:
        self.plan = Button(_("Plan new swabs"), "F5", "add")
        self.collect = Button(_("Was collected"), "F8", "done", "primary")
        self.cancel = Button(_("Will not come"), "F6", "close")
        self.lose = Button(_("Is lost"), "F9", "late")
        self.found = Button(_("Take up again"), "F2", "undo")
        self.plan.clicked.connect(self._plan)
        self.collect.clicked.connect(self._collect)
        self.cancel.clicked.connect(self._cancel)
        self.lose.clicked.connect(self._lose)
        self.found.clicked.connect(self._reopen)
        return [self.plan, self.found, self.lose, self.cancel, self.collect]

    def reload(self) -> None:
        """Ask for the tubes of this view again."""
        at = self.views.at()
        receives = self.runner.may(RECEIVE)
        self.plan.setVisible(at == PLANNED)
        self.collect.setVisible(at == PLANNED)
        self.cancel.setVisible(at in {PLANNED, TO_COME})
        self.lose.setVisible(at == TO_COME and receives)
        self.found.setVisible(at in {LOST, CANCELLED} and receives)
        self.ask(self._show, queries.in_states, VIEWS[at][1])

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def _show(self, rows: Sequence[Located]) -> None:
        self.model.show(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        for button in (self.collect, self.cancel, self.lose, self.found):
            button.setEnabled(bool(rows))
        self._head.say(_("{n} tubes").format(n=figure(len(rows))) if rows else "")
        if rows and not self.table.currentIndex().isValid():
            self.table.go_to(0)

    def _chosen(self) -> Located | None:
        at = self.table.currentIndex().row()
        line = self.model.line(at) if at >= 0 else None
        if not isinstance(line, Located):
            self.refuse(_("Choose a tube of the list first."))
            return None
        return line

    # -- deeds ------------------------------------------------------------------------------------

    def _plan(self) -> None:
        said = _("{n} tubes are planned")
        then = lambda n: self.said.emit(said.format(n=figure(n)))  # noqa: E731
        self.do(_("Planning"), then, plan_all)

    def _collect(self) -> None:
        if (tube := self._chosen()) is not None:
            said = _("{number} was collected").format(number=grouped(tube.accession))
            self.do(_("Storing"), lambda _n: self.said.emit(said), collect_now, [tube.tube_id])

    def _cancel(self) -> None:
        if (tube := self._chosen()) is not None:
            said = _("{number} will not come").format(number=grouped(tube.accession))
            self.do(_("Storing"), partial(self._told, tube, said), service.cancel, [tube.tube_id])

    def _lose(self) -> None:
        if (tube := self._chosen()) is not None:
            said = _("{number} is reported as lost").format(number=grouped(tube.accession))
            self.do(_("Storing"), partial(self._told, tube, said), service.lose, [tube.tube_id])

    def _told(self, tube: Located, said: str, _count: int) -> None:
        if self.runner.may(RECEIVE):
            self.undoable(said, service.reopen, [tube.tube_id])
        else:
            self.said.emit(said)

    def _reopen(self) -> None:
        if (tube := self._chosen()) is not None:
            said = _("{number} is taken up again").format(number=grouped(tube.accession))
            self.do(_("Storing"), lambda _n: self.said.emit(said), service.reopen, [tube.tube_id])


def plan_all(work: Work) -> int:
    """Plan a tube for everybody who is to be swabbed again."""
    return service.plan_again(work, [task.id for task in queries.open_tasks(work)])


def collect_now(work: Work, tubes: Sequence[int]) -> int:
    """The planned swabs were taken at this moment."""
    return service.collect(work, tubes, stamp(work.now()))


def columns() -> list[Column]:
    """The headings."""
    return [
        Column("accession", _("Tube number"), 160),
        Column("people", _("In the tube")),
        Column("collected", _("Collected"), 110, figures=True),
        Column("code", _("Tube code"), 100, room=760),
        Column("sender", _("Sender"), 260, room=900),
    ]


def line_of(line: Located) -> Sequence[str | Cell]:
    """A tube as cells."""
    return (
        Cell(grouped(line.accession), role="strong"),
        ", ".join(line.people),
        line.collected,
        line.code,
        line.sender,
    )
