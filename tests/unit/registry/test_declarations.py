"""Declarations of health and movement, typed and from lists; the people are invented."""

import json

import pytest

from admin_suite.core.errors import UserError
from admin_suite.excel.sheet import Change
from admin_suite.registry.codes import Relation
from admin_suite.registry.declarations import (
    correct_declarations,
    declare,
    withdraw_declarations,
)
from admin_suite.registry.declared import (
    NewDeclaration,
    Visit,
    declarations_of,
    read_places,
    written_places,
)
from admin_suite.registry.merging import merge_people
from admin_suite.registry.reading.declared import exposures, symptoms
from admin_suite.registry.service import NewPerson, add_person

PAO = NewPerson("Lý A Páo", "1985", phone="0912345678", commune_code="02959")
TOLD = NewDeclaration(
    PAO,
    "2021-08-13T07:30",
    symptoms="COUGH FEVER",
    onset="2021-08-12",
    exposures="AREA",
    places="Chợ Phố Ràng (07:00 12/08/2021 - 09:00 12/08/2021); Nhà văn hóa",
    from_place="Bắc Giang",
    to_place="Bảo Yên",
    plate="24B-001.23",
    seat="12",
    by_name="Vàng Thị Mẩy",
    relation=Relation.SPOUSE,
)


def test_a_declaration_is_stored_shown_and_in_the_timeline(suite):
    with suite.database.work(suite.actor) as work:
        declare(work, [TOLD])
        person = declarations_of(work, 1)[0].person_id
        row = declarations_of(work, person)[0]
        assert (row.symptoms, row.declared_at, row.places) == (
            "FEVER COUGH",
            TOLD.declared_at,
            TOLD.places,
        )
        told = suite.timeline(work, person)
    assert [line.title for line in told] == ["Health declaration"]
    assert "Bắc Giang → Bảo Yên" in told[0].detail
    assert "declared by Vàng Thị Mẩy" in told[0].detail


def test_the_same_declaration_twice_is_one(work):
    first = declare(work, [TOLD, TOLD])
    again = declare(work, [TOLD, TOLD._replace(declared_at="2021-08-14T07:30")])
    assert (first.new, again.new) == (1, 1)
    assert again.ids[0] == first.ids[0]


def test_somebody_in_the_register_declares_for_another(work):
    child, mother = (add_person(work, NewPerson(name, "1985")) for name in ("Lý Con", "Lý Mẹ"))
    declare(work, [NewDeclaration(PAO, person_id=child, by_id=mother, relation=Relation.PARENT)])
    row = declarations_of(work, child)[0]
    assert (row.by_name, row.name, row.symptoms) == ("Lý Mẹ", "Lý Con", "")
    other = add_person(work, NewPerson("Lý Mẹ Mới", "1986"))
    merge_people(work, other, mother, "cùng người")
    assert declarations_of(work, child)[0].by_id == other


def test_a_declaration_is_corrected_and_withdrawn(work):
    key = declare(work, [TOLD]).ids[0]
    fields = {"symptoms": ("FEVER COUGH", ""), "places": (TOLD.places, "Bến xe"), "seat": ("", "9")}
    correct_declarations(work, [Change(key, fields | {"phone": ("", "0388123456")})])
    row = declarations_of(work, 1)[0]
    assert (row.symptoms, row.places, row.seat, row.phone) == ("", "Bến xe", "9", "0388123456")
    backwards = {"places": ("Bến xe", "Bến xe (13/08/2021 - 12/08/2021)")}
    with pytest.raises(UserError, match="“Bến xe” ends before it begins"):
        correct_declarations(work, [Change(key, backwards)])
    assert withdraw_declarations(work, [key]) == {}
    assert declarations_of(work, row.person_id) == []
    with pytest.raises(UserError, match="no declaration"):
        correct_declarations(work, [Change(key, {"seat": ("9", "8")})])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"declared_at": "2021-13-01"}, "not a day"),
        ({"declared_at": "2999-01-01"}, "still to come"),
        ({"symptoms": "PLAGUE"}, "not known here"),
        ({"places": "Chợ (09:00 12/08/2021 - 07:00 12/08/2021)"}, "“Chợ” ends before it begins"),
        ({"places": "Bến xe; Nhà bạn (13/08/2021 - 08/2021); Chợ (2021 - 12/2020)"}, "“Chợ” ends"),
        ({"person_id": 999}, "Nobody has the number"),
        ({"person": NewPerson("")}, "name is required"),
    ],
)
def test_what_cannot_be_declared_is_refused_in_a_sentence(work, wrong, said):
    with pytest.raises(UserError, match=said):
        declare(work, [TOLD._replace(**wrong)])


