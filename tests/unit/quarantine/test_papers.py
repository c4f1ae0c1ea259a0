"""Papers: made together, numbered once the registry has spoken, and what stands on them."""

import io
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speaking
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson, add_people
from modules.lab import service as lab
from modules.lab.codes import Outcome
from modules.lab.queries import sample_rows
from modules.quarantine import day as home
from modules.quarantine import documents
from modules.quarantine.codes import Document, Ended, Errand, Group, Lack
from modules.quarantine.commands.leaving import LEAVING
from modules.quarantine.models import Episode, Issue, Task
from modules.quarantine.queries import papers as queries
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.release import gate, leavers
from modules.quarantine.service import beds, cases, heads, papers, rounds, stays, undo
from modules.quarantine.service import home as home_service
from modules.quarantine.service.home import Terms
from modules.quarantine.service.stays import Placement
from modules.results import service as results
from tests.unit.quarantine.conftest import bed, person, row


@pytest.fixture
def room(desk):
    """Three women in room 101, their last contact on 10 August: home on the 24th."""
    keys = [person(desk) for _ in range(3)]
    pairs = zip(keys, "123", strict=True)
    stays.admit(desk, [Placement(key, bed(desk, "101", n)) for key, n in pairs])
    return keys


def complete(work, clock, keys, *, day="2021-08-23"):
    """Communes are known, a negative sample is there, and the last day has come."""
    people = [work.session.get_one(Episode, key).person_id for key in keys]
    for at in people:
        someone(work, at).commune_code = "02947"
    work.session.flush()
    clock.pass_(days=11)
    them = [someone(work, at) for at in people]
    told = [NewPerson(one.name, "1990", phone=one.phone) for one in them]
    swabs = lab.register(work, [lab.NewSample(one, day, f"P{n}") for n, one in enumerate(told)]).ids
    tubes = [one.tube_id for one in sample_rows(work, swabs)]
    numbers = [one.accession for one in sample_rows(work, swabs)]
    lab.receive(work, tubes)
    lab.enter(work, [lab.NewResult(number, Outcome.NEGATIVE) for number in numbers])
    return tubes


def someone(work, person_id):
    return work.session.get_one(Person, person_id)


def printed(work, draw, **values):
    """The pages of a paper as text, in Vietnamese."""
    out = io.BytesIO()
    with speaking("vi"):
        draw(work, values, out)
    pages = PdfReader(io.BytesIO(out.getvalue())).pages
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pages]


def test_the_gate_says_everything_that_is_missing_of_each(desk, room, clock):
    clock.pass_(days=10)
    rounds.observe(desk, room[0], 1, "384 95 ho")
    clock.pass_(days=1)
    cases.report(desk, room[1], "2021-08-23")
    rows = {row.id: set(row.lacks) for row in gate(desk, room)}
    nobody = {Lack.NO_TEST, Lack.COMMUNE}
    assert rows[room[2]] == nobody
    assert rows[room[0]] == nobody | {Lack.UNWELL, Lack.ALERT}
    assert rows[room[1]] == nobody | {Lack.UNDECIDED}
    assert [row.id for row in leavers(desk, ahead=0).rows] == room
    assert home.going(desk) == len(room)


def test_a_sample_without_a_result_keeps_somebody_here_and_a_negative_lets_go(
    desk, room, clock, as_actor, suite
):
    tubes = complete(desk, clock, room)
    assert {tuple(row.lacks) for row in gate(desk, room)} == {(Lack.NO_TEST, Lack.PENDING)}
    desk.actor = as_actor(2)
    results.sign(desk, tubes)
    assert all(row.ready for row in gate(desk, room))


@pytest.fixture
def done(desk, room, clock, as_actor):
    """Everybody of the room may go."""
    tubes = complete(desk, clock, room)
    first, desk.actor = desk.actor, as_actor(2)
    results.sign(desk, tubes)
    desk.actor = first
    return room


def test_certificates_are_made_in_one_act_and_numbered_for_the_batch_later(desk, done):
    batch = papers.issue(desk, Document.COMPLETION, done)
    first = printed(desk, documents.draw_completion, batch=str(batch))
    assert len(first) == len(done)
    assert "Số: ............" in first[0]
    assert "từ ngày 12 tháng 8 năm 2021 đến hết ngày 24 tháng 8 năm 2021" in first[0]
    assert "Âm tính" in first[0]
    assert papers.number(desk, batch, "045", "/GXN-CSCL2", date(2021, 8, 24)) == len(done)
    numbered = printed(desk, documents.draw_completion, batch=str(batch))

    wanted = ("045", "046", "047")
    assert all(f"{n}/GXN" in page for n, page in zip(wanted, numbered, strict=True))
    with pytest.raises(UserError, match="has its number"):
        papers.number(desk, batch, "048", "", date(2021, 8, 24))


