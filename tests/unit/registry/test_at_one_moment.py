"""Two programs that bring the same new person at one moment enter one person."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

import pytest
from sqlalchemy import func, select

from admin_suite.db import bulk
from admin_suite.registry import typed
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.service import NewPerson
from modules.lab import service as lab
from modules.quarantine.codes import Group
from modules.quarantine.service.arrivals import NewArrival, expect
from modules.vaccination import service as vaccination

LONG_ENOUGH = 0.5  # for the second program to look while the first has not stored yet
MAY = NewPerson("Lý Thị Mẩy", "1985-03-05", phone="0912345678")


def sampled(work):
    lab.register(work, [lab.NewSample(MAY, "2021-08-13T07:15")])


def registered(work):
    vaccination.register(work, [vaccination.NewRegistration(MAY)])


def expected(work):
    arrival = NewArrival(MAY, Group.F1, arrived="2021-08-13")
    expect(work, [arrival])


def entered(work):
    typed.enter(work, typed.Form(MAY))


VERBS = [sampled, registered, expected, entered]
PAIRS = [*zip(VERBS, VERBS, strict=True), *zip(VERBS, [*VERBS[1:], VERBS[0]], strict=True)]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_second_program_finds_whom_the_first_has_entered(suite, first, second):
    def other_program():
        with suite.database.work(suite.actor) as work:
            second(work)

    with ThreadPoolExecutor(1) as pool:
        with suite.database.work(suite.actor) as work:
            first(work)
            told = pool.submit(other_program)
            wait([told], LONG_ENOUGH)
        told.result(timeout=30)
    with suite.database.read(suite.actor) as work:
        query = select(func.count(Person.id)).where(Person.folded == "ly thi may")
        assert work.session.scalar(query) == 1


def test_nobody_waits_for_a_name_who_keeps_others_waiting(suite):
    """Two who bring the same two people, each in the other order, would wait for ever."""
    if suite.database.writer.dialect.name != "postgresql":
        pytest.skip("one program writes at a time")
    both = Barrier(2, timeout=30)

    def program(*names):
        with suite.database.work(suite.actor) as work:
            bulk.enter_alone(work, Person.folded, {names[0]})
            both.wait()
            bulk.enter_alone(work, Person.folded, {names[1]})

    with ThreadPoolExecutor(2) as pool:
        told = [pool.submit(program, *names) for names in (("an", "binh"), ("binh", "an"))]
        for one in told:
            one.result(timeout=30)


@pytest.mark.parametrize("what", ["held", "changed"])
def test_whoever_has_something_in_the_hand_takes_only_names_that_are_free(suite, what):
    if suite.database.writer.dialect.name != "postgresql":
        pytest.skip("one program writes at a time")

    def other_program():
        with suite.database.work(suite.actor) as work:
            if what == "held":
                bulk.hold(work, Unit, [1])
            else:
                work.session.add(Unit(name="Trạm", folded="tram", parent="", place="", site=""))
            bulk.enter_alone(work, Person.folded, {"ly thi may"})

    with ThreadPoolExecutor(1) as pool, suite.database.work(suite.actor) as work:
        bulk.enter_alone(work, Person.folded, {"ly thi may"})
        pool.submit(other_program).result(timeout=30)
