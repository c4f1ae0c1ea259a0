"""What one unit exports and another imports is the same, and never doubled."""

from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from admin_suite.core.errors import Forbidden
from admin_suite.core.i18n import speaking
from admin_suite.core.permissions import Actor
from admin_suite.db.origin import Import, Origin
from admin_suite.excel import writer
from admin_suite.excel.importer import Refusing, preview, read_file, store
from admin_suite.registry import imports
from admin_suite.registry.circumstances import USUAL
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.registry.sheets import PEOPLE
from modules.lab import service
from modules.lab.codes import Material, Subject
from modules.lab.service import NewSample
from modules.lab.sheets import SAMPLES
from tests.conftest import EVERYTHING
from tests.unit.lists import a_world

STATION, OTHER_STATION = "Trạm Y tế xã Nghĩa Đô", "Trạm Y tế xã Bảo Hà"
AN = NewPerson("Lý Văn An", "1985-03-05", Sex.M, "0912345678", address="Thôn 1, xã Nghĩa Đô")
OUR_OWN = ("id", "accession", "stage", "outcome", "received_at", "row", "person_id", "tube_id")


class Units:
    """Two units with databases of their own."""

    def __init__(self, here, there):
        self.here, self.there = here, there

    def both_ways(self):
        return ((self.here, self.there), (self.there, self.here))

    def __repr__(self):
        return "two units"


@pytest.fixture
def units(suite, elsewhere):
    return Units(suite, elsewhere)


def exported(unit, sheet, path, lang="vi"):
    with unit.database.read(unit.actor) as work, speaking(lang):
        rows = sheet.rows(work, {})
        writer.export(sheet, rows, path)
    return rows


def imported(unit, sheet, path):
    with unit.database.read(unit.actor) as work:
        draft = read_file(sheet, path, sheet.context(work))
        looked = preview(work, draft)
    with unit.database.work(unit.actor) as work:
        done = store(work, draft)
    assert (looked.changed, looked.refused) == (done.changed, done.refused)
    return done


def rows_of(unit, sheet):
    with unit.database.read(unit.actor) as work:
        return sheet.rows(work, {})


def compared(rows):
    """The rows by code, without what each unit gives itself: numbers, reception, release."""
    return {
        (row.uid, name): value
        for row in rows
        for name, value in asdict(row).items()
        if name not in OUR_OWN
    }


def differences(rows, others):
    return compared(rows).items() ^ compared(others).items()


def registered(unit, *samples, sender=STATION, day=date(2021, 8, 12)):
    with unit.database.work(unit.actor) as work:
        service.register(work, samples, Origin("a.xlsx", "List", sender, day))


WORDS = st.lists(
    st.sampled_from(["Lý", "Vàng", "Thị", "Đức", "Yến", "Páo", "Sùng", "Ơn", "Ngà"]),
    min_size=2,
    max_size=4,
).map(" ".join)
ADDRESSES = st.sampled_from(
    [
        "",
        "Thôn 1, xã Nghĩa Đô",
        "-Bản Lầu, xã Điện Quan, huyện Bảo Yên",
        "=1+1",
        "+84",
        "@x",
        "số 0012, tổ 5",
        "05/08",
    ]
)
PEOPLE_THERE = st.builds(
    NewPerson,
    WORDS,
    st.sampled_from(["", "1985", "1985-03", "1985-03-05", "2001-12-31", "1950-01-01"]),
    st.sampled_from([None, Sex.M, Sex.F]),
    st.sampled_from(["", "0912345678", "0372770242"]),
    st.sampled_from(["", "010085001234", "063350993"]),
    st.sampled_from(["", "02959", "02953"]),
    ADDRESSES,
    st.sampled_from(["", "GD4010123456789"]),
    old_id_no=st.sampled_from(["", "063350993"]),
    nationality=st.sampled_from(["", "LA"]),
    occupation=st.sampled_from(["", "=x", "Giáo viên"]),
    dob_kind=st.none(),
    passport_no=st.sampled_from(["", "C1234567"]),
    ethnic=st.sampled_from(["", "Tày"]),
    workplace=st.just(""),
    household=st.just(""),
    other_phones=st.just(""),
    uid=st.just(""),
    circumstances=st.just(USUAL),
)
SAMPLES_THERE = st.builds(
    NewSample,
    PEOPLE_THERE.filter(lambda one: one.dob < "2021-08-12"),
    st.sampled_from(["2021-08-12", "2021-08-12T07:15", "2021-08-13T00:00"]),
    st.sampled_from(["", "G1", "G2", "001"]),
    st.sampled_from([None, Subject.F1, Subject.SCREENING]),
    st.sampled_from([None, Material.NASOPHARYNGEAL]),
    st.sampled_from(["", "=x", "cần gọi lại"]),
    uid=st.just(""),
    from_sender=st.just(""),
    from_tube=st.just(""),
    nth=st.just(0),
    beside=st.just(""),
    row=st.just(0),
    stated=st.just(1),
    number=st.just(""),
    planned=st.just(False),
)
THOROUGH = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=8,
    phases=(Phase.explicit, Phase.generate),
)


