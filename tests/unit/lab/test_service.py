"""What the laboratory refuses, and why."""

from datetime import UTC, datetime

import pytest

from admin_suite.core.clock import here
from admin_suite.core.errors import Forbidden, Refused, UserError
from admin_suite.core.permissions import Actor
from admin_suite.db.origin import Origin
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Outcome, Stage
from modules.lab.queries import SampleView
from modules.lab.service import NewResult, NewSample
from modules.results import service as release


def sample(name, pool="", day="2021-08-12T07:15", **person):
    return NewSample(NewPerson(name, person.pop("dob", "1985"), **person), day, pool)


def listed(work, *samples, sender="Trạm Y tế xã Kim Sơn"):
    return service.register(work, samples, Origin(sender=sender)).ids


def rows(suite, actor, **filters):
    with suite.database.read(actor) as work:
        return queries.samples(work, filters)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (sample(""), "name is required"),
        (sample("An", day=""), "day of collection is missing"),
        (sample("An", day="2999-01-01"), "still to come"),
        (sample("An", dob="2021-08-13"), "born after the collection"),
        (sample("An", dob="2999"), "still to come"),
    ],
)
def test_a_wrong_swab_is_refused_and_nothing_is_stored(suite, as_actor, wrong, why):
    with pytest.raises(Refused, match=why), suite.database.work(as_actor(1)) as work:
        listed(work, sample("Bình"), wrong)
    assert rows(suite, as_actor(1)) == []


def test_equal_codes_of_two_senders_are_two_tubes(suite, as_actor):
    for name, sender in (("An", "Trạm Y tế xã Kim Sơn"), ("Bình", "Trạm Y tế xã Bảo Hà")):
        with suite.database.work(as_actor(1)) as work:
            listed(work, sample(name, "G001"), sender=sender)
    assert len({row.accession for row in rows(suite, as_actor(1), pool="G001")}) == 2
    with suite.database.read(as_actor(1)) as work:
        with pytest.raises(UserError, match="Several tubes"):
            queries.tube_ids_by_code(work, ["G001"])
        with pytest.raises(UserError, match="No list has"):
            queries.tube_ids_by_code(work, ["G999"])


