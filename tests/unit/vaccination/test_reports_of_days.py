"""The report of the day and that of a round, in the columns of their appendices."""

from datetime import UTC, date, datetime

import pytest

from admin_suite.core.errors import UserError
from admin_suite.module import Period
from admin_suite.registry.service import NewPerson
from modules.vaccination import reports, service
from modules.vaccination.queries import counting
from modules.vaccination.service import NewInjection, NewRegistration

TODAY = Period.of_days(date(2021, 8, 20), date(2021, 8, 20))


def vaccinated(day, people, *outside):
    visits = [day.do(service.arrive, day.session_id, one) for one in people]
    visits += [day.do(service.arrive, day.session_id, one, "Trạm Y tế") for one in outside]
    vial = day.do(service.open_vial, day.session_id)
    for at, visit in enumerate(visits):
        day.do(service.inject, visit, NewInjection(vial, f"u-{at}"))


def test_the_day_has_a_number_and_a_note_and_its_total_counts_only_numbers(day):
    vaccinated(day, day.people[:2], day.people[11])  # the last one is on no list
    said = day.ask(reports.daily, TODAY, {})
    [line] = said.rows
    told = dict(zip(said.headings, line, strict=True))
    assert (told["No."], told["People who came"], told["First doses"]) == (1, 3, 3)
    assert (told["Doses used"], told["Note"]) == (6, "Not on the list: 1")
    total = dict(zip(said.headings, said.total, strict=True))
    assert (total["No."], total["First doses"], total["Note"]) == ("", 3, "")
    assert len(said.shares) == len(said.headings)


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        ("group", [("7. ", 12), ("No group", 1)]),
        ("unit", [("Trường THCS Bảo Hà", 1), ("Not known", 12)]),
        ("commune", [("", 1), ("Elsewhere, or not known", 12)]),
    ],
)
def test_the_end_of_a_round_by_what_is_asked_for(day, by, lines):
    teacher = NewPerson("Hà Thị Thu", "1990", workplace="Trường THCS Bảo Hà", commune_code="02989")
    day.do(service.register, [NewRegistration(teacher)])
    vaccinated(day, day.people[:2])
    said = day.ask(reports.round_end, TODAY, {"by": by})
    for line, (name, registered) in zip(said.rows, lines, strict=True):
        assert line[0].startswith(name)
        assert line[1] == registered
    _name, registered, before, invited, now, share, first, second = said.total
    assert (registered, before, invited, now, first, second) == (13, 0, 10, 2, 2, 0)
    assert share == pytest.approx(20)
    assert said.remarks == ("Reactions in these days: 0 people with usual ones, 0 severe ones.",)


def test_a_round_by_something_else_is_refused(day):
    with pytest.raises(UserError, match="group, unit, commune"):
        day.ask(reports.round_end, TODAY, {"by": "age"})
    assert day.ask(reports.round_end, TODAY, {}).headings[0] == "Priority group"


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        (("Janssen", "2022-01-10"), ("Comirnaty", "2022-04-20"), (1, 1, 1)),
        (("Vaxzevria", "2022-01-10"), ("Janssen", "2022-04-20"), (1, 1, 0)),
        (("Abdala", "2022-01-10"), ("Comirnaty", "2022-04-20"), (1, 0, 0)),
    ],
)
def test_coverage_goes_by_the_schedule_that_verdicts_go_by(day, first, second, counts):
    day.now = datetime(2022, 6, 1, 1, tzinfo=UTC)
    given = dict(zip(("product1", "on1", "product2", "on2"), (*first, *second), strict=True))
    day.do(service.register, [NewRegistration(NewPerson("Lý Thị Đủ", "1950"), 9, **given)])
    found = day.ask(counting.coverage, "group", date(2022, 5, 31))["9"]
    assert (found.one, found.complete, found.extra) == counts
