"""The paper centre: every paper of every module, filled in, looked at, saved and printed."""

import pytest
from pypdf import PdfReader
from PyQt6.QtCore import Qt

from admin_suite.core.errors import UserError
from admin_suite.module import Asks
from admin_suite.ui import printing
from admin_suite.ui.widgets.forms import Choice
from modules.lab.codes import Outcome
from modules.results import service
from tests.conftest import MODULES

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def released(register, measure, suite, as_actor):
    (number,) = register("Giàng A Páo")
    measure(2, {number: Outcome.NEGATIVE})
    with suite.database.work(as_actor(3)) as work:
        service.sign(work, [1])
    return number


@pytest.fixture
def page(shell, tmp_path, monkeypatch):
    monkeypatch.setattr(printing, "ask_save", lambda *given: given[-1](tmp_path / "out.pdf"))
    return shell.open("registry.papers")


def choose(page, name):
    names = [f"{module.name}.{paper.name}" for module, paper in page._papers]
    page.chosen.setCurrentIndex(names.index(name))
    page._begin()


def test_every_paper_that_a_module_declares_is_there(page):
    declared = {f"{m.name}.{paper.name}" for m in MODULES for paper in m.papers}
    assert {f"{m.name}.{paper.name}" for m, paper in page._papers} == declared
    assert page.chosen.count() == len(declared)


def test_labels_are_saved_without_a_pin_from_what_is_filled_in(released, page, qtbot, tmp_path):
    choose(page, "lab.labels")
    sender = page.fields["sender"]
    qtbot.waitUntil(lambda: isinstance(sender, Choice) and sender.count() > 1)
    page.fields["form"].setCurrentIndex(page.fields["form"].findData("roll"))
    page.fields["accession"].edit.setText(released)
    assert page.wanted().values == {"form": "roll", "accession": released}
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 1


def test_the_pin_is_asked_before_results_leave(released, page, qtbot, tmp_path, prove):
    path = tmp_path / "out.pdf"
    choose(page, "results.list")
    page.fields["day"].edit.setText("13/8/2021")
    assert page.wanted().values == {"day": "2021-08-13"}
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(page.notice.words))
    page.fields["day"].edit.clear()
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
    qtbot.keyClick(page, Qt.Key.Key_S, CTRL)
    assert not path.exists()
    with qtbot.waitSignal(page.said):
        prove(page)
    assert "Giàng A Páo" in PdfReader(path).pages[0].extract_text()


def test_a_paper_is_printed_on_from_a_page(released, page, qtbot):
    choose(page, "results.list")
    page.fields["from_page"].edit.setText("2")
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(page.notice.words))
    page.fields["from_page"].edit.setText("1")
    qtbot.keyClick(page, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
    page.fields["number"].edit.textEdited.emit("7")
    assert page.stack.currentIndex() == 0


def test_the_values_of_a_form_are_those_that_its_paper_takes(suite):
    unknown = []
    for module, paper in ((m, paper) for m in MODULES for paper in m.papers):
        for blank in paper.blanks:
            given = {blank.name: "2021-08-13" if blank.asks is Asks.DAY else "1"}
            with suite.database.read(suite.actor) as work:
                try:
                    printing.drawn(work, module, paper, given)
                except UserError as error:  # the value may be refused, but not its name
                    unknown += [blank.name] if "has no" in str(error) else []
    assert unknown == []
