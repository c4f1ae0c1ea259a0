"""Tubes into racks, to another laboratory and back, or thrown away: the rack, then tube by tube."""

from functools import partial

from PyQt6.QtWidgets import QApplication

from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.ui import theme
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice, Field, Line, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, named
from admin_suite.ui.widgets.text import text
from modules.lab import queries, service
from modules.lab.codes import Deed
from modules.lab.pages.reception import FIELD_HEIGHT, Answer, tubes_scanned
from modules.lab.queries import RACK, Standing
from modules.lab.rules import grouped, typed

DEEDS = (
    Deed.STORE,
    Deed.TAKE_OUT,
    Deed.REFER,
    Deed.RETURN,
    Deed.DISPOSE,
    Deed.LOSE,
    Deed.REOPEN,
)
BACK = {Deed.STORE: service.take_out, Deed.REFER: service.take_back, Deed.LOSE: service.reopen}
DONE = {
    Deed.STORE: N_("{number} is stored at {place}"),
    Deed.TAKE_OUT: N_("{number} is taken out"),
    Deed.REFER: N_("{number} is sent to {place}"),
    Deed.RETURN: N_("{number} is back"),
    Deed.DISPOSE: N_("{number} is thrown away"),
    Deed.LOSE: N_("{number} is reported as lost"),
    Deed.REOPEN: N_("{number} is taken up again"),
}


class KeepingPage(Page):
    """A rack that is scanned is where the next tubes go; a wrong scan keeps the focus."""

    def build(self) -> None:
        """What is done, where to, the scan field and its answer."""
        focus = Button(_("Scan"), "F2", "barcode", "primary")
        focus.clicked.connect(self.entered)
        self._head = Head(_("Store and send on"), focus)
        self.deed = Choice()
        self.deed.setMinimumHeight(theme.CONTROL)
        self.deed.addItems([deed.word for deed in DEEDS])
        self.deed.activated.connect(self._chose)
        self.where = Field(_("Rack"), _("Scan the label of the rack, for example TL1/G03"), room=1)
        self.where.edit.returnPressed.connect(self.entered)
        self.unit = Field(_("Laboratory"), _("Its name, as it stands on papers"), room=1)
        self.unit.edit.returnPressed.connect(self.entered)
        self.unit.hide()
        self.scan = named(Line(), _("Tube number"))
        self.scan.setPlaceholderText(_("Scan a tube, or type its number and press Enter"))
        self.scan.setProperty("large", True)
        self.scan.setMinimumHeight(FIELD_HEIGHT)
        self.scan.returnPressed.connect(self._scanned)
        self.answer = Answer()
        about = _("A tube that waits for its result is not thrown away.")
        self.lay_out(
            self._head,
            labelled(_("What is done"), self.deed),
            framed(column(self.where, self.unit, gap=0)),
            labelled(_("Tube number"), self.scan),
            self.answer,
            text(about, "small", wrap=True),
            1,
            gap=theme.M,
        )

    def reload(self) -> None:
        """Nothing stands here but what is scanned."""

    def entered(self) -> None:
        """The scanner writes here."""
        self.scan.setFocus()
        self.scan.selectAll()

    def _chose(self, at: int) -> None:
        self.where.setVisible(DEEDS[at] is Deed.STORE)
        self.unit.setVisible(DEEDS[at] is Deed.REFER)
        self.answer.nothing()
        field = {Deed.STORE: self.where.edit, Deed.REFER: self.unit.edit}
        field.get(DEEDS[at], self.scan).setFocus()

    def _scanned(self) -> None:
        words = self.scan.text().strip()
        deed = DEEDS[self.deed.currentIndex()]
        if RACK in words and deed is Deed.STORE:
            self.where.edit.setText(words)
            self.scan.clear()
        elif words:
            where = self.unit.words if deed is Deed.REFER else self.where.words
            job = self.runner.do(keep_scanned, deed, words, where)
            job.on_refusal(partial(self._refused, words)).finished.connect(
                partial(self._kept, deed)
            )

    def _kept(self, deed: Deed, tube: Standing) -> None:
        number = grouped(tube.accession)
        said = _(DONE[deed]).format(number=number, place=tube.place)
        self.answer.done(said, tube.state.word)
        if (back := BACK.get(deed)) is not None:
            self.undoable(said, back, [tube.id])
        if typed(self.scan.text()) == tube.accession or not self.scan.hasFocus():
            self.scan.clear()
        self.entered()

    def _refused(self, words: str, why: str) -> None:
        self.answer.refused(words, why)
        QApplication.beep()
        self.entered()

    def taken_back(self, words: str) -> None:
        """The answer to the last scan is no longer true."""
        super().taken_back(words)
        self.answer.nothing()
        self.entered()


def keep_scanned(work: Work, deed: Deed, words: str, where: str) -> Standing:
    """Do one deed with the tube that was scanned, and say where it is then."""
    tubes = tubes_scanned(work, words)
    if deed is Deed.STORE:
        service.store(work, tubes, where)
    elif deed is Deed.REFER:
        service.refer(work, tubes, where)
    else:
        plain = {
            Deed.TAKE_OUT: service.take_out,
            Deed.RETURN: service.take_back,
            Deed.DISPOSE: service.dispose,
            Deed.LOSE: service.lose,
            Deed.REOPEN: service.reopen,
        }
        plain[deed](work, tubes)
    return queries.standings(work, tubes)[tubes[0]]
