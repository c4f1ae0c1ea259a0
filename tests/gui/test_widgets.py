"""Small pieces of the window by themselves."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PyQt6 import sip
from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speaking
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column, ListModel, whole
from admin_suite.ui.dialogs.import_table import segment_words
from admin_suite.ui.navigation import Navigation, Place
from admin_suite.ui.pages.home import MOST_NUMBERS, worth_showing
from admin_suite.ui.runner import Job
from admin_suite.ui.shell import Shell
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer
from admin_suite.ui.widgets.choosing import Picker
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column
from admin_suite.ui.widgets.text import Yielding
from admin_suite.ui.widgets.tick import Tick
from admin_suite.ui.widgets.week import WeekChart


@pytest.mark.parametrize(
    ("words", "across"),
    [(("Open", "Close"), True), (("Entered in error", "Open the person"), False)],
)
def test_the_buttons_of_a_side_card_stand_below_each_other_where_they_do_not_fit(
    qtbot, words, across
):
    drawer = Drawer(300)
    qtbot.addWidget(drawer)
    drawer.show_card("Card", "", (), *(Button(word, "F9", "close") for word in words))
    drawer.resize(300, 400)
    qtbot.wait(1)
    right = QBoxLayout.Direction.LeftToRight
    assert (drawer._foot.direction() is right) is across
    for button in drawer.findChildren(Button):
        assert button.width() >= button.minimumSizeHint().width()


def numbers(*pairs):
    return [(SimpleNamespace(title=str(at)), n, late) for at, (n, late) in enumerate(pairs)]


def test_few_numbers_of_the_day_stand_there_even_if_nothing_waits():
    lines = numbers((0, 0), (3, 1))
    assert worth_showing(lines) == lines


def test_of_many_numbers_the_late_ones_are_never_left_out():
    lines = numbers(*[(5, 0)] * 12, (0, 0), (7, 2))
    shown = worth_showing(lines)
    assert len(shown) == MOST_NUMBERS
    assert lines[-1] in shown
    assert lines[-2] not in shown
    assert shown == [line for line in lines if line in shown]  # each at its place


@pytest.fixture
def model(qapp):
    parent = QObject()
    columns = whole([Column("name", "Name"), Column("n", "N", figures=True)])
    made = ListModel(columns, lambda line: [line[0], Cell(str(line[1]), amount=line[1])], parent)
    made.owner = parent
    made.show([("b", 2), ("a", 10), ("c", 3)], [("Together", 15)])
    return made


def names(model):
    return [model.cell(at, 0).words for at in range(model.length())]


@pytest.mark.parametrize(("by", "order"), [("name", "abc"), ("n", "bca")])
def test_a_sum_stays_below_in_any_order(model, by, order):
    assert names(model) == ["b", "a", "c", "Together"]
    model.arrange({}, by)
    assert names(model) == [*order, "Together"]
    model.arrange({}, by, down=True)
    assert names(model) == [*reversed(order), "Together"]


def test_a_sum_of_everything_is_not_shown_below_a_part(model):
    model.arrange({"name": "a"})
    assert names(model) == ["a"]
    model.arrange({})
    assert names(model)[-1] == "Together"


def test_space_ticks_and_enter_moves_on(qtbot):
    page, tick, after = QWidget(), Tick("This day only"), QLineEdit()
    page.setLayout(column(tick, after))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert tick.isChecked()
    qtbot.keyClick(tick, Qt.Key.Key_Return)
    qtbot.waitUntil(after.hasFocus)


def test_the_navigation_scrolls_down_and_never_sideways(qtbot):
    long = "A page whose title is much too long for the left edge of a window"
    made = Navigation([Place(f"m.p{at}", long, "home", f"Module {at}") for at in range(30)])
    qtbot.addWidget(made)
    made.resize(made.width(), 300)
    made.show()
    made.wait({"m.p0": (140, True)})
    qtbot.wait(1)
    entry = made.entries["m.p0"]
    assert entry._count.mapTo(entry, entry._count.rect().topRight()).x() <= entry.width()
    assert entry.width() <= made.width()


@pytest.mark.parametrize("spoken", ["vi", "en"])
def test_no_title_of_the_navigation_is_cut_off(shell, qtbot, spoken):
    waiting = [line for module in shell.runner.modules for line in module.waiting]
    late = {line.page for line in waiting if line.late}
    counts = {line.page: (333, line.page in late) for line in waiting}
    with speaking(spoken):
        again = Shell(shell.runner, "suite.db")
        qtbot.addWidget(again)
        again.resize(1366, 600)
        again.show()
        again.navigation.wait(counts)
        qtbot.wait(1)
        entries = again.navigation.entries.values()
        assert [e._title.shown for e in entries] == [e.place.title for e in entries]


def test_a_preview_that_corrects_says_its_groups_and_no_empty_one():
    line = SimpleNamespace(status="", group="changed", changed=(), id=1)
    plain = segment_words([replace_group(line, "")], corrects=False)
    assert plain[0] == "All 1"
    assert plain[4:] == ["", "", "", ""]


def replace_group(line, group):
    return SimpleNamespace(**{**vars(line), "group": group})


def test_a_long_title_gives_way_with_dots_and_is_whole_again(qtbot):
    line = Yielding("Release results")
    qtbot.addWidget(line)
    line.resize(line.sizeHint())
    assert line.shown == "Release results"
    line.resize(line.sizeHint().width() // 2, line.height())
    assert line.shown.startswith("Rel")
    assert line.shown.endswith("…")
    assert not line.grab().isNull()
    line.resize(line.sizeHint())
    assert line.shown == "Release results"


def test_the_folded_navigation_shows_no_mark_of_what_is_late(qtbot):
    bar = Navigation([Place("a", "Release results", "lock")])
    qtbot.addWidget(bar)
    bar.show()
    entry = bar.entries["a"]
    bar.wait({"a": (140, True)})
    assert entry._late.isVisible()
    bar.fold(folded=True)
    assert not entry._late.isVisible()
    bar.wait({"a": (141, True)})
    assert not entry._late.isVisible()
    bar.fold(folded=False)
    assert entry._late.isVisible()
    bar.wait({"a": (141, False)})
    assert not entry._late.isVisible()


def test_the_column_of_the_names_stays_legible_where_there_is_little_room(qtbot):
    columns = [Column("number", "Number", 150), Column("name", "Name"), Column("what", "What", 180)]
    parent = QObject()
    model = ListModel(columns, lambda line: line, parent)
    model.show([("1", "Giàng Thị Say", "Positive")])
    table = Table(model, name="People", filters=False)
    qtbot.addWidget(table)
    table.show()
    for wide, least in ((360, 130), (900, 500)):
        table.resize(wide, 300)
        assert table.columnWidth(1) >= least


def test_no_deed_of_a_page_is_cut_off_where_there_is_little_room(qtbot):
    words = ("Take the marks back", "Exports", "Delete", "Save", "Export")
    deeds = [Button(one, "Ctrl S", "save") for one in words]
    page = QWidget()
    head = Head("Output layouts", *deeds)
    head.setParent(page)  # as wide as it is made, however much its deeds want
    qtbot.addWidget(page)
    page.show()
    for wide in (1200, 520, 1200):
        head.setGeometry(0, 0, wide, 160)
        qtbot.wait(1)
        for deed in deeds:
            assert deed.width() >= deed.minimumSizeHint().width()
            assert head.rect().contains(deed.geometry())
    assert len({deed.y() for deed in deeds}) == 1


@pytest.mark.parametrize("tone", ["bad", "late", "done"])
def test_the_share_of_a_week_has_the_colour_of_what_it_means(qtbot, dressed, tone):
    days = [(date(2021, 8, 2) + timedelta(days=n), 10, 5) for n in range(7)]
    chart = WeekChart(days, "The week", tone)
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    shown = chart.grab().toImage()
    seen = {shown.pixel(x, y) for x in range(shown.width()) for y in range(shown.height())}
    tones = {
        one for one in ("bad", "late", "done") if QColor(theme.ink(f"{one}.solid")).rgb() in seen
    }
    assert tones == {tone}


def test_an_answer_that_comes_after_its_form_is_gone_is_not_heard(qtbot):
    parent = QObject()
    job = Job(lambda _what, _value: None, parent, counted=False)
    picker = Picker("Person", SimpleNamespace(ask=lambda *_what: job))
    picker.feed("lo")
    picker._ask()
    sip.delete(picker)
    with qtbot.captureExceptions() as raised:
        job.finished.emit([])
    assert raised == []


def test_a_refusal_that_comes_after_its_field_is_gone_stands_in_the_page(qtbot, runner):
    field, said = Field("Name"), []
    runner.refused.connect(said.append)

    def refuse(_work):
        raise UserError("This name is taken.")

    job = runner.do(refuse).on_refusal(field.complain)
    sip.delete(field)
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(job.failed):
        pass
    assert (raised, said) == ([], ["This name is taken."])
