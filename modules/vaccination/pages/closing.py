"""The end of a session: what to open in the last hour, and the vials one by one."""

from collections.abc import Sequence

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QFrame

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.cells import Cell, Column, ListModel
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.cards import card, facts
from admin_suite.ui.widgets.chips import Chip
from modules.vaccination.queries.closing import Closing
from modules.vaccination.queries.stock import VialRow


def last_hour(told: Closing) -> QFrame:
    """A card: who waits, what is open, what to open, whom to call in."""
    word = _("{n} minutes left").format(n=told.minutes)
    if not told.minutes:
        word = _("The session is over since {time}").format(time=told.ends)
    about = facts(
        (
            (_("Waiting"), figure(told.waiting)),
            (_("Doses in open vials"), figure(told.left)),
            (_("Vials to open now"), figure(told.open)),
            (_("People to call in"), figure(told.call_in) if told.call_in else ""),
            (_("Doses left over"), figure(told.lost) if told.lost else ""),
        ),
        170,
    )
    tone = "late" if told.open or told.call_in or told.lost else "done"
    return card(_("Last hour"), about, aside=Chip(tone, word))


def balance(vials: Sequence[VialRow], parent: QObject) -> Table:
    """The vials of a session: opened, given, thrown away, and what does not add up."""
    model = ListModel(columns(), line_of, parent)
    made = Table(model, name=_("Vials of the session"), filters=False)
    model.show(vials)
    return made


def summed(vials: Sequence[VialRow]) -> str:
    """All vials in one sentence."""
    said = _("{n} vials, {doses} doses: {given} given, {wasted} thrown away, {open} still open")
    closed = [one for one in vials if one.closed]
    return said.format(
        n=figure(len(vials)),
        doses=figure(sum(one.doses for one in vials)),
        given=figure(sum(one.given for one in vials)),
        wasted=figure(sum(one.wasted or 0 for one in vials)),
        open=figure(len(vials) - len(closed)),
    )


def columns() -> list[Column]:
    """The headings of the vials."""
    return [
        Column("number", _("No."), 44, figures=True),
        Column("lot", _("Lot"), 92),
        Column("doses", _("Opened"), 60, figures=True),
        Column("given", _("Given"), 70, figures=True),
        Column("wasted", _("Wasted"), 56, figures=True),
        Column("difference", _("Not accounted for"), 104, figures=True),
    ]


def line_of(vial: VialRow) -> Sequence[str | Cell]:
    """A vial as cells; an open one has no balance yet."""
    missing = figure(vial.difference) if vial.closed else _("still open")
    return (
        str(vial.number),
        vial.lot,
        figure(vial.doses),
        figure(vial.given),
        figure(vial.wasted) if vial.wasted is not None else "",
        Cell(missing, mark="late" if vial.difference else ""),
    )
