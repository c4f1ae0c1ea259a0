"""The papers of released results: the list that a sender receives (Danh sách trả kết quả)."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from msgspec import Struct

from admin_suite.core.clock import day_shown, moment_shown, shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _, language
from admin_suite.core.numbers import decimal
from admin_suite.db.work import Work
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import FROM_PAGE, Paper, first_sheet
from admin_suite.documents.parts import A4_LANDSCAPE, Agency, Column, Format, Signature, Style
from admin_suite.documents.text import plain
from admin_suite.registry import letters
from admin_suite.registry.codes import Sex
from admin_suite.registry.names import fold, whole_address
from admin_suite.registry.queries import names_of
from modules.lab.api import Outcome, Subject
from modules.results import queries
from modules.results.queries import ReleasedRow

VALUES = ("sender", "day", "number")
"""What may be set: one sender, one day of release, the number of the paper."""

PAPER = "results.list"
NO_NUMBER = "............"
SIGNING = 50
"""Millimetres that the last rows keep below them for the note and the signatures."""

REMARK = Style(12, "justify", italic=True)

SUBJECTS: dict[Subject, str] = {
    Subject.F1: "F1",
    Subject.F2: "F2",
    Subject.SYMPTOMATIC: N_("Symptoms"),
    Subject.RETURNEE: N_("Returnee"),
    Subject.QUARANTINE: N_("Quarantine"),
    Subject.HEALTH_WORKER: N_("Health staff"),
    Subject.SCREENING: N_("Screening"),
    Subject.OTHER: N_("Other"),
}
"""The subject in a narrow column."""

COUNTS: dict[Outcome, str] = {
    Outcome.NEGATIVE: N_("{count} negative"),
    Outcome.POSITIVE: N_("{count} positive"),
    Outcome.INCONCLUSIVE: N_("{count} inconclusive"),
    Outcome.INVALID: N_("{count} invalid"),
    Outcome.AWAITING_SINGLES: N_("{count} waiting for single samples"),
}


class Letter(Struct, frozen=True):
    """What all lists of one file share: who issues and signs them, number and day, the maker."""

    agency: Agency
    number: str
    day: date
    maker: str
    signed: Signature


def draw_list(work: Work, values: Mapping[str, str], out: BinaryIO) -> None:
    """Print the released results of one sender, or of every sender each from page 1."""
    wanted = _wanted(values)
    rows = queries.released(work, {k: v for k, v in wanted.items() if k != "number"})
    if not rows:
        raise UserError(_nothing(wanted))
    letter = _letter(work, wanted)
    foot = _("Printed by {name} at {moment}").format(
        name=plain(letter.maker), moment=moment_shown(work.now())
    )
    form = Format(A4_LANDSCAPE)
    paper = Paper(
        out,
        _("Result list"),
        author=letter.agency.name,
        form=form,
        foot=foot,
        first=first_sheet(values),
    )
    for place, (sender, part) in enumerate(_by_sender(rows).items()):
        if place:
            paper.new_page(restart=True)
        paper.bookmark(sender)
        _section(paper, letter, sender, part)
    paper.save()


def _wanted(values: Mapping[str, str]) -> dict[str, str]:
    wanted = {k: v.strip() for k, v in values.items() if v.strip() and k != FROM_PAGE}
    unknown = [key for key in values if key not in (*VALUES, FROM_PAGE)]
    if unknown:
        said = _("This paper has no “{name}”; it has: {names}.")
        raise UserError(said.format(name=", ".join(unknown), names=", ".join(VALUES)))
    return wanted


def _nothing(wanted: Mapping[str, str]) -> str:
    said = {
        (True, True): N_("No result was released to {sender} on {day}."),
        (True, False): N_("No result was released to {sender} yet."),
        (False, True): N_("No result was released on {day}."),
        (False, False): N_("No result was released yet."),
    }["sender" in wanted, "day" in wanted]
    return _(said).format(sender=wanted.get("sender"), day=shown(wanted.get("day", "")))


def _letter(work: Work, wanted: Mapping[str, str]) -> Letter:
    maker = names_of(work, [work.actor.id]).get(work.actor.id, work.actor.name)
    written = wanted.get("day")
    day = date.fromisoformat(written) if written else work.today()
    return Letter(
        letters.agency(work, day),
        plain(wanted.get("number", "")) or NO_NUMBER,
        day,
        maker,
        letters.signature(work, PAPER, day, _("DIRECTOR"), _("(Signature, seal)")),
    )


def _by_sender(rows: Sequence[ReleasedRow]) -> dict[str, list[ReleasedRow]]:
    parts: dict[str, list[ReleasedRow]] = {}
    for row in sorted(rows, key=lambda row: fold(row.sender)):  # stable: lists keep their order
        parts.setdefault(row.sender, []).append(row)
    return parts


# -- one list -------------------------------------------------------------------------------------


def _section(paper: Paper, letter: Letter, sender: str, rows: Sequence[ReleasedRow]) -> None:
    paper.running = _running(letter, sender)
    letterhead(paper, letter.agency, letter.number, letter.day, size=13)
    title(paper, _("LIST OF SARS-CoV-2 TEST RESULTS"), note=_about(rows), before=5)
    paper.skip(2)
    paper.row((1, _("To: <b>{sender}</b>").format(sender=plain(sender))))
    paper.skip(2)
    sizes = Counter(row.accession for row in rows)
    year = str(letter.day.year)
    cells = [
        (str(place), *_cells(row, year), _remark(row, sizes[row.accession]))
        for place, row in enumerate(rows, start=1)
    ]
    paper.table(_columns(), cells, total=_total(rows), keep=SIGNING)
    for remark in _remarks(rows):
        paper.body(remark, REMARK, indent=0)
    paper.skip(3)
    signatures(paper, _signers(letter), space=20)


def _running(letter: Letter, sender: str) -> str:
    said = _("Result list, {sender} (continued)")
    if letter.number != NO_NUMBER:
        said = _("Result list No. {number}, {sender} (continued)")
    return said.format(number=letter.number, sender=plain(sender))


def _columns() -> tuple[Column, ...]:
    born = _("Year of birth")
    return (
        Column(_("No."), 10.5, "center"),
        Column(_("Specimen number"), 29, "center"),
        Column(_("Pool"), 26, "center"),
        Column(_("Full name"), 42),
        Column(_("M"), 11, "center", born),
        Column(_("F"), 11, "center", born),
        Column(_("Address"), 37),
        Column(_("Reason"), 20, "center"),
        Column(_("Time and day of sampling"), 23, "center"),
        Column(_("Result"), 24, "center"),
        Column("Ct", 10, "center"),
        Column(_("Remark"), 24),
    )


def _cells(row: ReleasedRow, year: str) -> tuple[str, ...]:
    """A line of the list, but its number and its remark."""
    born, outcome = row.dob[:4], row.outcome.word
    return (
        row.accession,
        plain(row.pool) or "-",
        plain(row.name),
        born if row.sex is Sex.M else "",
        born if row.sex is Sex.F else "",
        plain(whole_address(row.address, row.commune)),
        _(SUBJECTS[row.subject]) if row.subject else "",
        _sampled(row.collected_at, year),
        outcome if row.outcome is Outcome.NEGATIVE else f"<b>{outcome}</b>",
        plain(decimal(row.ct)) or "-",
    )


def _sampled(collected_at: str, year: str) -> str:
    """``07h15 12/08``, as lists write the hour; the year only where it is not the paper's."""
    clock, _blank, day = shown(collected_at).rpartition(" ")
    day = day.removesuffix(f"/{year}") if clock else day
    written = clock.replace(":", "h") if language() == "vi" else clock
    return f"{written} {day}" if written else day


