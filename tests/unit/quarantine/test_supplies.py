"""The ledger of supplies: the balance is the sum of its lines and never below none."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from admin_suite.core.errors import UserError
from modules.quarantine.codes import Flow
from modules.quarantine.day import short_of
from modules.quarantine.models import Supply
from modules.quarantine.queries.supplies import ledger, supplies
from modules.quarantine.service.supplies import NewItem, Passing, keep_items, pass_supplies

STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(list(Flow)), st.integers(-3, 30)), max_size=12
)


@given(steps=STEPS)
@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_written_the_balance_is_the_sum_and_never_below_none(desk, steps):
    count = len(supplies(desk).rows)
    items = keep_items(desk, 1, [NewItem(f"Vật tư {count + n}", "cái") for n in range(2)])
    known = dict.fromkeys(items, 0)
    for which, flow, number in steps:
        key = items[which]
        before = dict(known)
        wanted = {Flow.IN: known[key] + number, Flow.OUT: known[key] - number}.get(flow, number)
        wrong = number < 0 or wanted < 0 or (number == 0 and flow is not Flow.COUNTED)
        try:
            pass_supplies(desk, [Passing(key, flow, number, "kiểm kê")])
            assert not wrong
            known[key] = wanted
        except UserError:
            assert wrong
            assert known == before
        found = {row.id: row.left for row in supplies(desk).rows}
        assert {item: found[item] for item in items} == known
    for item in items:
        query = select(Supply.quantity, Supply.left_over).where(Supply.item_id == item)
        total = 0
        for quantity, left in desk.session.execute(query.order_by(Supply.serial)):
            total += quantity
            assert left == total >= 0
        assert total == known[item]


def test_of_several_lines_none_is_written_where_one_is_wrong(desk):
    soap, rice = keep_items(desk, 1, [NewItem("Xà phòng", "bánh"), NewItem("Gạo", "kg")])
    pass_supplies(desk, [Passing(soap, Flow.IN, 10)])
    with pytest.raises(UserError, match="There are 10 bánh of Xà phòng; 11 cannot be given out"):
        pass_supplies(desk, [Passing(rice, Flow.IN, 5), Passing(soap, Flow.OUT, 11)])
    with pytest.raises(UserError, match="4 cannot be given out"):
        pass_supplies(desk, [Passing(soap, Flow.OUT, 7), Passing(soap, Flow.OUT, 4)])
    assert {row.name: row.left for row in supplies(desk).rows} == {"Gạo": 0, "Xà phòng": 10}


def test_counting_writes_the_difference_with_its_reason(desk, clock):
    [soap] = keep_items(desk, 1, [NewItem("Xà phòng", "bánh")])
    pass_supplies(desk, [Passing(soap, Flow.IN, 10, "xe 1")])
    with pytest.raises(UserError, match="Say who counted"):
        pass_supplies(desk, [Passing(soap, Flow.COUNTED, 8)])
    assert pass_supplies(desk, [Passing(soap, Flow.COUNTED, 10)]) == 0
    clock.pass_(hours=1)
    pass_supplies(desk, [Passing(soap, Flow.COUNTED, 8, "An đếm")])
    told = [(one.kind, one.quantity, one.left, one.note) for one in ledger(desk, soap)]
    assert told == [(Flow.COUNTED, -2, 8, "An đếm"), (Flow.IN, 10, 10, "xe 1")]


def test_home_says_of_what_there_is_too_little(desk):
    [soap] = keep_items(desk, 1, [NewItem("Xà phòng", "bánh", least=20)])
    [line] = short_of(desk)
    assert (line.tone, line.what) == ("late", "Too little is left of: Xà phòng (0 bánh)")
    pass_supplies(desk, [Passing(soap, Flow.IN, 20)])
    assert short_of(desk) == []
    keep_items(desk, 1, [NewItem("xà  phòng", "hộp", least=30)])  # the same one by its name
    [row] = supplies(desk).rows
    assert (row.unit, row.least, row.short) == ("hộp", 30, True)


def test_the_database_itself_refuses_less_than_none_and_a_line_twice(desk):
    [soap] = keep_items(desk, 1, [NewItem("Xà phòng", "bánh")])
    pass_supplies(desk, [Passing(soap, Flow.IN, 10)])
    insert = (
        "INSERT INTO quarantine_supply (item_id, serial, kind, quantity, left_over, at, note, "
        "\"by\") VALUES ({item}, {serial}, 'OUT', -11, {left}, CURRENT_TIMESTAMP, '', 1)"
    )
    for serial, left in ((2, -1), (1, 5)):
        with pytest.raises(DBAPIError), desk.session.begin_nested():
            desk.session.execute(text(insert.format(item=soap, serial=serial, left=left)))
