"""The registration lists of the shared data reach their answer files."""

import pytest

from admin_suite.excel import writer
from admin_suite.excel.importer import store
from modules.vaccination import queries
from modules.vaccination.codes import Verdict
from modules.vaccination.sheets import REGISTRATIONS
from tests.unit import lists

ANSWERS = lists.answers("vaccination_registrations")
pytestmark = pytest.mark.skipif(not ANSWERS, reason="the shared lists are not here")


def plain(one, keys):
    person = one.person
    told = {
        "name": person.name,
        "dob": person.dob,
        "sex": person.sex.value if person.sex else "",
        "phone": person.phone,
        "id_no": person.id_no,
        "commune_code": person.commune_code,
        "insurance_no": person.insurance_no,
        "priority_group": one.priority_group,
        "doses": [
            {"product": dose.product, "on": dose.on.isoformat(), "lot": dose.lot}
            for dose in one.doses()
        ],
    }
    return {name: value for name, value in told.items() if name in keys}


@pytest.fixture(params=ANSWERS, ids=lambda path: path.name.removesuffix(".expected.json"))
def answer(request):
    return lists.drafted(REGISTRATIONS, request.param)


def test_rows_refusals_and_warnings_are_those_of_the_answer_file(answer):
    draft, expected = answer
    told = [{k: v for k, v in row.items() if k != "early_second"} for row in expected["rows"]]
    keys = {name for row in told for name in row}
    lists.answers_to_rows(draft, expected | {"rows": told}, lambda one: plain(one, keys))


def test_what_is_said_of_the_whole_list_and_what_is_merged(answer):
    lists.answers_to_the_whole(*answer)


def test_every_row_is_accounted_for(answer):
    draft, _expected = answer
    lists.accounts_for_every_row(draft)


def test_stored_and_exported_the_lists_say_the_same(answer, suite):
    draft, expected = answer
    with suite.database.work(suite.actor) as work:
        store(work, draft, partial=True)
    with suite.database.read(suite.actor) as work:
        found = writer.as_json(REGISTRATIONS, queries.registrations.rows(work))
    assert len(found) == len(expected["rows"])
    for got, row in zip(found, expected["rows"], strict=True):
        early = any(dose["verdict"] == "EARLY" for dose in got["doses"])
        assert early == row.pop("early_second")
        for dose in got["doses"]:
            assert dose.keys() == {"product", "on", "lot", "number", "verdict"}
            assert dose["verdict"] in Verdict.__members__
        doses = [{k: v for k, v in d.items() if k in row["doses"][0]} for d in got["doses"]]
        assert {**got, "doses": doses}.items() >= {
            name: value for name, value in row.items() if name not in {"excel_row", "worksheet"}
        }.items()
