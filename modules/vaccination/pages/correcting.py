"""Asking for a correction, of a person or a dose, and the list of what was asked for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PyQt6.QtWidgets import QWidget

from admin_suite.core.clock import day_shown, shown
from admin_suite.core.i18n import _
from admin_suite.registry import people
from admin_suite.registry.people import PersonCard
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.dates import typed_day
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.chips import Status
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from modules.vaccination import formats, queries, service
from modules.vaccination.codes import ELSEWHERE_SOURCES, OF_DOSE, OF_PERSON, Asked, Source, Wrong
from modules.vaccination.queries.corrections import CorrectionRow, WholeDose
from modules.vaccination.queries.doses import DoseLine

PERSON = ""  # what the request is of: neither a dose nor that one is missing
SHOWN: Mapping[Wrong, tuple[Wrong, ...]] = {  # which fields a kind of request has
    Wrong.NEVER: (),
    Wrong.MISSING: (*OF_DOSE, Wrong.MISSING),
    **{one: (one,) for one in OF_DOSE},
}


class AskingForm:
    """Of what, what is wrong with it, and what it should be; shows only what this one needs."""

    def __init__(
        self, page: Page, person_id: int, doses: Sequence[DoseLine], products: Collection[str]
    ) -> None:
        self._page, self._person = page, person_id
        self.about, self.which, self.product = Choice(), Choice(), Choice()
        self.value, self.evidence = Field(_("Should be")), Field(_("Evidence"))
        self.source = Choice()
        self.source.offer((one.value, one.word) for one in ELSEWHERE_SOURCES)
        told = [(str(one.id), one.dated) for one in reversed(doses)]
        missing = (Wrong.MISSING.value, Wrong.MISSING.word)
        self.about.offer([(PERSON, _("Data of the person")), *told, missing])
        self._texts = {
            Wrong.ON: Field(Wrong.ON.word),
            Wrong.LOT: Field(Wrong.LOT.word),
            Wrong.PLACE: Field(Wrong.PLACE.word),
            Wrong.STATED: Field(Wrong.STATED.word),
        }
        self._whose = labelled(_("Person or dose"), self.about)
        self._what = labelled(_("What is wrong"), self.which)
        self._rows: dict[Wrong, QWidget] = {
            Wrong.ON: self._texts[Wrong.ON],
            Wrong.PRODUCT: labelled(Wrong.PRODUCT.word, self.product),
            Wrong.LOT: self._texts[Wrong.LOT],
            Wrong.STATED: self._texts[Wrong.STATED],
            Wrong.PLACE: self._texts[Wrong.PLACE],
            Wrong.MISSING: labelled(_("Known from"), self.source),
        }
        self.about.activated.connect(lambda _n: self._of_what())
        self.which.activated.connect(lambda _n: self._fit())
        self.product.offer([("", _("Not said")), *((name, name) for name in products)])

    def items(self) -> list[QWidget]:
        """The form from top to bottom."""
        return [self._whose, self._what, self.value, *self._rows.values(), self.evidence]

    @property
    def wrong(self) -> Wrong:
        """What is wrong."""
        if self.about.currentData() == Wrong.MISSING.value:
            return Wrong.MISSING
        return Wrong.of(str(self.which.currentData()))

    def _of_what(self) -> None:
        of = str(self.about.currentData())
        kinds = OF_PERSON if of == PERSON else (*OF_DOSE, Wrong.NEVER)
        self.which.offer((one.value, one.word) for one in kinds)
        self.which.setCurrentIndex(0)
        self._fit()

    def _fit(self) -> None:
        wrong = self.wrong
        self._what.setVisible(wrong is not Wrong.MISSING)
        self.value.setVisible(wrong in OF_PERSON)
        for one, widget in self._rows.items():
            widget.setVisible(one in SHOWN.get(wrong, ()))

    def begin(self) -> None:
        """Once it has its place, for what is shown without one is a window: what it should be."""
        self._of_what()
        self.value.edit.setFocus()

    def ask(self) -> None:
        """Send it."""
        evidence = self.evidence.words
        if self.wrong is Wrong.MISSING:
            self._send(service.ask_missing, self._missing(), evidence)
            return
        of = str(self.about.currentData())
        dose = int(of) if of != PERSON else None
        self._send(service.ask_correction, self.wrong.value, self._new(), evidence, dose)

    def _send(self, verb: Any, *said: Any) -> None:
        self._page.do(_("Writing down"), partial(_asked, self._page), verb, self._person, *said)

    def _new(self) -> str:
        wrong = self.wrong
        if wrong is Wrong.PRODUCT:
            return str(self.product.currentData() or "")
        if wrong is Wrong.ON:
            return typed_day(self._texts[wrong].words)
        return self._texts[wrong].words if wrong in self._texts else self.value.words

    def _missing(self) -> WholeDose:
        said = {one: field.words for one, field in self._texts.items()}
        return WholeDose(
            typed_day(said[Wrong.ON]),
            str(self.product.currentData() or ""),
            said[Wrong.LOT],
            formats.which(said[Wrong.STATED]),
            said[Wrong.PLACE],
            Source.of(str(self.source.currentData())),
        )


def ask_correction(page: Page, person_id: int, name: str, doses: Sequence[DoseLine] = ()) -> None:
    """Ask what is to be corrected of somebody or his doses, and give the request its number."""
    page.ask(partial(_show_form, page, person_id, name, doses), queries.regimen.products)


def _show_form(
    page: Page, person_id: int, name: str, doses: Sequence[DoseLine], products: Collection[str]
) -> None:
    if page.drawer is None:
        return
    form = AskingForm(page, person_id, doses, products)
    button = Button(_("Ask for a correction"), "Ctrl Enter", "done", "primary")
    button.clicked.connect(form.ask)
    page.drawer.show_card(_("Ask for a correction"), name, form.items(), button)
    page.show_beside()
    form.begin()


def ask_whose(page: Page) -> None:
    """Find the person who asks for a correction; then ask what."""
    if page.drawer is None:
        return
    who = Picker(_("Name, number or card"), page.runner)
    who.picked.connect(lambda: page.ask(partial(_found, page), people.person_card, who.key))
    page.drawer.show_card(_("Ask for a correction"), _("Whose?"), [who])
    page.show_beside()
    who.edit.setFocus()


def _found(page: Page, card: PersonCard) -> None:
    one = card.person
    then: Any = lambda lines: ask_correction(page, one.id, one.name, lines.get(one.id, ()))  # noqa: E731
    page.ask(then, queries.doses.lines_of, {one.id: one.dob})


def _asked(page: Page, key: int) -> None:
    """Say what whoever asks is told: under which number he is answered, and until when."""
    page.close_card()
    page.ask(partial(_numbered, page), queries.corrections.asked_for, key)


def _numbered(page: Page, told: tuple[str, date]) -> None:
    said = _("Request {number} is answered until {day}.")
    page.notice.say("done", said.format(number=told[0], day=day_shown(told[1])))


# -- the list -------------------------------------------------------------------------------------


def asked_columns() -> list[Column]:
    """The headings of the requests."""
    return [
        Column("number", _("Number"), 140),
        Column("name", _("Full name")),
        Column("field", _("What is wrong"), 190, room=900),
        Column("new", _("Should be"), 220, room=760),
        Column("due_on", _("Answer until"), 120, figures=True),
        Column("state", _("State"), 150),
    ]


def asked_line(one: CorrectionRow) -> Sequence[str | Cell]:
    """A request as cells."""
    return (
        Cell(one.number, role="strong"),
        one.name,
        one.field.word,
        one.wanted,
        shown(one.due_on),
        Cell(status=asked_status(one)),
    )


def asked_status(one: CorrectionRow) -> Status:
    """How far a request has come."""
    tones = {Asked.OPEN: "busy", Asked.DONE: "done", Asked.DECLINED: "wait"}
    return Status("late" if one.late else tones[one.state], one.state.word)
