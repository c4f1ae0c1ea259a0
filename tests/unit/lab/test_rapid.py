"""Rapid tests: a positive calls for one PCR sample, a mistake is marked, a kit is counted."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from admin_suite.core.errors import Refused, UserError
from admin_suite.db.origin import Origin
from admin_suite.excel import importer, writer
from admin_suite.excel.importer import read_file
from admin_suite.excel.signature import Author
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Movement, RapidOutcome, Stage
from modules.lab.facts import RapidPositives, RapidPositivesWithdrawn
from modules.lab.models import KitMovement, RapidTest, Specimen
from modules.lab.service import NewLot, NewRapid
from modules.lab.sheets import RAPIDS
from tests.unit.lists import a_world

POSITIVE, NEGATIVE = RapidOutcome.POSITIVE, RapidOutcome.NEGATIVE
KIT = ("Panbio COVID-19 Ag", "41ADF155A")
PLACE = Origin(sender="Trạm Y tế xã Kim Sơn")


def rapid(name, outcome=NEGATIVE, when="2021-08-13T08:30", **more):
    person = NewPerson(name, more.pop("dob", "1985"), commune_code="02971")
    return NewRapid(person, outcome, when, *more.pop("kit", KIT), **more)


def enter(suite, actor, *tests, heard=None):
    with suite.database.work(actor) as work:
        if heard is not None:
            work.listeners = {
                kind: [lambda _work, fact: heard.append(fact)]
                for kind in (RapidPositives, RapidPositivesWithdrawn)
            }
        return service.enter_rapid(work, tests, PLACE)


def swabs(suite, actor):
    with suite.database.read(actor) as work:
        return queries.samples(work)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (rapid(""), "name is required"),
        (rapid("An", when=""), "day of the test is missing"),
        (rapid("An", when="2999-01-01"), "still to come"),
        (rapid("An", dob="2021-08-14"), "born after the test"),
    ],
)
def test_a_wrong_test_is_refused_and_nothing_is_stored(suite, as_actor, wrong, why):
    with pytest.raises(Refused, match=why):
        enter(suite, as_actor(1), rapid("Bình", POSITIVE), wrong)
    assert swabs(suite, as_actor(1)) == []
    with suite.database.read(as_actor(1)) as work:
        assert (queries.rapid_tests(work), queries.lots(work)) == ([], [])


def test_a_positive_calls_for_one_sample_however_often_it_is_said(suite, as_actor):
    heard = []
    twice = [rapid("An", POSITIVE), rapid("An", POSITIVE, "2021-08-13T09:00"), rapid("Bình")]
    first = enter(suite, as_actor(1), *twice, heard=heard)
    again = enter(suite, as_actor(1), *twice, rapid("An", POSITIVE, "2021-08-14"), heard=heard)
    assert (first.new, again.new) == (3, 1)
    found = swabs(suite, as_actor(1))
    assert [(row.name, row.stage, row.sender) for row in found] == [
        ("An", Stage.EXPECTED, "Trạm Y tế xã Kim Sơn")
    ]
    assert "08:30 13/08/2021" in found[0].note
    assert [len(fact.tests) for fact in heard] == [2, 1]
    assert {one.specimen_id for fact in heard for one in fact.tests} == {found[0].id}
    with suite.database.read(as_actor(1)) as work:
        assert {row.tube_id for row in queries.unconfirmed(work)} == {found[0].tube_id}


def test_another_word_of_the_same_moment_is_refused(suite, as_actor):
    enter(suite, as_actor(1), rapid("An"))
    with pytest.raises(Refused, match="it was Negative"):
        enter(suite, as_actor(1), rapid("An", POSITIVE))
    with pytest.raises(Refused, match="it was Positive"):
        enter(suite, as_actor(1), rapid("Bình", POSITIVE), rapid("Bình", NEGATIVE))
    assert swabs(suite, as_actor(1)) == []


def test_a_mistake_is_marked_and_calls_the_sample_off(suite, as_actor):
    heard = []
    an, later = enter(
        suite, as_actor(1), rapid("An", POSITIVE), rapid("An", POSITIVE, "2021-08-13T10:00")
    ).ids
    with pytest.raises(UserError, match="Say why"), suite.database.work(as_actor(1)) as work:
        service.mark_rapid_error(work, [an], " ")
    for key, left in ((an, 1), (later, 0)):
        with suite.database.work(as_actor(2)) as work:
            work.listeners = {RapidPositivesWithdrawn: [lambda _work, fact: heard.append(fact)]}
            service.mark_rapid_error(work, [key], "wrong person")
        assert len(swabs(suite, as_actor(1))) == left
    assert [fact.tests[0].test_id for fact in heard] == [an, later]
    with pytest.raises(UserError, match="marked before"), suite.database.work(as_actor(1)) as work:
        service.mark_rapid_error(work, [an], "again")
    with suite.database.read(as_actor(1)) as work:
        kept = work.session.execute(text("SELECT error_reason FROM lab_rapid_test")).scalars()
        assert list(kept) == ["wrong person"] * 2, "nothing is deleted"
        assert queries.rapid_tests(work) == []
        assert queries.lots(work)[0].used == 0
    assert enter(suite, as_actor(1), rapid("An")).new == 1, "it may be entered anew"


def test_a_sample_that_came_meanwhile_stays(suite, as_actor):
    [key] = enter(suite, as_actor(1), rapid("An", POSITIVE)).ids
    with suite.database.work(as_actor(1)) as work:
        service.receive(work, queries.tubes_at(work, Stage.EXPECTED))
        assert queries.unconfirmed(work) == []
        service.mark_rapid_error(work, [key], "wrong person")
    assert len(swabs(suite, as_actor(1))) == 1


def test_an_expired_used_up_or_unknown_lot_warns_and_blocks_nothing(suite, as_actor, tmp_path):
    with suite.database.work(as_actor(1)) as work:
        service.receive_kits(work, [NewLot(*KIT, 1, date(2021, 8, 31), "Abbott")])
        today = {KIT: ["2021-08-13", "2021-08-13"]}
        assert "1 test of lot 41ADF155A" in queries.warnings(work, today)[KIT]
        assert "expired on 31/08/2021" in queries.warnings(work, {KIT: ["2021-09-01"]})[KIT]
        assert queries.warnings(work, {KIT: ["2021-08-31"]}) == {}
        other = ("Panbio", "X")
        assert "not in the ledger" in queries.warnings(work, {other: ["2021-08-13"]})[other]
    assert enter(suite, as_actor(1), rapid("An"), rapid("Bình"), rapid("Chi", kit=other)).new == 3
    with suite.database.read(as_actor(1)) as work:
        left = {row.lot: (row.received, row.used, row.balance) for row in queries.lots(work)}
    assert left == {"41ADF155A": (1, 2, -1), "X": (0, 1, -1)}


DEEDS = st.lists(
    st.tuples(st.sampled_from(["in", "use", "discard", "count", "error"]), st.integers(1, 9)),
    max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(DEEDS)
def test_the_balance_is_the_sum_of_the_ledger_and_never_negative_in_silence(suite, as_actor, deeds):
    with suite.database.work(as_actor(1)) as work:
        nested = work.session.begin_nested()
        known = service.lots_of(work, [("Kit", "L")])["Kit", "L"]
        left = 0
        for number, (deed, n) in enumerate(deeds):
            left = done(work, known, (deed, n, number), left)
            row = queries.lot(work, known)
            total = select(func.coalesce(func.sum(KitMovement.quantity), 0))
            assert row.balance == left == work.session.scalar(total)
            assert row.balance > 0 or row.wrong("2021-08-13")
        nested.rollback()


def done(work, known, deed, left):
    """One deed, and what is left after it by plain counting."""
    kind, n, number = deed
    if kind in ("in", "discard"):
        if kind == "in":
            service.receive_kits(work, [NewLot("Kit", "L", n)])
        else:
            service.discard_kits(work, known, n, "wet")
        return left + (n if kind == "in" else -n)
    if kind == "count":
        assert service.count_kits(work, known, n, "counted") == n - left
        return n
    tests = [rapid(f"Lý {number} {at}", kit=("Kit", "L")) for at in range(n)]
    ids = service.enter_rapid(work, tests, PLACE).ids
    if kind == "error":
        service.mark_rapid_error(work, ids, "never done")
    return left if kind == "error" else left - n


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(["An", "Bình", "Chi"]), st.sampled_from(list(RapidOutcome))),
        max_size=8,
    )
)
def test_everybody_who_is_positive_has_exactly_one_open_sample(suite, as_actor, tests):
    with suite.database.work(as_actor(1)) as work:
        nested = work.session.begin_nested()
        for minute, (name, outcome) in enumerate(tests):
            when = f"2021-08-13T08:{minute:02d}"
            service.enter_rapid(work, [rapid(name, outcome, when)], PLACE)
        found = Counter(work.session.scalars(select(Specimen.person_id)))
        positive = select(RapidTest.person_id).where(RapidTest.outcome == POSITIVE)
        assert found == Counter(set(work.session.scalars(positive)))
        nested.rollback()


def test_what_leaves_comes_back_as_it_was(suite, as_actor, tmp_path):
    tests = [
        rapid("Lý Thị Hòa", POSITIVE, tester="Lý Mẩy"),
        rapid("Vàng A Páo", RapidOutcome.INVALID, note="nhòe"),
    ]
    enter(suite, as_actor(1), *tests)
    file = tmp_path / "rapid.xlsx"
    with suite.database.read(as_actor(1)) as work:
        rows, context = queries.rapid_tests(work), RAPIDS.context(work)
    author = Author("no 1", "Trung tâm", datetime(2026, 11, 28, tzinfo=UTC))
    writer.export(RAPIDS, rows, file, author)
    draft = read_file(RAPIDS, file, context)
    with suite.database.work(as_actor(1)) as work:
        receipt = importer.store(work, draft)
        assert (receipt.stored, receipt.unchanged, receipt.refused) == (0, 2, ())
        assert (
            work.session.scalar(select(func.count()).where(KitMovement.kind == Movement.USED)) == 1
        )


def test_an_import_taken_back_gives_tests_and_samples_back(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        ids = service.enter_rapid(work, [rapid("An", POSITIVE), rapid("Bình")], PLACE).ids
        assert service.withdraw_rapid(work, ids) == {}
        assert queries.rapid_tests(work) == []
        assert queries.samples(work) == []
        assert [row.balance for row in queries.lots(work)] == [0]


@pytest.mark.parametrize(
    ("above", "kit", "lot"),
    [
        ("Sinh phẩm: Humasis COVID-19 Ag, số lô: H2108", "Humasis COVID-19 Ag", "H2108"),
        ("Loại test: Panbio - Lô 41ADF155A (test nhanh)", "Panbio", "41ADF155A"),
        ("Người lập: Lô Văn Hai", "", ""),
    ],
)
def test_a_kit_named_once_above_the_headings_is_that_of_every_row(tmp_path, above, kit, lot):
    file = tmp_path / "rapid.csv"
    rows = ["DANH SÁCH TEST NHANH NGÀY 12/8/2021", above, "", "Họ tên;Năm sinh;Số lô;Kết quả"]
    rows += ["Lý Văn An;1985;;Âm tính", "Lý Thị Bình;1990;Z9;Âm tính"]
    file.write_text("\n".join(rows), encoding="utf-8")
    draft = read_file(RAPIDS, file, a_world())
    assert [(test.kit, test.lot) for test in draft.items] == [(kit, lot), (kit, "Z9")]
