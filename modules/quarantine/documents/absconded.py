"""The record of who left quarantine without leave: from a facility, or from home."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import BinaryIO, NamedTuple

from admin_suite.core.clock import day_shown, moment_shown, shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import Agency, Format, Signature
from admin_suite.documents.text import plain
from admin_suite.registry import letters as registry
from modules.quarantine.documents import letters
from modules.quarantine.queries.arrivals import ArrivalRow
from modules.quarantine.queries.home_papers import GoneHome, home_absconders
from modules.quarantine.queries.roster import Gone, absconders

ABSCONDED = "quarantine.absconded"
AT_HOME = "quarantine.absconded_home"


class _Record(NamedTuple):
    """What stands on one record beside who it is about."""

    who: ArrivalRow
    found: str
    places: Sequence[str]
    reason: str


class _Signing(NamedTuple):
    """The paper whose signer counts, the title that stands there else, and to whom it goes."""

    paper: str
    head: str
    recipients: Sequence[str]


def draw_absconded(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print the record of who left a facility without leave on ``day``."""
    told = letters.wanted(values, ("facility", "day"))
    place, day = letters.facility(work, told), letters.day_told(work, told)
    rows = absconders(work, place.id, day)
    if not rows:
        said = _("Nobody left {facility} without leave on {day}.")
        raise UserError(said.format(facility=place.name, day=day_shown(day)))
    agency = letters.agency_of(work, day, letters.unit_of(work, place))
    paper = letters.sheet(work, agency, _("Left without leave"), values, Format())(out)
    recipients = (_("The police of the district;"), _("Files."))
    signing = _Signing(ABSCONDED, _("HEAD OF THE FACILITY"), recipients)
    for at, row in enumerate(rows):
        if at:
            paper.new_page(restart=True)
        _draw(paper, _from_room(row), agency, day)
        _sign(work, paper, day, signing)
    paper.save()


def draw_absconded_home(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print the record of who left home quarantine without leave on ``day``."""
    told = letters.wanted(values, ("day", "commune"))
    day = letters.day_told(work, told)
    rows = home_absconders(work, day, told.get("commune", ""))
    if not rows:
        said = _("Nobody left home quarantine without leave on {day}.")
        raise UserError(said.format(day=day_shown(day)))
    agency = letters.agency_of(work, day, None)
    paper = letters.sheet(work, agency, _("Left without leave"), values, Format())(out)
    for at, row in enumerate(rows):
        if at:
            paper.new_page(restart=True)
        _draw(paper, _from_home(row), agency, day)
        commune = letters.commune(row.who)
        recipients = (
            _("The police of the district;"),
            _("People's Committee and health station of {commune};").format(commune=commune),
            _("Files."),
        )
        _sign(work, paper, day, _Signing(AT_HOME, _("DIRECTOR"), recipients))
    paper.save()


def _from_room(row: Gone) -> _Record:
    said = _("<b>{name}</b>, room {room}, was found missing at {moment} and was not found again.")
    moment = moment_shown(row.left_at)
    found = said.format(name=plain(row.who.name), room=plain(row.room), moment=moment)
    return _Record(row.who, found, (), row.reason)


def _from_home(row: GoneHome) -> _Record:
    said = _(
        "<b>{name}</b>, in quarantine at home, was found missing at {moment} and was not found "
        "again."
    )
    found = said.format(name=plain(row.who.name), moment=moment_shown(row.left_at))
    heard = moment_shown(row.heard_at) if row.heard_at else letters.DOTS
    places = (
        _("Place of quarantine: at home, {address}").format(
            address=plain(row.address) or letters.DOTS
        ),
        _("Heard of last at {moment}").format(moment=heard),
    )
    return _Record(row.who, found, places, row.reason)


def _draw(paper: Paper, row: _Record, agency: Agency, day: date) -> None:
    paper.bookmark(row.who.name)
    letterhead(paper, agency, letters.DOTS, day, size=13)
    about = _("of a person in quarantine who has left without leave")
    title(paper, _("RECORD"), about=about, before=5)
    paper.skip(2)
    paper.body(row.found)
    paper.skip(1.5)
    paper.row(
        (0.5, _("Date of birth: {day}").format(day=shown(row.who.dob))),
        (0.5, _("Citizen ID: {id}").format(id=plain(row.who.id_no) or letters.DOTS)),
    )
    paper.row((1, _("Telephone: {number}").format(number=plain(row.who.phone) or letters.DOTS)))
    paper.row((1, _("Residing at: {address}").format(address=letters.address(row.who))))
    for place in row.places:
        paper.row((1, place))
    since = shown(row.who.arrived)
    group = row.who.group.word
    paper.row((1, _("In quarantine since {day}, {group}").format(day=since, group=group)))
    paper.body(_("What is known: {words}").format(words=plain(row.reason) or letters.DOTS))
    paper.body(_("The police and the commune are asked to find and bring back this person./."))


def _sign(work: Work, paper: Paper, day: date, signing: _Signing) -> None:
    paper.skip(4)
    hint = _("(Signature, full name)")
    maker = Signature((_("PREPARED BY"),), letters.maker(work), hint)
    signed = registry.signature(work, signing.paper, day, signing.head, _("(Signature, seal)"))
    signatures(paper, (maker, signed), recipients=list(signing.recipients))
