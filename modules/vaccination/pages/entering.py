"""Registering for vaccination one by one, with one dose that was given elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PyQt6.QtWidgets import QBoxLayout, QFrame, QWidget

from admin_suite.core.errors import Refused
from admin_suite.core.i18n import N_, _
from admin_suite.db.origin import Origin
from admin_suite.db.work import Work
from admin_suite.registry import duplicates, people, senders, typed
from admin_suite.registry import queries as registry
from admin_suite.registry.people import PersonCard
from admin_suite.registry.permissions import KEEP
from admin_suite.registry.typed import Form
from admin_suite.ui import theme
from admin_suite.ui.dates import typed_day
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.page import ROOM_FOR_TWO, Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.choosing import Searched
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.likeness import Candidates
from admin_suite.ui.widgets.person_form import PersonForm
from modules.vaccination import formats, queries, service
from modules.vaccination.codes import ELSEWHERE_SOURCES, Match, Reliability, Source
from modules.vaccination.queries.registrations import RegistrationRow
from modules.vaccination.service import NewDose, NewRegistration


class Entered(NamedTuple):
    """What was stored: whose, which registration and doses are new, what the platform minds.

    ``doubts`` are the verdicts of new doses that are not valid, with their reasons.
    """

    name: str
    registrations: tuple[int, ...]
    doses: tuple[int, ...]
    match: Match | None
    doubts: tuple[str, ...]


class EnteringPage(Page):
    """Enter moves on, Ctrl Enter stores; sender and group stay for the next person."""

    def build(self) -> None:
        """The person at the left, group and dose at the right."""
        self._uid = ""
        self.store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        self.store.clicked.connect(self._store)
        self.anew = Button(_("Empty the form"), "F9", "undo")
        self.anew.clicked.connect(self._begin_anew)
        self.form = PersonForm(self.runner)
        self.form.changed.connect(self._typed)
        self.form.begin()
        self.candidates = Candidates()
        self.candidates.wanted.connect(self._choose)
        sides = column(self._registration(), self._dose(), gap=theme.L)
        sides.addWidget(card(_("In the register already?"), self.candidates, 1), 1)
        self._both = row(card(_("Who it is"), self.form, 1), framed(sides), gap=theme.L)
        self._both.setStretch(0, 3)
        self._both.setStretch(1, 2)
        head = Head(_("Register for vaccination"), self.anew, self.store)
        self.lay_out(head, framed(self._both), 1)
        title = N_("Register for vaccination")
        self.draft = FormDraft(self, "vaccination.entering", title, self._parts())
        self._awaited = {"units", "groups", "vaccines"}

    def _parts(self) -> dict[str, QWidget]:
        """What is typed into or chosen, by name; the sender stays for the next person."""
        mine: dict[str, QWidget] = {
            "group": self.group,
            "on": self.on,
            "product": self.product,
            "lot": self.lot,
            "place": self.place,
            "source": self.source,
            "sure": self.reliability,
        }
        return {**self.form.parts(), **mine}

    def _registration(self) -> QFrame:
        self.group, self.from_unit = Choice(), Searched(_("Sender"))
        self.group.setMinimumHeight(theme.CONTROL)
        group = labelled(_("Priority group"), self.group)
        return card(_("Registrations"), group, labelled(_("Sender"), self.from_unit), gap=theme.M)

    def _dose(self) -> QFrame:
        self.product, self.source, self.reliability = Choice(), Choice(), Choice()
        self.source.offer((one.value, one.word) for one in ELSEWHERE_SOURCES)
        self.reliability.offer((how.value, how.word) for how in Reliability)
        self.reliability.setCurrentIndex(self.reliability.findData(Reliability.UNKNOWN.value))
        self.on = Field(_("Day of the injection"), _("Empty: no dose is entered"))
        self.lot, self.place = Field(_("Lot")), Field(_("Place of the injection"))
        return card(
            _("A dose given elsewhere"),
            self.on,
            labelled(_("Vaccine"), self.product),
            self.lot,
            self.place,
            row(
                labelled(_("Known from"), self.source),
                labelled(_("How sure"), self.reliability),
                gap=theme.M,
            ),
            gap=theme.M,
        )

    def reload(self) -> None:
        """Ask which units, groups and vaccines there are."""
        self.ask(self._offer_units, senders.names)
        self.ask(self._offer_groups, queries.regimen.groups)
        self.ask(self._offer_products, queries.regimen.products)

    def entered(self) -> None:
        """Work begins with the name."""
        self.form.focus()

    def _fit(self) -> None:
        """Below each other where there is little room."""
        super()._fit()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if self.width() >= ROOM_FOR_TWO else down)

    def _offer_units(self, names: Sequence[str]) -> None:
        self.from_unit.offer([(name, name) for name in names])
        self._offered("units")

    def _offer_groups(self, groups: Mapping[int, str]) -> None:
        numbered = ((str(n), f"{n}. {name}") for n, name in groups.items())
        self.group.offer([("", _("Not said")), *numbered])
        self._offered("groups")

    def _offer_products(self, products: Mapping[str, object]) -> None:
        self.product.offer([("", _("Not said")), *((name, name) for name in products)])
        self._offered("vaccines")

    def _offered(self, what: str) -> None:
        """What was typed before a power cut is put back once all its choices are there."""
        if self._awaited:
            self._awaited.discard(what)
            if not self._awaited:
                self.draft.begin()

    # -- who it is --------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._uid = ""
        self.ask(self.candidates.show_found, duplicates.alike, self.form.reading().form.person)

    def _choose(self, key: int) -> None:
        self.ask(self._chosen, people.person_card, key)

    def _chosen(self, found: PersonCard) -> None:
        """It is somebody of the register: registration and dose will be theirs."""
        self.form.begin(found)
        self._uid = found.person.uid
        self.form.hints.say("done", _("It will be stored for this person of the register."))
        self.on.edit.setFocus()

    def _begin_anew(self) -> None:
        self.draft.drop()
        self.form.begin()
        self._uid = ""
        for field in (self.on, self.lot, self.place):
            field.edit.clear()
            field.complain("")
        self.candidates.show_found(())
        self.draft.begin()
        self.form.focus()

    # -- storing ----------------------------------------------------------------------------------

    def _store(self) -> None:
        form = self.form.ready()
        if form is None:
            return
        if self.from_unit.unknown:
            said = _("There is no unit “{name}”. Choose one of the list, or empty the field.")
            self.notice.say("late", said.format(name=self.from_unit.unknown))
            self.from_unit.setFocus()
            return
        person, group = form.person._replace(uid=self._uid), str(self.group.currentData() or "")
        wanted = NewRegistration(person, int(group) if group else None)
        verb = partial(
            enter_one,
            dose=self._said(wanted),
            form=form if self.runner.may(KEEP) else None,
            sender=self.from_unit.code,
        )
        self.do(_("Storing"), self._stored, verb, wanted).failed.connect(self._refused)

    def _said(self, wanted: NewRegistration) -> NewDose | None:
        """The dose that was typed; without a day there is none."""
        if not self.on.words.strip():
            return None
        return NewDose(
            wanted.person,
            typed_day(self.on.words),
            str(self.product.currentData() or ""),
            formats.lot_number(self.lot.words),
            place=self.place.words.strip(),
            source=Source.of(str(self.source.currentData())),
            reliability=Reliability.of(str(self.reliability.currentData())),
        )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            wrong = {one.field: one.message for one in error.refusals}
            self.form.complain(wrong)
            if "on" in wrong:
                self.on.complain(wrong["on"])
                self.on.edit.setFocus()

    def _stored(self, done: Entered) -> None:
        self._begin_anew()
        if not done.registrations and not done.doses:
            said = _("{name} is registered already, and no dose is new. Nothing was stored.")
            self.notice.say("late", said.format(name=done.name))
            return
        doubts = list(done.doubts)
        if done.match is not None:
            said = _("{name} is stored; the national platform would not match: {word}.")
            doubts.insert(0, said.format(name=done.name, word=done.match.word))
        if doubts:
            self.notice.say("late", "\n".join(doubts))
        words = _("{name} is registered for vaccination").format(name=done.name)
        self.undoable(words, take_back_one, done)


def enter_one(
    work: Work,
    wanted: NewRegistration,
    dose: NewDose | None = None,
    form: Form | None = None,
    sender: str = "",
) -> Entered:
    """Register one person, with all that the form says of him, and a dose given elsewhere."""
    if form is not None and not wanted.person.uid:
        entered = typed.enter(work, form)
        known = registry.person(work, entered.id)
        wanted = wanted._replace(person=wanted.person._replace(uid=known.uid))
    origin = Origin(sender=sender)
    done = service.register(work, [wanted], origin)
    new: tuple[int, ...] = ()
    if dose is not None:
        told = service.enter_doses(work, [dose._replace(person=wanted.person)], origin)
        new = tuple(sorted(told.added))
    [line] = queries.registrations.registration_rows(work, done.ids)
    doubts = tuple(_doubts(work, line, new))
    return Entered(line.name, tuple(sorted(done.added)), new, line.match, doubts)


def _doubts(work: Work, line: RegistrationRow, new: Sequence[int]) -> Iterator[str]:
    """What is to be said of new doses."""
    lines = queries.doses.lines_of(work, {line.person_id: line.dob})
    for one in lines.get(line.person_id, ()):
        if one.id in new and one.doubtful:
            yield f"{one.word}: {'; '.join(one.reasons)}"


def take_back_one(work: Work, done: Entered) -> None:
    """Take back what was stored of one person, the dose first."""
    if done.doses:
        service.withdraw_doses(work, done.doses, _("Entered by mistake"))
    if done.registrations:
        service.withdraw(work, done.registrations)
