"""How a venue and its codes are told: a line of the register, an entrance on its card."""

from collections.abc import Sequence

from admin_suite.core.clock import day_shown
from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.widgets.chips import Status
from modules.venues.queries import EntranceRow, VenueRow
from modules.venues.rules.marks import grouped


def told(door: EntranceRow) -> str:
    """What code an entrance has, in words."""
    if door.issue is None or door.valid_from is None:
        return _("no code yet")
    if door.revoked_at is not None:
        return _("issue {n} was revoked").format(n=door.issue)
    said = [_("Issue {n} of {day}").format(n=door.issue, day=day_shown(door.valid_from))]
    steps = (
        (_("handed over {day}"), door.handed_on),
        (_("put up {day}"), door.posted_on),
        (_("seen {day}"), door.seen_on),
    )
    said += [words.format(day=day_shown(day)) for words, day in steps if day is not None]
    return ", ".join(said)


def columns() -> list[Column]:
    """The headings."""
    return [
        Column("number", _("Number"), 90, figures=True, room=760),
        Column("name", _("Name of the venue")),
        Column("kind", _("Kind of place"), 240, room=1000),
        Column("commune", _("Commune"), 150),
        Column("keeper", _("Person in charge"), 160, room=1100),
        Column("phone", _("Telephone"), 110, room=1000),
        Column("codes", _("Codes"), 150),
    ]


def line_of(row: VenueRow) -> Sequence[str | Cell]:
    """A venue as cells."""
    return (
        grouped(row.number),
        Cell(row.name, role="strong"),
        row.kind.word,
        row.commune,
        row.keeper,
        row.phone,
        Cell(status=status_of(row)),
    )


def status_of(row: VenueRow) -> Status:
    """Whether each entrance has a code; a closed venue needs none."""
    if not row.is_open:
        return Status("idle", row.standing.word)
    if row.coded == row.entrances:
        return Status("done", _("{n} issued").format(n=figure(row.coded)))
    return Status("wait", _("{n} of {m} issued").format(n=figure(row.coded), m=row.entrances))
