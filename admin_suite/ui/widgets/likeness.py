"""Two entries that may be one person: a line that opens the other, the two side by side."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QWidget

from admin_suite.core.clock import shown
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.registry import people
from admin_suite.registry.duplicates import Likeness, Seen
from admin_suite.registry.names import whole_address
from admin_suite.registry.people import PersonCard
from admin_suite.registry.phones import written
from admin_suite.ui import theme
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.cards import Layered
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.layout import TOP, column, emptied, row, rule
from admin_suite.ui.widgets.text import text

LABEL = 96


class Line(Layered):
    """A few words that Enter, Space or a click open."""

    def __init__(self, title: str, *about: str) -> None:
        super().__init__("stat", ". ".join((title, *about)))
        inside = column(text(title, "strong", wrap=True), gap=2, pad=(theme.M, theme.S))
        for words in about:
            if words:
                inside.addWidget(text(words, "small", wrap=True))
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(inside)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def seen_line(seen: Seen, reasons: str) -> Line:
    """Somebody who may be the same, and why."""
    known = " · ".join(one for one in (shown(seen.dob), seen.phone, seen.id_no) if one)
    return Line(seen.name, known, reasons)


class Candidates(QWidget):
    """Beside a form of somebody: whoever of the register he may be, each on a line."""

    wanted = pyqtSignal(int)  # the person of the line that was pressed

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self._inside = column(gap=theme.S)
        self.setLayout(self._inside)
        self.show_found(())

    def show_found(self, found: Sequence[Likeness]) -> None:
        """Show these in place of those that were there."""
        emptied(self._inside)
        self.lines = [seen_line(like.seen, like.reasons) for like in found]
        for line, like in zip(self.lines, found, strict=True):
            line.clicked.connect(partial(self._press, like.seen.id))
            self._inside.addWidget(line)
        if not found:
            about = _("Whoever shares a number, or name, year of birth and commune, stands here.")
            self._inside.addWidget(text(about, "small", wrap=True))

    def _press(self, key: int, _on: bool = False) -> None:
        self.wanted.emit(key)


def both(work: Work, one: int, other: int) -> tuple[PersonCard, PersonCard]:
    """The cards of two entries."""
    return people.person_card(work, one), people.person_card(work, other)


def told(card: PersonCard) -> list[tuple[str, str]]:
    """What a person's card says, field by field, each with its word."""
    person = card.person
    guardian = card.guardian
    if guardian and card.guardian_relation is not None:
        guardian = f"{guardian} ({card.guardian_relation.word})"
    consent = card.phone_consent.word if card.phone_consent else ""
    if consent and card.consent_on is not None:
        consent = f"{consent}, {shown(card.consent_on.isoformat())}"
    born = shown(person.dob)
    if person.dob_kind is not None:
        born = f"{born} ({person.dob_kind.word})"
    return [
        (_("Full name"), person.name),
        (_("Date of birth"), born),
        (_("Sex"), person.sex.word if person.sex else ""),
        (_("Telephone"), written(card.phones)),
        (_("Address"), whole_address(person.address, card.commune)),
        (_("Citizen number"), person.id_no),
        (_("Insurance number"), person.insurance_no),
        (_("Older identity number"), person.old_id_no),
        (_("Passport"), person.passport_no),
        (_("Nationality"), person.nationality),
        (_("Ethnic group"), person.ethnic),
        (_("Occupation"), person.occupation),
        (_("Workplace"), person.workplace),
        (_("Household"), person.household),
        (_("Guardian"), guardian),
        (_("Wants to be told by telephone"), consent),
    ]


class Comparison(QFrame):
    """Two entries side by side, what differs first; one is kept, or both are."""

    one_wanted = pyqtSignal(int, int, str)  # whom to keep, who goes into him, why
    two_wanted = pyqtSignal(int, int)

    def __init__(self, one: PersonCard, other: PersonCard, reasons: str) -> None:
        super().__init__()
        self._ids = (one.person.id, other.person.id)
        names = [f"{at}. {card.person.name}" for at, card in enumerate((one, other), start=1)]
        self.keep = Segments(names, _("Keep"))
        self.reason = Field(_("Why they are one person"))
        self.reason.edit.setText(reasons)
        self.reason.edit.setCursorPosition(0)
        self.make_one = Button(_("Make them one"), "Ctrl Enter", "done", "primary")
        self.make_one.clicked.connect(self._one)
        self.keep_two = Button(_("They are two people"), "F9", "close")
        self.keep_two.clicked.connect(lambda: self.two_wanted.emit(*self._ids))
        about = _("What the kept entry does not know, it takes from the other.")
        keep = labelled(_("Keep"), self.keep, about)
        grid = _grid(one, other, names)
        deeds = row(self.make_one, self.keep_two, 1)
        self.setLayout(column(grid, rule(), keep, self.reason, deeds, gap=theme.M))

    def choose(self, number: int) -> None:
        """1 and 2 keep an entry, 3 keeps both."""
        if number in (1, 2):
            self.keep.choose(number - 1)
            self.make_one.setFocus()
        elif number == len(self._ids) + 1:
            self.keep_two.click()

    def refuse(self, why: str) -> None:
        """Say below the reason why it was not done."""
        self.reason.complain(why)

    def _one(self) -> None:
        at = self.keep.at()
        self.one_wanted.emit(self._ids[at], self._ids[1 - at], self.reason.words.strip())


def _grid(one: PersonCard, other: PersonCard, names: Sequence[str]) -> QGridLayout:
    pairs = [
        (label, mine, theirs)
        for (label, mine), (_label, theirs) in zip(told(one), told(other), strict=True)
        if mine or theirs
    ]
    pairs.sort(key=lambda pair: not (pair[1] and pair[2] and pair[1] != pair[2]))
    made = QGridLayout()
    made.setSpacing(theme.S)
    made.setColumnMinimumWidth(0, LABEL)
    made.setColumnStretch(1, 1)
    made.setColumnStretch(2, 1)
    for at, name in enumerate(names, start=1):
        made.addWidget(text(name, "strong", wrap=True), 0, at, TOP)
    for line, (label, *words) in enumerate(pairs, start=1):
        made.addWidget(text(label, "muted", wrap=True), line, 0, TOP)
        differs = all(words) and words[0] != words[1]
        for at, word in enumerate(words, start=1):
            tone = "late" if differs else ""
            made.addWidget(text(word, "strong" if differs else "", tone, wrap=True), line, at, TOP)
    return made
