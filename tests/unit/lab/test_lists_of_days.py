"""A sampling list of several days is known again, whichever of them it is dated by."""

import pytest

from tests.unit.lab.test_lists_again import AN, BINH, CHI, DUNG, bring, but, exports

__all__ = ["bring", "exports"]

HEAD = [
    ["TRẠM Y TẾ XÃ NGHĨA ĐÔ"],
    ["SỔ LẤY MẪU"],
    ["STT", "Họ và tên", "Ngày sinh", "SĐT", "Địa chỉ", "Giờ lấy mẫu", "Mã ống"],
]


def on(day, *rows):
    return [but(row, 4, f"{row[4]} ngày {day}/8/2021") for row in rows]


@pytest.fixture
def two_days(bring):
    """A list of two people of the 12th and two of the 13th has come, dated by the first."""
    return bring(*on(12, AN, BINH), *on(13, CHI, DUNG), head=HEAD)


@pytest.mark.usefixtures("two_days")
def test_a_later_day_alone_corrects_the_list_of_both(bring, exports):
    done = bring(*on(13, but(CHI, 2, "0912345670"), DUNG), head=HEAD)
    assert (done.stored, done.unchanged, len(done.changed)) == (0, 1, 1)
    assert [one["name"] for one in done.missing] == ["Lý Văn An", "Lý Thị Bình"]
    assert len(exports()[0]) == 4


@pytest.mark.usefixtures("two_days")
def test_the_days_in_another_order_are_the_same_list(bring, exports):
    done = bring(*on(13, CHI, DUNG), *on(12, AN, BINH), head=HEAD)
    assert (done.stored, done.unchanged) == (0, 4)
    assert len(exports()[0]) == 4


@pytest.mark.usefixtures("two_days")
def test_the_same_people_on_another_day_are_another_list(bring, exports):
    done = bring(*on(15, AN, BINH, CHI, DUNG), head=HEAD)
    assert (done.stored, done.revises) == (4, "")
    assert len(exports()[0]) == 8
