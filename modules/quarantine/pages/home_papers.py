"""Papers of people at home: made for a commune in one act, numbered later, the record of who left.

The kinds are those of a facility; here the commune is chosen and the home is the place.
"""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.clock import day_shown, here, moment_shown
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.ui import printing
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.printing import Printed
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from modules.quarantine.codes import Document
from modules.quarantine.pages.choosing import CommuneChoice
from modules.quarantine.pages.numbering import Numbering
from modules.quarantine.permissions import DECIDE, PLACE
from modules.quarantine.queries import home_papers as questions
from modules.quarantine.queries.home_papers import GoneHome, HomePaper, HomePapers
from modules.quarantine.service import papers

GONE = "GONE"
NAMES = {
    Document.DECISION.value: "decision",
    Document.EXTENSION.value: "extension",
    Document.COMPLETION.value: "completion",
    GONE: "absconded_home",
}
MAKING = {
    Document.DECISION: N_("Make {n} decisions"),
    Document.EXTENSION: N_("Make {n} extensions"),
    Document.COMPLETION: N_("Make {n} certificates"),
}


class HomePapersPage(Page):
    """F8 makes the papers of the ticked, F6 gives the batch its numbers, Ctrl+S saves it."""

    shows = frozenset(
        {
            "quarantine_home_stay",
            "quarantine_episode",
            "quarantine_clock_event",
            "quarantine_issue",
            "quarantine_observation",
            "quarantine_task",
            "results_version",
        }
    )

    def build(self) -> None:
        """Kind and commune on top, the people below, at the foot the numbers of a batch."""
        self._rows: Sequence[HomePaper | GoneHome] = ()
        self._unticked: set[int] = set()
        self.make = Button(_("Make papers"), "F8", "paper", "primary")
        self.make.clicked.connect(self._make)
        self.save = Button(_("Save as PDF"), "Ctrl S", "save")
        self.save.clicked.connect(self._save)
        self._head = Head(_("Papers of home quarantine"), self.save, self.make)
        self.kind = Choice()
        offered = [(one.value, one.word) for one in Document]
        if self.runner.may(PLACE):
            offered.append((GONE, _("Record of who left home without leave")))
        self.kind.offer(offered)
        self.kind.activated.connect(lambda _n: self.reload())
        self.commune = CommuneChoice(self.reload)
        self.model = ListModel(columns(), self._cells, self)
        self.table = Table(self.model, name=_("Papers of home quarantine"), filters=False)
        self.table.ticked.connect(self._tick)
        self.table.moved.connect(lambda _at: self._offer_saving())
        card = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        self.numbers = Numbering(self, self._say, _("Such as /QĐ-UBND"))
        top = row(labelled(_("Kind of paper"), self.kind), labelled(_("Commune"), self.commune), 1)
        self.lay_out(self._head, top, card, self.numbers.box)

    @property
    def chosen(self) -> Document | None:
        """The kind of paper that is shown; None for the record of who left without leave."""
        said = str(self.kind.currentData())
        return None if said == GONE else Document.of(said)

    def reload(self) -> None:
        """Ask whom the paper that is chosen concerns."""
        kind = self.chosen
        if kind is None:
            self.ask(self._show_gone, questions.home_absconders, None, self.commune.code)
        else:
            self.ask(self._show, questions.home_papers, kind, self.commune.code)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    # -- showing ----------------------------------------------------------------------------------

    def _show(self, found: HomePapers) -> None:
        self.commune.offer_communes(found.communes, found.commune)
        self._fill(found.rows)
        self.numbers.offer([(one.batch, one.number) for one in found.rows])
        self._count()

    def _show_gone(self, found: Sequence[GoneHome]) -> None:
        self._fill(found)
        self.numbers.offer([])
        self._count()

    def _fill(self, rows: Sequence[HomePaper | GoneHome]) -> None:
        here = max(0, self.table.currentIndex().row())
        self._rows = rows
        self.model.show(rows)
        if rows:
            self.table.go_to(min(here, len(rows) - 1))

    def _cells(self, one: HomePaper | GoneHome) -> Sequence[str | Cell]:
        if isinstance(one, GoneHome):
            return gone_line(one)
        return line_of(one, ticked=one.wanting and one.id not in self._unticked)

    def _tick(self, at: int) -> None:
        one = self.model.line(at)
        if isinstance(one, HomePaper) and one.wanting:
            self._unticked ^= {one.id}
            self.model.refreshed()
            self._count()
        elif isinstance(one, HomePaper):
            self.refuse(in_the_way(one))

    def _ticked(self) -> list[int]:
        return [
            one.id
            for one in self._rows
            if isinstance(one, HomePaper) and one.wanting and one.id not in self._unticked
        ]

    def _count(self) -> None:
        kind, keys = self.chosen, self._ticked()
        rows = figure(len(self._rows))
        if kind is None:
            said = _("{all} people left home quarantine without leave").format(all=rows)
        else:
            said = _("{all} people, {n} without this paper").format(all=rows, n=figure(len(keys)))
            self.make.say(_(MAKING[kind]).format(n=figure(len(keys))))
        self._head.say(said)
        self.make.setVisible(kind is not None and self.runner.may(DECIDE))
        self.make.setEnabled(bool(keys))
        self._offer_saving()

    def _gone(self) -> GoneHome | None:
        """Who has left without leave and is chosen in the list."""
        at = self.table.currentIndex().row()
        found = self.model.line(at) if at >= 0 else None
        return found if isinstance(found, GoneHome) else None

    def _offer_saving(self) -> None:
        gone = self.chosen is None and self._gone() is not None
        self.save.setEnabled(gone or bool(self.numbers.batch))

    # -- deeds ------------------------------------------------------------------------------------

    def _make(self) -> None:
        kind, keys = self.chosen, self._ticked()
        if kind is None:
            return
        said = _("{n} papers are made; their numbers can follow").format(n=len(keys))
        self.do(_("Making papers"), partial(self._say, said), papers.issue, kind, keys)

    def _save(self) -> None:
        name = NAMES[str(self.kind.currentData())]
        module, paper = printing.paper_of(self, "quarantine", name)
        values = {"batch": str(self.numbers.batch)}
        gone = self._gone()
        if gone is not None:
            day = here(gone.left_at).date().isoformat()
            values = {"day": day, "commune": gone.commune_code}
        printing.save(self, Printed(module, paper, values, _(paper.title)))

    def _say(self, said: str, *_answer: object) -> None:
        self.said.emit(said)
        self.table.setFocus()


