"""Labels that are printed before tubes are used, numbers for stations, and the ledger of both."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PyQt6.QtWidgets import QBoxLayout, QFrame

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.files import ask_save
from admin_suite.ui.page import ROOM_FOR_TWO, Page
from admin_suite.ui.printing import drawn, paper_of, print_file
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.text import text
from modules.lab import queries, service
from modules.lab.codes import BlockKind, LabelState
from modules.lab.queries import BlockRow, GapRow, Numbers
from modules.lab.rules import grouped, typed
from modules.lab.service import NewBlock

FORMS = ("a4", "roll", "zpl")


class LabelsPage(Page):
    """What was reserved, what became of it, and why a number has no tube."""

    shows = frozenset({"lab_block", "lab_label", "lab_tube", "lab_numbering"})

    def build(self) -> None:
        """A new batch, labels that are not used, the blocks, the gaps."""
        self.reserve = Button(_("Reserve"), "Ctrl Enter", "add", "primary")
        self.reserve.clicked.connect(self._reserve)
        self.print = Button(_("Print the batch"), "Ctrl P", "print")
        self.print.clicked.connect(self._print)
        self.close_block = Button(_("Give back"), "F6", "undo")
        self.close_block.clicked.connect(self._give_back)
        self._head = Head(_("Labels and numbers"), self.close_block, self.print, self.reserve)
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("Reserved numbers"), filters=False)
        self.gaps = ListModel(gap_columns(), gap_line, self)
        self.gap_table = Table(self.gaps, name=_("Numbers without a tube"), filters=False)
        self._cards = row(self._new_batch(), self._unused(), gap=theme.L)
        self.lay_out(
            self._head,
            framed(self._cards),
            text(_("Reserved numbers"), "heading"),
            framed(column(self.table, gap=0, pad=(1, 1)), "card"),
            text(_("Numbers without a tube"), "heading"),
            framed(column(self.gap_table, gap=0, pad=(1, 1)), "card"),
        )

    def _new_batch(self) -> QFrame:
        self.kind = Choice()
        self.kind.setMinimumHeight(theme.CONTROL)
        self.kind.addItems([kind.word for kind in BlockKind])
        self.kind.setCurrentIndex(list(BlockKind).index(BlockKind.LABELS))
        self.count = Field(_("How many numbers"), _("Empty: 65, one sheet of A4"), room=1)
        self.holder = Field(_("Who has them"), _("A station, a team, a person"), room=1)
        self.form = Segments([_("A4"), _("Roll"), "ZPL"], _("Printed on"))
        self.place = Field(_("First free label of the sheet"), _("Empty: the first"))
        self.count.edit.returnPressed.connect(self.holder.edit.setFocus)
        self.holder.edit.returnPressed.connect(self._reserve)
        return card(
            _("A new batch"),
            labelled(_("What for"), self.kind),
            row(self.count, self.holder, gap=theme.M),
            row(self.form, self.place, gap=theme.M),
            gap=theme.M,
        )

    def _unused(self) -> QFrame:
        self.label = Field(_("Number of the label"), _("Scan it, or type it"), room=1)
        self.reason = Field(_("Why it is not used"), room=1)
        self.what = Segments([_("Void"), _("Not found")], _("What became of it"))
        settle = Button(_("Note it"), "F9", "note")
        settle.clicked.connect(self._settle)
        self.label.edit.returnPressed.connect(self.reason.edit.setFocus)
        self.reason.edit.returnPressed.connect(self._settle)
        return card(
            _("A label that is not used"),
            self.label,
            self.reason,
            row(self.what, 1, settle, gap=theme.M),
            gap=theme.M,
        )

    def _fit(self) -> None:
        """Below each other where there is little room."""
        super()._fit()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(across if self.width() >= ROOM_FOR_TWO else down)

    def reload(self) -> None:
        """Ask for the numbers of this year."""
        self.ask(self._show, queries.numbers)

    def entered(self) -> None:
        """Work begins with how many."""
        self.count.edit.setFocus()

    def _show(self, found: Numbers) -> None:
        at = self.table.currentIndex().row()
        self.model.show(list(reversed(found.blocks)))
        self.gaps.show(found.gaps)
        if found.blocks:
            self.table.go_to(max(at, 0))
        self.print.setEnabled(bool(found.blocks))
        self.close_block.setEnabled(bool(found.blocks))
        said = _("{n} numbers of {year} were dealt out, {used} have a tube")
        self._head.say(said.format(n=figure(found.dealt), year=found.year, used=figure(found.used)))

    def _chosen(self) -> BlockRow | None:
        at = self.table.currentIndex().row()
        found = self.model.line(at) if at >= 0 else None
        return found if isinstance(found, BlockRow) else None

    # -- reserving --------------------------------------------------------------------------------

    def _reserve(self) -> None:
        told = self.count.words.strip() or "65"
        if not told.isdecimal():
            self.count.complain(_("This is not a number."))
            self.count.edit.setFocus()
            return
        kind = list(BlockKind)[self.kind.currentIndex()]
        wanted = NewBlock(int(told), kind, self.holder.words.strip())
        self.do(_("Reserving"), self._reserved, service.reserve, wanted)

    def _reserved(self, _block: int) -> None:
        self.count.edit.clear()
        self.holder.edit.clear()
        self.table.go_to(0)
        self.said.emit(_("The numbers are reserved. Ctrl+P prints the labels of a batch."))

    def _give_back(self) -> None:
        block = self._chosen()
        if block is not None:
            reason = self.reason.words
            self.do(_("Giving back"), self._given, service.give_back, block.number, reason)

    def _given(self, left: int) -> None:
        self.reason.edit.clear()
        self.said.emit(_("Given back, {n} numbers had no tube").format(n=figure(left)))

    # -- printing ---------------------------------------------------------------------------------

    def _print(self) -> None:
        block = self._chosen()
        if block is None or block.kind is not BlockKind.LABELS:
            self.refuse(_("Choose a batch of labels in the list first."))
            return
        form = FORMS[self.form.at()]
        values = {"block": str(block.number), "form": form}
        if self.place.words.strip():
            values["begin"] = self.place.words.strip()
        module, paper = paper_of(self, "lab", "labels")
        then = self._save_zpl if form == "zpl" else self._print_pdf
        self.ask(partial(then, block.number), drawn, module, paper, values)

    def _print_pdf(self, block: int, pdf: bytes) -> None:
        said = _("Sent to the printer")
        print_file(self, _("Tube labels"), pdf, partial(self._printed, block, said))

    def _save_zpl(self, block: int, words: bytes) -> None:
        what = _("Save the labels for the label printer")
        ask_save(self, what, _("labels.zpl"), "ZPL (*.zpl)", partial(self._saved, block, words))

    def _saved(self, block: int, words: bytes, path: Path) -> None:
        path.write_bytes(words)
        self._printed(block, _("The labels are in {name}").format(name=path.name))

    def _printed(self, block: int, said: str) -> None:
        self.do(_("Noting"), lambda _n: self.said.emit(said), batch_printed, block)

    # -- what is not used -------------------------------------------------------------------------

    def _settle(self) -> None:
        number = typed(self.label.words)
        state = (LabelState.VOID, LabelState.MISSING)[self.what.at()]
        given = ([number], state, self.reason.words)
        then = partial(self._settled, number)
        self.do(_("Noting"), then, service.settle_labels, *given)

    def _settled(self, number: str, _count: int) -> None:
        self.label.edit.clear()
        self.label.edit.setFocus()
        words = _("The label {number} is not used").format(number=grouped(number))
        self.undoable(words, service.unsettle_labels, [number])


def batch_printed(work: Work, block: int) -> int:
    """Note that the labels of a batch were printed, once more or first."""
    labels = queries.labels_of_block(work, block)
    open_ = [label.accession for label in labels if label.state is LabelState.PRINTED]
    return service.note_printed(work, open_)


def columns() -> list[Column]:
    """The headings of the blocks."""
    return [
        Column("holder", _("Who has them")),
        Column("kind", _("What for"), 230, room=1400),
        Column("day", _("Day"), 100, figures=True),
        Column("first", _("First"), 140, room=900),
        Column("last", _("Last"), 140, room=1200),
        Column("size", _("Numbers"), 80, figures=True),
        Column("used", _("Used"), 80, figures=True),
        Column("void", _("Void"), 70, figures=True),
        Column("missing", _("Not found"), 90, figures=True),
        Column("left", _("Left"), 120),
    ]


def line_of(block: BlockRow) -> Sequence[str | Cell]:
    """A block as cells."""
    tone = "done" if block.closed or not block.left else "busy"
    word = _("closed") if block.closed else figure(block.left)
    return (
        Cell(block.holder, role="strong"),
        block.kind.word,
        shown(block.day),
        grouped(block.first),
        grouped(block.last),
        figure(block.size),
        figure(block.used),
        figure(block.void),
        figure(block.missing),
        Cell(status=Status(tone, word)),
    )


def gap_columns() -> list[Column]:
    """The headings of the gaps."""
    return [
        Column("first", _("First"), 150),
        Column("last", _("Last"), 150, room=700),
        Column("count", _("Numbers"), 100, figures=True),
        Column("reason", _("Why"), 280),
        Column("about", _("More about it"), room=900),
    ]


def gap_line(gap: GapRow) -> Sequence[str | Cell]:
    """A gap as cells."""
    return (
        Cell(grouped(gap.first), role="strong"),
        grouped(gap.last),
        figure(gap.count),
        gap.reason.word,
        gap.about,
    )
