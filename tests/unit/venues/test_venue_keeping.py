"""Check-ins past their time go, with what lists said of them; what a case needs never does."""

import json
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.db import audit
from admin_suite.db.origin import ImportLine
from admin_suite.excel import importer
from admin_suite.excel.sheet import Change
from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Kind, Source
from modules.venues.models import Checkin, Stay
from modules.venues.queries import keeping, visits
from modules.venues.queries.roster import roster
from modules.venues.rules.limits import Keeping
from modules.venues.service import NewCheckin, NewStaff, NewVenue
from modules.venues.sheets import CHECKINS
from tests.unit.venues.conftest import ALONE, BESIDE, CASE, NOW
from tests.unit.venues.test_venue_checkins import file_of


def noted(work, *checkins):
    return service.note_checkins(work, checkins).ids


def left(work):
    work.session.expire_all()
    return set(work.session.scalars(select(Checkin.id)))


def person_of(work, checkin):
    return work.session.scalar(select(Checkin.person_id).where(Checkin.id == checkin))


def test_each_source_has_its_own_time(work, numbers):
    service.adopt_keeping(work, Keeping((("DESK", 10), ("NATIONAL", 2))), date(2021, 8, 1), "QĐ 1")
    old = NewCheckin(CASE, numbers[0], "2021-08-08T08:00")
    ids = noted(
        work,
        old,
        old._replace(t_in="2021-08-12T08:00"),
        old._replace(t_in="2021-08-12T10:00", source=Source.NATIONAL),
        old._replace(t_in="2020-08-12T11:00", source=Source.VENUE),
    )
    told = {one.source: (one.days, one.due, one.held) for one in keeping.expiring(work)}
    assert told == {Source.DESK: (10, 1, 0), Source.VENUE: (None, 0, 0), Source.NATIONAL: (2, 1, 0)}
    assert left(work) == set(ids), "looking deletes nothing"
    done = service.delete_expired(work)
    assert (done.by_source, done.held, done.total) == ({Source.DESK: 1, Source.NATIONAL: 1}, 0, 2)
    assert left(work) == {ids[1], ids[3]}
    assert work.session.scalar(select(func.count(Stay.id))) == 2


def test_the_last_moment_of_the_time_is_kept(work, numbers):
    service.adopt_keeping(work, Keeping((("DESK", 10),)), date(2021, 8, 1), "QĐ 1")
    last = NewCheckin(CASE, numbers[0], "2021-08-09T23:00", "2021-08-10T00:00")
    ids = noted(work, last, last._replace(t_in="2021-08-09T20:00", t_out="2021-08-09T23:59"))
    service.delete_expired(work)
    assert left(work) == {ids[0]}


def test_a_case_keeps_whom_it_met_until_the_hold_is_lifted(work, numbers):
    day = "2021-05-01"
    ids = noted(
        work,
        NewCheckin(CASE, numbers[0], f"{day}T08:00", f"{day}T09:00"),
        NewCheckin(BESIDE, numbers[0], f"{day}T08:50", f"{day}T09:30"),
        NewCheckin(ALONE, numbers[0], f"{day}T13:00", f"{day}T13:30"),
        NewCheckin(ALONE, numbers[1], f"{day}T08:00", f"{day}T09:00"),
        NewCheckin(CASE, numbers[1], "2021-04-01T08:00", "2021-04-01T09:00"),
    )
    key = service.hold_person(
        work, person_of(work, ids[0]), "Ca 12", date(2021, 4, 20), date(2021, 5, 10)
    )
    assert service.delete_expired(work).held == 2
    assert left(work) == set(ids[:2])
    [one] = [row for row in keeping.holds(work) if row.lifted_at is None]
    assert (one.what, one.reason) == ("Ca", "Ca 12")
    service.lift_hold(work, key)
    with pytest.raises(UserError, match="lifted before"):
        service.lift_hold(work, key)
    service.delete_expired(work)
    assert left(work) == set()
    assert work.session.scalar(select(func.count(Stay.id))) == 0


