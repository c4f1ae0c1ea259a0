"""Who may be in the register twice, and which entries were made one."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QStackedWidget

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.registry import duplicates, people
from admin_suite.registry.duplicates import Pair
from admin_suite.registry.people import MergeRow
from admin_suite.registry.permissions import MERGE
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.pages.comparing import WIDE, Comparing
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, empty
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row

PAIRS, MERGES = range(2)


class DuplicatesPage(Comparing):
    """Enter compares; 1 and 2 keep an entry, 3 keeps both."""

    shows = frozenset({"registry_person", "registry_merge", "registry_apart"})
    follows = False  # everybody is compared with everybody

    def build(self) -> None:
        """Two lists, one of them in sight."""
        other = Button(_("The other list"), "F8", "right")
        other.clicked.connect(lambda: self.which.choose(1 - self.which.at()))
        self._head = Head(_("Entered twice"), other)
        self.which = Segments([_("Likely pairs"), _("Entries made one")], _("Which list"))
        self.which.chosen.connect(self._turn)
        self._two = (self._pair_list(), self._merge_list())
        self.pairs, self.merges = (one.model for one in self._two)
        self.table, self.undoing = (one.table for one in self._two)
        self.table.opened.connect(self._open_pair)
        self.undoing.opened.connect(self._open_merge)
        self.stack = QStackedWidget()
        for one in self._two:
            tools = one.tools(one.export)
            self.stack.addWidget(framed(column(tools, one.stack, gap=theme.M)))
            one.shown.connect(self._say)
        self.lay_out(self._head, row(self.which, 1), self.stack, drawer=Drawer(WIDE))

    def _pair_list(self) -> WholeList:
        name, title = "registry.pairs", _("Likely pairs")
        listed = Listed(name, title, pair_columns(), pair_line, _("{n} pairs shown"), MERGE)
        made = WholeList(self, listed, question=duplicates.likely_duplicates)
        about = _("Entries that share a number, or name, year of birth and commune, stand here.")
        made.stack.addWidget(empty("done", _("Nobody seems to be entered twice"), about))
        return made

    def _merge_list(self) -> WholeList:
        name, title, count = "registry.merges", _("Entries made one"), _("{n} merges shown")
        listed = Listed(name, title, merge_columns(), merge_line, count, MERGE)
        made = WholeList(self, listed, question=people.merges)
        about = _("Entries that were made one stand here, and can be taken apart again.")
        made.stack.addWidget(empty("copy", _("No entries were made one"), about))
        return made

    def reload(self) -> None:
        """Look through the register again, but only for somebody who looks at the answer."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        job = self.ask(self._show_pairs, duplicates.likely_duplicates)
        self.running.follow(_("Comparing everybody with everybody"), job)
        self.ask(self._show_merges, people.merges)

    def entered(self) -> None:
        """Work begins in the list."""
        if self._stale:
            self.reload()
        (self.undoing if self.which.at() == MERGES else self.table).setFocus()

    def _show_pairs(self, found: Sequence[Pair]) -> None:
        self._two[PAIRS].show(found)
        if found and self.table.currentIndex().row() < 0:
            self.table.go_to(0)

    def _show_merges(self, found: Sequence[MergeRow]) -> None:
        self._two[MERGES].show(found)

    def _turn(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        self._say()

    def _say(self) -> None:
        number = self.which.at()
        many = (_("Likely pairs: {n}"), _("Entries made one: {n}"))[number]
        self._head.say(many.format(n=figure(self._two[number].model.length())))

    def _open_pair(self, line: int) -> None:
        pair: Pair | None = self.pairs.line(line) if line >= 0 else None
        if pair is not None:
            self.compare(pair.one.id, pair.other.id, pair.reasons)

    def _open_merge(self, line: int) -> None:
        merge: MergeRow | None = self.merges.line(line) if line >= 0 else None
        if merge is not None:
            self.show_merge(merge)

    def close_comparison(self) -> None:
        """Go on with the list."""
        super().close_comparison()
        self.entered()


def pair_columns() -> list[Column]:
    """The older entry, the younger, why."""
    return [
        Column("one", _("One entry"), 190, people=True),
        Column("one_dob", _("Born"), 110, figures=True, room=620),
        Column("other", _("The other entry"), 190, people=True),
        Column("other_dob", _("Born"), 110, figures=True, room=620),
        Column("reasons", _("Why"), room=420),
    ]


def pair_line(pair: Pair) -> Sequence[str | Cell]:
    """A pair as cells."""
    return (
        Cell(pair.one.name, role="strong"),
        shown(pair.one.dob),
        Cell(pair.other.name, role="strong"),
        shown(pair.other.dob),
        Cell(pair.reasons, hint=pair.reasons),
    )


def merge_columns() -> list[Column]:
    """Who was kept, who went into him, why, when and by whom."""
    return [
        Column("kept", _("Kept"), 190, people=True),
        Column("gone", _("Made one with it"), 190, people=True),
        Column("reason", _("Why"), room=420),
        Column("at", _("When"), 140, figures=True, room=760),
        Column("by", _("By"), 150, room=900, people=True),
    ]


def merge_line(merge: MergeRow) -> Sequence[str | Cell]:
    """A merge as cells."""
    return (
        Cell(merge.kept, role="strong"),
        merge.gone,
        Cell(merge.reason, hint=merge.reason),
        shown(merge.at),
        merge.by,
    )
