"""Forms that were filled in and not stored survive a power cut and are offered again."""

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from admin_suite.registry import people
from admin_suite.registry.declarations import declare
from admin_suite.registry.declared import NewDeclaration
from admin_suite.registry.identity import first_people
from admin_suite.registry.service import NewPerson, add_person
from admin_suite.ui.drafts import of_runner
from admin_suite.ui.form_draft import FormDraft, way
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Segments
from admin_suite.ui.widgets.days import Day
from admin_suite.ui.widgets.forms import Choice, Field

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(suite):
    with suite.database.work(suite.actor) as work:
        return add_person(work, NewPerson("Lý A Sùng", "1985"))


def test_a_new_person_is_there_again_after_a_power_cut(shell, qtbot, cut, suite):
    page = shell.open("registry.entry")
    page.form.fields["name"].edit.setText("Vàng Thị Mỷ")
    page.form.sex.put(2)
    page.form.fields["nationality"].edit.setText("Lào")
    again, words = cut(page.draft)
    assert "New person" in words
    other = again.pages["registry.entry"]
    assert other.form.fields["name"].words == "Vàng Thị Mỷ"
    assert other.form.fields["nationality"].words == "Lào"
    assert other.form.sex.at() == 2
    assert "not stored" in again.pages["registry.entry"].notice.words or (
        "nothing of it is stored" in other.notice.words
    )
    other.form.fields["dob"].edit.setText("1990")
    other.form.fields["phone"].edit.setText("0912345678")
    other.store.click()
    qtbot.waitUntil(lambda: of_runner(shell.runner).all() == [])
    with suite.database.read(suite.actor) as work:
        assert [row.name for row in first_people(work, 5)] == ["Vàng Thị Mỷ"]


def test_corrections_are_put_over_what_the_register_says_now(shell, qtbot, cut, person, suite):
    page = shell.open("registry.person", person)
    qtbot.waitUntil(lambda: page._card is not None)
    page.edit.click()
    page.form.fields["phone"].edit.setText("0912345678")
    page.draft._keeper.keep()
    page.draft._keeper._thread.waitForDone()
    with suite.database.read(suite.actor) as work:
        assert people.person_card(work, person).person.phone == ""
    again, words = cut(page.draft)
    assert "Corrections of a person" in words
    other = again.pages["registry.person"]
    qtbot.waitUntil(lambda: other._at == 1)
    assert other.form.fields["phone"].words == "0912345678"
    assert other.form.fields["name"].words == "Lý A Sùng"
    other.store.click()
    qtbot.waitUntil(lambda: other._at == 0)
    assert of_runner(shell.runner).all() == []


def test_a_declaration_and_its_correction_are_kept_too(shell, qtbot, cut, person, suite):
    page = shell.open("registry.declaring", person)
    qtbot.waitUntil(lambda: page.form.who.key == person)
    next(iter(page.form.ticks["symptoms"].values())).setChecked(True)
    page.form.fields["from_place"].edit.setText("Chợ Nghĩa Đô")
    again, _words = cut(page.draft)
    other = again.pages["registry.declaring"]
    assert other.form.who.key == person
    assert next(iter(other.form.ticks["symptoms"].values())).isChecked()
    other.anew.click()
    assert of_runner(shell.runner).all() == []
    with suite.database.work(suite.actor) as work:
        declare(work, [NewDeclaration(NewPerson(""), "2026-01-02", person_id=person)])
    card = shell.open("registry.person", person)
    card.reload()
    qtbot.waitUntil(lambda: len(card.declared_lines) == 1)
    card.declared_lines[0].click()
    card.declaration.fields["plate"].edit.setText("24A-123.45")
    third, words = cut(card.other_draft)
    assert "Correction of a declaration" in words
    at = third.pages["registry.person"]
    qtbot.waitUntil(lambda: at._at == 2)
    assert at.declaration.fields["plate"].words == "24A-123.45"


def test_what_is_emptied_or_put_back_as_it_was_leaves_no_draft(shell, qtbot):
    page = shell.open("registry.entry")
    edit, drafts = page.form.fields["name"].edit, of_runner(shell.runner)
    edit.setText("Vàng")
    page.draft._keeper.keep()
    page.draft._keeper._thread.waitForDone()
    assert [one.page for one in drafts.all()] == ["registry.entry"]
    edit.clear()
    page.draft._keeper.keep()
    page.draft._keeper._thread.waitForDone()
    assert drafts.all() == []


@pytest.mark.parametrize(
    ("ask", "field", "which"),
    [("_ask_face", "head_name", "letterhead"), ("_ask_signer", "name", "signatory")],
)
def test_a_letterhead_or_a_signatory_is_there_again_after_a_power_cut(
    shell, qtbot, cut, ask, field, which
):
    page = shell.open("registry.units")
    qtbot.waitUntil(lambda: page.unit.count() == 1)
    getattr(page, ask)(None)
    page._draft._parts[field].edit.setText("Lương Công Định")
    again, _words = cut(page._draft)
    other = again.pages["registry.units"]
    qtbot.waitUntil(lambda: other._draft is not None and not other.drawer.isHidden())
    assert other._draft._parts[field].words == "Lương Công Định"
    assert other._draft._name.endswith(which)
    kept = of_runner(shell.runner)
    assert len(kept.all()) == 1
    other._stored(None)
    assert kept.all() == []


class Everything(Page):
    """A form with a part of every kind, and its draft in one line."""

    def build(self):
        self.choice = Choice()
        for word, code in (("one", "1"), ("two", "2")):
            self.choice.addItem(word, code)
        self.plain = Choice()
        self.plain.addItems(["a", "b"])
        self.form = {
            "field": Field("F"),
            "line": QLineEdit(),
            "note": QPlainTextEdit(),
            "box": QCheckBox(),
            "day": Day(),
            "choice": self.choice,
            "plain": self.plain,
            "segments": Segments(["x", "y"], "S"),
        }
        self.draft = FormDraft(self, "lab.order", "Order", self.form)

    def reload(self):
        pass


def test_every_kind_of_part_comes_back(runner, qtbot):
    typed = {
        "field": "words",
        "line": "a line",
        "note": "two\nlines",
        "box": True,
        "day": "2021-08-13",
        "choice": "2",
        "plain": "b",
        "segments": 1,
    }
    page = Everything(runner)
    qtbot.addWidget(page)
    assert not page.draft.begin(7)
    for name, value in typed.items():
        way(page.form[name]).put(page.form[name], value)
    page.draft.leave()
    again = Everything(runner)
    qtbot.addWidget(again)
    assert not again.draft.begin(8)
    assert again.draft.has(7)
    assert again.draft.begin(7)
    assert {name: way(part).read(part) for name, part in again.form.items()} == typed
    again.draft.drop()
    assert not page.draft.has(7)
