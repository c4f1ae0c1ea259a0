"""What home, hand-over and the audit ask of quarantine."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from sqlalchemy import func, select

from admin_suite.core.clock import ZONE
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Errand as Line
from admin_suite.module import HandoverLine, Hit, Subject
from admin_suite.registry.models import Person
from admin_suite.registry.names import fold
from modules.quarantine.codes import CaseState, Errand, Kind
from modules.quarantine.models import Bed, Case, Claim, Episode, Room, Task
from modules.quarantine.permissions import SEE
from modules.quarantine.queries.beds import covering, mixed_rooms
from modules.quarantine.queries.clocks import clocks
from modules.quarantine.queries.release import staying
from modules.quarantine.queries.rounds import alerts
from modules.quarantine.rules.keys import room_of_door

BOARD, ARRIVALS = "quarantine.board", "quarantine.arrivals"
ROUNDS, LEAVING = "quarantine.rounds", "quarantine.leaving"
FOUND = 20


def waiting(work: Work) -> int:
    """How many people have been announced or have come and have no bed."""
    taken = select(Claim.episode_id).where(Claim.kind == Kind.STAY, covering(work.now()))
    query = select(func.count(Episode.id)).where(
        Episode.ended_at.is_(None), Episode.id.not_in(taken.where(Claim.episode_id.is_not(None)))
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
    since = select(func.min(Task.made_at), func.count(Task.id)).where(
        Task.errand == Errand.ALERT, Task.done_at.is_(None)
    )
    first, n = work.session.execute(since).one()
    if n and first is not None:
        said = _("{n} health alerts in quarantine wait for somebody").format(n=n)
        lines.append(Line("late", said, "", first, ROUNDS, _("Look")))
    return [*lines, *_mixed(work)]


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
    late = [one for one in alerts(work) if one.escalated]
    if not late:
        return []
    said = _("{n} red health alerts have waited too long; somebody must go there now")
    since = min(one.since for one in late)
    return [Line("bad", said.format(n=len(late)), "", since, ROUNDS, _("Look"))]


def admitted_today(work: Work) -> tuple[int, int]:
    """How many people were given a bed today, of those and the ones who wait."""
    midnight = datetime.combine(work.today(), time(), ZONE)
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


def beds_named(work: Work, ids: Sequence[int]) -> Mapping[int, str]:
    """Beds by room and number, for the audit."""
    query = select(Bed.id, Room.name, Bed.label).join(Room, Room.id == Bed.room_id)
    rows = work.session.execute(query.where(Bed.id.in_(ids)))
    return {row[0]: f"{row[1]}-{row[2]}" for row in rows}


GONE = {"voided_at": N_("Withdrawn")}
SUBJECTS = (
    Subject(
        "quarantine_facility",
        N_("Quarantine facilities"),
        {
            "code": N_("Code"),
            "name": N_("Name"),
            "commune_code": N_("Commune code"),
            "address": N_("Address"),
            "phone": N_("Telephone"),
        },
    ),
    Subject(
        "quarantine_room",
        N_("Quarantine rooms"),
        {
            "facility_id": N_("Facility"),
            "building": N_("Building"),
            "floor": N_("Floor"),
            "name": N_("Room"),
            "most": N_("Takes at most"),
            "accessible": N_("Without stairs"),
            "isolation": N_("For confirmed cases"),
            "note": N_("Note"),
            "x": N_("Place on the plan"),
            "y": N_("Place on the plan"),
        },
    ),
    Subject(
        "quarantine_bed",
        N_("Quarantine beds"),
        {"room_id": N_("Room"), "label": N_("Bed"), "position": N_("Order")},
        beds_named,
        SEE,
    ),
    Subject("quarantine_party", N_("Families in quarantine")),
    Subject(
        "quarantine_episode",
        N_("People in quarantine"),
        {
            "grouping": N_("Group"),
            "last_contact": N_("Last contact"),
            "arrived": N_("Arrived"),
            "symptomatic": N_("Has symptoms"),
            "doses": N_("Doses of vaccine"),
            "decision_no": N_("Decision"),
            "facility_id": N_("Facility"),
            "is_open": N_("Open"),
            "ended_at": N_("Ended"),
            "ended": N_("How it ended"),
            **GONE,
        },
    ),
    Subject(
        "quarantine_claim",
        N_("Stays and reservations"),
        {
            "kind": N_("Kind"),
            "room_id": N_("Room"),
            "bed_id": N_("Bed"),
            "starts_at": N_("Since"),
            "ends_at": N_("Until"),
            "ended": N_("How it ended"),
            "by": N_("By"),
            **GONE,
        },
    ),
    Subject(
        "quarantine_leave",
        N_("Leaves from quarantine"),
        {"left_at": N_("Left"), "back_at": N_("Back"), **GONE},
    ),
    Subject(
        "quarantine_movement",
        N_("Movements in quarantine"),
        {"event": N_("Event"), "at": N_("At"), "by": N_("By")},
    ),
    Subject(
        "quarantine_case",
        N_("Positives in quarantine"),
        {
            "preliminary": N_("Preliminary"),
            "state": N_("State"),
            "doubted": N_("In doubt"),
            "removed_at": N_("Left the room"),
            "was": N_("Group before"),
        },
    ),
    Subject(
        "quarantine_clock_event",
        N_("Ends of quarantine that moved"),
        {
            "old_end": N_("Last day before"),
            "new_end": N_("Last day since"),
            "cause": N_("Counted from"),
            "rule_id": N_("Rule"),
            "by": N_("By"),
        },
    ),
    Subject(
        "quarantine_task",
        N_("Things to do in quarantine"),
        {
            "errand": N_("What"),
            "due": N_("Day"),
            "done_at": N_("Done"),
            "done_by": N_("By"),
            "dropped": N_("Not needed any more"),
        },
    ),
    Subject(
        "quarantine_observation",
        N_("Health rounds"),
        {"mark": N_("Not measured"), "by": N_("By"), **GONE},
    ),
    Subject(
        "quarantine_issue",
        N_("Papers of quarantine"),
        {
            "kind": N_("Kind"),
            "batch": N_("Batch of papers"),
            "starts_on": N_("Since"),
            "ends_on": N_("Last day"),
            "former_end": N_("Last day before"),
            "number": N_("Number of the paper"),
            "signed_on": N_("Signed on"),
            "by": N_("By"),
            **GONE,
        },
    ),
    Subject(
        "quarantine_head_count",
        N_("Head counts"),
        {
            "at": N_("At"),
            "expected": N_("Expected"),
            "missing": N_("Absent"),
            "by": N_("By"),
        },
    ),
)
DEEDS = {
    "quarantine.add_facilities": N_("Set up facilities"),
    "quarantine.add_rooms": N_("Set up rooms"),
    "quarantine.arrange": N_("Drew rooms on the plan"),
    "quarantine.expect": N_("Entered arrivals"),
    "quarantine.correct_arrivals": N_("Corrected arrivals"),
    "quarantine.withdraw_arrivals": N_("Withdrew arrivals"),
    "quarantine.join_party": N_("Joined a family"),
    "quarantine.come_in": N_("Entered somebody at the door"),
    "quarantine.care_for": N_("Said who cares for a child"),
    "quarantine.send_to": N_("Sent people to a facility"),
    "quarantine.admit": N_("Gave beds"),
    "quarantine.settle": N_("Gave beds by a proposal"),
    "quarantine.reserve": N_("Reserved beds"),
    "quarantine.transfer": N_("Moved people to other beds"),
    "quarantine.swap": N_("Let people change beds"),
    "quarantine.move_room": N_("Moved a whole room"),
    "quarantine.depart": N_("Let people go"),
    "quarantine.cancel": N_("Ended reservations"),
    "quarantine.claim_beds": N_("Set beds aside"),
    "quarantine.log": N_("Logged movements"),
    "quarantine.clean": N_("Said that beds are clean"),
    "quarantine.close": N_("Took beds out of service"),
    "quarantine.open_again": N_("Put beds back into service"),
    "quarantine.lock": N_("Locked rooms"),
    "quarantine.unlock": N_("Unlocked rooms"),
    "quarantine.release": N_("Gave reserved beds free"),
    "quarantine.leave": N_("Let somebody go for a while"),
    "quarantine.come_back": N_("Noted that somebody is back"),
    "quarantine.adopt_policy": N_("Decided how long quarantine lasts"),
    "quarantine.observe": N_("Entered a health round"),
    "quarantine.observe_all": N_("Entered health rounds"),
    "quarantine.looked_at": N_("Looked at health alerts"),
    "quarantine.forewarned": N_("Heard of preliminary results"),
    "quarantine.released": N_("Heard of released results"),
    "quarantine.corrected": N_("Heard of corrected results"),
    "quarantine.held": N_("Heard of results in doubt"),
    "quarantine.unwarned": N_("Heard that preliminary results are void"),
    "quarantine.lifted": N_("Heard that results stand"),
    "quarantine.report": N_("Reported a positive"),
    "quarantine.confirm": N_("Acted on a positive"),
    "quarantine.revoke": N_("Took a positive back"),
    "quarantine.done": N_("Did things on the list"),
    "quarantine.order_tests": N_("Ordered samples"),
    "quarantine.issue": N_("Made papers"),
    "quarantine.number": N_("Gave papers their numbers"),
    "quarantine.withdraw_papers": N_("Withdrew papers"),
    "quarantine.count_heads": N_("Counted heads"),
    "quarantine.abscond": N_("Reported who left without leave"),
    "quarantine.adopt_kitchen": N_("Decided when meals are served"),
}
