"""Several programs at once: no number is given twice, and what was acknowledged is there."""

from sqlalchemy import select

from admin_suite.db.whole import examine
from modules.lab.models import Specimen, Tube
from modules.quarantine.models import Claim
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from tests.reliability.conftest import TORTURE, start

PROGRAMS, TURNS = (16, 50) if TORTURE else (4, 5)


def test_no_number_is_given_twice(suite):
    url = suite.database.writer.url.render_as_string(hide_password=False)
    racing = [start("number", url, who, TURNS) for who in range(PROGRAMS)]
    assert {one.stdout.readline() for one in racing} == {"ready\n"}
    for one in racing:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0].split() for one in racing]
    assert [one.returncode for one in racing] == [0] * PROGRAMS
    numbers = [number for one in said for number in one]
    assert len(set(numbers)) == len(numbers) == PROGRAMS * TURNS
    with suite.database.read(suite.actor) as work:
        assert sorted(work.session.scalars(select(Tube.accession))) == sorted(numbers)
        assert len(work.session.scalars(select(Specimen.id)).all()) == PROGRAMS * TURNS
    assert examine(suite.database.readers).whole


def test_no_bed_is_given_twice(suite):
    with suite.database.work(suite.actor) as work:
        add_facilities(work, [NewFacility("NT", "Trường Nội trú")])
        add_rooms(work, [NewRoom("NT", "101", beds=TURNS)])
    url = suite.database.writer.url.render_as_string(hide_password=False)
    racing = [start("book", url, who, TURNS) for who in range(PROGRAMS)]
    assert {one.stdout.readline() for one in racing} == {"ready\n"}
    for one in racing:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0].split() for one in racing]
    assert [one.returncode for one in racing] == [0] * PROGRAMS
    given = sorted(int(bed) for one in said for bed in one)
    assert given == list(range(1, TURNS + 1))
    with suite.database.read(suite.actor) as work:
        taken = sorted(work.session.scalars(select(Claim.bed_id)))
    assert taken == given