def test_a_number_is_given_once_a_year(desk, done):
    batch = papers.issue(desk, Document.COMPLETION, done[:1])
    papers.number(desk, batch, "045", "/GXN", date(2021, 8, 24))
    other = papers.issue(desk, Document.COMPLETION, done[1:])
    with pytest.raises(UserError, match="045/GXN"):
        papers.number(desk, other, "044", "/GXN", date(2021, 8, 24))
    assert [one.open for one in queries.batches(desk)] == [2, 0]
    assert papers.number(desk, other, "046", "/GXN", date(2021, 8, 24)) == 2


def test_nobody_gets_a_certificate_twice_or_too_early(desk, room, clock, done):
    papers.issue(desk, Document.COMPLETION, done)
    with pytest.raises(UserError, match="exists already"):
        papers.issue(desk, Document.COMPLETION, done)
    [paper, *_others] = desk.session.scalars(select(Issue.id).order_by(Issue.id))
    papers.withdraw_papers(desk, [paper])
    assert papers.issue(desk, Document.COMPLETION, done[:1]) == 2
    early = person(desk, arrived="2021-08-24", last_contact="2021-08-23")
    stays.admit(desk, [Placement(early, bed(desk, "102"))])
    with pytest.raises(UserError, match="stays until"):
        papers.issue(desk, Document.COMPLETION, [early])


def test_a_decision_tells_reason_place_and_days_and_is_cited_by_its_number(desk, room):
    batch = papers.issue(desk, Document.DECISION, room)
    [page, *_others] = printed(desk, documents.draw_decision, batch=str(batch))
    assert "tiếp xúc lần cuối ngày 10 tháng 8 năm 2021" in page
    assert "Trường Nội trú" in page
    assert "đến hết ngày 24 tháng 8 năm 2021" in page
    papers.number(desk, batch, "1287", "/QĐ-UBND", date(2021, 8, 13))
    assert desk.session.get_one(Episode, room[0]).decision_no == "1287/QĐ-UBND"


def test_an_extension_says_both_days_and_is_off_the_list(desk, room, clock):
    with pytest.raises(UserError, match="has not moved"):
        papers.issue(desk, Document.EXTENSION, room[1:])
    clock.pass_(days=7)
    case = cases.report(desk, room[0], "2021-08-20")
    cases.confirm(desk, case, bed(desk, "201"))
    batch = papers.issue(desk, Document.EXTENSION, room[1:])
    pages = printed(desk, documents.draw_extension, batch=str(batch))
    assert "từ hết ngày 24 tháng 8 năm 2021 đến hết ngày 03 tháng 9 năm 2021" in pages[0]
    waiting = select(Task.id).where(Task.errand == Errand.EXTENSION, Task.done_at.is_(None))
    assert list(desk.session.scalars(waiting)) == []


def test_who_goes_home_is_handed_over_commune_by_commune(desk, done):
    [page] = printed(desk, documents.draw_handover, facility="NT")
    assert "bàn giao cho UBND" in page
    stays.depart(desk, done, Ended.DISCHARGED)
    [later] = printed(desk, documents.draw_handover, facility="NT", day="2021-08-24")
    assert all(f"{who.who.name}" in later for who in gate(desk, done))
    with pytest.raises(UserError, match="Nobody goes home"):
        documents.draw_handover(desk, {"day": "2021-08-25"}, io.BytesIO())


def test_a_door_names_who_is_inside_and_no_telephone(desk, room):
    [page] = printed(desk, documents.draw_doors, facility="NT")
    assert "PHÒNG 101" in page
    assert "NHÓM F1" in page
    who = someone(desk, desk.session.get_one(Episode, room[0]).person_id)
    assert who.name in page
    assert who.phone not in page
    [plain] = printed(desk, documents.draw_doors, facility="NT", group="no")
    assert "NHÓM F1" not in plain


def test_lists_of_rooms_buses_meals_and_the_watch_sheet(desk, room):
    [rooms] = printed(desk, documents.draw_rooms)
    assert "Tổng cộng: 3 người, 1 phòng" in rooms
    [bus] = printed(desk, documents.draw_bus, day="2021-08-12")
    assert "tự đến" in bus
    rounds.observe(desk, room[0], 1, "367 98 .")
    [watch] = printed(desk, documents.draw_watch)
    assert "36,7" in watch
    [meals] = printed(desk, documents.draw_meals, day="2021-08-14")
    assert "Tổng cộng: 3 người" in meals
    with pytest.raises(UserError, match="Nobody eats"):
        documents.draw_meals(desk, {"day": "2021-08-30"}, io.BytesIO())


