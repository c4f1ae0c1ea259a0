"""How long quarantine lasts: a new decision is typed, its impact is seen, then it is adopted."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace
from PyQt6.QtWidgets import QHBoxLayout

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick
from modules.quarantine.queries.clocks import Moved
from modules.quarantine.queries.policies import Draft, Impact, impact_of
from modules.quarantine.rules.clock import Policy
from modules.quarantine.service.rules import adopt_policy


class PolicyPage(Page):
    """Enter in a field shows whose last day moves; F8 adopts what is shown."""

    shows = frozenset({"quarantine_claim", "quarantine_episode", "quarantine_case", "house_rule"})

    def build(self) -> None:
        """The rule in force and the new decision on top, whom it moves below."""
        self._seen: Impact | None = None
        self.adopt = Button(_("Adopt the rule"), "F8", "done", "primary")
        self.adopt.clicked.connect(self._adopt)
        self.look = Button(_("Show the impact"), "F6", "search")
        self.look.clicked.connect(self.reload)
        self._head = Head(_("Length of quarantine"), self.look, self.adopt)
        self._now = text("", "small", wrap=True)
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("Last days that move"), filters=False)
        card = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        self.lay_out(self._head, self._now, self._decision(), self._lengths(), card)
        self.stretch_last()

    def _decision(self) -> QHBoxLayout:
        self.source = Field(_("The decision it comes from"), _("Such as QĐ 2/QĐ-UBND"))
        self.day = Day()
        self.day.dateChanged.connect(lambda _d: self.reload())
        self.here_too = Tick(_("It counts for people who are here already"))
        self.here_too.toggled.connect(lambda _on: self.reload())
        self.source.edit.returnPressed.connect(self.reload)
        tick = column(1, self.here_too, gap=0, pad=(0, theme.S))
        return row(self.source, labelled(_("In force from"), self.day), tick, 1, gap=theme.M)

    def _lengths(self) -> QHBoxLayout:
        self.days = Field(_("Days in quarantine"))
        self.home_days = Field(_("Days at home afterwards"))
        self.test_days = Field(_("Days on which samples are taken"), _("Such as 1 7 14"))
        for field in (self.days, self.home_days, self.test_days):
            field.edit.returnPressed.connect(self.reload)
        return row(self.days, self.home_days, self.test_days, 1, gap=theme.M)

    def reload(self) -> None:
        """Ask what is typed would change; at first what is in force."""
        draft = self._draft()
        if draft is not None:
            self.ask(self._show, impact_of, draft)

    def entered(self) -> None:
        """Work begins with the decision."""
        self.source.edit.setFocus()

    def _draft(self) -> Draft | None:
        """What is typed; None where something is no number."""
        told = [_numbers(field) for field in (self.days, self.home_days, self.test_days)]
        if any(one is None for one in told):
            return None
        days, home, tests = (one or () for one in told)
        return Draft(
            self.source.words.strip(),
            date.fromisoformat(self.day.iso),
            days[0] if days else None,
            home[0] if home else None,
            tests or None,
            self.here_too.isChecked(),
        )

    def _show(self, found: Impact) -> None:
        first, self._seen = self._seen is None, found
        if first:
            self._fill(found.policy)
            self._seen = replace(found, draft=self._draft() or found.draft)
        rule = found.rule
        said = _("In force on {day}: {days} days, {home} at home ({source}, since {since}).")
        self._now.setText(
            said.format(
                day=day_shown(found.day),
                days=rule.value.days,
                home=rule.value.home_days,
                source=rule.source,
                since=day_shown(rule.valid_from),
            )
        )
        self.model.show(found.moved)
        said = _("Of {people} people {longer} stay longer, {shorter} leave earlier")
        counts = {
            "people": figure(found.people),
            "longer": figure(found.longer),
            "shorter": figure(len(found.moved) - found.longer),
        }
        none = _("Nobody's last day moves")
        self._head.say(said.format(**counts) if found.moved else none)

    def _fill(self, policy: Policy) -> None:
        """Begin with what is in force."""
        self.days.edit.setText(str(policy.days))
        self.home_days.edit.setText(str(policy.home_days))
        self.test_days.edit.setText(" ".join(map(str, policy.test_days)))
        self.here_too.blockSignals(True)
        self.here_too.setChecked(policy.running)
        self.here_too.blockSignals(False)

    def _adopt(self) -> None:
        """Adopt what is shown; what was typed since is shown first."""
        draft = self._draft()
        if draft is None:
            return
        if not draft.source:
            self.source.complain(_("Say which decision the new rule comes from."))
            self.source.edit.setFocus()
            return
        if self._seen is None or self._seen.draft != draft:
            self.reload()
            self.refuse(_("Look at the impact below, then press F8 again."))
            return
        said = _("Quarantine lasts {days} days from {day} on")
        said = said.format(days=self._seen.policy.days, day=day_shown(self._seen.day))
        self.do(
            said,
            lambda _id: self.said.emit(said),
            adopt_policy,
            self._seen.policy,
            self._seen.day,
            draft.source,
        )


def _numbers(field: Field) -> tuple[int, ...] | None:
    """The numbers of a field; None, and the field says so, if something is none."""
    words = field.words.replace(",", " ").split()
    if all(word.isascii() and word.isdecimal() for word in words):
        return tuple(map(int, words))
    field.complain(_("Days are written in digits."))
    return None


def columns() -> list[Column]:
    """The headings: who, from which day to which, why."""
    return [
        Column("name", _("Full name"), 220),
        Column("old", _("Last day before"), 140),
        Column("new", _("Last day"), 120),
        Column("change", _("Days"), 110),
        Column("why", _("Why"), 0),
    ]


def line_of(one: Moved) -> Sequence[str | Cell]:
    """Somebody whose last day moves, as cells."""
    change = (one.new - one.old).days
    return (
        Cell(one.name, role="strong"),
        day_shown(one.old),
        day_shown(one.new),
        Cell(status=Status("late" if change > 0 else "done", f"{change:+d}")),
        Cell(one.why, hint=one.why),
    )