def test_a_held_venue_keeps_its_days(work, numbers):
    ids = noted(
        work,
        NewCheckin(CASE, numbers[0], "2021-05-01T08:00"),
        NewCheckin(CASE, numbers[1], "2021-05-02T08:00"),
        NewCheckin(CASE, numbers[0], "2021-05-09T08:00"),
    )
    venue = queries.venue_of(work, numbers[0])
    service.hold_venue(work, venue, "Ổ dịch quán Hoa", date(2021, 4, 30), date(2021, 5, 3))
    service.delete_expired(work)
    assert left(work) == {ids[0]}


@pytest.mark.parametrize("seed", range(3))
def test_no_held_row_is_ever_deleted(work, numbers, seed):
    """Beside an oracle that looks at every pair of stays."""
    dice = Random(seed)
    start = datetime(2021, 4, 1, tzinfo=UTC)
    new = []
    for _n in range(60):
        came = start + timedelta(minutes=dice.randrange(4 * 24 * 60))
        gone = came + timedelta(minutes=dice.randrange(10, 600))
        person = NewPerson(f"Lý {dice.randrange(8)}", phone="0912345678")
        out = stamp(gone) if dice.random() < 0.5 else ""
        new.append(NewCheckin(person, dice.choice(numbers), stamp(came), out))
    noted(work, *new)
    case = work.session.scalars(select(Stay.person_id).order_by(Stay.id)).first()
    service.hold_person(work, case, "Ca", date(2021, 4, 2), date(2021, 4, 3))
    low, high = (visits.seconds(datetime(2021, 4, d, 17, tzinfo=UTC)) for d in (1, 3))
    stays = work.session.execute(select(Stay.person_id, Stay.venue_id, Stay.t_in, Stay.t_out)).all()
    needed = {
        (o.person_id, o.venue_id, o.t_in, o.t_out)
        for c in stays
        for o in stays
        if c.person_id == case
        and c.venue_id == o.venue_id
        and c.t_in < high
        and c.t_out >= low
        and o.t_in <= c.t_out
        and o.t_out >= c.t_in
    }
    before = len(left(work))
    done = service.delete_expired(work)
    after = set(
        map(
            tuple,
            work.session.execute(select(Stay.person_id, Stay.venue_id, Stay.t_in, Stay.t_out)),
        )
    )
    assert needed
    assert needed <= after
    assert 0 < done.total < before
    rows = work.session.execute(select(Checkin.person_id, Checkin.at, Checkin.until))
    own = [row for row in rows if row[0] == case and row[1] < high and row[2] >= low]
    assert own


def test_what_lists_said_goes_too_and_the_audit_keeps_the_count(suite, as_actor, tmp_path):
    with suite.database.work(as_actor(1)) as work:
        work.clock = lambda: NOW
        [key] = service.register(work, [NewVenue("Quán Hoa", Kind.CAFE, "02947")]).ids
        place = queries.venue_rows(work, [key])[0].number
        row = (1, "07:30 13/05/2021", "08:00", place, "Lý Bí Mật", "0912345678", "", "", "")
        file = file_of(tmp_path, [row])
        importer.store(work, importer.read_file(CHECKINS, file, CHECKINS.context(work)))
    with suite.database.work(as_actor(1)) as work:
        work.clock = lambda: NOW
        assert service.delete_expired(work).total == 1
    with suite.database.work(as_actor(1)) as work:
        lines = work.session.scalars(select(ImportLine)).all()
        assert [(line.cells, line.gone) for line in lines] == [("{}", True)]
        entries = work.session.scalars(
            select(audit.Entry).where(audit.Entry.verb == "venues.delete_expired")
        ).all()
        told = [json.loads(one.detail) for one in entries if one.subject == "venues_checkin"]
        assert [one["deleted"] for one in told] == [{"VENUE": 1}]


