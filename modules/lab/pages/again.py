"""Who has to be swabbed again because a tube was rejected or lost."""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.clock import moment_shown, shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.registry.names import whole_address
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from modules.lab import queries, service
from modules.lab.permissions import SEE
from modules.lab.queries import TaskRow
from modules.lab.rules import grouped


class AgainPage(Page):
    """A new swab of the person closes the task by itself; a reason closes it without one."""

    shows = frozenset({"lab_recollection", "lab_specimen", "lab_tube", "registry_person"})

    def build(self) -> None:
        """The people, and below them the reason for which nobody is swabbed."""
        new = Button(_("New swab"), "F2", "add", "primary")
        new.clicked.connect(lambda: self.go.emit("lab.registration", 0))
        self.give_up = Button(_("Close without a swab"), "F6", "close")
        self.give_up.clicked.connect(self._give_up)
        self._head = Head(_("People to swab again"), self.give_up, new)
        count = _("{n} people shown")
        listed = Listed("lab.again", _("People to swab again"), columns(), line_of, count, SEE)
        self.list = WholeList(self, listed, question=queries.open_tasks)
        self.table, self.model = self.list.table, self.list.model
        self.reason = Field(
            _("Why nobody is swabbed"), _("Needed to close a task without a swab"), room=1
        )
        self.reason.edit.returnPressed.connect(self._give_up)
        about = _("Whose tube is rejected or lost stands here until a new swab is registered.")
        self.list.stack.addWidget(empty("done", _("Nobody has to be swabbed again"), about))
        tools = self.list.tools(self.list.export)
        self.lay_out(self._head, tools, self.list.stack, self.reason)

    def reload(self) -> None:
        """Ask again who waits."""
        self.ask(self._show, queries.open_tasks)

    def _show(self, rows: Sequence[TaskRow]) -> None:
        self.list.show(rows)
        self.reason.setVisible(bool(rows))
        self.give_up.setEnabled(bool(rows))
        self._head.say(_("{n} people wait").format(n=figure(len(rows))) if rows else "")

    def _give_up(self) -> None:
        at = self.table.currentIndex().row()
        chosen = self.model.line(at) if at >= 0 else None
        if not isinstance(chosen, TaskRow):
            self.refuse(_("Choose a person of the list first."))
            return
        if not self.reason.words.strip():
            self.reason.complain(_("Say why nobody is swabbed again."))
            self.reason.edit.setFocus()
            return
        then = partial(self._closed, chosen)
        self.do(_("Closing"), then, service.give_up_swabbing, [chosen.id], self.reason.words)

    def _closed(self, task: TaskRow, _count: int) -> None:
        self.reason.edit.clear()
        words = _("{name} is not swabbed again").format(name=task.name)
        self.undoable(words, service.take_up_swabbing, [task.id])
        self.table.setFocus()


def columns() -> list[Column]:
    """The headings."""
    return [
        Column("name", _("Full name"), 166, people=True),
        Column("dob", _("Born"), 100, figures=True, room=700),
        Column("phone", _("Telephone"), 120),
        Column("address", _("Address"), room=1000),
        Column("accession", _("Tube number"), 150, room=820),
        Column("reason", _("Why"), 240),
        Column("since", _("Since"), 150, room=760),
    ]


def line_of(task: TaskRow) -> Sequence[str | Cell]:
    """A task as cells."""
    return (
        Cell(task.name, role="strong"),
        shown(task.dob),
        task.phone,
        whole_address(task.address, task.commune) or task.sender,
        grouped(task.accession),
        task.reason or task.why.word,
        moment_shown(task.opened_at),
    )
