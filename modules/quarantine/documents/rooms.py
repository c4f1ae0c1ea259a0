"""The card on a room's door, the list of rooms, the list of a bus."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from admin_suite.core.clock import day_shown, shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.documents.codes import Square
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper, first_sheet
from admin_suite.documents.parts import (
    A5,
    MM,
    Column,
    Format,
    Look,
    Margins,
    Signature,
    Style,
)
from admin_suite.documents.text import JOINED, Spot, face, plain, width
from admin_suite.qr.making import matrix
from admin_suite.registry import letters as registry
from admin_suite.registry.codes import Sex
from modules.quarantine.codes import Group
from modules.quarantine.documents import letters
from modules.quarantine.queries.arrivals import ArrivalRow
from modules.quarantine.queries.beds import FacilityRow
from modules.quarantine.queries.roster import Lodger, RoomSheet, passengers, roster
from modules.quarantine.rules.keys import door_code

DOOR = Format((A5[1], A5[0]), Margins(12, 8, 14, 14))
SMALL, PHONE = Style(10, family="sans"), Style(11, bold=True, family="sans")
HEAD, BADGE = Style(10, bold=True, family="sans"), Style(18, bold=True, family="sans")
LARGE, INSIDE = 48.0, Style(12, family="sans")
CODE = 27.0
SIGNING = 55


def draw_doors(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print a card for the door of every room with people, or of the room named.

    No address, no telephone, no result: everybody passes by. ``group`` set to ``no`` leaves out
    the group as well.
    """
    told = letters.wanted(values, ("facility", "room", "group"))
    place = letters.facility(work, told)
    rooms = [one for one in roster(work, place.id, told.get("room", "")) if one.people]
    if not rooms:
        raise UserError(_("Nobody stays in these rooms."))
    first = first_sheet(values)
    paper = Paper(out, _("Door cards"), author=place.name, form=DOOR, first=first)
    paper.numbered = False
    for at, room in enumerate(rooms):
        if at:
            paper.new_page(restart=True)
        _door(paper, place, room, grouped=told.get("group") != "no")
    paper.save()


