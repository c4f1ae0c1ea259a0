"""Cards as a scanner types them; the people are invented."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_suite.registry.cards import Card, day, read_card
from admin_suite.registry.codes import Sex
from admin_suite.registry.queries import find
from admin_suite.registry.scanned import contradictions, filled
from admin_suite.registry.service import NewPerson, add_person

CITIZEN = "010185001234|063123456|Nguyễn Thị Mẫu|04091985|Nữ|Tổ 2A, Phố Ràng, Bảo Yên|25042021"
NAME, HOME = "Nguyễn Thị Mẫu".encode().hex(), "Phố Ràng".encode().hex()
INSURANCE = (
    f"GD4101012345678|{NAME}|04/09/1985|2|{HOME}|10 - 043|01/01/2021|-|01/01/2021|1|-|4|"
    "01/01/2025|ab-1|$"
)
PERSONAL = "******001234|NGUYEN THI MAU|1985-**-**|0|QID123|2<0943******"


def test_a_citizen_card_says_everything():
    assert read_card(CITIZEN) == Card(
        "Nguyễn Thị Mẫu",
        "1985-09-04",
        Sex.F,
        "010185001234",
        "063123456",
        "",
        "Tổ 2A, Phố Ràng, Bảo Yên",
    )


@pytest.mark.parametrize("name", ["Nguyeenx Thij Maaux", "Nguy?n Th? M?u"])
def test_a_name_damaged_on_the_way_is_noticed_and_the_number_kept(name):
    card = read_card(CITIZEN.replace("Nguyễn Thị Mẫu", name).replace("|063123456|", "||") + "|more")
    assert (card.damaged, card.id_no, card.dob) == (True, "010185001234", "1985-09-04")


def test_an_insurance_card_and_a_masked_personal_code():
    card = read_card(INSURANCE)
    assert (card.name, card.insurance_no, card.sex) == ("Nguyễn Thị Mẫu", "GD4101012345678", Sex.F)
    masked = read_card(PERSONAL)
    assert (masked.id_no, masked.dob, masked.masked) == ("", "1985", True)


@pytest.mark.parametrize("text", ["26BY000001K", "Nguyễn Văn An", "", "a|b|c", "|" * 20])
def test_anything_else_is_no_card(text):
    assert read_card(text) is None


@pytest.mark.parametrize(
    ("written", "kept"), [("1985", "1985"), ("1989/3/3", "1989-03-03"), ("-", ""), ("??", "")]
)
def test_a_date_is_never_more_precise_than_the_card(written, kept):
    assert day(written) == kept


def test_a_scanned_card_finds_its_person(suite, as_actor):
    with suite.database.work(as_actor(1)) as work:
        for name, number in (
            ("Nguyễn Thị Mẫu", "010185001234"),
            ("Nguyễn Thị Mẫu", "010185009999"),
        ):
            add_person(work, NewPerson(name, "1985-09-04", id_no=number, commune_code=number[-4:]))
    with suite.database.read(as_actor(1)) as work:
        assert [hit.exact for hit in find(work, CITIZEN)] == [True]
        assert [hit.exact for hit in find(work, INSURANCE)] == [False, False]
        assert len(find(work, PERSONAL)) == 2


# -- any text a scanner may type ------------------------------------------------------------------

PART = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["010185001234", "******001234", "063123456", "31022021", "04/09/1985", "1985-**-**", "Nữ"]
    ),
    st.sampled_from(["Nam", "N?", "$", "-", NAME, HOME, "GD4101012345678", "1", "2<0943***"]),
)


@given(parts=st.lists(PART, max_size=17))
def test_no_text_breaks_the_reader_and_no_card_says_an_impossible_day(parts):
    card = read_card("|".join(parts))
    if card is not None:
        assert re.fullmatch(r"([0-9]{12})?", card.id_no)
        assert re.fullmatch(r"([0-9]{9,12})?", card.old_id_no)
        assert card.dob == "" or date.fromisoformat(f"{card.dob}-01-01"[:10])


@given(name=st.text("aăâeêiouưyáàảãạđbcghknmt ", min_size=1), born=st.dates(date(1900, 1, 1)))
def test_a_citizen_card_gives_back_what_is_on_it(name, born):
    written = f"010085001234||{name}|{born:%d%m%Y}|Nam|Bảo Yên|25042021|more"
    card = read_card(written)
    assert (card.id_no, card.dob, card.sex) == ("010085001234", born.isoformat(), Sex.M)


def test_where_the_sex_was_damaged_the_number_tells_it():
    assert read_card(CITIZEN.replace("|Nữ|", "|N?|")).sex is Sex.F
    assert read_card(CITIZEN.replace("010185", "010085").replace("|Nữ|", "|N?|")).sex is Sex.M


def test_a_personal_code_says_what_is_not_masked():
    card = read_card("063123456|NGUYEN THI MAU|1985-09-04|1|Q|2<GD4101012345678<0943123456")
    told = (card.old_id_no, card.sex, card.insurance_no, card.phone)
    assert told == ("063123456", Sex.F, "GD4101012345678", "0943123456")


def test_a_card_fills_the_form_and_a_damaged_name_is_asked_for(work):
    form = filled(work, read_card(CITIZEN))
    told = ("Nguyễn Thị Mẫu", "1985-09-04", "010185001234", "063123456")
    assert (form.name, form.dob, form.id_no, form.old_id_no) == told
    assert filled(work, read_card(CITIZEN.replace("Nguyễn", "Nguyeenx"))).name == ""


def test_where_a_card_speaks_against_an_entry_it_is_said_and_blocks_nothing():
    card = read_card(CITIZEN)
    same = NewPerson("NGUYỄN THỊ MẪU", "1985", Sex.F, id_no="063123456")
    other = NewPerson("Lý A", "1986", Sex.M, id_no="010085000001")
    assert contradictions(same, card) == []
    assert len(contradictions(other, card)) == 4
    damaged = read_card(CITIZEN.replace("Nguyễn", "Nguy?n").replace("1985|", "1986|"))
    assert len(contradictions(same, damaged)) == 3


def test_a_name_without_marks_does_not_hide_that_an_input_method_was_on():
    card = read_card("010185001234||LAN ANH|04091985|Nuwx|Toor 2A, Phoos Ranfg|25042021")
    assert (card.damaged, card.sex, card.dob) == (True, Sex.F, "1985-09-04")
    card = read_card("010185001234||LAN ANH|04091985|Nữ|Tổ 2A, Phố Ràng|25042021")
    assert not card.damaged


@pytest.mark.parametrize(
    ("name", "home"),
    [
        (NAME.replace("e1", "é"), HOME.replace("e1", "é")),  # VNI
        (NAME.replace("bb", "bbb").replace("aa", "â"), HOME),
        (NAME[:-4], HOME),  # cut within a letter
        (NAME[:-1], HOME),
    ],
)
def test_an_insurance_card_that_an_input_method_has_damaged_keeps_number_and_birth(name, home):
    card = read_card(INSURANCE.replace(NAME, name).replace(HOME, home))
    told = (card.insurance_no, card.dob, card.sex, card.name, card.damaged)
    assert told == ("GD4101012345678", "1985-09-04", Sex.F, "", True)


def test_what_stood_before_an_insurance_card_is_no_part_of_its_number():
    assert read_card("Nguyễn" + INSURANCE) is None
    assert read_card(INSURANCE.replace("GD4", "gd 4 ")).insurance_no == "GD4101012345678"


def test_the_ten_digits_of_a_new_insurance_card_do_not_speak_against_the_old_one():
    known = NewPerson("Nguyễn Thị Mẫu", "1985", Sex.F, insurance_no="DN4781012345678")
    assert contradictions(known, read_card(INSURANCE)) == []
    new = read_card(INSURANCE.replace("GD4101012345678", "1012345678"))
    assert contradictions(known, new) == []
    assert len(contradictions(known, read_card(INSURANCE.replace("5678|", "5679|")))) == 1


def test_a_card_whose_number_nobody_has_suggests_whoever_it_may_mean(suite, as_actor):
    people = [
        NewPerson("Nguyễn Thị Mẫu", "1985", commune_code="02947"),
        NewPerson("Nguyễn Thị Mẫu", "1985-09-04", id_no="063123457", commune_code="02950"),
        NewPerson("Nguyễn Thị Mẫu", "1985-09-04", id_no="010185009999", commune_code="02953"),
        NewPerson("Nguyễn Thị Mẫu", "1985-10-04", commune_code="02956"),
        NewPerson("Nguyễn Thị Mẫu", "1986", commune_code="02959"),
    ]
    with suite.database.work(as_actor(1)) as work:
        ids = [add_person(work, person) for person in people]
    with suite.database.read(as_actor(1)) as work:
        for card in (CITIZEN, CITIZEN.replace("063123456", "")):
            hits = find(work, card)
            assert {hit.id for hit in hits} == set(ids[:2])
            assert {(hit.exact, hit.suggested) for hit in hits} == {(False, True)}
        assert {hit.id for hit in find(work, INSURANCE)} == set(ids[:3])
        assert find(work, CITIZEN.replace("Nguyễn", "Nguyeenx")) == []
