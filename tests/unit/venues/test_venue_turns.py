"""In and out by turns: scanned twice, elsewhere between, a night at a lodging, two desks."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from admin_suite.core.clock import stamp
from admin_suite.core.errors import UserError
from admin_suite.db import bulk
from admin_suite.db.origin import Import, Origin
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Ending, Kind, Way
from modules.venues.models import Checkin, Stay
from modules.venues.queries import desk
from modules.venues.service import NewCheckin, NewVenue
from tests.unit.venues.conftest import CASE, NOW

LONG_ENOUGH = 0.5  # for the second desk to look while the first has not stored yet


def turn(work, number, minutes, way=Way.BOTH):
    work.clock = lambda: NOW + timedelta(minutes=minutes)
    return service.pass_by(work, NewCheckin(CASE, number), way)


def test_a_card_that_is_scanned_twice_has_not_left(work, numbers):
    first = turn(work, numbers[0], 0)
    for minute in (0, 1):
        again = turn(work, numbers[0], minute)
        assert (again.id, again.new, again.way) == (first.id, False, Way.IN)
    assert list(work.session.scalars(select(Checkin.way))) == [Way.IN]
    assert turn(work, numbers[0], 1, Way.OUT).new  # who says so leaves within the minute
    assert turn(work, numbers[0], 30).way is Way.IN


def test_who_was_elsewhere_meanwhile_comes_in_again(work, numbers):
    here, there = numbers
    ways = [turn(work, at, n).way for n, at in ((0, here), (3, there), (8, here), (30, here))]
    assert ways == [Way.IN, Way.IN, Way.IN, Way.OUT]
    rows = work.session.execute(select(Stay.t_in, Stay.t_out, Stay.ending).order_by(Stay.t_in))
    begun = int(NOW.timestamp())
    told = [((t_in - begun) // 60, (t_out - begun) // 60, ending) for t_in, t_out, ending in rows]
    assert told == [(0, 0, Ending.ELSEWHERE), (3, 3, Ending.ELSEWHERE), (8, 30, Ending.NOTED)]


@pytest.mark.parametrize(
    ("kind", "hours", "way"),
    [
        (Kind.LODGING, 13, Way.OUT),
        (Kind.LODGING, 24, Way.OUT),
        (Kind.LODGING, 25, Way.IN),
        (Kind.CAFE, 12, Way.OUT),
        (Kind.CAFE, 13, Way.IN),
    ],
)
def test_a_guest_of_a_night_leaves_after_more_than_half_a_day(work, numbers, kind, hours, way):
    [key] = service.register(work, [NewVenue("Nhà nghỉ Suối", kind, "02947")]).ids
    number = queries.venue_rows(work, [key])[0].number
    turn(work, number, 0)
    assert turn(work, number, hours * 60).way is way


def test_two_desks_that_scan_one_person_note_one_way_in(suite):
    with suite.database.work(suite.actor) as work:
        work.clock = lambda: NOW
        [key] = service.register(work, [NewVenue("Chợ", Kind.MARKET, "02947")]).ids
        number = queries.venue_rows(work, [key])[0].number
        service.note_checkins(work, [NewCheckin(CASE, number, "2021-08-19T08:00")])

    def second():
        with suite.database.work(suite.actor) as work:
            return turn(work, number, 1)

    with ThreadPoolExecutor(1) as pool:
        with suite.database.work(suite.actor) as work:
            assert turn(work, number, 0).new
            told = pool.submit(second)
            wait([told], LONG_ENOUGH)
        assert (told.result().new, told.result().way) == (False, Way.IN)


NEW = NewPerson("Lý Thị Mẩy", phone="0912345678")


@pytest.mark.parametrize(
    "person",
    [NEW, NEW._replace(dob="1985-03-05"), NewPerson("Lý Thị Mẩy", "1985", id_no="010085000123")],
    ids=["telephone", "birth", "card"],
)
def test_two_desks_that_bring_one_new_visitor_enter_one_person(suite, person):
    with suite.database.work(suite.actor) as work:
        work.clock = lambda: NOW
        names = (NewVenue("Chợ", Kind.MARKET, "02947"), NewVenue("Quán Hoa", Kind.CAFE, "02947"))
        ids = service.register(work, names).ids
        first, second = (one.number for one in queries.venue_rows(work, ids))

    def other_desk():
        with suite.database.work(suite.actor) as work:
            work.clock = lambda: NOW
            return service.pass_by(work, NewCheckin(person, second), Way.IN)

    with ThreadPoolExecutor(1) as pool:
        with suite.database.work(suite.actor) as work:
            work.clock = lambda: NOW
            listed = [NewCheckin(one, first, stamp(NOW)) for one in (person, CASE)]
            assert service.note_checkins(work, listed).new == 2
            told = pool.submit(other_desk)
            wait([told], LONG_ENOUGH)
        assert told.result().new
    with suite.database.work(suite.actor) as work:
        people = work.session.scalars(select(Checkin.person_id).order_by(Checkin.id)).all()
        assert people[2] == people[0] != people[1]
        query = select(func.count(Person.id)).where(Person.folded == "ly thi may")
        assert work.session.scalar(query) == 1


def test_people_of_other_names_do_not_wait_for_each_other(suite):
    """Else one long list would keep every desk waiting."""

    def other_desk():
        with suite.database.work(suite.actor) as work:
            bulk.enter_alone(work, Person.folded, {"vu a sung"})

    with ThreadPoolExecutor(1) as pool, suite.database.work(suite.actor) as work:
        bulk.enter_alone(work, Person.folded, {"ly thi may"})
        pool.submit(other_desk).result(timeout=30)


def there(work, number):
    return {one.name: one for one in desk.desk(work, number).here}


def test_who_gave_a_name_alone_is_let_out_from_the_list(work, numbers):
    nameless = NewPerson("Chị bán rau")
    for _twice in range(2):  # a name alone is a new person each time
        service.pass_by(work, NewCheckin(nameless, numbers[0]), Way.IN)
    work.clock = lambda: NOW + timedelta(minutes=20)
    rows = desk.desk(work, numbers[0]).here
    assert len({one.person_id for one in rows}) == 2
    done = service.let_out(work, [rows[0].person_id], numbers[0])
    assert there(work, numbers[0])["Chị bán rau"].person_id == rows[1].person_id
    [stay] = work.session.scalars(select(Stay).where(Stay.person_id == rows[0].person_id))
    assert (stay.t_out - stay.t_in, stay.ending) == (20 * 60, Ending.NOTED)
    service.withdraw_checkins(work, sorted(done.added))
    assert len(desk.desk(work, numbers[0]).here) == 2
    with pytest.raises(UserError, match="no venue with the number"):
        service.let_out(work, [rows[0].person_id], "99999X")


def test_what_a_desk_noted_is_taken_back_later_and_lists_are_not(work, numbers):
    turn(work, numbers[0], 0)
    listed = [NewCheckin(NewPerson("Xa", phone="0912345699"), numbers[0], stamp(NOW))]
    nothing = dict.fromkeys(("read", "stored", "unchanged", "refused"), 0)
    lists = Import(sheet="venues.checkins", file="", sha256="", at=NOW, by=1, **nothing)
    work.session.add(lists)
    work.session.flush()
    service.note_checkins(work, listed, Origin(import_id=lists.id))
    rows = there(work, numbers[0])
    mine, other = ((one.person_id, one.t_in) for one in (rows["Ca"], rows["Xa"]))
    assert service.take_back_stays(work, [mine], numbers[0]) == 1
    assert set(there(work, numbers[0])) == {"Xa"}
    for stay in (mine, other):
        with pytest.raises(UserError, match="No desk has noted this"):
            service.take_back_stays(work, [stay], numbers[0])
    assert set(there(work, numbers[0])) == {"Xa"}
