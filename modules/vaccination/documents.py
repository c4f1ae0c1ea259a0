"""Papers: the confirmation of doses (A5), call lists by hamlet, letters of a recall."""

import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from admin_suite.core.clock import day_shown, here, moment_shown, shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.parts import A4, A5, Column, Format, Margins, Signature, Style
from admin_suite.documents.text import plain
from admin_suite.registry import letters
from admin_suite.registry.names import whole_address
from admin_suite.registry.queries import PersonRow, names_of, people_of
from modules.vaccination.formats import lot_number
from modules.vaccination.queries.doses import DoseLine, lines_of
from modules.vaccination.queries.sessions import InvitedRow, invited_to, session_line
from modules.vaccination.queries.slips import confirmed, numbered_slips, replaced
from modules.vaccination.queries.stock import LotRow, Recalled, given_of_lot, lots

MOST = 200  # slips of one file
NARROW = Margins(top=10, bottom=10, left=12, right=10)
SMALL = Style(10.5)
NOTE = Style(9.5, italic=True)
HOUSE = re.compile(r"(?:(?:số nhà|nhà số|số|ngõ|ngách|hẻm|sn)\b[\s.:]*)?\d", re.IGNORECASE)


def _set(values: Mapping[str, str], known: Sequence[str]) -> dict[str, str]:
    wanted = {k: v.strip() for k, v in values.items() if v.strip() and k != FROM_PAGE}
    unknown = [key for key in wanted if key not in known]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(known)))
    return wanted


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.replace(",", " ").split() if part.isdecimal()]


def _slip_numbers(text: str, year: int) -> list[str]:
    """The numbers of slips as they are printed; ``12`` is the twelfth of this year."""
    words = text.upper().replace(",", " ").split()
    return [f"XN-{year}-{int(word):06d}" if word.isdecimal() else word for word in words]


def _foot(work: Work) -> str:
    name = names_of(work, [work.actor.id]).get(work.actor.id, work.actor.name)
    said = _("Printed by {name} at {moment}")
    return said.format(name=plain(name), moment=moment_shown(work.now()))


def draw_slips(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """One confirmation on A5 for each slip that was numbered; ``slips`` or ``people`` say whose."""
    wanted = _set(values, ("slips", "people"))
    numbers = _slip_numbers(wanted.get("slips", ""), here(work.now()).year)
    slips = numbered_slips(work, numbers, _numbers(wanted.get("people", "")))
    if not slips:
        raise UserError(
            _("No confirmation was numbered yet. Number some on the page of who is registered.")
        )
    if len(slips) > MOST:
        said = _("At most {n} confirmations are printed in one file; these are {m}.")
        raise UserError(said.format(n=MOST, m=len(slips)))
    people = {one.id: one for one in people_of(work, [person for _number, person in slips])}
    doses = lines_of(work, {key: one.dob for key, one in people.items()})
    before = replaced(work, [number for number, _person in slips])
    day = work.today()
    agency = letters.agency(work, day)
    form = Format(A5, NARROW)
    paper = Paper(
        out,
        _("Confirmation of vaccination"),
        author=agency.name,
        form=form,
        foot=_foot(work),
        first=first_sheet(values),
    )
    sign = letters.signature(work, "vaccination.slips", day, _("DIRECTOR"), _("(Signature, seal)"))
    for place, (number, key) in enumerate(slips):
        if place:
            paper.new_page(restart=True)
        paper.bookmark(number)
        letterhead(paper, agency, number, day, size=10)
        _slip(paper, people[key], confirmed(doses.get(key, ())), before.get(number, ""))
        signatures(paper, (Signature(("",)), sign), space=12)
    paper.save()


def _slip(paper: Paper, one: PersonRow, doses: Sequence[DoseLine], before: str) -> None:
    """Who was given which doses, and which confirmations this one takes the place of."""
    title(paper, _("CONFIRMATION OF VACCINATION"), note=_("(against COVID-19)"), before=3)
    facts = (
        (_("Full name"), f"<b>{plain(one.name)}</b>"),
        (_("Born"), ", ".join(filter(None, (shown(one.dob), one.sex.word if one.sex else "")))),
        (_("Citizen number"), plain(one.id_no) or "-"),
        (_("Address"), plain(one.address) or "-"),
    )
    paper.skip(1)
    for name, value in facts:
        paper.row((1, f"{name}: {value}"), style=SMALL, before=1)
    paper.skip(2)
    rows = [
        (
            str(line.number),
            day_shown(line.on),
            plain(line.product) or "-",
            plain(line.lot) or "-",
            plain(line.place) or "-",
        )
        for line in doses
    ]
    paper.table(_dose_columns(), rows)
    paper.skip(1)
    if before:
        said = _("Replaces confirmation {numbers}, which is not valid any more.")
        paper.body(said.format(numbers=plain(before)), NOTE, indent=0)
    said = _("A confirmation of the facility, not the certificate of the national platform.")
    paper.body(said, NOTE, indent=0)
    paper.skip(2)


def _dose_columns() -> tuple[Column, ...]:
    return (
        Column(_("Dose"), 12, "center"),
        Column(_("Day"), 24, "center"),
        Column(_("Vaccine"), 30),
        Column(_("Lot"), 24, "center"),
        Column(_("Place of the injection"), 36),
    )


def draw_calls(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """The list of a session by hamlet, a page for each collaborator who calls."""
    wanted = _set(values, ("session",))
    keys = _numbers(wanted.get("session", ""))
    if not keys:
        raise UserError(_("Say which session: session=NUMBER."))
    rows = invited_to(work, keys[0])
    if not rows:
        raise UserError(_("Nobody is on the list of this session yet."))
    day, about = work.today(), session_line(work, keys[0])
    paper = Paper(
        out,
        _("Call list"),
        author=letters.agency(work, day).name,
        form=Format(A4),
        foot=_foot(work),
        first=first_sheet(values),
    )
    for place, (where, people) in enumerate(_by_hamlet(rows).items()):
        if place:
            paper.new_page()
        title(paper, _("CALL LIST"), note=plain(about), before=1)
        paper.skip(1)
        paper.row((1, f"<b>{plain(where) or '-'}</b>"))
        paper.skip(1)
        cells = [
            (
                str(n),
                plain(p.name),
                shown(p.dob),
                p.phone,
                plain(p.slot),
                p.call.word if p.call else "",
            )
            for n, p in enumerate(people, start=1)
        ]
        paper.table(_call_columns(), cells)
    paper.save()


def _by_hamlet(rows: Sequence[InvitedRow]) -> dict[str, list[InvitedRow]]:
    found: dict[str, list[InvitedRow]] = {}
    for row in rows:
        where = whole_address(_hamlet(row.address), row.commune)
        found.setdefault(where, []).append(row)
    return found


def _hamlet(address: str) -> str:
    """The first part of an address that is no house or alley with its number."""
    parts = [part.strip() for part in address.split(",")]
    return next((part for part in parts if not HOUSE.match(part)), parts[0])


def _call_columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 10, "center"),
        Column(_("Full name"), 48),
        Column(_("Born"), 24, "center"),
        Column(_("Telephone"), 28, "center"),
        Column(_("Hour"), 20, "center"),
        Column(_("What the call led to"), 35),
    )


