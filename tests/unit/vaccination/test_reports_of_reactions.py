"""A report of a severe reaction says all that the WHO's core variables for AEFI ask."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from admin_suite.core.errors import Refused, UserError
from admin_suite.excel import writer
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson
from modules.vaccination import day as today
from modules.vaccination import queries, service
from modules.vaccination.codes import Ending, Serious, Sign
from modules.vaccination.rules import aefi
from modules.vaccination.service import (
    NewEvent,
    NewInjection,
    NewRegistration,
    NewScreening,
)
from modules.vaccination.sheets import REACTIONS


@pytest.fixture
def injected(day):
    """Somebody of a sex is screened with these answers and injected; the dose."""
    vial = day.do(service.open_vial, day.session_id)

    def do(sex, *answers):
        who = NewRegistration(NewPerson("Lý Thị Mai", "1990", sex, "0912345699"), 7)
        keys = day.do(service.register, [who]).ids
        [row] = day.ask(queries.registrations.registration_rows, keys)
        visit = day.do(service.arrive, day.session_id, row.person_id, "UBND xã")
        day.do(service.admit, visit, NewScreening(answers))
        return day.do(service.inject, visit, NewInjection(vial, f"{sex}{answers}"))

    return do


def test_a_pregnancy_of_the_screening_is_known_to_the_report(day, injected):
    expecting = day.ask(queries.reactions.event_begun, injected(Sex.F, "PREGNANT_LATE"))
    assert (expecting["sex"], expecting["pregnant"]) == (Sex.F, True)


def test_no_tick_at_the_screening_is_a_no_of_a_woman_and_nothing_of_a_man(day, injected):
    assert day.ask(queries.reactions.event_begun, injected(Sex.F))["pregnant"] is False


def test_of_a_man_a_pregnancy_is_refused(day, injected):
    dose = injected(Sex.M)
    assert "pregnant" not in day.ask(queries.reactions.event_begun, dose)
    for name in ("pregnant", "breastfeeding"):
        with pytest.raises(UserError, match="The register has a man"):
            day.do(service.report_event, NewEvent(dose, day.now, (Sign.ABSCESS,), **{name: True}))
    event = day.do(
        service.report_event,
        NewEvent(dose, day.now, (Sign.ABSCESS,), pregnant=False, breastfeeding=False),
    )
    assert day.ask(queries.reactions.event_known, event)["pregnant"] is False


def test_the_list_of_reactions_carries_every_variable(day, injected, tmp_path):
    dose = injected(Sex.F)
    day.later(hours=2)
    said = NewEvent(
        dose,
        day.now - timedelta(minutes=30),
        (Sign.ANAPHYLAXIS, Sign.OTHER),
        "mẩn ngứa, tụt huyết áp",
        Serious.HOSPITAL,
        pregnant=False,
        breastfeeding=True,
        history="hen",
        other_vaccines="không",
        diluent_lot="DL1",
        treatment="adrenalin",
        reporter="BS An",
        reporter_post="trạm trưởng",
        reporter_contact="0912345678",
        reported_on=day.now.date(),
    )
    day.do(service.report_event, said)
    rows = day.ask(queries.reported.reported, {})
    file = tmp_path / "reactions.json"
    writer.export(REACTIONS, rows, file)
    [line] = json.loads(file.read_text(encoding="utf-8"))
    told = {
        "number": "AEFI-2021-0001",
        "name": "Lý Thị Mai",
        "sex": "F",
        "pregnant": False,
        "breastfeeding": True,
        "product": "Comirnaty",
        "lot": "FD9234",
        "dose": 1,
        "given_at": "2021-08-20T08:00",
        "place": "Trạm Y tế xã Bảo Hà",
        "diluent_lot": "DL1",
        "onset_at": "2021-08-20T09:30",
        "signs": "ANAPHYLAXIS OTHER",
        "serious": "HOSPITAL",
        "outcome": "UNKNOWN",
        "died_on": "",
        "autopsy": None,
        "reporter": "BS An",
        "reported_on": "2021-08-20",
        "notified_at": "",
    }
    assert {name: line[name] for name in told} == told
    writer.export(REACTIONS, rows, tmp_path / "reactions.xlsx")
    assert day.ask(queries.reported.reported, {"lot": "khác"}) == []
    with pytest.raises(UserError, match="no filter"):
        day.ask(queries.reported.reported, {"color": "1"})


def test_a_report_needs_a_dose_that_is_there(day):
    with pytest.raises(UserError, match="There is no such dose"):
        day.ask(queries.reactions.event_begun, 99)
    with pytest.raises(UserError, match="There is no such report"):
        day.ask(queries.reactions.event_known, 99)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"onset_at": datetime(2021, 8, 21, 3, tzinfo=UTC)}, "onset_on"),
        ({"outcome": Ending.DIED, "died_on": date(2021, 8, 21)}, "died_on"),
        ({"reported_on": date(2021, 8, 21)}, "reported_on"),
        ({"investigated_on": date(2022, 8, 20)}, "investigated_on"),
        ({"national_on": date(2021, 9, 1)}, "national_on"),
        ({"serious": Serious.DEATH}, "died_on"),
        ({"serious": Serious.DEATH, "outcome": Ending.RECOVERED}, "died_on"),
    ],
)
def test_no_day_of_a_report_is_to_come_and_a_death_is_its_outcome_too(day, injected, more, field):
    said = NewEvent(injected(Sex.F), day.now, (Sign.OTHER,))._replace(**more)
    with pytest.raises(Refused) as refused:
        day.do(service.report_event, said)
    assert [one.field for one in refused.value.refusals] == [field]


@pytest.mark.parametrize(
    ("minutes", "good"), [(-1, False), (-60, False), (0, True), (90, True), (-8 * 60, True)]
)
def test_first_signs_are_not_hours_before_the_injection_unless_no_hour_is_known(
    day, injected, minutes, good
):
    """It is eight in the morning; midnight stands where a report says the day alone."""
    said = NewEvent(injected(Sex.F), day.now + timedelta(minutes=minutes), (Sign.OTHER,))
    if good:
        assert day.do(service.report_event, said)
        return
    with pytest.raises(Refused, match="first signs are before"):
        day.do(service.report_event, said)


# -- the clock and the follow-up ------------------------------------------------------------------


def test_closing_a_report_of_which_nobody_was_told_does_not_stop_its_clock(day, injected):
    event = day.reported(injected(Sex.F), outcome=Ending.RECOVERED)
    day.do(service.close_event, event)
    day.later(hours=23)
    [row] = day.ask(queries.reactions.events)
    assert (row.closed, row.notified, row.late) == (True, False, False)
    day.later(hours=2)
    [row] = day.ask(queries.reactions.events)
    assert (row.closed, row.late) == (True, True)
    assert "AEFI-2021-0001: the higher level" in day.ask(today.errands)[0].what
    day.do(service.notify_event, event)
    [row] = day.ask(queries.reactions.events)
    assert (row.closed, row.notified, row.late) == (True, True, False)
    day.do(service.untell_event, event)
    assert day.ask(queries.reactions.events)[0].late


def test_a_look_before_its_day_is_no_follow_up(day, injected):
    event = day.reported(injected(Sex.F))
    day.later(days=2)
    assert day.ask(queries.reactions.events)[0].early
    for after in (28, 7):
        if after == 7:
            day.later(days=1)
        day.do(service.follow, event, after, Ending.RECOVERING)
    [row] = day.ask(queries.reactions.events)
    assert row.looks == ((2, Ending.RECOVERING), (3, Ending.RECOVERING))
    assert (row.follow_after, row.outcome) == (7, Ending.RECOVERING)
    day.later(days=4)
    assert not day.ask(queries.reactions.events)[0].early
    day.do(service.follow, event, 7, Ending.RECOVERED)
    [row] = day.ask(queries.reactions.events)
    assert (row.follow_after, row.early) == (28, True)
    day.later(days=30)
    day.do(service.follow, event, 28, Ending.RECOVERED)  # late is better than not at all
    [row] = day.ask(queries.reactions.events)
    assert (row.follow_after, row.follow_on) == (0, None)
    assert row.looks[-1] == (28, Ending.RECOVERED)


# -- the seven checks of days (DHIS2 package for adverse events following immunization) -----------

ORDER = (
    ("born_on", "vaccinated_on", "vaccination is before the birth"),
    ("opened_on", "vaccinated_on", "before the vial was opened"),
    ("vaccinated_on", "onset_on", "first signs are before the vaccination"),
    ("vaccinated_on", "notified_on", "notification is before the vaccination"),
    ("vaccinated_on", "investigated_on", "investigation is before the vaccination"),
    ("onset_on", "died_on", "death is before the first signs"),
    ("reported_on", "national_on", "national level had the report before"),
)


@pytest.mark.parametrize(("earlier", "later", "said"), ORDER)
def test_each_of_the_seven_checks_finds_its_days_and_no_others(earlier, later, said):
    day = date(2021, 8, 20)
    known = dict.fromkeys({name for pair in ORDER for name in pair[:2]}, None)
    before = known | {earlier: day, later: day - timedelta(days=1)}
    [wrong] = aefi.wrong_days(before)
    assert wrong.field == later
    assert said in wrong.message
    for good in (day, day + timedelta(days=1), None):
        assert aefi.wrong_days(known | {earlier: day, later: good}) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"investigated_on": date(2021, 8, 19)}, "investigated_on"),
        ({"outcome": Ending.DIED, "died_on": date(2021, 8, 19)}, "died_on"),
        ({"reported_on": date(2021, 8, 20), "national_on": date(2021, 8, 19)}, "national_on"),
    ],
)
def test_a_report_whose_days_stand_in_the_wrong_order_is_refused(day, injected, more, field):
    said = NewEvent(injected(Sex.F), day.now, (Sign.OTHER,))._replace(**more)
    with pytest.raises(Refused) as refused:
        day.do(service.report_event, said)
    assert [one.field for one in refused.value.refusals] == [field]
    assert day.ask(queries.reactions.events) == []
