"""The report of the day and that of a round, in the columns of their appendices."""

from datetime import UTC, date, datetime

import pytest

from admin_suite.core.errors import UserError
from admin_suite.module import Period
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, reports, service
from modules.vaccination.codes import Call, Common, Consent, Screened, Sign
from modules.vaccination.queries import counting
from modules.vaccination.service import (
    NewDose,
    NewEvent,
    NewInjection,
    NewRegistration,
    NewScreening,
    VialEnd,
)

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
    assert said.remarks == (
        "Reactions in these days: 0 people with usual ones, 0 severe ones.",
        "Message: round until 20/08/2021: of 10 on the lists 2 vaccinated (2 first, "
        "0 second, 0 further doses), 0 usual and 0 severe reactions.",
    )


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


def played(day):
    """A session through to its end: what became of twelve people, one of whom nobody invited."""
    rows = day.ask(queries.sessions.invited_to, day.session_id)
    visit = {row.person_id: row.id for row in rows}
    known = NewPerson("Lý Văn B", "1985", phone="0912345601")
    day.do(service.enter_doses, [NewDose(known, "2021-07-20", "Comirnaty")])
    people = [*day.people[:6], day.people[9]]
    for person in people:
        day.do(service.arrive, day.session_id, person)
    guest = day.do(service.arrive, day.session_id, day.people[10], "UBND xã")
    first, second, deferred, never, refused, hospital = (visit[key] for key in day.people[:6])
    vial = day.do(service.open_vial, day.session_id)
    doses = [
        day.do(service.inject, key, NewInjection(vial, f"p-{key}"))
        for key in (first, second, guest)
    ]
    day.do(service.screen, deferred, NewScreening(decision=Screened.DEFER))
    day.do(service.screen, never, NewScreening(decision=Screened.CONTRAINDICATED))
    day.do(service.consent, refused, Consent.REFUSED)
    day.do(service.screen, hospital, NewScreening(decision=Screened.CAUTION, hospital=True))
    day.do(service.note_call, [visit[day.people[6]]], Call.REFUSED)
    day.do(service.note_call, [visit[day.people[7]]], Call.MOVED)
    for kind in (Common.FEVER, Common.LOCAL):
        day.do(service.react, doses[2], kind)
    day.do(service.report_event, NewEvent(doses[0], day.now, (Sign.ANAPHYLAXIS,)))
    day.do(service.close_vials, [VialEnd(vial)])
    day.do(service.end_session, day.session_id)


def test_the_columns_of_the_day_add_up_and_the_round_and_coverage_say_the_same(day):
    played(day)
    said = day.ask(reports.daily, TODAY, {})
    [line] = said.rows
    assert dict(zip(said.headings[5:], line[5:], strict=True)) == {
        "People who came": 8,
        "Sent to hospital": 1,
        "Do not consent": 1,
        "Postponed": 1,
        "Contraindicated": 1,
        "First doses": 2,
        "Second doses": 1,
        "Further doses": 0,
        "Doses used": 6,
        "Doses thrown away": 3,
        "Usual reactions, people": 1,
        "Fever": 1,
        "Pain and swelling": 1,
        "Other": 0,
        "Severe reactions": 1,
        "Note": "Not on the list: 1; Refused by telephone: 1; Came, not injected yet: 1",
    }
    assert said.remarks[0] == (
        "Message: 3 vaccinated (2 first, 1 second, 0 further doses), 1 postponed, "
        "3 doses thrown away, 1 usual and 1 severe reaction."
    )
    ended = day.ask(reports.round_end, TODAY, {})
    _name, registered, before, invited, now, _share, first, second = ended.total
    assert (registered, before, invited, now, first, second) == (12, 1, 11, 3, 2, 1)
    assert ended.remarks == (
        "Reactions in these days: 1 person with usual ones, 1 severe ones.",
        "Message: round until 20/08/2021: of 11 on the lists 3 vaccinated (2 first, "
        "1 second, 0 further doses), 1 usual and 1 severe reaction.",
    )
    covered = day.ask(counting.coverage, "group", date(2021, 8, 20))["7"]
    assert (covered.registered, covered.one, covered.complete, covered.extra) == (12, 3, 1, 0)
