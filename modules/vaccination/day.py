"""What home, hand-over and the card of a person ask of vaccination."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from admin_suite.core.clock import ZONE, day_shown, midnight_of
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Errand, HandoverLine, Happening
from admin_suite.registry.models import Person
from modules.vaccination.codes import SessionState, Source, Standing, Turn
from modules.vaccination.models import Dose, Forecast, Session, Visit
from modules.vaccination.queries.corrections import open_corrections
from modules.vaccination.queries.doses import lines_of
from modules.vaccination.queries.due import condition
from modules.vaccination.queries.reactions import events
from modules.vaccination.queries.slips import slips_of
from modules.vaccination.queries.stock import open_somewhere

WEEK = 7
WAITS = (Turn.ARRIVED, Turn.SCREENED)
LATE_CALLS = N_("{n} overdue")
LATE_ANSWERS = N_("{n} past their deadline")


def waiting(work: Work) -> int:
    """How many wait at the sessions of today."""
    query = select(func.count()).select_from(Visit).join(Session, Session.id == Visit.session_id)
    query = query.where(Session.held_on == work.today(), Visit.turn.in_(WAITS))
    return work.session.scalar(query) or 0


def due(work: Work) -> int:
    """How many are due for a dose, the overdue ones too."""
    return _standing(work, Standing.DUE) + overdue(work)


def overdue(work: Work) -> int:
    """How many are overdue."""
    return _standing(work, Standing.OVERDUE)


def _standing(work: Work, kind: Standing) -> int:
    query = select(func.count()).select_from(Forecast).where(condition(kind, work.today()))
    return work.session.scalar(query) or 0


def unanswered(work: Work) -> int:
    """How many requests for correction wait."""
    return open_corrections(work)[0]


def unanswered_late(work: Work) -> int:
    """How many of them past their deadline."""
    return open_corrections(work)[1]


def injected_today(work: Work) -> tuple[int, int]:
    """How many were vaccinated today, of those on the lists of today."""
    query = select(func.count(Visit.dose_id), func.count()).select_from(Visit)
    query = query.join(Session, Session.id == Visit.session_id)
    held = Session.held_on == work.today(), Session.state != SessionState.CANCELLED
    row = work.session.execute(query.where(*held)).one()
    return row[0] or 0, row[1] or 0


def week(work: Work) -> Sequence[tuple[date, int, int]]:
    """The doses given here on each of the last seven days, and how many were second ones."""
    last = work.today()
    found = {last - timedelta(days=back): [0, 0] for back in range(WEEK)}
    query = select(Dose.given_on, Dose.person_id).where(
        Dose.source == Source.OWN, Dose.given_on >= min(found)
    )
    rows = work.session.execute(query).all()
    first = _first_days(work, [row[1] for row in rows])
    for day, person in rows:
        if day in found:
            found[day][0] += 1
            found[day][1] += first.get(person, day) < day
    return [(day, given, again) for day, (given, again) in sorted(found.items())]


def _first_days(work: Work, people: Sequence[int]) -> dict[int, date]:
    query = select(Dose.person_id, func.min(Dose.given_on)).group_by(Dose.person_id)
    rows = work.session.execute(query.where(Dose.person_id.in_(set(people))))
    return {row[0]: row[1] for row in rows}


def errands(work: Work) -> list[Errand]:
    """Severe reactions to be told of or asked about, and vials that were left open."""
    lines = []
    for row in events(work):
        if row.late:
            what = _("{number}: the higher level has not been told").format(number=row.number)
            about = f"{row.product} {row.lot}"
            told = ("bad", what, about, row.notify_by, "vaccination.reactions", _("Look"))
            lines.append(Errand(*told))
        if row.follow_on is not None and row.follow_on <= work.today():
            what = _("{number}: ask how the person is, {n} days after the injection").format(
                number=row.number, n=row.follow_after
            )
            since, about = midnight_of(row.follow_on), f"{row.product} {row.lot}"
            lines.append(Errand("late", what, about, since, "vaccination.reactions", _("Look")))
    left = open_somewhere(work)
    if left:
        what = _("{n} vials are open over their time; close them").format(n=left)
        now = work.now()
        lines.append(Errand("late", what, "", now, "vaccination.desk", _("Look")))
    return lines


def handover(work: Work) -> list[HandoverLine]:
    """What the next shift finds: who waits, what is due, open vials, what must be answered."""
    lines = []
    here_now = waiting(work)
    if here_now:
        said = _("People who wait at the session: {n}").format(n=here_now)
        lines.append(HandoverLine(said, "", "busy", "vaccination.desk"))
    calls = due(work)
    if calls:
        said = _("People due for a dose: {n}").format(n=calls)
        late = overdue(work)
        about = _(LATE_CALLS).format(n=late) if late else ""
        tone = "late" if late else "wait"
        lines.append(HandoverLine(said, about, tone, "vaccination.due"))
    left = open_somewhere(work)
    if left:
        said = _("Vials open over their time: {n}").format(n=left)
        lines.append(HandoverLine(said, "", "bad", "vaccination.desk"))
    asked, late = open_corrections(work)
    if asked:
        said = _("Corrections to be answered: {n}").format(n=asked)
        about = _(LATE_ANSWERS).format(n=late) if late else ""
        lines.append(HandoverLine(said, about, "late" if late else "wait", "vaccination.reactions"))
    given = injected_today(work)[0]
    if given:
        said = _("Today {n} people were vaccinated").format(n=given)
        lines.append(HandoverLine(said, tone="done"))
    return lines


def of_person(work: Work, person_id: int) -> list[Happening]:
    """The doses of one person with their verdicts, and what became of invitations."""
    born = work.session.scalar(select(Person.dob).where(Person.id == person_id)) or ""
    work.saw(Person.__tablename__, [person_id])
    told = []
    for line in lines_of(work, {person_id: born}).get(person_id, []):
        parts = [line.lot, line.place, line.source.word if line.source is not Source.OWN else ""]
        if line.doubtful:
            parts.append(line.word)
        parts += line.reasons
        at = datetime.combine(line.on, time(12), ZONE)
        told.append(Happening(at, line.title, "; ".join(part for part in parts if part)))
    session = (Session.held_on, Session.place, Session.state)
    query = select(*session, Visit.turn, Visit.arrived_at)
    query = query.join(Session, Session.id == Visit.session_id)
    query = query.where(Visit.person_id == person_id, Visit.dose_id.is_(None))
    for day, place, kind, turn, arrived in work.session.execute(query):
        at = arrived or datetime.combine(day, time(7), ZONE)
        title = _("Vaccination session on {day}").format(day=day_shown(day))
        off = kind is SessionState.CANCELLED and turn is Turn.INVITED
        word = kind.word if off else turn.word
        told.append(Happening(at, title, f"{place}: {word}"))
    for slip in slips_of(work, [person_id]):
        at = datetime.fromisoformat(slip.printed_at).replace(tzinfo=ZONE)
        word = f"{slip.state.word} ({slip.newer})" if slip.newer else slip.state.word
        told.append(Happening(at, _("Confirmation {number}").format(number=slip.number), word))
    return told
