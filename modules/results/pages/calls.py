"""The call desk: who asks, what may be said, and one key that writes down that it was."""

from collections.abc import Sequence
from typing import Any

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import TOP, column, framed, row
from admin_suite.ui.widgets.text import text
from modules.lab.api import grouped
from modules.results import queries, service
from modules.results.pages.doubts import model
from modules.results.queries import AskedRow, CallRow
from modules.results.service import Swab


class CallsPage(Page):
    """Name, telephone or card, then who asks, then F9; the next caller begins at once."""

    shows = frozenset({"results_telling", "results_version", "results_hold"})

    def build(self) -> None:
        """Who, what may be said, the calls of the day."""
        self.stamp = Button(_("Answered"), "F9", "done", "primary")
        self.stamp.clicked.connect(self._answer)
        self.stamp.setEnabled(False)
        self._head = Head(_("Call desk"), self.stamp)
        self.who = Picker(_("About whom? Name, telephone, citizen ID or card"), self.runner)
        self.who.picked.connect(self._picked)
        self.caller = Field(_("Who asks?"), _("For example: himself, his mother, the head teacher"))
        self.caller.edit.returnPressed.connect(self._answer)
        self.swabs = Table(
            ListModel(swab_columns(), swab_line, self), name=_("What may be said"), filters=False
        )
        self.calls = Table(
            ListModel(call_columns(), call_line, self), name=_("Calls of today"), filters=False
        )
        first = self._block(_("What may be said"), self.swabs)
        second = self._block(_("Calls of today"), self.calls)
        asking = row(gap=theme.L)
        for field in (self.who, self.caller):
            asking.addWidget(field, 1, TOP)
        self.lay_out(self._head, asking, first, second)
        self.stretch_last()

    def _block(self, title: str, table: Table) -> Any:
        head = framed(row(text(title, "heading"), 1, pad=(theme.L, theme.M)))
        return framed(column(head, table, gap=0, pad=(1, 1)), "card")

    def reload(self) -> None:
        """Ask for the calls of the day, and again about whoever is asked for."""
        self.ask(self._show_calls, queries.calls)
        self._look_up()

    def entered(self) -> None:
        """Work begins with the name."""
        self.who.edit.setFocus()

    def open_at(self, key: int) -> None:
        """Somebody of the register is asked for."""
        self.who.put(key, "")
        self._picked()

    def _picked(self) -> None:
        self._look_up()
        self.caller.edit.setFocus()

    def _look_up(self) -> None:
        if self.who.key:
            self.ask(self._show_swabs, queries.asked_about, self.who.key)

    def _show_swabs(self, rows: Sequence[AskedRow]) -> None:
        if not self.who.key:  # answered, and the next caller is on the line
            return
        model(self.swabs).show(rows)
        self.stamp.setEnabled(bool(rows))
        if not rows:
            self.notice.say("late", _("No swab of this person is registered."))

    def _show_calls(self, rows: Sequence[CallRow]) -> None:
        model(self.calls).show(rows)
        vain = sum(not one.had for one in rows)
        said = _("{n} answered today, {m} had to wait")
        self._head.say(said.format(n=figure(len(rows)), m=figure(vain)) if rows else "")

    def _answer(self) -> None:
        rows: Sequence[AskedRow] = [
            line
            for at in range(self.swabs.rows.length())
            if (line := self.swabs.rows.line(at)) is not None
        ]
        if not rows:
            return
        if not self.caller.words.strip():
            self.caller.complain(_("Say who asks, then press Enter or F9 again."))
            self.caller.edit.setFocus()
            return
        newest = rows[:1]  # what is asked about is the last swab
        swabs = [Swab(one.tube_id, one.person_id) for one in newest]
        self.do(_("Writing down"), self._answered, service.answer, swabs, self.caller.words)

    def _answered(self, ids: Sequence[int]) -> None:
        self.undoable(_("Written down"), service.untell, ids)
        self.who.put(0, "")
        self.caller.edit.clear()
        model(self.swabs).show([])
        self.stamp.setEnabled(False)
        self.entered()


def swab_columns() -> list[Column]:
    """Which swab, what may be said of it, what was said before."""
    return [
        Column("name", _("Full name"), 190),
        Column("dob", _("Born"), 110, room=620),
        Column("accession", _("Tube number"), 150),
        Column("collected", _("Collected"), 150, room=760),
        Column("said", _("What may be said"), 210),
        Column("told", _("Told before")),
    ]


def swab_line(one: AskedRow) -> Sequence[str | Cell]:
    """A swab as cells."""
    return (
        Cell(one.name, role="strong"),
        shown(one.dob),
        grouped(one.accession),
        one.collected_at,
        Cell(status=Status("done" if one.had else "wait", one.said)),
        Cell(one.told, hint=one.told),
    )


def call_columns() -> list[Column]:
    """When, about which tube, who asked, whether there was something to say."""
    return [
        Column("at", _("When"), 150, figures=True),
        Column("accession", _("Tube number"), 150),
        Column("whom", _("Who was told or asked")),
        Column("how", _("How"), 170, room=700),
        Column("had", _("Result"), 190),
        Column("by", _("Written down by"), 160, room=860),
    ]


def call_line(one: CallRow) -> Sequence[str | Cell]:
    """A call as cells."""
    told = Status("done", _("Told")) if one.had else Status("wait", _("Nothing to tell yet"))
    return (
        one.at,
        Cell(grouped(one.accession), role="strong"),
        one.to_whom,
        one.channel.word,
        Cell(status=told),
        one.by,
    )
