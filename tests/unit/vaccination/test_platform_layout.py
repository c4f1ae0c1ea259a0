"""What leaves for the national platform says where everybody lives and was vaccinated, and comes
back as it left.
"""

import pytest

from admin_suite.core.shipped import shipped
from admin_suite.excel import output, storing
from admin_suite.excel.importer import read_file
from admin_suite.excel.output_data import read
from admin_suite.registry import areas
from admin_suite.registry.outputs import signed
from admin_suite.registry.seeds import add_communes
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, service
from modules.vaccination.service import NewRegistration
from modules.vaccination.sheets import REGISTRATIONS

LAYOUT = shipped("resources") / "layouts" / "5_vaccination_platform.json"
PLACE = "Trạm Y tế xã Điện Quan"
DOSES = {
    f"{part}{n}": value
    for n, day in enumerate(("2021-03-10", "2021-06-01", "2021-07-20", "2021-08-19"), start=1)
    for part, value in (("product", "Vaxzevria"), ("on", day), ("lot", f"A{n}"), ("place", PLACE))
}


@pytest.fixture
def rows(day):
    """Somebody with four doses in a commune of the district, as exports carry him."""
    day.do(add_communes)
    person = NewPerson("Lý Thị Bốn", "1980", phone="0912000444", commune_code="02959")
    keys = day.do(service.register, [NewRegistration(person, 7, **DOSES)]).ids
    return day.ask(queries.registrations.registration_rows, keys)


def told(rows):
    layout = read(LAYOUT.read_text(encoding="utf-8"))
    return layout, output.grouped(layout, rows, {})


def test_the_platform_is_told_the_district_and_four_doses_with_their_place(rows):
    layout, groups = told(rows)
    [row] = output.objects(layout, groups)
    where = {
        "Tỉnh/TP": "Lào Cai",
        "Mã tỉnh/TP": "10",
        "Quận/Huyện": "Bảo Yên",
        "Mã quận/huyện": "087",
        "Xã/Phường": "Xã Điện Quan",
        "Mã xã/phường": "02959",
    }
    assert row.items() >= where.items()
    for n, day in ((1, "10/03/2021"), (2, "01/06/2021"), (3, "20/07/2021"), (4, "19/08/2021")):
        dose = [row[f"Mũi {n}: {part}"] for part in ("vắc xin", "ngày tiêm", "số lô", "nơi tiêm")]
        assert dose == ["Vaxzevria", day, f"A{n}", PLACE]


@pytest.mark.parametrize(
    ("on", "area"),
    [
        ("2021-08-20", ("Xã Bảo Hà", "Bảo Yên", "087", "Lào Cai", "10")),
        ("2025-06-30", ("Xã Bảo Hà", "Bảo Yên", "087", "Lào Cai", "10")),
        ("2025-07-01", ("Xã Bảo Hà", "", "", "Lào Cai", "15")),
    ],
)
def test_codes_are_those_of_the_day(day, on, area):
    day.do(add_communes)
    assert tuple(day.ask(areas.areas)("02989", on)) == area


def test_a_commune_that_is_no_more_and_one_of_elsewhere(day):
    day.do(add_communes)
    where = day.ask(areas.areas)
    assert where("02959", "2026-01-01")[1:] == ("Bảo Yên", "087", "Lào Cai", "10")
    assert where("99999", "2021-08-20") == areas.Area()


def test_what_left_by_the_layout_comes_back_unchanged(day, rows, tmp_path):
    layout, groups = told(rows)
    file = tmp_path / "out.xlsx"
    output.write(layout, groups, file, day.ask(signed, []).author, {})
    draft = read_file(REGISTRATIONS, file, day.ask(REGISTRATIONS.context))
    assert draft.problems == []
    receipt = day.do(storing.store, draft)
    assert (receipt.unchanged, receipt.stored, receipt.refused) == (1, 0, ())
    again = day.ask(queries.registrations.registration_rows, [rows[0].id])
    assert again == rows
