"""The copies of all data: made here, looked over, and one of them brought back."""

from collections.abc import Sequence
from pathlib import Path

from admin_suite import safekeeping
from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.registry.permissions import BACKUP, RESTORE
from admin_suite.registry.trail import EntryRow
from admin_suite.safekeeping import Backup, Copy
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.pages.home import waited
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.messages import hint
from admin_suite.ui.widgets.text import text

MEGABYTE = 1_000_000


class BackupsPage(Page):
    """F2 makes one, F6 reads them again, F9 brings the chosen one back."""

    shows = frozenset({"house_anchor"})

    def build(self) -> None:
        """The list of copies, the newest first."""
        self.make = Button(_("Make a backup now"), "F2", "save", "primary")
        self.look = Button(_("Check again"), "F6", "done")
        self.back = Button(_("Bring back"), "F9", "undo", "danger")
        self.make.clicked.connect(self._make)
        self.look.clicked.connect(self._look)
        self.back.clicked.connect(self._ask_back)
        listed = Listed(
            "registry.backups", _("Backups"), columns(), line_of, _("{n} backups shown"), BACKUP
        )
        self.list = WholeList(self, listed)
        self.table, self.model, self.stack = self.list.table, self.list.model, self.list.stack
        self._head = Head(_("Backups"), self.back, self.look, self.make)
        self.table.moved.connect(lambda _line: self._can())
        self._where, self._last = text("", "small", wrap=True), text("", "small", wrap=True)
        about = _("A backup is one file. Keep a second copy of it outside this computer.")
        self.stack.addWidget(empty("database", _("No backup lies here yet"), about))
        advice = _("Copy the newest file to a stick or another computer, and lock that away.")
        above = (self._where, self._last, hint(advice), self.list.tools(self.list.export))
        self.lay_out(self._head, *above, self.stack)
        self.stretch_last()
        self._can()
        self._look()

    def reload(self) -> None:
        """Ask when a backup was last brought back."""
        self.ask(self._show_last, safekeeping.last_restored)

    def take_file(self, path: Path) -> None:
        """A backup that lies elsewhere is read only once it lies with the others."""
        folder = safekeeping.folder_of(self.runner.suite)
        if path.parent == folder:
            self.table.go_to(max(0, self.model.place_of(lambda one: one.file == path)))
            return
        said = _("“{name}” is a backup. Copy it into {folder} and press F6; then it can be chosen.")
        self.notice.say("wait", said.format(name=path.name, folder=folder))

    def _look(self) -> None:
        folder = safekeeping.folder_of(self.runner.suite)
        self._where.setText(_("They lie in {folder}").format(folder=folder))
        self.run(_("Reading the backups"), self._show, safekeeping.looked_over, folder)

    def _show(self, copies: Sequence[Copy]) -> None:
        self.list.show(copies)
        newest = next((one.at for one in copies if one.whole and one.at is not None), None)
        said = _("The newest whole one: {time}")
        self._head.say(said.format(time=waited(newest)) if newest else _("There is no whole one"))
        if copies:
            self.table.go_to(0)
        self._can()

    def _show_last(self, entry: EntryRow | None) -> None:
        if entry is None:
            self._last.setText(_("This database was never brought back from a backup."))
            return
        said = _("Last brought back from a backup: {time}, by {name}.")
        self._last.setText(said.format(time=moment_shown(entry.at), name=entry.user))

    def _make(self) -> None:
        self.notice.hide()
        self.confirmed(_("Make a backup of all data"), self._write)

    def _write(self) -> None:
        self.run(_("Making a backup"), self._made, safekeeping.back_up_here, self.runner.suite)

    def _made(self, made: Backup) -> None:
        said = _("{n} rows are in {name}").format(n=figure(made.rows), name=made.file.name)
        self.said.emit(said)
        self._look()

    def _chosen(self) -> Copy | None:
        line = self.model.line(max(0, self.table.currentIndex().row()))
        return line if isinstance(line, Copy) else None

    def _can(self) -> None:
        suite, chosen = self.runner.suite, self._chosen()
        self.back.setVisible(self.runner.may(RESTORE) and safekeeping.is_embedded(suite))
        self.back.setEnabled(chosen is not None and chosen.whole)

    def _ask_back(self) -> None:
        chosen = self._chosen()
        if chosen is None or chosen.at is None:
            return
        said = _(
            "Bring back the data of {time}. Whatever was entered since then is no longer there; "
            "the database of now is kept beside it. Everybody else has to close the program first."
        )
        time = moment_shown(chosen.at)
        self.confirmed(said.format(time=time), lambda: self.restore.emit(chosen.file))


def columns() -> list[Column]:
    """The headings."""
    return [
        Column("at", _("Made at"), 160),
        Column("age", _("Since then"), 130, room=560),
        Column("rows", _("Rows"), 110, figures=True, room=760),
        Column("size", _("Size"), 110, figures=True, room=660),
        Column("file", _("File")),
        Column("whole", _("Check"), 190),
    ]


def line_of(one: Copy) -> Sequence[str | Cell]:
    """One backup as cells."""
    fine = Status("done", _("Whole")) if one.whole else Status("bad", _("Damaged"))
    size = figure(one.size / MEGABYTE, 1)
    return (
        Cell(moment_shown(one.at) if one.at else "", role="strong"),
        Cell(waited(one.at), amount=-one.at.timestamp()) if one.at else "",
        Cell(figure(one.rows), amount=one.rows),
        Cell(_("{n} MB").format(n=size), amount=one.size),
        one.file.name,
        Cell(status=fine),
    )
