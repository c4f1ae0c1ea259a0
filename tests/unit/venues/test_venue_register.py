"""The register of venues: what is there stays, what is the same place is one."""

import pytest

from admin_suite.core.errors import Refused
from admin_suite.excel.sheet import Change
from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.formats.register import entrances, hours, kind_of_name
from modules.venues.service import NewVenue

SCHOOL = NewVenue("Trường Tiểu học Kim Sơn", Kind.SCHOOL, "02971", "0975795123", 2, "Bản Cao Sơn")


def test_the_same_place_again_is_one(work):
    [first] = service.register(work, [SCHOOL]).ids
    again = SCHOOL._replace(name="TRƯỜNG TIỂU HỌC KIM SƠN", phone="")
    stored = service.register(work, [again])
    assert (list(stored.ids), stored.new) == ([first], 0)


@pytest.mark.parametrize("said", [{"address": "Bản Nhai Thổ"}, {"phone": "0912345678"}])
def test_a_place_of_the_same_name_elsewhere_is_another(work, said):
    stored = service.register(work, [SCHOOL, SCHOOL._replace(**said)])
    assert stored.new == 2


def test_fewer_entrances_than_codes_are_refused(work):
    [key] = service.register(work, [SCHOOL]).ids
    service.issue(work, [key])
    with pytest.raises(Refused, match="Entrance 2 has a code"):
        service.correct(work, [Change(key, {"entrances": ("2", "1")})])


def test_an_entrance_that_was_taken_away_comes_again_with_its_number(work):
    [key] = service.register(work, [SCHOOL]).ids
    [_one, two] = queries.entrance_rows(work, [key])
    service.correct(work, [Change(key, {"entrances": ("2", "1")})])
    assert len(queries.entrance_rows(work, [key])) == 1
    service.correct(work, [Change(key, {"entrances": ("1", "3")})])
    doors = queries.entrance_rows(work, [key])
    assert [door.entrance for door in doors] == [1, 2, 3]
    assert doors[1].id == two.id


@pytest.mark.parametrize(
    ("cell", "count"), [("2 cổng", 2), ("1+1", 2), ("Cổng chính; cổng sau", 2), (3.0, 3), ("1", 1)]
)
def test_entrances_in_words(cell, count):
    assert entrances(cell, None) == count


@pytest.mark.parametrize("cell", ["0", "-1", 200.0, "nhiều 3 hoặc 4"])
def test_impossible_entrances_are_refused(cell):
    with pytest.raises(Exception, match="no number of entrances"):
        entrances(cell, None)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("UBND xã Điện Quan", Kind.OFFICE),
        ("Quầy thuốc số 12, Chị Hoa", Kind.PHARMACY),
        ("Đền Bảo Hà", Kind.RELIGIOUS),
        ("Trường PTDTBT THCS số 1 Xuân Hòa", Kind.SCHOOL),
        ("Ga Bảo Hà", Kind.TRANSPORT),
        ("Tạp hóa Hương Quê", None),
    ],
)
def test_the_kind_that_a_name_tells(name, kind):
    assert kind_of_name(name) is kind


def test_opening_hours_in_one_cell():
    assert hours("7h - 21h30", None) == ("07:00", "21:30")
