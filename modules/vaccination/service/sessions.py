"""Planning sessions, inviting people, noting what calls have led to."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.excel.sheet import About
from admin_suite.excel.words import unmarked
from admin_suite.registry.reading import days
from modules.vaccination.checks import visits as checks
from modules.vaccination.checks.stock import open_vials
from modules.vaccination.codes import Call, SessionState, Turn
from modules.vaccination.models import Session, Visit
from modules.vaccination.permissions import PLAN, VACCINATE
from modules.vaccination.queries.regimen import groups, products
from modules.vaccination.service.forecasts import forecast

VISIT = ("session_id", "person_id", "turn", "slot", "outside", "sent_by")
STAYS_AWAY = {
    Call.REFUSED: Turn.REFUSED,
    Call.MOVED: Turn.MOVED,
    Call.ELSEWHERE: Turn.ELSEWHERE,
    Call.DIED: Turn.DIED,
}
BETWEEN = re.compile(r"[\s,;.]+|\b(?:nhom|so|va)\b")  # numbers of groups
BEFORE = (Turn.INVITED, *STAYS_AWAY.values(), Turn.NO_SHOW)


class NewSession(NamedTuple):
    """A session to plan; ``groups`` are numbers of priority groups; hours as ``7h30``."""

    held_on: date
    place: str
    product: str
    capacity: int
    starts: str = "07:30"
    ends: str = "11:30"
    team: str = ""
    groups: str = ""
    round: str = ""


class Called(NamedTuple):
    """What was noted of calls to somebody until another one was noted at ``noted_at``."""

    visit_id: int
    call: Call | None
    called_at: datetime | None
    noted_at: datetime


@use_case(PLAN)
def plan(work: Work, wanted: NewSession) -> int:
    """Plan a session and return it."""
    if wanted.product not in products(work):
        said = _("There is no vaccine “{cell}”. Known: {names}.")
        names = ", ".join(products(work))
        raise UserError(said.format(cell=wanted.product, names=names))
    if not wanted.place.strip() or wanted.capacity <= 0:
        raise UserError(_("A session needs a place, and room for at least one person."))
    wanted = wanted._replace(
        groups=_groups(work, wanted), starts=_hour(wanted.starts), ends=_hour(wanted.ends)
    )
    if wanted.ends <= wanted.starts:
        raise UserError(_("A session ends after it begins."))
    session = Session(**wanted._asdict(), state=SessionState.PLANNED)
    work.session.add(session)
    work.session.flush()
    return session.id


def _groups(work: Work, wanted: NewSession) -> str:
    """The numbers of the groups with a space between: ``7, 9``, ``nhóm 7 và 9``."""
    known, found = groups(work, wanted.held_on), []
    for word in BETWEEN.split(unmarked(wanted.groups)):
        if word and not (word.isdecimal() and int(word) in known):
            raise UserError(_("There is no priority group “{cell}”.").format(cell=word))
        found += [str(int(word))] if word else []
    return " ".join(dict.fromkeys(found))


def _hour(words: str) -> str:
    """An hour as it is kept: ``7h30`` is 07:30."""
    found = days.hour(words, About())
    if found is None:
        raise days.no_hour(words)
    return f"{found:%H:%M}"


@use_case(PLAN)
def invite(work: Work, session_id: int, people: Sequence[int], slot: str = "") -> int:
    """Put people on the list of a session; who is on it stays. Returns how many are new."""
    checks.running(work, session_id)
    there = checks.invited(work, session_id, people)
    rows = [
        (session_id, person, Turn.INVITED, slot, False, "")
        for person in dict.fromkeys(people)
        if person not in there
    ]
    return len(bulk.insert_rows(work, Visit, VISIT, rows))


@use_case(PLAN)
def note_call(work: Work, visits: Sequence[int], call: Call) -> list[Called]:
    """Note what calls have led to; whoever refuses, moved or was vaccinated is not waited for.

    What was written down of somebody who came stays, and so does it that somebody did not come.
    Returns what was noted before, by which ``take_back_calls`` puts it back.
    """
    moment, people, before = work.now(), [], []
    for visit_id in visits:
        visit = checks.held_visit(work, visit_id)
        before.append(Called(visit.id, visit.call, visit.called_at, moment))
        _put_call(work, visit, call, moment)
        people.append(visit.person_id)
    forecast(work, people)
    return before


@use_case(PLAN)
def take_back_calls(work: Work, before: Sequence[Called]) -> int:
    """Put back what was noted of calls before; refused where somebody has called again since."""
    held = [(checks.held_visit(work, one.visit_id), one) for one in before]
    if any(visit.called_at != one.noted_at for visit, one in held):
        raise UserError(_("Another call has been noted since; nothing was taken back."))
    for visit, one in held:
        _put_call(work, visit, one.call, one.called_at)
    forecast(work, [visit.person_id for visit, _one in held])
    return len(held)


def _put_call(work: Work, visit: Visit, call: Call | None, moment: datetime | None) -> None:
    visit.call, visit.called_at = call, moment
    if visit.turn in BEFORE and visit.arrived_at is None:
        session = work.session.get_one(Session, visit.session_id)
        closed = session.state is SessionState.CLOSED
        otherwise = Turn.NO_SHOW if closed else Turn.INVITED
        visit.turn = STAYS_AWAY.get(call, otherwise) if call is not None else otherwise


@use_case(PLAN)
def start_session(work: Work, session_id: int) -> None:
    """Open a session: people come."""
    checks.running(work, session_id).state = SessionState.OPEN


@use_case(PLAN)
def cancel_session(work: Work, session_id: int) -> None:
    """Cancel a session that nobody came to; whoever was invited may be invited elsewhere."""
    checks.cancellable(work, session_id).state = SessionState.CANCELLED


@use_case(PLAN)
def plan_again(work: Work, session_id: int) -> None:
    """Take back that a session was cancelled; its list is as it was."""
    session = checks.planned(work, session_id)
    if session.state is not SessionState.CANCELLED:
        raise UserError(_("This session was not cancelled."))
    session.state = SessionState.PLANNED


@use_case(VACCINATE)
def end_session(work: Work, session_id: int) -> int:
    """Close a session: whoever was invited and did not come has not come; returns how many.

    Refused while a vial is open: its doses would be neither given nor thrown away.
    """
    session = checks.running(work, session_id)
    still = open_vials(work, session_id)
    if still:
        said = _("Still open: vials {numbers}. Close them first: what is left is thrown away.")
        numbers = ", ".join(str(vial.number) for vial in still)
        raise UserError(said.format(numbers=numbers))
    session.state = SessionState.CLOSED
    missing = [
        visit.id for visit in work.session.scalars(_of(session_id)) if visit.turn is Turn.INVITED
    ]
    bulk.update_rows(work, Visit, missing, {"turn": Turn.NO_SHOW})
    work.session.expire_all()
    return len(missing)


@use_case(PLAN)
def reopen_session(work: Work, session_id: int) -> None:
    """Take the closing of a session back."""
    checks.running(work, session_id).state = SessionState.OPEN
    missing = [v.id for v in work.session.scalars(_of(session_id)) if v.turn is Turn.NO_SHOW]
    bulk.update_rows(work, Visit, missing, {"turn": Turn.INVITED})
    work.session.expire_all()


def _of(session_id: int) -> Select[Visit]:
    return select(Visit).where(Visit.session_id == session_id)
