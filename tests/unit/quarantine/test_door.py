"""A child who comes alone is cared for by an adult of the same bus, said by one key."""

import pytest

from admin_suite.core.errors import UserError
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson, add_people
from modules.quarantine.codes import Ended, Group
from modules.quarantine.queries.arrivals import waiting
from modules.quarantine.queries.door import MOST, lone_child
from modules.quarantine.queries.proposals import suggestion
from modules.quarantine.service import stays
from modules.quarantine.service.arrivals import NewArrival, expect
from modules.quarantine.service.door import care_for, come_in
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import bed


def at_the_door(desk, name, born, sex="F"):
    """Somebody whose card was read at the door."""
    [key] = add_people(desk, [NewPerson(name, born, Sex.of(sex))]).ids
    return come_in(desk, key, Group.F1, 1)


def names(found):
    return [one.name for one in found.carers]


def test_a_child_alone_is_asked_about_and_the_latest_adult_comes_first(desk):
    at_the_door(desk, "Lò Thị Mai", "1985")
    at_the_door(desk, "Vàng A Sình", "2010", "M")
    at_the_door(desk, "Giàng Thị Sú", "1990")
    child = at_the_door(desk, "Giàng A Lâm", "2015-03-02", "M")
    found = lone_child(desk, child)
    assert (found.name, found.under) == ("Giàng A Lâm", 16)
    assert names(found) == ["Giàng Thị Sú", "Lò Thị Mai"]


def test_nobody_is_asked_about_an_adult_a_child_of_a_family_or_an_unknown_year(desk):
    assert lone_child(desk, at_the_door(desk, "Lò Thị Mai", "1985")) is None
    assert lone_child(desk, at_the_door(desk, "Lò Văn X", "")) is None
    child = at_the_door(desk, "Giàng A Lâm", "2015")
    care_for(desk, child, at_the_door(desk, "Giàng Thị Sú", "1990"))
    assert lone_child(desk, child) is None
    assert lone_child(desk, 9999) is None


def test_whoever_came_by_the_same_bus_is_named_before_others(desk):
    told = {"arrived": "2021-08-13", "facility": "NT"}
    rows = [
        NewArrival(NewPerson("Một", "1980"), Group.F1, vehicle="24B-001", **told),
        NewArrival(NewPerson("Hai", "1981"), Group.F1, vehicle="24B-002", **told),
        NewArrival(NewPerson("Bé", "2016"), Group.F1, vehicle="24B-001", **told),
        NewArrival(NewPerson("Hôm trước", "1979"), Group.F1, arrived="2021-08-12"),
        *(
            NewArrival(NewPerson(f"Người {n}", "1982"), Group.F1, vehicle="24B-002", **told)
            for n in range(MOST)
        ),
    ]
    child = expect(desk, rows).ids[2]
    found = names(lone_child(desk, child))
    assert (found[0], len(found)) == ("Một", MOST)
    assert "Hôm trước" not in found


def test_the_child_is_given_a_bed_beside_the_carer_and_can_be_taken_back(desk):
    carer = at_the_door(desk, "Giàng Thị Sú", "1990")
    child = at_the_door(desk, "Giàng A Lâm", "2015", "M")

    def proposed():
        people = {row.id: row for row in waiting(desk, 1)}
        parties = {row.id: str(row.party_id) for row in people.values() if row.party_id}
        return {one.id: one.room for one in suggestion(desk, 1, people, parties).placed}

    assert set(proposed()) == {carer}
    care_for(desk, child, carer)
    rooms = proposed()
    assert rooms[carer] == rooms[child]
    care_for(desk, child, 0)
    assert set(proposed()) == {carer}


def test_whoever_has_left_cares_for_nobody(desk):
    carer = at_the_door(desk, "Giàng Thị Sú", "1990")
    child = at_the_door(desk, "Giàng A Lâm", "2015", "M")
    with pytest.raises(UserError, match="Choose an adult"):
        care_for(desk, child, child)
    stays.admit(desk, [Placement(carer, bed(desk, "101"))])
    stays.depart(desk, [carer], Ended.DISCHARGED)
    assert names(lone_child(desk, child)) == []
    with pytest.raises(UserError, match="not in quarantine any more"):
        care_for(desk, child, carer)
