"""What stands over and under the papers of a unit, from which day on; below it how it will look."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from msgspec import Struct
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from admin_suite.core.clock import shown
from admin_suite.core.errors import Refused
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.documents.parts import MOTTO, STATE
from admin_suite.documents.writing import long_date
from admin_suite.module import Module
from admin_suite.registry import queries, units
from admin_suite.registry.codes import Form
from admin_suite.registry.queries import UnitRow
from admin_suite.registry.units import Face, NewLetterhead, NewSignatory, Signer
from admin_suite.ui import theme
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, card
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import CENTRE, Item, column, emptied, framed, row
from admin_suite.ui.widgets.likeness import Line
from admin_suite.ui.widgets.person_form import today
from admin_suite.ui.widgets.text import text

TWO = 800
UNITS, FACE, SIGNER = "registry.units", "letterhead", "signatory"


class Papers(Struct, frozen=True):
    """Everything the page shows."""

    own: UnitRow
    units: Sequence[UnitRow]
    faces: Sequence[Face]
    signers: Sequence[Signer]
    face: Face
    signer: Signer | None


def papers(work: Work, unit: int, day: date) -> Papers:
    """What is said of all units, and how the papers of one look on a day."""
    own = queries.own_unit(work)
    key = unit or own.id
    face, signer = units.face_on(work, day, key), units.signer_on(work, "", day, key)
    known = (queries.units(work), units.faces(work), units.signers(work))
    return Papers(own, *known, face, signer)


class UnitsPage(Page):
    """A line of another day begins a new one; the old papers keep what they said."""

    shows = frozenset({"registry_unit", "registry_letterhead", "registry_signatory"})

    def build(self) -> None:
        """Which unit, what is said of it, how it looks."""
        self._found: Papers | None = None
        self._draft: FormDraft | None = None
        self._resumed, self._coming = "", False
        self.add_signer = Button(_("New signatory"), "F6", "add")
        self.add_signer.clicked.connect(lambda _on: self._ask_signer(None))
        self.add_face = Button(_("New letterhead"), "F2", "add", "primary")
        self.add_face.clicked.connect(lambda _on: self._ask_face(None))
        self._head = Head(_("Units and letterheads"), self.add_signer, self.add_face)
        self.unit, self.day = Choice(), Day()
        self.unit.setMinimumWidth(280)
        self.unit.activated.connect(lambda _n: self.reload())
        self.day.dateChanged.connect(lambda _day: self.reload())
        choice = row(labelled(_("Unit"), self.unit), labelled(_("On this day"), self.day), 1)
        self._faces, self._signers, self.preview = column(), column(), column()
        left = column(
            card(_("Letterheads"), framed(self._faces)),
            card(_("Who signs"), framed(self._signers)),
            1,
            gap=theme.L,
        )
        right = column(card(_("So it will look"), framed(self.preview)), 1)
        self._both = row(framed(left), framed(right), gap=theme.L)
        self._both.setStretch(0, 1)
        self._both.setStretch(1, 1)
        self.lay_out(self._head, choice, framed(self._both), 1, drawer=Drawer())

    def reload(self) -> None:
        """Ask what is said of units."""
        key = int(self.unit.currentData() or 0)
        self.ask(self._show, papers, key, date.fromisoformat(self.day.iso))

    def entered(self) -> None:
        """Work begins with the unit."""
        self.unit.setFocus()

    def open_at(self, key: int) -> None:
        """The papers of this unit."""
        self._coming = True
        self.ask(partial(self._show_unit, key), papers, key, date.fromisoformat(self.day.iso))

    def _show_unit(self, key: int, found: Papers) -> None:
        self._show(found)
        self.unit.setCurrentIndex(max(0, self.unit.findData(key)))
        self._show(found)
        self._coming = False
        self._open_kept()

    def resume(self, which: str) -> None:
        """Open the form whose draft was kept, as soon as its unit is here."""
        self._resumed = which
        if not self._coming:
            self._open_kept()

    def _open_kept(self) -> None:
        form, self._resumed = self._resumed, ""
        if form:
            (self._ask_signer if form == SIGNER else self._ask_face)(None)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Below each other where there is little room."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if self.width() >= TWO else down)

    def _show(self, found: Papers) -> None:
        self._found = found
        if self.unit.count() != len(found.units):
            chosen = int(self.unit.currentData() or found.own.id)
            self.unit.clear()
            for one in found.units:
                self.unit.addItem(one.name, one.id)
            self.unit.setCurrentIndex(max(0, self.unit.findData(chosen)))
        name = self.unit.currentText()
        self._fill(self._faces, [self._face_line(f) for f in found.faces if f.unit == name])
        self._fill(self._signers, [self._signer_line(s) for s in found.signers if s.unit == name])
        emptied(self.preview)
        self.preview.addWidget(look(found.face, found.signer, date.fromisoformat(self.day.iso)))

    def _fill(self, where: QVBoxLayout, lines: Sequence[QWidget]) -> None:
        emptied(where)
        for line in lines or [text(_("Nothing is said yet."), "small", wrap=True)]:
            where.addWidget(line)

    def _face_line(self, face: Face) -> Line:
        since = _("From {day}").format(day=shown(face.valid_from))
        head = ", ".join(one for one in (face.head_title, face.head_name, face.phone) if one)
        line = Line(
            face.name, face.governing, " · ".join(p for p in (since, face.place) if p), head
        )
        line.clicked.connect(lambda: self._ask_face(face))
        return line

    def _signer_line(self, signer: Signer) -> Line:
        since = _("From {day}").format(day=shown(signer.valid_from))
        which = self._paper_titles().get(signer.paper, "") or _("All papers")
        line = Line(signer.name or "…", ", ".join(signer.heads), f"{since} · {which}")
        line.clicked.connect(lambda: self._ask_signer(signer))
        return line

    def _paper_titles(self) -> dict[str, str]:
        modules: Sequence[Module] = self.runner.modules
        return {
            f"{module.name}.{paper.name}": _(paper.title)
            for module in modules
            for paper in module.papers
        }

    # -- forms ------------------------------------------------------------------------------------

    def _unit_name(self) -> str:
        found = self._found
        if found is None or self.unit.currentData() == found.own.id:
            return ""
        return self.unit.currentText()

    def _ask_face(self, face: Face | None) -> None:
        found = face or (self._found.face if self._found else None)
        since = _day(face.valid_from if face else "")
        labels = {
            "governing": _("Governing body"),
            "name": _("Name on papers"),
            "place": _("Place on papers"),
            "head_name": _("Name of the head"),
            "head_title": _("Title of the head"),
            "phone": _("Telephone"),
        }
        fields = {name: Field(label) for name, label in labels.items()}
        for name, field in fields.items():
            field.edit.setText(getattr(found, name, ""))

        def send() -> None:
            values = {name: field.words for name, field in fields.items()}
            day = date.fromisoformat(since.iso)
            new = NewLetterhead(day, self._unit_name(), **values)
            self._send(units.set_letterheads, new, fields)

        items = (labelled(_("Valid from"), since), *fields.values())
        self._form(_("Letterhead"), items, send, fields["governing"])
        self._keep(FACE, N_("Letterhead"), {"since": since, **fields})

    def _ask_signer(self, signer: Signer | None) -> None:
        since = _day(signer.valid_from if signer else "")
        paper, form = self._signing_choices(signer)
        fields = {
            "behalf": Field(_("Signed for"), _("Such as GIÁM ĐỐC after KT.")),
            "title": Field(_("Title of the signatory"), _("A slash begins a further line")),
            "name": Field(_("Name of the signatory")),
        }
        for name, field in fields.items():
            field.edit.setText(getattr(signer, name, ""))

        def send() -> None:
            code = str(form.currentData())
            new = NewSignatory(
                date.fromisoformat(since.iso),
                fields["title"].words,
                fields["name"].words,
                self._unit_name(),
                str(paper.currentData()),
                Form.of(code) if code else None,
                fields["behalf"].words,
            )
            self._send(units.set_signatories, new, fields)

        choices = (labelled(_("Which paper"), paper), labelled(_("Form of signature"), form))
        items = (labelled(_("Valid from"), since), *choices, *fields.values())
        self._form(_("Who signs"), items, send, fields["title"])
        self._keep(
            SIGNER, N_("Who signs"), {"since": since, "paper": paper, "form": form, **fields}
        )

    def _signing_choices(self, signer: Signer | None) -> tuple[Choice, Choice]:
        paper, form = Choice(), Choice()
        paper.addItem(_("All papers"), "")
        for code, title in self._paper_titles().items():
            paper.addItem(title, code)
        form.addItem(_("in the own office"), "")
        for one in Form:
            form.addItem(one.word, str(one))
        for choice in (paper, form):
            choice.setMinimumHeight(theme.CONTROL)
            how = Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            choice.setSizeAdjustPolicy(how)
        if signer is not None:
            paper.setCurrentIndex(max(0, paper.findData(signer.paper)))
            form.setCurrentIndex(max(0, form.findData(str(signer.form or ""))))
        return paper, form

    def _form(
        self, title: str, items: Sequence[Item], send: Callable[[], None], first: Field
    ) -> None:
        store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        store.clicked.connect(send)
        if self.drawer is not None:
            self.drawer.show_card(title, self.unit.currentText(), (*items, row(store, 1)))
            self.show_beside()
            first.edit.setFocus()

    def _keep(self, form: str, title: str, parts: dict[str, QWidget]) -> None:
        """What is typed survives a power cut, whichever line it began with."""
        key = int(self.unit.currentData() or 0)
        self._draft = FormDraft(self, f"{UNITS}#{form}", title, parts, list(parts))
        self._draft.goes_with(parts["since"])
        self._draft.begin(key)

    def _send(self, verb: Callable[..., Any], new: Any, fields: dict[str, Field]) -> None:
        def refused(error: Exception) -> None:
            for one in error.refusals if isinstance(error, Refused) else ():
                if one.field in fields:
                    fields[one.field].complain(one.message)

        self.do(_("Storing"), self._stored, verb, [new]).failed.connect(refused)

    def _stored(self, _answer: Any) -> None:
        if self._draft is not None:
            self._draft.drop()
            self._draft = None
        self.close_card()
        self.said.emit(_("Stored: {what}").format(what=self.unit.currentText()))
        self.reload()


def look(face: Face, signer: Signer | None, day: date) -> QFrame:
    """The head and the foot of a paper in words, as they will be printed."""
    head = row(
        _centred(face.governing.upper(), face.name.upper(), strong=1),
        _centred(_(STATE), _(MOTTO), strong=0),
        gap=theme.L,
    )
    when = ", ".join(one for one in (face.place, long_date(day)) if one)
    lines = signer.heads if signer else ()
    name = signer.name if signer else ""
    nobody = _("Nobody is named: the place for the signature stays empty.")
    foot = _centred(*lines, " ", name) if signer else _centred(nobody)
    below = row(1, foot)
    below.setStretch(1, 1)
    return framed(column(head, row(1, text(when, "small")), below, gap=theme.L))


def _centred(*lines: str, strong: int = -1) -> QFrame:
    made = column(gap=2)
    for at, words in enumerate(lines):
        label = text(words, "strong" if at == strong else "small", wrap=True)
        label.setAlignment(CENTRE)
        made.addWidget(label)
    made.addStretch(1)
    return framed(made)


def _day(iso: str) -> Day:
    made = Day()
    day = date.fromisoformat(iso) if iso else today()
    made.setDate(day)
    return made
