"""Rules and sessions of days to come: what is adopted, planned and invited ahead."""

from datetime import date, timedelta

import pytest

from admin_suite.core.errors import UserError
from admin_suite.db.changing import Change
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, service
from modules.vaccination.codes import Standing
from modules.vaccination.queries import changing
from modules.vaccination.service import NewRegistration, NewSession
from modules.vaccination.service.rules import begin

TWICE = {
    "product1": "Comirnaty",
    "on1": "2021-06-15",
    "product2": "Comirnaty",
    "on2": "2021-07-10",
}
CAM_CON = NewSession(date(2021, 8, 22), "Trạm Y tế xã Cam Cọn", "Comirnaty", 60)


def of(day, person, **doses):
    [key] = day.do(service.register, [NewRegistration(person, 9, **doses)]).ids
    return day.ask(queries.registrations.registration_rows, [key])[0].person_id


def due_to(day, person):
    return day.ask(queries.due.standings_of, [person])[person]


def test_a_rule_that_was_adopted_ahead_counts_from_its_first_day(day):
    person = of(day, NewPerson("Lý Thị Đủ", "1960"), **TWICE)
    assert day.standing(person) is Standing.COMPLETE
    day.later(days=103)  # 1 December: the first day of the rule that lets a booster follow
    assert day.standing(person) is Standing.COMPLETE
    day.do(begin)  # whoever signs in first
    assert due_to(day, person) == (Standing.NOT_YET, date(2022, 1, 10))
    day.later(days=16)  # three months instead of six, from this day on
    day.do(begin)
    assert due_to(day, person) == (Standing.DUE, date(2021, 10, 10))


def test_everybody_is_forecast_anew_only_when_a_rule_has_begun(day, monkeypatch):
    told = []
    day.do(begin)
    monkeypatch.setattr(service.rules, "forecast", told.append)
    day.do(begin)
    day.later(days=10)
    day.do(begin)
    assert told == []
    day.later(days=30)
    day.do(begin)
    assert len(told) == 1


def test_what_a_rule_changes_is_told_of_its_first_day(day):
    of(day, NewPerson("Lý Thị Đủ", "1960"), **TWICE)
    first = day.now.date() + timedelta(days=10)
    change = Change("booster", first, said={"most": "1", "months": "1"})
    told = day.ask(changing.effects, change)
    counts = {one.code: one.count for one in told}
    assert (counts["due_before"], counts["due_after"], counts["newly_due"]) == (12, 13, 1)
    assert told[0].title == "People due on 30/08/2021 by the rules as they are"


# -- sessions -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "kept"),
    [("7 9", "7 9"), ("7, 9", "7 9"), ("Nhóm 7 và 09", "7 9"), ("7;9;7.", "7 9"), ("", "")],
)
def test_groups_of_a_session_are_read_as_people_write_them(day, groups, kept):
    key = day.do(service.plan, CAM_CON._replace(groups=groups, starts="7h30", ends="11h"))
    [row] = [one for one in day.ask(queries.sessions.sessions) if one.id == key]
    assert (row.groups, row.starts, row.ends) == (kept, "07:30", "11:00")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"groups": "7, 99"}, "no priority group “99”"),
        ({"groups": "giáo viên"}, "no priority group “giao”"),
        ({"groups": "7-9"}, "no priority group “7-9”"),
        ({"starts": "sáng"}, "“sáng” is not a time of day"),
        ({"ends": ""}, "is not a time of day"),
        ({"starts": "13:30", "ends": "11:30"}, "ends after it begins"),
    ],
)
def test_what_nobody_can_read_of_a_session_is_refused_not_left_out(day, wrong, said):
    with pytest.raises(UserError, match=said):
        day.do(service.plan, CAM_CON._replace(**wrong))


@pytest.mark.parametrize(
    ("born", "product", "asked"),
    [
        ("2003-08-22", "Vaxzevria", True),
        ("2003-08-23", "Vaxzevria", False),
        ("2003-09", "Vaxzevria", False),
        ("2003-08", "Vaxzevria", True),
        ("2003", "Vaxzevria", True),  # perhaps
        ("2004", "Vaxzevria", False),
        ("", "Vaxzevria", True),
    ],
)
def test_nobody_who_is_too_young_for_the_vaccine_is_invited(day, born, product, asked):
    teenagers = Change("age", date(2021, 8, 1), "Comirnaty", {"years": "12"})
    day.do(service.adopt_change, teenagers, "CV 8688")
    person = of(day, NewPerson("Lý Thị Trẻ", born, phone="0912000222"))
    session = day.do(service.plan, CAM_CON._replace(product=product, groups="9"))
    assert (person in day.ask(queries.sessions.proposed, session)) is asked


def test_whoever_was_born_on_a_leap_day_is_old_enough_on_the_last_of_february(day):
    day.later(days=192)  # 28 February 2022
    person = of(day, NewPerson("Lý Thị Nhuận", "2004-02-29"))
    plan = CAM_CON._replace(held_on=date(2022, 2, 28), product="Vaxzevria", groups="9")
    assert person in day.ask(queries.sessions.proposed, day.do(service.plan, plan))