def draw_rooms(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print who stays in which room of a facility."""
    told = letters.wanted(values, ("facility", "number"))
    place = letters.facility(work, told)
    rooms = [one for one in roster(work, place.id) if one.people]
    if not rooms:
        raise UserError(_("Nobody stays in these rooms."))
    day = letters.day_told(work, {})
    agency = letters.agency_of(work, day, letters.unit_of(work, place))
    paper = letters.sheet(work, agency, _("Room list"), values, Format())(out)
    paper.running = _("Room list of {facility} (continued)").format(facility=plain(place.name))
    letterhead(paper, agency, told.get("number") or letters.DOTS, day, size=13)
    title(paper, _("LIST OF ROOMS"), about=plain(place.name), before=5)
    paper.skip(2)
    people = [one.who for room in rooms for one in room.people if one.who]
    total = _totals(people, 4, len(rooms))
    paper.table(_room_columns(), _room_cells(rooms), total=total, keep=SIGNING)
    paper.skip(4)
    signatures(paper, _signers(work, "quarantine.rooms"))
    paper.save()


def draw_bus(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print who comes by which vehicle on a day, with the bed of each."""
    told = letters.wanted(values, ("facility", "day"))
    place, day = letters.facility(work, told), letters.day_told(work, told)
    found = passengers(work, place.id, day)
    if not found:
        said = _("Nobody comes to {facility} on {day}.")
        raise UserError(said.format(facility=place.name, day=day_shown(day)))
    agency = letters.agency_of(work, day, letters.unit_of(work, place))
    paper = letters.sheet(work, agency, _("Bus manifest"), values, Format())(out)
    for at, (vehicle, people) in enumerate(found.items()):
        if at:
            paper.new_page(restart=True)
        name = plain(vehicle) or _("by themselves")
        paper.running = _("Passengers, {vehicle} (continued)").format(vehicle=name)
        letterhead(paper, agency, when=day, size=13)
        said = _("(To {facility}, vehicle: {vehicle})")
        note = said.format(facility=plain(place.name), vehicle=name)
        title(paper, _("LIST OF PASSENGERS"), note=note, before=5)
        paper.skip(2)
        total = _totals(people, 3)
        paper.table(_bus_columns(), _bus_cells(people), total=total, keep=SIGNING)
        paper.skip(4)
        hint = _("(Signature, full name)")
        signatures(
            paper,
            (
                Signature((_("DRIVER"),), hint=hint),
                Signature((_("TAKEN OVER BY"),), hint=hint),
            ),
        )
    paper.save()


# -- a door ---------------------------------------------------------------------------------------


def _door(paper: Paper, place: FacilityRow, room: RoomSheet, *, grouped: bool) -> None:
    top = paper.y
    floor = _("floor {n}").format(n=room.floor)
    where = ", ".join(part for part in (plain(room.building), floor) if part)
    paper.at(Spot(paper.left, top - 9, paper.room), plain(place.name), HEAD)
    paper.at(Spot(paper.left, top - 22, paper.room), where[:1].upper() + where[1:], SMALL)
    name = _("ROOM {name}").format(name=plain(room.name))
    wide = width(name, face("sans", bold=True), LARGE)
    size = min(LARGE, LARGE * 130 * MM / wide)
    paper.at(Spot(paper.left, top - 73, paper.room), name, Style(size, bold=True, family="sans"))
    _badge(paper, room, top, grouped=grouped)
    payload = door_code(place.code, room.lodgers[0].bed.room_id)
    spot = Square(paper.left + paper.room - 33 * MM, top - CODE * MM, CODE * MM)
    paper.code(matrix(payload), spot)
    paper.y = top - 114
    columns = (
        Column(_("Bed"), 20, "center"),
        Column(_("Full name"), 93),
        Column(_("Born in"), 23, "center"),
        Column(_("From"), 25, "center"),
        Column(_("To the end of"), 31, "center"),
    )
    cells = [_guest(room, one) for one in room.lodgers]
    paper.table(columns, cells, look=Look(11.5, "sans", number_row=False, least=10))
    paper.skip(5)
    rules = _("Stay in the room, wear a mask, do not visit other rooms.")
    paper.at(Spot(paper.left, paper.y, paper.room), rules, SMALL)
    if place.phone:
        said = _("If you need help, call {phone}").format(phone=plain(place.phone))
        paper.at(Spot(paper.left, paper.y - 14, paper.room), said, PHONE)


def _badge(paper: Paper, room: RoomSheet, top: float, *, grouped: bool) -> None:
    groups = {one.who.group for one in room.people if one.who}
    left = paper.left
    if grouped and len(groups) == 1:
        words = _mark(groups.pop()).upper()
        wide = width(words, face("sans", bold=True), BADGE.size) + 14
        paper.canvas.setLineWidth(1)
        paper.canvas.roundRect(left, top - 104, wide, 23, 4)
        paper.at(Spot(left + 7, top - 99, wide), words, BADGE)
        left += wide + 10
    said = _("Takes {most} people, {now} stay here")
    said = said.format(most=room.most, now=len(room.people))
    paper.at(Spot(left, top - 98, paper.room), said, INSIDE)


MARKS: dict[Group, str] = {
    Group.F0: N_("Group F0"),
    Group.F1: N_("Group F1"),
    Group.ENTRANT: N_("Entrants"),
    Group.RETURNEE: N_("Returnees"),
    Group.SYMPTOMATIC: N_("Symptoms"),
}


def _mark(group: Group) -> str:
    return _(MARKS[group])


def _guest(room: RoomSheet, one: Lodger) -> tuple[str, ...]:
    label = f"{plain(room.name)}-{plain(one.bed.label)}"
    if one.who is None:
        return (label, "", "", "", "")
    ends = day_shown(one.clock.ends_on) if one.clock else ""
    return (label, plain(one.who.name), one.who.dob[:4], shown(one.who.arrived), ends)


# -- the lists ------------------------------------------------------------------------------------


def _room_columns() -> tuple[Column, ...]:
    year = _("Year of birth")
    return (
        Column(_("No."), 11, "center"),
        Column(_("Room"), 16, "center"),
        Column(_("Bed"), 19, "center"),
        Column(_("Full name"), 47),
        Column(_("M"), 13, "center", year),
        Column(_("F"), 13, "center", year),
        Column(_("Group"), 21, "center"),
        Column(_("To the end of"), 25, "center"),
        Column(_("Remark"), 20),
    )


def _room_cells(rooms: Sequence[RoomSheet]) -> list[tuple[str, ...]]:
    cells: list[tuple[str, ...]] = []
    for room in rooms:
        for at, one in enumerate(room.people):
            if one.who is None:
                continue
            name = plain(" ".join(part for part in (room.building, room.name) if part))
            cells.append(
                (
                    str(len(cells) + 1),
                    JOINED if at else name,
                    plain(one.bed.label),
                    plain(one.who.name),
                    letters.born(one.who, Sex.M),
                    letters.born(one.who, Sex.F),
                    _mark(one.who.group),
                    day_shown(one.clock.ends_on) if one.clock else "",
                    plain(one.who.notes),
                )
            )
    return cells


def _bus_columns() -> tuple[Column, ...]:
    year = _("Year of birth")
    return (
        Column(_("No."), 11, "center"),
        Column(_("Seat"), 13, "center"),
        Column(_("Full name"), 46),
        Column(_("M"), 13, "center", year),
        Column(_("F"), 13, "center", year),
        Column(_("Address"), 40),
        Column(_("Family code"), 16, "center"),
        Column(_("Bed"), 18, "center"),
        Column(_("Remark"), 20),
    )


def _bus_cells(people: Sequence[ArrivalRow]) -> list[tuple[str, ...]]:
    return [
        (
            str(at),
            plain(who.seat),
            plain(who.name),
            letters.born(who, Sex.M),
            letters.born(who, Sex.F),
            letters.address(who),
            plain(who.party),
            plain(f"{who.room}-{who.bed}") if who.room else "",
            plain(who.notes),
        )
        for at, who in enumerate(people, start=1)
    ]


def _totals(people: Sequence[ArrivalRow], before: int, rooms: int = 0) -> tuple[str, ...]:
    """The line of sums: everybody in ``before`` columns, then men and women in theirs."""
    men = sum(who.sex is Sex.M for who in people)
    women = sum(who.sex is Sex.F for who in people)
    said = _("In all: {people} people")
    if rooms:
        said = _("In all: {people} people, {rooms} rooms")
    words = said.format(people=len(people), rooms=rooms)
    rest = len(_room_columns()) - before - 2
    return (words, *("",) * (before - 1), str(men), str(women), " ", *("",) * (rest - 1))


def _signers(work: Work, paper: str) -> tuple[Signature, ...]:
    maker = letters.maker(work)
    day = letters.day_told(work, {})
    head = _("HEAD OF THE FACILITY")
    return (
        Signature((_("PREPARED BY"),), maker, _("(Signature, full name)")),
        registry.signature(work, paper, day, head, _("(Signature, seal)")),
    )
