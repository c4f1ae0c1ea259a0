"""People, declarations, duplicates and units in the window, by the keyboard alone."""

from datetime import date

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel

from admin_suite.core.permissions import Actor
from admin_suite.registry import declared, duplicates, people, queries, seeds, service, units
from admin_suite.registry.codes import DobKind, Relation, Sex, Whose
from admin_suite.registry.declarations import declare
from admin_suite.registry.declared import NewDeclaration
from admin_suite.registry.permissions import SEE
from admin_suite.registry.service import NewPerson
from admin_suite.ui.shell import Shell
from admin_suite.ui.widgets.person_form import today
from tests.conftest import InlineRunner

CARD = (
    "010085001234|060123456|Nguyễn Văn An|05031985|Nam|Bản Lầu, Bảo Hà, Bảo Yên, Lào Cai|01012021"
)


@pytest.fixture(autouse=True)
def communes(suite):
    with suite.database.work(suite.actor) as work:
        seeds.add_communes(work)


@pytest.fixture
def enter(suite):
    def do(*people_):
        with suite.database.work(suite.actor) as work:
            return list(service.add_people(work, people_).ids)

    return do


def everybody(suite):
    with suite.database.read(suite.actor) as work:
        return {row.name: row for row in queries.people(work)}


def card_of(suite, key):
    with suite.database.read(suite.actor) as work:
        return people.person_card(work, key)


def write(shell, words, *keys):
    """Type into whatever has the focus, then press these keys."""
    for letter in words:  # QTest itself knows no Vietnamese letters
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(shell.window().focusWidget(), event)
    for key in keys:
        QTest.keyClick(shell.window().focusWidget(), key)


