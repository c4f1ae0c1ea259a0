"""The roster of a venue in its side card: who works there, one more, and whose time is over."""

from collections.abc import Sequence

from PyQt6.QtWidgets import QFrame

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import Refused
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.registry.reading.days import clock
from admin_suite.registry.service import NewPerson
from admin_suite.registry.typed import Form, read
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.dates import day_names
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.layout import column, row
from admin_suite.ui.widgets.person_form import today
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick
from modules.venues.queries.roster import StaffRow
from modules.venues.service import Ended, NewStaff

LEAST, WORKDAYS, IN_A_LINE, PAIR = 150, 5, 4, 2


class RosterCard(QFrame):
    """Shows and reads; storing is the page's."""

    def __init__(self, rows: Sequence[StaffRow]) -> None:
        super().__init__()
        self.model = ListModel(columns(), line_of, self)
        self.table = Table(self.model, name=_("Staff of this venue"), filters=False)
        self.table.setMinimumHeight(LEAST)
        self.model.show(rows)
        self.fields = {
            "name": Field(_("Full name")),
            "phone": Field(_("Telephone")),
            "dob": Field(_("Year of birth")),
            "starts": Field(_("Begins at")),
            "ends": Field(_("Ends at")),
        }
        self.fields["starts"].edit.setText("07:30")
        self.fields["ends"].edit.setText("16:30")
        self.days = [Tick(name) for name in day_names()]
        for at, box in enumerate(self.days):
            box.setChecked(at < WORKDAYS)
        for field in self.fields.values():
            field.edit.returnPressed.connect(self.focusNextChild)
        f = self.fields
        self.setLayout(
            column(
                self.table,
                f["name"],
                row(f["phone"], f["dob"], gap=theme.M),
                text(_("Days of the week"), "caption"),
                row(*self.days[:IN_A_LINE], 1),
                row(*self.days[IN_A_LINE:], 1),
                row(f["starts"], f["ends"], gap=theme.M),
                gap=theme.M,
            )
        )

    def read(self) -> NewStaff | None:
        """Whom the form puts on the roster; none where something of it is wrong."""
        texts = {name: self.fields[name].words for name in ("name", "phone", "dob")}
        found = read(texts, Form(NewPerson("")), today())
        wrong = dict(found.wrong)
        if not found.form.person.name:
            wrong.setdefault("name", _("The name is missing."))
        hours = {name: clock(self.fields[name].words) for name in ("starts", "ends")}
        wrong |= {
            name: _("A time of the day is written 7h30.")
            for name, hour in hours.items()
            if hour is None
        }
        days = "".join(str(at) for at, box in enumerate(self.days, 1) if box.isChecked())
        self.complain(wrong)
        if wrong:
            return None
        starts, ends = (f"{hour:%H:%M}" for hour in hours.values() if hour is not None)
        return NewStaff(found.form.person, days, starts, ends)

    def complain(self, wrong: dict[str, str]) -> None:
        """Say below each field what is wrong with it; the first one gets the focus."""
        for name, field in self.fields.items():
            field.complain(wrong.get(name, ""))
        if first := next((name for name in self.fields if name in wrong), ""):
            self.fields[first].edit.setFocus()

    def failed(self, error: Exception) -> None:
        """The verb refused it: say so below the fields."""
        if isinstance(error, Refused):
            self.complain({one.field: one.message for one in error.refusals})

    def chosen(self) -> list[int]:
        """The lines of the roster that are selected."""
        rows = [self.model.line(at) for at in self.table.chosen_lines()]
        return [one.id for one in rows if isinstance(one, StaffRow)]


def columns() -> list[Column]:
    """The headings of a roster."""
    return [Column("name", _("Full name")), Column("hours", _("On duty"), 150)]


def line_of(one: StaffRow) -> Sequence[str | Cell]:
    """Somebody of a roster as cells; the telephone and the days of the roster stand in the hint."""
    days = days_told(one.days)
    known = [one.phone, _("since {day}").format(day=day_shown(one.since))]
    if one.until is not None:
        known.append(_("until {day}").format(day=day_shown(one.until)))
    return (
        Cell(one.name, role="strong", hint=" · ".join(filter(None, known))),
        Cell(f"{one.starts}-{one.ends} {days}", hint=" · ".join(filter(None, known))),
    )


def ended_told(ended: Ended) -> str:
    """What became of those who work there no longer."""
    last, gone = (
        _("Today is the last day on the roster"),
        _("{n} people are off the roster before they began").format(n=figure(ended.coming)),
    )
    return " · ".join(
        [last] * (bool(ended.ending) or not ended.coming) + [gone] * bool(ended.coming)
    )


def days_told(digits: str) -> str:
    """Days of the week in few letters, those that follow each other as a span: ``T2-T6 CN``."""
    names, spans = day_names(), list[list[int]]()
    for day in map(int, sorted(digits)):
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    words = [[names[day - 1] for day in span] for span in spans]
    return " ".join(f"{one[0]}-{one[-1]}" if len(one) > PAIR else " ".join(one) for one in words)
