"""The sampling lists of the shared data reach their answer files."""

import pytest

from modules.lab.sheets import SAMPLES
from tests.unit import lists

ANSWERS = lists.answers("lab_samples")
pytestmark = pytest.mark.skipif(not ANSWERS, reason="the shared lists are not here")


def plain(sample):
    person = sample.person
    return {
        "name": person.name,
        "dob": person.dob,
        "sex": person.sex.value if person.sex else "",
        "phone": person.phone,
        "id_no": person.id_no,
        "commune_code": person.commune_code,
        "subject": sample.subject.value if sample.subject else "",
        "specimen": sample.specimen.value if sample.specimen else "",
        "collected_at": sample.collected_at,
        "pool": sample.pool,
    }


@pytest.fixture(params=ANSWERS, ids=lambda path: path.name.removesuffix(".expected.json"))
def answer(request):
    return lists.drafted(SAMPLES, request.param)


def test_rows_refusals_and_warnings_are_those_of_the_answer_file(answer):
    lists.answers_to_rows(*answer, plain)


def test_what_is_said_of_the_whole_list_and_what_is_merged(answer):
    lists.answers_to_the_whole(*answer)


def test_every_row_is_accounted_for(answer):
    draft, _expected = answer
    lists.accounts_for_every_row(draft)
