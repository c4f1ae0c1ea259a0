"""Why somebody is sampled, in the words of lists."""

import pytest

from admin_suite.excel.sheet import About, Noted
from modules.lab.formats import subject

ABOUT = About()


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("Ho, sốt", "SYMPTOMATIC"),
        ("ho khan", "SYMPTOMATIC"),
        ("Đại diện hộ gia đình", ""),
        ("DAI DIEN HO GIA DINH", ""),
        ("Hộ kinh doanh", ""),
        ("Hỗ trợ chống dịch", ""),
        ("TP Hồ Chí Minh", ""),
        ("Cụm dân cư số 2", ""),
        ("Bảo vệ", ""),
        ("Bảo vệ bệnh viện", "HEALTH_WORKER"),
        ("mới ở Bắc Giang về", "RETURNEE"),
        ("Không tiếp xúc F0", ""),
        ("Không triệu chứng, về từ Bắc Giang", "RETURNEE"),
    ],
)
def test_a_reason_is_what_the_words_say_and_no_more(cell, reason):
    found = subject(cell, ABOUT)
    assert ("" if isinstance(found, Noted) else found.value) == reason
