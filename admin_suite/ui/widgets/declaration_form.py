"""The form of a declaration: who, on behalf of, when, symptoms by digits, places, movement."""

from collections.abc import Callable, Mapping
from datetime import date

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QFrame, QWidget

from admin_suite.core.clock import shown
from admin_suite.core.codes import Code
from admin_suite.core.i18n import _
from admin_suite.excel.sheet import About, Wrong
from admin_suite.registry.codes import Exposure, Relation, Symptom
from admin_suite.registry.declared import (
    MOMENTS,
    WORDS,
    DeclarationRow,
    NewDeclaration,
    read_places,
    written_places,
)
from admin_suite.registry.reading import days
from admin_suite.registry.service import NewPerson
from admin_suite.ui import theme
from admin_suite.ui.runner import Runner
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.layout import column, framed, named, row
from admin_suite.ui.widgets.person_form import today
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick

SIDE_BY_SIDE = 480
TEXTS = ("declared_at", "places", *(name for name in WORDS if name != "by_name"))
CODES: Mapping[str, type[Code]] = {"symptoms": Symptom, "exposures": Exposure}


class DeclarationForm(QFrame):
    """A digit ticks while no field has the focus; Enter moves on."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.row: DeclarationRow | None = None
        self.who = Picker(_("Who"), runner, _("Type a name or a number, or scan a card"))
        self.by = Picker(_("Declared by"), runner, _("Empty: by the person; anybody may be named"))
        self.relation = Choice()
        self.relation.setMinimumHeight(theme.CONTROL)
        self.relation.addItem(_("Not said"), "")
        for code in Relation:
            self.relation.addItem(code.word, str(code))
        self.ticks = {name: _ticks(kind, name) for name, kind in CODES.items()}
        self.fields = _fields()
        self._lines: list[QBoxLayout] = []
        self.more = Button(_("More"), "F8", "more")
        self.more.clicked.connect(lambda: self.unfold(folded=not self._rest.isHidden()))
        self._rest = framed(column(*self._hidden(), gap=theme.M))
        self._rest.hide()
        self.setLayout(column(*self._seen(), row(self.more, 1), self._rest, gap=theme.M))
        for field in self.fields.values():
            field.edit.returnPressed.connect(self.focusNextChild)
        self.begin()

    def _seen(self) -> list[QBoxLayout | QWidget]:
        f = self.fields
        return [
            self._line(self.who, f["declared_at"]),
            _choice(_("Symptoms"), self.ticks["symptoms"]),
            self._line(f["other_symptoms"], f["onset"]),
            self._line(f["from_place"], f["to_place"]),
        ]

    def _hidden(self) -> list[QBoxLayout | QWidget]:
        f = self.fields
        relation = labelled(_("What he is to the person"), self.relation)
        return [
            self._line(self.by, relation),
            f["places"],
            _choice(_("Contact with"), self.ticks["exposures"]),
            f["contacts"],
            self._line(f["departed"], f["arrived"]),
            self._line(f["vehicle"], f["plate"], f["seat"]),
            f["note"],
        ]

    def _line(self, *parts: QWidget) -> QBoxLayout:
        made = row(gap=theme.L)
        for part in parts:
            made.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self._lines.append(made)
        return made

    def unfold(self, *, folded: bool = False) -> None:
        """Show what is rarely asked, or put it away."""
        self._rest.setVisible(not folded)
        self.more.say(_("More") if folded else _("Less"))

    def focus(self) -> None:
        """Work begins with who it is, then with the symptoms."""
        if self.who.key:
            next(iter(self.ticks["symptoms"].values())).setFocus()
        else:
            self.who.edit.setFocus()

    # -- what stands in it ------------------------------------------------------------------------

    def begin(
        self, person: int = 0, name: str = "", declared: DeclarationRow | None = None
    ) -> None:
        """Begin a declaration of somebody, or with one that is to be corrected."""
        self.row = declared
        self.who.put(person, name)
        self.who.edit.setReadOnly(declared is not None)
        given = declared.by_id if declared else 0
        self.by.put(given or 0, declared.by_name if declared else "")
        relation = declared.relation if declared else None
        self.relation.setCurrentIndex(max(0, self.relation.findData(str(relation or ""))))
        for name_, boxes in self.ticks.items():
            told = set(str(getattr(declared, name_)).split()) if declared else set()
            for code, box in boxes.items():
                box.setChecked(code in told)
        for name_, field in self.fields.items():
            known = str(getattr(declared, name_)) if declared else ""
            field.edit.setText(shown(known))
            field.complain("")
        self._start = self.state()
        self.unfold(folded=declared is None)

    def parts(self) -> dict[str, QWidget]:
        """Everything that is typed into, ticked or chosen, by name."""
        ticks = {code: box for boxes in self.ticks.values() for code, box in boxes.items()}
        people = {"who": self.who, "by": self.by, "relation": self.relation}
        return {**people, **ticks, **self.fields}

    def state(self) -> tuple[object, ...]:
        """All that was typed, ticked and chosen, to be compared."""
        ticked = [box.isChecked() for boxes in self.ticks.values() for box in boxes.values()]
        texts = [field.words.strip() for field in self.fields.values()]
        people = (self.who.key, self.by.key, self.by.words, self.relation.currentData())
        return (*people, *ticked, *texts)

    def is_changed(self) -> bool:
        """Whether anything was changed since it began."""
        return self.state() != self._start

    def tick(self, number: int) -> None:
        """Tick a symptom, or take the tick away."""
        boxes = list(self.ticks["symptoms"].values())
        if 0 < number <= len(boxes):
            boxes[number - 1].toggle()
            boxes[number - 1].setFocus()

    def ready(self) -> NewDeclaration | None:
        """What is to be stored; where something is wrong it is said, and nothing is."""
        if not self.who.key:
            self.who.field.complain(_("Choose somebody of the register."))
            self.who.edit.setFocus()
            return None
        values, wrong = self._texts()
        self.complain(wrong)
        if wrong:
            return None
        codes = {
            name: " ".join(code for code, box in boxes.items() if box.isChecked())
            for name, boxes in self.ticks.items()
        }
        relation = self.relation.currentData()
        return NewDeclaration(
            NewPerson(""),
            **values,
            **codes,
            person_id=self.who.key,
            by_id=self.by.key or None,
            by_name="" if self.by.key else self.by.words,
            relation=Relation.of(str(relation)) if relation else None,
        )

    def _texts(self) -> tuple[dict[str, str], dict[str, str]]:
        values, wrong = {}, {}
        for name, field in self.fields.items():
            words = field.words.strip()
            try:
                values[name] = READ.get(name, str)(words) if words else ""
            except Wrong as error:
                wrong[name] = str(error)
        return values, wrong

    def changes(self, new: NewDeclaration) -> dict[str, tuple[str, str]]:
        """What is said otherwise than in the declaration that is corrected."""
        old = self.row
        names = (*TEXTS, *CODES, "relation")
        pairs = {name: (_text(getattr(old, name)), _text(getattr(new, name))) for name in names}
        if old is not None and self.by.words != old.by_name:
            pairs["by_name"] = (old.by_name, self.by.words.partition(" · ")[0])
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def complain(self, wrong: Mapping[str, str]) -> None:
        """Say below each field what is wrong with it; the first one gets the focus."""
        for name, field in self.fields.items():
            field.complain(wrong.get(name, ""))
        first = next((name for name in self.fields if name in wrong), "")
        if first:
            if self._rest.isAncestorOf(self.fields[first]):
                self.unfold()
            self.fields[first].edit.setFocus()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Fields side by side where there is room."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for line in self._lines:
            line.setDirection(across if self.width() >= SIDE_BY_SIDE else down)


def _ticks(kind: type[Code], name: str) -> dict[str, Tick]:
    numbered = name == "symptoms"
    words = [f"{at}  {one.word}" if numbered else one.word for at, one in enumerate(kind, start=1)]
    return {str(code): named(Tick(said), code.word) for code, said in zip(kind, words, strict=True)}


def _choice(label: str, boxes: Mapping[str, Tick]) -> QFrame:
    return framed(column(text(label, "caption"), *boxes.values(), gap=theme.XS))


def moment(words: str) -> str:
    """A day or an hour as people write it, as data does."""
    found = days.moment(words, About(day=today(), year=today().year))
    day: date = found.day or today()
    return days.written(day, found.hour)


def places(words: str) -> str:
    """Places as the register writes them."""
    return written_places(read_places(words))


READ: Mapping[str, Callable[[str], str]] = {**dict.fromkeys(MOMENTS, moment), "places": places}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _fields() -> dict[str, Field]:
    when = _("Day and hour, such as 7:30 13/8")
    return {
        "declared_at": Field(_("When"), _("Empty: now")),
        "other_symptoms": Field(_("Other symptoms")),
        "onset": Field(_("Since when"), when),
        "from_place": Field(_("Comes from")),
        "to_place": Field(_("Goes to")),
        "places": Field(
            _("Places visited"), _("Market (7:00 12/8/2021 - 9:00 12/8/2021); the next place")
        ),
        "contacts": Field(_("Whom he met")),
        "departed": Field(_("Departed"), when),
        "arrived": Field(_("Arrived"), when),
        "vehicle": Field(_("Vehicle")),
        "plate": Field(_("Number plate")),
        "seat": Field(_("Seat")),
        "note": Field(_("Note")),
    }
