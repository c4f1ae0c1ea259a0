"""The certificate that somebody has completed quarantine, handed to whoever goes home."""

from collections.abc import Mapping
from functools import partial
from typing import BinaryIO

from admin_suite.core.clock import day_shown, here, shown
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import Column, Look
from admin_suite.documents.text import plain
from admin_suite.documents.writing import long_date
from admin_suite.registry import letters as registry
from modules.quarantine.codes import Document
from modules.quarantine.documents import letters
from modules.quarantine.queries.papers import IssueRow

PAPER = "quarantine.completion"


def draw_completion(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print the certificates of one batch, one page each."""
    rows = letters.batch(work, values, Document.COMPLETION)
    about = _("Certificates of completed quarantine")
    letters.each(rows, values, out, about, partial(_draw, work))


def _draw(work: Work, paper: Paper, row: IssueRow) -> None:
    day = row.signed_on or here(row.issued_at).date()
    agency = letters.agency_of(work, day, None if row.home else row.unit_id)
    letterhead(paper, agency, row.number or letters.DOTS, day, size=13)
    about = _("Completion of centralised medical quarantine to prevent and fight COVID-19")
    if row.home:
        about = _("Completion of medical quarantine at home to prevent and fight COVID-19")
    title(paper, _("CERTIFICATE"), about=about)
    paper.skip(2)
    whose = agency.name if row.home else row.facility
    paper.body(_("{facility} certifies:").format(facility=plain(whose) or letters.DOTS))
    paper.skip(1.5)
    _person(paper, row)
    paper.body(_completed(row))
    _tests(paper, row)
    healthy = _("State of health at the end of the quarantine: normal.")
    paper.body(healthy if row.home else _("State of health on leaving: normal."))
    paper.body(_followed(row))
    paper.skip(4)
    recipients = [
        _("The person named above;"),
        _("The district health centre (report);"),
        _("People's Committee and health station of {commune};").format(
            commune=letters.commune(row.who)
        ),
        _("Files."),
    ]
    head = _("DIRECTOR") if row.home else _("HEAD OF THE FACILITY")
    signed = registry.signature(work, PAPER, day, head, _("(Signature, seal)"))
    signatures(paper, (signed,), recipients=recipients, space=24)


def _person(paper: Paper, row: IssueRow) -> None:
    who = row.who
    name = f"<b>{plain(who.name).upper()}</b>"
    paper.row((1, _("Mr/Ms: {name}").format(name=name)))
    paper.row(
        (0.5, _("Date of birth: {day}").format(day=shown(who.dob))),
        (0.5, _("Sex: {sex}").format(sex=who.sex.word if who.sex else "")),
    )
    paper.row(
        (0.5, _("Citizen ID: {id}").format(id=plain(who.id_no))),
        (0.5, _("Telephone: {number}").format(number=plain(who.phone))),
    )
    paper.row((1, _("Residing at: {address}").format(address=letters.address(who))))


def _completed(row: IssueRow) -> str:
    said = _(
        "Has completed centralised medical quarantine at {facility} by decision {decision}, "
        "<b>from {first} to the end of {last} ({days} days)</b>."
    )
    place = ", ".join(part for part in (row.facility, row.address) if part)
    if row.home:
        place = row.home
        said = _(
            "Has completed medical quarantine at home, {facility}, by decision {decision}, "
            "<b>from {first} to the end of {last} ({days} days)</b>."
        )
    return said.format(
        facility=plain(place),
        decision=plain(row.who.decision_no) or letters.DOTS,
        first=long_date(row.starts_on),
        last=long_date(row.ends_on),
        days=(row.ends_on - row.starts_on).days,
    )


def _tests(paper: Paper, row: IssueRow) -> None:
    if not row.swabs:
        paper.body(_("No SARS-CoV-2 test was made during the quarantine."))
        return
    paper.body(_("SARS-CoV-2 tests during the quarantine:"))
    paper.skip(1.5)
    cells = [
        (
            str(turn),
            day_shown(swab.taken_on),
            swab.method.word if swab.method else "",
            plain(swab.accession),
            swab.outcome.word if swab.outcome else "",
        )
        for turn, swab in enumerate(row.swabs, start=1)
    ]
    columns = (
        Column(_("Time"), 12, "center"),
        Column(_("Collected on"), 30, "center"),
        Column(_("Method"), 46),
        Column(_("Specimen number"), 42, "center"),
        Column(_("Result"), 32, "center"),
    )
    paper.table(columns, cells, look=Look(12, number_row=False))


def _followed(row: IssueRow) -> str:
    """What the person does at home, as the policy in force says."""
    found = row.clock
    if found is None or found.home_until <= row.ends_on:
        return _("Please tell the health station at once of fever, cough or shortness of breath./.")
    said = _(
        "Please watch your health at home for {days} days, to the end of {last}; keep to the 5K "
        "rules and tell the health station at once of fever, cough or shortness of breath./."
    )
    days = (found.home_until - row.ends_on).days
    return said.format(days=days, last=long_date(found.home_until))
