"""Receiving tubes with the scanner: one field that always has the focus, one big answer."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtWidgets import QApplication, QFrame, QHBoxLayout

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.db.work import Work
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import empty
from admin_suite.ui.widgets.chips import Shape, Status
from admin_suite.ui.widgets.forms import Line, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, named, row
from admin_suite.ui.widgets.text import text, toned
from modules.lab import day, queries, service
from modules.lab.codes import Unfit
from modules.lab.day import Arrival, ListRow
from modules.lab.pages.rejecting import Rejecting
from modules.lab.permissions import REGISTER, SEE
from modules.lab.rules import ACCESSION, grouped, typed

NAMES_SHOWN = 5
FIELD_HEIGHT = 44


class ReceptionPage(Page):
    """A wrong scan keeps the focus and says why, in words that stay until the next good one."""

    shows = frozenset({"lab_tube", "lab_list"})

    def build(self) -> None:
        """The scan field, the answer to the last scan, the lists that are not all here."""
        self._list_id, self._last, self._number = 0, 0, ""
        name, title = "lab.reception", _("Lists that are not all here")
        listed = Listed(name, title, columns(), line_of, _("{n} lists shown"), SEE)
        self.list = WholeList(self, listed)
        self.table, self.model, self.stack = self.list.table, self.list.model, self.list.stack
        self._head = Head(_("Receive specimens"), self.list.export, *self._deeds())
        self.scan = named(Line(), _("Tube number"))
        self.scan.setPlaceholderText(_("Scan a tube, or type its number and press Enter"))
        self.scan.setProperty("large", True)
        self.scan.setMinimumHeight(FIELD_HEIGHT)
        self.scan.returnPressed.connect(self._scanned)
        self.answer = Answer()
        self.rejecting = Rejecting()
        self.rejecting.wanted.connect(self._reject)
        self.table.moved.connect(self._chose)
        self.table.opened.connect(lambda _line: self.entered())
        self.stack.addWidget(self._empty())
        self.lay_out(
            self._head,
            labelled(_("Tube number"), self.scan),
            framed(beside(self.answer, self.bad)),
            self.rejecting,
            row(text(title, "heading"), self.list.tools(self.box)),
            self.stack,
        )

    def _deeds(self) -> list[Button]:
        self.all = Button(_("Receive the whole list"), "F8", "done")
        self.all.clicked.connect(self._receive_all)
        self.box = Button(_("Hand-over record"), "F9", "note")
        self.box.clicked.connect(self._begin_box)
        self.bad = Button(_("Reject"), "F6", "close")
        self.bad.clicked.connect(self._open_rejecting)
        for button in (self.all, self.box, self.bad):
            button.setEnabled(False)
        focus = Button(_("Scan"), "F2", "barcode", "primary")
        focus.clicked.connect(self.entered)
        return [self.all, focus]

    def _empty(self) -> QFrame:
        steps = []
        if self.runner.may(REGISTER):
            bring = Button(_("Import from Excel"), "Ctrl I", "import")
            bring.clicked.connect(lambda: self.bring.emit(""))
            steps.append(bring)
        about = _("Every tube of every list is here. The next sampling list brings the next tubes.")
        return empty("barcode", _("No tube is to be received"), about, *steps)

    def reload(self) -> None:
        """Ask again which lists are not all here."""
        self.ask(self._show_lists, day.lists_expected)

    def entered(self) -> None:
        """The scanner writes here."""
        self.scan.setFocus()
        self.scan.selectAll()

    def open_at(self, key: int) -> None:
        """Choose a list."""
        self._list_id = key
        self._mark_list()

    def escape(self) -> bool:
        """Back to the field first."""
        if super().escape():
            return True
        if not self.rejecting.isHidden():
            self.rejecting.hide()
            self.entered()
            return True
        if self.scan.text() or not self.scan.hasFocus():
            self.scan.clear()
            self.entered()
            return True
        return False

    # -- one tube ---------------------------------------------------------------------------------

    def _scanned(self) -> None:
        words = self.scan.text().strip()
        if words:
            self.scan.selectAll()
            job = self.runner.do(receive_scanned, words)
            job.on_refusal(partial(self._refused, words)).finished.connect(self._received)

    def _received(self, arrival: Arrival) -> None:
        self.answer.received(arrival)
        self._last, self._number = arrival.tube_id, arrival.accession
        self.bad.setEnabled(True)
        self.rejecting.hide()
        number = _("{number} received").format(number=grouped(arrival.accession))
        self.undoable(number, service.unreceive, [arrival.tube_id])
        self._list_id = arrival.list_id
        said = _("{title}: {n} of {m} tubes are here")
        title = arrival.title or arrival.sender
        self._head.say(said.format(title=title, n=arrival.received, m=arrival.stated))
        if typed(self.scan.text()) == arrival.accession or not self.scan.hasFocus():
            self.scan.clear()
        self.entered()

    def _refused(self, words: str, why: str) -> None:
        """Say why; the tube that was just received, scanned twice, is no reason for alarm."""
        if typed(words) == self._number:
            self.answer.again(why)
        else:
            self.answer.refused(words, why)
            QApplication.beep()
        self.entered()

    # -- a tube that is unfit ---------------------------------------------------------------------

    def _open_rejecting(self) -> None:
        if self._last:
            self.rejecting.open()

    def _reject(self, reason: str, note: str) -> None:
        unfit = Unfit.of(reason) if reason else None
        self.do(_("Rejecting"), self._rejected, service.reject, [self._last], unfit, note)

    def _rejected(self, _count: int) -> None:
        self.rejecting.hide()
        self._number = ""
        self.bad.setEnabled(False)
        self.answer.rejected()
        words = _("The tube is rejected; everybody in it is to be swabbed again")
        self.undoable(words, service.unreject, [self._last])
        self.entered()

    def _begin_box(self) -> None:
        if self._list_id:
            self.do(_("Beginning"), self._begun, service.begin_handover, self._list_id)

    def _begun(self, number: int) -> None:
        self.go.emit("lab.handover", number)

    # -- whole lists ------------------------------------------------------------------------------

    def _show_lists(self, lists: Sequence[ListRow]) -> None:
        self.list.show(lists)
        left = sum(row.stated - row.received for row in lists)
        self.status.emit(_("{n} tubes are to be received").format(n=figure(left)))
        self._mark_list()

    def _mark_list(self) -> None:
        at = self.model.place_of(lambda line: line.id == self._list_id)
        if at >= 0:
            self.table.go_to(at)
        else:
            self._chose(self.table.currentIndex().row())

    def _chose(self, at: int) -> None:
        line: ListRow | None = self.model.line(at) if at >= 0 else None
        self.all.setEnabled(line is not None)
        self.box.setEnabled(line is not None)
        words = _("Receive the whole list")
        if line is not None:
            self._list_id = line.id
            left = line.stated - line.received
            words = _("Receive all {n} of this list").format(n=figure(left))
        self.all.say(words)

    def _receive_all(self) -> None:
        self.do(_("Receiving"), self._received_all, receive_list, self._list_id)
        self.entered()

    def _received_all(self, tubes: Sequence[int]) -> None:
        words = _("{n} tubes received").format(n=figure(len(tubes)))
        self.undoable(words, service.unreceive, tubes)

    def taken_back(self, words: str) -> None:
        """The answer to the last scan is no longer true."""
        super().taken_back(words)
        self.answer.nothing()
        self._number = ""
        self.bad.setEnabled(False)
        self.rejecting.hide()
        self._head.say("")
        self.entered()


class Answer(QFrame):
    """What the last scan did: colour, shape, number, people and words, large enough from afar."""

    def __init__(self) -> None:
        super().__init__()
        self._shape, self._number = Shape("wait", 20), ""
        self.short = text("", "display")
        self.title, self.about = text("", "title", wrap=True), text("", wrap=True)
        words = column(self.title, self.about, gap=2)
        inside = row(self._shape, self.short, words, gap=theme.L, pad=(theme.L, theme.M))
        inside.setStretch(2, 1)
        self.setLayout(inside)
        self.nothing()

    def nothing(self) -> None:
        """No tube was scanned, or the last scan was taken back."""
        self._tone("wait")
        self.title.setText(_("Scan the first tube"))
        self.about.setText(_("The answer stands here and stays until the next scan."))

    def received(self, arrival: Arrival) -> None:
        """A tube is in; its number of the day is what is written on it."""
        self._tone("done", arrival.short)
        number = self._number = grouped(arrival.accession)
        self.title.setText(_("{number} received").format(number=number))
        people = ", ".join(arrival.people[:NAMES_SHOWN])
        if len(arrival.people) > NAMES_SHOWN:
            more = len(arrival.people) - NAMES_SHOWN
            people = _("{names} and {n} more").format(names=people, n=more)
        self.about.setText(f"{people} · {arrival.sender} · {arrival.received_at}")
        self.setAccessibleName(f"{self.title.text()}. {self.about.text()}")

    def done(self, said: str, about: str) -> None:
        """Something else was done with a tube."""
        self._tone("done")
        self.title.setText(said)
        self.about.setText(about)
        self.setAccessibleName(f"{said}. {about}")

    def rejected(self) -> None:
        """The tube that was received last is unfit."""
        self._tone("bad", self.short.text())
        self.title.setText(_("Rejected: {number}").format(number=self._number))
        self.setAccessibleName(f"{self.title.text()}. {self.about.text()}")

    def again(self, why: str) -> None:
        """The scanner read the last tube twice."""
        self._tone("wait", self.short.text())
        self.title.setText(why)
        self.about.setText(_("The same tube again: nothing was changed."))
        self.setAccessibleName(f"{why} {self.about.text()}")

    def refused(self, words: str, why: str) -> None:
        """A scan did nothing; ``why`` stays."""
        self._tone("bad")
        self.title.setText(why)
        self.about.setText(
            _("Scanned: {words}. Scan again, or type the number.").format(words=words)
        )
        self.setAccessibleName(f"{why} {self.about.text()}")

    def _tone(self, tone: str, short: str = "") -> None:
        self.short.setText(short)
        self.short.setVisible(bool(short))
        self._shape.tone = tone
        self._shape.update()
        self.setObjectName(f"notice-{tone}")
        toned(self.title, tone)
        style = self.style()
        if style is not None:
            style.unpolish(self)
            style.polish(self)


def beside(answer: QFrame, deed: Button) -> QHBoxLayout:
    """What can be done with the tube of an answer stands at its right."""
    made = row(answer, deed, gap=theme.M)
    made.setStretch(0, 1)
    return made


def tubes_scanned(work: Work, words: str) -> list[int]:
    """The tube of our number, or of the code its list gave it."""
    if ACCESSION.fullmatch(typed(words)):
        return queries.tube_ids(work, [words])
    try:
        return queries.tube_ids_by_code(work, [words])
    except UserError:
        return queries.tube_ids(work, [words])


def receive_scanned(work: Work, words: str) -> Arrival:
    """Receive the tube that was scanned."""
    tubes = tubes_scanned(work, words)
    service.receive(work, tubes)
    return day.arrival(work, tubes[0])


def receive_list(work: Work, list_id: int) -> list[int]:
    """Receive every tube of a list that is still to come, and return them."""
    tubes = day.expected_in(work, list_id)
    service.receive(work, tubes)
    return tubes


def columns() -> list[Column]:
    """The headings of the lists."""
    return [
        Column("title", _("List")),
        Column("sender", _("Sender"), 260, room=760),
        Column("collected_on", _("Collected"), 110, room=700),
        Column("received", _("Received"), 110, figures=True),
        Column("left", _("To come"), 100, figures=True, room=820, sums=True),
        Column("stage", _("State"), 170),
    ]


def line_of(line: ListRow) -> Sequence[str | Cell]:
    """A list as cells."""
    status = Status(
        "busy" if line.received else "wait",
        _("{n} to come").format(n=figure(line.stated - line.received)),
    )
    return (
        Cell(line.title or line.sender, role="strong"),
        line.sender,
        line.collected_on,
        f"{figure(line.received)}/{figure(line.stated)}",
        Cell(figure(line.stated - line.received), amount=line.stated - line.received),
        Cell(status=status),
    )
