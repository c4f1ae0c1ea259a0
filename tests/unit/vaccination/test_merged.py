"""What is due to people whose two entries were made one, and parted again."""

from datetime import date

from sqlalchemy import select

from admin_suite.registry import merging
from admin_suite.registry.service import NewPerson
from modules.vaccination import service
from modules.vaccination.codes import Paper
from modules.vaccination.models import Forecast
from modules.vaccination.queries.doses import lines_of
from modules.vaccination.queries.slips import slips_of
from modules.vaccination.service import NewDose, NewRegistration
from modules.vaccination.service.forecasts import forecast


def due(work):
    """The forecast of everybody: number of the next dose, doses so far, day, by person."""
    query = select(Forecast.person_id, Forecast.number, Forecast.given, Forecast.due_on)
    return {row[0]: tuple(row[1:]) for row in work.session.execute(query)}


def entered(work):
    """Somebody registered, and his second entry that has a dose; their ids."""
    service.register(work, [NewRegistration(NewPerson("Lý A Páo", "1985-03-07"), 7)])
    kept = set(due(work))
    service.enter_doses(work, [NewDose(NewPerson("Ly A Pao", "1985"), "2021-06-10", "Vaxzevria")])
    return next(iter(kept)), next(iter(due(work).keys() - kept))


def test_a_merge_moves_what_is_due_at_once_and_parting_brings_it_back(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        kept, gone = entered(work)
        before = due(work)
    assert before[kept][:2] == (1, 0)
    assert before[gone][:2] == (2, 1)
    with suite.database.work(as_actor(1)) as work:
        number = merging.merge_people(work, kept, gone, "cùng một người")
    with suite.database.work(as_actor(1)) as work:
        told = due(work)
        assert told[kept] == (2, 1, date(2021, 8, 5))
        assert gone not in told
        forecast(work)
        assert due(work) == told, "counted from the beginning it is the same"
    with suite.database.work(as_actor(1)) as work:
        merging.unmerge_people(work, number)
    with suite.database.read(as_actor(1)) as work:
        assert due(work) == before


def test_a_forecast_made_anew_between_does_not_stand_in_the_way(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        kept, gone = entered(work)
        other = NewRegistration(NewPerson("Vàng A Lử", "1970-01-02"), 7)
        service.register(work, [other])
        before = due(work)
        number = merging.merge_people(work, kept, gone, "cùng một người")
        forecast(work)
        merging.unmerge_people(work, number)
        assert due(work) == before


def test_requests_and_confirmations_go_with_the_entry_that_stays(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        kept, gone = entered(work)
        [dose] = [line.id for line in lines_of(work, {gone: "1985"})[gone]]
        service.issue_slips(work, [gone])
        asked = service.ask_correction(work, gone, "lot", "ABV1", "sổ tiêm", dose)
    with suite.database.work(as_actor(1)) as work:
        number = merging.merge_people(work, kept, gone, "cùng một người")
    with suite.database.work(as_actor(1)) as work:
        [slip] = slips_of(work, [kept])
        assert slip.state is Paper.STALE  # another name stands on it
        service.accept_correction(work, asked)
        assert [one.state for one in slips_of(work, [kept])] == [Paper.IN_FORCE, Paper.REPLACED]
        service.reopen_correction(work, asked)
    with suite.database.work(as_actor(1)) as work:
        merging.unmerge_people(work, number)
    with suite.database.work(as_actor(1)) as work:
        service.accept_correction(work, asked)
        [line] = lines_of(work, {gone: "1985"})[gone]
        assert line.lot == "ABV1"