def columns() -> list[Column]:
    """The headings: who, where at home, until when, how far the paper has come, what to know."""
    return [
        Column("tick", "", 44),
        Column("name", _("Full name"), 200),
        Column("place", _("Address"), 260, room=900),
        Column("ends", _("Last day"), 120),
        Column("state", _("State"), 180),
        Column("note", _("Note"), 0),
    ]


def line_of(one: HomePaper, *, ticked: bool) -> Sequence[str | Cell]:
    """Somebody whom a paper concerns, as cells."""
    first = Cell(tick=ticked) if one.wanting else Cell(icon="lock")
    paper = one.number or (_("made, no number") if one.batch else "")
    lacks = "; ".join(lack.word for lack in one.lacks)
    former = _("It was {day} before").format(day=day_shown(one.former)) if one.former else ""
    return (
        first,
        Cell(one.who.name, role="strong"),
        one.address,
        day_shown(one.ends_on),
        paper,
        Cell(lacks or former or one.who.group.word, hint=lacks),
    )


def gone_line(one: GoneHome) -> Sequence[str | Cell]:
    """Somebody who left without leave, as cells."""
    return (
        "",
        Cell(one.who.name, role="strong"),
        one.address,
        day_shown(one.ends_on) if one.ends_on else "",
        _("left {moment}").format(moment=moment_shown(one.left_at)),
        Cell(one.reason, hint=one.reason),
    )


def in_the_way(one: HomePaper) -> str:
    """Why no paper is made of somebody, in a sentence."""
    if one.batch or one.number:
        said = _("{person} has this paper already ({number}).")
        return said.format(person=one.who.name, number=one.number or _("no number yet"))
    reasons = "; ".join(lack.word.lower() for lack in one.lacks)
    said = _("{person} has not completed yet: {reasons}.")
    return said.format(person=one.who.name, reasons=reasons)
