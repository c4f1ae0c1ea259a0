"""Registering people one by one: six fields, a card or the keyboard, one tube or several in one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from msgspec import Struct
from PyQt6.QtWidgets import QBoxLayout, QFrame

from admin_suite.core.clock import stamp
from admin_suite.core.codes import Code
from admin_suite.core.errors import Refused
from admin_suite.core.i18n import _
from admin_suite.db.origin import Origin
from admin_suite.db.work import Work
from admin_suite.registry import duplicates, people, senders, typed
from admin_suite.registry import queries as registry
from admin_suite.registry.people import PersonCard
from admin_suite.registry.permissions import KEEP
from admin_suite.registry.typed import Form
from admin_suite.ui import theme
from admin_suite.ui.page import ROOM_FOR_TWO, Page
from admin_suite.ui.printing import drawn, paper_of, print_file
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.choosing import Searched
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row
from admin_suite.ui.widgets.likeness import Candidates
from admin_suite.ui.widgets.person_form import PersonForm
from admin_suite.ui.widgets.text import text
from modules.lab import queries, service
from modules.lab.codes import Material, Subject
from modules.lab.rules import grouped
from modules.lab.rules import typed as typed_number
from modules.lab.service import NewSample

SIZES = (1, 5, 10)


class Registered(Struct, frozen=True):
    """A swab that was just registered: its tube, and how many swabs are in it by now."""

    specimen: int
    accession: str
    short: str
    name: str
    inside: int
    new: bool


class RegistrationPage(Page):
    """Enter moves on, in the last field it stores; sender and reason stay for the next person."""

    def build(self) -> None:
        """The person at the left, the session and who may be the same at the right."""
        self._uid, self._number, self._printing = "", "", ""
        self.store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        self.store.clicked.connect(self._store)
        self.close_tube = Button(_("Next tube"), "F6", "tube")
        self.close_tube.clicked.connect(self._next_tube)
        self.anew = Button(_("Empty the form"), "F9", "undo")
        self.anew.clicked.connect(self._begin_anew)
        self.print = Button(_("Print the label"), "Ctrl P", "print")
        self.print.clicked.connect(self._print)
        self._head = Head(_("Register one by one"), self.anew, self.store)
        self.form = PersonForm(self.runner)
        self.form.changed.connect(self._typed)
        self.form.begin()
        self.number = Field(
            _("Tube number"), _("Scan a printed label; empty: the next number is given"), room=1
        )
        self.number.edit.returnPressed.connect(self._store)
        self._last = column(gap=2)
        self.candidates = Candidates()
        self.candidates.wanted.connect(self._choose)
        person = card(_("Who it is"), self.form, self.number)
        sides = column(self._session(), framed(self._last), gap=theme.L)
        sides.addWidget(card(_("In the register already?"), self.candidates, 1), 1)
        self._both = row(person, framed(sides), gap=theme.L)
        self._both.setStretch(0, 3)
        self._both.setStretch(1, 2)
        self.lay_out(self._head, framed(self._both), 1)
        self._show_tube(None)

    def _session(self) -> QFrame:
        self.from_unit = Searched(_("Sender"))
        self.subject, self.material = _coded(Subject), _coded(Material)
        self.sizes = Segments(
            [_("One"), *(_("Pool of {count}").format(count=n) for n in SIZES[1:])],
            _("People in a tube"),
        )
        self.sizes.chosen.connect(lambda _n: self._next_tube())
        return card(
            _("This session"),
            labelled(_("Sender"), self.from_unit),
            row(
                labelled(_("Reason"), self.subject),
                labelled(_("Specimen"), self.material),
                gap=theme.M,
            ),
            labelled(_("People in a tube"), self.sizes),
            row(self.close_tube, self.print, 1, gap=theme.M),
            gap=theme.M,
        )

    def reload(self) -> None:
        """Ask which units send specimens."""
        self.ask(self._offer, senders.names)

    def entered(self) -> None:
        """Work begins with the name."""
        self.form.focus()

    def _fit(self) -> None:
        """Below each other where there is little room."""
        super()._fit()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if self.width() >= ROOM_FOR_TWO else down)

    def _offer(self, names: Sequence[str]) -> None:
        self.from_unit.offer([(name, name) for name in names])

    # -- who it is --------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._uid = ""
        self.ask(self.candidates.show_found, duplicates.alike, self.form.reading().form.person)

    def _choose(self, key: int) -> None:
        self.ask(self._chosen, people.person_card, key)

    def _chosen(self, found: PersonCard) -> None:
        """It is somebody of the register: the form says so, the swab will be theirs."""
        self.form.begin(found)
        self._uid = found.person.uid
        self.form.hints.say("done", _("The swab will be of this person of the register."))
        self.number.edit.setFocus()

    def _begin_anew(self) -> None:
        self.form.begin()
        self._uid = ""
        self.number.edit.clear()
        self.number.complain("")
        self.candidates.show_found(())
        self.form.focus()

    # -- storing ----------------------------------------------------------------------------------

    @property
    def planned(self) -> int:
        """How many people one tube shall hold."""
        return SIZES[self.sizes.at()]

    def _store(self) -> None:
        form = self.form.ready()
        if form is None:
            return
        if self.from_unit.unknown:
            said = _("There is no unit “{name}”. Choose one of the list, or empty the field.")
            self.notice.say("late", said.format(name=self.from_unit.unknown))
            self.from_unit.setFocus()
            return
        subject, material = self.subject.currentData(), self.material.currentData()
        sample = NewSample(
            form.person._replace(uid=self._uid),
            stamp(datetime.now(UTC)),
            subject=Subject.of(subject) if subject else None,
            specimen=Material.of(material) if material else None,
            number=typed_number(self.number.words) or self._number,
        )
        whole = self.runner.may(KEEP)
        verb = partial(register_one, form=form if whole else None, sender=self.from_unit.code)
        self.do(_("Storing"), self._stored, verb, sample).failed.connect(self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            wrong = {one.field: one.message for one in error.refusals}
            self.form.complain(wrong)
            if "number" in wrong:
                self.number.complain(wrong["number"])
                self.number.edit.setFocus()
                self.number.edit.selectAll()

    def _stored(self, done: Registered) -> None:
        self._begin_anew()
        if not done.new:
            said = _("{name} is in tube {number} already. Nothing was stored.")
            self.notice.say("late", said.format(name=done.name, number=grouped(done.accession)))
            return
        full = done.inside >= self.planned
        self._number = "" if full else done.accession
        self._show_tube(done)
        words = _("{name} is in tube {number}").format(
            name=done.name, number=grouped(done.accession)
        )
        self.undoable(words, service.withdraw, [done.specimen])

    def _next_tube(self) -> None:
        """The tube that was begun gets nobody else."""
        self._number = ""
        self._show_tube(None)
        self.form.focus()

    def taken_back(self, words: str) -> None:
        """Whoever was taken back is in no tube; the next one goes into a new one."""
        super().taken_back(words)
        self._next_tube()

    def _print(self) -> None:
        """The label of the tube that was registered last, on the roll."""
        module, paper = paper_of(self, "lab", "labels")
        values = {"accession": self._printing, "form": "roll"}
        self.ask(self._print_pdf, drawn, module, paper, values)

    def _print_pdf(self, pdf: bytes) -> None:
        print_file(self, _("Tube labels"), pdf, partial(self._printed, self._printing))

    def _printed(self, number: str) -> None:
        said = _("Sent to the printer")
        self.do(_("Noting"), lambda _n: self.said.emit(said), service.note_printed, [number])

    def _show_tube(self, done: Registered | None) -> None:
        """The number to scan, that of the day to write on large, and how full the tube is."""
        emptied(self._last)
        self.close_tube.setEnabled(bool(self._number))
        self._printing = done.accession if done else ""
        self.print.setEnabled(bool(done))
        if done is None:
            self._head.say("")
            return
        whole = grouped(done.accession)
        large = text(done.short, "display")
        large.setAccessibleName(_("{short}, tube {number}").format(short=done.short, number=whole))
        self._last.addWidget(large)
        self._last.addWidget(text(whole, "strong"))
        count = _("{n} of {m} people are in this tube").format(n=done.inside, m=self.planned)
        self._last.addWidget(text(f"{done.name} · {count}", wrap=True))
        self._head.say(count)


def register_one(
    work: Work, sample: NewSample, form: Form | None = None, sender: str = ""
) -> Registered:
    """Register one swab, with all that the form says of the person."""
    if form is not None and not sample.person.uid:
        entered = typed.enter(work, form)
        known = registry.person(work, entered.id)
        sample = sample._replace(person=sample.person._replace(uid=known.uid))
    done = service.register(work, [sample], Origin(sender=sender))
    [swab] = queries.sample_rows(work, done.ids)
    inside = queries.sizes(work, [swab.tube_id])[swab.tube_id]
    short = queries.day_numbers(work, [swab.accession])[swab.accession]
    return Registered(swab.id, swab.accession, short, swab.name, inside, bool(done.new))


def _coded(kind: type[Code]) -> Choice:
    made = Choice()
    made.setMinimumHeight(theme.CONTROL)
    made.offer([("", _("Not said")), *((str(code), code.word) for code in kind)])
    return made
