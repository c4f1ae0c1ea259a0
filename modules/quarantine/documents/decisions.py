"""The decision that somebody is quarantined, and the one that extends it.

Order and grounds: Decree 30/2020/ND-CP, Annex I; the law on infectious diseases of 2007 and Decree
101/2010/ND-CP, as QĐ 3092/QĐ-BYT of 25 June 2021 names them.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import BinaryIO

from admin_suite.core.clock import here
from admin_suite.core.i18n import N_, _
from admin_suite.db import settings
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import Agency, Signature, Style
from admin_suite.documents.text import plain
from admin_suite.documents.writing import long_date
from admin_suite.registry import letters as registry
from admin_suite.registry.queries import unit_named
from modules.quarantine.codes import Anchor, Document
from modules.quarantine.documents import letters
from modules.quarantine.queries.papers import ISSUER, IssueRow

PAPERS = {
    Document.DECISION: "quarantine.decision",
    Document.EXTENSION: "quarantine.extension",
}
ABOUT = {
    (Document.DECISION, False): N_("On medical quarantine to prevent and fight COVID-19"),
    (Document.DECISION, True): N_("On medical quarantine at home to prevent and fight COVID-19"),
    (Document.EXTENSION, False): N_(
        "On extending medical quarantine to prevent and fight COVID-19"
    ),
    (Document.EXTENSION, True): N_(
        "On extending medical quarantine at home to prevent and fight COVID-19"
    ),
}
"""By the kind of paper, and whether the person was at home."""
GROUND = Style(13, "justify", italic=True, leading=1.16)
ARTICLE = Style(13, "justify", leading=1.16)
GROUNDS = (
    N_(
        "Pursuant to the Law on the organisation of local government of 19 June 2015, amended on "
        "22 November 2019;"
    ),
    N_("Pursuant to the Law on the prevention of infectious diseases of 21 November 2007;"),
    N_(
        "Pursuant to Decree 101/2010/ND-CP of 30 September 2010 of the Government on medical "
        "quarantine, forced quarantine and anti-epidemic measures;"
    ),
)


def draw_decision(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print the decisions of one batch."""
    rows = letters.batch(work, values, Document.DECISION)
    about = _("Decision of medical quarantine")
    letters.each(rows, values, out, about, partial(_draw, work, _decided))


