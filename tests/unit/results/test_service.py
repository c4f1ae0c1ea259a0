"""From a list to released results, by the verbs alone."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from admin_suite.core.errors import Refused, UserError
from admin_suite.db.complaints import constraint
from admin_suite.registry.service import NewPerson
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome, Stage
from modules.lab.service import NewResult, NewSample
from modules.results import queries, service


def sample(name, dob="1985", pool="", day="2021-08-12T07:15", **person):
    return NewSample(NewPerson(name, dob, **person), day, pool)


@pytest.fixture
def received(suite, as_actor):
    """Two people in one pooled tube, one in a tube of his own, all received by user 1."""
    with suite.database.work(as_actor(1)) as work:
        done = lab.register(
            work,
            [
                sample("Lý Thanh Đức", pool="G1"),
                sample("Phùng Mùi Yến", pool="G1"),
                sample("Bàn Văn Quyết"),
            ],
        )
        lab.receive(work, tubes.tubes_at(work, Stage.EXPECTED))
    with suite.database.read(as_actor(1)) as work:
        return {row.name: row for row in tubes.sample_rows(work, done.ids)}


def enter(suite, actor, accession, outcome):
    with suite.database.work(actor) as work:
        lab.enter(work, [NewResult(accession, outcome)])


def test_specimens_of_one_code_share_a_tube_and_the_same_list_changes_nothing(suite, as_actor):
    rows = [sample("An", pool="1"), sample("Bình", pool="1"), sample("Cường")]
    for new in (3, 0):
        with suite.database.work(as_actor(1)) as work:
            assert lab.register(work, rows).new == new
    with suite.database.read(as_actor(1)) as work:
        assert [row.pooled for row in tubes.samples(work)] == [True, True, False]
        assert len({row.accession for row in tubes.samples(work)}) == 2


def test_one_enters_another_checks_and_releases(suite, as_actor, received):
    tube = received["Bàn Văn Quyết"]
    enter(suite, as_actor(1), tube.accession, Outcome.POSITIVE)
    with suite.database.work(as_actor(2)) as work:
        service.sign(work, [tube.tube_id])
    with suite.database.read(as_actor(1)) as work:
        [row] = queries.released(work)
    assert (row.name, row.outcome, row.released_by) == ("Bàn Văn Quyết", Outcome.POSITIVE, "no 2")


def test_nobody_signs_his_own_result(suite, as_actor, received):
    tube = received["Bàn Văn Quyết"]
    enter(suite, as_actor(1), tube.accession, Outcome.NEGATIVE)
    with pytest.raises(Refused, match="somebody else"), suite.database.work(as_actor(1)) as work:
        service.validate(work, [tube.tube_id])
    with suite.database.work(as_actor(2)) as work:
        service.validate(work, [tube.tube_id])
    with pytest.raises(Refused, match="somebody else"), suite.database.work(as_actor(1)) as work:
        service.release(work, [tube.tube_id])


def test_a_check_is_taken_back_by_whoever_made_it_and_made_again(suite, as_actor, received):
    tube = received["Bàn Văn Quyết"]
    enter(suite, as_actor(1), tube.accession, Outcome.NEGATIVE)

    def back(number):
        with suite.database.work(as_actor(number)) as work:
            return service.unvalidate(work, [tube.tube_id])

    for _time in range(2):
        with suite.database.work(as_actor(2)) as work:
            service.validate(work, [tube.tube_id])
        with pytest.raises(Refused, match="Somebody else"):
            back(3)
        assert back(2) == 1
    with pytest.raises(Refused, match="has not been checked"):
        back(2)
    with suite.database.work(as_actor(2)) as work:
        service.sign(work, [tube.tube_id])
    with pytest.raises(Refused, match="needs a correction"):
        back(2)


@pytest.mark.parametrize("change", ["released_by = 1", "validated_by = 1", "entered_by = 3"])
def test_the_database_itself_keeps_the_two_persons(suite, as_actor, received, change):
    tube = received["Bàn Văn Quyết"]
    enter(suite, as_actor(1), tube.accession, Outcome.NEGATIVE)
    with suite.database.work(as_actor(2)) as work:
        service.sign(work, [tube.tube_id])
    with pytest.raises(IntegrityError), suite.database.work(as_actor(2)) as work:
        work.session.execute(text(f"UPDATE results_release SET {change}"))  # noqa: S608


def test_a_pool_that_is_not_negative_waits_for_single_samples(suite, as_actor, received):
    pool = received["Phùng Mùi Yến"]
    enter(suite, as_actor(1), pool.accession, Outcome.POSITIVE)
    with suite.database.work(as_actor(2)) as work:
        service.sign(work, [pool.tube_id])
    with suite.database.read(as_actor(1)) as work:
        assert {row.outcome for row in queries.released(work)} == {Outcome.AWAITING_SINGLES}
    with pytest.raises(IntegrityError) as caught, suite.database.work(as_actor(1)) as work:
        work.session.execute(
            text(
                "INSERT INTO lab_measurement SELECT id + 9, version, tube_id, pooled, 'POSITIVE', "
                "reported, false, method, ct, tested_at, entered_by, entered_at "
                "FROM lab_measurement"
            )
        )
    assert constraint(caught.value) == "ck_lab_measurement_pool"


def test_a_unit_may_ask_for_three_persons_from_a_day_on_but_never_for_one(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        today = work.today()
        service.adopt_signatures(work, 3, today, "QĐ 12/QĐ-TTYT")
        assert queries.SIGNATURES.at(work, today).value.persons == 3
        assert queries.SIGNATURES.at(work, today - timedelta(days=1)).value.persons == 2
    for persons, day, source in (
        (1, today, "a"),
        (4, today, "a"),
        (2, today - timedelta(days=1), "a"),
        (2, today + timedelta(days=1), " "),
    ):
        with pytest.raises(UserError), suite.database.work(as_actor(1)) as work:
            service.adopt_signatures(work, persons, day, source)
