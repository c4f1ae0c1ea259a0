"""The list of check-ins, in the dirt that guards and platforms produce."""

import csv
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from admin_suite.excel import importer
from admin_suite.excel.draft import Refusing
from admin_suite.excel.sheet import About, Change, Wrong
from admin_suite.registry.imports import take_back
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Ending, Kind, Means, Source
from modules.venues.formats.checkins import came, moments_of_most, venue
from modules.venues.formats.places import Places
from modules.venues.models import Checkin, Stay
from modules.venues.queries import visits
from modules.venues.service import NewVenue
from modules.venues.sheets import CHECKINS
from tests.unit.venues.test_venue_codes import FOREIGN

HEADINGS = (
    "STT",
    "Thời gian vào",
    "Thời gian ra",
    "Mã QR",
    "Họ và tên",
    "SĐT",
    "Hình thức",
    "Thân nhiệt",
    "Khẩu trang",
)
CARD = "010088001234|012345678|Lý Thị Mẩy|07031988|Nữ|Bản Mo, Kim Sơn, Bảo Yên, Lào Cai|15042021"
NZ = "NZCOVIDTRACER:eyJnbG4iOiI3MDAwMDAwMjQzOTUwIiwidmVyIjoiYzE5OjEiLCJ0eXAiOiJlbnRyeSJ9"
NOW = datetime(2021, 8, 20, 1, tzinfo=UTC)
NATIONAL = "https://qr.tokhaiyte.vn/d/6966499"


def a_venue(name="Chợ Phố Ràng", kind=Kind.MARKET, **said):
    return NewVenue(name, kind, "02947", **said)


@pytest.fixture
def market(work):
    """A market with two coded entrances, a café that has the national code, a shop twice."""
    work.clock = lambda: datetime(2021, 8, 10, 1, tzinfo=UTC)
    venues = [
        a_venue(entrances=2),
        a_venue("Quán Hoa", Kind.CAFE, national=NATIONAL),
        a_venue("Tạp hóa", Kind.OTHER, address="Bản 1"),
        a_venue("Tạp hóa", Kind.OTHER, address="Bản 2"),
    ]
    ids = service.register(work, venues).ids
    service.issue(work, ids[:1])
    work.clock = lambda: NOW
    return ids[0]


def codes(work, venue):
    return queries.texts(work, queries.entrance_rows(work, [venue]))


def number(work, venue):
    return queries.venue_rows(work, [venue])[0].number


def file_of(folder, rows, headings=HEADINGS, title="SỔ THEO DÕI NGƯỜI RA VÀO", name="so.csv"):
    file = folder / name
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerows([(title,), headings, *rows])
    return file


def drafted(work, file):
    return importer.read_file(CHECKINS, file, CHECKINS.context(work))


def codes_of(problems):
    return {(problem.row, problem.code) for problem in problems}


def test_a_guards_log_is_read_as_he_meant_it(work, market, tmp_path):
    one, two = codes(work, market)
    rows = [
        (1, "7h30 13/8/2021", "8h15", one, "LÝ THỊ MẨY", "01234567890", "QR", "36,5", "x"),
        (
            2,
            "13.8.21 8:30",
            "5:00",
            two.lower(),
            "Giàng A Páo",
            "912345678",
            "ghi tay",
            "365",
            "không",
        ),
        (3, "22:15 13/08/2021", "1:00", number(work, market), CARD, "", "CCCD", "36.7°C", "có"),
        (4, "7h30 - 8h15 13/8/2021", "", "quán hoa", "Hoàng Văn B", "0912345670", "", "BT", ""),
        (5, "06:00 14/08/2021", "chưa ra", NATIONAL, "", "0912000111", "", "", ""),
    ]
    draft = drafted(work, file_of(tmp_path, rows))
    assert codes_of(draft.problems) == set()
    told = [(one.t_in, one.t_out, one.entrance, one.temperature, one.mask) for one in draft.items]
    assert told == [
        ("2021-08-13T07:30", "2021-08-13T08:15", 1, 36.5, True),
        ("2021-08-13T08:30", "2021-08-13T17:00", 2, 36.5, False),
        ("2021-08-13T22:15", "2021-08-14T01:00", 0, 36.7, True),
        ("2021-08-13T07:30", "2021-08-13T08:15", 0, None, None),
        ("2021-08-14T06:00", "", 0, None, None),
    ]
    assert [one.person.phone for one in draft.items][:2] == ["0834567890", "0912345678"]
    third = draft.items[2].person
    assert (third.name, third.dob, third.id_no) == ("Lý Thị Mẩy", "1988-03-07", "010088001234")
    assert draft.items[4].person.name == "0912000111"
    assert {(4, "OUT_AFTERNOON"), (5, "OUT_NEXT_DAY"), (7, "NAME_MISSING")} <= codes_of(
        draft.warnings
    )
    assert [one.means for one in draft.items[:3]] == [Means.POSTER, Means.TYPED, Means.CARD]


