"""A template is filled in by hand, with its drop-downs, and imported."""

import openpyxl
import pytest

from admin_suite.core.i18n import _, speaking
from admin_suite.excel import paper, template
from admin_suite.excel.importer import read_file
from admin_suite.excel.paper import Drop, Leaf
from admin_suite.registry.codes import Sex
from admin_suite.registry.sheets import PEOPLE
from modules.lab.codes import Material, Subject
from modules.lab.sheets import SAMPLES
from tests.unit.lists import a_world


def offered_at(sheet, column):
    """The words that Excel offers in a column."""
    letter = openpyxl.utils.get_column_letter(column)
    for rule in sheet.data_validations.dataValidation:
        if any(str(part).startswith(f"{letter}2:") for part in rule.sqref.ranges):
            return rule.formula1.strip('"').split(",")
    return []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("sheet", [PEOPLE, SAMPLES], ids=lambda sheet: sheet.name)
def test_a_template_filled_in_with_its_words_is_imported(tmp_path, sheet, lang):
    file = tmp_path / "t.xlsx"
    with speaking(lang):
        template.write(sheet, file)
        told = {
            _("Full name"): "Lý Văn An",
            _("Date of birth"): "05/03/1985",
            _("Sex"): Sex.F.word,
            _("Telephone"): "0912345678",
            _("Reason"): Subject.QUARANTINE.word,
            _("Specimen"): Material.SALIVA.word,
            _("Collected at"): "08:30 13/08/2021",
            _("Tube code"): "001",
        }
    book = openpyxl.load_workbook(file)
    page = book.active
    heads = {cell.value: cell.column for cell in page[1]}
    for row in (3, 4):
        page.cell(row, 1).value = row - 2
        for heading, text in told.items():
            if heading in heads:
                page.cell(row, heads[heading]).value = text
    page.cell(4, heads[next(iter(told))]).value = "Vàng Thị Bình"
    with speaking(lang):
        for heading, kind in ((_("Sex"), Sex), (_("Reason"), Subject), (_("Specimen"), Material)):
            if heading in heads:
                assert offered_at(page, heads[heading]) == [code.word for code in kind]
        assert page.cell(1, heads[_("Full name")]).comment is not None
    book.save(file)
    draft = read_file(sheet, file, a_world())
    assert not draft.problems
    people = [getattr(item, "person", item) for item in draft.items]
    assert [one.name for one in people] == ["Lý Văn An", "Vàng Thị Bình"]
    assert {(one.sex, one.dob, one.phone) for one in people} == {
        (Sex.F, "1985-03-05", "0912345678")
    }
    if sheet is SAMPLES:
        assert {(s.subject, s.specimen, s.pool) for s in draft.items} == {
            (Subject.QUARANTINE, Material.SALIVA, "001")
        }


def test_words_that_do_not_fit_into_a_rule_are_offered_from_a_hidden_worksheet(tmp_path):
    words = tuple(f"lý do số {n}, dài" for n in range(30))
    file = tmp_path / "t.xlsx"
    paper.write(file, [Leaf("A", ["x", "y"], [], drops=[Drop(0, words), Drop(1, words[:3])])])
    book = openpyxl.load_workbook(file)
    rules = book.active.data_validations.dataValidation
    assert [rule.formula1 for rule in rules] == ["words!$A$1:$A$30", "words!$B$1:$B$3"]
    assert book["words"].sheet_state == "hidden"
    assert [book["words"]["A1"].value, book["words"]["B3"].value] == [words[0], words[2]]


def test_printed_it_is_as_wide_as_the_paper_and_its_headings_come_again(tmp_path):
    few, many = Leaf("2", ["a", "b"], [["1", "2"]]), Leaf("9", list("abcdefghi"), [], above=["T"])
    paper.write(tmp_path / "p.xlsx", [few, many])
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert [sheet.page_setup.orientation for sheet in book] == ["portrait", "landscape"]
    assert [sheet.print_title_rows for sheet in book] == ["$1:$1", "$2:$2"]
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
