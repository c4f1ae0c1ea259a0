"""What lists of results of other laboratories say, in their own words."""

import pytest

from admin_suite.core.progress import Progress
from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import About, Wrong
from admin_suite.ui import lists as files
from modules.lab import formats
from modules.lab.models import genes_of, genes_said
from modules.lab.sheets import RESULTS, SAMPLES
from tests.unit.lab.outside_lists import LISTS
from tests.unit.lists import a_world

ABOUT = About()


@pytest.mark.parametrize("given", LISTS, ids=lambda one: one.name)
def test_a_list_of_a_province_is_read_as_its_answers_say(given, tmp_path):
    draft = read_file(RESULTS, given.write(tmp_path), a_world())
    found = {place.row: one for place, one in zip(draft.places, draft.items, strict=True)}
    assert {row: (one.outcome.value, one.ct) for row, one in found.items()} == {
        row: answer[:2] for row, answer in given.means.items()
    }
    assert {problem.row: problem.code for problem in draft.problems} == given.refused
    for row, (_outcome, _ct, more) in given.means.items():
        assert {name: said(found[row], name) for name in more} == more


def said(result, name):
    """A field of a result by the short name that the answers use."""
    whose, performed = result.whose, result.performed
    return {
        "name": whose.name,
        "dob": whose.dob,
        "commune": whose.commune_code,
        "day": whose.collected_on,
        "code": whose.code,
        "mark": whose.mark,
        "row": whose.row,
        "sender": whose.sender,
        "accession": result.accession,
        "method": result.method.value,
        "tested": result.tested_at,
        "performed": performed.at,
        "number": performed.number,
        "kit": performed.kit,
        "lot": performed.lot,
        "genes": genes_said(performed.genes),
    }[name]


@pytest.mark.parametrize("given", LISTS, ids=lambda one: one.name)
def test_a_dropped_list_of_results_is_known_as_one(given, tmp_path):
    sheets = [SAMPLES, RESULTS]
    worlds = [a_world(), a_world()]
    found = files.read(Progress(), given.write(tmp_path), sheets, worlds, files.Answers())
    assert found.draft.sheet is RESULTS


@pytest.mark.parametrize(
    ("cell", "outcome", "genes"),
    [
        ("Âm tính", "NEGATIVE", ""),
        ("ĐT", "POSITIVE", ""),
        ("Dương tính (N 24,5; E không phát hiện)", "POSITIVE", "N 24.5 · E \u2013"),
        ("Dương tính (24,5)", "POSITIVE", "24.5"),
        ("Dương tính lần 1", "POSITIVE", ""),
        ("+/-", "INCONCLUSIVE", ""),
        ("Không phát hiện", "NEGATIVE", ""),
        ("Chưa phát hiện SARS-CoV-2", "NEGATIVE", ""),
        ("ko phát hiện", "NEGATIVE", ""),
        ("Không có phát hiện dương tính", "NEGATIVE", ""),
        ("Undetected", "NEGATIVE", ""),
        ("Non-detected", "NEGATIVE", ""),
        ("No SARS-CoV-2 RNA detected", "NEGATIVE", ""),
        ("SARS-CoV-2: Positive", "POSITIVE", ""),
        ("1 vạch", "NEGATIVE", ""),
    ],
)
def test_the_word_of_a_result_and_the_genes_beside_it(cell, outcome, genes):
    found = formats.outcome(cell, ABOUT)
    assert (found.outcome.value, genes_said(found.genes)) == (outcome, genes)


@pytest.mark.parametrize(
    "cell",
    ["Neg/Pos", "N: phát hiện; E: không phát hiện", "Dương tính, không phát hiện gen E", "Vạch C"],
)
def test_a_result_that_says_both_or_nothing_is_refused(cell):
    with pytest.raises(Wrong):
        formats.outcome(cell, ABOUT)


@pytest.mark.parametrize("cell", ["Undetermined", "N/A", "NaN", "-", 0, 40, "40,0", "khong co"])
def test_whatever_says_that_nothing_was_found_is_no_ct(cell):
    assert formats.cycles(cell, ABOUT) == ()
    assert formats.of_gene("N")(cell, ABOUT) == ("N", "")


def test_genes_come_back_from_the_text_they_are_kept_as():
    for text in ("", "24.5", "ORF1ab 24.5 · N \u2013 · IC 25", "22 · 23.1"):
        assert genes_said(genes_of(text)) == text