def test_forged_revoked_foreign_and_unknown_codes_are_told_apart_by_row(work, market, tmp_path):
    old, revoked = codes(work, market)
    service.issue(work, [market], again=True)
    issue = queries.entrance_rows(work, [market])[1].issue_id
    newest, gone = codes(work, market)
    work.clock = lambda: datetime(2021, 8, 22, 1, tzinfo=UTC)
    service.revoke(work, [issue], "photographed")
    forged = newest[:-1] + ("A" if newest[-1] != "A" else "B")
    said = [
        ("07:30 21/08/2021", forged, "FORGED"),
        ("07:30 22/08/2021", gone, ""),
        ("08:01 22/08/2021", gone, "REVOKED"),
        ("07:30 21/08/2021", NZ, "FOREIGN"),
        ("07:30 21/08/2021", "99999Z", "UNKNOWN_VENUE"),
        ("07:30 21/08/2021", "Chợ không có", "UNKNOWN_VENUE"),
        ("07:30 21/08/2021", "Tạp hóa", "UNKNOWN_VENUE"),
        ("07:30 19/08/2021", newest, "NOT_YET_VALID"),
        ("07:30 21/08/2021", "", "NO_VENUE"),
        ("07:30 21/08/2021", newest, ""),
    ]
    rows = [
        (n, t, "", c, f"An {n}", f"09123456{n:02d}", "", "", "")
        for n, (t, c, _x) in enumerate(said)
    ]
    rows.append((11, "07:30 21/08/2021", "", old, "An K", "0912345611", "", "", ""))
    draft = drafted(work, file_of(tmp_path, rows))
    wanted = {(n, code) for n, (_t, _c, code) in enumerate(said, start=3) if code}
    assert codes_of(draft.problems) == wanted
    assert codes_of(draft.warnings) == {(13, "SUPERSEDED")}
    assert revoked != gone


@pytest.mark.parametrize("text", ["08:30 13/08/2021", "00:00 01/12/2021", "23:59 28/02/2020"])
def test_moments_of_platforms_are_read_at_once_as_one_by_one(text):
    about = About(year=2021)
    assert moments_of_most([text]) == {text: came(text, about)}
    assert moments_of_most(["24:00 13/08/2021", "08:30 31/08/2021", "8:30 13/08/2021"]) == {}


@pytest.mark.parametrize("text", [one for one in FOREIGN if ":" in one])
def test_no_poster_of_another_system_passes_for_a_venue(text):
    about = About(world=Places(site="BY", secrets={0: b"k" * 32}))
    with pytest.raises(Wrong) as refused:
        venue(text, about)
    assert refused.value.code == "FOREIGN"


