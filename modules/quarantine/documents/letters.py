"""What the papers of quarantine share: their values, who issues them, how people are named."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from msgspec.structs import replace

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.parts import Agency, Format
from admin_suite.documents.text import plain
from admin_suite.registry import letters as registry
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import whole_address
from admin_suite.registry.queries import names_of, unit_named
from modules.quarantine.codes import Document
from modules.quarantine.queries.arrivals import ArrivalRow
from modules.quarantine.queries.beds import FacilityRow, facility_coded
from modules.quarantine.queries.papers import IssueRow, issues

DOTS = "............"
"""Where the registry writes a number by hand until it has given one."""


def wanted(values: Mapping[str, str], known: Sequence[str]) -> dict[str, str]:
    """The values that say something; one that the paper does not know is refused."""
    unknown = [key for key in values if key not in (*known, FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(known)))
    return {k: v.strip() for k, v in values.items() if v.strip() and k != FROM_PAGE}


def facility(work: Work, told: Mapping[str, str]) -> FacilityRow:
    """The facility that a paper is about."""
    return facility_coded(work, told.get("facility", ""))


def unit_of(work: Work, place: FacilityRow) -> int | None:
    """The facility as an entry among units, whose letterhead its papers bear."""
    found = unit_named(work, place.name)
    return found.id if found else None


def agency_of(work: Work, day: date, unit_id: int | None) -> Agency:
    """A facility as its papers name it; it is where our own unit is unless somebody says else."""
    own, found = registry.agency(work, day), registry.agency(work, day, unit_id)
    return found if found.place else replace(found, place=own.place)


def commune(who: ArrivalRow) -> str:
    """The home commune within a sentence: its kind in small letters."""
    name = plain(who.commune)
    return name[:1].lower() + name[1:] if name else DOTS


def maker(work: Work) -> str:
    """Whoever prints, by the full name."""
    return names_of(work, [work.actor.id]).get(work.actor.id, work.actor.name)


def day_told(work: Work, told: Mapping[str, str]) -> date:
    """The day that a paper is about; today if none is said."""
    words = told.get("day", "")
    try:
        return date.fromisoformat(words) if words else work.today()
    except ValueError:
        said = _("“{day}” is not a day such as 2021-08-13.")
        raise UserError(said.format(day=words)) from None


def batch(work: Work, values: Mapping[str, str], kind: Document) -> list[IssueRow]:
    """The papers of the batch that is named."""
    words = wanted(values, ("batch",)).get("batch", "")
    if not (words.isascii() and words.isdecimal()):
        raise UserError(_("Say which batch of papers, by its number."))
    return issues(work, int(words), kind)


Draw = Callable[[Paper, IssueRow], None]


def each(
    rows: Sequence[IssueRow], values: Mapping[str, str], out: BinaryIO, about: str, draw: Draw
) -> None:
    """One paper for each row, all in one file, every one from its page 1."""
    paper = Paper(out, about, first=first_sheet(values))
    for place, row in enumerate(rows):
        if place:
            paper.new_page(restart=True)
        paper.bookmark(row.who.name)
        draw(paper, row)
    paper.save()


def sheet(
    work: Work, agency: Agency, about: str, values: Mapping[str, str], form: Format
) -> Callable[[BinaryIO], Paper]:
    """A paper that says at its foot who printed it and when."""
    said = _("Printed by {name} at {moment}")
    foot = said.format(name=plain(maker(work)), moment=moment_shown(work.now()))

    def made(out: BinaryIO) -> Paper:
        first = first_sheet(values)
        return Paper(out, about, author=agency.name, form=form, foot=foot, first=first)

    return made


def address(who: ArrivalRow) -> str:
    """Where somebody lives, safe to stand in markup."""
    return plain(whole_address(who.address, who.commune))


def born(who: ArrivalRow, sex: Sex) -> str:
    """The year of birth in the column of its sex."""
    return who.dob[:4] if who.sex is sex else ""
