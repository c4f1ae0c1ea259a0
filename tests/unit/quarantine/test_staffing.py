"""Effective capacity: of beds by the distance rule and of staff the lesser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from admin_suite.core.errors import UserError
from modules.quarantine.codes import Duty
from modules.quarantine.queries.board import board
from modules.quarantine.queries.staffing import in_words, staffing
from modules.quarantine.queries.waiting import waitlist
from modules.quarantine.rules.staffing import Norms, Staff, limit_of, with_staff
from modules.quarantine.rules.usable import Usable
from modules.quarantine.service import stays
from modules.quarantine.service.staffing import adopt_norms, set_staff
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person

NUMBERS = st.dictionaries(st.sampled_from(list(Duty)), st.integers(0, 30), max_size=3)
BEDS = st.builds(Usable, *(st.integers(0, 200),) * 4)


def pairs(told):
    return tuple((duty.value, number) for duty, number in told.items())


@given(norms=NUMBERS, staff=NUMBERS, present=st.integers(0, 100), beds=BEDS)
def test_staff_never_adds_a_bed_and_the_scarcest_duty_counts(norms, staff, present, beds):
    limit = limit_of(Norms(pairs(norms)), Staff(pairs(staff)), present)
    takes = [each * staff[duty] for duty, each in norms.items() if each and duty in staff]
    assert (limit.take if limit else None) == min(takes, default=None)
    left = with_staff(beds, limit)
    assert all(getattr(left, name) <= getattr(beds, name) for name in asdict(beds))
    if limit is None:
        assert left == beds
    else:
        assert max(left.women, left.men, left.ground, 4 * left.families) <= max(limit.left, 0)
        assert limit.left == max(0, limit.take - present)


def test_the_board_says_when_staff_and_not_beds_limits(desk):
    free = board(desk).usable
    assert (free.women, board(desk).staff) == (10, "")
    adopt_norms(desk, {Duty.NURSE: 4, Duty.GUARD: 30}, desk.today(), "QĐ 7")
    assert board(desk).usable == free  # nobody has said how many there are
    set_staff(desk, 1, {Duty.NURSE: 2, Duty.GUARD: 1}, desk.today(), "Phân công 8")
    stays.admit(desk, [Placement(person(desk), bed(desk, "101"))])
    found = board(desk)
    assert (found.usable.women, found.usable.men, found.usable.families) == (7, 6, 1)
    assert found.staff == (
        "Limited by staff: 2 health staff for 4 people each take 8, 7 more can come."
    )


def test_staff_that_is_enough_is_not_spoken_of(desk):
    adopt_norms(desk, {Duty.NURSE: 40}, desk.today(), "QĐ 7")
    set_staff(desk, 1, {Duty.NURSE: 2}, desk.today(), "Phân công 8")
    assert board(desk).staff == ""
    assert "80" in in_words(staffing(desk).limit)


def test_a_proposal_for_more_people_than_the_staff_can_take_says_so(desk):
    adopt_norms(desk, {Duty.NURSE: 1}, desk.today(), "QĐ 7")
    set_staff(desk, 1, {Duty.NURSE: 1}, desk.today(), "Phân công 8")
    person(desk)
    assert "Limited by staff" not in waitlist(desk, 1, propose=True).cost
    person(desk)
    assert "Limited by staff" in waitlist(desk, 1, propose=True).cost


def test_what_is_no_number_of_people_is_refused(desk):
    for wrong in ({}, {Duty.NURSE: -1}):
        with pytest.raises(UserError, match="Say of each duty"):
            adopt_norms(desk, wrong, desk.today(), "QĐ 7")
        with pytest.raises(UserError, match="Say of each duty"):
            set_staff(desk, 1, wrong, desk.today(), "x")
    with pytest.raises(UserError, match="which decision"):
        set_staff(desk, 1, {Duty.NURSE: 1}, desk.today(), " ")
