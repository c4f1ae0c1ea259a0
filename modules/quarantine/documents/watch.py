"""The health watch sheet of one room for one week, filled in by hand twice a day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import BinaryIO

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.numbers import decimal
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import (
    A4_LANDSCAPE,
    Column,
    Format,
    Look,
    Margins,
    Signature,
    Style,
)
from admin_suite.documents.text import JOINED, NBSP, plain
from modules.quarantine.codes import Mark
from modules.quarantine.documents import letters
from modules.quarantine.queries.clocks import THRESHOLDS
from modules.quarantine.queries.roster import Lodger, RoomSheet, roster
from modules.quarantine.queries.rounds import written
from modules.quarantine.rules.rounds import Reading

FORM = Format(A4_LANDSCAPE, Margins(20, 12, 30, 15))
DAYS = 7
HEAD, LEGEND = Style(12, leading=1.3), Style(10.5, "justify", leading=1.15)


def draw_watch(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print a sheet for each room with people: a week from ``day`` on, today if none is said.

    What was entered in the program already stands on it.
    """
    told = letters.wanted(values, ("facility", "room", "day"))
    place, day = letters.facility(work, told), letters.day_told(work, told)
    rooms = [one for one in roster(work, place.id, told.get("room", "")) if one.people]
    if not rooms:
        raise UserError(_("Nobody stays in these rooms."))
    agency = letters.agency_of(work, day, letters.unit_of(work, place))
    paper = letters.sheet(work, agency, _("Health watch sheet"), values, FORM)(out)
    for at, room in enumerate(rooms):
        if at:
            paper.new_page(restart=True)
        letterhead(paper, agency)
        title(paper, _("HEALTH WATCH SHEET OF PEOPLE IN QUARANTINE"), before=1)
        paper.skip(1)
        _room(work, paper, room, day)
        _legend(work, paper, place.phone, day)
        hint = _("(Signature, full name)")
        blocks = (
            Signature((_("HEALTH WORKER ON WATCH"),), hint=hint),
            Signature((_("HEAD OF THE FACILITY"),), hint=hint),
        )
        signatures(paper, blocks, space=9)
    paper.save()


def _room(work: Work, paper: Paper, room: RoomSheet, day: date) -> None:
    groups = {one.who.group for one in room.people if one.who}
    group = groups.pop().word if len(groups) == 1 else ""
    name = plain(" ".join(part for part in (room.building, room.name) if part))
    paper.row(
        (0.25, _("Room: {name}").format(name=f"<b>{name}</b>")),
        (0.4, _("Group: {name}").format(name=f"<b>{group}</b>")),
        (0.35, _("First day: {day}").format(day=f"<b>{day:%d/%m/%Y}</b>")),
        style=HEAD,
    )
    days = [day + timedelta(days=step) for step in range(DAYS)]
    known = written(work, [one.who.id for one in room.people if one.who], days)
    rows: list[tuple[str, ...]] = []
    for one in room.lodgers:
        key = one.who.id if one.who else 0
        label = f"{plain(room.name)}-{plain(one.bed.label)}"
        for number, part in ((1, _("Morning")), (2, _("Afternoon"))):
            cells = [text for at in days for text in _told(known.get((key, at, number)))]
            first = (label, _who(one)) if number == 1 else (JOINED, JOINED)
            rows.append((*first, part, *cells))
    paper.table(_columns(days), rows, look=Look(11, number_row=False, least=7.1))


def _who(one: Lodger) -> str:
    if one.who is None:
        return _("<i>(free bed)</i>")
    sex = one.who.sex.word if one.who.sex else ""
    facts = f"{sex}{NBSP}{one.who.dob[:4]}".strip()
    return f"<b>{plain(one.who.name)}</b>, {facts}"


def _told(line: Reading | None) -> tuple[str, str]:
    """What was entered: the temperature, and whether there were symptoms."""
    if line is None:
        return ("", "")
    heat, _saturation, symptoms, mark = line
    if mark is not None:
        return ("", "V" if mark is Mark.ABSENT else "T")
    return (decimal(f"{heat / 10:.1f}") if heat else "", "x" if symptoms else "0")


def _columns(days: list[date]) -> tuple[Column, ...]:
    return (
        Column(_("Bed"), 17, "center"),
        Column(_("Full name, sex, year of birth"), 50),
        Column(_("Time of day"), 14, "center"),
        *(
            Column(head, 12.5, "center", f"{day:%d/%m}")
            for day in days
            for head in (_("T°"), _("Sy"))
        ),
    )


def _legend(work: Work, paper: Paper, phone: str, day: date) -> None:
    limit = THRESHOLDS.at(work, day).value.warm
    said = _(
        "<b>T°</b>: temperature (°C). <b>Sy</b>: the letter of the symptom: <b>0</b> well; "
        "<b>S</b> fever from {limit} °C; <b>H</b> cough; <b>Đ</b> sore throat; <b>M</b> runny "
        "nose; <b>N</b> aches, tired; <b>K</b> short of breath; <b>V</b> absent; <b>T</b> refused. "
        "Tell whoever is on duty at once of S, H, K or V. {phone}"
    )
    number = decimal(f"{limit / 10:.1f}")
    paper.body(said.format(limit=number, phone=plain(phone)), LEGEND, indent=0, before=3)
