"""A session that is running: people registered and invited, a lot in stock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec import Struct

from admin_suite.core.clock import here
from admin_suite.registry.service import NewPerson
from modules.vaccination import service
from modules.vaccination.codes import Sign
from modules.vaccination.queries import due, registrations
from modules.vaccination.service import (
    NewEvent,
    NewInjection,
    NewReceipt,
    NewRegistration,
    NewSession,
)


class Day(Struct):
    """A day at a vaccination point, and a clock that can be moved."""

    suite: object
    actor: object
    session_id: int
    lot_id: int
    people: list
    now: datetime

    def do(self, verb, *args, **more):
        with self.suite.database.work(self.actor) as work:
            work.clock = lambda: self.now
            return verb(work, *args, **more)

    def ask(self, question, *args, **more):
        with self.suite.database.read(self.actor) as work:
            work.clock = lambda: self.now
            return question(work, *args, **more)

    def later(self, **span):
        self.now += timedelta(**span)

    def standing(self, person):
        return self.ask(due.standings_of, [person])[person][0]

    def reported(self, dose, **more):
        """A severe reaction that is reported; its number among reports."""
        return self.do(service.report_event, NewEvent(dose, self.now, (Sign.OTHER,), **more))


@pytest.fixture
def day(suite, as_actor):
    now = datetime(2021, 8, 20, 1, 0, tzinfo=UTC)
    one = Day(suite, as_actor(1), 0, 0, [], now)
    rows = [
        NewRegistration(NewPerson(f"Lý Văn {chr(65 + n)}", "1985", phone=f"09123456{n:02d}"), 7)
        for n in range(12)
    ]
    keys = one.do(service.register, rows).ids
    assert len(set(keys)) == len(rows)
    with suite.database.read(as_actor(1)) as work:
        one.people = [row.person_id for row in registrations.registration_rows(work, keys)]
    receipt = NewReceipt("Comirnaty", "fd 9234", 60, date(2021, 12, 31))
    [one.lot_id] = one.do(service.receive_stock, [receipt])
    plan = NewSession(here(now).date(), "Trạm Y tế xã Bảo Hà", "Comirnaty", 60, groups="7")
    one.session_id = one.do(service.plan, plan)
    one.do(service.invite, one.session_id, one.people[:10])
    return one


@pytest.fixture
def injected(day):
    """The first of the list, injected: vial, visit, dose."""
    vial = day.do(service.open_vial, day.session_id)
    visit = day.do(service.arrive, day.session_id, day.people[0])
    return vial, visit, day.do(service.inject, visit, NewInjection(vial, "u-0"))
