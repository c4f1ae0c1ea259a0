"""The tape chart: who was, is and will be in every bed of a facility."""

from datetime import date

from sqlalchemy import event

from modules.quarantine.codes import Ended, Kind
from modules.quarantine.queries.tape import chart
from modules.quarantine.service import beds, cases, stays
from modules.quarantine.service.stays import Placement
from modules.quarantine.service.undo import take_back
from tests.unit.quarantine.conftest import bed, person, row


def spans(desk, room, label="1"):
    """What is shown of one bed, in order."""
    wanted = bed(desk, room, label)
    return [span for span in chart(desk, 1).spans if span.bed_id == wanted]


def test_a_bed_shows_who_was_there_the_cleaning_and_who_is_there_now(desk, clock):
    first, second = person(desk), person(desk)
    stays.admit(desk, [Placement(first, bed(desk, "101"))])
    clock.pass_(days=2)
    stays.depart(desk, [first], Ended.DISCHARGED)
    clock.pass_(hours=3)
    beds.clean(desk, [bed(desk, "101")])
    stays.admit(desk, [Placement(second, bed(desk, "101"))])
    found = spans(desk, "101")
    assert [one.kind for one in found] == [Kind.STAY, Kind.TO_CLEAN, Kind.STAY]
    assert found[0].until == found[1].since
    assert found[1].until == found[2].since
    assert found[2].until is None
    assert (found[2].last_day, found[2].day, found[2].days) == (date(2021, 8, 24), 5, 14)
    assert found[2].tests == (date(2021, 8, 17), date(2021, 8, 24))
    assert found[0].last_day is None  # whoever has left has no day to come


def test_what_was_taken_back_and_what_is_long_over_is_not_shown(desk, clock):
    gone, wrong = person(desk), person(desk)
    stays.admit(desk, [Placement(gone, bed(desk, "101")), Placement(wrong, bed(desk, "102"))])
    stays.depart(desk, [gone], Ended.DISCHARGED)
    clock.pass_(hours=1)
    beds.clean(desk, [bed(desk, "101")])
    take_back(desk, wrong, "other bed")
    assert spans(desk, "102") == []
    assert len(spans(desk, "101")) == 2
    clock.pass_(days=8)
    assert spans(desk, "101") == []


def test_a_locked_room_is_shown_at_its_heading(desk):
    key = row(desk, "103").room_id
    beds.lock(desk, [key], "leak")
    [lock] = [span for span in chart(desk, 1).spans if span.kind is Kind.LOCK]
    assert (lock.room_id, lock.bed_id, lock.reason) == (key, 0, "leak")


def test_the_number_of_questions_does_not_grow_with_the_beds(desk):
    keys = [person(desk) for _ in range(8)]
    engine = desk.session.get_bind()

    def asked():
        told = []
        listen = lambda *args: told.append(args[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listen)
        chart(desk, 1)
        event.remove(engine, "before_cursor_execute", listen)
        return len(told)

    stays.admit(desk, [Placement(keys[0], bed(desk, "101"))])
    one = asked()
    places = [bed(desk, room, str(n)) for room in ("101", "102") for n in (1, 2, 3, 4)][1:]
    stays.admit(desk, [Placement(k, b) for k, b in zip(keys[1:], places, strict=False)])
    assert asked() == one


def test_a_sample_that_is_overdue_is_due_today(desk, clock):
    key = person(desk)
    stays.admit(desk, [Placement(key, bed(desk, "101"))])
    mate = person(desk)
    stays.admit(desk, [Placement(mate, bed(desk, "101", "2"))])
    clock.pass_(hours=1)
    cases.confirm(desk, cases.report(desk, mate, "2021-08-13"), None)
    clock.pass_(days=1)
    [span] = [one for one in spans(desk, "101") if one.until is None]
    assert desk.today() == date(2021, 8, 14)
    assert span.tests[0] == date(2021, 8, 14)
