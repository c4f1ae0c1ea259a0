"""The vaccination desk, the end of a session and the rules in the window."""

import pytest
from PyQt6.QtWidgets import QLabel, QPlainTextEdit

from admin_suite.registry.service import NewPerson
from admin_suite.ui.chart import SpanChart
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.chips import Chip
from admin_suite.ui.widgets.forms import Field
from modules.vaccination import queries, service
from modules.vaccination.codes import Screened, Turn
from modules.vaccination.pages.closing import last_hour, line_of, summed
from modules.vaccination.pages.coverage import CoveragePage
from modules.vaccination.pages.desk import DeskPage
from modules.vaccination.pages.entering import EnteringPage
from modules.vaccination.pages.rules import RulesPage
from modules.vaccination.pages.sessions import SessionsPage
from modules.vaccination.queries import registrations
from modules.vaccination.queries.closing import Closing
from modules.vaccination.reports import bars_of
from modules.vaccination.service import NewRegistration


@pytest.fixture
def session(session_of):
    """A session of today with two people on its list, and vaccine in stock."""
    return session_of("Lý Văn A", "Lý Văn B")


@pytest.fixture
def desk(qtbot, runner, session):
    made = DeskPage(runner)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made._session == session[0])
    return made


def asked(suite, question, *args):
    with suite.database.read(suite.actor) as work:
        return question(work, *args)


def test_one_person_is_vaccinated_in_five_acts(desk, suite, qtbot, session):
    """Arrive, consent and screening, injection, home after the rest: with the vial, five acts."""
    key, people = session
    desk.queue.arrived.emit(people[0], "")  # 1: the person is chosen from the search
    qtbot.waitUntil(lambda: desk._steps is not None)
    visit = desk._visit
    desk.vials.open.click()  # 2: once for six people
    qtbot.waitUntil(lambda: desk.vial.vial is not None)
    desk.done.click()  # 3
    qtbot.waitUntil(lambda: desk._steps.screened is Screened.ELIGIBLE)
    desk.injected.click()  # 4
    qtbot.waitUntil(lambda: bool(asked(suite, queries.desk.resting, key)))
    assert asked(suite, queries.desk.steps, visit).turn is Turn.WATCHED
    qtbot.waitUntil(lambda: bool(desk._board._shown))
    desk.digit(1)  # 5
    qtbot.waitUntil(lambda: not asked(suite, queries.desk.resting, key))
    steps = asked(suite, queries.desk.steps, visit)
    assert steps.turn is Turn.DONE
    assert [dose.product for dose in steps.doses] == ["Comirnaty"]


def test_without_a_vial_nothing_is_injected_and_the_page_says_so(desk, suite, qtbot, session):
    desk.queue.arrived.emit(session[1][0], "")
    qtbot.waitUntil(lambda: desk._steps is not None)
    visit = desk._visit
    desk.injected.click()
    assert not desk.notice.isHidden()
    assert asked(suite, queries.desk.steps, visit).dose_id is None


def test_the_last_hour_says_in_words_what_to_open(qtbot):
    told = Closing("11:30", 20, 2, 8, 0, 1, 4, 0)
    made = last_hour(told)
    qtbot.addWidget(made)
    words = spoken(made)
    assert {"Vials to open now", "People to call in", "20 minutes left"} <= words
    assert "Doses left over" not in words


def spoken(widget):
    """Every word on it, those of chips by their names."""
    found = {label.text() for label in widget.findChildren(QLabel)}
    return found | {chip.accessibleName() for chip in widget.findChildren(Chip)}


def test_the_card_of_a_session_shows_its_vials_one_by_one(qtbot, runner, suite, session):
    key, _people = session
    with suite.database.work(suite.actor) as work:
        vial = service.open_vial(work, key)
        service.close_vials(work, [service.VialEnd(vial)])
        service.open_vial(work, key)
    vials = asked(suite, queries.stock.vials_of, key)
    assert line_of(vials[0])[2:5] == ("6", "0", "6")
    assert summed(vials) == "2 vials, 12 doses: 0 given, 6 thrown away, 1 still open"
    page = SessionsPage(runner)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.table.rows.length() == 1)
    page._open(0)
    tables = type(page.table)
    qtbot.waitUntil(
        lambda: (
            "Vials of the session"
            in {one.accessibleName() for one in page.drawer.findChildren(tables)}
        )
    )


