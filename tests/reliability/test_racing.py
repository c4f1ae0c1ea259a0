"""Several programs at once: no number is given twice, and what was acknowledged is there."""

from sqlalchemy import select

from admin_suite.db.whole import examine
from modules.lab import queries
from modules.lab.codes import Gap
from modules.lab.models import Label, Specimen, Tube
from modules.quarantine.codes import Flow
from modules.quarantine.models import Claim, Supply
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from modules.quarantine.service.supplies import NewItem, Passing, keep_items, pass_supplies
from tests.reliability.conftest import TORTURE, start

PROGRAMS, TURNS = (16, 50) if TORTURE else (4, 5)
RESERVING, TIMES = (8, 1_000) if TORTURE else (8, 6)


def race(suite, program, programs, turns):
    """What programs that begin at one moment have said, line by line."""
    url = suite.database.writer.url.render_as_string(hide_password=False)
    racing = [start(program, url, who, turns) for who in range(programs)]
    assert {one.stdout.readline() for one in racing} == {"ready\n"}
    for one in racing:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0].splitlines() for one in racing]
    assert [one.returncode for one in racing] == [0] * programs
    return [line for one in said for line in one]


def test_no_number_is_given_twice(suite):
    numbers = race(suite, "number", PROGRAMS, TURNS)
    assert len(set(numbers)) == len(numbers) == PROGRAMS * TURNS
    with suite.database.read(suite.actor) as work:
        assert sorted(work.session.scalars(select(Tube.accession))) == sorted(numbers)
        assert len(work.session.scalars(select(Specimen.id)).all()) == PROGRAMS * TURNS
    assert examine(suite.database.readers).whole


def test_eight_programs_that_reserve_and_use_labels_never_meet(suite):
    said = [line.split() for line in race(suite, "reserve", RESERVING, TIMES)]
    reserved = [number for kind, *numbers in said if kind == "reserved" for number in numbers]
    used = [number for kind, *numbers in said if kind == "used" for number in numbers]
    assert len(set(reserved)) == len(reserved) == RESERVING * TIMES * 3
    assert len(set(used)) == len(used) == RESERVING * TIMES * 2
    with suite.database.read(suite.actor) as work:
        assert sorted(work.session.scalars(select(Tube.accession))) == sorted(used)
        assert sorted(work.session.scalars(select(Label.accession))) == sorted(reserved)
        found = queries.numbers(work)
    assert found.dealt == len({*reserved, *used})
    assert found.used == len(used)
    assert {gap.reason for gap in found.gaps} == {Gap.LABEL_WAITS}
    assert sum(gap.count for gap in found.gaps) == found.dealt - found.used
    assert [block.used for block in found.blocks] == [1] * (RESERVING * TIMES)


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


def test_never_more_is_given_out_than_there_is(suite):
    stock = PROGRAMS * TURNS // 2
    with suite.database.work(suite.actor) as work:
        add_facilities(work, [NewFacility("NT", "Trường Nội trú")])
        [key] = keep_items(work, 1, [NewItem("Xà phòng", "bánh")])
        pass_supplies(work, [Passing(key, Flow.IN, stock)])
    assert race(suite, "give_out", PROGRAMS, TURNS) == ["given"] * stock
    with suite.database.read(suite.actor) as work:
        lines = list(work.session.execute(select(Supply.serial, Supply.left_over)))
    assert sorted(lines) == [(n + 1, stock - n) for n in range(stock + 1)]
