"""Rapid tests of two stations, with the kits they used: one lot runs out, one has expired."""

from datetime import timedelta

from admin_suite.core.clock import here
from admin_suite.excel import paper
from admin_suite.excel.paper import Leaf
from admin_suite.module import Scene
from modules.lab import queries, service
from modules.lab.demo.tubes import Line, bring
from modules.lab.queries import SampleRow
from modules.lab.service import NewLot
from modules.lab.sheets import RAPIDS

KIT, MAKER, LOT, OLD_LOT = "Panbio COVID-19 Ag", "Abbott", "41ADF155A", "41ADF090A"
OTHER = ("SGTi-flex COVID-19 Ag", "ADB0171", "Sugentech")
TESTED, EVERY, EXPIRED = 45, 18, 0.1
HEADINGS = (
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Giới tính",
    "SĐT",
    "Địa chỉ",
    "Tên test",
    "Số lô",
    "Ngày giờ test",
    "Kết quả",
    "Người test",
)


def build(scene: Scene) -> None:
    """Take kits in, and bring in the lists of people tested in the morning."""
    today = here(scene.today).date()
    with scene.work("lab_head", scene.today - timedelta(days=2)) as work:
        service.receive_kits(
            work,
            [
                NewLot(KIT, LOT, 80, today + timedelta(days=200), MAKER),
                NewLot(KIT, OLD_LOT, 25, today - timedelta(days=20), MAKER),
                NewLot(OTHER[0], OTHER[1], 500, today + timedelta(days=400), OTHER[2]),
            ],
        )
    with scene.work("technician", scene.today) as work:
        people = queries.sample_rows(work, [row.id for row in queries.samples(work)][::20])
    for number, some in enumerate((people[:TESTED], people[TESTED : 2 * TESTED]), start=1):
        sender = some[0].sender
        lines = [_line(scene, at, row) for at, row in enumerate(some, start=1)]
        above = (sender.upper(), "DANH SÁCH TEST NHANH KHÁNG NGUYÊN SARS-CoV-2")
        file = scene.folder / "lists" / f"Test nhanh {number}.xlsx"
        paper.write(file, [Leaf("DS", HEADINGS, lines, above)])
        with scene.work("technician", scene.today - timedelta(minutes=10)) as work:
            bring(work, RAPIDS, file)


def _line(scene: Scene, number: int, row: SampleRow) -> Line:
    moment = here(scene.today) - timedelta(minutes=15 + 2 * number)
    word = "Dương tính" if number % EVERY == 1 else "Âm tính"
    lot = OLD_LOT if scene.dice.random() < EXPIRED else LOT
    home, sex = row.address, row.sex.word if row.sex else ""
    tested = f"{moment:%d/%m/%Y %H:%M}"
    tester = "Lý Thị Mẩy"
    return [number, row.name, row.dob[:4], sex, row.phone, home, KIT, lot, tested, word, tester]
