"""Who goes home: what is missing of each, certificates for all in one act, numbers later."""

from collections.abc import Sequence
from functools import partial

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import printing
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.page import Page
from admin_suite.ui.printing import Printed
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from modules.quarantine.codes import Document
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.pages.numbering import Numbering
from modules.quarantine.permissions import DECIDE, PLACE
from modules.quarantine.queries import release as questions
from modules.quarantine.queries.release import Leaver, Leavers
from modules.quarantine.service import home, papers


class LeavingPage(Page):
    """F8 makes the certificates of the ticked, F6 gives a batch its numbers, F9 lets them go."""

    shows = frozenset(
        {
            "quarantine_claim",
            "quarantine_episode",
            "quarantine_issue",
            "quarantine_observation",
            "quarantine_task",
            "results_version",
        }
    )

    def build(self) -> None:
        """The facility on top, the people below, at the foot the numbers of a batch."""
        self._found: Leavers | None = None
        self._unticked: set[int] = set()
        self.make = Button(_("Make certificates"), "F8", "paper")
        self.make.clicked.connect(self._make)
        self.go_home = Button(_("Let go"), "F9", "done", "primary")
        self.go_home.clicked.connect(self._let_go)
        self.save = Button(_("Save certificates"), "Ctrl S", "save")
        self.save.clicked.connect(self._save)
        self._head = Head(_("Going home"), self.save, self.make, self.go_home)
        self.facility = FacilityChoice(self.reload)
        self.model = ListModel(columns(), self._cells, self)
        self.table = Table(self.model, name=_("People whose quarantine ends"), filters=False)
        self.table.ticked.connect(self._tick)
        card = framed(column(self.table, gap=0, pad=(1, 1)), "card")
        self.numbers = Numbering(self, self._say, _("Such as /GXN-CSCL2"))
        self.lay_out(self._head, row(self.facility, 1), card, self.numbers.box)

    def reload(self) -> None:
        """Ask who goes home by tomorrow."""
        self.ask(self._show, questions.leavers, self.facility.key)

    def entered(self) -> None:
        """Work begins in the list."""
        self.table.setFocus()

    # -- showing ----------------------------------------------------------------------------------

    def _show(self, found: Leavers) -> None:
        self._found = found
        self.facility.offer_facilities(found.facilities, found.facility_id)
        self.model.show(found.rows)
        self._count()

    def _cells(self, one: Leaver) -> Sequence[str | Cell]:
        return line_of(one, ticked=one.certifiable and one.id not in self._unticked)

    def _tick(self, at: int) -> None:
        one = self.model.line(at)
        if not isinstance(one, Leaver):
            return
        if not one.certifiable:
            self.refuse("; ".join(lack.word for lack in one.lacks) + ".")
            return
        self._unticked ^= {one.id}
        self.model.refreshed()
        self._count()

    def _ticked(self) -> list[Leaver]:
        rows = self._found.rows if self._found else ()
        return [one for one in rows if one.certifiable and one.id not in self._unticked]

    def _count(self) -> None:
        ticked = self._ticked()
        new = [one for one in ticked if not one.batch]
        ready = [one for one in ticked if one.ready]
        rows = self._found.rows if self._found else ()
        said = _("{all} people until {day}, {ready} may go now")
        day = day_shown(self._found.day) if self._found else ""
        values = {"all": figure(len(rows)), "ready": figure(sum(one.ready for one in rows))}
        self._head.say(said.format(**values, day=day))
        self.make.say(_("Make {n} certificates").format(n=figure(len(new))))
        self.make.setVisible(self.runner.may(DECIDE))
        self.make.setEnabled(bool(new))
        self.go_home.say(_("Let {n} go").format(n=figure(len(ready))))
        self.go_home.setVisible(self.runner.may(PLACE))
        self.go_home.setEnabled(bool(ready))
        self.numbers.offer([(one.batch, one.number) for one in rows])
        self.save.setEnabled(bool(self.numbers.batch))

    # -- deeds ------------------------------------------------------------------------------------

    def _make(self) -> None:
        keys = [one.id for one in self._ticked() if not one.batch]
        said = _("{n} certificates are made; their numbers can follow").format(n=len(keys))
        then = partial(self._say, said)
        self.do(_("Making certificates"), then, papers.issue, Document.COMPLETION, keys)

    def _let_go(self) -> None:
        keys = [one.id for one in self._ticked() if one.ready]
        said = _("{n} people have gone home").format(n=len(keys))
        self.do(said, partial(self._say, said), home.go_home, keys)

    def _save(self) -> None:
        module, paper = printing.paper_of(self, "quarantine", "completion")
        values = {"batch": str(self.numbers.batch)}
        printing.save(self, Printed(module, paper, values, _("Certificates of completion")))

    def _say(self, said: str, *_answer: object) -> None:
        self.said.emit(said)
        self.table.setFocus()


def columns() -> list[Column]:
    """The headings: who, where, until when, what is missing."""
    return [
        Column("tick", "", 44),
        Column("place", _("Bed"), 90),
        Column("name", _("Full name"), 210),
        Column("commune", _("Commune"), 180, room=900),
        Column("ends", _("Last day"), 120),
        Column("paper", _("Certificate"), 150),
        Column("lacks", _("What is missing"), 0),
    ]


def line_of(one: Leaver, *, ticked: bool) -> Sequence[str | Cell]:
    """Somebody whose quarantine ends, as cells."""
    first = Cell(tick=ticked) if one.certifiable else Cell(icon="lock")
    paper = one.number or (_("made, no number") if one.batch else "")
    lacks = "; ".join(lack.word for lack in one.lacks)
    gate = Cell(lacks, hint=lacks) if lacks else Cell(status=Status("done", _("May go")))
    return (
        first,
        f"{one.who.room}-{one.who.bed}",
        Cell(one.who.name, role="strong"),
        one.who.commune,
        day_shown(one.clock.ends_on),
        paper,
        gate,
    )
