"""The record of people handed over to their commune."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from admin_suite.core.clock import day_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import A4_LANDSCAPE, Column, Format, Signature
from admin_suite.documents.text import plain
from admin_suite.documents.writing import long_date
from admin_suite.registry.codes import Sex
from modules.quarantine.documents import letters
from modules.quarantine.queries.release import Leaver, handovers

SIGNING = 50


def draw_handover(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print a record for each commune: who went home on ``day``, or who may go now.

    Today's record names whoever has left today and whoever may leave, so that it can be signed
    when the bus is loaded.
    """
    told = letters.wanted(values, ("facility", "day", "commune"))
    place, day = letters.facility(work, told), letters.day_told(work, told)
    found = handovers(work, place.id, day, told.get("commune", ""))
    if not found:
        said = _("Nobody goes home from {facility} on {day}.")
        raise UserError(said.format(facility=place.name, day=day_shown(day)))
    agency = letters.agency_of(work, day, letters.unit_of(work, place))
    form, about = Format(A4_LANDSCAPE), _("Hand-over to communes")
    paper = letters.sheet(work, agency, about, values, form)(out)
    for at, (commune, rows) in enumerate(found.items()):
        if at:
            paper.new_page(restart=True)
        name = letters.commune(rows[0].who) if commune else _("commune not known")
        paper.bookmark(name)
        paper.running = _("Hand-over, {commune} (continued)").format(commune=name)
        letterhead(paper, agency, letters.DOTS, day, size=13)
        about = _("of people who have completed centralised quarantine")
        title(paper, _("RECORD OF THE HAND-OVER"), about=about, before=5)
        paper.skip(2)
        said = _("At {facility}, on {day}, we hand over to the People's Committee of {commune}:")
        words = said.format(facility=plain(place.name), day=long_date(day), commune=name)
        paper.body(words, indent=0)
        paper.skip(1.5)
        _people(work, paper, rows)
    paper.save()


def _people(work: Work, paper: Paper, rows: Sequence[Leaver]) -> None:
    total = (_("In all: {people} people").format(people=len(rows)), *("",) * 8)
    paper.table(_columns(), _cells(rows), total=total, keep=SIGNING)
    paper.skip(3)
    hint = _("(Signature, full name)")
    blocks = (
        Signature((_("HANDED OVER BY"),), letters.maker(work), hint),
        Signature((_("TAKEN OVER BY THE COMMUNE"),), hint=hint),
    )
    signatures(paper, blocks, space=20)


def _columns() -> tuple[Column, ...]:
    year = _("Year of birth")
    return (
        Column(_("No."), 11, "center"),
        Column(_("Full name"), 46),
        Column(_("M"), 14, "center", year),
        Column(_("F"), 14, "center", year),
        Column(_("Address"), 52),
        Column(_("Telephone"), 30, "center"),
        Column(_("Last day"), 26, "center"),
        Column(_("Last test"), 34, "center"),
        Column(_("At home until"), 30, "center"),
    )


def _cells(rows: Sequence[Leaver]) -> list[tuple[str, ...]]:
    return [
        (
            str(at),
            plain(one.who.name),
            letters.born(one.who, Sex.M),
            letters.born(one.who, Sex.F),
            letters.address(one.who),
            plain(one.who.phone),
            day_shown(one.clock.ends_on),
            _tested(one),
            day_shown(one.clock.home_until),
        )
        for at, one in enumerate(rows, start=1)
    ]


def _tested(one: Leaver) -> str:
    if one.tested_on is None:
        return "-"
    return _("{day}, negative").format(day=day_shown(one.tested_on))