def test_a_corrected_note_leaves_the_stay_as_it_was_computed(work, numbers):
    """The neighbour that made it so long is deleted by then; only another way out moves it."""
    rule = Keeping((("DESK", 30), ("NATIONAL", 2)))
    service.adopt_keeping(work, rule, date(2021, 8, 1), "QĐ 1")
    one = NewCheckin(CASE, numbers[0], "2021-08-14T08:00")
    more = one._replace(t_in="2021-08-14T08:20", t_out="2021-08-14T11:00", source=Source.NATIONAL)
    [key, _gone] = noted(work, one, more)
    service.delete_expired(work)
    assert left(work) == {key}
    fields = {"note": ("", "Đi cùng mẹ"), "temperature": ("", "36.5"), "mask": ("", "True")}
    service.correct_checkins(work, [Change(key, fields)])
    assert lengths(work) == [180]
    service.correct_checkins(work, [Change(key, {"t_out": ("", "2021-08-14T08:20")})])
    assert lengths(work) == [20]


def lengths(work):
    work.session.expire_all()
    return [(one.t_out - one.t_in) // 60 for one in work.session.scalars(select(Stay))]


def test_a_hold_says_for_which_case(work, numbers):
    [key] = noted(work, NewCheckin(CASE, numbers[0], "2021-08-01T08:00"))
    with pytest.raises(UserError, match="for which case"):
        service.hold_person(work, person_of(work, key), " ", date(2021, 8, 1))
    with pytest.raises(UserError, match="before the first"):
        service.hold_person(work, person_of(work, key), "Ca", date(2021, 8, 2), date(2021, 8, 1))


def test_who_was_there_while_a_case_was_on_duty_is_held_though_nobody_scanned_the_case(
    work, numbers
):
    venue = queries.venue_of(work, numbers[0])
    shift = NewStaff(CASE, "1234567", "22:00", "06:00", date(2021, 4, 1))
    service.add_staff(work, venue, [shift])
    ids = noted(
        work,
        NewCheckin(BESIDE, numbers[0], "2021-05-02T01:00", "2021-05-02T02:00"),
        NewCheckin(BESIDE, numbers[0], "2021-05-02T12:00", "2021-05-02T13:00"),
        NewCheckin(BESIDE, numbers[1], "2021-05-02T01:00", "2021-05-02T01:30"),
        NewCheckin(ALONE, numbers[0], "2021-05-09T23:00", "2021-05-09T23:30"),
    )
    [person] = {one.person_id for one in roster(work, venue)}
    key = service.hold_person(work, person, "Ca 12", date(2021, 4, 20), date(2021, 5, 5))
    assert sum(one.held for one in keeping.expiring(work)) == 1
    service.delete_expired(work)
    assert left(work) == {ids[0]}
    service.lift_hold(work, key)
    assert service.delete_expired(work).total == 1


def test_a_key_that_is_pressed_twice_holds_once(work, numbers):
    venue = queries.venue_of(work, numbers[0])
    said = (venue, "Ổ dịch quán Hoa", date(2021, 4, 30))
    key = service.hold_venue(work, *said)
    assert service.hold_venue(work, *said) == key
    other = service.hold_venue(work, *said, date(2021, 5, 30))
    service.lift_holds(work, [key])
    assert service.hold_venue(work, *said) not in {key, other}
    assert len([one for one in keeping.holds(work) if one.lifted_at is None]) == 2


def test_a_hold_names_a_venue_whose_list_was_taken_back(work, numbers):
    venue = queries.venue_of(work, numbers[0])
    service.hold_venue(work, venue, "Ổ dịch", date(2021, 4, 30))
    service.withdraw(work, [venue])
    assert queries.venue_of(work, numbers[0]) is None
    assert [one.what for one in keeping.holds(work)] == ["Quán Hoa"]


def test_a_hold_that_was_lifted_by_mistake_is_held_again(work, numbers):
    ids = noted(work, NewCheckin(CASE, numbers[0], "2021-05-01T08:00"))
    venue = queries.venue_of(work, numbers[0])
    key = service.hold_venue(work, venue, "Ổ dịch quán Hoa", date(2021, 4, 30))
    with pytest.raises(UserError, match="was not lifted"):
        service.hold_again(work, [key])
    service.lift_hold(work, key)
    assert service.hold_again(work, [key]) == 1
    assert service.delete_expired(work).held == 1
    assert left(work) == set(ids)
