"""What home and hand-over ask of quarantine."""

from collections.abc import Sequence

from sqlalchemy import func, select

from admin_suite.core.clock import midnight_of
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Errand as Line
from admin_suite.module import HandoverLine, Hit
from admin_suite.registry.models import Person
from admin_suite.registry.names import fold
from modules.quarantine.codes import CaseState, Errand, Kind, Setting
from modules.quarantine.models import Bed, Case, Claim, Episode, Room, Task
from modules.quarantine.queries.beds import covering, mixed_rooms
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.home import unheard
from modules.quarantine.queries.release import staying
from modules.quarantine.queries.rounds import alerts
from modules.quarantine.queries.supplies import short_supplies
from modules.quarantine.rules.keys import room_of_door

BOARD, ARRIVALS = "quarantine.board", "quarantine.arrivals"
ROUNDS, LEAVING, HOME = "quarantine.rounds", "quarantine.leaving", "quarantine.home"
SUPPLIES = "quarantine.supplies"
FOUND, MENTIONED = 20, 3


def waiting(work: Work) -> int:
    """How many people have been announced or have come and have no bed."""
    taken = select(Claim.episode_id).where(Claim.kind == Kind.STAY, covering(work.now()))
    query = select(func.count(Episode.id)).where(
        Episode.ended_at.is_(None),
        Episode.setting == Setting.FACILITY,
        Episode.id.not_in(taken.where(Claim.episode_id.is_not(None))),
    )
    return work.session.scalar(query) or 0


def going(work: Work) -> int:
    """How many people of all facilities may go home today, or could but for what is missing."""
    last = work.today()
    return sum(one.ends_on <= last for one in clocks(work, staying(work)).values())


def to_clean(work: Work) -> int:
    """How many beds wait for cleaning or disinfection."""
    query = select(func.count(Claim.id)).where(
        Claim.kind.in_((Kind.TO_CLEAN, Kind.CONTAMINATED)), covering(work.now())
    )
    return work.session.scalar(query) or 0


def undecided(work: Work) -> int:
    """How many positives wait for a decision."""
    query = select(func.count(Case.id)).where(Case.state == CaseState.PROPOSED)
    return work.session.scalar(query) or 0


def to_do(work: Work) -> int:
    """How many things are to be done today or were before."""
    query = select(func.count(Task.id)).where(Task.done_at.is_(None), Task.due <= work.today())
    return work.session.scalar(query) or 0


def errands(work: Work) -> list[Line]:
    """Positives that nobody has decided on, and health alerts that nobody has looked at."""
    since = select(func.min(Case.heard_at), func.count(Case.id)).where(
        Case.state == CaseState.PROPOSED
    )
    first, n = work.session.execute(since).one()
    lines = []
    if n and first is not None:
        said = _("{n} positive people in quarantine wait for a decision").format(n=n)
        lines.append(Line("bad", said, "", first, BOARD, _("Decide")))
    lines += [
        *_late(work, Errand.ALERT, Setting.FACILITY),
        *_late(work, Errand.ALERT, Setting.HOME),
        *_late(work, Errand.VISIT, Setting.HOME),
    ]
    return [*lines, *_mixed(work)]


PAGES = {Setting.FACILITY: ROUNDS, Setting.HOME: HOME}
LATE = {
    (Errand.ALERT, Setting.FACILITY): N_("{n} health alerts in quarantine wait for somebody"),
    (Errand.ALERT, Setting.HOME): N_("{n} health alerts of people at home wait for somebody"),
    (Errand.VISIT, Setting.HOME): N_("{n} people at home do not answer; somebody has to go there"),
}


def _late(work: Work, errand: Errand, setting: Setting) -> list[Line]:
    """What somebody has to do in a setting, how often and since when."""
    query = (
        select(func.min(Task.made_at), func.count(Task.id))
        .join(Episode, Episode.id == Task.episode_id)
        .where(Task.errand == errand, Task.done_at.is_(None), Episode.setting == setting)
    )
    first, n = work.session.execute(query).one()
    if not n or first is None:
        return []
    said = _(LATE[errand, setting]).format(n=n)
    return [Line("late", said, "", first, PAGES[setting], _("Look"))]


