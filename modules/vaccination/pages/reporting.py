"""The report of a severe reaction: WHO's core variables for AEFI that the dose does not tell."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from PyQt6.QtWidgets import QWidget

from admin_suite.core.clock import ZONE, day_shown, here
from admin_suite.core.i18n import _
from admin_suite.registry.codes import Sex
from admin_suite.ui.dates import typed_day
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick
from modules.vaccination.codes import Ending, Serious, Sign
from modules.vaccination.service import NewEvent

NOTHING: Mapping[str, Any] = {}
OF_WOMEN = ("pregnant", "breastfeeding")
DAYS = ("died_on", "reported_on", "investigated_on", "national_on")
KNOWN = {"": None, "yes": True, "no": False}


class ReportForm:
    """The fields of a report; what is known of it already stands in them."""

    def __init__(self, known: Mapping[str, Any] = NOTHING) -> None:
        self._known = known
        self.onset = Field(_("First signs"), _("Day and time, such as 13/8/2021 14:30"))
        onset = here(known.get("onset_at") or datetime.now(UTC))
        self.onset.edit.setText(f"{day_shown(onset.date())} {onset:%H:%M}")
        self.ticks = {sign: Tick(sign.word) for sign in Sign}
        for sign in known.get("signs", ()):
            self.ticks[sign].setChecked(True)
        self.serious, self.outcome = Choice(), Choice()
        self.serious.offer([("", _("Not serious")), *((o.value, o.word) for o in Serious)])
        self.outcome.offer((o.value, o.word) for o in Ending)
        self.outcome.setCurrentIndex(self.outcome.findData(Ending.UNKNOWN.value))
        for box, name in ((self.serious, "serious"), (self.outcome, "outcome")):
            if known.get(name) is not None:
                box.setCurrentIndex(box.findData(known[name].value))
        self.asked = {name: _asked(known.get(name)) for name in ("autopsy", *OF_WOMEN)}
        self.texts = {name: Field(words) for name, words in text_titles().items()}
        for name, field in self.texts.items():
            field.edit.setText(known.get(name, ""))
        self.days = {name: Field(words) for name, words in day_titles().items()}
        for name, field in self.days.items():
            field.edit.setText(day_shown(known[name]) if known.get(name) else "")

    def items(self) -> Sequence[QWidget]:
        """The fields in the order of the form."""
        texts, days, asked = self.texts, self.days, self.asked
        of_women = () if self._known.get("sex") is Sex.M else OF_WOMEN
        titles = {"pregnant": _("Pregnant"), "breastfeeding": _("Breastfeeding")}
        return [
            self.onset,
            *(labelled(titles[name], asked[name]) for name in of_women),
            text(_("Signs"), "caption"),
            *self.ticks.values(),
            texts["description"],
            labelled(_("Serious"), self.serious),
            texts["serious_other"],
            labelled(_("Outcome"), self.outcome),
            days["died_on"],
            labelled(_("Autopsy"), asked["autopsy"]),
            *(texts[name] for name in texts if name not in ("description", "serious_other")),
            *(days[name] for name in days if name != "died_on"),
        ]

    def parts(self) -> dict[str, QWidget]:
        """Everything that is typed into or chosen, by name."""
        ticks = {f"sign.{sign.value}": tick for sign, tick in self.ticks.items()}
        chosen = {"serious": self.serious, "outcome": self.outcome, **self.asked}
        return {"onset": self.onset, **ticks, **chosen, **self.texts, **self.days}

    def said(self, dose_id: int) -> NewEvent | None:
        """The report as it was typed; nothing where a field says no day, and the field says so."""
        onset = self._onset()
        days: dict[str, Any] = {name: self._day(name) for name in DAYS}
        if onset is None or any(field.edit.property("wrong") == "true" for field in self._dated()):
            return None
        outcome, serious = Ending.of(_code(self.outcome)), _code(self.serious)
        if days["died_on"] and outcome is not Ending.DIED:
            self.days["died_on"].complain(_("Choose as outcome that the person died."))
            return None
        asked: dict[str, Any] = {name: KNOWN[_code(box)] for name, box in self.asked.items()}
        words: dict[str, Any] = {name: field.words.strip() for name, field in self.texts.items()}
        if not serious:
            words["serious_other"] = ""
        return NewEvent(
            dose_id,
            onset,
            tuple(sign for sign, tick in self.ticks.items() if tick.isChecked()),
            serious=Serious.of(serious) if serious else None,
            outcome=outcome,
            **asked,
            notified_at=self._known.get("notified_at"),
            **words,
            **days,
        )

    def complain(self, wrong: Mapping[str, str]) -> None:
        """Say beside the fields what was refused."""
        for name, field in (*self.days.items(), ("onset_on", self.onset)):
            field.complain(wrong.get(name, ""))

    def _dated(self) -> Sequence[Field]:
        return (*self.days.values(), self.onset)

    def _onset(self) -> datetime | None:
        day, _blank, clock = self.onset.words.strip().partition(" ")
        try:
            found = datetime.fromisoformat(f"{typed_day(day)}T{clock.strip() or '00:00'}")
        except ValueError:
            self.onset.complain(_("Write day and time, such as 13/8/2021 14:30."))
            return None
        self.onset.complain("")
        return found.replace(tzinfo=ZONE)

    def _day(self, name: str) -> date | None:
        field = self.days[name]
        field.complain("")
        if not field.words.strip():
            return None
        try:
            return date.fromisoformat(typed_day(field.words))
        except ValueError:
            field.complain(_("“{cell}” is not a day.").format(cell=field.words))
            return None


def text_titles() -> dict[str, str]:
    """What the lines of a report are called."""
    return {
        "description": _("What was seen"),
        "serious_other": _("Why else it is serious"),
        "history": _("Medical history"),
        "other_vaccines": _("Other vaccines just before"),
        "diluent_lot": _("Lot of the diluent"),
        "treatment": _("Treatment"),
        "reporter": _("Reported by"),
        "reporter_post": _("Post"),
        "reporter_contact": _("Telephone"),
    }


def day_titles() -> dict[str, str]:
    """What the days of a report are called."""
    return {
        "died_on": _("Day of death"),
        "reported_on": _("Reported on"),
        "investigated_on": _("Investigated on"),
        "national_on": _("At the national level"),
    }


def _asked(known: bool | None) -> Choice:
    box = Choice()
    box.offer([("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))])
    box.setCurrentIndex(list(KNOWN.values()).index(known))
    return box


def _code(choice: Choice) -> str:
    return str(choice.currentData() or "")
