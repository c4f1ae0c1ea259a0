"""What the home page and the release page ask: what waits, and all there is to know of one tube."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import func, or_, select

from admin_suite.core.clock import ZONE, here, shown, stamp
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Errand, HandoverLine
from admin_suite.registry.outputs import destinations, sent
from admin_suite.registry.queries import names_of
from modules.lab.api import (
    Method,
    Outcome,
    SampleRow,
    Stage,
    grouped,
    measurements,
    sample_rows,
    specimens,
)
from modules.results.models import Release
from modules.results.queries import is_own, lines, specimens_in

OPEN = (Stage.MEASURED, Stage.CHECKED)
MOST_EARLIER = 5
SHEET = "results.released"
SAID = {
    Outcome.POSITIVE: ("bad", N_("{n} positive results wait to be released")),
    Outcome.INCONCLUSIVE: ("late", N_("{n} inconclusive results wait to be released")),
    Outcome.INVALID: ("late", N_("{n} invalid results wait to be released")),
    Outcome.AWAITING_SINGLES: ("bad", N_("{n} pools are not negative; everybody is to be called")),
}


@dataclass(frozen=True)
class Earlier:
    """A result of the same person that was released before."""

    day: str
    outcome: Outcome


@dataclass(frozen=True)
class TubeCard:
    """A tube in the queue: who is in it, who measured it, who has signed."""

    tube_id: int
    accession: str
    people: Sequence[SampleRow]
    outcome: Outcome
    method: Method
    ct: str
    tested_at: str
    author: str
    checker: str
    earlier: Sequence[Earlier]


def card(work: Work, tube: int) -> TubeCard | None:
    """All there is to know of a tube before it is signed; None once it has left the queue."""
    line = next(iter(lines(work, [tube])), None)
    if line is None or line.stage not in OPEN:
        return None
    people = sample_rows(work, specimens_in(work, [tube]).get(tube, []))
    measured = measurements().subquery()
    tested = work.session.scalar(select(measured.c.tested_at).where(measured.c.tube_id == tube))
    checker = names_of(work, [line.validated_by]) if line.validated_by is not None else {}
    return TubeCard(
        tube,
        line.accession,
        people,
        line.outcome,
        line.method,
        line.ct,
        shown(tested or ""),
        line.author,
        next(iter(checker.values()), ""),
        _earlier(work, tube, [person.person_id for person in people]),
    )


def _earlier(work: Work, tube: int, people: Sequence[int]) -> list[Earlier]:
    """What was released of the only person in a tube; of several people nothing is said."""
    if len(people) != 1:
        return []
    measured, swabs = measurements().subquery(), specimens().subquery()
    query = (
        select(Release.released_at, measured.c.outcome)
        .join(measured, measured.c.id == Release.measurement_id)
        .join(swabs, swabs.c.tube_id == measured.c.tube_id)
        .where(swabs.c.person_id == people[0], measured.c.tube_id != tube)
        .where(Release.released_at.is_not(None))
        .order_by(Release.released_at.desc())
        .limit(MOST_EARLIER)
    )
    return [
        Earlier(shown(stamp(at)[:10]), outcome)
        for at, outcome in work.session.execute(query)
        if at is not None
    ]


def last_day(work: Work) -> str:
    """The last day on which anything was released, ISO; empty when nothing ever was."""
    at = work.session.scalar(select(func.max(Release.released_at)))
    return stamp(at)[:10] if at is not None else ""


# -- the home page --------------------------------------------------------------------------------


def waiting(work: Work) -> int:
    """How many results wait to be checked or released."""
    measured = measurements().subquery()
    query = select(func.count()).where(measured.c.stage.in_(OPEN))
    return work.session.scalar(query) or 0


def alone(work: Work) -> int:
    """How many of them are not negative, so each is signed alone."""
    measured = measurements().subquery()
    query = select(func.count()).where(
        measured.c.stage.in_(OPEN), measured.c.outcome != Outcome.NEGATIVE
    )
    return work.session.scalar(query) or 0


def errands(work: Work) -> list[Errand]:
    """What is not negative and waits for the person asking, kind by kind."""
    waits = lines(work, _waiting_alone(work))
    found = [line for line in waits if line.outcome in SAID and not is_own(work.actor, line)]
    made = []
    for outcome, (tone, said) in SAID.items():
        some = [line for line in found if line.outcome is outcome]
        if some:
            numbers = ", ".join(grouped(line.accession) for line in some[:3])
            words = _(said).format(n=len(some))
            first = some[0].tube_id
            since = _since(work, [line.tube_id for line in some])
            made.append(Errand(tone, words, numbers, since, "results.release", _("Sign"), first))
    return made


def released_today(work: Work) -> tuple[int, int]:
    """How many results were released today, of those and the ones that wait."""
    midnight = datetime.combine(here(work.now()).date(), time(), ZONE)
    query = select(func.count()).where(Release.released_at >= midnight)
    done = work.session.scalar(query) or 0
    return done, done + waiting(work)


def handover(work: Work) -> list[HandoverLine]:
    """What the next shift has to check and release, and what this one released."""
    measured = measurements().subquery()
    found: dict[tuple[Stage, bool], int] = {}
    query = select(measured.c.stage, measured.c.outcome).where(measured.c.stage.in_(OPEN))
    for stage, outcome in work.session.execute(query):
        key = (stage, outcome is Outcome.NEGATIVE)
        found[key] = found.get(key, 0) + 1
    lines = []
    for stage, said in (
        (Stage.MEASURED, _("Results to be checked: {n}")),
        (Stage.CHECKED, _("Results checked and to be released: {n}")),
    ):
        other, all_of_them = (
            found.get((stage, False), 0),
            sum(found.get((stage, negative), 0) for negative in (True, False)),
        )
        if all_of_them:
            about = _("{n} of them not negative").format(n=other) if other else ""
            tone = "bad" if other else "busy"
            lines.append(HandoverLine(said.format(n=all_of_them), about, tone, "results.release"))
    if done := released_today(work)[0]:
        said = _("Results released today: {n}").format(n=done)
        lines.append(HandoverLine(said, tone="done", page="results.release"))
    return lines


def _waiting_alone(work: Work) -> list[int]:
    measured = measurements().subquery()
    query = select(measured.c.tube_id).where(
        measured.c.stage.in_(OPEN), measured.c.outcome != Outcome.NEGATIVE
    )
    return list(work.session.scalars(query.order_by(measured.c.tube_id)))


def _since(work: Work, tubes: Sequence[int]) -> datetime:
    """When the people of these tubes were received; the longest wait counts."""
    swabs = specimens_in(work, tubes)
    keys = [key for many in swabs.values() for key in many[:1]]
    stamps = [row.received_at for row in sample_rows(work, keys) if row.received_at]
    if not stamps:
        return work.now()
    return datetime.fromisoformat(min(stamps)).replace(tzinfo=ZONE)


def unsent(work: Work) -> int:
    """How many released results have not been sent to all the places that layouts name."""
    places = destinations(work, SHEET)
    if not places:
        return 0
    swabs, measured = specimens().subquery(), measurements().subquery()
    query = (
        select(func.count())
        .select_from(swabs)
        .join(measured, measured.c.tube_id == swabs.c.tube_id)
        .where(measured.c.stage == Stage.RELEASED)
        .where(or_(*(swabs.c.id.not_in(sent(SHEET, place)) for place in places)))
    )
    return work.session.scalar(query) or 0
