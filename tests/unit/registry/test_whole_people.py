"""All that the register knows of a person leaves with him and comes back by his record code."""

from datetime import date, timedelta

import pytest

from admin_suite.core.i18n import speaking
from admin_suite.excel import importer, writer
from admin_suite.excel.importer import read_file
from admin_suite.registry import people, service
from admin_suite.registry.codes import Consent, Relation, Whose
from admin_suite.registry.phones import NewPhone
from admin_suite.registry.reading.people import world
from admin_suite.registry.service import NewPerson
from admin_suite.registry.sheets import PEOPLE, whole

DAY = date(2021, 8, 1)


@pytest.fixture
def known(suite):
    """A child with a mother, two telephones, a former address and a consent; their ids."""
    with suite.database.work(suite.actor) as work:
        mother = service.add_person(work, NewPerson("Vàng Thị Mẩy", "1985", phone="0912345678"))
        child = NewPerson("Vàng A Lử", "2015-03-07", address="Bản 1", commune_code="02959")
        key = service.add_person(work, child)
        service.move(work, key, "Bản 2, tổ 3", "02962", DAY)
        phones = [NewPhone("0912345678", Whose.PARENT, "buổi tối"), NewPhone("0388123456")]
        service.set_phones(work, key, phones)
        service.set_guardian(work, key, mother, Relation.PARENT)
        service.note_consent(work, key, Consent.YES, DAY)
    return mother, key


def card(suite, key):
    """What the card of somebody says, without what belongs to one database."""
    with suite.database.read(suite.actor) as work:
        found = people.person_card(work, key)
    return (
        found.person.name,
        found.phones,
        found.address_on,
        found.former_addresses,
        found.guardian,
        found.guardian_relation,
        found.phone_consent,
        found.consent_on,
    )


def taken_out(suite, file):
    with suite.database.read(suite.actor) as work:
        writer.export(PEOPLE, PEOPLE.rows(work, {}), file)
    return file


def brought_in(suite, file):
    with suite.database.read(suite.actor) as work:
        draft = read_file(PEOPLE, file, world(work))
    assert draft.problems == []
    with suite.database.work(suite.actor) as work:
        return importer.store(work, draft)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_another_unit_gets_all_of_it_and_the_same_unit_nothing_new(
    suite, known, tmp_path, elsewhere, kind, language
):
    with speaking(language):
        file = taken_out(suite, tmp_path / f"people.{kind}")
        again = brought_in(suite, file)
        assert (again.stored, again.unchanged, again.changed) == (0, 2, ())
        assert brought_in(elsewhere, file).stored == 2
        told = card(suite, known[1])
        with elsewhere.database.read(elsewhere.actor) as work:
            [there] = [row.id for row in PEOPLE.rows(work, {}) if row.name == "Vàng A Lử"]
        assert card(elsewhere, there) == told
        assert told[1][0] == NewPhone("0912345678", Whose.PARENT, "buổi tối")
        assert told[2] == DAY.isoformat()


def test_the_list_page_carries_the_same(suite, known):
    with suite.database.read(suite.actor) as work:
        ids = people.people_keys(work, people.PeopleView())
        shown = {row.id: row for row in whole(work, ids)}
        assert shown == {row.id: row for row in PEOPLE.rows(work, {})}
    assert shown[known[1]].guardian_name == "Vàng Thị Mẩy"
    assert shown[known[1]].former_addresses.endswith(": Bản 1 (02959)")


def test_a_consent_that_was_typed_over_is_a_change(suite, known, tmp_path):
    file = taken_out(suite, tmp_path / "people.csv")
    text = file.read_text(encoding="utf-8-sig").replace(DAY.isoformat(), "2021-08-02")
    later = (DAY + timedelta(days=1)).strftime("%d/%m/%Y")
    file.write_text(text.replace(DAY.strftime("%d/%m/%Y"), later), encoding="utf-8-sig")
    brought_in(suite, file)
    assert card(suite, known[1])[7] == DAY + timedelta(days=1)


