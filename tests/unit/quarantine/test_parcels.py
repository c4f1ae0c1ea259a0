"""The parcel book: for whom, from whom, received and handed over by whom."""

import pytest
from sqlalchemy import select

from admin_suite.core.errors import UserError
from modules.quarantine.codes import Ended
from modules.quarantine.models import Episode
from modules.quarantine.queries.parcels import parcels
from modules.quarantine.service import stays
from modules.quarantine.service.parcels import (
    NewParcel,
    bring_back,
    hand_over,
    receive_parcels,
    withdraw_parcels,
)
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed, person


@pytest.fixture
def guest(desk):
    """Somebody in bed 1 of room 101: the quarantine and the person."""
    key = person(desk)
    stays.admit(desk, [Placement(key, bed(desk, "101"))])
    return key, desk.session.scalar(select(Episode.person_id).where(Episode.id == key))


def test_a_parcel_is_taken_in_handed_over_once_and_brought_back(desk, clock, guest):
    [key] = receive_parcels(desk, 1, [NewParcel(guest[1], "Mẹ", "Túi quần áo")])
    [row] = parcels(desk).rows
    assert (row.place, row.sender, row.content, row.handed_at) == (
        "101-1",
        "Mẹ",
        "Túi quần áo",
        None,
    )
    clock.pass_(hours=2)
    assert hand_over(desk, [key]) == 1
    [row] = parcels(desk).rows
    assert (row.handed_at - row.received_at).total_seconds() == 7200
    assert row.handed_by
    with pytest.raises(UserError, match="handed over at 10:00 13/08/2021 already"):
        hand_over(desk, [key])
    with pytest.raises(UserError, match="stays in the book"):
        withdraw_parcels(desk, [key])
    bring_back(desk, [key])
    assert parcels(desk).rows[0].handed_at is None


def test_what_lies_there_stands_before_what_was_handed_over(desk, clock, guest):
    first, _second = receive_parcels(
        desk, 1, [NewParcel(guest[1], "Mẹ", "Sách"), NewParcel(guest[1], "Chị", "Sữa")]
    )
    hand_over(desk, [first])
    assert [row.content for row in parcels(desk).rows] == ["Sữa", "Sách"]


def test_nothing_is_taken_in_for_whoever_is_not_there(desk, guest):
    stays.depart(desk, [guest[0]], Ended.DISCHARGED)
    with pytest.raises(UserError, match="not in this facility"):
        receive_parcels(desk, 1, [NewParcel(guest[1], "Mẹ", "Sách")])


def test_a_parcel_needs_a_sender_and_a_content_and_all_are_checked_first(desk, guest):
    good = NewParcel(guest[1], "Mẹ", "Sách")
    for wrong, words in (
        (good._replace(sender=" "), "who sent"),
        (good._replace(content=""), "what it"),
    ):
        with pytest.raises(UserError, match=words):
            receive_parcels(desk, 1, [good, wrong])
    assert parcels(desk).rows == []


def test_what_was_entered_in_error_leaves_the_book(desk, guest):
    [key] = receive_parcels(desk, 1, [NewParcel(guest[1], "Mẹ", "Sách")])
    withdraw_parcels(desk, [key])
    assert parcels(desk).rows == []
    with pytest.raises(UserError, match="not in the book any more"):
        hand_over(desk, [key])
