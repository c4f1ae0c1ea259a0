"""Lists that tell a third, fourth and fifth dose of each person."""

from itertools import chain

import pytest

from admin_suite.excel import writer
from admin_suite.excel.headings import seats
from admin_suite.excel.importer import read_file, store
from admin_suite.excel.sheet import Change
from modules.vaccination import formats, queries, service
from modules.vaccination.sheets import REGISTRATIONS
from tests.unit.excel.test_outputs import saved
from tests.unit.lists import a_world

TITLE = [["TRẠM Y TẾ XÃ NGHĨA ĐÔ"], ["DANH SÁCH TIÊM VẮC XIN"], ["Ngày 20 tháng 8 năm 2022"]]
WHO = ["TT", "Họ tên", "Năm sinh"]
FIVE = [
    ("AZ", "10/6/2021", "ABV5297"),
    ("AZ", "10/9/2021", "ABV5298"),
    ("Pfizer", "10/1/2022", "FF2589"),
    ("Pfizer", "15/5/2022", "FK0112"),
    ("Moderna", "12/8/2022", "300368"),
]


@pytest.fixture
def read(tmp_path):
    def read(*rows):
        return read_file(REGISTRATIONS, saved(tmp_path / "a.xlsx", [*TITLE, *rows]), a_world())

    return read


def told(item):
    return [(one.stated, one.product, one.on.strftime("%d/%m/%Y"), one.lot) for one in item.doses()]


def expected(numbers=(1, 2, 3, 4, 5)):
    words = {"AZ": "Vaxzevria", "Pfizer": "Comirnaty", "Moderna": "Spikevax"}
    rows = ((n, *FIVE[n - 1]) for n in numbers)
    days = (
        (n, words[name], "/".join(f"{int(p):02d}" for p in on.split("/")), lot)
        for n, name, on, lot in rows
    )
    return list(days)


def test_a_dose_of_every_number_stands_under_its_own_heading(read):
    head = [*WHO]
    below = [""] * 3
    for n in range(1, 6):
        head += [f"Mũi {n}", "", ""]
        below += ["Loại vắc xin", "Ngày tiêm", "Số lô"]
    draft = read(head, below, [1, "Lý Văn An", 1985, *chain(*FIVE)])
    assert told(draft.items[0]) == expected()
    assert not draft.problems
    assert not [one for one in draft.warnings if one.code == "UNKNOWN_COLUMN"]


@pytest.mark.parametrize(
    "words",
    [
        ("Vắc xin mũi {n}", "Ngày tiêm mũi {n}", "Số lô mũi {n}"),
        ("Mũi {n}", "Ngày mũi {n}", "Lô mũi {n}"),
        ("Tên vắc xin lần {n}", "Thời gian tiêm lần {n}", "Lô thuốc lần {n}"),
        ("Dose {n}: vaccine", "Dose {n}: day", "Dose {n}: lot"),
        ("Mũi {n}: vắc xin", "Mũi {n}: ngày tiêm", "Mũi {n}: số lô"),
    ],
)
def test_headings_of_one_row_name_the_number_too(read, words):
    head = [*WHO, *(word.format(n=n) for n in range(1, 6) for word in words)]
    draft = read(head, [1, "Lý Văn An", 1985, *chain(*FIVE)])
    assert told(draft.items[0]) == expected()


@pytest.mark.parametrize(
    "names",
    [
        ("Mũi 1", "Mũi 2", "Mũi bổ sung", "Mũi nhắc lại"),
        ("Mũi 1", "Mũi 2", "Mũi nhắc lại lần 1", "Mũi nhắc lại lần 2"),
        ("Mũi 1", "Mũi 2", "Mũi 3", "Mũi nhắc lại 2"),
    ],
)
def test_doses_that_repeat_are_counted_on_from_the_schedule(read, names):
    head = [*WHO, *(one for name in names for one in (name, "", ""))]
    below = ["", "", "", *["Vắc xin", "Ngày tiêm", "Số lô"] * 4]
    draft = read(head, below, [1, "Lý Văn An", 1985, *chain(*FIVE[:4])])
    assert told(draft.items[0]) == expected((1, 2, 3, 4))


