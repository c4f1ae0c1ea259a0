"""Whom to tell: one list for each receiver, stamped when it was told; the day's numbers."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.core.progress import Progress
from admin_suite.db.work import taken_out
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, empty
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.qr_code import QrCode
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick
from modules.lab.api import Outcome
from modules.results import queries, service, sheets
from modules.results.codes import Channel
from modules.results.pages.doubts import model
from modules.results.permissions import OVERSEE
from modules.results.queries import NotifyRow, Receiver
from modules.results.service import Swab

BACK = 6  # days before the one that is chosen: a year of negatives is nobody's list


class NotifyPage(Page):
    """F8 writes the files, F9 stamps the chosen receiver as told, F5 shows the day's numbers."""

    shows = frozenset({"results_telling", "results_version", "results_hold", "registry_person"})

    def build(self) -> None:
        """By whom and of which day; the receivers, and the people of one of them."""
        self._rows: Sequence[NotifyRow] = ()
        self._head = Head(_("Whom to tell"), *self._buttons())
        choice = self._choice()
        self.places = Table(
            ListModel(receiver_columns(), receiver_line, self), name=_("Receivers"), filters=False
        )
        self.people = Table(
            ListModel(person_columns(), person_line, self), name=_("Persons"), filters=False
        )
        self.places.moved.connect(self._turn)
        self.stack = QStackedWidget()
        lists = column(
            framed(column(self.places, gap=0, pad=(1, 1)), "card"),
            framed(column(self.people, gap=0, pad=(1, 1)), "card"),
            gap=theme.M,
        )
        self.stack.addWidget(framed(lists))
        about = _("Released results come here, ordered as they are told.")
        self.stack.addWidget(empty("note", _("Nobody is to be told"), about))
        self.lay_out(self._head, choice, self.stack, drawer=Drawer())
        self.stretch_last()

    def _buttons(self) -> list[Button]:
        self.files = Button(_("Write the files"), "F8", "export")
        self.told = Button(_("Mark as told"), "F9", "done", "primary")
        self.numbers = Button(_("The day's numbers"), "F5", "report")
        self.files.clicked.connect(self._choose_folder)
        self.told.clicked.connect(self._mark)
        self.numbers.clicked.connect(lambda: self.ask(self._show_numbers, queries.day_message))
        if not self.runner.may(OVERSEE):
            self.numbers.hide()
        return [self.numbers, self.files, self.told]

    def _choice(self) -> QHBoxLayout:
        self.by, self.day = Choice(), Day()
        self.by.addItem(_("One list for each sender"), "sender")
        self.by.addItem(_("One list for each commune"), "commune")
        self.by.addItem(_("One list for each site"), "site")
        self.only = Tick(_("This day only"))
        self.by.activated.connect(lambda _n: self.reload())
        self.day.dateChanged.connect(lambda _d: self.reload())
        self.only.toggled.connect(lambda _on: self.reload())
        return row(
            labelled(_("Lists"), self.by),
            labelled(_("Released on"), self.day),
            column(1, self.only, gap=0, pad=(0, theme.S)),
            1,
            gap=theme.M,
        )

    def reload(self) -> None:
        """Ask for the lists again."""
        self.ask(self._show, queries.notify_rows, self._where(), str(self.by.currentData()))

    def _where(self) -> dict[str, str]:
        """Of one day, or of the days before it too; what is urgent and untold is never too old."""
        if self.only.isChecked():
            return {"day": self.day.iso}
        return {"since": self.day.date().addDays(-BACK).toString("yyyy-MM-dd")}

    def entered(self) -> None:
        """Work begins with the first receiver."""
        self.places.setFocus()

    def _show(self, rows: Sequence[NotifyRow]) -> None:
        self._rows = rows
        before = self._receiver()
        found = queries.receivers(rows)
        model(self.places).show(found)
        self.stack.setCurrentIndex(0 if rows else 1)
        said = _("{n} people, {m} not told yet")
        untold = sum(not one.told for one in rows)
        line = said.format(n=figure(len(rows)), m=figure(untold))
        if since := self._where().get("since", ""):
            said = _("{line}; released since {day}, older ones if not negative and not told")
            line = said.format(line=line, day=shown(since))
        self._head.say(line if rows else "")
        names = [one.name for one in found]
        if found:
            self.places.go_to(names.index(before) if before in names else 0)
        self._turn(self.places.currentIndex().row())

    def _receiver(self) -> str:
        line: Receiver | None = self.places.rows.line(max(self.places.currentIndex().row(), 0))
        return line.name if line is not None else ""

    def _turn(self, at: int) -> None:
        line: Receiver | None = self.places.rows.line(at) if at >= 0 else None
        some = [one for one in self._rows if line is not None and one.receiver == line.name]
        model(self.people).show(some)
        self.told.setEnabled(any(not one.told for one in some))
        self.files.setEnabled(bool(self._rows))

    # -- deeds ------------------------------------------------------------------------------------

    def _mark(self) -> None:
        receiver = self._receiver()
        swabs = [
            Swab(one.tube_id, one.person_id)
            for one in self._rows
            if one.receiver == receiver and not one.told
        ]
        if swabs:
            done = partial(self._marked, receiver, len(swabs))
            verb = service.tell
            self.do(_("Writing down"), done, verb, swabs, Channel.LIST, receiver)

    def _marked(self, receiver: str, many: int, ids: Sequence[int]) -> None:
        words = _("{n} people told by {name}").format(n=figure(many), name=receiver)
        self.undoable(words, service.untell, ids)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, _("The folder for the files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self._write(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, folder: Path) -> None:
        by = str(self.by.currentData())
        self.ask(partial(self._save, folder), taken_out(queries.notify_rows), self._where(), by)

    def _save(self, folder: Path, rows: Sequence[NotifyRow]) -> None:
        said: Any = lambda many: self.said.emit(  # noqa: E731
            _("{n} lists are in {name}").format(n=figure(many), name=folder.name)
        )
        untold = [one for one in rows if not one.told]
        self.run(_("Writing"), said, written, untold, folder)

    def _show_numbers(self, told: str) -> None:
        if self.drawer is None:
            return
        copy = Button(_("Copy"), "F6", "copy")
        copy.clicked.connect(partial(copied, told))
        words = text(told, wrap=True)
        code = QrCode(told, _("The message as a QR code for the telephone"))
        about = _("{n} characters").format(n=figure(len(told)))
        self.drawer.show_card(_("The day's numbers"), about, [words, row(code, 1)], copy)
        self.show_beside()


def copied(told: str) -> None:
    """Put a text where it can be pasted from."""
    board = QGuiApplication.clipboard()
    if board is not None:
        board.setText(told)


def written(_progress: Progress, rows: Sequence[NotifyRow], folder: Path) -> int:
    """Write the files; answers how many receivers have one."""
    return len(sheets.write_lists(rows, folder))


def receiver_columns() -> list[Column]:
    """Who gets a list, and what is on it."""
    return [
        Column("name", _("Receiver")),
        Column("people", _("Persons"), 110, figures=True),
        Column("urgent", _("Not negative"), 150),
        Column("untold", _("Not told yet"), 150, figures=True),
    ]


def receiver_line(one: Receiver) -> Sequence[str | Cell]:
    """A receiver as cells."""
    urgent = Cell(status=Status("bad", figure(one.urgent))) if one.urgent else Cell("0")
    return (Cell(one.name, role="strong"), figure(one.people), urgent, figure(one.untold))


def person_columns() -> list[Column]:
    """Whom to call, in that order."""
    return [
        Column("phone", _("Telephone"), 130),
        Column("name", _("Full name"), 200),
        Column("said", _("Result"), 190),
        Column("again", _("Told otherwise before"), 170, room=760),
        Column("told", _("Told"), room=620),
    ]


def person_line(one: NotifyRow) -> Sequence[str | Cell]:
    """Somebody to be told as cells."""
    tone = "done" if one.outcome is Outcome.NEGATIVE else "bad"
    again = Cell(status=Status("late", _("Tell again"))) if one.again else Cell()
    return (
        one.phone,
        Cell(one.name, role="strong"),
        Cell(status=Status(tone, one.said)),
        again,
        Cell(one.told, hint=one.told),
    )
