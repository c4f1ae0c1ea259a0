"""The page of reports: what is shown is what is written."""

import pytest
from openpyxl import load_workbook

from admin_suite.registry.service import NewPerson
from admin_suite.ui.pages import reports
from modules.vaccination.service import people


@pytest.fixture
def page(shell, qtbot, measure, register, negative):
    """The page, with two negative tubes received today."""
    measure(2, dict.fromkeys(register("Giàng A Páo", "Lý Thị Mẩy"), negative))
    made = shell.open("registry.reports")
    made.reload()
    qtbot.waitUntil(lambda: made.list is not None and made.model.length() == 2)  # sender, total
    return made


def test_a_report_is_saved_as_it_is_shown(page, qtbot, tmp_path, monkeypatch, prove):
    assert [page.model.cell(1, at).words for at in range(5)] == ["Together", "2", "2", "2", "0"]
    file = tmp_path / "day.xlsx"
    monkeypatch.setattr(reports, "ask_save", lambda _p, _t, _n, _k, then: then(file))
    page.sheet.click()
    prove(page)
    qtbot.waitUntil(file.exists)
    told = [row[:5] for row in load_workbook(file).active.iter_rows(values_only=True)]
    assert ("Together", 2, 2, 2, 0) in told  # nothing is released yet


def test_days_without_anything_cannot_be_saved(page, qtbot):
    page.last.setDate(page.first.date())
    qtbot.waitUntil(lambda: page.model.length() == 0)
    assert not page.sheet.isEnabled()
    assert not page.paper.isEnabled()


def test_a_report_is_filtered_and_sorted_and_its_total_stays_below(page, qtbot):
    page.list.table.put_filters({"1": "2"})
    page.list.again()
    assert page.model.length() == 1  # the total of everything would be wrong below a part of it
    assert page.list.escape()
    page.list.table.headings.sort("0")
    assert page.model.cell(1, 0).words == "Together"
    page.list.table.put_filters({"0": "nobody"})
    page.list.again()
    assert page.model.length() == 0


def test_another_report_has_filters_of_its_own(page, qtbot):
    before = page.list
    page.list.table.put_filters({"1": "2"})
    page.chosen.setCurrentIndex(1)
    page.reload()
    qtbot.waitUntil(lambda: page.list is not before)
    assert not page.list.narrowed
    assert page.lists == [page.list]


def test_what_a_report_may_be_asked_is_chosen_beside_its_days(page, qtbot, suite):
    with suite.database.work(suite.actor) as work:
        people.register(work, [people.NewRegistration(NewPerson("Lò Thị Hoa", "1980"), 9)])
    titles = [page.chosen.itemText(at) for at in range(page.chosen.count())]
    page.chosen.setCurrentIndex(titles.index("End of a round"))
    page.chosen.activated.emit(page.chosen.currentIndex())
    qtbot.waitUntil(lambda: page._listed[1][0] == "Priority group")
    [by] = page.asked.values()
    assert [by.itemText(at) for at in range(by.count())] == [
        "Priority group",
        "Workplace",
        "Commune",
    ]
    by.setCurrentIndex(2)
    by.activated.emit(2)
    qtbot.waitUntil(lambda: page._listed[1][0] == "Commune")
    page.chosen.setCurrentIndex(0)
    page.chosen.activated.emit(0)
    assert page.asked == {}
