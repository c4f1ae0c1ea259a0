"""The list of people, one person's whole card, and what lists bring of them; all invented."""

import json
from datetime import date

import pytest

from admin_suite.core.errors import UserError
from admin_suite.db import paging
from admin_suite.excel.sheet import Change
from admin_suite.registry.codes import Consent, DobKind, Relation, Whose
from admin_suite.registry.people import (
    PeopleView,
    merges,
    people_keys,
    people_lines,
    people_page,
    people_places,
    person_card,
)
from admin_suite.registry.phones import NewPhone, read, written
from admin_suite.registry.queries import find
from admin_suite.registry.seeds import add_communes
from admin_suite.registry.service import (
    NewPerson,
    add_people,
    add_person,
    correct_people,
    move,
    note_consent,
    set_guardian,
    set_phones,
)

OWN, WIFE = NewPhone("0912345678"), NewPhone("0388123456", Whose.SPOUSE, "buổi tối")


def test_pages_follow_each_other_in_vietnamese_order_without_a_gap(work, monkeypatch):
    names = [f"Lý {name}" for name in ("Ân", "An", "Ánh", "Bình", "Đức", "Dung", "An")]
    ids = add_people(work, [NewPerson(one, str(1980 + n)) for n, one in enumerate(names)]).ids
    monkeypatch.setattr(paging, "PAGE", 2)
    for view in (PeopleView(), PeopleView(descending=True)):
        places = people_places(work, view)
        pages = [people_page(work, view, start) for start in places.starts]
        walked = [line.id for page in pages for line in page]
        assert walked == list(people_keys(work, view))
        assert sorted(walked) == sorted(ids)
        assert places.total == 7
    assert [line.id for line in people_lines(work, ids[::-1])] == ids[::-1]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("name", "pao ly", ["Lý A Páo"]),
        ("phone", "0388", ["Lý A Páo"]),
        ("phone", "091", ["Lý A Páo"]),
        ("id_no", "c123", ["Vàng Mẩy"]),
        ("id_no", "0631", ["Vàng Mẩy"]),
        ("commune_code", "02959", ["Vàng Mẩy"]),
        ("name", "%", []),
    ],
)
def test_a_filter_keeps_whom_it_names(work, name, text, found):
    first = add_person(work, NewPerson("Lý A Páo", "1985", phone="0912345678"))
    more = {"old_id_no": "063123456", "passport_no": "C1234567", "commune_code": "02959"}
    add_person(work, NewPerson("Vàng Mẩy", "1990", **more))
    set_phones(work, first, [OWN, WIFE])
    view = PeopleView({name: text, "dob": " "})
    assert [line.name for line in people_page(work, view)] == found
    with pytest.raises(UserError, match="no filter"):
        people_page(work, PeopleView({"nothing": "x"}))


def test_a_card_says_all_that_is_known(work):
    add_communes(work)
    mother = add_person(work, NewPerson("Lý Mẹ", "1960"))
    given = NewPerson("Lý Con", "2015", dob_kind=DobKind.AGE, address="Bản 1", commune_code="02947")
    child = add_person(work, given)
    set_guardian(work, child, mother, Relation.PARENT)
    note_consent(work, child, Consent.YES, date(2021, 8, 13))
    set_phones(work, child, [OWN, WIFE])
    card = person_card(work, child)
    assert (card.dob_kind, card.guardian, card.guardian_relation) == (
        DobKind.AGE,
        "Lý Mẹ",
        Relation.PARENT,
    )
    assert (card.phones, card.phone_consent) == ((OWN, WIFE), Consent.YES)
    assert person_card(work, mother).wards == ((child, "Lý Con"),)
    assert [hit.id for hit in find(work, WIFE.number)] == [child]
    with pytest.raises(UserError, match="own guardian"):
        set_guardian(work, child, child)
    with pytest.raises(UserError, match="Nobody has the number"):
        person_card(work, 999)


def test_an_address_is_named_as_of_its_day_and_the_former_one_is_kept(work):
    add_communes(work)
    key = add_person(work, NewPerson("Lý A", "1985"))
    move(work, key, "Tổ 1", "02947", date(2021, 8, 13))
    assert person_card(work, key).commune == "Thị trấn Phố Ràng"
    move(work, key, "Tổ 1", "02947", date(2025, 7, 1))
    card = person_card(work, key)
    assert card.commune == "Xã Bảo Yên"
    assert [(one.commune, one.until) for one in card.former_addresses] == [
        ("Thị trấn Phố Ràng", "2025-07-01")
    ]
    with pytest.raises(UserError, match="still to come"):
        move(work, key, "Tổ 2", "02947", date(2999, 1, 1))


def test_a_corrected_address_that_is_corrected_back_leaves_no_trace(work):
    key = add_person(work, NewPerson("Lý A", address="Bản 1"))
    before = person_card(work, key)
    correct_people(work, [Change(key, {"address": ("Bản 1", "Bản 2")})])
    assert len(person_card(work, key).former_addresses) == 1
    correct_people(work, [Change(key, {"address": ("Bản 2", "Bản 1")})])
    assert person_card(work, key) == before


