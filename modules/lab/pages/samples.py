"""All specimens, with the story of one of them beside the list."""

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtWidgets import QStackedWidget, QWidget

from admin_suite.core.clock import moment_shown, shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.module import Happening
from admin_suite.registry.names import whole_address
from admin_suite.registry.outputs import Going
from admin_suite.ui import leaving, lists
from admin_suite.ui.cells import Cell, Column, PagedModel
from admin_suite.ui.dates import typed_day
from admin_suite.ui.dialogs.files import ask_save
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, Moment, empty, facts, timeline
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row, rule
from admin_suite.ui.widgets.text import text
from modules.lab import day, queries
from modules.lab.codes import Outcome, Stage
from modules.lab.permissions import RECEIVE, REGISTER
from modules.lab.queries import Counts, SampleRow, SampleView
from modules.lab.rules import grouped

FOLDED: tuple[tuple[Stage, ...], ...] = (
    (),
    (Stage.EXPECTED,),
    (Stage.RECEIVED,),
    (Stage.MEASURED, Stage.CHECKED),
    (Stage.RELEASED,),
)
DAYS = ("dob", "collected_at")
TONES = {Outcome.NEGATIVE: "done", Outcome.POSITIVE: "bad"}


class SamplesPage(Page):
    """Filter under the headings, sort by them; the card beside the list follows the line."""

    shows = frozenset({"lab_tube", "lab_specimen", "lab_measurement", "registry_person"})

    def build(self) -> None:
        """Head, segments, table; the side card is closed."""
        self.view, self._wanted = SampleView(), 0
        self._sheet = lists.sheet_named(self.runner.modules, "lab.samples")
        self.export = Button(_("Export"), "Ctrl E", "export")
        self.export.clicked.connect(self._export)
        if self._sheet is None:
            self.export.hide()
        self._head = Head(_("Specimens"), *self._bring_button(), self.export, *self._main_button())
        self.segments = Segments(segment_words(Counts({})), _("Which specimens"))
        self.segments.chosen.connect(lambda _n: self._look_again())
        self.clear = Button(_("Clear the filters"), "Esc", kind="quiet")
        self.clear.clicked.connect(self._clear)
        self.clear.hide()
        self.model = PagedModel(columns(), line_of, self._fetch, self)
        self.table = Table(self.model, name=_("Specimens"), blocks=True)
        self.table.headings.filtered.connect(lambda _texts: self._look_again())
        self.table.headings.sorted_by.connect(self._sort)
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._moved)
        self.table.selected.connect(self._selected)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(column(self.table, gap=0, pad=(1, 1)), "card"))
        self.stack.addWidget(self._empty())
        tools = row(self.segments, 1, self.clear)
        self.lay_out(self._head, tools, self.stack, drawer=Drawer())

    def _bring_button(self) -> list[QWidget]:
        if not self.runner.may(REGISTER):
            return []
        button = Button(_("Import from Excel"), "Ctrl I", "import")
        button.clicked.connect(lambda: self.bring.emit(""))
        return [button]

    def _main_button(self) -> list[QWidget]:
        if not self.runner.may(RECEIVE):
            return []
        button = Button(_("Receive specimens"), "F2", "barcode", "primary")
        button.clicked.connect(lambda: self.go.emit("lab.reception", 0))
        return [button]

    def _empty(self) -> QWidget:
        about = _("Bring in the sampling list of a commune, as the health station sends it.")
        return empty("tube", _("No specimen is registered yet"), about, *self._bring_button())

    # -- which lines ------------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the ids of the lines, and for the numbers on top."""
        self.ask(self._show_counts, queries.counts)
        self.ask(self._show_keys, queries.sample_keys, self.view)

    def open_at(self, key: int) -> None:
        """Show the tube that the search box has found."""
        self.ask(self._found_tube, queries.specimens_of_tube, key)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def escape(self) -> bool:
        """Close the card first, then clear the filters."""
        if super().escape():
            return True
        if self.view.filters or self.view.stages:
            self._clear()
            return True
        return False

    def _look_again(self) -> None:
        texts = self.table.headings.texts()
        filters = {n: typed_day(t) if n in DAYS else t for n, t in texts.items()}
        stages = FOLDED[self.segments.at()]
        self.view = SampleView(filters, stages, self.view.sort, self.view.descending)
        self.clear.setVisible(bool(filters))
        self.ask(self._show_keys, queries.sample_keys, self.view)

    def _sort(self, by: str, down: bool) -> None:
        self.view = SampleView(self.view.filters, self.view.stages, by, down)
        self.ask(self._show_keys, queries.sample_keys, self.view)

    def _clear(self) -> None:
        self.segments.choose(0)
        self.table.headings.clear()
        self.table.setFocus()

    def _show_keys(self, keys: "array[int]") -> None:
        self.model.renew(keys)
        filtered = bool(self.view.filters or self.view.stages)
        self.stack.setCurrentIndex(0 if keys or filtered else 1)
        self._selected(0)

    def _show_counts(self, counts: Counts) -> None:
        self.segments.say(segment_words(counts))
        said = _("{n} waiting for a result · {m} to be released")
        waiting = counts.of(Stage.MEASURED, Stage.CHECKED)
        self._head.say(said.format(n=figure(counts.of(Stage.RECEIVED)), m=figure(waiting)))

    def _fetch(self, ids: Sequence[int], then: Callable[[Sequence[Any]], None]) -> None:
        self.runner.ask(queries.sample_rows, ids).finished.connect(then)

    # -- the line and its card --------------------------------------------------------------------

    def _open(self, line: int) -> None:
        if 0 <= line < self.model.length():
            self.model.when_there([line], lambda: self._show_card(self.model.line(line)))

    def _moved(self, line: int) -> None:
        if self.drawer is not None and self.drawer.isVisible():
            self._open(line)

    def _selected(self, lines: int) -> None:
        shown_now = _("{n} specimens shown").format(n=figure(self.model.length()))
        chosen = _("{n} selected · ").format(n=figure(lines)) if lines else ""
        self.status.emit(f"{chosen}{shown_now}")

    def _found_tube(self, rows: Sequence[SampleRow]) -> None:
        if rows:
            self._show_card(rows[0])

    def _show_card(self, sample: SampleRow | None) -> None:
        if sample is not None:
            self.ask(partial(self._fill_card, sample), day.history, sample.tube_id)

    def _fill_card(self, sample: SampleRow, told: Sequence[Happening]) -> None:
        if self.drawer is None:
            return
        status = status_of(sample)
        words = facts(
            (
                (_("Full name"), sample.name),
                (_("Date of birth"), shown(sample.dob)),
                (_("Sex"), sample.sex.word if sample.sex else ""),
                (_("Telephone"), sample.phone),
                (_("Citizen ID"), sample.id_no),
                (_("Address"), whole_address(sample.address, sample.commune)),
                (_("Reason"), sample.subject.word if sample.subject else ""),
                (_("Sender"), sample.sender),
                (_("Note"), sample.note),
            )
        )
        kind = sample.specimen.word if sample.specimen else ""
        pool = _("pooled tube {code}").format(code=sample.pool) if sample.pooled else ""
        about = " · ".join(part for part in (kind, pool) if part)
        items = (
            row(Chip(status.tone, status.word), 1),
            words,
            rule(),
            text(_("What happened to it"), "caption"),
            timeline(moments(sample, told)),
        )
        self.drawer.show_card(grouped(sample.accession), about, items)
        self.show_beside()

    # -- export -----------------------------------------------------------------------------------

    def _export(self) -> None:
        name = _("specimens.xlsx")
        ask_save(self, _("Export what is shown"), name, "Excel (*.xlsx)", self._export_to)

    def _export_to(self, path: Path) -> None:
        job = self.ask(partial(self._write, path), queries.sample_rows, self.model.ids)
        self.running.follow(_("Collecting the rows"), job)

    def _write(self, path: Path, rows: Sequence[SampleRow]) -> None:
        if self._sheet is not None:
            done = partial(self._say_where, path.name)
            leaving.send_rows(self, Going(self._sheet, path), rows, done)

    def _say_where(self, name: str, rows: int, _export: int) -> None:
        self.said.emit(_("{n} rows are in {name}").format(n=figure(rows), name=name))


