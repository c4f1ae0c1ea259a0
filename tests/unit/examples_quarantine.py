"""A school with people in it: the examples that questions about quarantine are asked with."""

from datetime import date, timedelta

from admin_suite.registry.service import NewPerson
from modules.quarantine.codes import CaseState, Channel, Document, Ended, Group
from modules.quarantine.queries.arrivals import arrivals_of
from modules.quarantine.queries.beds import beds, facility_coded
from modules.quarantine.queries.clocks import clocks, facts
from modules.quarantine.queries.policies import Draft
from modules.quarantine.rules.allocation import Terms, units_of
from modules.quarantine.rules.clock import Policy
from modules.quarantine.rules.meals import Kitchen
from modules.quarantine.rules.plan import Spot
from modules.quarantine.service.arrivals import NewArrival, expect
from modules.quarantine.service.calls import call
from modules.quarantine.service.cases import report
from modules.quarantine.service.home import expect_at_home
from modules.quarantine.service.papers import issue
from modules.quarantine.service.parcels import NewParcel, receive_parcels
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from modules.quarantine.service.rounds import NewObservation, observe
from modules.quarantine.service.rules import begin
from modules.quarantine.service.stays import Placement, admit
from modules.quarantine.service.supplies import NewItem, keep_items
from modules.results.api import SitesAsked


def examples(suite, as_actor, _known):
    """Two people in one room of a school, the one positive; what there is to ask about them."""
    with suite.database.work(as_actor(3)) as work:
        return _furnished(work)


def _furnished(work):
    begin(work)
    add_facilities(work, [NewFacility("NT", "Trường Nội trú")])
    add_rooms(work, [NewRoom("NT", "101", beds=4), NewRoom("NT", "201", beds=2, isolation=True)])
    day = (work.now() - timedelta(days=1)).date().isoformat()
    coming = [
        NewArrival(NewPerson(name, "1990"), Group.F1, day, party="H1") for name in ("Lý X", "Lý Y")
    ]
    keys = expect(work, coming).ids
    there = beds(work, 1)
    wanted = [Placement(key, row.id) for key, row in zip(keys, there, strict=False)]
    admit(work, wanted[:1])
    observe(work, keys[0], 1, "367 98 .")
    [calm] = expect_at_home(work, [NewArrival(NewPerson("Lý Z", "1990"), Group.F1, day)]).ids
    call(work, calm, Channel.CALL, ".")
    calm_person = arrivals_of(work, [calm])[0].person_id
    case = report(work, keys[0], day)
    batch = issue(work, Document.DECISION, keys[:1])
    [child] = expect(work, [NewArrival(NewPerson("Lý Z", str(work.now().year)), Group.F1, day)]).ids
    [item] = keep_items(work, 1, [NewItem("Xà phòng", "bánh")])
    rows = arrivals_of(work, keys)
    receive_parcels(work, 1, [NewParcel(rows[0].person_id, "Mẹ", "Sách")])
    told = facts(work, keys)
    clock = clocks(work, keys)
    people = {row.id: row for row in rows}
    return {
        "arrivals": coming,
        "arrivals.where": {},
        "already_here.known": {},
        "stays.asked": SitesAsked(tuple(row.person_id for row in rows)),
        "already_here.people": [row.person_id for row in rows],
        "known_episodes.people": [row.person_id for row in rows],
        "open_episodes.people": [row.person_id for row in rows],
        "whereabouts.people": [row.person_id for row in rows],
        "episodes": keys,
        "episode_id": keys[0],
        "wanted_beds": wanted,
        "plan.wanted": wanted[1:],
        "bed_ids": [row.id for row in there],
        "rooms": [there[0].room_id],
        "facility_id": 1,
        "propose": True,
        "facilities": [NewFacility("NT", "Trường Nội trú")],
        "wrong_rooms.rooms": [NewRoom("NT", "101", beds=4)],
        "code": "NT",
        "case_id": case,
        "states": (CaseState.PROPOSED,),
        "policy": Policy(7, running=True),
        "impact.day": date(2021, 9, 1),
        "source": "QĐ 1",
        "draft": Draft("QĐ 1", date(2021, 9, 1), 7, running=True),
        "known": told,
        "before": clock,
        "after": clock,
        "there": there,
        "parties": {},
        "suggestion.people": people,
        "observations": [NewObservation("NT", "101", "1", day, 1, 367, 98)],
        "wrong_arrival_changes.changes": [],
        "arrivals_known.uids": [row.uid for row in rows],
        "papers": [],
        "batch": batch,
        "issue.kind": Document.EXTENSION,
        "taken.wanted": ["1/QĐ"],
        "taken.kind": Document.DECISION,
        "taken.year": 2021,
        "already.kind": Document.DECISION,
        "batch_choices.kind": Document.DECISION,
        "home_papers.kind": Document.DECISION,
        "household_id": 1,
        "households": [1],
        "mistaken": True,
        "household_beside.person_id": calm_person,
        "beside.person_id": calm_person,
        "rehousing.episodes": [calm],
        "rehouse.episodes": [calm],
        "without_paper.kind": Document.DECISION,
        "number.first": "1",
        "tail": "/QĐ",
        "signed_on": work.now().date(),
        "missing": [],
        "kitchen": Kitchen(),
        "adopt_kitchen.day": date(2021, 9, 1),
        "handovers.day": work.now().date(),
        "passengers.day": date.fromisoformat(day),
        "departed.day": work.now().date(),
        "absconders.day": work.now().date(),
        "meals.day": work.now().date(),
        "kitchen.day": work.now().date(),
        "meal_days.first": date.fromisoformat(day),
        "meal_days.last": work.now().date(),
        "swabs.people": [row.person_id for row in rows],
        "order_tests.day": work.now().date(),
        "until": work.now().date(),
        "days": [work.now().date()],
        "wrong_beginning.people": [row.person_id for row in rows],
        "since": work.today(),
        "last_contact": None,
        "homes": {},
        "how": Ended.REFERRED,
        "home_entries.where": {},
        "home_days.where": {},
        "last_entries.most": 3,
        "housemates.person_id": rows[0].person_id,
        "households_of.parties": [rows[0].party_id],
        "item_id": item,
        "staff_limit.facility": facility_coded(work, "NT"),
        "lone_child.episode_id": child,
        "arrange.rooms": [Spot(there[0].room_id, 2, 1)],
        "unit": units_of([], Terms(date(2021, 8, 13)), 4),
    }
