"""Who is registered, who is due; invite, call, confirm, correct."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PyQt6.QtWidgets import QStackedWidget, QWidget

from admin_suite.core.clock import day_shown, shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.paging import Place, Places
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.dates import typed_day
from admin_suite.ui.page import Page
from admin_suite.ui.paged import PagedModel
from admin_suite.ui.table import Table
from admin_suite.ui.views import Views
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, Moment, empty, facts, timeline
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row, rule
from admin_suite.ui.widgets.text import text
from modules.vaccination import queries, service
from modules.vaccination.codes import Paper, Standing, Verdict
from modules.vaccination.pages.confirming import number_slips
from modules.vaccination.pages.correcting import ask_correction
from modules.vaccination.pages.reacting import doses_of, offer_reactions
from modules.vaccination.permissions import REGISTER, VACCINATE
from modules.vaccination.queries.doses import DoseLine
from modules.vaccination.queries.registrations import RegistrationRow, RegistrationView
from modules.vaccination.queries.slips import SlipRow

SEGMENTS: tuple[tuple[Standing, ...], ...] = (
    (),
    (Standing.DUE, Standing.OVERDUE),
    (Standing.OVERDUE,),
    (Standing.NOT_YET,),
    (Standing.COMPLETE,),
)
TONES = {
    Standing.COMPLETE: "done",
    Standing.NOT_YET: "wait",
    Standing.DUE: "busy",
    Standing.OVERDUE: "late",
    Standing.DEFERRED: "wait",
    Standing.CONTRAINDICATED: "bad",
    Standing.REFUSED: "wait",
    Standing.MOVED: "wait",
    Standing.DIED: "wait",
    Standing.UNKNOWN_HISTORY: "wait",
}


class RegisteredPage(Page):
    """The list follows the segment and the filters; the card beside it tells the doses."""

    shows = frozenset(
        {
            "vaccination_registration",
            "vaccination_dose",
            "vaccination_forecast",
            "vaccination_visit",
            "vaccination_slip",
            "registry_person",
        }
    )
    first = 0

    def build(self) -> None:
        """Head, segments, table."""
        self.view = self._view_of(self.first)
        self.slips = Button(_("Confirmations"), "Ctrl P", "print")
        self.slips.clicked.connect(self._number)
        self._head = Head(self.title(), *self._deeds())
        self.segments = Segments(self._words({}), _("Which people"))
        self.segments.put(self.first)
        self.segments.chosen.connect(lambda _n: self._changed())
        self.model = PagedModel(columns(due=self.place() == "due"), line_of, self._fetch, self)
        self.table = Table(self.model, name=self.title(), blocks=True)
        self.views = Views(
            self, self.table, f"vaccination.{self.place()}", self._look_again, self.segments
        )
        self.table.headings.filtered.connect(lambda _texts: self._changed())
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._moved)
        self.table.selected.connect(self._selected)
        self.stack = QStackedWidget()
        self.stack.addWidget(framed(column(self.table, gap=0, pad=(1, 1)), "card"))
        about = _("Bring in the list of a commune or a unit, with the doses that are known.")
        self.stack.addWidget(
            empty("syringe", _("Nobody is registered yet"), about, *self._bring_button())
        )
        self.lay_out(self._head, self.views.beside(), self.stack, drawer=Drawer())

    def title(self) -> str:
        """What stands on top."""
        return _("People registered for vaccination")

    def place(self) -> str:
        """The name of this page in the manifest."""
        return "registered"

    def _deeds(self) -> list[QWidget]:
        deeds: list[QWidget] = [*self._bring_button()]
        if self.runner.may(REGISTER):
            deeds.append(self.slips)
        return deeds

    def _bring_button(self) -> list[QWidget]:
        if not self.runner.may(REGISTER):
            return []
        button = Button(_("Import from Excel"), "Ctrl I", "import")
        button.clicked.connect(lambda: self.bring.emit(""))
        return [button]

    # -- which lines ------------------------------------------------------------------------------

    def _view_of(self, segment: int) -> RegistrationView:
        return RegistrationView({}, SEGMENTS[segment])

    def reload(self) -> None:
        """Ask for what is in sight, and for the numbers on the segments."""
        self.ask(self._show_counts, queries.due.due_counts)
        self.ask(self._renewed, queries.registrations.registration_page, self.view)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def standing(self) -> object:
        """Segment and filters."""
        return self.segments.at(), self.table.headings.texts()

    def stand(self, standing: object) -> None:
        """Show the lines that were shown to somebody else."""
        if isinstance(standing, tuple):
            at, texts = standing
            self.segments.put(at)
            self.table.put_filters(texts)
            self._look_again()

    def _changed(self) -> None:
        self.views.forget()
        self._look_again()

    def _look_again(self) -> None:
        texts = self.table.headings.texts()
        filters = {name: typed_day(t) if name == "dob" else t for name, t in texts.items()}
        self.view = RegistrationView(filters, SEGMENTS[self.segments.at()])
        self.ask(self._begun, queries.registrations.registration_page, self.view)

    def _begun(self, rows: Sequence[RegistrationRow]) -> None:
        self._shown(more=self.model.begin(rows))

    def _renewed(self, rows: Sequence[RegistrationRow]) -> None:
        self._shown(more=self.model.renew(rows))

    def _shown(self, *, more: bool) -> None:
        if more:
            places = queries.registrations.registration_places
            self.ask(partial(self._settled, self.view), places, self.view)
        filtered = bool(self.view.filters or self.view.standings)
        self.stack.setCurrentIndex(0 if self.model.length() or filtered else 1)
        self._selected(0)

    def _settled(self, view: RegistrationView, places: Places) -> None:
        if view is self.view:
            self.model.settle(places)
            self._selected(0)

    def _show_counts(self, counts: dict[Standing, int]) -> None:
        self.segments.say(self._words(counts))
        said = _("{n} due, {m} of them overdue")
        due = counts[Standing.DUE] + counts[Standing.OVERDUE]
        self._head.say(said.format(n=figure(due), m=figure(counts[Standing.OVERDUE])))

    def _words(self, counts: dict[Standing, int]) -> list[str]:
        names = (
            _("All"),
            _("Due"),
            Standing.OVERDUE.word,
            Standing.NOT_YET.word,
            Standing.COMPLETE.word,
        )
        numbers = [sum(counts.get(kind, 0) for kind in kinds) for kinds in SEGMENTS]
        pairs = zip(names, numbers, strict=True)
        return [f"{name} {figure(n)}" if n else name for name, n in pairs]

    def _fetch(self, start: Place | None, then: Callable[[Sequence[Any]], None]) -> None:
        question = queries.registrations.registration_page
        self.runner.ask(question, self.view, start).finished.connect(then)

    def _selected(self, lines: int) -> None:
        said = _("{n} people shown") if self.model.whole else _("more than {n} people shown")
        chosen = _("{n} people chosen · ").format(n=figure(lines)) if lines else ""
        self.status.emit(f"{chosen}{said.format(n=figure(self.model.length()))}")

    # -- one person -------------------------------------------------------------------------------

    def _open(self, line: int) -> None:
        if 0 <= line < self.model.length():
            self.model.when_there([line], lambda: self._ask_card(self.model.line(line)))

    def _moved(self, line: int) -> None:
        if self.drawer is not None and self.drawer.isVisible():
            self._open(line)

    def _ask_card(self, one: RegistrationRow | None) -> None:
        if one is not None:
            people = {one.person_id: one.dob}
            self.ask(partial(self._ask_slips, one), queries.doses.lines_of, people)

    def _ask_slips(self, one: RegistrationRow, doses: dict[int, list[DoseLine]]) -> None:
        show = partial(self._show_card, one, doses.get(one.person_id, []))
        self.ask(show, queries.slips.slips_of, [one.person_id])

    def _show_card(
        self, one: RegistrationRow, lines: Sequence[DoseLine], slips: Sequence[SlipRow]
    ) -> None:
        if self.drawer is None:
            return
        status = status_of(one)
        about = facts(
            (
                (_("Born"), shown(one.dob)),
                (_("Telephone"), one.phone),
                (_("Citizen ID"), one.id_no),
                (_("Address"), one.address),
                (_("Workplace"), one.workplace),
                (_("Priority group"), str(one.priority_group or "")),
                (_("National platform"), one.match.word if one.match else ""),
                (_("Next dose due on"), shown(one.due_on)),
                (_("Sender"), one.sender),
                (_("Note"), one.note),
            )
        )
        items = (
            row(Chip(status.tone, status.word), 1),
            about,
            rule(),
            text(_("Doses"), "caption"),
            timeline([moment_of(line) for line in reversed(lines)]),
            *([rule(), text(_("Confirmations"), "caption")] if slips else ()),
            *([timeline([slip_moment(slip) for slip in slips])] if slips else ()),
        )
        person = Button(_("Whole card"), "", "person")
        person.clicked.connect(lambda: self.go.emit("registry.person", one.person_id))
        wrong = Button(_("Ask for a correction"), "F8", "note")
        wrong.clicked.connect(lambda: ask_correction(self, one.person_id, one.name, lines))
        deeds = [wrong, person] if self.runner.may(REGISTER) else [person]
        if lines and self.runner.may(VACCINATE):
            react = Button(_("Reaction"), "F9", kind="danger")
            react.clicked.connect(lambda: offer_reactions(self, doses_of(lines), one.name))
            deeds.append(react)
        self.drawer.show_card(one.name, one.commune, items, *deeds)
        self.show_beside()

    def _number(self) -> None:
        chosen = self.table.chosen_lines() or [self.table.currentIndex().row()]
        lines = [line for line in chosen if 0 <= line < self.model.length()]
        self.model.when_there(lines, lambda: self._number_them(lines))

    def _number_them(self, lines: Sequence[int]) -> None:
        rows = [self.model.line(line) for line in lines]
        people = [one.person_id for one in rows if one is not None]
        if people:
            number_slips(self, people, service.issue_slips)


class DuePage(RegisteredPage):
    """The same list, beginning with whoever is due."""

    first = 1

    def title(self) -> str:
        """What stands on top."""
        return _("People due for a dose")

    def place(self) -> str:
        """The name of this page in the manifest."""
        return "due"


def columns(*, due: bool) -> list[Column]:
    """The headings; what matters less is left out where there is little room.

    Whoever calls people to their next dose wants to know the last one rather than the group.
    """
    return [
        Column("name", _("Full name"), filter=_("Without marks too")),
        Column("dob", _("Born"), 100, figures=True, filter=""),
        Column("phone", _("Telephone"), 108, filter="", room=700),
        Column("commune", _("Commune"), 124, room=820),
        Column("address", _("Address"), 200, hidden=True),
        Column(
            "priority_group", _("Group"), 116, figures=True, filter="", room=1100 if due else 760
        ),
        Column("given", _("Doses"), 76, figures=True),
        Column("last", _("Last dose"), 174, room=1000 if due else 1220),
        Column("due", _("Next due"), 102, figures=True, room=640),
        Column("match", _("National platform"), 180, room=1300),
        Column("standing", _("State"), 170),
    ]


def line_of(one: RegistrationRow) -> Sequence[str | Cell]:
    """A registration as cells."""
    last = one.doses[-1] if one.doses else None
    doubtful = any(dose.verdict is not Verdict.VALID for dose in one.doses)
    return (
        Cell(one.name, role="strong"),
        shown(one.dob),
        one.phone,
        one.commune,
        one.address,
        str(one.priority_group or ""),
        Cell(str(len(one.doses)), mark="late" if doubtful else ""),
        f"{last.product} {shown(last.on)}" if last else "",
        shown(one.due_on),
        one.match.word if one.match else "",
        Cell(status=status_of(one)),
    )


def status_of(one: RegistrationRow) -> Status:
    """The word for where somebody stands."""
    kind = one.standing or Standing.NOT_YET
    return Status(TONES[kind], kind.word)


def moment_of(line: DoseLine) -> Moment:
    """A dose as a moment of the side card."""
    tone = "late" if line.doubtful else "done"
    parts = [line.word, *line.reasons, line.lot, line.place, line.source.word]
    return Moment(tone, line.title, "; ".join(part for part in parts if part), day_shown(line.on))


def slip_moment(slip: SlipRow) -> Moment:
    """A confirmation as a moment of the side card; one that is out of date says what to do."""
    told = [slip.state.word, slip.newer]
    if slip.state is Paper.STALE:
        told.append(_("Ctrl P prints it anew"))
    tone = {Paper.IN_FORCE: "done", Paper.STALE: "late", Paper.REPLACED: "wait"}[slip.state]
    return Moment(tone, slip.number, "; ".join(filter(None, told)), shown(slip.printed_at))
