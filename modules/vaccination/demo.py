"""What vaccination adds to the demo district: registrations, a session that runs, papers.

Everything goes through the ordinary import and the ordinary verbs; all people are invented.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from admin_suite.core.clock import here
from admin_suite.db.work import Work
from admin_suite.excel import importer, paper
from admin_suite.excel.paper import Leaf
from admin_suite.module import Scene
from admin_suite.registry.queries import CommuneRow, communes
from modules.vaccination import documents, queries, service
from modules.vaccination.codes import Common, Screened, Sign
from modules.vaccination.service import (
    NewEvent,
    NewInjection,
    NewReceipt,
    NewScreening,
    NewSession,
)
from modules.vaccination.sheets import REGISTRATIONS

PEOPLE, GUESTS = 240, 60
COME, WAIT, RESTED = 26, 8, 9  # of the guests: who has come, who waits, who went home
ILL, FEVER, SEVERE = 7, 14, 16  # which of them
DOSED, AGAIN, CARDED = 0.6, 0.7, 0.9  # shares: a first dose, a second one, a number
CENTURY = 2000
FAMILIES = ("Nguyễn", "Hoàng", "Lý", "Giàng", "Bàn", "Vàng", "Sùng", "Lục", "Triệu", "Nông")
MEN = ("Văn Thể", "A Tủa", "Minh Khôi", "Thanh Bình", "Công Định", "Đình Khang", "Gia Bảo")
WOMEN = ("Thị Mẩy", "Thị Đào", "Mùi Nái", "Thị Hoài", "Thị Sen", "Thị Thêm", "Thị Xua")
PRODUCTS = (("AstraZeneca", 70), ("Pfizer", 26), ("Vero Cell", 25), ("Moderna", 33))
HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Mã nhóm đối tượng",
    "Đơn vị công tác",
    "Số điện thoại",
    "CMND/CCCD/HC",
    "Địa chỉ chi tiết",
    "Mũi 1: vắc xin",
    "Mũi 1: ngày tiêm",
    "Mũi 1: số lô",
    "Mũi 2: vắc xin",
    "Mũi 2: ngày tiêm",
    "Mũi 2: số lô",
)
Line = list[object]


def build(scene: Scene) -> None:
    """Import a list, receive vaccine, run a session of today as far as the middle of it."""
    folder = scene.folder / "vaccination"
    folder.mkdir(parents=True, exist_ok=True)
    begun = datetime.combine(here(scene.today).date(), time(7), scene.today.tzinfo)
    with scene.work("vaccination", scene.today - timedelta(days=2)) as work:
        rows = [row for row in communes(work) if row.valid_to is None]
        _bring(work, folder / "Đăng ký tiêm chủng.xlsx", scene, rows)
        service.receive_stock(work, _receipts(scene))
    plan = NewSession(begun.date(), "Trạm Y tế xã Bảo Hà", "Comirnaty", GUESTS, team="Tổ tiêm 2")
    with scene.work("vaccination", scene.today - timedelta(days=1)) as work:
        session = service.plan(work, plan)
        service.invite(work, session, queries.sessions.proposed(work, session, (), GUESTS))
    _run(scene, session)
    with scene.work("vaccination", scene.today) as work:
        people = [row.person_id for row in queries.registrations.first_rows(work, 12)]
        slips = service.issue_slips(work, people)
        told = queries.slips.slip_people(work, slips)
        values = {"slips": " ".join(number for number, _person in told)}
        with (folder / "Giấy xác nhận.pdf").open("wb") as out:
            documents.draw_slips(work, values, out)
        with (folder / "Danh sách gọi.pdf").open("wb") as out:
            documents.draw_calls(work, {"session": str(session)}, out)


def _receipts(scene: Scene) -> list[NewReceipt]:
    day = here(scene.today).date()
    return [
        NewReceipt("Comirnaty", "FM3457", 120, day + timedelta(days=60), 0, "CDC Lào Cai"),
        NewReceipt("Vaxzevria", "ABV5297", 200, day + timedelta(days=20), 0, "CDC Lào Cai"),
        NewReceipt("Spikevax", "300368", 28, day - timedelta(days=3), 0, "CDC Lào Cai"),
    ]


def _bring(work: Work, file: Path, scene: Scene, rows: Sequence[CommuneRow]) -> None:
    title = ("TRẠM Y TẾ XÃ BẢO HÀ", "DANH SÁCH ĐĂNG KÝ TIÊM CHỦNG VẮC XIN PHÒNG COVID-19")
    people = list(_people(scene, rows))
    day = here(scene.today).date() - timedelta(days=2)
    above = (*title, f"Ngày {day.day} tháng {day.month} năm {day.year}")
    paper.write(file, [Leaf("DS", HEADINGS, people, above)])
    draft = importer.read_file(REGISTRATIONS, file, REGISTRATIONS.context(work))
    importer.store(work, draft, partial=True)


def _people(scene: Scene, rows: Sequence[CommuneRow]) -> Iterator[Line]:
    dice, today = scene.dice, here(scene.today).date()
    for number in range(1, PEOPLE + 1):
        woman = dice.choice((True, False))
        name = f"{dice.choice(FAMILIES)} {dice.choice(WOMEN if woman else MEN)}"
        year = dice.randint(1945, 2006)
        card = f"010{1 if woman else 0}{year % 100:02d}{dice.randrange(10**6):06d}"
        phone = f"09{dice.randrange(10**8):08d}"
        commune = dice.choice(rows)
        line: Line = [number, name, f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{year}"]
        line += ["Nữ" if woman else "Nam", dice.choice((1, 2, 7, 8, 9, 14, 15)), "UBND xã"]
        line += [phone, card if year < CENTURY and dice.random() < CARDED else ""]
        line += [f"Thôn {dice.randint(1, 9)}, {commune.kind} {commune.name}"]
        doses: Line = [""] * 6
        if dice.random() < DOSED:
            product, gap = dice.choice(PRODUCTS)
            first = today - timedelta(days=dice.randint(12, 150))
            doses[:3] = [product, f"{first:%d/%m/%Y}", f"L{dice.randint(100, 120)}"]
            second = first + timedelta(days=gap)
            if second < today - timedelta(days=3) and dice.random() < AGAIN:
                doses[3:] = [product, f"{second:%d/%m/%Y}", f"L{dice.randint(100, 120)}"]
        yield line + doses


def _run(scene: Scene, session: int) -> None:
    """A morning: some have gone home, some rest, some wait, one is postponed."""
    start = scene.today - timedelta(minutes=75)
    with scene.work("vaccination", start) as work:
        service.start_session(work, session)
        people = [row.person_id for row in queries.sessions.invited_to(work, session)][:COME]
    for at, person in enumerate(people):
        moment = start + timedelta(minutes=3 * at)
        with scene.work("vaccination", moment) as work:
            visit = service.arrive(work, session, person)
            if at < COME - WAIT:
                _serve(work, session, visit, at)
            elif at % 3 == 0:
                service.screen(work, visit, NewScreening(temperature=36.7))
        if at < RESTED and at != ILL:
            with scene.work("vaccination", moment + timedelta(minutes=31)) as work:
                service.leave(work, [visit])


def _serve(work: Work, session: int, visit: int, at: int) -> None:
    """Consent, screening, injection; one is ill, one has a fever, one a severe reaction."""
    if at == ILL:
        said = NewScreening(("ACUTE",), temperature=38.1, decision=Screened.DEFER)
        service.screen(work, visit, said)
        return
    service.admit(work, visit, NewScreening(temperature=36.6, systolic=118, diastolic=76))
    good = [vial for vial in queries.stock.vials_of(work, session) if not vial.unusable]
    vial = good[0].id if good else service.open_vial(work, session)
    given = NewInjection(vial, "", given_by="Vàng Thị Sú")
    dose = service.inject(work, visit, given)
    if at == FEVER:
        service.react(work, dose, Common.FEVER)
    if at == SEVERE:
        event = NewEvent(dose, work.now(), (Sign.ANAPHYLAXIS,), reporter="Vàng Thị Sú")
        service.report_event(work, event)