def press(shell, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(shell.window().focusWidget() or shell, key, held)


@pytest.fixture
def deed(shell, qtbot):
    """Press a key that a button shows, and wait until it has done what it says."""

    def do(key, done):
        held = Qt.KeyboardModifier.ControlModifier
        press(shell, key, held if key == SAVE else Qt.KeyboardModifier.NoModifier)
        qtbot.waitUntil(done)

    return do


SAVE = Qt.Key.Key_Return


def test_a_person_is_typed_in_with_five_fields_and_the_card_opens(shell, suite, deed):
    shell.open("registry.people")
    deed(Qt.Key.Key_F2, lambda: shell.here == "registry.entry")
    enter_ = Qt.Key.Key_Return
    write(shell, "Giang Thi Say", enter_)
    write(shell, "36t", enter_)
    press(shell, Qt.Key.Key_Right)
    press(shell, Qt.Key.Key_Right)
    press(shell, enter_)
    write(shell, "0912 345 678", enter_)
    write(shell, "bao ha", enter_)
    deed(SAVE, lambda: shell.here == "registry.person")
    row = everybody(suite)["Giang Thi Say"]
    assert (row.dob, row.dob_kind) == (str(today().year - 36), DobKind.AGE)
    assert (row.sex, row.phone) == (Sex.F, "0912345678")
    assert row.commune_code


def test_only_what_was_typed_wrongly_is_refused_and_said_below_its_field(shell, suite, deed):
    page = shell.open("registry.entry")
    write(shell, "Ly A Sung", Qt.Key.Key_Return)
    write(shell, "31/2/1985", Qt.Key.Key_Return)
    below = page.form.fields["dob"]._below
    deed(SAVE, lambda: "is not a date of birth" in below.text())
    assert everybody(suite) == {}
    page.form.fields["dob"].edit.setText("5/3/1985")
    deed(SAVE, lambda: shell.here == "registry.person")
    assert everybody(suite)["Ly A Sung"].dob == "1985-03-05"


def test_nothing_typed_is_lost_when_the_form_is_left(shell, deed):
    page = shell.open("registry.entry")
    name = page.form.fields["name"]
    write(shell, "Ly A Sung")
    press(shell, Qt.Key.Key_Escape)
    assert shell.here == "home"
    shell.open("registry.entry")
    assert name.words == "Ly A Sung"
    deed(Qt.Key.Key_F9, lambda: name.words == "")


@pytest.mark.parametrize("field", ["name", "phone", "commune"])
def test_a_card_scanned_into_any_field_fills_the_form(shell, qtbot, field):
    page = shell.open("registry.entry")
    edit = page.form.commune.line if field == "commune" else page.form.fields[field].edit
    edit.setFocus()
    write(shell, CARD, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.form.fields["id_no"].words == "010085001234")
    told = page.form.reading().form.person
    assert (told.name, told.dob, told.sex) == ("Nguyễn Văn An", "1985-03-05", Sex.M)
    assert told.phone == ""
    assert told.commune_code
    assert page.form.hints.words.startswith("The form was filled")


def test_a_card_scanned_while_a_button_has_the_focus_fills_the_form(shell, qtbot):
    page = shell.open("registry.entry")
    page.form.sex.choose(0)
    write(shell, CARD, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.form.fields["id_no"].words == "010085001234")
    assert shell.here == "registry.entry"


def test_a_card_that_contradicts_the_form_is_a_hint_and_blocks_nothing(shell, suite, qtbot, deed):
    page = shell.open("registry.entry")
    write(shell, "Nguyen Van Binh", Qt.Key.Key_Return)
    write(shell, CARD, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Nguyen Van Binh" in page.form.hints.words)
    assert page.form.fields["name"].words == "Nguyen Van Binh"
    deed(SAVE, lambda: shell.here == "registry.person")
    assert everybody(suite)["Nguyen Van Binh"].id_no == "010085001234"


def test_whoever_may_be_the_same_is_shown_while_typing_and_opened_by_enter(
    shell, enter, qtbot, deed
):
    (key,) = enter(NewPerson("Giàng Thị Say", "1985", phone="0912345678"))
    page = shell.open("registry.entry")
    write(shell, "Vang Thi Say")
    page.form.fields["phone"].edit.setFocus()
    write(shell, "0912345678")
    qtbot.waitUntil(lambda: len(page.candidates.lines) == 1)
    assert "the same telephone" in page.candidates.lines[0].accessibleName()
    deed(Qt.Key.Key_F6, page.candidates.lines[0].hasFocus)
    press(shell, Qt.Key.Key_Return)
    assert (shell.here, shell.pages["registry.person"]._person) == ("registry.person", key)


def test_somebody_known_is_not_entered_twice_and_what_was_typed_stays(shell, enter, deed):
    (key,) = enter(NewPerson("Giàng Thị Say", "1985", phone="0912345678"))
    page = shell.open("registry.entry")
    for name, words in (("name", "Giàng Thị Say"), ("dob", "1985"), ("phone", "0912345678")):
        page.form.fields[name].edit.setText(words)
    deed(SAVE, lambda: shell.here == "registry.person")
    assert shell.pages["registry.person"]._person == key
    assert page.form.fields["name"].words == "Giàng Thị Say"


def test_the_list_is_filtered_in_words_and_enter_opens_somebody(shell, enter, suite, qtbot):
    code = next(one.code for one in communes_of(suite) if one.name == "Bảo Hà")
    first, _second = enter(
        NewPerson("Lý A Sùng", "1985", Sex.M, commune_code=code),
        NewPerson("Vàng Thị Mỷ", "1990", Sex.F),
    )
    page = shell.open("registry.people")
    page.reload()
    qtbot.waitUntil(lambda: page.model.length() == 2)
    for heading, words in (("sex", "ma"), ("commune_code", "bao ha"), ("name", "sung")):
        page.table.headings.fields[heading].setText(words)
        qtbot.waitUntil(lambda: page.model.length() == 1)
        assert page.model.line(0).id == first
        page.escape()
        qtbot.waitUntil(lambda: page.model.length() == 2)
    page.table.headings.fields["sex"].setText("zzz")
    qtbot.waitUntil(lambda: page.model.length() == 0)
    page.escape()
    qtbot.waitUntil(lambda: page.model.length() == 2)
    page.table.go_to(0)
    page.table.setFocus()
    press(shell, Qt.Key.Key_Return)
    assert shell.here == "registry.person"


def communes_of(suite):
    with suite.database.read(suite.actor) as work:
        return queries.communes(work)


def test_what_is_shown_is_what_is_exported(shell, enter, qtbot, tmp_path):
    enter(NewPerson("Lý A Sùng", "1985"), NewPerson("Vàng Thị Mỷ", "1990"))
    page = shell.open("registry.people")
    page.table.headings.fields["name"].setText("sung")
    qtbot.waitUntil(lambda: page.model.length() == 1)
    with qtbot.waitSignal(page.said) as told:
        page.list.export_to(tmp_path / "people.xlsx")
    assert told.args[0].startswith("1 row")
    assert (tmp_path / "people.xlsx").stat().st_size > 0


def test_a_correction_writes_telephones_and_the_guardian_too(shell, enter, suite, deed):
    mother, key = enter(NewPerson("Vàng Thị Mỷ", "1960"), NewPerson("Lý A Sùng", "1985"))
    page = shell.open("registry.person", key)
    deed(Qt.Key.Key_F2, lambda: page._at == 1)
    form = page.form
    form.fields["phone"].edit.setText("0912345678")
    deed(Qt.Key.Key_F8, form.fields["id_no"].isVisible)
    form.whose.setCurrentIndex(form.whose.findData("PARENT"))
    form.fields["other_phones"].edit.setText("0388123456 (wife)")
    form.guardian.edit.setFocus()
    write(shell, "my", Qt.Key.Key_Return)
    form.relation.setCurrentIndex(form.relation.findData("PARENT"))
    deed(SAVE, lambda: page._at == 0)
    card = card_of(suite, key)
    assert [(one.number, one.whose) for one in card.phones] == [
        ("0912345678", Whose.PARENT),
        ("0388123456", Whose.SPOUSE),
    ]
    assert (card.guardian_id, card.guardian_relation) == (mother, Relation.PARENT)
    assert card.person.dob == "1985"


def test_a_move_keeps_where_somebody_lived_before(shell, enter, suite, deed):
    (key,) = enter(NewPerson("Lý A Sùng", "1985", address="Bản Lầu"))
    page = shell.open("registry.person", key)
    deed(Qt.Key.Key_F2, lambda: page._at == 1)
    page.form.fields["address"].edit.setText("Bản Mới")
    page.form.fields["since"].edit.setText("1/2/2026")
    deed(SAVE, lambda: page._at == 0)
    card = card_of(suite, key)
    assert (card.person.address, card.address_on) == ("Bản Mới", "2026-02-01")
    assert [one.address for one in card.former_addresses] == ["Bản Lầu"]


def test_a_correction_that_was_left_is_there_again(shell, enter, qtbot, deed):
    one, other = enter(NewPerson("Lý A Sùng", "1985"), NewPerson("Vàng Thị Mỷ", "1960"))
    page = shell.open("registry.person", one)
    deed(Qt.Key.Key_F2, lambda: page._at == 1)
    write(shell, " B")
    typed = page.form.fields["name"].words
    press(shell, Qt.Key.Key_Escape)
    assert page._at == 0
    assert "not stored" in page._head.about
    shell.open("registry.person", other)
    deed(Qt.Key.Key_F2, lambda: page._at == 1 and page.form.fields["name"].words == "Vàng Thị Mỷ")
    shell.open("registry.person", one)
    qtbot.waitUntil(lambda: page._card is not None)
    deed(Qt.Key.Key_F2, lambda: page._at == 1)
    assert page.form.fields["name"].words == typed


@pytest.fixture
def pair(enter):
    return enter(
        NewPerson("Lý A Sùng", "1985", id_no="010085001234"),
        NewPerson("Lý Sùng", "1986", id_no="010085001234"),
    )


def test_a_pair_is_made_one_by_digit_and_ctrl_enter_and_taken_apart(
    shell, pair, suite, qtbot, deed
):
    one, other = pair
    page = shell.open("registry.duplicates")
    qtbot.waitUntil(lambda: page.pairs.length() == 1)
    press(shell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.comparison is not None)
    page.digit(2)
    deed(SAVE, lambda: page.merges.length() == 1)
    assert card_of(suite, one).person.id == other
    deed(Qt.Key.Key_F8, lambda: page.which.at() == 1)
    page.undoing.go_to(0)
    page.undoing.setFocus()
    press(shell, Qt.Key.Key_Return)
    deed(Qt.Key.Key_F9, lambda: page.merges.length() == 0)
    assert card_of(suite, one).person.id == one


def test_two_people_who_look_alike_are_not_offered_again(shell, pair, suite, qtbot, deed):
    page = shell.open("registry.person", pair[0])
    qtbot.waitUntil(lambda: len(page.hints) == 1)
    deed(Qt.Key.Key_F6, lambda: page.comparison is not None)
    deed(Qt.Key.Key_F9, lambda: page.hints == [])
    with suite.database.read(suite.actor) as work:
        assert duplicates.likely_duplicates(work) == []


def test_a_declaration_is_ticked_by_digits_and_stands_on_the_card(shell, enter, suite, deed):
    (key,) = enter(NewPerson("Lý A Sùng", "1985"))
    form = shell.open("registry.declaring").form
    shell.open("registry.person", key)
    deed(Qt.Key.Key_F8, lambda: form.who.key == key)
    assert shell.here == "registry.declaring"
    for digit in (1, 3):
        shell.pages["registry.declaring"].digit(digit)
    form.fields["from_place"].edit.setText("Bắc Giang")
    deed(SAVE, lambda: bool(shell.pages["registry.person"].declared_lines))
    assert shell.here == "registry.person"
    (row,) = declared_of(suite, key)
    assert (row.symptoms, row.from_place) == ("FEVER SORE_THROAT", "Bắc Giang")


def test_a_declaration_that_was_begun_is_not_lost_to_the_next_person(shell, enter, deed):
    one, other = enter(NewPerson("Lý A Sùng", "1985"), NewPerson("Vàng Thị Mỷ", "1960"))
    form = shell.open("registry.declaring").form
    shell.open("registry.person", one)
    deed(Qt.Key.Key_F8, lambda: form.who.key == one)
    form.tick(2)
    shell.open("registry.person", other)
    notice = shell.pages["registry.declaring"].notice
    deed(Qt.Key.Key_F8, lambda: "Lý A Sùng" in notice.words)
    assert (form.who.key, form.ticks["symptoms"]["COUGH"].isChecked()) == (one, True)


def test_without_the_right_to_keep_people_they_can_be_seen_but_not_changed(qtbot, suite):
    looker = Actor(2, "no 2", frozenset({SEE.code}))
    made = Shell(InlineRunner(suite.acted_by(looker)), "suite.db")
    qtbot.addWidget(made)
    with suite.database.work(suite.actor) as work:
        key = service.add_person(work, NewPerson("Lý A Sùng", "1985"))
    page = made.open("registry.person", key)
    qtbot.waitUntil(lambda: page._card is not None)
    deeds = (page.edit, page.declare, page.alike, page.withdraw, page.store)
    assert not any(button.isVisibleTo(page) for button in deeds)
    assert {"registry.entry", "registry.declaring", "registry.units"} & made.specs.keys() == set()


def declared_of(suite, key):
    with suite.database.read(suite.actor) as work:
        return declared.declarations_of(work, key)


def test_a_declaration_is_corrected_and_withdrawn(shell, enter, suite, qtbot, deed):
    (key,) = enter(NewPerson("Lý A Sùng", "1985"))
    with suite.database.work(suite.actor) as work:
        declare(work, [NewDeclaration(NewPerson(""), "2021-08-13T07:30", person_id=key)])
    page = shell.open("registry.person", key)
    qtbot.waitUntil(lambda: len(page.declared_lines) == 1)
    page.declared_lines[0].setFocus()
    press(shell, Qt.Key.Key_Return)
    page.digit(1)
    page.declaration.fields["onset"].edit.setText("12/8/2021")
    deed(SAVE, lambda: page._at == 0)
    assert declared_of(suite, key)[0].onset == "2021-08-12"
    assert declared_of(suite, key)[0].symptoms == "FEVER"
    page.declared_lines[0].click()
    deed(Qt.Key.Key_F9, lambda: "F9 again" in page.notice.words)
    deed(Qt.Key.Key_F9, lambda: declared_of(suite, key) == [])
    qtbot.waitUntil(lambda: "withdrawn" in shell.toast.accessibleName())


def test_a_letterhead_and_a_signatory_are_shown_as_they_will_be_printed(shell, suite, qtbot, deed):
    page = shell.open("registry.units")
    qtbot.waitUntil(lambda: page.unit.count() == 1)
    deed(Qt.Key.Key_F2, page.drawer.isVisible)
    write(shell, "Sở Y tế tỉnh Lào Cai")
    deed(SAVE, lambda: not page.drawer.isVisible())
    with suite.database.read(suite.actor) as work:
        assert units.faces(work)[0].governing == "Sở Y tế tỉnh Lào Cai"
        assert units.face_on(work, date(2020, 1, 1)).governing == ""
    deed(Qt.Key.Key_F6, page.drawer.isVisible)
    write(shell, "Phó Giám đốc")
    deed(SAVE, lambda: not page.drawer.isVisible())
    qtbot.waitUntil(lambda: "PHÓ GIÁM ĐỐC" in words_of(page))
    assert "SỞ Y TẾ TỈNH LÀO CAI" in words_of(page)


def words_of(page):
    shown = page.preview.itemAt(0).widget()
    return [label.text() for label in shown.findChildren(QLabel)]


def test_a_masked_card_only_suggests_and_a_person_says_who_it_is(shell, enter, qtbot):
    enter(NewPerson("Nguyễn Văn An", "1985-03-05", id_no="010085001234"))
    here = shell.here
    shell.search.scan("******001234|NGUYEN VAN AN|1985-**-**|0|QID1|1")
    qtbot.waitUntil(lambda: not shell.search.hits.isHidden())
    assert (shell.search.hits.count(), shell.here) == (1, here)
    write(shell, "", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.here == "registry.person")
    shell.search.scan(CARD)
    qtbot.waitUntil(lambda: shell.search.edit.text() == "")
