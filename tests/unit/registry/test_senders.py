"""A mistyped sender is asked about before it becomes a unit."""

import pytest

from admin_suite.core.errors import UserError
from admin_suite.registry import senders
from admin_suite.registry.service import unit_id

NGHIA_DO = "Trạm Y tế xã Nghĩa Đô"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tram Y te xa Nghia Doo", NGHIA_DO),
        ("Trạm Y tế Nghĩa Đô", NGHIA_DO),
        ("TYT Nghĩa Đô", NGHIA_DO),
        ("Nghĩa Đô", NGHIA_DO),
    ],
)
def test_a_slip_finds_the_unit_that_was_meant(written, meant):
    assert senders.alike(written, [meant, "Trạm Y tế xã Kim Sơn"]) == (meant,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trạm Y tế xã Kim Sơn", "Trạm Y tế xã Yên Sơn"),
        ("Trạm Y tế xã Tân Tiến", "Trạm Y tế xã Việt Tiến"),
        ("Khu cách ly số 1", "Khu cách ly số 2"),
        ("Bệnh viện đa khoa huyện Bảo Yên", "Trung tâm Y tế huyện Bảo Yên"),
        ("Trạm Y tế xã Bảo Hà", "Trung tâm Y tế huyện Bảo Yên"),
    ],
)
def test_neighbours_are_not_taken_for_slips(one, other):
    assert senders.alike(one, [other]) == ()


def test_a_sender_is_known_whatever_its_marks(work):
    unit_id(work, NGHIA_DO)
    assert senders.sender(work, "trạm y tế xã nghia do").known
    assert senders.sender(work, "").known
    found = senders.sender(work, "Trạm Y tế xã Nghĩa Đôo")
    assert (found.known, found.alike) == (False, (NGHIA_DO,))
    with pytest.raises(UserError, match="--new-sender"):
        senders.refuse_alike(work, "Trạm Y tế xã Nghĩa Đôo")
    senders.refuse_alike(work, "Trạm Y tế xã Kim Sơn")


def test_two_slips_of_telex_are_still_found():
    assert senders.alike("Tram Y te xa Nghiax Ddo", [NGHIA_DO]) == (NGHIA_DO,)
