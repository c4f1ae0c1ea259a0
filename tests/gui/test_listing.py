"""Every list of the window: filter row, sorting, views, selection, and Ctrl+E of what is shown."""

import pytest
from openpyxl import load_workbook
from PyQt6.QtCore import QItemSelectionModel, Qt
from PyQt6.QtWidgets import QApplication

from admin_suite.core.permissions import Actor
from admin_suite.registry import users
from admin_suite.registry.outputs import exports
from admin_suite.registry.trail import Wanted, entries
from admin_suite.registry.views import views
from admin_suite.registry.words import VIEW
from admin_suite.ui import listing
from admin_suite.ui.cells import Cell, Column, ListModel, whole
from admin_suite.ui.ordering import kept, sort_value
from admin_suite.ui.shell import Shell
from modules.lab.codes import Outcome
from tests.conftest import InlineRunner

CTRL = Qt.KeyboardModifier.ControlModifier
LISTS = {  # page: how many lists it has
    "lab.samples": 1,
    "lab.reception": 1,
    "results.release": 2,
    "registry.people": 1,
    "registry.duplicates": 2,
    "registry.users": 1,
    "registry.imports": 1,
    "registry.backups": 1,
    "registry.handover": 1,
    "registry.audit": 1,
}


def model_of(columns, lines, parent):
    made = ListModel(whole(columns), lambda line: line, parent)
    made.show(lines)
    return made


def column(model, at):
    return [model.cell(line, at).words for line in range(model.length())]


def test_a_whole_list_is_filtered_without_marks_and_sorted_as_vietnamese_do(qapp):
    lines = [("Lý A Sùng", "2"), ("Đặng Thị Ánh", "10"), ("Sùng Thị Mỷ", "1.000")]
    columns = [Column("name", "Name", people=True), Column("n", "Number", figures=True)]
    model = model_of(columns, lines, qapp)
    model.arrange({"name": "mY"})
    assert column(model, 0) == ["Sùng Thị Mỷ"]
    assert model.whole_length() == 3
    model.arrange({}, "name")
    assert column(model, 0) == ["Đặng Thị Ánh", "Sùng Thị Mỷ", "Lý A Sùng"]
    model.arrange({}, "n", down=True)
    assert column(model, 1) == ["1.000", "10", "2"]
    model.arrange({"name": "lý a sùng\nđặng thị ánh"})
    assert column(model, 1) == ["2", "10"]


def test_moments_are_sorted_as_moments_and_what_is_empty_comes_last():
    said = ["", "09:30 13/08/2021", "03/1985", "1985", "01/09/2021", "08:00 13/08/2021"]
    assert sorted(said, key=sort_value) == [
        "1985",
        "03/1985",
        "08:00 13/08/2021",
        "09:30 13/08/2021",
        "01/09/2021",
        "",
    ]
    assert sorted(["Bản 10", "Bản 9", "Ấp 1"], key=sort_value) == ["Ấp 1", "Bản 9", "Bản 10"]
    assert kept("Đã nhận", "da nhan")


def test_an_amount_decides_the_order_where_there_is_one(qapp):
    lines = [(Cell("2 hours ago", amount=2),), (Cell("10 hours ago", amount=10),)]
    model = model_of([Column("age", "Age")], lines, qapp)
    model.arrange({}, "age", down=True)
    assert column(model, 0) == ["10 hours ago", "2 hours ago"]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_filters_order_and_views_of_its_own(shell, qtbot, name):
    page = shell.open(name)
    assert len(page.lists) == LISTS[name]
    for one in page.lists:
        assert one.table.headings.fields or not one.listed.filters
        assert all(c.sort for c in one.listed.columns if c.title and c.name != "lock") or (
            name in {"registry.people", "lab.samples", "registry.audit"}
        )
    page.lists[0].views.open()
    qtbot.waitUntil(page.drawer.isVisible)
    assert page.escape()


def test_a_whole_list_remembers_how_it_was_left(shell, suite, qtbot):
    page = shell.open("registry.users")
    qtbot.waitUntil(lambda: page.model.length() == 3)
    page.table.headings.sort("name")
    page.list.views.keep_as_left()

    def left():
        with suite.database.read(suite.actor) as work:
            return views(work, "registry.users")

    qtbot.waitUntil(lambda: '"by": "name"' in left().get("", ""))
    shell.pages.pop("registry.users")
    again = shell.open("registry.users")
    qtbot.waitUntil(lambda: again.table.headings.by == "name")


