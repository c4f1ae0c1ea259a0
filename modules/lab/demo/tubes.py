"""What the laboratory adds to the demo district: sampling lists, tubes received, results entered.

Everything goes through the ordinary import and the ordinary verbs; all people are invented.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import nan
from pathlib import Path
from random import Random
from typing import Any

from msgspec import Struct

from admin_suite.core.clock import here
from admin_suite.core.i18n import _
from admin_suite.db.work import Work
from admin_suite.excel import importer, paper
from admin_suite.excel.paper import Leaf
from admin_suite.excel.sheet import Sheet
from admin_suite.module import Scene
from admin_suite.registry.queries import CommuneRow, communes
from admin_suite.reports import chart
from modules.lab import day, queries, service
from modules.lab.codes import BlockKind, Finding, LabelState, Stage
from modules.lab.queries import SampleView
from modules.lab.service import NewBlock
from modules.lab.sheets import RESULTS, SAMPLES

PEOPLE = 2_000
POOL = 5
DAYS = 6
ROUND = timedelta(hours=11, minutes=30)  # from seven in the morning until all are swabbed
POSITIVE = 0.02
COUNTED = 8  # tubes of a box, before one that is broken
LABORATORY = "Trung tâm Kiểm soát bệnh tật tỉnh Lào Cai"
CENTURY, CARDLESS = 2000, 2007  # born in or after: the next century digit, no card yet
FAMILIES = ("Nguyễn", "Hoàng", "Lý", "Giàng", "Bàn", "Vàng", "Sùng", "Lương", "Ma", "Đặng", "Lục")
MEN = ("Văn Hùng", "A Páo", "Seo Chẩn", "Đức Mạnh", "Kim Quyển", "Văn Quẩy", "A Sài", "Minh Khôi")
WOMEN = ("Thị Mẩy", "Thị Thu Hường", "Thị Dở", "Thị Xuyến", "Mùi Nái", "Thị Lan", "Thị Ngọc Ánh")
HAMLETS = ("Nà Đình", "Khuổi Vèng", "Tổng Kim", "Bùn", "Liên Hà", "Thâm Mạ", "Lúc", "Mạ")
SUBJECTS = ("F1", "Sàng lọc", "Sàng lọc", "Về từ vùng dịch", "Nhân viên y tế", "Ho, sốt")
HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "CCCD/CMND",
    "SĐT",
    "Địa chỉ",
    "Đối tượng",
    "Ngày giờ lấy mẫu",
    "Loại mẫu",
    "Mã ống gộp",
)
RESULT_HEADINGS = ("Mã số mẫu", "Kết quả", "Ct", "Phương pháp")
Line = list[object]


class Station(Struct, frozen=True):
    """One health station and the day of its list."""

    name: str
    commune: CommuneRow
    day: datetime


def build(scene: Scene) -> None:
    """Write the stations' lists, import them, receive the tubes, enter the results."""
    lists = scene.folder / "lists"
    lists.mkdir(parents=True, exist_ok=True)
    with scene.work("technician", scene.today) as work:
        stations = list(_stations(scene, communes(work)))
    share = PEOPLE // len(stations)
    for number, station in enumerate(stations):
        count = share + (number < PEOPLE - share * len(stations))
        file = lists / f"{number + 1:02d} {station.commune.name}.xlsx"
        paper.write(file, [_list(station, list(_people(scene.dice, station, count)))])
        arrived = min(station.day + timedelta(hours=9), scene.today)
        with scene.work("technician", arrived) as work:
            bring(work, SAMPLES, file)
        if station.day < max(one.day for one in stations):
            _measure(scene, station, lists / f"{number + 1:02d} {station.commune.name} KQ.xlsx")
    _receive_some(scene)
    _draw_week(scene)


def _measure(scene: Scene, station: Station, file: Path) -> None:
    with scene.work("technician", station.day + timedelta(hours=11)) as work:
        service.receive(work, queries.tubes_at(work, Stage.EXPECTED))
    with scene.work("technician", station.day + timedelta(hours=20)) as work:
        view = SampleView(stages=(Stage.RECEIVED,))
        rows = queries.sample_rows(work, queries.sample_keys(work, view))
        tubes = list(dict.fromkeys(row.accession for row in rows))
        paper.write(file, [Leaf("KQ", RESULT_HEADINGS, _results(scene.dice, tubes))])
        bring(work, RESULTS, file)