def test_a_log_whose_title_names_the_venue_needs_no_column(work, market, tmp_path):
    headings = ("STT", "Ngày", "Giờ vào", "Giờ ra", "Họ và tên", "SĐT")
    rows = [(1, "13/8/2021", "7h30", "8h", "Lý A", "0912345678"), (2, "", "nt", "", "Lý B", "")]
    title = f"DANH SÁCH NGƯỜI RA VÀO CHỢ PHỐ RÀNG ({number(work, market)})"
    draft = drafted(work, file_of(tmp_path, rows[:1], headings, title))
    assert [(one.venue, one.t_in, one.t_out) for one in draft.items] == [
        (number(work, market), "2021-08-13T07:30", "2021-08-13T08:00")
    ]


@pytest.mark.parametrize(
    "above",
    [
        ("QUÁN HOA", "SỔ THEO DÕI KHÁCH RA VÀO"),
        ("TRUNG TÂM Y TẾ HUYỆN BẢO YÊN", "SỔ THEO DÕI KHÁCH TẠI QUÁN HOA"),
    ],
)
def test_the_venue_stands_above_the_title_of_its_log_or_in_it(work, market, tmp_path, above):
    service.register(work, [a_venue("Trung tâm Y tế huyện Bảo Yên", Kind.HEALTH_FACILITY)])
    file = tmp_path / "so.csv"
    rows = [
        *((line,) for line in above),
        ("Họ và tên", "Giờ vào"),
        ("Ma A", "7h30 13/8/2021"),
    ]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    draft = drafted(work, file)
    assert not draft.problems
    [cafe] = [row for row in queries.venues(work, {}) if row.name == "Quán Hoa"]
    assert [one.venue for one in draft.items] == [cafe.number]


def test_a_log_that_names_no_venue_is_of_the_venue_given_as_its_sender(work, market, tmp_path):
    file = tmp_path / "so.csv"
    file.write_text("Họ và tên,Giờ vào\nMa A,7h30 13/8/2021\n", encoding="utf-8")
    context, options = CHECKINS.context(work), importer.Options(sender="Quán Hoa")
    draft = importer.read_file(CHECKINS, file, context, options)
    assert not draft.problems
    [cafe] = [row for row in queries.venues(work, {}) if row.name == "Quán Hoa"]
    assert [one.venue for one in draft.items] == [cafe.number]


def test_ways_in_and_ways_out_may_stand_in_lines_of_their_own(work, market, tmp_path):
    headings = ("Thời gian", "Vào/Ra", "Mã điểm", "Họ và tên", "SĐT")
    place = number(work, market)
    rows = [
        ("07:30 13/08/2021", "Vào", place, "Lý A", "0912345678"),
        ("08:10 13/08/2021", "Ra", place, "Lý A", "0912345678"),
    ]
    title = "Nền tảng PC-Covid: danh sách lượt quét"
    draft = drafted(work, file_of(tmp_path, rows, headings, title))
    assert {one.source for one in draft.items} == {Source.NATIONAL}
    importer.store(work, draft)
    [visit] = visits.present(work, market, at("2021-08-13T07:00"), at("2021-08-13T12:00"))
    assert (visit.minutes, visit.ending) == (40, Ending.NOTED)


def at(local):
    return visits.moment(service.checkins.checks.seconds(local))


def counted(work, model):
    return work.session.scalar(select(func.count(model.id)))


def test_a_list_is_stored_once_and_can_be_taken_back(work, market, tmp_path):
    place = number(work, market)
    rows = [
        (1, "07:30 13/08/2021", "08:00", place, "Lý A", "0912345678", "", "", ""),
        (2, "07:30 13/08/2021", "08:00", place, "LÝ A", "0912345678", "", "", ""),
        (3, "07:40 13/08/2021", "", place, "Lý B", "0912345679", "", "", ""),
    ]
    draft = drafted(work, file_of(tmp_path, rows))
    assert len(draft.merged) == 1
    receipt = importer.store(work, draft)
    assert (receipt.stored, counted(work, Checkin), counted(work, Stay)) == (2, 2, 2)
    again = drafted(work, file_of(tmp_path, rows[:1], title="SỔ KHÁC", name="khac.csv"))
    assert importer.store(work, again).stored == 0
    assert counted(work, Checkin) == 2
    typed = service.NewCheckin(NewPerson("Lý B", phone="0912345679"), place, "2021-08-14T07:40")
    service.note_checkins(work, [typed])  # who was noted elsewhere, too, stays
    done = take_back(work, [CHECKINS], receipt.import_id)
    assert (done.taken, len(done.stays)) == (2, 0)
    work.session.expire_all()
    assert (counted(work, Checkin), counted(work, Stay)) == (1, 1)
    assert list(work.session.scalars(select(Person.name))) == ["Lý B"]