def test_whoever_looks_after_somebody_may_stand_further_down(suite, elsewhere, tmp_path):
    with elsewhere.database.work(elsewhere.actor) as work:
        child = service.add_person(work, NewPerson("Vàng A Lử", "2015-03-07"))
        mother = service.add_person(work, NewPerson("Vàng Thị Mẩy", "1985"))
        service.set_guardian(work, child, mother, Relation.PARENT)
        rows = sorted(PEOPLE.rows(work, {}), key=lambda row: row.id)
        writer.export(PEOPLE, rows, tmp_path / "people.xlsx")
    receipt = brought_in(suite, tmp_path / "people.xlsx")
    assert (receipt.stored, receipt.warnings) == (2, ())
    with suite.database.read(suite.actor) as work:
        [row] = [row for row in PEOPLE.rows(work, {}) if row.name == "Vàng A Lử"]
    assert (row.guardian_name, row.guardian_relation) == ("Vàng Thị Mẩy", Relation.PARENT)


def test_who_is_known_gets_a_guardian_who_is_new_in_the_same_list(suite, elsewhere, tmp_path):
    with elsewhere.database.work(elsewhere.actor) as work:
        child = service.add_person(work, NewPerson("Vàng A Lử", "2015-03-07"))
    assert brought_in(suite, taken_out(elsewhere, tmp_path / "before.xlsx")).stored == 1
    with elsewhere.database.work(elsewhere.actor) as work:
        keeper = service.add_person(work, NewPerson("Vàng Thị Dở", "1955"))
        service.set_guardian(work, child, keeper, Relation.GRANDPARENT)
    receipt = brought_in(suite, taken_out(elsewhere, tmp_path / "after.xlsx"))
    assert (receipt.stored, receipt.unchanged, receipt.warnings) == (1, 0, ())
    with suite.database.read(suite.actor) as work:
        [row] = [row for row in PEOPLE.rows(work, {}) if row.name == "Vàng A Lử"]
    assert (row.guardian_name, row.guardian_relation) == ("Vàng Thị Dở", Relation.GRANDPARENT)


def test_a_guardian_whom_nobody_knows_is_said_and_the_child_entered(suite, elsewhere, tmp_path):
    with elsewhere.database.work(elsewhere.actor) as work:
        child = service.add_person(work, NewPerson("Vàng A Lử", "2015-03-07"))
        mother = service.add_person(work, NewPerson("Vàng Thị Mẩy", "1985"))
        service.set_guardian(work, child, mother, Relation.PARENT)
        rows = [row for row in PEOPLE.rows(work, {}) if row.id == child]
        writer.export(PEOPLE, rows, tmp_path / "child.xlsx")
    receipt = brought_in(suite, tmp_path / "child.xlsx")
    [said] = receipt.warnings
    assert (receipt.stored, said.row, said.field) == (1, 2, "guardian")
    assert "Import whoever looks after this person as well" in said.message
    with suite.database.read(suite.actor) as work:
        [row] = PEOPLE.rows(work, {})
    assert (row.guardian_name, row.guardian_relation) == ("", None)


@pytest.mark.parametrize(
    ("households", "n"),
    [
        (("H1", "", "", "H2", ""), 3),  # a household is named once, at its head
        (("H1", "H1", "", "H2", "H2"), 0),  # named in every row: who has none, has none
        (("", "", "H1", "H2", "H3"), 0),
    ],
)
def test_empty_households_below_one_that_is_named_once_are_said(suite, tmp_path, households, n):
    rows = [f"Vàng A {'ABCDE'[at]},1985,{one}" for at, one in enumerate(households)]
    file = tmp_path / "list.csv"
    file.write_text("\n".join(["Họ và tên,Năm sinh,Mã hộ", *rows]), encoding="utf-8")
    with suite.database.read(suite.actor) as work, speaking("en"):
        draft = read_file(PEOPLE, file, world(work))
    assert [item.household for item in draft.items] == list(households)
    said = [one.message for one in draft.warnings if one.code == "HOUSEHOLD_EMPTY"]
    assert [words.split()[0] for words in said] == ([str(n)] if n else [])