@pytest.mark.parametrize(
    ("cell", "codes", "words"),
    [
        ("Sốt, ho", "FEVER COUGH", ""),
        ("sot cao; dau hong va kho tho", "FEVER SORE_THROAT BREATHING", ""),
        ("không", "", ""),
        ("mất vị giác, tiêu chảy", "SMELL_TASTE", "tiêu chảy"),
        ("FEVER COUGH", "FEVER COUGH", ""),
    ],
)
def test_symptoms_are_read_in_any_wording(cell, codes, words):
    assert symptoms(cell, None) == (codes, words)


def test_contacts_are_read_in_any_wording():
    assert exposures("Tiếp xúc F0, về từ vùng dịch", None).codes == "CASE AREA"


@pytest.mark.parametrize(
    "places",
    [
        [Visit("Chợ", "2021-08-12T07:00", "2021-08-12T09:00")],
        [Visit("Chợ (cũ)", "2021-08-12", ""), Visit("Bến xe")],
        [],
    ],
)
def test_places_are_read_as_they_are_written(places):
    assert read_places(written_places(places)) == places


HEADINGS = "Họ và tên;Năm sinh;SĐT;Ngày khai báo;Triệu chứng;Nơi đi;Nơi đến;Biển số xe;Số ghế"


def test_a_list_of_declarations_is_stored_exported_and_taken_back(say, tmp_path):
    lines = [HEADINGS, "Lý A;1985;0912345678;13/08/2021 07:30;sốt;Bắc Giang;Bảo Yên;24B-1;4"]
    file = tmp_path / "khai.csv"
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    status, receipt, _ = say("quan.tri", "import", "registry.declarations", str(file))
    assert (status, receipt["stored"], receipt["refused"]) == (0, 1, [])
    out = tmp_path / "ra.json"
    assert say("quan.tri", "export", "registry.declarations", str(out))[0] == 0
    row = json.loads(out.read_text(encoding="utf-8"))[0]
    assert (row["name"], row["symptoms"], row["plate"], row["seat"]) == (
        "Lý A",
        "FEVER",
        "24B-1",
        "4",
    )
    again = say("quan.tri", "import", "registry.declarations", str(file))[1]
    assert (again["stored"], again["unchanged"]) == (0, 1)
    assert say("quan.tri", "import", "take-back", "1")[1]["taken_back"] == 1
    assert say("quan.tri", "export", "registry.declarations", str(out))[1]["rows"] == 0


def test_symptoms_that_have_no_code_and_the_kinship_leave_and_come_again(say, tmp_path):
    file, out = tmp_path / "khai.csv", tmp_path / "ra.xlsx"
    file.write_text(
        "Họ và tên;Năm sinh;SĐT;Ngày khai báo;Triệu chứng;Triệu chứng khác;Người khai;Quan hệ\n"
        "Lý A;1985;0912345678;13/08/2021 07:30;sốt, ngứa tai;mỏi;Lý B;bố\n",
        encoding="utf-8-sig",
    )
    assert say("quan.tri", "import", "registry.declarations", str(file))[1]["stored"] == 1
    assert say("quan.tri", "export", "registry.declarations", str(out))[0] == 0
    assert say("quan.tri", "import", "take-back", "1")[1]["taken_back"] == 1
    assert say("quan.tri", "import", "registry.declarations", str(out))[1]["stored"] == 1
    again = tmp_path / "ra.json"
    say("quan.tri", "export", "registry.declarations", str(again))
    row = json.loads(again.read_text(encoding="utf-8"))[0]
    told = (row["symptoms"], row["other_symptoms"], row["relation"])
    assert told == ("FEVER", "ngứa tai, mỏi", "PARENT")
