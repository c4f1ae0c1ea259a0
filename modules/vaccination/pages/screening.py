"""The screening at the desk: the questions of the form in force and the vital signs."""

import re
from collections.abc import Sequence

from PyQt6.QtWidgets import QFrame, QGridLayout, QLineEdit

from admin_suite.core.i18n import _, language
from admin_suite.core.numbers import decimal
from admin_suite.ui import theme
from admin_suite.ui.widgets.forms import labelled
from admin_suite.ui.widgets.layout import column, emptied, framed, named, row
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick
from modules.vaccination.codes import Screened
from modules.vaccination.queries.desk import Steps
from modules.vaccination.rules.screening import VITALS, sign_word
from modules.vaccination.service import NewScreening

NARROW, ACROSS = 56, 2
NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?", re.ASCII)


class Screening(QFrame):
    """Nothing ticked means "no" to every question; an empty sign was not measured."""

    def __init__(self) -> None:
        super().__init__()
        self._ticks: dict[str, Tick] = {}
        self._signs: dict[str, QLineEdit] = {}
        self._box = column(gap=theme.S)
        self.setLayout(self._box)

    def show_steps(self, steps: Steps) -> None:
        """The form in force, filled in as far as it was."""
        emptied(self._box)
        self._ticks, self._signs = {}, {}
        line = row(gap=theme.S)
        for name, title in VITALS.items():
            edit = named(QLineEdit(), _(title))
            value = getattr(steps, name)
            edit.setText(decimal(str(value)) if value not in (None, "") else "")
            edit.setMinimumHeight(theme.CONTROL)
            edit.setMinimumWidth(NARROW)
            self._signs[name] = edit
            line.addWidget(labelled(_(title), edit), 1)
        self._box.addLayout(line)
        self._box.addWidget(text(_("Tick what is answered with yes"), "caption"))
        self._box.addWidget(self._questions(steps))

    def _questions(self, steps: Steps) -> QFrame:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for at, (code, vietnamese, english, _means) in enumerate(steps.form.questions):
            words = english if language() == "en" else vietnamese
            tick, label = named(Tick(), words), text(words, "small", wrap=True)
            tick.setChecked(code in steps.answers)
            label.setBuddy(tick)
            self._ticks[code] = tick
            line = row(tick, label, gap=6)
            line.setStretch(1, 1)
            grid.addLayout(line, at // ACROSS, at % ACROSS)
            grid.setColumnStretch(at % ACROSS, 1)
        return framed(grid)

    def unread(self) -> str:
        """The sentence for the first sign that is no number; empty where all can be read."""
        for name, edit in self._signs.items():
            words = edit.text().strip()
            if words and _number(words) is None:
                edit.setFocus()
                edit.selectAll()
                said = _("{sign}: “{cell}” is no number. Type it again, or leave it empty.")
                return said.format(sign=sign_word(name), cell=words)
        return ""

    def said(self, decision: Screened | None = None, reason: str = "") -> NewScreening:
        """What was answered and measured; an empty sign was not measured."""
        signs = {name: _number(edit.text()) for name, edit in self._signs.items()}
        whole = {name: int(value) for name, value in signs.items() if value is not None}
        return NewScreening(
            tuple(code for code, tick in self._ticks.items() if tick.isChecked()),
            signs.get("temperature"),
            whole.get("pulse"),
            whole.get("systolic"),
            whole.get("diastolic"),
            whole.get("respiration"),
            decision,
            reason=reason,
        )


def _number(written: str) -> float | None:
    """A number as it is typed, its mark a comma or a point; no letters, so no "nan" either."""
    found = NUMBER.fullmatch(written.strip().replace(",", "."))
    return float(found[0]) if found else None


def words_of(codes: Sequence[str], steps: Steps) -> list[str]:
    """The questions of these codes, in the language spoken."""
    english = language() == "en"
    said = {code: (en if english else vi) for code, vi, en, _means in steps.form.questions}
    signs = {"temperature": _("Temperature"), "systolic": _("Blood pressure")}
    signs |= {"diastolic": _("Blood pressure"), "pulse": _("Pulse")}
    signs |= {"respiration": _("Breathing rate")}
    return list(dict.fromkeys(said.get(code) or signs.get(code, code) for code in codes))