def draw_extension(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print the decisions of extension of one batch."""
    rows = letters.batch(work, values, Document.EXTENSION)
    about = _("Decision to extend medical quarantine")
    letters.each(rows, values, out, about, partial(_draw, work, _extended))


def _draw(work: Work, articles: object, paper: Paper, row: IssueRow) -> None:
    assert callable(articles)  # noqa: S101 - one of the two functions below
    day = row.signed_on or here(row.issued_at).date()
    agency = _issuer(work, day)
    letterhead(paper, agency, row.number or letters.DOTS, day, size=13)
    title(paper, _("DECISION"), about=_(ABOUT[row.kind, bool(row.home)]), before=5)
    for ground in (*map(_, GROUNDS), _on_proposal()):
        paper.body(ground, GROUND, before=3)
    title(paper, _("DECIDES:"), before=2)
    for article in articles(row):
        paper.body(article, ARTICLE, before=3)
    paper.skip(3)
    recipients = [
        _("As Article 3;"),
        _("The police of the district;"),
        _("Files: archive, health."),
    ]
    signed = registry.signature(work, PAPERS[row.kind], day, _("CHAIR"), _("(Signature, seal)"))
    signatures(paper, (_sealed(signed),), recipients=recipients, space=22)


def _sealed(signed: Signature) -> Signature:
    """A decision bears no hint below the signer's title."""
    return Signature(signed.heads, signed.name)


def _issuer(work: Work, day: date) -> Agency:
    name = settings.value(work, ISSUER)
    unit = unit_named(work, name) if name else None
    return registry.agency(work, day, unit.id if unit else None)


def _on_proposal() -> str:
    return _("At the proposal of the director of the district health centre.")


def _decided(row: IssueRow) -> tuple[str, ...]:
    first = _(
        "<b>Article 1.</b> Medical quarantine is applied to <b>{name}</b>, born {born}, citizen ID "
        "{id}; residing at: {address}."
    )
    where = _("Place: {facility}.").format(facility=_site(row))
    if row.home:
        first = _(
            "<b>Article 1.</b> Medical quarantine at home is applied to <b>{name}</b>, born "
            "{born}, citizen ID {id}; residing at: {address}."
        )
        where = _("Place: at home, {address}.").format(address=plain(row.home))
    days = (row.ends_on - row.starts_on).days
    span = _("Duration: from {first} to the end of {last} ({days} days).")
    span = span.format(first=long_date(row.starts_on), last=long_date(row.ends_on), days=days)
    return (_named(first, row), _reason(row), where, span, _duties(row), _force(row))


def _extended(row: IssueRow) -> tuple[str, ...]:
    first = _(
        "<b>Article 1.</b> The medical quarantine of <b>{name}</b>, born {born}, citizen ID {id}; "
        "residing at: {address}, is extended at {facility}."
    )
    if row.home:
        first = _(
            "<b>Article 1.</b> The medical quarantine at home of <b>{name}</b>, born {born}, "
            "citizen ID {id}; residing at: {address}, is extended."
        )
    said = _named(first, row)
    old = long_date(row.former_end) if row.former_end else letters.DOTS
    more = (row.ends_on - row.former_end).days if row.former_end else 0
    span = _("The last day moves from {old} to the end of {last} ({days} days more).")
    span = span.format(old=old, last=long_date(row.ends_on), days=more)
    return (said, _reason(row), span, _duties(row), _force(row))


def _named(said: str, row: IssueRow) -> str:
    return said.format(
        name=plain(row.who.name),
        born=row.who.dob[:4] or letters.DOTS,
        id=row.who.id_no or letters.DOTS,
        address=letters.address(row.who) or letters.DOTS,
        facility=_site(row),
    )


def _site(row: IssueRow) -> str:
    return plain(", ".join(part for part in (row.facility, row.address) if part)) or letters.DOTS


def _reason(row: IssueRow) -> str:
    """Why, from the clock itself: the contact, the arrival, or the positive room-mate."""
    found = row.clock
    if found is None:
        return _("Reason: {group}.").format(group=row.who.group.word)
    values = {"group": row.who.group.word, "day": long_date(found.exposure.on)}
    said = {
        Anchor.CONTACT: N_("Reason: {group}; last contact on {day}."),
        Anchor.ARRIVAL: N_("Reason: {group}; arrived on {day}."),
        Anchor.ROOM: N_(
            "Reason: {group}; in one room with a person confirmed positive until {day}."
        ),
        Anchor.HOUSEHOLD: N_(
            "Reason: {group}; in one household with a person confirmed positive until {day}."
        ),
    }[found.exposure.cause]
    return _(said).format(**values)


def _duties(row: IssueRow) -> str:
    if row.home:
        said = _(
            "<b>Article 2.</b> {name} stays at home, is tested and declares the state of health "
            "daily; whoever does not is dealt with by the law. The health station of {commune} "
            "watches the state of health and certifies the completion."
        )
        return said.format(name=plain(row.who.name), commune=letters.commune(row.who))
    said = _(
        "<b>Article 2.</b> {name} keeps the quarantine, is tested and declares the state of health "
        "daily; whoever does not is dealt with by the law. {facility} receives the person, watches "
        "the state of health and certifies the completion."
    )
    return said.format(name=plain(row.who.name), facility=plain(row.facility) or letters.DOTS)


def _force(row: IssueRow) -> str:
    if row.home:
        said = _(
            "<b>Article 3.</b> This decision takes effect on the day of its signature. The "
            "director of the district health centre, the People's Committee and the health "
            "station of {commune} and {name} carry it out./."
        )
        return said.format(name=plain(row.who.name), commune=letters.commune(row.who))
    said = _(
        "<b>Article 3.</b> This decision takes effect on the day of its signature. The director of "
        "the district health centre, the People's Committee of {commune}, the head of the "
        "quarantine facility and {name} carry it out./."
    )
    return said.format(name=plain(row.who.name), commune=letters.commune(row.who))