def test_ctrl_e_of_a_whole_list_writes_what_is_shown(
    shell, suite, qtbot, tmp_path, monkeypatch, prove
):
    path = tmp_path / "users.xlsx"
    monkeypatch.setattr(listing, "ask_save", lambda *given: given[-1](path))
    with suite.database.work(suite.actor) as work:
        users.add_user(work, "lan", "clerk", "bon-nam-sau", "Nguyễn Thị Lan")
        users.add_user(work, "anh", "clerk", "bon-nam-sau", "Lý Thị Ánh")
    page = shell.open("registry.users")
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 5)
    page.table.headings.fields["full_name"].setText("thi")
    qtbot.waitUntil(lambda: page.model.length() == 2)
    page.table.headings.sort("full_name")
    page.table.arrangement.wear({"shown": ["name", "full_name"], "order": ["name", "full_name"]})
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(page, Qt.Key.Key_E, CTRL)
        prove(page)
    rows = [row for row in load_workbook(path).active.iter_rows(values_only=True) if any(row)]
    cells = [[cell for cell in row if cell] for row in rows]
    assert ["User name", "Full name"] in cells
    at = cells.index(["User name", "Full name"])
    assert cells[at + 1 : at + 3] == [["anh", "Lý Thị Ánh"], ["lan", "Nguyễn Thị Lan"]]
    with suite.database.read(suite.actor) as work:
        assert [(one.sheet, one.rows) for one in exports(work)] == [("registry.users", 2)]


def test_ctrl_e_of_the_audit_writes_every_page_of_it(shell, suite, qtbot, tmp_path):
    for _n in range(205):
        with suite.database.read(suite.actor) as work:
            work.saw("registry_person", [1])
            suite.database.record_views(suite.actor, work.views)
    page = shell.open("registry.audit")
    page.table.headings.fields["did"].setText("looked")
    did = [one.name for one in page.model.columns].index("did")
    qtbot.waitUntil(lambda: set(column(page.model, did)) == {"Looked at"})
    with suite.database.read(suite.actor) as work:
        trail = entries(work, Wanted(most=10_000))
    looks = sum(entry.verb == VIEW for entry in trail)
    assert looks >= 205 > page.model.length()  # more than the page has fetched so far
    with qtbot.waitSignal(page.said, timeout=20_000):
        page.list.export_to(tmp_path / "audit.xlsx")
    rows = list(load_workbook(tmp_path / "audit.xlsx").active.iter_rows(values_only=True))
    assert len([row for row in rows if "Looked at" in row]) == looks


def test_what_is_selected_is_counted_and_copied_as_a_block(shell, qtbot):
    page = shell.open("registry.users")
    qtbot.waitUntil(lambda: page.model.length() == 3)
    model, how = page.table.selectionModel(), QItemSelectionModel.SelectionFlag
    for line in (0, 1):
        model.select(page.table.rows.index(line, 1), how.Select)
    assert shell.said.text().startswith("2 selected")
    page.table.copy()
    names = [page.model.cell(line, 1).words for line in (0, 1)]
    assert QApplication.clipboard().text().split("\n") == names


def test_the_keys_of_two_lists_are_for_the_one_that_has_the_focus(shell, qtbot, register, measure):
    numbers = register("Giàng A Páo", "Sùng Thị Mỷ")
    measure(2, {numbers[0]: Outcome.NEGATIVE, numbers[1]: Outcome.POSITIVE})
    page = shell.open("results.release")
    page.reload()
    qtbot.waitUntil(lambda: page.negatives.rows.length() == 1)
    page.negatives.setFocus()
    qtbot.keyClick(page.negatives, Qt.Key.Key_F3)
    titles = lambda: {item.title for item in page.lists[1].listed.columns}  # noqa: E731
    qtbot.waitUntil(page.drawer.isVisible)
    shown = page.lists[1].views.columns
    assert {shown.item(at).text() for at in range(shown.count())} - {"Mark"} <= titles()
    page.escape()
    page.negatives.setFocus()
    page.lists[1].table.headings.fields["names"].setText("nobody")
    qtbot.waitUntil(lambda: page.negatives.rows.length() == 0)
    assert page.ticked() == []
    assert page.escape()
    qtbot.waitUntil(lambda: page.negatives.rows.length() == 1)


def test_without_the_right_to_export_no_list_offers_it_and_its_key_does_nothing(
    qtbot, suite, monkeypatch
):
    asked = []
    monkeypatch.setattr(listing, "ask_save", lambda *_: asked.append(True))
    codes = frozenset({"registry.see", "registry.merge"})
    made = Shell(InlineRunner(suite.acted_by(Actor(2, "no 2", codes))), "suite.db")
    qtbot.addWidget(made)
    for name in ("registry.people", "registry.duplicates"):  # one list, two that share their keys
        page = made.open(name)
        assert not any(one.export.isVisibleTo(page) for one in page.lists)
        qtbot.keyClick(page, Qt.Key.Key_E, CTRL)
        assert page.confirm.isHidden()
    assert not asked
    assert "registry.outputs" not in made.specs