def draw_recall(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """A letter to everybody who was given a dose of a lot and has not died."""
    wanted = _set(values, ("lot",))
    lot = _lot_meant(lots(work), wanted.get("lot", ""))
    if lot is None:
        raise UserError(_("Say which lot: lot=NUMBER."))
    if lot.recalled_at is None:
        said = _("Lot {lot} was not recalled, so nobody is written to; recall it first.")
        raise UserError(said.format(lot=lot.lot))
    people = [one for one in given_of_lot(work, lot.id) if not one.died]
    if not people:
        raise UserError(_("Nobody was given a dose of lot {lot}.").format(lot=lot.lot))
    day = work.today()
    agency = letters.agency(work, day)
    paper = Paper(
        out,
        _("Letters of a recall"),
        author=agency.name,
        form=Format(A5, NARROW),
        foot=_foot(work),
        first=first_sheet(values),
    )
    sign = letters.signature(work, "vaccination.recall", day, _("DIRECTOR"), _("(Signature, seal)"))
    for place, one in enumerate(people):
        if place:
            paper.new_page(restart=True)
        letterhead(paper, agency, "............", day, size=10)
        title(paper, _("NOTICE ABOUT YOUR VACCINATION"), before=4)
        paper.skip(2)
        paper.row((1, _("To: <b>{name}</b>").format(name=plain(one.name))), style=SMALL)
        paper.row((1, plain(whole_address(one.address, one.commune))), style=SMALL)
        paper.skip(2)
        told = _recall_words(lot, one)
        paper.body(told, Style(11, "justify"))
        paper.skip(4)
        signatures(paper, (Signature(("",)), sign), space=12)
    paper.save()


def _lot_meant(known: Sequence[LotRow], said: str) -> LotRow | None:
    """The lot of a number, a recalled one before another vaccine's; else that of the list."""
    number = lot_number(said)
    named = [one for one in known if one.lot == number]
    named += [one for one in known if str(one.id) == said]
    return next((one for one in named if one.recalled_at is not None), next(iter(named), None))


def _recall_words(lot: LotRow, one: Recalled) -> str:
    """What somebody is told of a lot that he was given."""
    said = _(
        "On {day} you were given {product}, lot {lot}, at {place}. This lot is being checked: "
        "{reason}. If you do not feel well, go to the health station or call us at once."
    )
    return said.format(
        day=day_shown(one.given_on),
        product=lot.product,
        lot=lot.lot,
        place=plain(one.place) or "-",
        reason=plain(lot.recall_reason) or _("the reason is told by the health station"),
    )
