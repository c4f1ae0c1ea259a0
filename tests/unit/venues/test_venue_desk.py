"""The curves of a desk and of the week, beside counting every stay by hand."""

from datetime import timedelta
from random import Random

from sqlalchemy import select

from admin_suite.core.clock import here, stamp
from admin_suite.excel.sheet import Change
from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Ending
from modules.venues.models import Stay
from modules.venues.queries import desk, visits
from modules.venues.rules.marks import grouped
from modules.venues.service import NewCheckin
from tests.unit.venues.conftest import ALONE, BESIDE, CASE, NOW


def came(work, venue=None):
    """The local day of each way in, and whether the end is guessed."""
    query = select(Stay.t_in, Stay.ending, Stay.venue_id)
    rows = [row for row in work.session.execute(query) if venue in {None, row[2]}]
    return [(here(visits.moment(at)), ending is not Ending.NOTED) for at, ending, _venue in rows]


def several(work, numbers):
    """Check-ins of nine days, on the edges of days too, some of them with a way out."""
    dice, midnight = Random(3), here(NOW).replace(hour=0, minute=0)
    starts = [midnight - timedelta(days=n) for n in range(8)]
    starts += [one - timedelta(minutes=1) for one in starts]
    starts += [NOW - timedelta(minutes=dice.randrange(9 * 24 * 60)) for _n in range(40)]
    for at in starts:
        out = stamp(at + timedelta(minutes=20)) if dice.random() < 0.5 and at < midnight else ""
        person = dice.choice((CASE, BESIDE, ALONE))
        service.note_checkins(work, [NewCheckin(person, dice.choice(numbers), stamp(at), out)])


def test_the_week_counts_each_stay_on_the_day_it_began(work, numbers):
    several(work, numbers)
    counted = came(work)
    days = [here(NOW).date() - timedelta(days=n) for n in range(6, -1, -1)]
    wanted = [
        (
            day,
            sum(at.date() == day for at, _guessed in counted),
            sum(at.date() == day and guessed for at, guessed in counted),
        )
        for day in days
    ]
    assert desk.week(work) == wanted
    whole, guessed = (sum(row[at] for row in wanted) for at in (1, 2))
    assert 0 < guessed < whole < len(counted)


def test_a_visit_longer_than_a_stay_may_be_came_once_in_the_week(work, numbers):
    midnight = here(NOW).replace(hour=0, minute=0)
    spans = [(-8, 40), (-6, 12), (-5, 30), (-3, 24), (-3, 36.5)]  # days ago, hours
    people = [NewPerson(f"Lý Văn {n}", phone=f"09123457{n:02d}") for n in range(len(spans))]
    noted = [
        NewCheckin(who, numbers[0], stamp(came), stamp(came + timedelta(hours=hours)))
        for who, (days, hours) in zip(people, spans, strict=True)
        for came in [midnight + timedelta(days=days, hours=20)]
    ]
    service.note_checkins(work, noted)
    assert [row[1:] for row in desk.week(work)] == [(n, 0) for n in (1, 1, 0, 2, 0, 0, 0)]


def test_the_week_of_no_visit_is_seven_days_of_none(work, numbers):
    assert [row[1:] for row in desk.week(work)] == [(0, 0)] * 7


def test_the_curves_of_a_desk_count_hours_and_days(work, numbers):
    several(work, numbers)
    shown = desk.desk(work, numbers[0])
    ways_in = [at for at, _guessed in came(work, queries.venue_of(work, numbers[0]))]
    today = here(NOW).date()
    assert shown.hours == tuple(
        sum(at.date() == today and at.hour == hour for at in ways_in) for hour in range(24)
    )
    days = [today - timedelta(days=n) for n in range(6, -1, -1)]
    assert shown.days == tuple((day, sum(at.date() == day for at in ways_in)) for day in days)
    assert sum(shown.hours) > 0


def test_the_head_counts_as_the_list_does_staff_too(work, numbers):
    key = queries.venue_of(work, numbers[0])
    people = [NewPerson(f"Lý Văn {n}", phone=f"09123457{n:02d}") for n in range(4)]
    staff = [service.NewStaff(one, "1234567", "07:00", "18:00") for one in people]
    service.add_staff(work, key, staff)
    came, left = "2021-08-20T07:05", "2021-08-20T08:00"  # it is ten o'clock
    seen = [NewCheckin(people[1], numbers[0], came), NewCheckin(people[2], numbers[0], came, left)]
    service.note_checkins(work, [*seen, NewCheckin(CASE, numbers[0], "2021-08-20T09:50")])
    listed = {one.name for one in desk.desk(work, numbers[0]).here}
    assert listed == {people[0].name, people[1].name, people[3].name, CASE.name}
    assert {one.number: one.now for one in desk.desks(work)} == {numbers[0]: 4, numbers[1]: 0}


def test_a_guest_of_more_than_half_a_day_came_once(work, numbers):
    late, next_day = "2021-08-19T20:00", "2021-08-20T09:30"
    service.note_checkins(work, [NewCheckin(CASE, numbers[0], late, next_day)])
    assert len(list(work.session.scalars(select(Stay.id)))) == 2
    shown = desk.desk(work, numbers[0])
    assert sum(shown.hours) == 0
    assert dict(shown.days)[here(NOW).date() - timedelta(days=1)] == 1
    assert sum(came for _day, came in shown.days) == 1


def test_a_desk_stands_where_the_code_says_that_is_scanned_there(work, numbers):
    first = queries.venue_of(work, numbers[0])
    service.issue(work, [first])
    [text] = queries.texts(work, queries.entrance_rows(work, [first]))
    national = "https://qr.tokhaiyte.vn/d/6966499"
    service.correct(work, [Change(first, {"national": ("", national)})])
    spoken = f"{grouped(numbers[0])} - 01".lower()
    places = [desk.place_of(work, words) for words in (text, spoken, numbers[0], national)]
    assert places == [(numbers[0], 1), (numbers[0], 1), (numbers[0], 0), (numbers[0], 0)]
    for words in ("Quán Hoa", "99999Z", text[:-1] + "A" * (text[-1] != "A"), "https://e.vn/abc"):
        assert desk.place_of(work, words) is None
