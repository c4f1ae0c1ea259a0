"""Holds and corrections: one person puts a result on hold, two let it stand or change it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PyQt6.QtWidgets import QWidget

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import decimal, figure
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, Moment, facts, timeline
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Item, column, framed, row
from admin_suite.ui.widgets.text import text
from modules.lab.api import Outcome, grouped
from modules.results import day, queries, service
from modules.results.codes import Change, State
from modules.results.day import HoldRow, ReportCard
from modules.results.permissions import CORRECT, HOLD, RELEASE
from modules.results.queries import ProposalRow
from modules.results.service import Wanted

WIDE = 400
TONES = {State.ON_HOLD: "late", State.ENTERED_IN_ERROR: "bad", State.CORRECTED: "busy"}
SWAP = "SWAP"


class DoubtsPage(Page):
    """Enter on a tube number opens it; F8 holds it, F9 proposes or confirms, F6 declines."""

    shows = frozenset({"results_hold", "results_proposal", "results_version", "results_notice"})

    def build(self) -> None:
        """The number on top, what waits for a second person, what is on hold."""
        self._card: ReportCard | None = None
        self._proposal: ProposalRow | None = None
        self._shown: object = None
        self._head = Head(_("Holds and corrections"))
        self.number = Field(_("Tube number of a released result, scanned or typed"))
        self.number.edit.returnPressed.connect(self._look_up)
        self.waiting = Table(
            ListModel(waiting_columns(), waiting_line, self),
            name=_("To be confirmed"),
            filters=False,
        )
        self.held = Table(
            ListModel(held_columns(), held_line, self), name=_("On hold"), filters=False
        )
        for table, chosen in ((self.waiting, self._choose), (self.held, self._choose_held)):
            table.moved.connect(chosen)
            table.opened.connect(chosen)
        self._said = text("", "small")
        first = self._block(_("To be confirmed by a second person"), self._said, self.waiting)
        second = self._block(_("On hold"), text(""), self.held)
        self.lay_out(self._head, self.number, first, second, drawer=Drawer(WIDE))
        self.stretch_last()

    def _block(self, title: str, said: QWidget, table: Table) -> QWidget:
        head = framed(row(text(title, "heading"), 1, said, pad=(theme.L, theme.M)))
        return framed(column(head, table, gap=0, pad=(1, 1)), "card")

    def reload(self) -> None:
        """Ask what waits and what is on hold."""
        self.ask(self._show_waiting, queries.proposals)
        self.ask(self._show_held, day.holds)
        if self._card is not None:
            self.ask(self._show_card, day.report_card, self._card.tube_id)

    def entered(self) -> None:
        """Work begins with a number."""
        self.number.edit.setFocus()

    def open_at(self, key: int) -> None:
        """Open one result."""
        self._proposal = None
        self.ask(self._show_card, day.report_card, key)

    def _show_waiting(self, rows: Sequence[ProposalRow]) -> None:
        model(self.waiting).show(rows)
        self._said.setText(_("{n} wait").format(n=figure(len(rows))) if rows else "")

    def _show_held(self, rows: Sequence[HoldRow]) -> None:
        model(self.held).show(rows)
        self._head.say(_("{n} results on hold").format(n=figure(len(rows))) if rows else "")

    # -- the card ---------------------------------------------------------------------------------

    def _look_up(self) -> None:
        self._proposal = None
        self.ask(self._show_card, day.report_card_of, self.number.words).on_refusal(
            self.number.complain
        )

    def _choose(self, at: int) -> None:
        line: ProposalRow | None = self.waiting.rows.line(at) if at >= 0 else None
        if line is not None:
            self._proposal = line
            self.ask(self._show_card, day.report_card, line.tube_id)

    def _choose_held(self, at: int) -> None:
        line: HoldRow | None = self.held.rows.line(at) if at >= 0 else None
        if line is not None:
            self.open_at(line.tube_id)

    def _show_card(self, card: ReportCard | None) -> None:
        if self.drawer is None or card is None:
            return
        self._card = card
        proposal = self._proposal
        if proposal is not None and proposal.id not in card.proposals:
            proposal = self._proposal = None
        if self._shown == (card, proposal) and self.drawer.isVisible():
            return  # what is being typed into it stays
        self._shown = (card, proposal)
        items: list[Item] = [row(Chip(TONES.get(card.state, "done"), card.state.word), 1)]
        items += [timeline(version_moments(card)), *_built(card)]
        if proposal is not None:
            items += [_proposed(proposal)]
            foot = self._deciding(proposal)
        else:
            items += self._form(card)
            foot = self._proposing(card)
        self.drawer.show_card(card.names, grouped(card.accession), items, *foot)
        self.show_beside()

    def _form(self, card: ReportCard) -> list[Item]:
        """The fields of a hold or a proposal; only what the state allows."""
        self.change, self.outcome = Choice(), Choice()
        for kind in card.changes:
            self.change.addItem(kind.word, kind.value)
        if Change.CORRECT in card.changes:
            self.change.addItem(_("Change places with another tube"), SWAP)
        for outcome in Outcome:
            self.outcome.addItem(outcome.word, outcome.value)
        self.ct, self.remark = Field(_("Ct values")), Field(_("What is added"))
        self.other, self.reason = Field(_("The other tube")), Field(_("Why"))
        self._kind = labelled(_("What is proposed"), self.change)
        self._outcome = labelled(_("The right result"), self.outcome)
        self.change.currentIndexChanged.connect(lambda _n: self._fit_form())
        there = card.changes and self.runner.may(CORRECT)
        fields = (self._kind, self._outcome, self.ct, self.remark, self.other)
        proposing = framed(column(*fields, gap=theme.M))
        self._fit_form()  # inside a frame by now: shown without a parent they would be windows
        items: list[Item] = [proposing] if there else []
        return [*items, self.reason] if there or card.may_hold else []

    def _fit_form(self) -> None:
        kind = str(self.change.currentData() or "")
        for widget in (self._outcome, self.ct):
            widget.setVisible(kind == Change.CORRECT)
        self.remark.setVisible(kind == Change.APPEND)
        self.other.setVisible(kind == SWAP)

    def _proposing(self, card: ReportCard) -> list[QWidget]:
        foot: list[QWidget] = []
        if card.may_hold and self.runner.may(HOLD):
            hold = Button(_("Put on hold"), "F8", kind="danger")
            hold.clicked.connect(self._hold)
            foot.append(hold)
        if card.changes and self.runner.may(CORRECT):
            propose = Button(_("Propose"), "F9")
            propose.clicked.connect(self._propose)
            foot.append(propose)
        return foot

    def _deciding(self, proposal: ProposalRow) -> list[QWidget]:
        foot: list[QWidget] = []
        if self.runner.may(RELEASE) and not proposal.mine:
            confirm = Button(_("Confirm"), "F9", kind="danger")
            confirm.clicked.connect(partial(self._confirm, proposal))
            foot.append(confirm)
        if self.runner.may(CORRECT):
            words = _("Withdraw") if proposal.mine else _("Decline")
            decline = Button(words, "F6", "back")
            done: Any = lambda _n: self.said.emit(_("The proposal came to nothing"))  # noqa: E731
            decline.clicked.connect(
                lambda: self.do(_("Declining"), done, service.decline, [proposal.id])
            )
            foot.append(decline)
        return foot

    # -- deeds ------------------------------------------------------------------------------------

    def _why(self) -> str:
        if self.reason.words.strip():
            return self.reason.words
        self.reason.complain(_("Say why, then press the key again."))
        self.reason.edit.setFocus()
        return ""

    def _hold(self) -> None:
        if self._card is not None and (reason := self._why()):
            said = _("{number} is on hold").format(number=grouped(self._card.accession))
            done: Any = lambda _n: self.said.emit(said)  # noqa: E731
            tubes = [self._card.tube_id]
            self.do(_("Putting on hold"), done, service.hold_back, tubes, reason)

    def _propose(self) -> None:
        if self._card is None or not (reason := self._why()):
            return
        said = _("Proposed; somebody else confirms it")
        done: Any = lambda _ids: self.said.emit(said)  # noqa: E731
        kind, tube = str(self.change.currentData()), self._card.tube_id
        if kind == SWAP:
            other = self.other.words
            self.do(_("Proposing"), done, swap_with, tube, other, reason)
            return
        change = Change.of(kind)
        correct = change is Change.CORRECT
        wanted = Wanted(
            tube,
            change,
            Outcome.of(str(self.outcome.currentData())) if correct else None,
            ct=self.ct.words.strip() if correct else "",
            remark=self.remark.words if change is Change.APPEND else "",
        )
        self.do(_("Proposing"), done, service.propose, [wanted], reason)

    def _confirm(self, proposal: ProposalRow) -> None:
        done = partial(self._confirmed, proposal)
        deed = _("Confirm the change of {n} results").format(n=2 if proposal.with_tube_id else 1)
        self.confirmed(
            deed, partial(self.do, _("Confirming"), done, service.confirm, [proposal.id])
        )

    def _confirmed(self, proposal: ProposalRow, _many: int) -> None:
        self._proposal = None
        said = _("Changed; whoever was told {number} is to be told again")
        if proposal.kind not in {Change.CORRECT, Change.ANNUL}:
            said = _("{number} stands as confirmed")
        self.said.emit(said.format(number=grouped(proposal.accession)))


def swap_with(work: Any, tube: int, other: str, reason: str) -> list[int]:
    """Propose that a result changes places with that of the tube of a typed number."""
    return service.propose_swap(work, tube, queries.tube_numbered(work, other), reason)


def version_moments(card: ReportCard) -> list[Moment]:
    """Every version, the newest first."""
    return [
        Moment(
            "done" if one.outcome is Outcome.NEGATIVE else "bad",
            f"v{one.number} · {one.status.word}: {one.outcome.word}",
            " · ".join(part for part in (one.author, one.signer, one.reason, one.remark) if part),
            moment_shown(one.at),
        )
        for one in reversed(card.versions)
    ]


def _built(card: ReportCard) -> list[Item]:
    """Who was told, where it went: what a correction has to reach."""
    if not card.built:
        return []
    lines = [(moment_shown(one.at), f"{one.title} {one.detail}".strip()) for one in card.built]
    return [text(_("Built on it"), "caption"), facts(lines, 130)]


def _proposed(one: ProposalRow) -> QWidget:
    return facts(
        (
            (_("Proposed"), one.kind.word),
            (_("Result"), one.reported.word if one.kind is Change.CORRECT else ""),
            (_("Ct values"), decimal(one.ct) if one.kind is Change.CORRECT else ""),
            (_("The other tube"), grouped(one.with_accession) if one.with_accession else ""),
            (_("Remark"), one.remark),
            (_("Why"), one.reason),
            (_("Proposed by"), f"{one.author}, {moment_shown(one.proposed_at)}"),
        )
    )


def waiting_columns() -> list[Column]:
    """What is proposed, of which tube, by whom, why."""
    return [
        Column("accession", _("Tube number"), 150),
        Column("kind", _("What is proposed"), 220),
        Column("new", _("Result"), 150, room=620),
        Column("reason", _("Why")),
        Column("author", _("Proposed by"), 160, room=800),
        Column("lock", "", 44),
    ]


def waiting_line(one: ProposalRow) -> Sequence[str | Cell]:
    """A proposal as cells; one's own with a lock."""
    said = _("Somebody else must confirm what one proposes oneself.")
    return (
        Cell(grouped(one.accession), role="strong"),
        one.kind.word,
        one.reported.word if one.kind is Change.CORRECT else "",
        Cell(one.reason, hint=one.reason),
        one.author,
        Cell(icon="lock", hint=said, role="muted") if one.mine else Cell(),
    )


def held_columns() -> list[Column]:
    """Which tube, since when, by whom, why."""
    return [
        Column("accession", _("Tube number"), 150),
        Column("state", _("State"), 190),
        Column("reason", _("Why")),
        Column("by", _("Held by"), 160, room=700),
        Column("at", _("Since"), 150, figures=True, room=820),
    ]


def held_line(one: HoldRow) -> Sequence[str | Cell]:
    """A hold as cells."""
    word = _("Change proposed") if one.proposed else State.ON_HOLD.word
    return (
        Cell(grouped(one.accession), role="strong"),
        Cell(status=Status("busy" if one.proposed else "late", word)),
        Cell(one.reason, hint=one.reason),
        one.by,
        one.at,
    )


def model(table: Table) -> ListModel:
    """The model of a table whose lines are all there."""
    if not isinstance(table.rows, ListModel):
        raise TypeError(table.rows)
    return table.rows
