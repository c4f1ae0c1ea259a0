"""Somebody who stands in several rows of one list is entered once, in portions or at once."""

import pytest

from admin_suite.db.origin import Import, Origin
from admin_suite.registry.service import NewPerson, add_people

AN = NewPerson("Lý An", "1985-03-07", phone="0912345678", address="Bản Lầu", commune_code="02959")
CARD = AN._replace(id_no="010085001234")
YEAR = NewPerson("Lý Thị Mẩy", "1985", commune_code="02959", address="Thôn 1")


@pytest.fixture
def listed(work):
    """What a list is stored with."""
    nothing = dict.fromkeys(("read", "stored", "unchanged", "refused"), 0)
    entry = Import(sheet="a", file="", sha256="", at=work.now(), by=1, **nothing)
    work.session.add(entry)
    work.session.flush()
    return Origin(import_id=entry.id)


@pytest.mark.parametrize("size", [1, 2, 3, 9])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([AN, AN._replace(address=""), AN._replace(workplace="Trường")], [0, 0, 0]),
        ([CARD, CARD._replace(dob=""), CARD._replace(phone="")], [0, 0, 0]),
        ([AN, CARD], [0, 0]),
        ([CARD, AN._replace(id_no="010085001235")], [0, 1]),
        ([CARD, CARD._replace(dob="1990-03-07")], [0, 1]),
        ([AN, AN._replace(name="Lý Ân")], [0, 1]),  # twins have one telephone
        ([AN, AN._replace(dob="1985")], [0, 1]),
        ([YEAR, YEAR._replace(address="Thôn 2"), YEAR], [0, 1, 0]),
        ([NewPerson("Xa"), NewPerson("Xa"), NewPerson("Xa", sex=None)], [0, 0, 0]),
    ],
)
def test_rows_of_one_list_mean_one_person_by_what_they_say(work, listed, rows, expected, size):
    parts = [rows[at : at + size] for at in range(0, len(rows), size)]
    ids = [key for part in parts for key in add_people(work, part, listed).ids]
    assert [sorted(set(ids)).index(key) for key in ids] == expected
    again = [key for part in parts for key in add_people(work, part, listed).ids]
    assert again == ids  # as where a verb refuses one row and is given the others once more


def test_a_telephone_of_six_people_tells_nobody_in_a_list_either(work, listed):
    many = [AN._replace(name=f"Lý {n}", id_no="") for n in range(6)]
    again = many[0]._replace(address="Phố Ràng")
    assert len(set(add_people(work, [*many[:5], again], listed).ids)) == 5
    assert add_people(work, [many[5], again._replace(address="Bảo Hà")], listed).new == 2


def test_of_another_list_somebody_is_known_by_his_commune_as_before(work, listed):
    [key] = add_people(work, [YEAR]).ids
    assert add_people(work, [YEAR._replace(address="Thôn 2"), YEAR], listed).ids == [key, key]
