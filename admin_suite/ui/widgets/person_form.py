"""The form of a person: five fields in sight, the rest under one key, a card fills it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QWidget

from admin_suite.core.clock import here
from admin_suite.core.codes import Code
from admin_suite.core.i18n import _
from admin_suite.registry import queries, typed
from admin_suite.registry.cards import Card, read_card
from admin_suite.registry.codes import Consent, Relation, Sex, Whose
from admin_suite.registry.people import PersonCard
from admin_suite.registry.queries import CommuneRow
from admin_suite.registry.service import NewPerson
from admin_suite.registry.typed import Form, Reading
from admin_suite.ui import theme
from admin_suite.ui.runner import Runner
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.choosing import Picker, Searched
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.messages import Notice

SEXES = (None, Sex.M, Sex.F)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
BARS = 5  # a card's text has at least so many
SIDE_BY_SIDE = 480
TYPING_MS = 250


def today() -> date:
    """The day of the unit's clock."""
    return here(datetime.now(UTC)).date()


class Sexes(Segments):
    """Enter moves on from it."""

    entered = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class PersonForm(QFrame):
    """Reads, shows and compares; storing is the page's."""

    changed = pyqtSignal()  # somebody has stopped typing for a moment

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner, self._before, self._heard = runner, Form(NewPerson("")), ""
        self._said: list[str] = []
        self.hints = Notice()
        self.fields = _fields()
        self.sex = Sexes([_("Not said"), *(one.word for one in SEXES[1:])], _("Sex"))
        self.commune = Searched(_("Commune"))
        self.whose, self.relation, self.consent = _coded(Whose), _coded(Relation), _coded(Consent)
        self.guardian = Picker(_("Guardian"), runner, _("Type a name or a number"))
        self.more = Button(_("More"), "F8", "more")
        self.more.clicked.connect(lambda: self.unfold(folded=not self._rest.isHidden()))
        self._lines: list[QBoxLayout] = []
        self._rest = framed(column(*self._hidden(), gap=theme.M))
        self._rest.hide()
        parts = column(self.hints, *self._seen(), row(self.more, 1), self._rest, gap=theme.M)
        self.setLayout(parts)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_MS)
        self._pause.timeout.connect(self.changed)
        self._listen()
        runner.ask(queries.communes).then(self._offer)

    # -- what it is made of -----------------------------------------------------------------------

    def _seen(self) -> list[QBoxLayout]:
        sex, commune = labelled(_("Sex"), self.sex), labelled(_("Commune"), self.commune)
        fields = self.fields
        name = self._line(fields["name"])
        return [name, self._line(fields["dob"], sex), self._line(fields["phone"], commune)]

    def _hidden(self) -> list[QBoxLayout]:
        f = self.fields
        whose = labelled(_("Whose telephone"), self.whose)
        relation = labelled(_("The guardian is"), self.relation)
        consent = labelled(_("Wants to be told by telephone"), self.consent)
        return [
            self._line(f["address"], f["since"]),
            self._line(whose, f["other_phones"]),
            self._line(f["id_no"], f["insurance_no"]),
            self._line(f["old_id_no"], f["passport_no"]),
            self._line(f["nationality"], f["ethnic"]),
            self._line(f["occupation"], f["workplace"]),
            self._line(f["household"], consent),
            self._line(self.guardian, relation),
        ]

    def _line(self, *parts: QWidget) -> QBoxLayout:
        made = row(gap=theme.L)
        for part in parts:
            made.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self._lines.append(made)
        return made

    def _listen(self) -> None:
        for edit in self._edits():
            edit.returnPressed.connect(lambda e=edit: self._entered(e))
            edit.textEdited.connect(lambda _words: self._pause.start())
        self.sex.entered.connect(self._behind_sex)
        self.sex.chosen.connect(lambda _n: self._pause.start())
        self.commune.changed.connect(self._pause.start)

    def _edits(self) -> list[QLineEdit]:
        return [*(field.edit for field in self.fields.values()), self.commune.line]

    def _offer(self, communes: Sequence[CommuneRow]) -> None:
        day = today()
        now = [
            c for c in communes if c.valid_from <= day and not (c.valid_to and c.valid_to <= day)
        ]
        self.commune.offer([(c.code, f"{c.kind} {c.name}") for c in now])

    def unfold(self, *, folded: bool = False) -> None:
        """Show the fields that few people need, or put them away."""
        self._rest.setVisible(not folded)
        self.more.say(_("More") if folded else _("Less"))

    def focus(self) -> None:
        """Work begins with the name."""
        self.fields["name"].edit.setFocus()

    # -- what stands in it ------------------------------------------------------------------------

    def begin(self, card: PersonCard | None = None) -> None:
        """Begin with nobody, or with what the register says of somebody."""
        form = Form(NewPerson("")) if card is None else typed.form_of(card)
        self._before = form
        self._put(form, card.commune if card else "")
        if card is not None:
            name = card.guardian
            self.guardian.put(card.guardian_id or 0, name)
        else:
            self.guardian.put(0, "")
        self._start = self.state()
        self.hints.hide()
        self.unfold(folded=True)

    def _put(self, form: Form, commune: str = "") -> None:
        texts = typed.texts_of(form)
        for name, field in self.fields.items():
            field.edit.setText(texts[name])
            field.complain("")
        self._sex(form.person.sex)
        self.commune.put(form.person.commune_code, commune)
        chosen = (form.whose, form.relation, form.consent)
        for choice, code in zip((self.whose, self.relation, self.consent), chosen, strict=True):
            choice.setCurrentIndex(max(0, choice.findData(str(code or ""))))

    def _sex(self, sex: Sex | None) -> None:
        if self.sex.at() != SEXES.index(sex):
            held = self.focusWidget()
            self.sex.choose(SEXES.index(sex))
            if held is not None:
                held.setFocus()

    def state(self) -> tuple[Any, ...]:
        """All that was typed and chosen, to be compared."""
        choices = (self.whose, self.relation, self.consent)
        return (
            *(field.words.strip() for field in self.fields.values()),
            self.sex.at(),
            self.commune.code,
            self.commune.unknown,
            self.guardian.key,
            *(str(choice.currentData()) for choice in choices),
        )

    def is_changed(self) -> bool:
        """Whether anything was typed or chosen since it began."""
        return self.state() != self._start

    def reading(self) -> Reading:
        """What the form says; nothing is marked by it."""
        person = self._before.person._replace(
            sex=SEXES[self.sex.at()], commune_code=self.commune.code
        )
        relation, consent = self.relation.currentData(), self.consent.currentData()
        guardian = self.guardian.key or None
        form = self._before._replace(
            person=person,
            whose=Whose.of(str(self.whose.currentData())),
            guardian_id=guardian,
            relation=Relation.of(str(relation)) if relation and guardian else None,
            consent=Consent.of(str(consent)) if consent else None,
        )
        texts = {name: field.words for name, field in self.fields.items()}
        return typed.read(texts, form, today())

    def parts(self) -> dict[str, QWidget]:
        """Everything that is typed into or chosen, by name."""
        choices = {"whose": self.whose, "relation": self.relation, "consent": self.consent}
        picked = {"sex": self.sex, "commune": self.commune, "guardian": self.guardian}
        return {**self.fields, **picked, **choices}

    @property
    def before(self) -> Form:
        """What it began with."""
        return self._before

    # -- what is wrong ----------------------------------------------------------------------------

    def ready(self) -> Form | None:
        """What is to be stored; where something is wrong it is said, and nothing is."""
        read = self.reading()
        if self.commune.unknown:
            said = _("There is no commune “{name}” today.").format(name=self.commune.unknown)
            self.hints.say("late", said)
            self.commune.setFocus()
            return None
        if self.guardian.words and not self.guardian.key:
            self.unfold()
            self.guardian.field.complain(_("Choose somebody of the list, or empty the field."))
            self.guardian.edit.setFocus()
            return None
        self.complain(read.wrong)
        return None if read.wrong else read.form

    def complain(self, wrong: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it; the first one gets the focus."""
        for name, field in self.fields.items():
            field.complain(wrong.get(name, ""))
        first = next((name for name in self.fields if name in wrong), "")
        if first:
            if self._rest.isAncestorOf(self.fields[first]):
                self.unfold()
            self.fields[first].edit.setFocus()
            self.fields[first].edit.selectAll()

    # -- cards ------------------------------------------------------------------------------------

    def _entered(self, edit: QLineEdit) -> None:
        """Enter moves on; behind the text of a card it fills the form."""
        if not self._is_card(edit):
            self.focusNextChild()

    def _is_card(self, edit: QLineEdit) -> bool:
        before, card = cut(edit.text())
        if card is None:
            return False
        edit.setText(before)
        if edit is self.commune.line:
            self.commune.put("")
        self._fill(card)
        return True

    def _fill(self, card: Card) -> None:
        person = self.reading().form.person
        self._runner.ask(typed.by_card, card, person).then(partial(self._filled, card))

    def _filled(self, card: Card, found: tuple[NewPerson, Sequence[str]]) -> None:
        person, hints = found
        texts = typed.texts_of(Form(person))
        for name, field in self.fields.items():
            if not field.words.strip() and texts[name]:
                field.edit.setText(texts[name])
                if self._rest.isAncestorOf(field):
                    self.unfold()
        self._sex(person.sex)
        if not self.commune.code and person.commune_code:
            self.commune.put(person.commune_code)
        said = _("The form was filled from the card.")
        self.hints.say("late" if hints else "done", said, " ".join(hints))
        self.fields["name" if card.damaged and not person.name else "phone"].edit.setFocus()
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """A scanner types while no field has the focus: its text ends with Enter."""
        if event is None:
            return
        words, plain = event.text(), not event.modifiers() & _COMMANDS
        if event.key() in ENTER:
            self._is_heard()
        elif words and words.isprintable() and plain:
            self._heard += words
        else:
            self._heard = ""
            super().keyPressEvent(event)

    def _is_heard(self) -> bool:
        heard, self._heard = self._heard, ""
        _rest, card = cut(heard)
        if card is not None:
            self._fill(card)
        return card is not None

    def _behind_sex(self) -> None:
        if not self._is_heard():
            self.fields["phone"].edit.setFocus()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Two fields side by side where there is room."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for line in self._lines:
            line.setDirection(across if self.width() >= SIDE_BY_SIDE else down)


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def cut(words: str) -> tuple[str, Card | None]:
    """What stood in a field before a scanner wrote into it, and the card."""
    if words.count("|") >= BARS:
        for at in range(words.index("|")):
            card = read_card(words[at:])
            if card is not None:
                return words[:at], card
    return words, None


def _coded(kind: type[Code]) -> Choice:
    made = Choice()
    made.setMinimumHeight(theme.CONTROL)
    nothing = [] if kind is Whose else [("", _("Not said"))]
    made.offer([*nothing, *((str(code), code.word) for code in kind)])
    return made


def _fields() -> dict[str, Field]:
    return {
        "name": Field(_("Full name")),
        "dob": Field(_("Date of birth"), _("5/3/1985, 3/1985, 1985, or an age: 36t")),
        "phone": Field(_("Telephone")),
        "address": Field(_("Address"), _("Hamlet, group, street; the whole of it elsewhere")),
        "since": Field(_("Lives there since"), _("Empty: from today on")),
        "other_phones": Field(_("Further telephones"), _("0388123456 (wife); 0912345678")),
        "id_no": Field(_("Citizen number")),
        "insurance_no": Field(_("Insurance number")),
        "old_id_no": Field(_("Older identity number")),
        "passport_no": Field(_("Passport")),
        "nationality": Field(_("Nationality"), _("Empty: Viet Nam")),
        "ethnic": Field(_("Ethnic group")),
        "occupation": Field(_("Occupation")),
        "workplace": Field(_("Workplace")),
        "household": Field(_("Household")),
    }