def test_a_corrected_first_telephone_keeps_the_others(work):
    key = add_person(work, NewPerson("Lý A", phone=OWN.number, other_phones=written([WIFE])))
    assert person_card(work, key).phones == (OWN, WIFE)
    correct_people(work, [Change(key, {"phone": (OWN.number, "0377777777")})])
    assert person_card(work, key).phones == (NewPhone("0377777777"), WIFE)
    correct_people(work, [Change(key, {"other_phones": (written([WIFE]), "")})])
    assert person_card(work, key).phones == (NewPhone("0377777777"),)
    with pytest.raises(UserError, match="not a telephone"):
        set_phones(work, key, [NewPhone("12")])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0388123456 (vợ)", [("0388123456", Whose.SPOUSE, "")]),
        (
            "+84 388 123 456 trưởng bản; 0912345678",
            [("0388123456", Whose.VILLAGE_HEAD, ""), ("0912345678", Whose.SELF, "")],
        ),
        ("0388123456 chị Hoa", [("0388123456", Whose.OTHER, "chị Hoa")]),
        ("không có", []),
    ],
)
def test_further_telephones_are_read_with_whose_they_are(text, found):
    assert read(text) == [NewPhone(*one) for one in found]
    assert read(written(read(text))) == read(text)


HEADINGS = "Họ và tên;Tuổi;SĐT;Dân tộc;Quốc tịch;Nghề nghiệp;Đơn vị công tác;Mã hộ;SĐT khác"
LINES = (
    "Lý A Páo;36;0912345678;Mông;Việt Nam;Nông dân;;H02;0388123456 (vợ)",
    "Lý Thị Mẩy;30;;Mông;Lào;;Công ty X;H02;",
    "Lý A Páo;35;0912345678;;;;;;",
)


def test_a_list_brings_the_details_and_the_command_line_shows_them(say, tmp_path):
    file, out = tmp_path / "nguoi.csv", tmp_path / "out.json"
    title = "DANH SÁCH\nNgày 13/08/2021\n"
    file.write_text(title + "\n".join([HEADINGS, *LINES]), encoding="utf-8-sig")
    status, receipt, said = say("quan.tri", "import", "registry.people", str(file))
    assert (status, receipt and receipt["stored"]) == (0, 3), said
    assert say("quan.tri", "export", "registry.people", str(out))[0] == 0
    rows = {row["dob"]: row for row in json.loads(out.read_text(encoding="utf-8"))}
    pao, may = rows["1985"], rows["1991"]
    assert (pao["dob_kind"], pao["ethnic"], pao["nationality"]) == ("AGE", "Mông", "")
    assert (may["nationality"], may["workplace"], may["household"]) == ("LA", "Công ty X", "H02")
    assert pao["other_phones"].startswith("0388123456")
    ids = {dob: say("quan.tri", "find", row["name"])[1] for dob, row in rows.items()}
    assert len(ids) == 3
    card = say("quan.tri", "person", "1")[1]
    assert card["person"]["name"] == "Lý A Páo"
    assert [phone["whose"] for phone in card["phones"]] == ["SELF", "SPOUSE"]
    assert card["household"] == [["2", "Lý Thị Mẩy"]] or card["household"][0][1] == "Lý Thị Mẩy"


def test_entries_are_compared_merged_and_taken_apart_by_command(say, tmp_path):
    file = tmp_path / "nguoi.csv"
    file.write_text(
        "Họ và tên;Năm sinh;SĐT\nLý A Páo;1985;0912345678\nLý Páo;1986;0912345678\n", "utf-8"
    )
    assert say("quan.tri", "import", "registry.people", str(file))[0] == 0
    pairs = say("quan.tri", "people", "alike")[1]
    assert [pair["signs"] for pair in pairs] == [["PHONE"]]
    assert say("quan.tri", "people", "alike", "--import", "1")[1] == pairs
    assert say("quan.tri", "people", "alike", "1")[1][0]["id"] == 2
    status, done, _ = say("quan.tri", "people", "merge", "1", "2", "--reason", "một người")
    assert (status, done["differs"][0]["field"]) == (0, "name")
    assert say("quan.tri", "person", "2")[1]["person"]["name"] == "Lý A Páo"
    assert [row["number"] for row in say("quan.tri", "people", "merges")[1]] == [done["merge"]]
    assert say("quan.tri", "import", "take-back", "1")[0] == 3
    assert say("quan.tri", "people", "unmerge", str(done["merge"]))[0] == 0
    assert say("quan.tri", "people", "apart", "1", "2")[0] == 0
    assert say("quan.tri", "people", "alike")[1] == []
    assert say("quan.tri", "people", "unmerge", "9")[0] == 3
    assert say("quan.tri", "import", "take-back", "1")[1]["taken_back"] == 2


def test_no_merge_is_no_row(work):
    assert merges(work) == []
