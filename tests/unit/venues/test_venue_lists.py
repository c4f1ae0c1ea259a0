"""The venues of the shared data reach their answer files."""

import pytest

from modules.venues.sheets import VENUES
from tests.unit import lists

ANSWERS = lists.answers("venues")
pytestmark = pytest.mark.skipif(not ANSWERS, reason="the shared lists are not here")


def plain(venue):
    return {
        "name": venue.name,
        "kind": venue.kind.value,
        "commune_code": venue.commune_code,
        "phone": venue.phone,
        "entrances": venue.entrances,
    }


@pytest.fixture(params=ANSWERS, ids=lambda path: path.name.removesuffix(".expected.json"))
def answer(request):
    return lists.drafted(VENUES, request.param)


def test_rows_refusals_and_warnings_are_those_of_the_answer_file(answer):
    lists.answers_to_rows(*answer, plain)


def test_what_is_said_of_the_whole_list_and_what_is_merged(answer):
    lists.answers_to_the_whole(*answer)


def test_every_row_is_accounted_for(answer):
    draft, _expected = answer
    lists.accounts_for_every_row(draft)
