"""What a list filled in where nothing stood is empty again once the list is taken back."""

import pytest

from admin_suite.excel import storing
from admin_suite.excel.importer import read_file
from admin_suite.excel.sheet import Change
from admin_suite.registry import imports
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, service
from modules.vaccination.service import NewDose, NewRegistration
from modules.vaccination.sheets import DOSES, REGISTRATIONS

PERSON = NewPerson("Lý Thị Thiếu", "1980", id_no="010180001234")
HEAD = "Họ và tên,Năm sinh,CCCD,Mã nhóm đối tượng,"
LINE = "Lý Thị Thiếu,1980,010180001234,7,"
OF_DOSE = "Mũi 1: vắc xin,Mũi 1: ngày tiêm,Mũi 1: số lô,Mũi 1: nơi tiêm\n"
WHOLE = "AZ,10/06/2021,ABV1,TYT xã Bảo Hà\n"


@pytest.fixture
def bring(day, tmp_path):
    """Store a list; its number."""

    def do(sheet, text, name="list.csv"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        draft = read_file(sheet, file, day.ask(sheet.context))
        return day.do(storing.store, draft).import_id

    return do


def doses(day):
    rows = day.ask(queries.doses.rows)
    return [(one.product, one.on, one.lot, one.place) for one in rows]


def back(day, number):
    taken = day.do(imports.take_back, [REGISTRATIONS, DOSES], number)
    return taken.taken, taken.undone


def group(day):
    return [row.priority_group for row in day.ask(queries.registrations.rows)][-1:]


FULL = [("Vaxzevria", "2021-06-10", "ABV1", "TYT xã Bảo Hà")]
BARE = [("", "2021-06-10", "", "")]


@pytest.mark.parametrize("registered", [False, True])
def test_a_list_of_registrations(day, bring, registered):
    day.do(service.enter_doses, [NewDose(PERSON, "2021-06-10")])
    if registered:
        day.do(service.register, [NewRegistration(PERSON)])
    number = bring(REGISTRATIONS, HEAD + OF_DOSE + LINE + WHOLE)
    assert (doses(day), group(day)) == (FULL, [7])
    assert back(day, number) == (not registered, 1)
    assert doses(day) == BARE
    if registered:
        assert group(day) == [None]


def test_a_list_of_doses(day, bring):
    day.do(service.enter_doses, [NewDose(PERSON, "2021-06-10", "Vaxzevria")])
    text = "Họ và tên,Năm sinh,CCCD,Vắc xin,Ngày tiêm,Số lô,Nơi tiêm\n"
    number = bring(DOSES, text + "Lý Thị Thiếu,1980,010180001234," + WHOLE)
    assert doses(day) == FULL
    assert back(day, number) == (0, 1)
    assert doses(day) == [("Vaxzevria", "2021-06-10", "", "")]


def test_what_was_changed_since_stays(day, bring):
    [dose] = day.do(service.enter_doses, [NewDose(PERSON, "2021-06-10")]).ids
    day.do(service.register, [NewRegistration(PERSON)])
    number = bring(REGISTRATIONS, HEAD + OF_DOSE + LINE + WHOLE)
    day.do(service.correct_doses, [Change(dose, {"lot": ("ABV1", "ABV2")})])
    assert back(day, number) == (0, 1)
    assert doses(day) == [("", "2021-06-10", "ABV2", "")]


def test_what_a_later_list_says_too_stays(day, bring):
    day.do(service.enter_doses, [NewDose(PERSON, "2021-06-10")])
    day.do(service.register, [NewRegistration(PERSON)])
    first = bring(REGISTRATIONS, HEAD + OF_DOSE + LINE + WHOLE)
    short = OF_DOSE.replace(",Mũi 1: nơi tiêm", "")
    bring(REGISTRATIONS, HEAD + short + LINE + "AZ,10/06/2021,ABV1\n", "later.csv")
    assert doses(day) == FULL
    back(day, first)
    assert doses(day)[0][:3] == FULL[0][:3]


def test_a_row_that_stands_there_twice_is_undone_once(day, bring):
    day.do(service.enter_doses, [NewDose(PERSON, "2021-06-10")])
    number = bring(REGISTRATIONS, HEAD + OF_DOSE + (LINE + WHOLE) * 2)
    assert doses(day) == FULL
    assert back(day, number) == (1, 1)
    assert doses(day) == BARE
