"""One example of every argument that the venues ask for."""

from datetime import date, timedelta

from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Kind, Source
from modules.venues.queries import computing, limits, visits
from modules.venues.rules.limits import Keeping
from modules.venues.service import NewCheckin, NewVenue


def examples(suite, as_actor, _known):
    """A market with two entrances and a code for each, and somebody who came there."""
    market = NewVenue("Chợ Phố Ràng", Kind.MARKET, "02947", entrances=2)
    person = NewPerson("Lý Thị Chợ", "1985-03-07", phone="0912345111")
    with suite.database.work(as_actor(1)) as work:
        [key] = service.register(work, [market]).ids
        service.issue(work, [key])
        doors = queries.entrance_rows(work, [key])
        row = queries.venue_rows(work, [key])[0]
        checkin = NewCheckin(person, row.number, "2021-08-13T08:00", "2021-08-13T08:40")
        ids = service.note_checkins(work, [checkin]).ids
        now = work.now()
        [visit] = visits.present(work, key, now - timedelta(days=20_000), now)
        service.add_staff(work, key, [service.NewStaff(NewPerson("Lý Văn Trực", "1980"))])
        service.hold_person(work, visit.person_id, "Ca 12", date(2021, 8, 1))
    keeping = Keeping((("DESK", 60),))
    return {
        "counted.whole": {Source.DESK: 1},
        "counted.held": {Source.DESK: 1},
        "counted.rule": keeping,
        "due_ids.rule": keeping,
        "expiring_by.rule": keeping,
        "doubted.rules": limits.first_limits(),
        "venues": [key],
        "wrong_venues.venues": [market],
        "namesakes.venues": [market],
        "venue_rows.ids": [key],
        "named": [("cho pho rang", "02947")],
        "doors": doors,
        "coded.uids": [row.uid],
        "venues_known.uids": [row.uid],
        "row": None,
        "count": 3,
        "venue_of.number": "00001A",
        "desk.number": row.number,
        "checkins": [checkin],
        "checkins_named.ids": ids,
        "uncorrectable_checkins.changes": [],
        "numbered.numbers": [row.number],
        "venue_id": key,
        "since": now - timedelta(days=20_000),
        "present.since": now - timedelta(days=20_000),
        "on_duty.since": now - timedelta(days=7),
        "on_duty.until": now + timedelta(days=1),
        "present.until": now + timedelta(days=1),
        "last_stays.person_id": visit.person_id,
        "starts": [now - timedelta(days=1), now],
        "noted.people": [visit.person_id],
        "noted.span": computing.ALWAYS,
        "differing.touched": [(visit.person_id, *computing.ALWAYS)],
        "earliest.since": date(2021, 8, 1),
        "noted": service.Noted(service.Step.POSTED, now.date(), {}),
    }