def _remark(row: ReleasedRow, inside: int) -> str:
    parts = [_("Pool of {count}").format(count=inside)] if row.pooled else []
    if row.sex is None and row.dob:
        parts.append(_("born {year}, sex not stated").format(year=row.dob[:4]))
    return "; ".join(part for part in (*parts, plain(row.note)) if part)


def _about(rows: Sequence[ReleasedRow]) -> str:
    """When the samples came and how they were measured."""
    days = sorted({row.received_at[:10] for row in rows if row.received_at})
    methods = dict.fromkeys(row.method.word for row in rows)
    values = {"method": ", ".join(methods)}
    if not days:
        return _("(Method: {method})").format(**values)
    values |= {"first": day_shown(date.fromisoformat(days[0]))}
    values |= {"last": day_shown(date.fromisoformat(days[-1]))}
    if len(days) == 1:
        return _("(Samples received on {first}; method: {method})").format(**values)
    return _("(Samples received from {first} to {last}; method: {method})").format(**values)


def _total(rows: Sequence[ReleasedRow]) -> tuple[str, ...]:
    found = Counter(row.outcome for row in rows)
    parts = [_(said).format(count=found[code]) for code, said in COUNTS.items() if found[code]]
    whole = _("Samples in all: {count}").format(count=len(rows))
    men = sum(row.sex is Sex.M for row in rows)
    women = sum(row.sex is Sex.F for row in rows)
    return (whole, "", "", "", str(men), str(women), ", ".join(parts), "", "", "", "", "")


def _remarks(rows: Sequence[ReleasedRow]) -> list[str]:
    """What the sender must know of the pools in this list."""
    said: Mapping[str, Callable[[ReleasedRow], bool]] = {
        N_("The result of a negative pool is the result of every sample in it."): lambda row: (
            row.pooled and row.outcome is Outcome.NEGATIVE
        ),
        N_(
            "Where a pool waits for single samples, nobody in it has a result yet: everybody in "
            "it is sampled again, each in a tube of their own."
        ): lambda row: row.outcome is Outcome.AWAITING_SINGLES,
    }
    return [_(text) for text, fits in said.items() if any(map(fits, rows))]


def _signers(letter: Letter) -> tuple[Signature, ...]:
    hint = _("(Signature, full name)")
    return (
        Signature((_("PREPARED BY"),), letter.maker, hint),
        Signature((_("HEAD OF THE LABORATORY"),), hint=hint),
        letter.signed,
    )
