"""What leaves comes back: exports of arrivals and rounds that are imported again."""

from datetime import timedelta

import pytest

from admin_suite.core.errors import Refused
from admin_suite.excel import writer
from admin_suite.excel.importer import read_file, store
from admin_suite.excel.sheet import Change
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson, add_people
from modules.quarantine.codes import Channel, Group
from modules.quarantine.queries.arrivals import arrivals, waiting
from modules.quarantine.queries.beds import beds
from modules.quarantine.queries.stays import observations
from modules.quarantine.service.arrivals import NewArrival, correct_arrivals, expect
from modules.quarantine.service.calls import call
from modules.quarantine.service.home import Terms, begin_at_home
from modules.quarantine.service.places import NewFacility, NewRoom, add_facilities, add_rooms
from modules.quarantine.service.rounds import observe
from modules.quarantine.service.stays import Placement, admit
from modules.quarantine.sheets.arrivals import ARRIVALS


@pytest.fixture
def two(work):
    """One who has a bed in NT, one who waits and was sent to KS."""
    add_facilities(work, [NewFacility("NT", "Trường Nội trú"), NewFacility("KS", "Khách sạn")])
    add_rooms(work, [NewRoom("NT", "101", 2), NewRoom("KS", "1", 2)])
    day = work.today().isoformat()
    coming = [
        NewArrival(NewPerson(name, "1985", Sex.M), Group.F1, day, facility=code)
        for name, code in (("Lý Văn A", "NT"), ("Vàng Văn B", "KS"))
    ]
    keys = expect(work, coming).ids
    bed = next(one for one in beds(work) if one.room == "101")
    admit(work, [Placement(keys[0], bed.id)])
    return keys


def test_an_export_of_arrivals_that_comes_back_changes_nobody(work, two, tmp_path):
    file = tmp_path / "a.xlsx"
    writer.export(ARRIVALS, arrivals(work, {}), file)
    receipt = store(work, read_file(ARRIVALS, file, ARRIVALS.context(work)))
    assert (receipt.stored, receipt.changed) == (0, ())
    assert [one.facility for one in arrivals(work, {})] == ["NT", "KS"]


def test_who_waits_is_sent_elsewhere_by_a_corrected_list_and_who_has_a_bed_is_not(work, two):
    bedded, waits = two
    correct_arrivals(work, [Change(waits, {"facility": ("KS", "NT")})])
    assert {one.id: one.facility for one in waiting(work)} == {waits: "NT"}
    with pytest.raises(Refused, match="has a bed in NT: moves are made on the board"):
        correct_arrivals(work, [Change(bedded, {"facility": ("NT", "KS")})])
    with pytest.raises(Refused, match="no facility “XX”"):
        correct_arrivals(work, [Change(waits, {"facility": ("NT", "XX")})])


def test_rounds_leave_without_the_calls_of_people_at_home(work, two):
    observe(work, two[0], 1, "367 98 .")
    [person] = add_people(work, [NewPerson("Hà Thị C", "1990")]).ids
    [home] = begin_at_home(work, [person], Terms(Group.F1, work.today() - timedelta(days=1)))
    call(work, home, Channel.CALL, "366 .")
    assert [row.room for row in observations(work, {})] == ["101"]
