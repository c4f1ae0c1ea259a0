"""The register of venues: what is there stays, what is the same place is one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest

from admin_suite.core.clock import midnight_of
from admin_suite.core.errors import Refused, UserError
from admin_suite.excel import importer
from admin_suite.excel.sheet import Change
from admin_suite.registry.seeds import add_communes
from admin_suite.registry.service import NewPerson
from modules.venues import day, queries, service
from modules.venues.codes import Kind
from modules.venues.formats import typed
from modules.venues.formats.doors import entrances
from modules.venues.formats.hours import hours
from modules.venues.formats.register import kind_of_name
from modules.venues.queries.coverage import coverage, tiles
from modules.venues.queries.roster import roster
from modules.venues.queries.visits import on_duty
from modules.venues.service import NewCheckin, NewStaff, NewVenue, Step
from modules.venues.sheets import VENUES
from tests.unit.excel.test_outputs import saved
from tests.unit.lists import a_world

CLERKS = 4
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
        ("Trương Thị Hoa", None),
        ("Gà ủ muối Hoa", None),
        ("Sữa chua Hạ Long", None),
        ("Hộ KD Nguyễn Đình Hải", None),
        ("Quán cơm Xuân Trường", Kind.RESTAURANT),
        ("Cửa hàng cho thuê xe máy", Kind.TRANSPORT),
        ("CHO PHO RANG", Kind.MARKET),
    ],
)
def test_the_kind_that_a_name_tells(name, kind):
    assert kind_of_name(name) is kind


def test_opening_hours_in_one_cell():
    assert hours("7h - 21h30", None) == ("07:00", "21:30")


@pytest.mark.parametrize(
    ("text", "exact"), [("24B-012.34", [True]), ("24b01234", [True]), ("012.34", [False])]
)
def test_a_vehicle_is_found_by_its_plate_however_it_is_written(work, text, exact):
    bus = NewVenue("Nhà xe Hải Vân", Kind.TRANSPORT, "02947", plate="24B - 012.34")
    other = NewVenue("Taxi Hoa", Kind.TRANSPORT, "02947", plate="24A-999.99")
    [key, _other] = service.register(work, [bus, other]).ids
    hits = day.find(work, text)
    assert ([hit.id for hit in hits], [hit.exact for hit in hits]) == ([key], exact)


def test_a_short_piece_of_a_plate_finds_nothing(work):
    service.register(work, [NewVenue("Nhà xe", Kind.TRANSPORT, "02947", plate="24B-012.34")])
    assert day.find(work, "34") == []


@pytest.mark.parametrize(
    ("field", "new", "said"),
    [
        ("entrances", "100", "1 to 99 entrances"),
        ("commune_code", "", "no commune of the district"),
        ("name", " ", "name of the venue is missing"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(work, field, new, said):
    [key] = service.register(work, [SCHOOL]).ids
    with pytest.raises(Refused, match=said):
        service.correct(work, [Change(key, {"note": ("", "x"), field: ("", new)})])
    [row] = queries.venue_rows(work, [key])
    assert (row.note, row.commune_code, row.entrances) == ("", "02971", 2)


def test_a_roster_has_those_who_work_there_today_or_later(work):
    [key] = service.register(work, [SCHOOL]).ids
    today = work.today()
    over = NewStaff(NewPerson("Lý Thị Cũ", "1980"), since=date(2020, 1, 1), until=date(2020, 2, 1))
    coming = NewStaff(NewPerson("Lý Thị Mới", "1981"), since=today + timedelta(days=9))
    service.add_staff(work, key, [over, coming])
    assert [one.name for one in roster(work, key)] == ["Lý Thị Mới"]


def test_every_commune_has_a_tile_and_tiles_count_as_the_coverage_does(work):
    add_communes(work)
    ids = service.register(
        work, [SCHOOL, SCHOOL._replace(name="Chợ Kim Sơn", kind=Kind.MARKET)]
    ).ids
    service.issue(work, ids)
    service.note_posters(work, ids[:1], Step.POSTED, work.today())
    service.state_numbers(work, "02971", {Kind.SCHOOL: 4}, work.today())
    found = tiles(work)
    rows = coverage(work)
    assert sum(one.registered for one in found) == sum(row.registered for row in rows) == 2
    [kim_son] = [one for one in found if one.registered]
    assert (kim_son.code, kim_son.posted, kim_son.stated) == ("02971", 1, 4)
    assert len(found) > 1


def test_a_venue_where_somebody_was_noted_stays_in_the_register(work):
    first, other = service.register(work, [SCHOOL, SCHOOL._replace(name="Chợ Kim Sơn")]).ids
    code = queries.venue_rows(work, [first])[0].number
    visit = NewCheckin(NewPerson("Lý A", phone="0912345678"), code, "2021-08-13T08:00")
    ids = service.note_checkins(work, [visit]).ids
    [(key, why)] = service.withdraw(work, [first, other]).items()
    assert key == first
    assert "Check-ins at “Trường Tiểu học Kim Sơn” are noted" in why
    service.withdraw_checkins(work, ids)
    assert service.withdraw(work, [first]) == {}


def test_colleagues_who_register_one_place_at_once_have_one(suite, as_actor):
    ready = Barrier(CLERKS)

    def register(clerk):
        ready.wait(10)
        with suite.database.work(as_actor(clerk % 3 + 1)) as work:
            return service.register(work, [SCHOOL]).new

    with ThreadPoolExecutor(CLERKS) as pool:
        assert sorted(pool.map(register, range(CLERKS))) == [0] * (CLERKS - 1) + [1]


@pytest.mark.parametrize(
    ("cells", "count", "names"),
    [
        (["Cổng chính; cổng sau", ""], 2, "Cổng chính; cổng sau"),
        (["Cổng 1; Cổng 2", ""], 2, "Cổng 1; Cổng 2"),
        (["Cổng số 1 và cổng số 2", ""], 2, "Cổng số 1; cổng số 2"),
        (["Cửa trước và cửa sau", ""], 2, "Cửa trước; cửa sau"),
        (["2", "Cổng A, Cổng B"], 2, "Cổng A; Cổng B"),
        (["3", "; Cổng B"], 3, "; Cổng B"),
        (["", "Cổng A; Cổng B"], 2, "Cổng A; Cổng B"),
        (["hai cổng", ""], 2, ""),
        (["1", "Cổng A; Cổng B"], 1, ""),
    ],
)
def test_the_names_of_entrances_come_with_a_list_and_leave_with_it(
    work, tmp_path, cells, count, names
):
    rows = [["Tên địa điểm", "Xã", "Số lối vào", "Tên các lối vào"], ["Chợ", "Phố Ràng", *cells]]
    draft = importer.read_file(VENUES, saved(tmp_path / "a.xlsx", rows), a_world())
    ids = service.register(work, draft.items).ids
    [row] = queries.venue_rows(work, ids)
    assert (row.name, row.entrances, row.labels) == ("Chợ", count, names)
    assert [w.code for w in draft.warnings if w.code == "LABELS_MORE"] == (
        ["LABELS_MORE"] if "1" in cells else []
    )
    known = queries.venues_known(work, [row.uid])
    assert known[row.uid][1].get("labels", "") == names


def test_entrances_are_named_anew_and_keep_their_numbers(work):
    [key] = service.register(work, [SCHOOL]).ids
    service.correct(work, [Change(key, {"labels": ("", "Cổng chính;  Cổng  sau")})])
    doors = queries.entrance_rows(work, [key])
    assert [(door.entrance, door.label) for door in doors] == [(1, "Cổng chính"), (2, "Cổng sau")]
    with pytest.raises(Refused, match="3 names are given for 2 entrances"):
        service.correct(work, [Change(key, {"labels": ("", "a; b; c")})])
    both = {"entrances": ("2", "3"), "labels": ("", "; b; c")}
    service.correct(work, [Change(key, both)])
    assert [door.label for door in queries.entrance_rows(work, [key])] == ["", "b", "c"]
    assert doors[1].words == "Entrance 2: Cổng sau"


def test_the_form_takes_the_names_of_entrances_instead_of_their_number():
    values, wrong = typed.read({"name": "Chợ", "entrances": "Cổng 1; Cổng 2"})
    assert (values["entrances"], values["labels"], wrong) == (2, "Cổng 1; Cổng 2", {})
    values, _wrong = typed.read(
        {"name": "Chợ", "entrances": "Cổng A; Cổng B", "labels": "Bắc; Nam"}
    )
    assert (values["entrances"], values["labels"]) == (2, "Bắc; Nam")


def test_a_name_alone_on_a_roster_is_whoever_has_it_there(work):
    ids = service.register(work, [NewVenue(name, Kind.MARKET, "02947") for name in ("A", "B")]).ids
    bare = NewStaff(NewPerson("Lý Văn Trực"))
    [key] = service.add_staff(work, ids[0], [bare]).ids
    again = service.add_staff(work, ids[0], [bare, bare._replace(person=NewPerson("LÝ VĂN TRỰC"))])
    assert (again.new, set(again.ids)) == (0, {key})
    told = bare._replace(person=NewPerson("Lý Văn Trực", phone="0912345678"), days="6")
    service.add_staff(work, ids[0], [told])
    service.add_staff(work, ids[1], [bare])
    people = [{one.person_id for one in roster(work, venue)} for venue in ids]
    assert [len(one) for one in people] == [2, 1]  # who has a telephone may be another
    assert people[0].isdisjoint(people[1])


def test_whose_shift_is_still_to_come_never_comes_and_who_ended_stays_ended(work):
    [key] = service.register(work, [SCHOOL]).ids
    today = work.today()
    spans = ((-9, None), (9, None), (-9, 0), (-9, 20))
    staff = [
        NewStaff(
            NewPerson(f"Lý Thị {n}", "1980"),
            since=today + timedelta(days=since),
            until=None if until is None else today + timedelta(days=until),
        )
        for n, (since, until) in enumerate(spans)
    ]
    ids = service.add_staff(work, key, staff).ids
    assert service.end_staff(work, ids, today) == (2, 1)
    work.session.expire_all()
    assert [(one.name[-1], one.until) for one in roster(work, key)] == [
        (n, today) for n in ("0", "2", "3")
    ]
    later = midnight_of(today + timedelta(days=10))
    assert on_duty(work, key, later, later + timedelta(days=7)) == []
    assert service.end_staff(work, ids, today - timedelta(days=3)) == (3, 0)


def test_a_commune_that_is_not_there_states_nothing(work):
    add_communes(work)
    with pytest.raises(UserError, match="no commune of the district"):
        service.state_numbers(work, "99999", {Kind.SCHOOL: 4}, work.today())
    service.state_numbers(work, "02971", {Kind.SCHOOL: 0}, work.today())
    [row] = coverage(work)
    assert (row.registered, row.stated, row.percent) == (0, 0, None)


def test_a_state_in_brackets_behind_a_name_is_the_state_and_hours_are_not(work, tmp_path):
    rows = [
        ["ỦY BAN NHÂN DÂN XÃ KIM SƠN"],
        ["BẢNG THỐNG KÊ CÁC CƠ SỞ KINH DOANH"],
        ["Cơ sở/hộ KD", "Ông/bà phụ trách", "Khung giờ bán hàng", "Chứa tối đa (người)"],
        ["I. Hàng ăn, giải khát"],
        ["Lẩu 69", "chị Lành", "16h-22h", "50-60"],
        ["Sáu Béo (tạm dừng)", "anh Sáu", "", ""],
        ["II. Cơ sở khác"],
        ["Karaoke Sao Đêm (đã đóng cửa)", "Tú", "", "40"],
        ["Tạp hóa Lý (đóng cửa 22h)", "Lý", "", ""],
    ]
    add_communes(work)
    work.clock = lambda: datetime(2021, 8, 20, 1, tzinfo=UTC)
    context = VENUES.context(work)
    draft = importer.read_file(VENUES, saved(tmp_path / "a.xlsx", rows), context)
    assert [(one.name, one.standing.value) for one in draft.items] == [
        ("Lẩu 69", "OPEN"),
        ("Sáu Béo", "PAUSED"),
        ("Karaoke Sao Đêm", "CLOSED"),
        ("Tạp hóa Lý (đóng cửa 22h)", "OPEN"),
    ]
    first, second, *_others = draft.items
    assert (first.kind, second.kind) == (Kind.RESTAURANT, Kind.RESTAURANT)
    assert (first.keeper, first.opens, first.closes) == ("chị Lành", "16:00", "22:00")
    assert (first.capacity, first.commune_code) == (50, "02971")
    assert [one.code for one in draft.warnings].count("STATE_IN_NAME") == 2
