"""The lists of arrivals of the shared data reach their answer files."""

import pytest

from admin_suite.excel.importer import read_file
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
    expected = lists.load(request.param)
    options = lists.options_of(expected)
    draft = read_file(ARRIVALS, lists.list_of(request.param), lists.a_world(), options)
    return draft, expected


def key(draft, place):
    return (place.worksheet if draft.several else None, place.row)


def test_rows_refusals_and_warnings_are_those_of_the_answer_file(answer):
    draft, expected = answer
    got = {key(draft, p): plain(i) for p, i in zip(draft.places, draft.items, strict=True)}
    wanted = {(row.pop("worksheet", None), row.pop("excel_row")): row for row in expected["rows"]}
    assert got == wanted
    refused = {(*key(draft, p), p.code) for p in draft.problems}
    assert refused == {(r.get("worksheet"), r["excel_row"], r["why"]) for r in expected["refused"]}
    warned = {(*key(draft, p), p.code) for p in draft.warnings}
    assert warned >= {(r.get("worksheet"), r["excel_row"], r["why"]) for r in expected["warned"]}


def test_what_is_said_of_the_whole_list_and_what_is_merged(answer):
    draft, expected = answer
    overall = {p.code for p in draft.warnings if p.row == 0 or p.code == "TOTAL_DIFFERS"}
    assert overall == {said["why"] for said in expected["list_warned"]}
    merged = {(*key(draft, p), into.row) for p, into in draft.merged.items()}
    assert merged == {(m.get("worksheet"), m["excel_row"], m["into"]) for m in expected["merged"]}


def test_every_row_is_accounted_for(answer):
    draft, _expected = answer
    refused = {(p.worksheet, p.row) for p in draft.problems}
    whole = len(draft.items) + len(refused) + len(draft.merged) + len(draft.skipped)
    assert draft.read == whole == sum(len(part.numbers) for part in draft.parts)
