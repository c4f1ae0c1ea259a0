"""A misspelled vaccine is said with its row and column, and put right in one act."""

import pytest

from admin_suite.excel import storing
from admin_suite.excel.importer import read_file
from admin_suite.excel.mending import mended, offers
from modules.vaccination import queries
from modules.vaccination.sheets import DOSES, REGISTRATIONS

LISTS = {
    REGISTRATIONS: (
        "Họ và tên,Năm sinh,Mũi 1: vắc xin,Mũi 1: ngày tiêm,Mũi 2: vắc xin,Mũi 2: ngày tiêm\n"
        "Lý Thị Một,1980,Vaxzevira,01/04/2021,Asrta,10/06/2021\n"
        "Lý Thị Hai,1981,AZ,01/04/2021,Pfzier,10/06/2021\n"
        "Lý Thị Ba,1982,Không nhớ,01/04/2021,,\n"
    ),
    DOSES: (
        "Họ và tên,Năm sinh,Vắc xin,Ngày tiêm\n"
        "Lý Thị Một,1980,Modrena,01/04/2021\n"
        "Lý Thị Hai,1981,Sputnk V,01/04/2021\n"
    ),
}
SAID = {
    REGISTRATIONS: [
        (2, "Mũi 1: vắc xin", "Vaxzevria"),
        (2, "Mũi 2: vắc xin", "Vaxzevria"),
        (3, "Mũi 2: vắc xin", "Comirnaty"),
        (4, "Mũi 1: vắc xin", ""),
    ],
    DOSES: [(2, "Vắc xin", "Spikevax"), (3, "Vắc xin", "Sputnik V")],
}


@pytest.fixture(params=[REGISTRATIONS, DOSES], ids=lambda sheet: sheet.name)
def draft(request, day, tmp_path):
    day.later(days=60)  # so that every vaccine is known
    file = tmp_path / "list.csv"
    file.write_text(LISTS[request.param], encoding="utf-8")
    return read_file(request.param, file, day.ask(request.param.context))


def unknown(draft):
    return sorted(p for p in draft.warnings if p.code == "PRODUCT_UNKNOWN")


def test_row_column_and_what_is_meant(draft):
    told = [(one.row, one.column, one.offer) for one in unknown(draft)]
    assert told == SAID[draft.sheet]
    for one in unknown(draft):
        assert (f"Perhaps {one.offer} is meant" in one.message) == bool(one.offer)


def test_what_is_offered_is_taken_at_once_and_the_rest_is_kept_as_it_is(day, draft):
    looked = day.ask(storing.preview, draft)
    taken = offers(looked)
    assert sorted(at.row for at in taken) == sorted(
        {row for row, _c, meant in SAID[draft.sheet] if meant}
    )
    again = mended(draft, taken, "")
    assert [(one.row, one.offer) for one in unknown(again)] == [
        (row, meant) for row, _column, meant in SAID[draft.sheet] if not meant
    ]
    day.do(storing.store, again)
    found = {one.product for one in day.ask(queries.doses.rows)}
    assert found >= {meant for _row, _column, meant in SAID[draft.sheet]}


@pytest.mark.parametrize("written", ["Soberana", "Sinovac", "Vaxigrip", "Covaxin", "Nanocovax"])
def test_another_vaccine_is_not_offered_as_one_that_is_known(day, tmp_path, written):
    day.later(days=60)
    file = tmp_path / "list.csv"
    head = "Họ và tên,Năm sinh,Vắc xin,Ngày tiêm\n"
    file.write_text(f"{head}Lý Thị Một,1980,{written},01/04/2021\n", encoding="utf-8")
    draft = read_file(DOSES, file, day.ask(DOSES.context))
    assert [one.offer for one in unknown(draft)] == [""]


def test_only_some_rows_are_confirmed(day, draft):
    looked = day.ask(storing.preview, draft)
    assert [at.row for at in offers(looked, [3])] == [3]