def _receive_some(scene: Scene) -> None:
    """Half of what came last is received, so that every list of the window has something in it."""
    with scene.work("technician", scene.today) as work:
        expected = queries.tubes_at(work, Stage.EXPECTED)
        service.receive(work, expected[: len(expected) // 2])
    _reserve(scene)
    _hand_over(scene)


def _reserve(scene: Scene) -> None:
    """Labels printed before they are needed, one of them torn, and numbers for a station."""
    with scene.work("technician", scene.today) as work:
        block = service.reserve(work, NewBlock(65, BlockKind.LABELS, _("Team 1")))
        torn = queries.labels_of_block(work, block)[0].accession
        service.settle_labels(work, [torn], LabelState.VOID, _("The label was torn"))
        service.reserve(work, NewBlock(20, BlockKind.STATION, _("Team 2")))


def _hand_over(scene: Scene) -> None:
    """A box is counted: a tube is broken, some are missing; others are stored and sent on."""
    with scene.work("technician", scene.today) as work:
        waiting = queries.tubes_at(work, Stage.EXPECTED)
        [list_id] = queries.lists_of_tubes(work, waiting[-1:])
        box = service.begin_handover(work, list_id)
        missing = [
            line.tube_id for line in queries.box(work, box) if line.finding is Finding.MISSING
        ]
        service.count(work, box, missing[:COUNTED])
        service.count(work, box, missing[COUNTED : COUNTED + 1], broken=True)
        service.sign_handover(work, box, "Hoàng Thị Thu Hường", "4 °C")
        service.store(work, missing[:3], "TL1/G03")
        service.refer(work, missing[3:COUNTED], LABORATORY)


def _draw_week(scene: Scene) -> None:
    """The curve of the week as a picture."""
    with scene.work("technician", scene.today) as work:
        days = day.week(work)
    share = [100 * other / measured if measured else nan for _day, measured, other in days]
    curve = chart.Curve(
        _("Tubes measured in the last seven days"),
        [f"{when:%d/%m}" for when, _measured, _other in days],
        [measured for _day, measured, _other in days],
        _("Tubes measured"),
        share,
        _("Not negative, %"),
    )
    with (scene.folder / "week.png").open("wb") as out:
        chart.draw(curve, out)


def bring(work: Work, sheet: Sheet[Any], file: Path) -> None:
    """Import a file through the ordinary import."""
    draft = importer.read_file(sheet, file, sheet.context(work))
    importer.store(work, draft)


def _stations(scene: Scene, known: list[CommuneRow]) -> Iterator[Station]:
    morning = here(scene.today - ROUND).replace(hour=7, minute=0, second=0, microsecond=0)
    valid = [c for c in known if c.valid_to is not None and c.district and c.became]
    last = max(c.valid_to for c in valid if c.valid_to is not None)
    for number, commune in enumerate(c for c in valid if c.valid_to == last):
        kind = commune.kind.lower()
        name = f"Trạm Y tế {kind} {commune.name}"
        yield Station(name, commune, morning - timedelta(days=DAYS - number * (DAYS + 1) // 17))


def _people(dice: Random, station: Station, count: int) -> Iterator[Line]:
    for number in range(count):
        woman = dice.choice((True, False))
        name = f"{dice.choice(FAMILIES)} {dice.choice(WOMEN if woman else MEN)}"
        born = dice.randint(1935, 2018)
        century = (2 if born >= CENTURY else 0) + woman
        citizen = f"010{century}{born % 100:02d}{dice.randint(0, 999_999):06d}"
        moment = station.day + timedelta(minutes=2 * number)
        home = f"Bản {dice.choice(HAMLETS)}, {station.commune.kind.lower()} {station.commune.name}"
        yield [
            number + 1,
            name,
            f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{born}",
            "Nữ" if woman else "Nam",
            citizen if born < CARDLESS else "",
            f"09{dice.randint(10_000_000, 99_999_999)}",
            home,
            dice.choice(SUBJECTS),
            f"{moment:%d/%m/%Y %H:%M}",
            "Dịch tỵ hầu",
            f"G{number // POOL + 1:03d}" if number < count // 2 // POOL * POOL else "",
        ]


def _list(station: Station, people: list[Line]) -> Leaf:
    when = station.day
    above = (
        f"UBND {station.commune.kind.upper()} {station.commune.name.upper()}",
        "TRẠM Y TẾ",
        "DANH SÁCH LẤY MẪU XÉT NGHIỆM SARS-CoV-2",
        f"(Ngày {when.day:02d} tháng {when.month} năm {when.year})",
    )
    return Leaf("DS", HEADINGS, [*people, ["Tổng cộng", f"{len(people)} người"]], above)


def _results(dice: Random, tubes: list[str]) -> list[Line]:
    rows: list[Line] = []
    for tube in tubes:
        positive = dice.random() < POSITIVE
        ct = f"{dice.randint(180, 349) / 10:.1f}".replace(".", ",") if positive else ""
        rows.append([tube, "Dương tính" if positive else "Âm tính", ct, "Realtime RT-PCR"])
    return rows