def _mixed(work: Work) -> list[Line]:
    """People who share a room that is not theirs any more since their sex was corrected."""
    mixed = mixed_rooms(work)
    if not mixed:
        return []
    said = _("Room {rooms}: the sex of somebody was corrected; move whoever cannot stay")
    rooms = ", ".join(sorted({row.room for row in mixed}))
    since = min(row.since for row in mixed if row.since is not None)
    return [Line("bad", said.format(rooms=rooms), "", since, BOARD, _("Look"))]


def escalated(work: Work) -> list[Line]:
    """Red alerts that nobody has looked at in time: they are the leader's."""
    said = _("{n} red health alerts have waited too long; somebody must go there now")
    lines = []
    for setting, page in PAGES.items():
        late = [one for one in alerts(work, setting) if one.escalated]
        if late:
            since = min(one.since for one in late)
            lines.append(Line("bad", said.format(n=len(late)), "", since, page, _("Look")))
    return lines


def short_of(work: Work) -> list[Line]:
    """Supplies of which there is less than their least stock."""
    short = short_supplies(work)
    if not short:
        return []
    said = _("Too little is left of: {names}")
    names = ", ".join(f"{one.name} ({one.left} {one.unit})" for one in short[:MENTIONED])
    since = max((one.at for one in short if one.at is not None), default=work.now())
    return [Line("late", said.format(names=names), "", since, SUPPLIES, _("Look"))]


def admitted_today(work: Work) -> tuple[int, int]:
    """How many people were given a bed today, of those and the ones who wait."""
    midnight = midnight_of(work.today())
    query = select(func.count(func.distinct(Claim.person_id))).where(
        Claim.kind == Kind.STAY, Claim.starts_at >= midnight
    )
    done = work.session.scalar(query) or 0
    return done, done + waiting(work)


def handover(work: Work) -> list[HandoverLine]:
    """What the next shift has to know: counts and words."""
    lines = []
    staying = select(func.count(Claim.id)).where(Claim.kind == Kind.STAY, covering(work.now()))
    n = work.session.scalar(staying) or 0
    if n:
        lines.append(HandoverLine(_("People in quarantine: {n}").format(n=n), "", "busy", BOARD))
    if n := waiting(work):
        said = _("People who wait for a bed: {n}").format(n=n)
        lines.append(HandoverLine(said, "", "wait", ARRIVALS))
    if n := to_clean(work):
        said = _("Beds that wait for cleaning: {n}").format(n=n)
        lines.append(HandoverLine(said, "", "wait", BOARD))
    if n := unheard(work):
        said = _("People at home not heard of today: {n}").format(n=n)
        lines.append(HandoverLine(said, "", "wait", HOME))
    if n := undecided(work):
        said = _("Positives that nobody has decided on: {n}").format(n=n)
        lines.append(HandoverLine(said, "", "bad", BOARD))
    return lines


def find(work: Work, text: str) -> Sequence[Hit]:
    """A bed by room and number (``101-2``), by the code on its door, or who stays there by name."""
    room, _dash, label = text.strip().partition("-")
    query = (
        select(Bed.id, Room.name, Bed.label, Person.id, Person.name)
        .join(Room, Room.id == Bed.room_id)
        .outerjoin(
            Claim, (Claim.bed_id == Bed.id) & (Claim.kind == Kind.STAY) & covering(work.now())
        )
        .outerjoin(Person, Person.id == Claim.person_id)
        .order_by(Room.name, Bed.position)
        .limit(FOUND)
    )
    if door := room_of_door(text):
        query = query.where(Room.id == door)
    elif label and room:
        query = query.where(Room.name == room, Bed.label == label)
    elif any(sign.isalpha() for sign in text):
        query = query.where(Person.folded.like(f"%{fold(text)}%"))
    else:
        return []
    rows = list(work.session.execute(query))
    work.saw(Person.__tablename__, sorted({row[3] for row in rows if row[3]}))
    said = _("Room {room}, bed {bed}")
    return [Hit(said.format(room=row[1], bed=row[2]), row[4] or "", BOARD, row[0]) for row in rows]
