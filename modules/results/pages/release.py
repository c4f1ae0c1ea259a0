"""The release queue: negatives together, everything else one by one, always by a second person."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from PyQt6.QtWidgets import QFrame, QStackedWidget, QWidget

from admin_suite.core.i18n import _
from admin_suite.core.numbers import decimal, figure
from admin_suite.db.work import Work
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, Draw
from admin_suite.ui.icons import Picture
from admin_suite.ui.listing import Listed, WholeList, share_keys
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, empty
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.text import text
from modules.lab.api import Outcome, Stage, grouped, outcome_word
from modules.results import day, queries, service
from modules.results.day import TubeCard
from modules.results.pages.card import card_items
from modules.results.permissions import RELEASE, SEE
from modules.results.queries import SIGNATURES, QueueRow

TONES = {Outcome.NEGATIVE: "done", Outcome.POSITIVE: "bad", Outcome.AWAITING_SINGLES: "bad"}
TWO = 2
MOST_ALONE = 5
WIDE = 400


class ReleasePage(Page):
    """F8 signs the ticked negatives, F9 the opened result; F5 tells it early, F6 sends it back."""

    shows = frozenset({"lab_tube", "lab_measurement", "results_release", "results_notice"})

    def build(self) -> None:
        """The two lists below each other, the side card closed."""
        self._card: TubeCard | None = None
        self._unticked: set[int] = set()
        self._wanted = 0
        self.together = Button(_("Release"), "F8", "release", "primary")
        self.together.clicked.connect(self._sign_together)
        self._head = Head(_("Release results"), *self._paper_button(), self.together)
        self._rows: Sequence[QueueRow] = ()
        self._alone = self._list("alone", _("One by one"), alone_columns(), self._alone_line)
        self._negative = self._list(
            "negative", _("Negative"), negative_columns(), self._negative_line
        )
        self.alone, self.negatives = self._alone.table, self._negative.table
        share_keys(self, self._alone, self._negative)
        self.alone.moved.connect(self._open)
        self.alone.opened.connect(self._open)
        self.negatives.ticked.connect(self._tick)
        self._negative.shown.connect(self._count)
        self._alone_said, self._together_said = text("", "small"), text("", "heading")
        self._own = text("", "small", wrap=True)
        self._own_line = framed(row(Picture("lock", 14), self._own, pad=(theme.L, theme.S)))
        heading = text(_("One by one"), "heading")
        self._alone_card = self._block(heading, self._alone_said, self._alone)
        self._together_card = self._block(self._together_said, text(""), self._negative)
        self.stack = self._stacked()
        self.reason = Field(_("Why does it go back?"))
        self.lay_out(self._head, self.stack, drawer=Drawer(WIDE))

    def _stacked(self) -> QStackedWidget:
        """The cards below each other; instead of them, what belongs here when nothing waits."""
        lists = column(self._alone_card, self._together_card, self._own_line, gap=theme.M)
        lists.setStretch(1, 1)
        lists.addStretch(0)  # without negatives the room stays below
        made = QStackedWidget()
        made.addWidget(framed(lists))
        about = _("Results come here as soon as they are entered or read from the machine's list.")
        made.addWidget(empty("release", _("No result waits to be released"), about))
        return made

    def _paper_button(self) -> list[QWidget]:
        if not self.runner.may(SEE):
            return []
        button = Button(_("Result lists"), "Ctrl P", "print")
        button.clicked.connect(lambda: self.go.emit("results.lists", 0))
        return [button]

    def _list(self, name: str, title: str, columns: Sequence[Column], draw: Draw) -> WholeList:
        counting = _("{n} results shown")
        listed = Listed(f"results.{name}", title, columns, draw, counting, SEE, name != "alone")
        return WholeList(self, listed, question=queries.queue)

    def _block(self, title: QWidget, said: QWidget, one: WholeList) -> QFrame:
        head = row(title, said, one.tools(one.export), gap=theme.L, pad=(theme.S, 0))
        head.setStretch(2, 1)
        return framed(column(head, one.stack, gap=theme.XS))

    # -- what is shown ----------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the queue again."""
        self.ask(self._show, queries.queue)

    def open_at(self, key: int) -> None:
        """Open the card of one tube."""
        self._wanted = key
        self.ask(self._show_card, day.card, key)

    def entered(self) -> None:
        """Work begins with what is not negative."""
        (self.alone if self.alone.rows.length() else self.negatives).setFocus()

    def _show(self, rows: Sequence[QueueRow]) -> None:
        self._rows = rows
        alone = [line for line in rows if is_alone(line)]
        negative = [line for line in rows if not is_alone(line)]
        self._alone.show(alone)
        self._negative.show(sorted(negative, key=lambda line: line.mine))
        self._alone_card.setVisible(bool(alone))
        self._together_card.setVisible(bool(negative))
        lines = min(len(alone), MOST_ALONE)
        high = self.alone.headings.sizeHint().height() + lines * theme.ROW + 2
        self._alone.stack.setFixedHeight(high + 2)
        self.stack.setCurrentIndex(0 if rows else 1)
        many = (len(rows), len(alone))
        said = _("{n} wait · {m} not negative").format(n=figure(many[0]), m=figure(many[1]))
        self._head.say(said if rows else "")
        self._alone_said.setText(_outcomes(alone, folded=self.runner.folded))
        self._say_own(sum(line.mine for line in rows))
        self._count()
        if self._card is not None:
            self.ask(self._show_card, day.card, self._card.tube_id)

    def _say_own(self, own: int) -> None:
        self._own_line.setVisible(bool(own))
        said = _("{n} results with a lock are your own work; somebody else must release them.")
        self._own.setText(said.format(n=figure(own)))

    def _negative_line(self, line: QueueRow) -> Sequence[str | Cell]:
        first = Cell(icon="lock", hint=own_reason(line), role="muted")
        if not line.mine:
            first = Cell(tick=line.id not in self._unticked)
        return (
            first,
            Cell(grouped(line.accession), role="strong"),
            line.names,
            line.sender,
            line.author,
            Cell(status=status_of(line, folded=self.runner.folded)),
        )

    def _alone_line(self, line: QueueRow) -> Sequence[str | Cell]:
        return alone_line(line, folded=self.runner.folded)

    def _tick(self, at: int) -> None:
        line = self.negatives.rows.line(at)
        if line is not None and line.mine:
            self.notice.say("late", own_reason(line))
        elif line is not None:
            self._unticked ^= {line.id}
            self.negatives.rows.refreshed()
            self._count()

    def ticked(self) -> list[int]:
        """The negatives that F8 signs."""
        rows = (self.negatives.rows.line(at) for at in range(self.negatives.rows.length()))
        return [
            line.id
            for line in rows
            if line is not None
            and not line.mine
            and line.id not in self._unticked
            and (self.runner.may(RELEASE) or line.stage is Stage.MEASURED)
        ]

    def _count(self) -> None:
        ticked, whole = len(self.ticked()), self.negatives.rows.length()
        deed = _("Release {n} negative") if self.runner.may(RELEASE) else _("Check {n} negative")
        self.together.say(deed.format(n=figure(ticked)))
        self.together.setEnabled(bool(ticked))
        said = _("{n} negative, signed together").format(n=figure(whole))
        self._together_said.setText(said)
        self.status.emit(_("{n} of {m} negative results ticked").format(n=ticked, m=whole))

    # -- the card ---------------------------------------------------------------------------------

    def _open(self, at: int) -> None:
        line = self.alone.rows.line(at) if at >= 0 else None
        if line is not None:
            self.ask(self._show_card, day.card, line.id)

    def _show_card(self, card: TubeCard | None) -> None:
        if card is not None and card == self._card and self.drawer and self.drawer.isVisible():
            return
        same = self._card is not None and card is not None and self._card.tube_id == card.tube_id
        self._card = card
        if self.drawer is None or card is None:
            self._close_card()
            return
        kept = self.reason.words if same else ""
        self.reason = Field(_("Why does it go back?"))
        self.reason.edit.setText(kept)
        if not kept:
            self.reason.hide()
        self.reason.edit.returnPressed.connect(self._send_back)
        mine = self._mine(card.tube_id)
        foot = self._deeds(card, mine)
        who = card.people[0] if len(card.people) == 1 else None
        title = who.name if who else _("{n} people in one tube").format(n=len(card.people))
        items = card_items(card, self.runner.actor.name, mine, folded=self.runner.folded)
        told = (*items, self.reason, *foot[1:])  # side by side they would be cut at 125 %
        self.drawer.show_card(title, grouped(card.accession), told, *foot[:1])
        self.show_beside()

    def _deeds(self, card: TubeCard, mine: str) -> list[QWidget]:
        """What may be done with the opened result, each with its key."""
        made: list[QWidget] = []
        if not mine:
            words = _("Release") if self.runner.may(RELEASE) else _("Check")
            kind = "plain" if card.outcome is Outcome.NEGATIVE else "danger"
            outcome = outcome_word(card.outcome, folded=self.runner.folded)
            sign = Button(f"{words}: {outcome}", "F9", kind=kind)
            sign.clicked.connect(partial(self._sign, [card.tube_id]))
            made.append(sign)
        if not card.forewarned:
            early = Button(_("Tell early"), "F5", "late")
            early.clicked.connect(self._forewarn)
            made.append(early)
        back = Button(_("Send back"), "F6", "back")
        back.clicked.connect(self._send_back)
        return [*made, back]

    def _mine(self, tube: int) -> str:
        own = (line for line in self._rows if line.id == tube and line.mine)
        return next(map(own_reason, own), "")

    def _close_card(self) -> None:
        self._card = None
        if self.drawer is not None and self.drawer.isVisible():
            self.drawer.close_card()
            self.entered()

    # -- deeds ------------------------------------------------------------------------------------

    def _sign_together(self) -> None:
        self._sign(self.ticked())

    def _sign(self, tubes: Sequence[int], _on: bool = False) -> None:
        if not tubes:
            return
        may = self.runner.may(RELEASE)
        deed = _("Release {n} results") if may else _("Check {n} results")
        said = _("Releasing {n} results").format(n=len(tubes))
        then = partial(self.do, said, partial(self._signed, tubes), act, tubes)
        self.confirmed(deed.format(n=figure(len(tubes))), then)

    def _signed(self, tubes: Sequence[int], many: int) -> None:
        self._unticked.clear()
        if self.runner.may(RELEASE):
            self.said.emit(_("{n} results released").format(n=figure(many)))
        else:
            words = _("{n} results checked").format(n=figure(many))
            self.undoable(words, service.unvalidate, tubes)

    def _forewarn(self) -> None:
        """Tell the opened result before its release; one person alone may, so the PIN is asked."""
        if self._card is not None:
            number = grouped(self._card.accession)
            done = _("Preliminary notice of {number} given").format(number=number)
            said: Any = lambda _n: self.said.emit(done)  # noqa: E731
            verb, tubes = service.forewarn, [self._card.tube_id]
            then = partial(self.do, _("Telling early"), said, verb, tubes)
            self.confirmed(_("Give a preliminary notice"), then)

    def _send_back(self) -> None:
        if self._card is None:
            return
        self.reason.show()
        if not self.reason.words.strip():
            self.reason.complain(_("Say why, then press Enter or F6 again."))
            self.reason.edit.setFocus()
            return
        done = _("{number} went back to the bench").format(number=grouped(self._card.accession))
        said: Any = lambda _n: self.said.emit(done)  # noqa: E731
        tubes, words = [self._card.tube_id], self.reason.words
        self.do(_("Sending back"), said, service.send_back, tubes, words)


