"""The audit of quarantine in words: what its tables, columns and verbs are called."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.module import Subject
from modules.quarantine.models import Bed, Item, Room
from modules.quarantine.permissions import KEEP, SEE


def beds_named(work: Work, ids: Sequence[int]) -> Mapping[int, str]:
    """Beds by room and number, for the audit."""
    query = select(Bed.id, Room.name, Bed.label).join(Room, Room.id == Bed.room_id)
    rows = work.session.execute(query.where(Bed.id.in_(ids)))
    return {row[0]: f"{row[1]}-{row[2]}" for row in rows}


def items_named(work: Work, ids: Sequence[int]) -> Mapping[int, str]:
    """Supplies by their names."""
    query = select(Item.id, Item.name).where(Item.id.in_(ids))
    return {row[0]: row[1] for row in work.session.execute(query)}


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
        {
            "room_id": N_("Room"),
            "label": N_("Bed"),
            "position": N_("Order"),
            "x": N_("Place on the plan"),
            "y": N_("Place on the plan"),
        },
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
            "setting": N_("Where"),
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
    Subject("quarantine_sharing", N_("With whom people in quarantine could share a room")),
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
        {
            "mark": N_("Not measured"),
            "channel": N_("How it became known"),
            "by": N_("By"),
            **GONE,
        },
    ),
    Subject("quarantine_household", N_("Households"), {"commune_code": N_("Commune code")}),
    Subject(
        "quarantine_home_stay",
        N_("Home quarantine"),
        {
            "household_id": N_("Household"),
            "starts_at": N_("Since"),
            "ends_at": N_("Until"),
            "ended": N_("How it ended"),
            "by": N_("By"),
            **GONE,
        },
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
    Subject(
        "quarantine_payment",
        N_("Who pays for meals"),
        {"since": N_("Since"), "payer": N_("Paid by"), "by": N_("By")},
    ),
    Subject(
        "quarantine_item",
        N_("Supplies of quarantine"),
        {
            "facility_id": N_("Facility"),
            "name": N_("Name"),
            "unit": N_("Unit"),
            "least": N_("Least stock"),
        },
        items_named,
        KEEP,
    ),
    Subject(
        "quarantine_supply",
        N_("Ledger of supplies"),
        {
            "item_id": N_("Supply"),
            "kind": N_("Kind"),
            "quantity": N_("How many"),
            "left_over": N_("Left"),
            "at": N_("At"),
            "by": N_("By"),
        },
    ),
    Subject(
        "quarantine_parcel",
        N_("Parcels"),
        {
            "received_at": N_("Received"),
            "received_by": N_("Received by"),
            "handed_at": N_("Handed to the person"),
            "handed_by": N_("Handed to the person by"),
            **GONE,
        },
    ),
)
DEEDS = {
    "quarantine.add_facilities": N_("Set up facilities"),
    "quarantine.add_rooms": N_("Set up rooms"),
    "quarantine.arrange": N_("Drew rooms on the plan"),
    "quarantine.expect": N_("Entered arrivals"),
    "quarantine.correct_arrivals": N_("Corrected arrivals"),
    "quarantine.correct_quarantined": N_("Corrected arrivals"),
    "quarantine.rehouse": N_("Moved people to another household"),
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
    "quarantine.begin_at_home": N_("Began quarantine at home"),
    "quarantine.expect_at_home": N_("Entered people in home quarantine"),
    "quarantine.confine": N_("Let people be at home"),
    "quarantine.go_home": N_("Let people go home"),
    "quarantine.leave_home": N_("Ended quarantine or follow-up at home"),
    "quarantine.to_facility": N_("Brought people from home to a facility"),
    "quarantine.back_home": N_("Took the end of a time at home back"),
    "quarantine.withdraw_home": N_("Withdrew quarantine at home"),
    "quarantine.call": N_("Wrote down a call or a visit"),
    "quarantine.take_call_back": N_("Took a call or a visit back"),
    "quarantine.declared": N_("Heard of health declarations"),
    "quarantine.note_moves": N_("Noted last days that moved"),
    "quarantine.add_tasks": N_("Put people on the list of what is to be done"),
    "quarantine.alert": N_("Put people on the list of what is to be done"),
    "quarantine.set_payer": N_("Wrote who pays for meals"),
    "quarantine.adopt_payers": N_("Decided who pays for meals"),
    "quarantine.keep_items": N_("Began to keep supplies"),
    "quarantine.pass_supplies": N_("Wrote the ledger of supplies"),
    "quarantine.receive_parcels": N_("Received parcels"),
    "quarantine.hand_over": N_("Handed parcels over"),
    "quarantine.bring_back": N_("Took the hand-over of parcels back"),
    "quarantine.withdraw_parcels": N_("Withdrew parcels"),
    "quarantine.adopt_norms": N_("Decided how many people staff looks after"),
    "quarantine.set_staff": N_("Wrote the staff of a facility"),
}
