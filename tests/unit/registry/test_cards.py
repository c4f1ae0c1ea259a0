"""Cards as a scanner types them; the people are invented."""

import pytest

from admin_suite.registry.cards import Card, day, read_card
from admin_suite.registry.codes import Sex
from admin_suite.registry.queries import find
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