@pytest.mark.parametrize("word", formats.PARTS["product"])
@pytest.mark.parametrize(
    "pair",
    [
        ("mũi 3", "mũi 4"),
        ("mũi 3", "mũi nhắc lại"),
        ("mũi bổ sung", "mũi nhắc lại"),
        ("mũi bổ sung", "mũi nhắc lại lần 1"),
        ("mũi 3", "mũi nhắc lại lần 1"),
        ("mũi nhắc lại lần 1", "mũi nhắc lại lần 2"),
    ],
)
def test_the_parts_of_two_doses_are_never_taken_for_those_of_one(word, pair):
    last = formats.PARTS["lot"][:4]
    for day, lot in zip(formats.PARTS["on"][:4], last, strict=True):
        head = ["Họ tên", "Năm sinh"]
        head += [f"{part} {one}" for one in pair for part in (word, day, lot)]
        places = seats(REGISTRATIONS, [[text] for text in head], {}).places
        for n in (3, 4):
            found = {
                (places[f"{p}{n}"] - 2) // 3
                for p in ("product", "on", "lot")
                if f"{p}{n}" in places
            }
            assert len(found) < 2, (head, places)
        assert (places["on3"] - 2) // 3 == 0


def test_a_group_that_is_empty_in_every_row_tells_nothing(read):
    head = [*WHO, *(f"{part} mũi {n}" for n in range(1, 5) for part in ("Vắc xin", "Ngày tiêm"))]
    row = [1, "Lý Văn An", 1985, "AZ", "10/6/2021", "AZ", "10/9/2021", "", "", "", ""]
    assert told(read(head, row).items[0]) == [
        (1, "Vaxzevria", "10/06/2021", ""),
        (2, "Vaxzevria", "10/09/2021", ""),
    ]


def test_a_fourth_dose_before_the_third_is_refused(read):
    head = [*WHO, *(f"{part} mũi {n}" for n in range(1, 5) for part in ("Vắc xin", "Ngày tiêm"))]
    days = ["10/6/2021", "10/9/2021", "10/1/2022", "9/1/2022"]
    draft = read(head, [1, "Lý Văn An", 1985, *chain(*(("AZ", day) for day in days))])
    assert [(one.field, one.code) for one in draft.problems] == [("on4", "DOSE_ORDER")]


@pytest.mark.parametrize(
    ("cell", "n"),
    [
        ("Mũi 4", 4),
        ("thứ tư", 4),
        ("Mũi nhắc lại", 3),
        ("Nhắc lại lần 2", 4),
        ("Mũi nhắc lại 1", 3),
        ("Bổ sung", 3),
        ("từ xã", 0),
        ("Mũi thứ ba", 3),
    ],
)
def test_which_dose_a_card_calls_it(cell, n):
    assert formats.which(cell) == n


def test_all_doses_are_facts_with_number_and_verdict_and_leave_again(read, suite):
    head = [*WHO, *(f"{p} mũi {n}" for n in range(1, 6) for p in ("Vắc xin", "Ngày tiêm", "Lô"))]
    draft = read(head, [1, "Lý Văn An", 1985, *chain(*FIVE)])
    with suite.database.work(suite.actor) as work:
        store(work, draft)
    with suite.database.read(suite.actor) as work:
        rows = queries.registrations.rows(work)
        [said] = writer.as_json(REGISTRATIONS, rows)
    doses = said["doses"]
    assert [(one["number"], one["product"], one["lot"]) for one in doses] == [
        (n, product, lot) for n, product, _on, lot in expected()
    ]
    assert all(one["verdict"] for one in doses)
    assert (said["product4"], said["on5"], said["lot5"]) == ("Comirnaty", "2022-08-12", "300368")


def test_a_corrected_list_changes_adds_and_takes_back_a_late_dose(read, suite):
    head = [*WHO, *(f"{p} mũi {n}" for n in range(1, 5) for p in ("Vắc xin", "Ngày tiêm"))]
    cells = [cell for product, on, _lot in FIVE[:4] for cell in (product, on)]
    with suite.database.work(suite.actor) as work:
        store(work, read(head, [1, "Lý Văn An", 1985, *cells]))
        [row] = queries.registrations.rows(work)
        moved = {"on4": ("2022-05-15", "2022-05-16"), "on5": ("", "2022-08-12")}
        service.correct(work, [Change(row.id, moved)])
        [row] = queries.registrations.rows(work)
        assert [one.on for one in row.doses][3:] == ["2022-05-16", "2022-08-12"]
        service.correct(work, [Change(row.id, {"on5": ("2022-08-12", "")})])
        [row] = queries.registrations.rows(work)
    assert [one.number for one in row.doses] == [1, 2, 3, 4]
