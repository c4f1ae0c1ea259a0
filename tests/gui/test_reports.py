"""The page of reports: what is shown is what is written."""

import pytest
from openpyxl import load_workbook

from admin_suite.ui.pages import reports


@pytest.fixture
def page(shell, qtbot, measure, register, negative):
    """The page, with two negative tubes received today."""
    measure(2, dict.fromkeys(register("Giàng A Páo", "Lý Thị Mẩy"), negative))
    made = shell.open("registry.reports")
    made.reload()
    qtbot.waitUntil(lambda: made.model.length() == 2)  # the sender, and the total
    return made


def test_a_report_is_saved_as_it_is_shown(page, qtbot, tmp_path, monkeypatch):
    assert [page.model.cell(1, at).words for at in range(5)] == ["Together", "2", "2", "2", "2"]
    file = tmp_path / "day.xlsx"
    monkeypatch.setattr(reports, "ask_save", lambda _p, _t, _n, _k, then: then(file))
    page.sheet.click()
    qtbot.waitUntil(file.exists)
    told = [row[:5] for row in load_workbook(file).active.iter_rows(values_only=True)]
    assert ("Together", 2, 2, 2, 2) in told


def test_days_without_anything_cannot_be_saved(page, qtbot):
    page.last.setDate(page.first.date())
    qtbot.waitUntil(lambda: page.model.length() == 0)
    assert not page.sheet.isEnabled()
    assert not page.paper.isEnabled()
