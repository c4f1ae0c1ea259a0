"""A forecast of everybody mends what is kept and writes nothing that comes out the same."""

from datetime import date

import pytest
from sqlalchemy import delete, select, update

from admin_suite.registry.service import NewPerson
from modules.vaccination import service
from modules.vaccination.models import Forecast
from modules.vaccination.service import NewRegistration
from modules.vaccination.service.forecasts import forecast
from tests.unit.vaccination.test_merged import due


def rows(work):
    """The row each person's forecast is kept in."""
    query = select(Forecast.person_id, Forecast.id)
    return dict(work.session.execute(query).all())


@pytest.mark.parametrize("wrong", [0, 1, 4, 5])
def test_only_what_comes_out_otherwise_is_written(suite, as_actor, wrong):
    people = [NewRegistration(NewPerson(f"Lý Văn {n}", "1985"), 7) for n in "ABCDE"]
    with suite.database.work(as_actor(1)) as work:
        service.register(work, people)
    with suite.database.work(as_actor(1)) as work:
        told, before = due(work), rows(work)
        mistaken = sorted(before)[:wrong]
        work.session.execute(
            update(Forecast)
            .where(Forecast.person_id.in_(mistaken))
            .values(due_on=date(2020, 1, 1))
            .execution_options(synchronize_session=False)
        )
        work.changed.clear()
        assert forecast(work) == len(people)
        assert (Forecast.__tablename__ in work.changed) == (wrong > 0)
        assert due(work) == told
        after = rows(work)
    assert after.keys() == before.keys()
    if 2 * wrong <= len(people):
        assert {person for person in before if after[person] != before[person]} == set(mistaken)


def test_whoever_is_neither_registered_nor_has_a_dose_is_forgotten(suite, as_actor):
    people = [NewRegistration(NewPerson(f"Lý Văn {n}", "1985"), 7) for n in "ABC"]
    with suite.database.work(as_actor(1)) as work:
        keys = service.register(work, people).ids
        before = due(work)
    with suite.database.work(as_actor(1)) as work:
        gone = min(before)
        work.session.execute(delete(Forecast).where(Forecast.person_id == max(before)))
        service.withdraw(work, keys[:1])
        forecast(work)
        assert due(work) == {person: one for person, one in before.items() if person != gone}
