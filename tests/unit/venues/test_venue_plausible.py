"""What can hardly be so becomes the inspection list; nothing of it is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from admin_suite.core.clock import ZONE, stamp
from admin_suite.core.errors import Refused, UserError
from admin_suite.house import part
from admin_suite.module import Period
from admin_suite.registry.seeds import add_communes
from admin_suite.registry.service import NewPerson
from modules.venues import queries, reports, service
from modules.venues.codes import Doubt, Ending, Kind, Means, Way
from modules.venues.queries.coverage import coverage
from modules.venues.queries.inspection import inspection
from modules.venues.queries.roster import roster
from modules.venues.queries.visits import present
from modules.venues.service import NewCheckin, NewStaff, NewVenue, Step
from tests.conftest import MODULES

NOW = datetime(2021, 8, 20, 5, tzinfo=UTC)  # noon of a Friday here


def test_a_way_in_alone_proves_two_places_in_a_stay_that_was_noted_elsewhere(work, venues):
    here, there = (number(work, key) for key in venues)
    who = NewPerson("Lý A", phone="0912345678")
    noted = [
        NewCheckin(who, here, "2021-08-19T08:00", "2021-08-19T10:00"),
        NewCheckin(who, there, "2021-08-19T09:00"),
        NewCheckin(NewPerson("Lý B", phone="0912345679"), here, "2021-08-19T09:00"),
        NewCheckin(NewPerson("Lý B", phone="0912345679"), there, "2021-08-19T09:03"),
    ]
    service.note_checkins(work, noted)
    rows = [row for row in inspection(work) if row.doubt is Doubt.TWO_PLACES]
    assert [(row.count, row.id) for row in rows] == [(1, venues[0]), (1, venues[1])]
    assert "or within 10 minutes, last 09:00 19/08/2021" in rows[0].detail


def test_who_never_notes_a_way_out_is_perhaps_over_the_room(work, venues):
    """A café has room for ten: twelve came within the hour that people stay there."""
    cafe = number(work, venues[0])
    came = [
        NewCheckin(NewPerson(f"Lý {n}", phone=f"09123456{n:02}"), cafe, f"2021-08-19T09:{n:02}")
        for n in range(12)
    ]
    service.note_checkins(work, [one._replace(t_out="2021-08-19T09:30") for one in came[:3]])
    service.note_checkins(work, came[3:])
    [row] = [row for row in inspection(work) if row.doubt is Doubt.CROWDED]
    assert (row.id, row.count) == (venues[0], 12)
    told = "12 people were perhaps there at once, 3 of them for sure, 09:11 19/08/2021"
    assert row.detail.startswith(told)
    service.note_checkins(work, [one._replace(t_out="2021-08-19T09:40") for one in came[3:]])
    [row] = [row for row in inspection(work) if row.doubt in {Doubt.CROWDED, Doubt.CAPACITY}]
    assert (row.doubt, row.count) == (Doubt.CAPACITY, 12)


def test_nobody_is_believed_to_stay_until_closing_time_in_a_crowd(work, venues):
    cafe = number(work, venues[0])
    came = [
        NewCheckin(NewPerson(f"Lý {n}", phone=f"09123456{n:02}"), cafe, f"2021-08-19T15:{n * 5:02}")
        for n in range(12)
    ]
    later = [one._replace(t_in=one.t_in.replace("T15", "T16")) for one in came]
    people = [one._replace(person=NewPerson(f"Vù {n}")) for n, one in enumerate(later)]
    service.note_checkins(work, [*came[::2], *people[::2]])
    assert [row.doubt for row in inspection(work) if row.doubt is Doubt.CROWDED] == []


@pytest.fixture
def venues(work):
    """A café with a poster of two weeks ago, and a market without one."""
    work.clock = lambda: NOW - timedelta(days=14)
    new = [
        NewVenue("Quán Hoa", Kind.CAFE, "02947", opens="07:00", closes="18:00", capacity=10),
        NewVenue("Chợ Phố Ràng", Kind.MARKET, "02947"),
    ]
    ids = service.register(work, new).ids
    service.issue(work, ids[:1])
    work.clock = lambda: NOW
    return ids


def number(work, venue):
    return queries.venue_rows(work, [venue])[0].number


def test_a_poster_that_nobody_scans_is_on_the_list_until_somebody_does(work, venues):
    [one] = inspection(work)
    assert (one.doubt, one.count, one.name) == (Doubt.QUIET, 14, "Quán Hoa")
    assert one.detail == "Nobody has scanned the poster for 14 days."
    place = number(work, venues[0])
    person = NewPerson("Lý A", phone="0912345678")
    one = NewCheckin(person, place, stamp(NOW - timedelta(days=1)), means=Means.TYPED)
    service.note_checkins(work, [one])
    assert [row.doubt for row in inspection(work)] == [Doubt.QUIET], "typing is no scan"
    service.note_checkins(work, [one._replace(t_in=stamp(NOW), means=Means.POSTER)])
    assert inspection(work) == []


def test_a_poster_counts_from_the_day_it_was_put_up_and_not_without_a_code(work, venues):
    service.note_posters(work, venues[:1], Step.POSTED, date(2021, 8, 19))
    assert inspection(work) == []
    service.note_posters(work, venues[:1], Step.POSTED, date(2021, 8, 10))
    assert [row.count for row in inspection(work)] == [10]
    service.issue(work, venues[:1], again=True)
    assert [row.count for row in inspection(work)] == [10], "a poster has hung there since"
    doors = queries.entrance_rows(work, venues[:1])
    service.revoke(work, [door.issue_id for door in doors], "photographed")
    assert inspection(work) == []


def test_days_that_are_over_are_looked_at_as_they_were(work, venues):
    place, last = number(work, venues[0]), NOW.date() - timedelta(days=3)
    person = NewPerson("Lý A", phone="0912345678")
    night = (NOW - timedelta(days=1)).replace(hour=16)  # 23:00 here, long after closing
    service.note_checkins(work, [NewCheckin(person, place, stamp(night), means=Means.POSTER)])
    assert [row.doubt for row in inspection(work)] == [Doubt.HOURS]
    [one] = inspection(work, 14, last)
    assert one.doubt is Doubt.QUIET
    assert one.count < 14


def test_the_report_of_the_inspection_leaves_room_for_what_is_found(work, venues):
    period = Period.of_days(date(2021, 8, 7), date(2021, 8, 20))
    found = reports.inspections(work, period, {})
    assert len(found.headings) == len(found.shares) == len(found.rows[0]) == 8
    assert found.rows[0][2] == "Quán Hoa"


def test_posters_are_handed_over_put_up_and_seen(work, venues):
    noted = service.note_posters(work, venues, Step.HANDED, date(2021, 8, 10), "Bà Hoa")
    assert noted.posters == 1
    service.note_posters(work, venues, Step.POSTED, date(2021, 8, 11))
    service.note_posters(work, venues, Step.SEEN, date(2021, 8, 12))
    with pytest.raises(UserError, match="still to come"):
        service.note_posters(work, venues, Step.SEEN, date(2021, 8, 21))
    with pytest.raises(UserError, match="issue them first"):
        service.note_posters(work, venues[1:], Step.SEEN, date(2021, 8, 12))
    add_communes(work)
    service.state_numbers(work, "02947", {Kind.CAFE: 4, Kind.BANK: 2}, date(2021, 8, 1))
    service.state_numbers(work, "02947", {Kind.CAFE: 2}, date(2021, 8, 5))
    rows = {one.kind: one for one in coverage(work)}
    cafe = rows[Kind.CAFE]
    assert (cafe.registered, cafe.coded, cafe.handed, cafe.posted, cafe.seen) == (1, 1, 1, 1, 1)
    assert (cafe.stated, cafe.percent) == (2, 50)
    assert (rows[Kind.BANK].registered, rows[Kind.BANK].stated) == (0, 2)
    assert (rows[Kind.MARKET].posted, rows[Kind.MARKET].percent) == (0, None)
    assert inspection(work)[0].seen == date(2021, 8, 12)


def test_a_code_that_is_issued_again_is_not_yet_put_up(work, venues):
    service.note_posters(work, venues, Step.POSTED, date(2021, 8, 11))
    service.issue(work, venues[:1], again=True)
    [cafe] = [one for one in coverage(work) if one.kind is Kind.CAFE]
    assert (cafe.coded, cafe.posted) == (1, 0)


def test_the_staff_is_there_on_the_days_of_the_roster(work, venues):
    staff = NewStaff(NewPerson("Lý Văn Trực", "1980"), "12345", since=date(2021, 8, 1))
    [key] = service.add_staff(work, venues[0], [staff]).ids
    friday = datetime(2021, 8, 20, 1, tzinfo=UTC)
    [one] = present(work, venues[0], friday, friday + timedelta(hours=1))
    assert (one.name, one.minutes, one.ending) == ("Lý Văn Trực", 540, Ending.ROSTER)
    sunday = friday + timedelta(days=2)
    assert present(work, venues[0], sunday, sunday + timedelta(hours=1)) == []
    service.end_staff(work, [key], date(2021, 8, 19))
    assert present(work, venues[0], friday, friday + timedelta(hours=1)) == []
    for wrong in ({"days": "18"}, {"starts": "17:00"}):
        with pytest.raises(Refused):
            service.add_staff(work, venues[0], [staff._replace(**wrong)])


STAFF = NewStaff(NewPerson("Lý Văn Trực", phone="0912000111"), since=date(2021, 8, 1))


def on_duty(work, venue, day, *check_ins, hours=(8, 9)):
    """Who was there between two hours of a day, with what was noted of the one who works there."""
    code = number(work, venue)
    noted = [NewCheckin(STAFF.person, code, *times) for times in check_ins]
    if noted:
        service.note_checkins(work, noted)
    first, last = (datetime(2021, 8, day, hour - 7, tzinfo=UTC) for hour in hours)
    return [
        (stamp(one.start)[8:16], stamp(one.end)[11:16], one.ending)
        for one in present(work, venue, first, last)
    ]


def test_a_way_in_alone_lasts_as_long_as_the_shift(work, venues):
    service.add_staff(work, venues[0], [STAFF])
    came = ("2021-08-19T07:20", "")
    whole = [("19T07:20", "16:30", Ending.ROSTER)]
    assert on_duty(work, venues[0], 19, came) == whole
    assert on_duty(work, venues[0], 19, hours=(13, 14)) == whole
    assert on_duty(work, venues[0], 19, hours=(17, 18)) == []


def test_who_comes_in_twice_in_a_shift_was_there_between(work, venues):
    service.add_staff(work, venues[0], [STAFF])
    morning, later = ("2021-08-19T07:20", ""), ("2021-08-19T13:00", "2021-08-19T16:00")
    assert on_duty(work, venues[0], 19, morning, later, hours=(10, 15)) == [
        ("19T07:20", "13:00", Ending.ROSTER),
        ("19T13:00", "16:00", Ending.NOTED),
    ]


def test_who_left_by_what_was_noted_was_not_there_by_the_roster(work, venues):
    service.add_staff(work, venues[0], [STAFF])
    morning, later = ("2021-08-19T07:20", "2021-08-19T11:30"), ("2021-08-19T13:00", "")
    assert on_duty(work, venues[0], 19, morning, hours=(14, 15)) == []
    assert on_duty(work, venues[0], 19, later, hours=(14, 15)) == [
        ("19T13:00", "16:30", Ending.ROSTER)
    ]
    assert on_duty(work, venues[0], 18, ("", "2021-08-18T16:35")) == [
        ("18T07:30", "16:35", Ending.BACKWARDS)
    ]


def test_a_check_in_of_one_day_leaves_the_shifts_of_the_others(work, venues):
    service.add_staff(work, venues[0], [STAFF])
    noted = ("2021-08-18T07:20", "2021-08-18T11:30")
    service.note_checkins(work, [NewCheckin(STAFF.person, number(work, venues[0]), *noted)])
    whole = present(work, venues[0], *(datetime(2021, 8, n, 0, tzinfo=UTC) for n in (17, 20)))
    assert [stamp(one.start)[:16] for one in whole] == [
        "2021-08-17T07:30",
        "2021-08-18T07:20",
        "2021-08-19T07:30",
    ]


def test_at_the_desk_people_come_in_and_leave_by_turns(work, venues):
    one = NewCheckin(
        NewPerson("Lý A", phone="0912345678"), number(work, venues[0]), means=Means.CARD
    )
    assert service.pass_by(work, one, Way.BOTH).way is Way.IN
    work.clock = lambda: NOW + timedelta(minutes=25)
    assert len(present(work, venues[0], work.now(), work.now() + timedelta(seconds=1))) == 1
    assert service.pass_by(work, one, Way.BOTH).way is Way.OUT
    [stay] = present(work, venues[0], NOW, NOW + timedelta(hours=1))
    assert (stay.minutes, stay.ending) == (25, Ending.NOTED)
    work.clock = lambda: NOW + timedelta(minutes=50)
    assert service.pass_by(work, one, Way.BOTH).way is Way.IN
    assert service.pass_by(work, one, Way.IN).new is False


def test_every_report_can_be_made(work, venues):
    module = next(one for one in MODULES if one.name == "venues")
    period = Period.of_days(date(2021, 8, 1), date(2021, 8, 20))
    for report in module.reports:
        found = part(module, report.make)(work, period, {})
        assert len(found.headings) == len(found.shares)


FRIDAY = date(2021, 8, 20)
NIGHT = NewStaff(NewPerson("Lý Văn Đêm", phone="0912345699"), "5", "22:00", "06:00", FRIDAY)


def test_a_shift_over_midnight_is_on_duty_in_the_night_and_in_the_morning(work):
    [venue] = service.register(work, [NewVenue("Bến xe", Kind.TRANSPORT, "02947")]).ids
    service.add_staff(work, venue, [NIGHT])

    def there(day, hour):
        since = datetime(2021, 8, day, hour, tzinfo=ZONE)
        return [one.end for one in present(work, venue, since, since + timedelta(minutes=1))]

    end = [datetime(2021, 8, 21, 6, tzinfo=ZONE)]
    assert there(20, 23) == there(21, 5) == end
    assert there(20, 5) == there(21, 7) == there(20, 21) == there(21, 23) == []


def test_nobody_is_on_a_roster_twice_at_one_time(work):
    work.clock = lambda: NOW
    [venue] = service.register(work, [NewVenue("Bến xe", Kind.TRANSPORT, "02947")]).ids
    first = service.add_staff(work, venue, [NIGHT, NIGHT])
    assert (first.new, len(set(first.ids))) == (1, 1)
    assert service.add_staff(work, venue, [NIGHT]).ids == first.ids[:1]
    with pytest.raises(Refused, match="from 22:00 to 06:00 already"):
        service.add_staff(work, venue, [NIGHT._replace(days="6", starts="05:00", ends="12:00")])
    with pytest.raises(Refused, match="at most 12 hours"):
        service.add_staff(work, venue, [NIGHT._replace(starts="16:30", ends="07:30")])
    service.add_staff(work, venue, [NIGHT._replace(days="6", starts="06:00", ends="12:00")])
    assert len(roster(work, venue)) == 2


def test_whoever_ended_comes_on_the_roster_again_and_sunday_night_meets_monday(work):
    work.clock = lambda: NOW
    [venue] = service.register(work, [NewVenue("Bến xe", Kind.TRANSPORT, "02947")]).ids
    ended = NIGHT._replace(days="7", until=FRIDAY)
    later = NIGHT._replace(days="7", since=FRIDAY + timedelta(days=1))
    ids = service.add_staff(work, venue, [ended, later]).ids
    assert len(set(ids)) == 2
    with pytest.raises(Refused, match="already"):
        service.add_staff(work, venue, [later._replace(days="1", starts="05:00", ends="09:00")])
