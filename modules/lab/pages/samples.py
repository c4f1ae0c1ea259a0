"""All specimens, with the story of one of them beside the list."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtWidgets import QWidget

from admin_suite.core.clock import moment_shown, shown
from admin_suite.core.codes import Code
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.module import Happening
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import whole_address
from admin_suite.ui import lists
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.dates import lately, typed_day
from admin_suite.ui.leaving import Out
from admin_suite.ui.listing import Listed, LongList
from admin_suite.ui.page import Page
from admin_suite.ui.paged import Asked, Source
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, Moment, empty, facts, timeline
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import row, rule
from admin_suite.ui.widgets.text import text
from modules.lab import day, queries
from modules.lab.codes import Material, Outcome, Plain, Stage, Subject
from modules.lab.permissions import RECEIVE, REGISTER, SEE
from modules.lab.queries import Counts, SampleRow, SampleView
from modules.lab.rules import grouped

FOLDED: tuple[tuple[Stage, ...], ...] = (
    (),
    (Stage.EXPECTED,),
    (Stage.RECEIVED,),
    (Stage.MEASURED, Stage.CHECKED),
    (Stage.RELEASED,),
    (Stage.CANCELLED, Stage.REJECTED),
)
PLAINLY = ((), (Stage.EXPECTED, Stage.RECEIVED, Stage.MEASURED, Stage.CHECKED))
DAYS = {"dob": typed_day, "collected_at": lately}
EXPORTED = {"stage": ("stage", "outcome")}  # one column on the screen, two in a file
TONES = {Outcome.NEGATIVE: "done", Outcome.POSITIVE: "bad"}


class SamplesPage(Page):
    """Filter under the headings, sort by them; the card beside the list follows the line."""

    shows = frozenset({"lab_tube", "lab_specimen", "lab_measurement", "registry_person"})

    def build(self) -> None:
        """Head, segments, table; the side card is closed."""
        self._folded = self.runner.folded
        self._stages = PLAINLY if self._folded else FOLDED
        words_shown = segment_words(Counts({}), self._stages)
        self.segments = Segments(words_shown, _("Which specimens"))
        draw = partial(line_of, folded=self._folded)
        listed = Listed(
            "lab.samples",
            _("Specimens"),
            columns(folded=self._folded),
            draw,
            _("{n} specimens shown"),
            SEE,
        )
        source = Source(self._view, queries.sample_page, queries.sample_places)
        self.list = LongList(self, listed, source, self.segments, self._out())
        self.table, self.model, self.stack = self.list.table, self.list.model, self.list.stack
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._moved)
        head = (*self._bring_button(), self.list.export, *self._main_button())
        self._head = Head(_("Specimens"), *head)
        self.stack.addWidget(self._empty())
        self.lay_out(self._head, self.list.tools(), self.stack, drawer=Drawer())

    def _out(self) -> Out | None:
        sheet = lists.sheet_named(self.runner.modules, "lab.samples")
        return Out(sheet, queries.shown_samples, EXPORTED) if sheet is not None else None

    def _view(self, asked: Asked) -> SampleView:
        filters = {n: DAYS.get(n, str)(t) for n, t in asked.filters.items()}
        return SampleView(filters, self._stages[asked.which], asked.by, asked.down)

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
        """Ask for what is in sight, and for the numbers on top."""
        self.ask(self._show_counts, queries.counts)
        self.list.reload()

    def open_at(self, key: int) -> None:
        """Show the tube that the search box has found."""
        self.ask(self._found_tube, queries.specimens_of_tube, key)

    def _show_counts(self, counts: Counts) -> None:
        self.segments.say(segment_words(counts, self._stages))
        said = _("{n} waiting for a result · {m} to be released")
        waiting = counts.of(Stage.MEASURED, Stage.CHECKED)
        self._head.say(said.format(n=figure(counts.of(Stage.RECEIVED)), m=figure(waiting)))

    # -- the line and its card --------------------------------------------------------------------

    def _open(self, line: int) -> None:
        self.list.open(line, self._show_card)

    def _moved(self, line: int) -> None:
        if self.drawer is not None and self.drawer.isVisible():
            self._open(line)

    def _found_tube(self, rows: Sequence[SampleRow]) -> None:
        if rows:
            self._show_card(rows[0])

    def _show_card(self, sample: SampleRow) -> None:
        self.ask(partial(self._fill_card, sample), day.history, sample.tube_id)

    def _fill_card(self, sample: SampleRow, told: Sequence[Happening]) -> None:
        if self.drawer is None:
            return
        status = status_of(sample, folded=self._folded)
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
            timeline(moments(sample, told, status)),
        )
        self.drawer.show_card(grouped(sample.accession), about, items)
        self.show_beside()


def columns(*, folded: bool = False) -> list[Column]:
    """The headings; what matters less is left out where there is little room."""
    return [
        Column("accession", _("Tube number"), 150, filter=_("Scan or type"), sort="accession"),
        Column("name", _("Full name"), filter=_("Without marks too"), sort="name"),
        Column("dob", _("Born"), 100, figures=True, filter="", sort="dob"),
        Column("sender", _("Sender"), 190, filter="", sort="sender", room=880),
        Column("collected_at", _("Collected"), 152, filter=_("Day"), sort="collected_at", room=600),
        Column("subject", _("Reason"), 230, choices=words(Subject), sort="subject", room=1300),
        Column("pool", _("Pool"), 90, filter="", sort="pool", room=1000),
        Column("phone", _("Telephone"), 120, filter="", room=1440),
        Column("sex", _("Sex"), 80, choices=words(Sex), hidden=True),
        Column("id_no", _("Citizen ID"), 130, filter="", hidden=True),
        Column("commune", _("Commune"), 150, hidden=True),
        Column("address", _("Address"), 220, hidden=True),
        Column("specimen", _("Specimen"), 160, choices=words(Material), hidden=True),
        Column("received_at", _("Received"), 152, hidden=True),
        Column("note", _("Note"), 200, hidden=True),
        Column("stage", _("State"), 204, choices=states(folded=folded), sort="stage"),
    ]


def line_of(sample: SampleRow, *, folded: bool = False) -> Sequence[str | Cell]:
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
        sample.sex.word if sample.sex else "",
        sample.id_no,
        sample.commune,
        sample.address,
        sample.specimen.word if sample.specimen else "",
        shown(sample.received_at),
        sample.note,
        Cell(status=status_of(sample, folded=folded)),
    )


def words(kind: type[Code]) -> list[tuple[str, str]]:
    """The codes of a list with their words, to choose from."""
    return [(code.value, code.word) for code in kind]


def states(*, folded: bool = False) -> list[tuple[str, str]]:
    """The words of the last column: four stages, and the outcomes of what is released."""
    if folded:
        said: dict[Plain, list[str]] = {Plain.WAITING: list(PLAINLY[1])}
        for outcome in Outcome:
            said.setdefault(Plain.of_outcome(outcome), []).append(outcome.value)
        said[Plain.AGAIN] += (Stage.REJECTED.value, Stage.CANCELLED.value)
        return [(",".join(codes), plain.word) for plain, codes in said.items()]
    made = [(",".join(stages), stages[-1].word) for stages in FOLDED[1:]]
    return made + [(outcome.value, outcome.word) for outcome in Outcome]


def status_of(sample: SampleRow, *, folded: bool = False) -> Status:
    """The word of a specimen; an outcome only once it is released."""
    if sample.stage in {Stage.REJECTED, Stage.CANCELLED}:
        return Status("late", Plain.AGAIN.word if folded else sample.stage.word)
    if folded:
        told = sample.outcome if sample.stage is Stage.RELEASED else None
        tone = "wait" if told is None else TONES.get(told, "late")
        return Status(tone, Plain.of_outcome(told).word)
    if sample.stage is Stage.RELEASED:
        told = sample.outcome  # none while it is on hold, or once it was annulled
        word = _("No result in force") if told is None else told.word
        return Status("late" if told is None else TONES.get(told, "late"), word)
    checked = sample.stage in {Stage.MEASURED, Stage.CHECKED}
    return Status("busy", Stage.CHECKED.word) if checked else Status("wait", sample.stage.word)


def segment_words(counts: Counts, choices: Sequence[tuple[Stage, ...]]) -> list[str]:
    """The choices above the table with how many tubes each has."""
    words = [_("All")]
    for stages in choices[1:]:
        many = counts.of(*stages)
        shown = bool(many) or Stage.REJECTED not in stages  # a word that is seldom needed
        words.append(f"{_word(stages)} {figure(many)}" if shown else "")
    return words


def _word(stages: tuple[Stage, ...]) -> str:
    """What several stages are called together."""
    return Stage.RECEIVED.word if Stage.EXPECTED in stages[:-1] else stages[-1].word


def moments(sample: SampleRow, told: Sequence[Happening], status: Status) -> list[Moment]:
    """The story of a specimen, the latest first."""
    story = []
    if sample.stage is Stage.RELEASED:
        story.append(Moment(status.tone, status.word, Stage.RELEASED.word, ""))
    story += [Moment("busy", h.title, h.detail, moment_shown(h.at)) for h in told]
    story.append(Moment("done", _("Collected"), sample.sender, shown(sample.collected_at)))
    return story
