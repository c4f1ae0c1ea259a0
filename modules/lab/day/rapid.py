"""What the day's pages and a person's card say of rapid tests; they screen and confirm nothing."""

from datetime import datetime

from sqlalchemy import select

from admin_suite.core.clock import ZONE
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.module import Errand, HandoverLine, Happening
from admin_suite.registry.models import Unit
from modules.lab.codes import RapidOutcome
from modules.lab.models import Kit, KitLot, RapidTest
from modules.lab.queries import rapid_today, unconfirmed


def positives(work: Work) -> list[Errand]:
    """Positive rapid tests that wait for their PCR sample, place by place."""
    found: dict[str, list[str]] = {}
    first: dict[str, int] = {}
    for row in unconfirmed(work):
        found.setdefault(row.site, []).append(row.tested_at)
        first.setdefault(row.site, row.tube_id)
    said = _("{n} rapid tests are positive and their PCR sample has not been received")
    return [
        Errand(
            "bad",
            said.format(n=len(moments)),
            site,
            moment_of(moments[0]),
            "lab.samples",
            _("Look"),
            first[site],
        )
        for site, moments in found.items()
    ]


def rapid_handover(work: Work) -> list[HandoverLine]:
    """What the next shift has to know of rapid tests."""
    waiting = len(unconfirmed(work))
    lines = []
    if waiting:
        said = _("Positive rapid tests without a PCR sample: {n}").format(n=waiting)
        lines.append(HandoverLine(said, tone="bad", page="lab.rapid"))
    done, positive = rapid_today(work)
    if done:
        said = _("Rapid tests today: {n}, positive: {m}").format(n=done, m=positive)
        lines.append(HandoverLine(said, tone="done", page="lab.rapid"))
    return lines


def rapid_of_person(work: Work, person_id: int) -> list[Happening]:
    """The rapid tests of one person, those entered in error too: they are seen to be no result."""
    c = RapidTest.__table__.c
    query = (
        select(c.tested_at, c.outcome, c.voided_at, Unit.name, Kit.name)
        .join(Unit, Unit.id == c.site_id)
        .outerjoin(KitLot, KitLot.id == c.lot_id)
        .outerjoin(Kit, Kit.id == KitLot.kit_id)
        .where(c.person_id == person_id)
    )
    told = []
    for tested, outcome, voided, site, kit in work.session.execute(query):
        word = _("entered in error") if voided else RapidOutcome.of(outcome).word
        detail = ", ".join(part for part in (word, kit, site) if part)
        told.append(Happening(moment_of(tested), _("Rapid test (screening)"), detail))
    return told


def moment_of(told: str) -> datetime:
    """A FHIR date-time of the unit as a moment; a day is its beginning."""
    return datetime.fromisoformat(told).replace(tzinfo=ZONE)