def columns() -> list[Column]:
    """The headings; what matters less is left out where there is little room."""
    return [
        Column("accession", _("Tube number"), 150, filter=_("Scan or type"), sort="accession"),
        Column("name", _("Full name"), filter=_("Without marks too"), sort="name"),
        Column("dob", _("Born"), 100, figures=True, filter="", sort="dob"),
        Column("sender", _("Sender"), 190, filter="", sort="sender", room=880),
        Column("collected_at", _("Collected"), 152, filter=_("Day"), sort="collected_at", room=600),
        Column("subject", _("Reason"), 230, sort="subject", room=1300),
        Column("pool", _("Pool"), 90, filter="", sort="pool", room=1000),
        Column("phone", _("Telephone"), 120, filter="", room=1440),
        Column("stage", _("State"), 160, sort="stage"),
    ]


def line_of(sample: SampleRow) -> Sequence[str | Cell]:
    """A specimen as cells."""
    return (
        Cell(grouped(sample.accession), role="strong"),
        sample.name,
        shown(sample.dob),
        sample.sender,
        shown(sample.collected_at),
        sample.subject.word if sample.subject else "",
        sample.pool if sample.pooled else "",
        sample.phone,
        Cell(status=status_of(sample)),
    )


def status_of(sample: SampleRow) -> Status:
    """The word of a specimen; an outcome only once it is released."""
    if sample.stage is Stage.RELEASED and sample.outcome is not None:
        return Status(TONES.get(sample.outcome, "late"), sample.outcome.word)
    if sample.stage in {Stage.MEASURED, Stage.CHECKED}:
        return Status("busy", Stage.CHECKED.word)
    return Status("wait", sample.stage.word)


def segment_words(counts: Counts) -> list[str]:
    """The choices above the table with how many tubes each has."""
    words = (
        _("All"),
        Stage.EXPECTED.word,
        Stage.RECEIVED.word,
        Stage.CHECKED.word,
        Stage.RELEASED.word,
    )
    many = ["", *(f" {figure(counts.of(*stages))}" for stages in FOLDED[1:])]
    return [f"{word}{n}" for word, n in zip(words, many, strict=True)]


def moments(sample: SampleRow, told: Sequence[Happening]) -> list[Moment]:
    """The story of a specimen, the latest first."""
    status, story = status_of(sample), []
    if sample.stage is Stage.RELEASED:
        story.append(Moment(status.tone, status.word, Stage.RELEASED.word, ""))
    story += [Moment("busy", h.title, h.detail, moment_shown(h.at)) for h in told]
    story.append(Moment("done", _("Collected"), sample.sender, shown(sample.collected_at)))
    return story