@pytest.fixture
def rules(qtbot, runner):
    made = RulesPage(runner)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.model.length() > 0)
    return made


def opened(page, code, scope):
    at = page.model.place_of(lambda one: (one[0].code, one[0].scope) == (code, scope))
    page._open(at)
    return page.model.line(at)[0]


def button(page, words):
    return next(one for one in page.drawer.findChildren(Button) if one.words == words)


def test_a_rule_is_tried_and_adopted_on_its_card(rules, suite, qtbot):
    found = opened(rules, "vaccination.interval", "Comirnaty")
    before = len(asked(suite, queries.regimen.rule_rows))
    button(rules, "Change the rule").click()
    fields = {one.edit.accessibleName(): one for one in rules.drawer.findChildren(Field)}
    assert fields["Least days to the next dose"].words == "21"
    fields["Least days to the next dose"].edit.setText("twenty")
    with qtbot.waitSignal(rules.runner.refused) as refused:
        button(rules, "Show what it changes").click()
    assert "“twenty” is none" in refused.args[0]
    fields["Least days to the next dose"].edit.setText("28")
    button(rules, "Show what it changes").click()
    qtbot.waitUntil(lambda: "People who would become due" in spoken(rules.drawer))
    with qtbot.waitSignal(rules.runner.refused) as refused:
        button(rules, "Adopt").click()
    assert "which decision" in refused.args[0]
    assert len(asked(suite, queries.regimen.rule_rows)) == before
    fields["The decision it comes from"].edit.setText("CV 1")
    button(rules, "Adopt").click()
    qtbot.waitUntil(lambda: len(asked(suite, queries.regimen.rule_rows)) == before + 1)
    newest = [one for one in asked(suite, queries.regimen.rule_rows) if one.source == "CV 1"]
    assert [(one.code, one.scope) for one in newest] == [(found.code, found.scope)]
    assert "28" in newest[0].content


def test_a_group_that_there_was_not_is_added_beside_the_sixteen(rules, suite, qtbot):
    opened(rules, "vaccination.group", "16")
    before = asked(suite, queries.regimen.groups)
    button(rules, "Change the rule").click()
    fields = {one.edit.accessibleName(): one for one in rules.drawer.findChildren(Field)}
    assert fields["Of what"].words == "16"
    typed = {"Of what": "17", "Name": "Trẻ em 12-17 tuổi", "Name in English": "children"}
    for name, words in (typed | {"The decision it comes from": "CV 8688"}).items():
        fields[name].edit.setText(words)
    button(rules, "Adopt").click()
    qtbot.waitUntil(lambda: 17 in asked(suite, queries.regimen.groups))
    assert asked(suite, queries.regimen.groups) == before | {17: "children"}


def test_replaced_versions_are_shown_only_when_all_are_asked_for(rules, qtbot):
    some = rules.model.length()
    rules.segments.choose(1)
    qtbot.waitUntil(lambda: rules.model.length() > some)
    words = {status.word for _rule, status in map(rules.model.line, range(rules.model.length()))}
    assert words == {"In force", "A later version replaced it"}


def test_a_rule_of_several_lines_is_typed_in_lines(rules):
    opened(rules, "vaccination.mixing", "")
    button(rules, "Change the rule").click()
    [area] = rules.drawer.findChildren(QPlainTextEdit)
    assert "Vaxzevria | Comirnaty | 56" in area.toPlainText().splitlines()


