"""A person as a form says him: what is read, what is refused, what is written."""

from datetime import date

import pytest

from admin_suite.core.errors import Refused
from admin_suite.core.i18n import speaking
from admin_suite.excel.sheet import Change
from admin_suite.registry import people, typed
from admin_suite.registry.cards import Card
from admin_suite.registry.codes import Consent, DobKind, Sex, Whose
from admin_suite.registry.service import NewPerson, add_person, correct_people
from admin_suite.registry.typed import Form

TODAY = date(2026, 3, 1)


def read(**texts):
    return typed.read(texts, Form(NewPerson("")), TODAY)


@pytest.mark.parametrize(
    ("written", "dob", "kind"),
    [
        ("5/3/1985", "1985-03-05", None),
        ("3/1985", "1985-03", None),
        ("1985", "1985", None),
        ("36t", "1990", DobKind.AGE),
        ("36 tuổi", "1990", DobKind.AGE),
        ("8 tháng", "2025", DobKind.AGE),
    ],
)
def test_a_birth_is_read_as_people_write_it(written, dob, kind):
    person = read(dob=written).form.person
    assert (person.dob, person.dob_kind) == (dob, kind)


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("dob", "31/2/1985"),
        ("phone", "0912"),
        ("id_no", "12 con giáp"),
        ("other_phones", "0912345678; hỏi trưởng bản"),
        ("insurance_no", "ABC"),
        ("nationality", "Atlantis"),
        ("since", "2/3/2026"),
    ],
)
def test_what_cannot_be_kept_is_refused_instead_of_being_left_out(field, written):
    assert set(read(**{field: written}).wrong) == {field}


@pytest.mark.parametrize(
    ("phone", "others", "kept"),
    [
        ("0912345678 / 0987654321", "", "0987654321"),
        ("0912345678, 0987654321", "0388123456 (vợ)", "0388123456 (husband or wife); 0987654321"),
        ("0912345678; 0987654321", "0987654321", "0987654321"),
        ("0912 345 678", "0388123456", "0388123456"),
    ],
)
def test_every_telephone_of_the_first_field_is_kept(phone, others, kept):
    with speaking("en"):
        found = read(phone=phone, other_phones=others)
    assert found.wrong == {}
    person = found.form.person
    assert (person.phone, person.other_phones) == ("0912345678", kept)


def test_nothing_is_asked_for_that_the_register_does_not_ask_for():
    assert read().wrong == {}


def test_a_number_of_another_sex_or_year_is_only_a_remark():
    form = Form(NewPerson("", sex=Sex.F))
    found = typed.read({"id_no": "010085001234", "dob": "1985"}, form, TODAY)
    assert found.wrong == {}
    assert set(found.remarks) == {"id_no"}


def test_a_card_fills_what_is_empty_and_speaks_up_where_it_differs(work):
    card = Card("Nguyễn Văn An", "1985-03-05", Sex.M, "010085001234")
    person, said = typed.by_card(work, card, NewPerson("Nguyễn Văn Bình", phone="0912345678"))
    assert (person.name, person.dob, person.sex) == ("Nguyễn Văn Bình", "1985-03-05", Sex.M)
    assert person.phone == "0912345678"
    assert len(said) == 1


def test_whoever_is_known_is_left_as_he_is(work):
    key = add_person(work, NewPerson("Lý A Sùng", "1985", phone="0912345678"))
    again = NewPerson("Lý A Sùng", "1985", phone="0912345678", occupation="Giáo viên")
    assert typed.enter(work, Form(again)) == typed.Entered(key, new=False)
    assert people.person_card(work, key).person.occupation == ""


def test_a_form_enters_telephones_consent_and_the_day_of_the_address(work):
    person = NewPerson("Lý A Sùng", "1985", phone="0912345678", address="Bản Lầu")
    form = Form(person, Whose.PARENT, "", date(2020, 5, 1), consent=Consent.YES)
    card = people.person_card(work, typed.enter(work, form).id)
    assert card.phones[0].whose is Whose.PARENT
    assert (card.address_on, card.phone_consent) == ("2020-05-01", Consent.YES)


def test_a_form_left_open_does_not_undo_what_a_colleague_changed(work):
    key = add_person(work, NewPerson("Lý A Sùng", "1985"))
    before = typed.form_of(people.person_card(work, key))
    correct_people(work, [Change(key, {"occupation": ("", "Giáo viên")})])
    after = before._replace(person=before.person._replace(ethnic="Tày"))
    typed.amend(work, key, before, after)
    row = people.person_card(work, key).person
    assert (row.occupation, row.ethnic) == ("Giáo viên", "Tày")


def test_a_form_that_changed_nothing_writes_nothing(work):
    key = add_person(work, NewPerson("Lý A Sùng", "1985", phone="0912345678"))
    form = typed.form_of(people.person_card(work, key))
    found = typed.read(typed.texts_of(form), form, TODAY)
    assert found.form == form


def test_what_a_colleague_wrote_into_the_same_field_is_not_written_over(work):
    key = add_person(work, NewPerson("Vàng A Cho", "1985", phone="0912345678"))
    before = typed.form_of(people.person_card(work, key))
    correct_people(work, [Change(key, {"dob": ("1985", "1985-03-07"), "sex": ("", "M")})])
    mine = before._replace(person=before.person._replace(dob="1984", sex=Sex.F, address="Bản 1"))
    with pytest.raises(Refused) as caught:
        typed.amend(work, key, before, mine)
    assert [one.field for one in caught.value.refusals] == ["dob", "sex"]
    assert "07/03/1985" in str(caught.value)
    same = before._replace(person=before.person._replace(dob="1985-03-07", address="Bản 1"))
    typed.amend(work, key, before, same)
    assert people.person_card(work, key).person.address == "Bản 1"