def test_who_was_missing_is_looked_for_found_or_reported(desk, room):
    facility = facility_coded(desk, "NT").id
    assert heads.count_heads(desk, facility, room[:2]) == 1
    heads.count_heads(desk, facility, room[:1])
    wanted = select(Task.episode_id).where(Task.errand == Errand.MISSING, Task.done_at.is_(None))
    assert list(desk.session.scalars(wanted)) == room[:1]
    with pytest.raises(UserError, match="Count heads first"):
        heads.abscond(desk, [room[2]], "không rõ")
    heads.abscond(desk, room[:1], "Bảo vệ thấy lần cuối lúc 21h ở cổng sau")
    assert row(desk, "101").person == ""
    assert desk.session.get_one(Episode, room[0]).ended_at is None
    reported = select(Task.episode_id).where(Task.errand == Errand.ABSCONDED)
    assert list(desk.session.scalars(reported)) == room[:1]
    [page] = printed(desk, documents.draw_absconded, facility="NT", day="2021-08-13")
    assert "Bảo vệ thấy lần cuối" in page
    undo.take_back(desk, room[0], "thấy ở phòng bên")
    told = reported.where(Task.done_at.is_(None))
    assert list(desk.session.scalars(told)) == []
    assert list(desk.session.scalars(wanted)) == room[:1]


def test_whoever_is_away_with_leave_is_not_missing(desk, room):
    beds.leave(desk, room[0], "chụp phổi")
    facility = facility_coded(desk, "NT").id
    assert heads.count_heads(desk, facility, []) == 2
    with pytest.raises(UserError, match="not expected"):
        heads.count_heads(desk, facility, room[:1])


def at_home(work, n=1):
    """People of the register in quarantine at home since the 12th."""
    people = [
        NewPerson(f"Hộ {k}", "1990", phone=f"07{k:08d}", commune_code="02947", address="Bản 3")
        for k in range(n)
    ]
    terms = Terms(Group.F1, date(2021, 8, 12), date(2021, 8, 10))
    return home_service.begin_at_home(work, add_people(work, people).ids, terms)


def test_the_decision_of_home_quarantine_names_home_and_the_health_station(desk, clock):
    keys = at_home(desk, 2)
    batch = papers.issue(desk, Document.DECISION, keys)
    first, _second = printed(desk, documents.draw_decision, batch=str(batch))
    assert "cách ly y tế tại nhà đối với" in first
    assert "tại nhà, Bản 3" in first
    assert "Trạm Y tế" in first
    assert "tập trung" not in first
    clock.pass_(minutes=1)
    home_service.to_facility(desk, keys)
    assert printed(desk, documents.draw_decision, batch=str(batch))[0] == first


def test_a_positive_in_the_household_extends_the_decision_of_the_others(desk, clock):
    keys = at_home(desk, 2)
    clock.pass_(days=3)
    cases.confirm(desk, cases.report(desk, keys[0], "2021-08-16"), None)
    batch = papers.issue(desk, Document.EXTENSION, keys[1:])
    [page] = printed(desk, documents.draw_extension, batch=str(batch))
    assert "Kéo dài thời gian cách ly y tế tại nhà" in page
    assert "ở cùng nhà với người có kết quả dương tính" in page


def test_whoever_completed_in_a_facility_is_certified_so_from_home_too(desk, done):
    home_service.go_home(desk, done)
    batch = papers.issue(desk, Document.COMPLETION, done)
    pages = printed(desk, documents.draw_completion, batch=str(batch))
    assert all("cách ly y tế tập trung tại Trường Nội trú" in page for page in pages)
    with pytest.raises(UserError, match="has not completed yet"):
        papers.issue(desk, Document.COMPLETION, at_home(desk))


def test_completed_home_quarantine_is_certified_by_the_health_centre(desk, clock, as_actor, suite):
    keys = at_home(desk)
    tubes = complete(desk, clock, keys)
    first, desk.actor = desk.actor, as_actor(2)
    results.sign(desk, tubes)
    desk.actor = first
    batch = papers.issue(desk, Document.COMPLETION, keys)
    [page] = printed(desk, documents.draw_completion, batch=str(batch))
    assert "Đã hoàn thành cách ly y tế tại nhà, Bản 3" in page
    assert "GIÁM ĐỐC" in page


def test_a_number_that_nothing_has_is_said_to_be_none(desk, room):
    with pytest.raises(UserError, match="no quarantine with the number 9999"):
        papers.issue(desk, Document.DECISION, [room[0], 9999])
    with pytest.raises(UserError, match="no batch of papers with the number 77"):
        papers.number(desk, 77, "045", "", desk.today())
    with pytest.raises(UserError, match="no such paper"):
        papers.withdraw_papers(desk, [9999])
    [command] = [one for one in LEAVING if one.name == "make-papers"]
    told = {"kind": Document.COMPLETION, "quarantine": [], "facility": "NT", "at-home": None}
    with pytest.raises(UserError, match="Nobody here may be certified now"):
        command.run(desk, told)
