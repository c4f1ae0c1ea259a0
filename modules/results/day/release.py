"""What the home page and the release page ask: what waits, and all there is to know of one tube."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, or_, select

from admin_suite.core.clock import ZONE, midnight_of, moment_shown, shown, stamp
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
    tubes,
)
from modules.results.models import Release, Version
from modules.results.queries import (
    CONTAMINATION,
    Line,
    forewarned,
    is_own,
    lines,
    newest,
    specimens_in,
    unheld,
)
from modules.results.queries.release import looked
from modules.results.rules import spilled

OPEN = (Stage.MEASURED, Stage.CHECKED)
MOST_EARLIER = 5
BESIDE = 2  # tubes on either side
SHEET = "results.released"
SAID = {
    Outcome.POSITIVE: ("bad", N_("{n} positive results wait to be released")),
    Outcome.INCONCLUSIVE: ("late", N_("{n} inconclusive results wait to be released")),
    Outcome.INVALID: ("late", N_("{n} invalid results wait to be released")),
    Outcome.AWAITING_SINGLES: ("bad", N_("{n} pools are not negative; everybody is to be called")),
}


class Earlier(Struct, frozen=True):
    """A result of the same person that was released before."""

    day: str
    outcome: Outcome


class Neighbour(Struct, frozen=True):
    """A tube that stood near this one on its list; ``near`` says that it may have spilled over.

    A tube that is not negative beside a much stronger one is looked at twice.
    """

    accession: str
    outcome: Outcome
    ct: str
    near: bool


class TubeCard(Struct, frozen=True):
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
    forewarned: str
    neighbours: Sequence[Neighbour]


def card(work: Work, tube: int) -> TubeCard | None:
    """All there is to know of a tube before it is signed; None once it has left the queue."""
    line = next(iter(lines(work, [tube])), None)
    if line is None or line.stage not in OPEN:
        return None
    looked(work, [line.measurement_id], "release")
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
        _warned(work, line),
        _neighbours(work, line),
    )


def _warned(work: Work, line: Line) -> str:
    given = forewarned(work, [line.measurement_id]).get(line.measurement_id)
    return moment_shown(given) if given is not None else ""


def _neighbours(work: Work, line: Line) -> list[Neighbour]:
    """The tubes beside one that is not negative: as they follow each other on its list.

    What machine and place they were in is not known here; a list is pipetted in its order.
    """
    if line.outcome is Outcome.NEGATIVE:
        return []
    there, measured = tubes().subquery(), measurements().subquery()
    own_list = select(there.c.list_id).where(there.c.id == line.tube_id).scalar_subquery()
    query = (
        select(measured.c.tube_id, measured.c.accession, measured.c.outcome, measured.c.ct)
        .join(there, there.c.id == measured.c.tube_id)
        .where(there.c.list_id == own_list, there.c.id != line.tube_id)
    )
    sides = (
        query.where(there.c.id < line.tube_id).order_by(there.c.id.desc()).limit(BESIDE),
        query.where(there.c.id > line.tube_id).order_by(there.c.id).limit(BESIDE),
    )
    rows = [row for side in sides for row in work.session.execute(side)]
    limits = CONTAMINATION.at(work, work.today()).value
    return [
        Neighbour(number, outcome, ct, spilled(line.ct, ct, limits))
        for _tube, number, outcome, ct in sorted(rows, key=lambda row: row[0])
    ]


def _earlier(work: Work, tube: int, people: Sequence[int]) -> list[Earlier]:
    """What was released of the only person in a tube; of several people nothing is said."""
    if len(people) != 1:
        return []
    measured, swabs = measurements().subquery(), specimens().subquery()
    query = (
        select(Version.at, measured.c.outcome)
        .join(measured, measured.c.id == Version.measurement_id)
        .join(swabs, swabs.c.tube_id == measured.c.tube_id)
        .where(swabs.c.person_id == people[0], measured.c.tube_id != tube)
        .where(newest(), unheld())
        .order_by(Version.at.desc())
        .limit(MOST_EARLIER)
    )
    rows = work.session.execute(query)
    return [Earlier(shown(stamp(at)[:10]), outcome) for at, outcome in rows]


def last_day(work: Work) -> str:
    """The last day on which anything was released, ISO; empty when nothing ever was."""
    at = work.session.scalar(select(func.max(Version.at)))
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
    looked(work, [line.measurement_id for line in waits], "release")
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
    midnight = midnight_of(work.today())
    query = select(func.count()).where(Release.released_at >= midnight)
    done = work.session.scalar(query) or 0
    return done, done + waiting(work)


def handover(work: Work) -> list[HandoverLine]:
    """What the next shift has to check and release; what was measured is not said.

    The lines are kept with the shift and read by whoever takes it over.
    """
    measured = measurements().subquery()
    query = select(measured.c.stage, func.count()).where(measured.c.stage.in_(OPEN))
    found = {row[0]: row[1] for row in work.session.execute(query.group_by(measured.c.stage))}
    lines = []
    for stage, said in (
        (Stage.MEASURED, _("Results to be checked: {n}")),
        (Stage.CHECKED, _("Results checked and to be released: {n}")),
    ):
        if many := found.get(stage, 0):
            lines.append(HandoverLine(said.format(n=many), "", "busy", "results.release"))
    return lines


def handover_done(work: Work) -> list[HandoverLine]:
    """What this shift has released."""
    done = released_today(work)[0]
    said = _("Results released today: {n}").format(n=done)
    return [HandoverLine(said, tone="done", page="results.lists")] if done else []


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
    swabs = specimens().subquery()
    query = select(func.count()).select_from(swabs).where(swabs.c.stage == Stage.RELEASED)
    query = query.where(or_(*(swabs.c.id.not_in(sent(SHEET, place)) for place in places)))
    return work.session.scalar(query) or 0