def test_a_tube_is_received_once_and_says_by_whom(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        listed(work, sample("An"))
        tubes = queries.tubes_at(work, Stage.EXPECTED)
        work.clock = lambda: datetime(2026, 11, 22, 1, 10, tzinfo=UTC)
        service.receive(work, tubes)
    with (
        pytest.raises(Refused, match="08:10 22/11/2026 by no 1"),
        suite.database.work(as_actor(2)) as work,
    ):
        service.receive(work, tubes)


def test_nothing_is_added_to_a_received_tube(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        listed(work, sample("An", "G1"))
        service.receive(work, queries.tubes_at(work, Stage.EXPECTED))
    with (
        pytest.raises(Refused, match="nothing can be added"),
        suite.database.work(as_actor(1)) as work,
    ):
        listed(work, sample("Bình", "G1"))


def test_a_result_needs_a_received_tube(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        listed(work, sample("An"))
    number = rows(suite, as_actor(1))[0].accession
    wrong_letter = number[:-1] + ("A" if number[-1] != "A" else "C")
    for accession, why in (
        (number, "Receive it first"),
        (wrong_letter, "last letter"),
        ("26BY999999" + "T", "number"),
    ):
        with pytest.raises(Refused, match=why), suite.database.work(as_actor(1)) as work:
            service.enter(work, [NewResult(accession, Outcome.NEGATIVE)])


def test_a_result_is_never_overwritten_only_sent_back_and_entered_anew(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        listed(work, sample("An"))
        service.receive(work, queries.tubes_at(work, Stage.EXPECTED))
    row = rows(suite, as_actor(1))[0]
    for new in (1, 0):
        with suite.database.work(as_actor(1)) as work:
            assert service.enter(work, [NewResult(row.accession, Outcome.POSITIVE)]).new == new
    other = [NewResult(row.accession, Outcome.NEGATIVE)]
    with (
        pytest.raises(Refused, match="“Positive” already; send it back"),
        suite.database.work(as_actor(1)) as work,
    ):
        service.enter(work, other)
    with suite.database.work(as_actor(2)) as work:
        release.send_back(work, [row.tube_id], "wrong tube")
        assert service.enter(work, other).new == 1
    assert rows(suite, as_actor(1))[0].outcome is None


@pytest.mark.parametrize(
    ("results", "why"),
    [
        ((Outcome.POSITIVE, Outcome.NEGATIVE), "different things of tube"),
        ((Outcome.AWAITING_SINGLES,), "no single samples"),
    ],
)
def test_a_list_of_results_that_cannot_be_is_refused(suite, as_actor, results, why):
    with suite.database.work(as_actor(1)) as work:
        listed(work, sample("An"))
        service.receive(work, queries.tubes_at(work, Stage.EXPECTED))
    number = rows(suite, as_actor(1))[0].accession
    with pytest.raises(Refused, match=why), suite.database.work(as_actor(1)) as work:
        service.enter(work, [NewResult(number, outcome) for outcome in results])
    with (
        pytest.raises(Refused, match="still to come"),
        suite.database.work(as_actor(1)) as work,
    ):
        service.enter(work, [NewResult(number, Outcome.NEGATIVE, tested_at="2999-01-01")])


def test_a_tube_whose_other_row_was_refused_is_a_pool_and_waits_for_it(suite, as_actor):
    """The swab of a row that cannot be read is in the tube all the same."""
    day = here(datetime.now(UTC)).date()  # typed swabs stand in the list of today
    origin = Origin(sender="Trạm Y tế xã Kim Sơn", day=day)
    with suite.database.work(as_actor(1)) as work:
        service.register(work, [sample("An", "G1")._replace(stated=2)], origin)
        service.receive(work, queries.tubes_at(work, Stage.EXPECTED))
    number = rows(suite, as_actor(1))[0].accession
    with suite.database.work(as_actor(1)) as work:
        service.enter(work, [NewResult(number, Outcome.NEGATIVE)])
        assert queries.tubes_of(work, [number])[number].pooled
        release_ids = [queries.tubes_of(work, [number])[number].id]
    with suite.database.work(as_actor(2)) as work:
        release.send_back(work, release_ids, "the other row comes")
    with suite.database.work(as_actor(1)) as work:
        service.register(work, [sample("Bình", "G1")], origin)
    with (
        pytest.raises(Refused, match="nothing can be added"),
        suite.database.work(as_actor(1)) as work,
    ):
        service.register(work, [sample("Cường", "G1")], origin)
    found = {row.name: row.accession for row in rows(suite, as_actor(1))}
    assert found["An"] == found["Bình"] == number


def test_the_same_person_is_one_and_a_namesake_is_another(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        listed(work, sample("Lý Thị Hòa", dob="1985-03-07", commune_code="02971"))
        listed(work, sample("LÝ THỊ HOÀ", dob="1985-03-07", commune_code="02971", day="2021-08-20"))
        listed(work, sample("Lý Thị Hòa", dob="1985", commune_code="02971", phone="0912345678"))
        listed(work, sample("Lý Thị Hòa", dob="1985", commune_code="02971", phone="0912345679"))
    assert len({row.person_id for row in rows(suite, as_actor(1))}) == 3


def test_lists_filter_by_what_is_typed(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        listed(work, sample("Nguyễn Văn Ân"), sample("Đỗ Thị Bình"), sample("Bùi Văn An"))
    assert [r.name for r in rows(suite, as_actor(1), name="van an")] == [
        "Nguyễn Văn Ân",
        "Bùi Văn An",
    ]
    assert [r.name for r in rows(suite, as_actor(1), name="do")] == ["Đỗ Thị Bình"]
    with suite.database.read(as_actor(1)) as work:
        keys = queries.sample_keys(work, SampleView(sort="name"))
        assert [r.name for r in queries.sample_rows(work, keys)] == [
            "Bùi Văn An",
            "Nguyễn Văn Ân",
            "Đỗ Thị Bình",
        ]


def test_a_list_keeps_its_order_over_several_worksheets(suite, as_actor):
    names = ["An", "Bình", "Cường", "Dũng"]
    swabs = [sample(n)._replace(row=row) for n, row in zip(names, (8, 9, 8, 9), strict=True)]
    with suite.database.work(as_actor(1)) as work:
        listed(work, *swabs)
    assert [row.name for row in rows(suite, as_actor(1))] == names


def test_looking_at_people_is_noted_and_a_visitor_may_not_write(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        listed(work, sample("An"))
    with suite.database.read(as_actor(1)) as work:
        assert queries.samples(work)
        assert [view.subject for view in work.views] == ["registry_person"]
    with pytest.raises(Forbidden), suite.database.work(Actor(9, "visitor")) as work:
        listed(work, sample("An"))
