"""Who pays for whose meals: the rule of the group, or what is agreed for single people."""

from collections.abc import Sequence
from datetime import date

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import row
from modules.quarantine.codes import Payer
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.permissions import KEEP
from modules.quarantine.queries.payers import PayerList, PayerRow, payers
from modules.quarantine.service.payers import set_payer

RULES_PAGE = "quarantine.meal_rules"


class PayersPage(Page):
    """Space ticks people; F8 writes who pays for their meals from the day on."""

    shows = frozenset({"quarantine_payment", "quarantine_claim", "house_rule"})

    def build(self) -> None:
        """Payer and day on top, the people below."""
        self._found: PayerList | None = None
        self._ticked: set[int] = set()
        self.write = Button(_("Write the payer"), "F8", "done", "primary")
        self.write.clicked.connect(lambda _on: self._write())
        self.rules = Button(_("Rule of the groups"), "F6", "session")
        self.rules.clicked.connect(lambda: self.go.emit(RULES_PAGE, 0))
        self._head = Head(_("Who pays for meals"), self.rules, self.write)
        self.facility = FacilityChoice(self.reload)
        self.payer = Choice()
        self.payer.offer((code.value, code.word) for code in Payer)
        self.since, self.note = Day(), Field(_("Agreement or decision"))
        listed = Listed("quarantine.payers", _("Who pays for meals"), columns(), self._cells)
        self.list = WholeList(self, listed, question=self._again)
        self.table, self.model = self.list.table, self.list.model
        self.table.ticked.connect(self._tick)
        about = _("Whoever has a bed stands here with who pays for the meals.")
        self.list.stack.addWidget(empty("person", _("Nobody is in this facility"), about))
        fields = row(
            labelled(_("Paid by"), self.payer),
            labelled(_("From the day"), self.since),
            self.note,
            1,
        )
        tools = self.list.tools(self.facility, self.list.export)
        self.lay_out(self._head, fields, tools, self.list.stack)

    def reload(self) -> None:
        """Ask who pays today."""
        self.ask(self._show, payers, self.facility.key)

    def _again(self, work: Work) -> object:
        return payers(work, self.facility.key)

    def _show(self, found: PayerList) -> None:
        self._found = found
        self.facility.offer_facilities(found.facilities, found.facility_id)
        self._ticked &= {one.id for one in found.rows}
        self.list.show(found.rows)
        self._count()

    def _cells(self, one: PayerRow) -> Sequence[str | Cell]:
        return line_of(one, ticked=one.id in self._ticked)

    def _tick(self, at: int) -> None:
        one = self.model.line(at)
        if isinstance(one, PayerRow):
            self._ticked ^= {one.id}
            self.model.refreshed()
            self._count()

    def _count(self) -> None:
        found = self._found
        said = _("{n} people; the groups are those of {source}") if found and found.source else ""
        said = said or _("{n} people; no rule says who pays for which group")
        n, source = (len(found.rows), found.source) if found else (0, "")
        self._head.say(said.format(n=figure(n), source=source))
        many = len(self._ticked)
        words = _("Write the payer of {n}").format(n=figure(many))
        self.write.say(words if many else _("Write the payer"))
        self.write.setEnabled(bool(many) and self.runner.may(KEEP))

    def _write(self) -> None:
        keys, payer = sorted(self._ticked), Payer.of(str(self.payer.currentData()))
        said = _("{payer} pays for the meals of {n} people")
        words = said.format(payer=payer.word, n=figure(len(keys)))
        since = date.fromisoformat(self.since.iso)
        self.do(words, lambda _n: self._done(words), set_payer, keys, payer, since, self.note.words)

    def _done(self, said: str) -> None:
        self._ticked = set()
        self.model.refreshed()
        self._count()
        self.said.emit(said)


def columns() -> list[Column]:
    """The headings of the list."""
    return [
        Column("tick", "", 44),
        Column("place", _("Bed"), 90),
        Column("name", _("Full name"), 220, people=True),
        Column("born", _("Born"), 100),
        Column("group", _("Group"), 200),
        Column("payer", _("Paid by"), 180),
        Column("why", _("Why"), 0),
    ]


def line_of(one: PayerRow, *, ticked: bool) -> Sequence[str | Cell]:
    """Somebody and who pays, as cells."""
    return (
        Cell(tick=ticked),
        f"{one.who.room}-{one.who.bed}",
        Cell(one.who.name, role="strong"),
        one.who.dob[:4],
        one.who.group.word,
        Cell(status=Status("busy" if one.own else "wait", one.payer.word)),
        _("agreed for this person") if one.own else _("by the group"),
    )
