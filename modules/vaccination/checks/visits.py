"""What is asked before somebody takes a step at a session."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person
from modules.vaccination.codes import OVER, SessionState, Source
from modules.vaccination.models import Dose, Event, Session, Vial, Visit


def held_visit(work: Work, visit_id: int) -> Visit:
    """A visit, kept from colleagues until the unit of work ends."""
    return bulk.held(work, Visit, visit_id, _("This person is not on the list of a session."))


def injected_visit(work: Work, visit_id: int) -> Any:
    """A visit in which somebody was injected, kept from colleagues too."""
    visit = held_visit(work, visit_id)
    if visit.dose_id is None:
        raise UserError(_("No injection is entered for this person."))
    return visit


def reported_doses(work: Work, doses: Sequence[int]) -> dict[int, str]:
    """Which of these doses a severe reaction is reported of, and why they stay."""
    query = select(Event.dose_id, Event.number).where(bulk.among(work, Event.dose_id, doses))
    said = _("The severe reaction {number} is reported of this dose; the dose stays.")
    return {row[0]: said.format(number=row[1]) for row in work.session.execute(query)}


def invited(work: Work, session_id: int, people: Sequence[int]) -> set[int]:
    """Who of these is on the list of a session already."""
    query = select(Visit.person_id).where(Visit.session_id == session_id)
    return set(work.session.scalars(query.where(bulk.among(work, Visit.person_id, people))))


def visit_of(work: Work, session_id: int, person_id: int) -> Visit | None:
    """Somebody's way through a session, if it has begun or he was invited."""
    query = select(Visit).where(Visit.session_id == session_id, Visit.person_id == person_id)
    return work.session.scalars(query.with_for_update()).one_or_none()


def given_today(work: Work, person_id: int) -> Dose | None:
    """The dose that somebody was given here today."""
    query = select(Dose).where(
        Dose.person_id == person_id, Dose.given_on == work.today(), Dose.source == Source.OWN
    )
    return work.session.scalars(query.order_by(Dose.id)).first()


def refuse_second(work: Work, person_id: int) -> None:
    """Stop before the needle whoever has had his injection today, in another session too."""
    bulk.hold(work, Person, [person_id], named_elsewhere=True)
    dose = given_today(work, person_id)
    if dose is not None:
        at = stamp(dose.given_at)[11:] if dose.given_at else ""
        said = _("This person was given {product} today at {time}. Nothing is injected again.")
        raise UserError(said.format(product=dose.product, time=at))


def planned(work: Work, session_id: int, *, alone: bool = True) -> Session:
    """A session, cancelled or not; until the unit of work ends no colleague changes it.

    ``alone`` keeps it from colleagues who would only look whether it runs, too.
    """
    query = select(Session).where(Session.id == session_id)
    held = query.with_for_update(read=not alone).execution_options(populate_existing=True)
    session = work.session.scalars(held).one_or_none()
    if session is None:
        raise UserError(_("There is no such session."))
    return session


def running(work: Work, session_id: int, *, alone: bool = True) -> Session:
    """A session that people may still come to."""
    session = planned(work, session_id, alone=alone)
    if session.state is SessionState.CANCELLED:
        raise UserError(_("This session was cancelled; plan it again first."))
    return session


def cancellable(work: Work, session_id: int) -> Session:
    """A session that nobody came to and for which no vial was opened."""
    session = planned(work, session_id)
    if session.state in OVER:
        said = _("This session is over: {word}.")
        raise UserError(said.format(word=session.state.word))
    came = select(Visit.id).where(Visit.session_id == session_id, Visit.arrived_at.is_not(None))
    if work.session.scalars(came.limit(1)).first() is not None:
        raise UserError(_("Somebody came to this session; it is ended, not cancelled."))
    opened = select(Vial.id).where(Vial.session_id == session_id)
    if work.session.scalars(opened.limit(1)).first() is not None:
        raise UserError(_("A vial was opened for this session; it is ended, not cancelled."))
    return session


def by_uid(work: Work, uid: str) -> Any:
    """The dose that was entered with this code, if it was."""
    return work.session.scalars(select(Dose).where(Dose.uid == uid)).one_or_none()
