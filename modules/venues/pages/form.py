"""The form of one venue in the side card: a new one, or what is corrected of one that is there."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QVBoxLayout, QWidget

from admin_suite.core.clock import here
from admin_suite.core.errors import Refused
from admin_suite.core.i18n import _
from admin_suite.registry import queries
from admin_suite.registry.queries import CommuneRow
from admin_suite.ui import theme
from admin_suite.ui.runner import Runner
from admin_suite.ui.widgets.choosing import Searched
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.layout import column, row
from admin_suite.ui.widgets.messages import Notice
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick
from modules.venues.codes import Kind, Standing
from modules.venues.formats import typed
from modules.venues.formats.register import kind_of_name
from modules.venues.queries import VenueRow
from modules.venues.rules.stays import FOLLOWED
from modules.venues.service import NewVenue

FIELDS = (*typed.READERS, "kind", "commune_code", "standing")


class VenueForm(QFrame):
    """Shows and reads; storing is the page's. ``offered``: the communes are there."""

    offered = pyqtSignal()

    def __init__(self, runner: Runner, venue: VenueRow | None = None) -> None:
        super().__init__()
        self.hints = Notice()
        self.fields = {
            "name": Field(_("Name of the venue")),
            "address": Field(_("Address"), _("Hamlet, street group or street")),
            "keeper": Field(_("Person in charge")),
            "phone": Field(_("Telephone")),
            "entrances": Field(_("Entrances"), _("Empty: one")),
            "labels": Field(_("Names of the entrances"), _("as Main gate; Back gate")),
            "capacity": Field(_("Room for")),
            "opens": Field(_("Opens at"), _("as 7h30")),
            "closes": Field(_("Closes at"), _("as 21h")),
            "plate": Field(_("Number plate"), _("Of a bus, a taxi or a boat")),
            "national": Field(_("National code"), _("Scan the national poster, or paste its text")),
        }
        self.kind, self.commune, self.standing = Choice(), Searched(_("Commune")), Choice()
        self.anew = Tick(_("It was so before, too"))
        self._before = text(_("Its earlier stays are then computed anew."), "small", wrap=True)
        self.kind.addItem(_("As the name tells"), "")
        for choice, codes in ((self.kind, Kind), (self.standing, Standing)):
            choice.setMinimumHeight(theme.CONTROL)
            for one in codes:
                choice.addItem(one.word, one.value)
        self.setLayout(self._laid_out())
        for part in (self.anew, self._before):
            part.setVisible(venue is not None)
        for line in self.fields.values():
            line.edit.returnPressed.connect(self.focusNextChild)
        if venue is not None:
            self._put(venue)
        runner.ask(queries.communes).finished.connect(self._offer)

    def _laid_out(self) -> QVBoxLayout:
        field = self.fields
        return column(
            self.hints,
            field["name"],
            labelled(_("Kind of place"), self.kind),
            labelled(_("Commune"), self.commune),
            field["address"],
            row(field["keeper"], field["phone"], gap=theme.M),
            row(field["entrances"], field["capacity"], gap=theme.M),
            field["labels"],
            row(field["opens"], field["closes"], gap=theme.M),
            field["plate"],
            field["national"],
            labelled(_("State of the venue"), self.standing),
            self.anew,
            self._before,
            gap=theme.M,
        )

    def _put(self, venue: VenueRow) -> None:
        for name, field in self.fields.items():
            value = getattr(venue, name)
            field.edit.setText("" if value is None else str(value))
        self.kind.setCurrentIndex(self.kind.findData(venue.kind.value))
        self.standing.setCurrentIndex(self.standing.findData(venue.standing.value))
        self.commune.put(venue.commune_code, venue.commune)

    def _offer(self, communes: Sequence[CommuneRow]) -> None:
        today = here(datetime.now(UTC)).date()
        now = [c for c in communes if c.valid_from <= today and not _is_over(c)]
        self.commune.offer([(c.code, f"{c.kind} {c.name}") for c in now])
        self.offered.emit()

    def parts(self) -> dict[str, QWidget]:
        """Everything that is typed into or chosen, by name."""
        parts = {"kind": self.kind, "commune": self.commune, "standing": self.standing}
        return {**self.fields, **parts}

    def focus(self) -> None:
        """Work begins with the name."""
        self.fields["name"].edit.setFocus()

    def read(self) -> NewVenue | None:
        """The venue as the form says it; none where something of it is wrong and marked so."""
        values, wrong = typed.read({name: field.words for name, field in self.fields.items()})
        if not self.commune.code:
            wrong["commune"] = _("This is no commune of the district; a venue stands in one.")
        self.complain(wrong)
        if wrong:
            return None
        chosen = str(self.kind.currentData())
        kind = Kind.of(chosen) if chosen else kind_of_name(values["name"]) or Kind.OTHER
        standing = Standing.of(str(self.standing.currentData()))
        return NewVenue(kind=kind, commune_code=self.commune.code, standing=standing, **values)

    def said_of(self, fields: Collection[str]) -> str:
        """What is told when these fields were corrected."""
        if FOLLOWED.isdisjoint(fields) or self.anew.isChecked():
            return _("The venue is corrected")
        return _("The venue is corrected; its earlier stays keep the ends they had")

    def complain(self, wrong: dict[str, str]) -> None:
        """Say below each field what is wrong with it; the first one gets the focus."""
        for name, field in self.fields.items():
            field.complain(wrong.get(name, ""))
        first = next((name for name in self.fields if name in wrong), "")
        others = [why for name, why in wrong.items() if name not in self.fields]
        self.hints.setVisible(bool(others))
        if others:
            self.hints.say("late", " ".join(others))
        if first:
            self.fields[first].edit.setFocus()
        elif "commune" in wrong:
            self.commune.setFocus()

    def failed(self, error: Exception) -> None:
        """The verb refused it: say so below the fields."""
        if isinstance(error, Refused):
            self.complain({one.field: one.message for one in error.refusals})


def _is_over(commune: CommuneRow) -> bool:
    return commune.valid_to is not None and commune.valid_to <= here(datetime.now(UTC)).date()


def changes(venue: VenueRow, new: NewVenue) -> dict[str, tuple[str, str]]:
    """What a form writes otherwise of a venue: by field, old and new as text."""
    both = {name: (_text(getattr(venue, name)), _text(getattr(new, name))) for name in FIELDS}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def _text(value: object) -> str:
    return "" if value is None else str(value)
