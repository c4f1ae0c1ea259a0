"""The papers of venues: posters with their codes, their index, and the list to sign for them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import BinaryIO

from msgspec import Struct

from admin_suite.core.clock import day_shown, moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db import settings
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.parts import (
    A4,
    A4_LANDSCAPE,
    MM,
    Column,
    Format,
    Signature,
    Style,
)
from admin_suite.documents.signs import FINE, Sign, Signs, Wording
from admin_suite.documents.text import plain
from admin_suite.qr.making import matrix
from admin_suite.registry import letters
from admin_suite.registry.names import whole_address
from admin_suite.registry.queries import names_of
from modules.venues import queries
from modules.venues.day import HOTLINE
from modules.venues.formats import register
from modules.venues.queries import EntranceRow, VenueRow
from modules.venues.rules.marks import grouped

FILTERS = queries.FILTERS
VALUES = (*FILTERS, "form", "outline")
CARD, CARDS_ACROSS, CARDS_DOWN = 50.0, 4, 5
HALF: float = 0.5**0.5
NOTE = Style(12, "justify", italic=True)

OURS = Wording(
    N_("SHOW YOUR CARD WHEN YOU COME AND WHEN YOU GO"),
    (
        ("show", N_("Show your citizen card, insurance card or telephone at the desk")),
        ("write", N_("Nobody there: write name, telephone and the number above")),
        ("leave", N_("Tell the desk again when you leave")),
    ),
    N_("This code is for the staff of this place: they scan it together with your card."),
)
NATIONAL = Wording(
    N_("SCAN WHEN YOU COME, SCAN AGAIN WHEN YOU GO"),
    (
        ("scan", N_("Open the scanner and point it at the code above")),
        ("look", N_("Check the name of the place, then send")),
        ("leave", N_("Scan this code again when you leave")),
    ),
    N_("No smartphone: show your citizen card or insurance card, or read the number to the desk."),
    two_codes=True,
)


class Point(Struct, frozen=True):
    """One poster to draw: an entrance with a code in force, its venue and its signed text."""

    door: EntranceRow
    venue: VenueRow
    text: str


def draw_posters(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """A poster for each entrance, commune by commune; before those of several venues an index.

    Pages are counted from the first poster, in the index as in ``from_page``: after a jam the index
    is there already, so it is not printed again.

    Which venues: by ``number``, ``kind``, ``commune_code``, ``standing``, ``name``; ``form`` is
    ``a4``, ``a5`` (two on a sheet) or ``cards`` (5 x 5 cm); ``outline`` draws edges alone.
    """
    unknown = [key for key in values if key not in (*VALUES, FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(VALUES)))
    forms = {
        "a4": (_sheets, 1),
        "a5": (_halves, 2),
        "cards": (_cards, CARDS_ACROSS * CARDS_DOWN),
    }
    form = values.get("form") or "a4"
    if form not in forms:
        said = _("Posters are printed as: {names}.")
        raise UserError(said.format(names=", ".join(forms)))
    points = points_of(work, {key: values[key] for key in FILTERS if values.get(key)})
    if not points:
        raise UserError(_("No code was issued yet for these venues; issue them first."))
    sheet = Format(A4_LANDSCAPE if form == "a5" else A4)
    paper = Paper(out, _("Venue posters"), form=sheet, first=first_sheet(values))
    draw, on_a_page = forms[form]
    outline = bool(values.get("outline"))
    several = len({point.venue.id for point in points}) > 1
    if several and not outline and paper.first == 1:
        _index(paper, points, on_a_page)
    paper.numbered = False
    signs = Signs(paper, [_translated(one) for one in (OURS, NATIONAL)])
    draw(signs, [_sign(work, point, card=form == "cards") for point in points], outline=outline)
    paper.save()


def _index(paper: Paper, points: Sequence[Point], on_a_page: int) -> None:
    """Which poster is on which page, before the first of them."""
    said = _("Pages are counted from the first poster; “From page” takes the same numbers.")
    title(paper, _("INDEX OF VENUE POSTERS"), note=said, before=0)
    columns = (
        Column(_("Number"), 14, "center"),
        Column(_("Name of the venue"), 42),
        Column(_("Entrance"), 18),
        Column(_("Commune"), 20),
        Column(_("Page"), 10, "center"),
    )
    rows = [
        (
            grouped(point.venue.number),
            plain(point.venue.name),
            plain(point.door.words),
            plain(point.venue.commune),
            str(place // on_a_page + 1),
        )
        for place, point in enumerate(points)
    ]
    paper.table(columns, rows)
    paper.new_page(restart=True)


def draw_handing(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """The list of posters of each commune, for whoever takes them over to sign."""
    wanted = {key: values[key] for key in FILTERS if values.get(key)}
    points = points_of(work, wanted)
    if not points:
        raise UserError(_("No code was issued yet for these venues; issue them first."))
    day = work.today()
    maker = names_of(work, [work.actor.id]).get(work.actor.id, work.actor.name)
    foot = _("Printed by {name} at {moment}").format(
        name=plain(maker), moment=moment_shown(work.now())
    )
    agency = letters.agency(work, day)
    paper = Paper(
        out,
        _("Hand-over of venue posters"),
        author=agency.name,
        foot=foot,
        first=first_sheet(values),
    )
    for place, (commune, part) in enumerate(_by_commune(points)):
        if place:
            paper.new_page(restart=True)
        paper.bookmark(commune)
        letterhead(paper, agency, "............", day)
        title(paper, _("LIST OF VENUE POSTERS HANDED OVER"), about=plain(commune))
        _handed(paper, part)
        signatures(
            paper,
            [
                Signature((_("HANDED OVER BY"),), hint=_("(Signature and full name)")),
                Signature((_("TAKEN OVER BY"),), hint=_("(Signature and full name)")),
            ],
        )
    paper.save()


def _handed(paper: Paper, points: Sequence[Point]) -> None:
    columns = (
        Column(_("No."), 7, "center"),
        Column(_("Number"), 14, "center"),
        Column(_("Name of the venue"), 40),
        Column(_("Entrance"), 18),
        Column(_("Issue"), 9, "center"),
        Column(_("Signature"), 22),
    )
    rows = [
        (
            str(at),
            grouped(point.venue.number),
            plain(point.venue.name),
            plain(point.door.words),
            str(point.door.issue),
            "",
        )
        for at, point in enumerate(points, start=1)
    ]
    total = (_("Total: {n} posters").format(n=len(points)), *[""] * 5)
    paper.table(columns, rows, total=total, keep=40)


def points_of(work: Work, where: Mapping[str, str]) -> list[Point]:
    """The entrances of these venues that have a code in force, commune by commune."""
    venues = {row.id: row for row in queries.venues(work, where)}
    doors = [door for door in queries.entrance_rows(work, list(venues)) if not door.is_bare]
    texts = queries.texts(work, doors)
    points = [
        Point(door, venues[door.venue_id], text) for door, text in zip(doors, texts, strict=True)
    ]
    # one code may have been two communes' at different times
    return sorted(points, key=lambda point: (point.venue.commune_code, point.venue.commune))


def _by_commune(points: Sequence[Point]) -> Iterator[tuple[str, list[Point]]]:
    for commune, part in groupby(points, key=lambda point: point.venue.commune):
        yield commune, list(part)


def _translated(wording: Wording) -> Wording:
    steps = tuple((picture, _(words)) for picture, words in wording.steps)
    return Wording(_(wording.title), steps, _(wording.below), wording.two_codes)


def _sign(work: Work, point: Point, *, card: bool) -> Sign:
    """One poster: exactly one large code, the national one where the venue has it."""
    door, venue = point.door, point.venue
    ours = matrix(point.text, "Q")
    national = register.national_code(venue.national)
    foot = _("Issue {n} of {day}").format(n=door.issue, day=day_shown(door.valid_from or date.min))
    if door.issue is not None and door.issue > 1:
        foot += " | " + _("replaces issue {n}").format(n=door.issue - 1)
    hotline = settings.value(work, HOTLINE)
    if hotline:
        foot += " | " + _("Hotline: {number}").format(number=f"<b>{plain(hotline)}</b>")
    spoken = _("Number of the place: {number}").format(
        number=f"{grouped(venue.number)} - {door.entrance:02d}"
    )
    address = plain(whole_address(venue.address, venue.commune))
    words = (plain(venue.name), plain(door.words), address, spoken, foot)
    if national:
        caption = _("Internal code, for officials")
        large = matrix(national, "Q")
        if card and len(large) > FINE:  # coarse enough for a telephone matters more than a stain
            large = matrix(national, "L")
        return Sign(*words, large, matrix(point.text, "M"), caption)
    return Sign(*words, ours)


def _sheets(signs: Signs, made: Sequence[Sign], *, outline: bool) -> None:
    paper = signs.paper
    for place, sign in enumerate(made):
        if place:
            paper.new_page(restart=True)
        if outline:
            paper.canvas.rect(8 * MM, 8 * MM, 194 * MM, 281 * MM)
        else:
            signs.draw(sign)


def _halves(signs: Signs, made: Sequence[Sign], *, outline: bool) -> None:
    paper = signs.paper
    for place, sign in enumerate(made):
        if place and place % 2 == 0:
            paper.new_page(restart=True)
        left = place % 2 * 148.5 * MM
        if outline:
            paper.canvas.rect(left + 6 * MM, 6 * MM, 136.5 * MM, 198 * MM)
            continue
        signs.draw(sign, (left, 0), HALF)


def _cards(signs: Signs, made: Sequence[Sign], *, outline: bool) -> None:
    paper, whole = signs.paper, CARDS_ACROSS * CARDS_DOWN
    for place, sign in enumerate(made):
        if place and place % whole == 0:
            paper.new_page(restart=True)
        line, column = divmod(place % whole, CARDS_ACROSS)
        corner = ((5 + column * CARD) * MM, (297 - 23.5 - (line + 1) * CARD) * MM)
        if outline:
            paper.canvas.rect(*corner, CARD * MM, CARD * MM)
        else:
            signs.card(sign, corner, CARD)