def act(work: Work, tubes: Sequence[int]) -> int:
    """Sign as far as the rule in force and the rights of the person go."""
    found = queries.lines(work, tubes)
    measured = [line.tube_id for line in found if line.stage is Stage.MEASURED]
    checked = [line.tube_id for line in found if line.stage is not Stage.MEASURED]
    if RELEASE.code not in work.actor.codes:
        return service.validate(work, measured)
    if SIGNATURES.at(work, work.today()).value.persons == TWO:
        return service.sign(work, tubes)
    done = service.validate(work, measured) if measured else 0
    return done + (service.release(work, checked) if checked else 0)


def is_alone(line: QueueRow) -> bool:
    """Whether a result is signed alone: not negative, or told early and so awaited."""
    return line.outcome is not Outcome.NEGATIVE or bool(line.forewarned)


def own_reason(line: QueueRow) -> str:
    """Why the person who is signed in cannot sign this."""
    said = _("You entered or checked the result of tube {number}; somebody else must release it.")
    return said.format(number=grouped(line.accession))


def status_of(line: QueueRow, *, folded: bool) -> Status:
    """The outcome as a chip; whoever sees this page may know it."""
    return Status(TONES.get(line.outcome, "late"), outcome_word(line.outcome, folded=folded))


def alone_columns() -> list[Column]:
    """The headings of what is signed one by one."""
    return [
        Column("accession", _("Tube number"), 150),
        Column("names", _("Full name"), people=True),
        Column("ct", _("Ct values"), 190, room=760),
        Column("author", _("Entered by"), 150, room=900, people=True),
        Column("outcome", _("Result"), 190),
        Column("early", _("Told early"), 150, room=560),
        Column("lock", "", 44),
    ]


def alone_line(line: QueueRow, *, folded: bool) -> Sequence[str | Cell]:
    """One result of the upper list."""
    lock = Cell(icon="lock", hint=own_reason(line), role="muted") if line.mine else Cell()
    number = Cell(grouped(line.accession), role="strong")
    return (
        number,
        line.names,
        decimal(line.ct),
        line.author,
        Cell(status=status_of(line, folded=folded)),
        Cell(status=Status("late", _("Preliminary"))) if line.forewarned else Cell(),
        lock,
    )


def negative_columns() -> list[Column]:
    """The headings of the negatives."""
    return [
        Column("tick", "", 44),
        Column("accession", _("Tube number"), 150),
        Column("names", _("Full name"), people=True),
        Column("sender", _("Sender"), 200, room=820),
        Column("author", _("Entered by"), 150, room=620, people=True),
        Column("outcome", _("Result"), 150),
    ]


def _outcomes(rows: Sequence[QueueRow], *, folded: bool) -> str:
    counts = Counter(outcome_word(line.outcome, folded=folded) for line in rows)
    return ", ".join(f"{figure(n)} {word.lower()}" for word, n in counts.items())
