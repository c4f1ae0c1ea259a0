"""Venues of a district: posters put up, a guard's log, a desk, and what an inspection would see."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from admin_suite.core.clock import stamp
from admin_suite.db.work import Work
from admin_suite.excel import writer
from admin_suite.module import Scene
from admin_suite.registry.service import NewPerson
from modules.venues import documents, queries
from modules.venues.codes import Kind, Means, Source
from modules.venues.queries.visits import checkins
from modules.venues.service import (
    NewCheckin,
    NewStaff,
    NewVenue,
    Step,
    add_staff,
    issue,
    note_checkins,
    note_posters,
    register,
    state_numbers,
)
from modules.venues.sheets import CHECKINS
from modules.venues.sheets import VENUES as VENUES_SHEET

VENUES = (
    NewVenue(
        "Chợ Phố Ràng",
        Kind.MARKET,
        "02947",
        "0912000011",
        3,
        "Tổ dân phố 3A",
        "Lý Thị Mẫu",
        "05:00",
        "18:00",
        300,
    ),
    NewVenue(
        "Quán phở Hoa Ban",
        Kind.RESTAURANT,
        "02947",
        "0912000012",
        1,
        "Tổ dân phố 2A",
        "Vàng A Dơ",
        "06:00",
        "21:00",
        40,
    ),
    NewVenue(
        "Ủy ban nhân dân xã Nghĩa Đô",
        Kind.OFFICE,
        "02953",
        "0912000013",
        2,
        "Bản Nà Đình",
        "Ma Văn Lực",
        "07:30",
        "16:30",
        60,
    ),
    NewVenue(
        "Nhà thuốc Minh Tâm",
        Kind.PHARMACY,
        "02947",
        "0912000014",
        1,
        "Tổ dân phố 5B",
        "Đỗ Thị Tâm",
        "07:00",
        "22:00",
        8,
    ),
    NewVenue(
        "Đền Bảo Hà",
        Kind.RELIGIOUS,
        "02989",
        "0912000015",
        2,
        "Bản Bảo Vinh",
        "Bàn Văn Quẩy",
        "06:00",
        "18:00",
        500,
    ),
    NewVenue(
        "Trường THCS Kim Sơn",
        Kind.SCHOOL,
        "02971",
        "0912000016",
        2,
        "Bản Mo",
        "Nông Thị Ánh",
        "07:00",
        "17:00",
        450,
    ),
)
VISITORS = (
    "Giàng A Páo", "Lò Thị Dợ", "Hoàng Văn Tuấn", "Triệu Mùi Nái", "Phùng Thu Hường",
    "Lương Thị Đào", "Sùng Seo Phử", "Bàn Thị Mai", "Nguyễn Văn Lợi", "Vi Thị Hạnh",
)  # fmt: skip
BEFORE, VISITS = 12, 60  # days since the posters hang; visits that are noted


def build(scene: Scene) -> None:
    """Posters twelve days ago, visits of a week, a clerk of the market on the roster."""
    with scene.work("venues", scene.today - timedelta(days=BEFORE)) as work:
        ids = register(work, VENUES).ids
        issue(work, ids)
        note_posters(work, ids, Step.HANDED, work.today(), "Trạm Y tế xã")
        note_posters(work, ids[:5], Step.POSTED, work.today())
        state_numbers(work, "02947", {Kind.MARKET: 1, Kind.RESTAURANT: 6}, work.today())
    with scene.work("venues", scene.today) as work:
        clerk = NewPerson("Lý Văn Trực", "1980", phone="0912000001", commune_code="02947")
        add_staff(work, ids[0], [NewStaff(clerk, "1234567", "05:00", "12:00")])
        note_checkins(work, _visits(scene, work, ids[:3]))
    with scene.work("venues", scene.today) as work:
        _write(scene, work)


def _write(scene: Scene, work: Work) -> None:
    """The posters, the lists to sign for them, the register and the log as workbooks."""
    folder = scene.folder / "venues"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "Áp phích.pdf").open("wb") as out:
        documents.draw_posters(work, {}, out)
    with (folder / "Giao nhận áp phích.pdf").open("wb") as out:
        documents.draw_handing(work, {}, out)
    writer.export(VENUES_SHEET, queries.venues(work, {}), folder / "Địa điểm.xlsx")
    writer.export(CHECKINS, checkins(work, {}), folder / "Lượt vào ra.xlsx")


def _visits(scene: Scene, work: Work, venues: Sequence[int]) -> list[NewCheckin]:
    """A week of a market and an eating house that scan, and an office whose guard types."""
    numbers = [row.number for row in queries.venue_rows(work, venues)]
    made = []
    for n in range(VISITS):
        which = n % len(numbers)
        came = _moment(scene, n)
        means = Means.TYPED if which == len(numbers) - 1 else scene.dice.choice(list(Means))
        left = stamp(came + timedelta(minutes=20 + n % 40)) if n % 3 == 0 else ""
        name = VISITORS[scene.dice.randrange(len(VISITORS))]
        person = NewPerson(name, phone=f"09123450{VISITORS.index(name):02d}")
        made.append(
            NewCheckin(
                person,
                numbers[which],
                stamp(came),
                left if left <= stamp(scene.today) else "",
                entrance=1,
                means=means,
                source=Source.VENUE,
                temperature=round(36.2 + n % 8 / 10, 1),
                mask=n % 9 != 0,
            )
        )
    return made


def _moment(scene: Scene, n: int) -> datetime:
    """The first dozen within the last hour, the others on the days before."""
    if n < len(VISITORS):
        return scene.today - timedelta(minutes=5 + 3 * n)
    hour = scene.dice.randint(7, 17)
    day = scene.today - timedelta(days=1 + n % 6)
    return day.replace(hour=hour, minute=scene.dice.randrange(60))