def test_the_same_name_with_the_same_telephone_is_one_visitor(work, market):
    place = number(work, market)
    new = [
        service.NewCheckin(NewPerson(name, phone=phone), place, f"2021-08-13T{hour:02d}:00")
        for hour, (name, phone) in enumerate(
            [
                ("Lý Thị Mẩy", "0912345678"),
                ("LÝ THỊ MẨY", "0912345678"),
                ("Lý Thị Mẩy", "0912345679"),
                ("Lý Thị Mai", "0912345678"),
            ],
            start=6,
        )
    ]
    service.note_checkins(work, new)
    for one in new:
        service.note_checkins(work, [one._replace(t_in="2021-08-14" + one.t_in[10:])])
    assert counted(work, Person) == 3
    assert counted(work, Checkin) == 8


def test_nothing_of_a_list_with_a_wrong_row_is_stored(work, market, tmp_path):
    place = number(work, market)
    rows = [
        (1, "07:30 13/08/2021", "", place, "Lý A", "0912345678", "", "", ""),
        (2, "sáng", "", place, "Lý B", "0912345679", "", "", ""),
    ]
    draft = drafted(work, file_of(tmp_path, rows))
    with pytest.raises(Refusing):
        importer.store(work, draft)
    assert counted(work, Checkin) == 0


def test_a_withdrawn_check_in_leaves_the_stay_that_the_others_say(work, market):
    place = number(work, market)
    person = NewPerson("Lý A", phone="0912345678")
    new = service.NewCheckin(person, place, "2021-08-13T08:00")
    more = new._replace(t_in="2021-08-13T08:30", t_out="2021-08-13T09:30")
    ids = service.note_checkins(work, [new, more]).ids
    [one] = work.session.scalars(select(Stay)).all()
    assert one.t_out - one.t_in == 90 * 60
    service.withdraw_checkins(work, ids[1:])
    work.session.expire_all()
    [one] = work.session.scalars(select(Stay)).all()
    assert (one.t_out - one.t_in, one.ending) == (45 * 60, Ending.USUAL)
    service.withdraw_checkins(work, ids[:1])
    assert counted(work, Stay) == 0
    assert counted(work, Person) == 1


def test_a_corrected_way_out_moves_the_stay(work, market):
    place = number(work, market)
    person = NewPerson("Lý A", phone="0912345678")
    [key] = service.note_checkins(work, [service.NewCheckin(person, place, "2021-08-13T08:00")]).ids
    service.correct_checkins(work, [Change(key, {"t_out": ("", "2021-08-13T08:20")})])
    [one] = work.session.scalars(select(Stay)).all()
    assert (one.t_out - one.t_in, one.ending) == (20 * 60, Ending.NOTED)


def test_a_place_that_is_open_day_and_night_closes_nobodys_stay(work):
    work.clock = lambda: NOW
    day_and_night = a_venue("Nhà nghỉ Hoa Ban", Kind.LODGING, opens="00:00", closes="00:00")
    ids = service.register(work, [day_and_night]).ids
    guest = NewPerson("Lý Văn Khách", phone="0912345678")
    visit = service.NewCheckin(guest, number(work, ids[0]), "2021-08-13T20:00")
    service.note_checkins(work, [visit])
    [stay] = work.session.scalars(select(Stay))
    assert (stay.ending, stay.t_out - stay.t_in) == (Ending.USUAL, 12 * 3600)
