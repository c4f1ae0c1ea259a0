"""What must not stay open: preliminary notices, holds, proposals; and what a correction touches."""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import N_, _
from admin_suite.db import settings
from admin_suite.db.settings import Setting, Whole
from admin_suite.db.work import Work
from admin_suite.module import Errand, HandoverLine, Happening
from admin_suite.registry.models import User
from admin_suite.registry.outputs import sendings
from admin_suite.registry.trail import Wanted, entries
from admin_suite.registry.words import EXPORT
from modules.lab.api import Stage, grouped, measurements, outcome_word, specimens, tubes
from modules.results.codes import Status
from modules.results.models import Hold, Notice, Proposal, Telling, Version
from modules.results.permissions import OVERSEE
from modules.results.queries import newest, specimens_in, undecided

PRINTED = EXPORT  # the audit has one word for what leaves on paper and as a file
SHEETS = ("lab.samples", "results.released")  # a row of either is a swab
OPEN = (Stage.MEASURED, Stage.CHECKED)
PRELIMINARY = Setting(
    "results.preliminary_hours",
    N_("A preliminary notice is open too long after"),
    N_("Hours since it was given, while the result is not released."),
    Whole(1, 72, N_("hours")),
    4,
    OVERSEE,
)


class HoldRow(Struct, frozen=True):
    """A result on hold: who asked for it, when and why."""

    tube_id: int
    accession: str
    reason: str
    by: str
    at: str
    proposed: bool


def overdue(work: Work) -> list[Errand]:
    """For whoever oversees: how many notices and doubts are open too long, and of no one in person.

    Neither number nor person is named, for this page is read outside the laboratory.
    """
    latest = work.now() - timedelta(hours=settings.value(work, PRELIMINARY))
    measured = measurements().subquery()
    noticed = (
        select(func.count(), func.min(Notice.given_at))
        .join(measured, measured.c.id == Notice.measurement_id)
        .where(measured.c.stage.in_(OPEN), Notice.given_at < latest)
    )
    held = select(func.count(), func.min(Hold.held_at)).where(
        Hold.lifted_by.is_(None), Hold.held_at < latest
    )
    lines = []
    for query, said, about in (
        (noticed, N_("Preliminary notices not released yet: {n}"), N_("Told, but not signed")),
        (held, N_("Released results on hold: {n}"), N_("Nobody may go by them")),
    ):
        count, since = work.session.execute(query).one()
        if count and since is not None:
            what = _(said).format(n=count)
            page = "results.doubts"
            lines.append(Errand("late", what, _(about), since, page, _("Look")))
    return lines


def unconfirmed(work: Work) -> int:
    """How many proposed changes wait for a second person."""
    return work.session.scalar(select(func.count()).where(undecided())) or 0


def unsettled(work: Work) -> list[HandoverLine]:
    """What is in doubt at the end of a shift."""
    held = work.session.scalar(select(func.count()).where(Hold.lifted_by.is_(None))) or 0
    lines = []
    if held:
        said = _("Released results on hold: {n}").format(n=held)
        lines.append(HandoverLine(said, "", "late", "results.doubts"))
    if waiting := unconfirmed(work):
        said = _("Changes of results to be confirmed: {n}").format(n=waiting)
        lines.append(HandoverLine(said, "", "busy", "results.doubts"))
    return lines


def holds(work: Work) -> list[HoldRow]:
    """The results on hold, the oldest first."""
    there = tubes().subquery()
    query = (
        select(Hold, there.c.accession, User.full_name, Proposal.id)
        .join(there, there.c.id == Hold.tube_id)
        .join(User, User.id == Hold.held_by)
        .outerjoin(Proposal, (Proposal.tube_id == Hold.tube_id) & undecided())
        .where(Hold.lifted_by.is_(None))
        .order_by(Hold.id)
    )
    return [
        HoldRow(h.tube_id, number, h.reason, by, moment_shown(h.held_at), proposed is not None)
        for h, number, by, proposed in work.session.execute(query)
    ]


# -- what was built on a result -------------------------------------------------------------------


def built_on(work: Work, tube: int) -> list[Happening]:
    """Who was told a result, where it was sent and printed: what a correction has to reach."""
    told = (
        select(Telling, User.full_name)
        .join(User, User.id == Telling.told_by)
        .where(Telling.tube_id == tube, Telling.number.is_not(None))
    )
    said = _("{channel}, v{number}: {who}")
    found = [
        Happening(
            t.told_at, said.format(channel=t.channel.word, number=t.number, who=t.to_whom), by
        )
        for t, by in work.session.execute(told)
    ]
    swabs = specimens_in(work, [tube]).get(tube, [])
    found += forewarnings(work, tube) + sendings(work, SHEETS, swabs) + prints(work, tube)
    return sorted(found, key=lambda one: one.at)


def forewarnings(work: Work, tube: int) -> list[Happening]:
    """When a result of this tube was told before its release, and by whom."""
    query = (
        select(Notice.given_at, User.full_name)
        .join(User, User.id == Notice.given_by)
        .where(Notice.tube_id == tube)
    )
    return [Happening(at, _("Preliminary notice"), by) for at, by in work.session.execute(query)]


def prints(work: Work, tube: int) -> list[Happening]:
    """When versions of this report were printed, and by whom, as the audit tells it."""
    query = select(Version.id, Version.number).where(Version.tube_id == tube)
    said, found = _("Printed, v{number}"), []
    for key, number in work.session.execute(query):
        for entry in entries(work, Wanted((Version.__tablename__,), key)):
            if entry.verb == PRINTED:
                found.append(Happening(entry.at, said.format(number=number), entry.user))
    return found


# -- the card of a person -------------------------------------------------------------------------


def of_person(work: Work, person_id: int) -> list[Happening]:
    """What was released of a person, version by version; of what is on hold only that it is."""
    swabs, there = specimens().subquery(), tubes().subquery()
    query = (
        select(Version, there.c.accession, Hold.held_at)
        .join(swabs, swabs.c.tube_id == Version.tube_id)
        .join(there, there.c.id == Version.tube_id)
        .outerjoin(Hold, (Hold.tube_id == Version.tube_id) & Hold.lifted_by.is_(None))
        .where(swabs.c.person_id == person_id, newest())
    )
    return [
        Happening(held or v.at, _word(v, held), grouped(number))
        for v, number, held in work.session.execute(query)
    ]


def _word(version: Version, held: datetime | None) -> str:
    if held is not None:
        return _("Result being checked again")
    if version.status is Status.ENTERED_IN_ERROR:
        return _("Result annulled")
    word = outcome_word(version.outcome, folded=False)
    if version.status is Status.FINAL:
        return _("Result: {outcome}").format(outcome=word)
    return _("Result, {status}: {outcome}").format(status=version.status.word, outcome=word)
