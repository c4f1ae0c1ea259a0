"""Holds that follow from results: a positive that was handed out keeps what its tracing needs.

A listener never refuses a result: it writes holds down, and lifts those of a positive that is none
any more. What people have held or lifted themselves stays as they left it.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from modules.lab.api import Outcome
from modules.results.api import PersonResult, ResultsCorrected, ResultsReleased
from modules.venues.models import Hold
from modules.venues.models.visits import BY_RESULT
from modules.venues.permissions import KEEP
from modules.venues.queries.limits import tracing

HELD = ("person_id", "since", "until", "reason", "held_at", "held_by")


@use_case(KEEP)
def released(work: Work, fact: ResultsReleased) -> None:
    """Results were handed out: hold for the positives among them."""
    _hold(work, fact.results)


@use_case(KEEP)
def corrected(work: Work, fact: ResultsCorrected) -> None:
    """Results became others: lift what was held for a positive that is none, hold for a new one."""
    pairs = [(now, was) for now, was in zip(fact.results, fact.replaced, strict=True)]
    other = [(now, was) for now, was in pairs if _sign(now) != _sign(was)]
    _lift(work, [was for _now, was in other])
    _hold(work, [now for now, _was in other])


def _sign(one: PersonResult) -> tuple[int, str] | None:
    """Whom a positive is held for, and by which measurement; none of any other result."""
    if one.outcome is not Outcome.POSITIVE:
        return None
    return one.person_id, f"{BY_RESULT}{one.measurement_id}"


def _hold(work: Work, results: Sequence[PersonResult]) -> None:
    signs = {sign: one for one in results if (sign := _sign(one)) is not None}
    there = _open(work, results)
    rule, today = tracing(work), work.today()
    rows = []
    for (person, reason), one in signs.items():
        if (person, reason) not in there:
            day = _day(one.collected_at, today)
            since, until = day - timedelta(days=rule.before), day + timedelta(days=rule.after)
            rows.append((person, since, until, reason, work.now(), work.actor.id))
    bulk.insert_rows(work, Hold, HELD, rows)


def _lift(work: Work, results: Sequence[PersonResult]) -> None:
    ids = sorted(_open(work, results).values())
    bulk.update_rows(work, Hold, ids, {"lifted_at": work.now(), "lifted_by": work.actor.id})


def _open(work: Work, results: Sequence[PersonResult]) -> dict[tuple[int, str], int]:
    """The holds in force that follow from these positives."""
    signs = {sign for one in results if (sign := _sign(one)) is not None}
    query = select(Hold.person_id, Hold.reason, Hold.id).where(
        bulk.among(work, Hold.reason, sorted({reason for _person, reason in signs})),
        Hold.lifted_at.is_(None),
    )
    found = {(row[0], row[1]): row[2] for row in work.session.execute(query)} if signs else {}
    return {sign: key for sign, key in found.items() if sign in signs}


def _day(collected_at: str, today: date) -> date:
    """The day of a swab; today where only its month or year is known."""
    try:
        return date.fromisoformat(collected_at[:10])
    except ValueError:
        return today
