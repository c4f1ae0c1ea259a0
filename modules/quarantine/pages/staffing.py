"""How many people the staff of a facility can look after."""

from datetime import date

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import row
from admin_suite.ui.widgets.text import text
from modules.quarantine.codes import Duty
from modules.quarantine.pages.choosing import FacilityChoice
from modules.quarantine.permissions import PLACES, RULES
from modules.quarantine.queries.staffing import Staffing, in_words, staffing
from modules.quarantine.service.staffing import adopt_norms, set_staff


class StaffingPage(Page):
    """The staff of a facility, and for how many people each is enough; the lesser limits beds."""

    shows = frozenset({"house_rule", "quarantine_claim"})

    def build(self) -> None:
        """What follows on top, the staff and the norms as two cards below."""
        self._found: Staffing | None = None
        self.save = Button(_("Write the staff"), "F8", "done", "primary")
        self.save.clicked.connect(lambda _on: self._save())
        self.adopt = Button(_("Adopt the norm"), "F6", "done")
        self.adopt.clicked.connect(lambda _on: self._adopt())
        self._head = Head(_("Capacity by staff"), self.adopt, self.save)
        self.facility = FacilityChoice(self.reload)
        self._said = text("", wrap=True)
        self.source = Field(_("The decision it comes from"))
        self.day = Day()
        self.numbers = {duty: Field(duty.word.capitalize()) for duty in Duty}
        self.norms = {duty: Field(duty.word.capitalize()) for duty in Duty}
        there = row(*self.numbers.values(), gap=theme.M)
        each = row(*self.norms.values(), gap=theme.M)
        decided = row(self.source, labelled(_("In force from"), self.day), 1, gap=theme.M)
        about = _("Empty or 0: no limit by these.")
        self.lay_out(
            self._head,
            row(self.facility, 1),
            self._said,
            decided,
            card(_("How many there are"), there),
            card(_("How many people one looks after"), each, text(about, "small")),
            1,
        )

    def reload(self) -> None:
        """Ask what is in force today."""
        self.ask(self._show, staffing, self.facility.key)

    def entered(self) -> None:
        """Work begins with the decision."""
        self.source.edit.setFocus()

    def _show(self, found: Staffing) -> None:
        self._found = found
        self.facility.offer_facilities(found.facilities, found.facility_id)
        for fields, told in (
            (self.numbers, dict(found.staff.numbers)),
            (self.norms, dict(found.norms.people)),
        ):
            for duty, field in fields.items():
                field.edit.setText(str(told.get(duty.value, "")))
        limit = found.limit
        nothing = _("Nothing is limited by staff: the norm or the staff of this facility is empty.")
        self._said.setText(in_words(limit) if limit is not None else nothing)
        self._head.say(found.source)
        self.save.setEnabled(bool(found.facility_id) and self.runner.may(PLACES))
        self.adopt.setEnabled(self.runner.may(RULES))

    def _read(self, fields: dict[Duty, Field]) -> dict[Duty, int] | None:
        """The numbers that are typed; None where something is no number."""
        told = {}
        for duty, field in fields.items():
            if field.words.strip():
                number = field.whole_number()
                if number is None:
                    return None
                told[duty] = number
        return told

    def _save(self) -> None:
        told = self._read(self.numbers)
        if told is None or self._found is None:
            return
        day, said = date.fromisoformat(self.day.iso), _("The staff is written")
        then = lambda _n: self.said.emit(said)  # noqa: E731
        facility, source = self._found.facility_id, self.source.words
        self.do(said, then, set_staff, facility, told, day, source)

    def _adopt(self) -> None:
        told = self._read(self.norms)
        if told is None:
            return
        day, said = date.fromisoformat(self.day.iso), _("The norm is adopted")
        then = lambda _n: self.said.emit(said)  # noqa: E731
        self.do(said, then, adopt_norms, told, day, self.source.words)