def test_who_may_not_adopt_sees_the_rules_and_no_way_to_change_them(rules, monkeypatch):
    monkeypatch.setattr(rules.runner, "may", lambda _permission: False)
    opened(rules, "vaccination.interval", "Comirnaty")
    assert [one.words for one in rules.drawer.findChildren(Button) if one.words] == []


@pytest.fixture
def entering(qtbot, runner):
    made = EnteringPage(runner)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.product.count() > 1)
    return made


def typed(page, name, dob):
    page.form.fields["name"].edit.setText(name)
    page.form.fields["dob"].edit.setText(dob)


def stored(suite):
    return asked(suite, registrations.registration_page, registrations.RegistrationView())


def test_one_person_with_a_past_dose_is_stored_and_taken_back(entering, suite, qtbot):
    backs = []
    entering.offered.connect(lambda _words, undo: backs.append(undo))
    typed(entering, "Lý Văn C", "1985")
    entering.on.edit.setText("10/6/2021")
    entering.product.setCurrentIndex(entering.product.findData("Vaxzevria"))
    entering.group.setCurrentIndex(entering.group.findData("7"))
    entering.store.click()
    qtbot.waitUntil(lambda: len(stored(suite)) == 1)
    [row] = stored(suite)
    assert (row.name, row.priority_group) == ("Lý Văn C", 7)
    assert [(str(one.on), one.product) for one in row.doses] == [("2021-06-10", "Vaxzevria")]
    assert not entering.notice.isHidden()  # the platform knows nobody without a number
    assert entering.form.fields["name"].words == ""
    backs[0]()
    qtbot.waitUntil(lambda: stored(suite) == [])
    rows = asked(suite, queries.doses.rows)
    assert rows == []


def test_a_day_that_is_none_is_said_beside_its_field_and_nothing_is_stored(entering, suite, qtbot):
    typed(entering, "Lý Văn C", "1985")
    entering.on.edit.setText("yesterday")
    entering.store.click()
    qtbot.waitUntil(lambda: entering.on.edit.property("wrong") == "true")
    assert stored(suite) == []
    assert entering.form.fields["name"].words == "Lý Văn C"


def test_whoever_is_registered_with_that_dose_is_stored_once(entering, suite, qtbot):
    for _time in range(2):
        typed(entering, "Lý Văn C", "1985")
        entering.on.edit.setText("10/6/2021")
        entering.store.click()
        qtbot.waitUntil(lambda: entering.form.fields["name"].words == "")
    assert len(stored(suite)) == 1
    assert len(asked(suite, queries.doses.rows)) == 1
    assert not entering.notice.isHidden()


def named(page):
    return [str(page.model.line(n)[0]) for n in range(page.model.length())]


def test_coverage_is_drawn_and_told_by_commune_age_and_group(qtbot, runner, suite, session):
    with suite.database.work(suite.actor) as work:
        person = NewPerson("Lý Văn D", "1950")
        service.register(work, [NewRegistration(person, 9, product1="Vaxzevria", on1="2021-06-10")])
    page = CoveragePage(runner)
    qtbot.addWidget(page)
    for at, lines in enumerate((["Together"], ["65+"], ["9. "])):
        page.segments.choose(at)
        qtbot.waitUntil(lambda: any(n.startswith(lines[0]) for n in named(page)))  # noqa: B023
        told = [page.model.line(n) for n in range(page.model.length())]
        assert (told[-1][1], told[-1][2], round(told[-1][3])) == (3, 1, 33)
        [chart] = page.findChildren(SpanChart)
        assert chart.accessibleName().endswith("Together: 0.0 / 33.3")


def test_a_long_list_keeps_the_largest_bars_in_their_order():
    rows = [(f"c{n}", n, 0, 0.0, 0, 0.0, 0) for n in range(1, 40)]
    bars = bars_of(rows, ("Together", 780, 0, 0.0, 0, 0.0, 0))
    assert [one[0] for one in bars] == [*(f"c{n}" for n in range(16, 40)), "Together"]


def test_coverage_without_anybody_says_what_to_do(qtbot, runner):
    page = CoveragePage(runner)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
