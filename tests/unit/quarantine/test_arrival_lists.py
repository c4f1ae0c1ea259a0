"""The lists of arrivals of the shared data reach their answer files."""

import pytest

from modules.quarantine.sheets.arrivals import ARRIVALS
from tests.unit import lists

ANSWERS = lists.answers("quarantine_arrivals")
pytestmark = pytest.mark.skipif(not ANSWERS, reason="the shared lists are not here")


def plain(arrival):
    person = arrival.person
    return {
        "name": person.name,
        "dob": person.dob,
        "sex": person.sex.value if person.sex else "",
        "phone": person.phone,
        "id_no": person.id_no,
        "commune_code": person.commune_code,
        "group": arrival.group.value,
        "index_case": arrival.index_case,
        "last_contact": arrival.last_contact,
        "arrived": arrival.arrived,
        "party": arrival.party,
        "symptomatic": arrival.symptomatic,
        "doses": arrival.doses,
    }


@pytest.fixture(params=ANSWERS, ids=lambda path: path.name.removesuffix(".expected.json"))
def answer(request):
    return lists.drafted(ARRIVALS, request.param)


def test_rows_refusals_and_warnings_are_those_of_the_answer_file(answer):
    lists.answers_to_rows(*answer, plain)


def test_what_is_said_of_the_whole_list_and_what_is_merged(answer):
    lists.answers_to_the_whole(*answer)


def test_every_row_is_accounted_for(answer):
    draft, _expected = answer
    lists.accounts_for_every_row(draft)