@THOROUGH
@given(
    people=st.lists(PEOPLE_THERE, min_size=1, max_size=6), suffix=st.sampled_from(["xlsx", "csv"])
)
def test_people_go_there_and_back_as_they_are(units, tmp_path, people, suffix):
    with units.here.database.work(units.here.actor) as work:
        add_people(work, people)
    for one, other in units.both_ways():
        file = tmp_path / f"a.{suffix}"
        sent = exported(one, PEOPLE, file)
        imported(other, PEOPLE, file)
        assert differences(rows_of(other, PEOPLE), sent) == set()
        again = imported(other, PEOPLE, file)
        assert (again.stored, again.unchanged, again.changed) == (0, len(sent), ())


@THOROUGH
@given(
    samples=st.lists(SAMPLES_THERE, min_size=1, max_size=6),
    sender=st.sampled_from([STATION, OTHER_STATION]),
)
def test_swabs_go_there_and_back_as_they_are(units, tmp_path, samples, sender):
    registered(units.here, *samples, sender=sender)
    file = tmp_path / "a.xlsx"
    for one, other in units.both_ways():
        sent = exported(one, SAMPLES, file)
        imported(other, SAMPLES, file)
        assert differences(rows_of(other, SAMPLES), sent) == set()
        again = imported(other, SAMPLES, file)
        assert (again.stored, again.unchanged, again.changed) == (0, len(sent), ())


def rewritten(file, change):
    """The workbook with its rows changed by a person; headings by their words."""
    book = openpyxl.load_workbook(file)
    names = {cell.value: cell.column for cell in book.active[1]}
    change(book.active, names)
    book.save(file)
    return file


def test_an_export_that_comes_home_corrected_is_a_correction(suite, tmp_path):
    registered(suite, NewSample(AN, "2021-08-12", "G1"), NewSample(AN, "2021-08-13"))
    file = tmp_path / "a.xlsx"
    exported(suite, SAMPLES, file)

    def correct(sheet, names):
        sheet.cell(2, names["Họ và tên"]).value = "Lý Văn Ân"
        sheet.cell(2, names["Mã ống"]).value = "G7"

    done = imported(suite, SAMPLES, rewritten(file, correct))
    assert (done.stored, done.unchanged) == (0, 1)
    fields = {row["row"]: row["fields"] for row in done.changed}
    assert fields[2] == {"name": ("Lý Văn An", "Lý Văn Ân"), "pool": ("G1", "G7")}
    assert next((row.name, row.pool) for row in rows_of(suite, SAMPLES)) == ("Lý Văn Ân", "G7")
    with suite.database.work(suite.actor) as work:
        back = imports.take_back(work, [SAMPLES], done.import_id)
    assert back.undone >= 1
    assert rows_of(suite, SAMPLES)[0].pool == "G1"


def test_whoever_may_not_correct_does_not_by_an_export(suite, tmp_path):
    registered(suite, NewSample(AN, "2021-08-12"))
    file = tmp_path / "a.xlsx"
    exported(suite, SAMPLES, file)
    draft = read_file(SAMPLES, file, a_world())
    clerk = Actor(2, "no 2", EVERYTHING - {"lab.register"})
    with pytest.raises(Forbidden), suite.database.work(clerk) as work:
        store(work, draft)


