"""Severe reactions with their clocks, and what is known of one report."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sex
from admin_suite.registry.models import Person
from modules.vaccination.codes import Ending, Serious, Sign
from modules.vaccination.models import Dose, Event, FollowUp, Visit
from modules.vaccination.queries.regimen import watch
from modules.vaccination.rules.aefi import follow_ups, notify_by

PREGNANT = "PREGNANT_"  # how the questions of the screening forms about it begin


class EventRow(Struct, frozen=True):
    """One report of a severe reaction; ``follow_on`` is the next day to ask again.

    ``late``: the higher level was not told in time, whether the report is closed or not. ``looks``
    say after how many days somebody asked, and how the person was; ``early``: asking today would be
    one more of them, before the follow-up.
    """

    id: int
    number: str
    person_id: int
    name: str
    product: str
    lot: str
    given_on: date
    onset_at: str
    signs: tuple[Sign, ...]
    serious: Serious | None
    outcome: Ending
    notified: bool
    notify_by: datetime
    late: bool
    follow_on: date | None
    follow_after: int
    closed: bool
    looks: tuple[tuple[int, Ending], ...]
    early: bool


def events(work: Work) -> list[EventRow]:
    """Every report, the open ones first."""
    rule, now = watch(work), work.now()
    query = (
        select(Event, Dose, Person.id, Person.name)
        .join(Dose, Dose.id == Event.dose_id)
        .join(Person, Person.id == Dose.person_id)
        .order_by(Event.closed_at.is_not(None), Event.known_at.desc())
    )
    rows = work.session.execute(query).all()
    seen = _followed(work)
    work.saw(Person.__tablename__, sorted({row[2] for row in rows}))
    found = []
    for event, dose, person, name in rows:
        until = notify_by(event.known_at, rule.notify)
        after, day = _next(event, dose.given_on, rule.followed, seen.get(event.id, {}))
        found.append(
            EventRow(
                event.id,
                event.number,
                person,
                name,
                dose.product,
                dose.lot,
                dose.given_on,
                stamp(event.onset_at),
                tuple(Sign.of(code) for code in event.signs.split()),
                event.serious,
                event.outcome,
                event.notified_at is not None,
                until,
                _late(event, until, now),
                day,
                after,
                event.closed_at is not None,
                tuple(sorted(seen.get(event.id, {}).items())),
                day is not None and work.today() < day,
            )
        )
    return found


def _next(
    event: Event, given_on: date, followed: Sequence[int], seen: Mapping[int, Ending]
) -> tuple[int, date | None]:
    """After how many days, and on which, to ask next how somebody is; nobody who died."""
    if event.closed_at is not None or event.outcome is Ending.DIED:
        return 0, None
    pairs = zip(followed, follow_ups(given_on, followed), strict=True)
    return next(((after, day) for after, day in pairs if after not in seen), (0, None))


def _late(event: Event, until: datetime, now: datetime) -> bool:
    """Whether the higher level has not been told in time."""
    return event.notified_at is None and now > until


def event_begun(work: Work, dose_id: int) -> dict[str, Any]:
    """What a new report of a dose can say already: whose it is, and what the screening asked."""
    dose = work.session.get(Dose, dose_id)
    if dose is None:
        raise UserError(_("There is no such dose."))
    person = work.session.get_one(Person, dose.person_id)
    work.saw(Person.__tablename__, [person.id])
    visit = work.session.scalars(select(Visit).where(Visit.dose_id == dose_id)).one_or_none()
    found: dict[str, Any] = {"name": person.name, "sex": person.sex}
    if visit is not None and visit.checklist_id is not None and person.sex is Sex.F:
        found["pregnant"] = any(code.startswith(PREGNANT) for code in visit.answers.split())
    return found


def event_known(work: Work, event_id: int) -> dict[str, Any]:
    """What is known of one report, field by field."""
    event = work.session.get(Event, event_id)
    if event is None:
        raise UserError(_("There is no such report."))
    person = work.session.get_one(Person, work.session.get_one(Dose, event.dose_id).person_id)
    work.saw(Person.__tablename__, [person.id])
    found: dict[str, Any] = {one.key: getattr(event, one.key) for one in Event.__table__.columns}
    signs = tuple(Sign.of(code) for code in event.signs.split())
    return found | {"signs": signs, "name": person.name, "sex": person.sex}


def _followed(work: Work) -> dict[int, dict[int, Ending]]:
    """After how many days somebody asked about each report, and how the person was."""
    seen: dict[int, dict[int, Ending]] = {}
    query = select(FollowUp.event_id, FollowUp.after_days, FollowUp.state)
    for event_id, after, state in work.session.execute(query):
        seen.setdefault(event_id, {})[after] = state
    return seen
