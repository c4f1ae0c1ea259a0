"""Papers, the gate and heads on the command line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.quarantine.codes import Document
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.home_papers import without_paper
from modules.quarantine.queries.papers import Batch, batches
from modules.quarantine.queries.release import Leaver, leavers
from modules.quarantine.service.home import go_home
from modules.quarantine.service.papers import issue, number, withdraw_papers


class GateLine(Struct, frozen=True):
    """Somebody whose quarantine ends, and what is missing before he may go."""

    id: int
    name: str
    room: str
    bed: str
    last_day: str
    ready: bool
    missing: Sequence[str]
    batch: int | None
    number: str


def gate(work: Work, values: Mapping[str, Any]) -> list[GateLine]:
    """Who goes home soon, and what is missing of each."""
    return [_line(row) for row in _rows(work, values)]


def let_go(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Let everybody go for whom the gate is open."""
    keys = [row.id for row in _rows(work, {**values, "ahead": 0}) if row.ready]
    if not keys:
        raise UserError(_("Nobody here may go yet. The gate says what is missing."))
    return {"left": go_home(work, keys)}


def papers(work: Work, _values: Mapping[str, Any]) -> list[Batch]:
    """The batches of papers, the newest first."""
    return batches(work)


def make_papers(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Make papers of the people named, of all at home without it, or certificates of a facility."""
    kind: Document = values["kind"]
    keys: list[int] = values["quarantine"] or []
    if not keys and kind is Document.COMPLETION and values["facility"]:
        keys = [row.id for row in _rows(work, values) if row.certifiable and not row.batch]
        if not keys:
            said = _("Nobody here may be certified now and is not yet. The gate says why.")
            raise UserError(said)
    if not keys and values["at-home"]:
        keys = without_paper(work, kind, values["commune"] or "")
        if not keys:
            raise UserError(_("Nobody at home is without this paper."))
    if not keys:
        raise UserError(_("Say of whom: the numbers of quarantines, a facility, or all at home."))
    return {"batch": issue(work, kind, keys), "papers": len(keys)}


def number_papers(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Give a batch the numbers of the registry."""
    day = values["day"] or work.today()
    return {"numbered": number(work, values["batch"], values["first"], values["tail"] or "", day)}


def withdraw(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Withdraw papers."""
    return {"withdrawn": withdraw_papers(work, values["paper"])}


def _rows(work: Work, values: Mapping[str, Any]) -> Sequence[Leaver]:
    facility = facility_coded(work, values["facility"])
    return leavers(work, facility.id, values.get("ahead", 1)).rows


def _line(row: Leaver) -> GateLine:
    return GateLine(
        row.id,
        row.who.name,
        row.who.room,
        row.who.bed,
        row.clock.ends_on.isoformat(),
        row.ready,
        [one.word for one in row.lacks],
        row.batch or None,
        row.number,
    )


FACILITY = Option("facility", N_("The code of the facility"), required=True)
LEAVING = (
    Command("gate", N_("Who goes home, and what is missing of each"), gate, (FACILITY,)),
    Command(
        "let-go",
        N_("Let everybody go of whom nothing is missing"),
        let_go,
        (FACILITY,),
        Needs.WRITING,
    ),
    Command("papers", N_("The batches of papers"), papers),
    Command(
        "make-papers",
        N_("Make decisions, extensions or certificates in one act"),
        make_papers,
        (
            Option("kind", N_("DECISION, EXTENSION or COMPLETION"), Document.read, required=True),
            Option("facility", N_("Certificates for all of a facility who may go")),
            Option("at-home", N_("Of everybody at home who is without this paper"), flag=True),
            Option("commune", N_("The code of the commune; every commune if not said")),
            Option("quarantine", N_("The numbers of quarantines"), int, many=True),
        ),
        Needs.WRITING,
    ),
    Command(
        "number-papers",
        N_("Give the papers of a batch the numbers of the registry"),
        number_papers,
        (
            Option("batch", N_("The number of the batch"), int, required=True),
            Option("first", N_("The first number, such as 045"), required=True),
            Option("tail", N_("What follows each number, such as /GXN-CSCL2")),
            Option("day", N_("The day of the signature; today if not said"), date.fromisoformat),
        ),
        Needs.WRITING,
    ),
    Command(
        "withdraw-papers",
        N_("Withdraw papers that were made in error"),
        withdraw,
        (Option("paper", N_("The numbers of the papers"), int, many=True, required=True),),
        Needs.WRITING,
    ),
)