def test_what_was_received_is_not_moved_by_an_export(suite, tmp_path):
    registered(suite, NewSample(AN, "2021-08-12", "G1"))
    file = tmp_path / "a.xlsx"
    [row] = exported(suite, SAMPLES, file)
    with suite.database.work(suite.actor) as work:
        service.receive(work, [row.tube_id])

    def move(sheet, names):
        sheet.cell(2, names["Mã ống"]).value = "G9"

    with pytest.raises(Refusing, match="received already"):
        store_of(suite, file, move)
    assert [row.pool for row in rows_of(suite, SAMPLES)] == ["G1"]


def store_of(unit, file, change):
    draft = read_file(SAMPLES, rewritten(file, change), a_world())
    with unit.database.work(unit.actor) as work:
        return store(work, draft)


def test_columns_that_an_export_leaves_out_stay(suite, tmp_path):
    with suite.database.work(suite.actor) as work:
        add_people(work, [AN._replace(insurance_no="GD4010123456789", id_no="010085001234")])
    file = tmp_path / "a.xlsx"
    exported(suite, PEOPLE, file)

    def cut(sheet, names):
        sheet.cell(2, names["Ngày sinh"]).value = "1985"
        for name in ("Mã thẻ BHYT", "Địa chỉ", "Số thẻ BHYT"):
            if name in names:
                sheet.cell(1, names[name]).value = "Không cần"

    done = imported(suite, PEOPLE, rewritten(file, cut))
    assert (done.unchanged, done.changed) == (1, ())


def test_two_lists_that_call_a_tube_alike_stay_two_tubes(suite, elsewhere, tmp_path):
    for day in (12, 14):
        people = [AN._replace(name=f"Lý {n} {day}", phone="") for n in ("An", "Bình")]
        rows = [NewSample(one, f"2021-08-{day}", "G001") for one in people]
        entry = {
            "sheet": "lab.samples",
            "file": "a",
            "sha256": "",
            "at": datetime.now(UTC),
            "by": 1,
        }
        with suite.database.work(suite.actor) as work:
            brought = Import(**entry, read=2, stored=2, unchanged=0, refused=0)
            work.session.add(brought)
            work.session.flush()
            origin = Origin("a", "List", STATION, date(2021, 8, day), brought.id)
            service.register(work, rows, origin)
    assert len({row.accession for row in rows_of(suite, SAMPLES)}) == 2
    file = tmp_path / "a.xlsx"
    exported(suite, SAMPLES, file)
    assert imported(elsewhere, SAMPLES, file).stored == 4
    there = rows_of(elsewhere, SAMPLES)
    assert len({row.accession for row in there}) == 2
    assert {row.sender for row in there} == {STATION}
    assert all(row.pooled for row in there)


def test_an_import_from_elsewhere_is_taken_back_and_comes_again(suite, elsewhere, tmp_path):
    registered(elsewhere, NewSample(AN, "2021-08-12", "G1"))
    file = tmp_path / "a.xlsx"
    exported(elsewhere, SAMPLES, file)
    done = imported(suite, SAMPLES, file)
    with suite.database.work(suite.actor) as work:
        assert imports.take_back(work, [SAMPLES], done.import_id).taken == 1
    assert rows_of(suite, SAMPLES) == []
    assert imported(suite, SAMPLES, file).stored == 1


def test_a_code_that_stands_twice_or_is_none_is_refused(suite, tmp_path):
    registered(suite, NewSample(AN, "2021-08-12"), NewSample(AN, "2021-08-13"))
    file = tmp_path / "a.xlsx"
    exported(suite, SAMPLES, file)

    def copy(sheet, names):
        code = names["Mã bản ghi"]
        sheet.cell(3, code).value = sheet.cell(2, code).value

    with pytest.raises(Refusing, match="same record code"):
        store_of(suite, file, copy)

    def spoil(sheet, names):
        sheet.cell(3, names["Mã bản ghi"]).value = "abc"

    with pytest.raises(Refusing, match="not a record code"):
        store_of(suite, file, spoil)


def test_the_code_stands_last_and_narrow(suite, tmp_path):
    file = tmp_path / "a.xlsx"
    exported(suite, SAMPLES, file)
    sheet = openpyxl.load_workbook(file).active
    assert [cell.value for cell in sheet[1]][-1] == "Mã bản ghi"
    assert SAMPLES.fields[-1].width < 12
