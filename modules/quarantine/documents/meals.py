"""The list of meals that a facility orders for a day."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.parts import Column, Format, Signature
from admin_suite.documents.text import JOINED, plain
from admin_suite.documents.writing import long_date
from modules.quarantine.documents import letters
from modules.quarantine.queries.meals import Meal, kitchen, meals

SIGNING = 50


def draw_meals(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print who eats what on ``day`` at a facility, room by room, with the sums of each meal."""
    told = letters.wanted(values, ("facility", "day"))
    place, day = letters.facility(work, told), letters.day_told(work, told)
    rows = meals(work, place.id, day)
    if not rows:
        said = _("Nobody eats at {facility} on {day}.")
        raise UserError(said.format(facility=place.name, day=day_shown(day)))
    hours = kitchen(work, day)
    agency = letters.agency_of(work, day, letters.unit_of(work, place))
    paper = letters.sheet(work, agency, _("Meal list"), values, Format())(out)
    paper.running = _("Meals of {day} (continued)").format(day=day_shown(day))
    letterhead(paper, agency, letters.DOTS, letters.day_told(work, {}), size=13)
    said = _("(Orders of this day close at {hour} on the day before)")
    note = said.format(hour=hours.cut_off)
    about = _("Meals of {day}").format(day=long_date(day))
    title(paper, _("LIST OF MEALS"), about=about, note=note, before=5)
    paper.skip(2)
    sums = [str(sum(one.eaten[at] for one in rows)) for at in range(len(hours.times))]
    people = _("In all: {people} people").format(people=len(rows))
    total = (people, "", "", *sums, str(sum(map(int, sums))), " ")
    paper.table(_columns(hours.times), _cells(rows), total=total, keep=SIGNING)
    paper.skip(4)
    hint = _("(Signature, full name)")
    blocks = (
        Signature((_("PREPARED BY"),), letters.maker(work), hint),
        Signature((_("KITCHEN"),), hint=hint),
    )
    signatures(paper, blocks)
    paper.save()


def _columns(times: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column(_("No."), 11, "center"),
        Column(_("Room"), 20, "center"),
        Column(_("Full name"), 56),
        *(Column(hour, 16, "center", _("Meals at")) for hour in times),
        Column(_("Sum"), 14, "center"),
        Column(_("Remark"), 40),
    )


def _cells(rows: Sequence[Meal]) -> list[tuple[str, ...]]:
    cells, before = [], ""
    for at, one in enumerate(rows, start=1):
        room = plain(" ".join(part for part in (one.building, one.room) if part))
        cells.append(
            (
                str(at),
                JOINED if room == before else room,
                plain(one.who.name),
                *("1" if eaten else "-" for eaten in one.eaten),
                str(sum(one.eaten)),
                plain(one.who.notes),
            )
        )
        before = room
    return cells
