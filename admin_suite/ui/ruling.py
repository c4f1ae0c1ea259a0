"""A page of dated rules: what is in force by which decision, and what a change would do.

A module says which rules, what their values are called, who may change them and by which verb.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from PyQt6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.core.permissions import Permission
from admin_suite.db import changing
from admin_suite.db.changing import NONE, Change, Codes, Effect, RuleRow
from admin_suite.db.work import Work
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Drawer, facts
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row
from admin_suite.ui.widgets.text import text

WIDE, LINES = 480, 5
Values = dict[str, Field | QPlainTextEdit]


class Ruling(NamedTuple):
    """The rules of a module: their question, titles, preview and verb, and the right to change.

    ``scoped``: some are of one thing, such as a vaccine.
    """

    title: str
    about: str
    adopted: str
    rows: Callable[[Work], Sequence[RuleRow]]
    titles: Mapping[str, str]
    effects: Callable[[Work, Change], list[Effect]]
    adopt: Callable[[Work, Change, str], int]
    right: Permission
    codes: Codes = NONE
    scoped: bool = False


class RulesPage(Page):
    """Enter opens a rule, F2 changes it: first what the change would do, then its adoption."""

    shows = frozenset({"house_rule"})
    ruling: Ruling

    def build(self) -> None:
        """The versions in force, or all of them; the card of one beside them."""
        self._rows: Sequence[tuple[RuleRow, Status]] = ()
        self._head = Head(_(self.ruling.title), *self.deeds())
        self.segments = Segments([_("In force"), _("All versions")], _("Which rules"))
        self.segments.chosen.connect(lambda _n: self._fill())
        self.model = ListModel(columns(self.ruling), partial(line_of, ruling=self.ruling), self)
        self.table = Table(self.model, name=_(self.ruling.title), filters=False)
        self.table.opened.connect(self._open)
        self.effects = column(gap=theme.S)
        card = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        self.lay_out(self._head, row(self.segments, 1), card, drawer=Drawer(WIDE))
        self.stretch_last()

    def deeds(self) -> Sequence[QWidget]:
        """What a module lets people do beside changing a rule."""
        return ()

    def reload(self) -> None:
        """Ask for the rules again."""
        self.ask(self._show, partial(with_status, rows=self.ruling.rows))

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    def _show(self, rows: Sequence[tuple[RuleRow, Status]]) -> None:
        self._rows = rows
        self._fill()

    def _fill(self) -> None:
        every = self.segments.at() == 1
        shown = [one for one in self._rows if every or one[1].tone != "wait"]
        self.model.show(shown)
        self._head.say(_("{n} rules").format(n=figure(len(shown))))

    def _open(self, line: int) -> None:
        found = self.model.line(line)
        if found is not None:
            self.show_rule(*found)

    def show_rule(self, rule: RuleRow, status: Status) -> None:
        """The card of one version: its values, its decision."""
        if self.drawer is None:
            return
        titles = self.ruling.titles
        values = [
            (_(titles[name]), said)
            for name, said in changing.typed(rule, self.ruling.codes).items()
        ]
        about = facts(
            (
                (_("From"), day_shown(rule.valid_from)),
                (_("Decision"), rule.source),
                *values,
            ),
            170,
        )
        change = Button(_("Change the rule"), "F2", "note", "primary")
        change.clicked.connect(lambda: self.ask_change(rule))
        foot = [change] if self.runner.may(self.ruling.right) else []
        items = (row(Chip(status.tone, status.word), 1), about)
        self.drawer.show_card(_(rule.title), rule.scope, items, *foot)
        self.show_beside()

    # -- changing ---------------------------------------------------------------------------------

    def ask_change(self, rule: RuleRow) -> None:
        """Ask for the day, the decision and the values of a new version."""
        if self.drawer is None:
            return
        titles = self.ruling.titles
        day, values = Day(), fields_of(rule, self.ruling)
        of = Field(_("Of what"), _("Another one begins a rule of its own"))
        of.edit.setText(rule.scope)
        source = Field(_("The decision it comes from"), _("Its number and day"))
        preview = Button(_("Show what it changes"), "F6", "search")
        adopt = Button(_("Adopt"), "Ctrl Enter", "done", "primary")

        def change() -> Change:
            return change_of(rule, of.words, day, values)

        preview.clicked.connect(lambda: self._preview(change()))
        adopt.clicked.connect(lambda: self._adopt(change(), source))
        self.effects = column(gap=theme.S)
        boxes = [
            one if isinstance(one, Field) else labelled(_(titles[name]), one)
            for name, one in values.items()
        ]
        about = text(_(self.ruling.about), "muted", wrap=True)
        scope = [of] if rule.scope else []
        items = (labelled(_("From"), day), *scope, *boxes, source, about, framed(self.effects))
        self.drawer.show_card(_(rule.title), rule.scope, items, preview, adopt)
        self.show_beside()
        first = next(iter(values.values()))
        (first.edit if isinstance(first, Field) else first).setFocus()

    def _preview(self, change: Change) -> None:
        self.notice.hide()
        self.ask(partial(self._show_effects, self.effects), self.ruling.effects, change)

    def _show_effects(self, place: QVBoxLayout, found: list[Effect]) -> None:
        if place is self.effects:
            emptied(place)
            place.addWidget(facts(changing.told(found), 330))

    def _adopt(self, change: Change, source: Field) -> None:
        done: Any = lambda _key: self._adopted()  # noqa: E731
        self.do(_("Adopting the rule"), done, self.ruling.adopt, change, source.words)

    def _adopted(self) -> None:
        self.close_card()
        self.said.emit(_(self.ruling.adopted))


def fields_of(rule: RuleRow, ruling: Ruling) -> Values:
    """A field for each value of a rule, filled in as it is; several lines where it has several."""
    made: Values = {}
    titles = ruling.titles
    for name, said in changing.typed(rule, ruling.codes).items():
        if changing.PART in titles[name]:
            area = QPlainTextEdit(said)
            area.setTabChangesFocus(True)
            area.setMinimumHeight(LINES * theme.ROW)
            made[name] = area
        else:
            made[name] = field = Field(_(titles[name]))
            field.edit.setText(said)
    return made


def change_of(rule: RuleRow, scope: str, day: Day, values: Values) -> Change:
    """The version that was typed; of another scope it is a rule of its own."""
    said = {
        name: one.words if isinstance(one, Field) else one.toPlainText()
        for name, one in values.items()
    }
    return Change(rule.code, date.fromisoformat(day.iso), scope, said)


def with_status(
    work: Work, rows: Callable[[Work], Sequence[RuleRow]]
) -> list[tuple[RuleRow, Status]]:
    """Every version, and whether it is in force, replaced, or still to come."""
    found, day = rows(work), work.today()
    begun = {(row.code, row.scope): row.id for row in found if row.valid_from <= day}
    made = []
    for rule in found:
        if rule.valid_from > day:
            status = Status("busy", _("Begins later"))
        elif begun[(rule.code, rule.scope)] == rule.id:
            status = Status("done", _("In force"))
        else:
            status = Status("wait", _("A later version replaced it"))
        made.append((rule, status))
    return made


def columns(ruling: Ruling) -> list[Column]:
    """The headings of the rules; what they are of only where they are of something."""
    of = [Column("scope", _("Of what"), 130)] if ruling.scoped else []
    return [
        Column("title", _("Rule"), 210),
        *of,
        Column("valid_from", _("From"), 110, figures=True),
        Column("source", _("Decision")),
        Column("state", _("State"), 190, room=720),
    ]


def line_of(one: tuple[RuleRow, Status], ruling: Ruling) -> Sequence[str | Cell]:
    """A version as cells."""
    rule, status = one
    return (
        Cell(
            _(rule.title), role="strong", hint=changing.in_words(rule, ruling.titles, ruling.codes)
        ),
        *((rule.scope,) if ruling.scoped else ()),
        day_shown(rule.valid_from),
        rule.source,
        Cell(status=status),
    )
