"""Papers beside a bare reportlab loop that sets the same letters, boxes and codes."""

import io
from collections.abc import Sequence
from datetime import date

from reportlab.pdfgen.canvas import Canvas

from admin_suite.documents import codes, text
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import (
    A4_LANDSCAPE,
    MM,
    Agency,
    Column,
    Format,
    Margins,
    Signature,
    Style,
)
from admin_suite.qr import making, signing
from admin_suite.registry.codes import Sex
from benchmarks.frame import Bench
from modules.lab.api import Method, Outcome, SampleRow, Stage
from modules.results import formats
from modules.results.codes import Status
from modules.results.documents.slips import Head, draw_rows
from modules.results.formats import PublicKey
from modules.results.queries import SlipRow

CENTRE = Agency("Sở Y tế tỉnh Lào Cai", "Trung tâm Y tế huyện Bảo Yên", "Bảo Yên")
SHARES = (9, 29, 26, 44, 11, 11, 36, 20, 23, 24, 10, 24)
COLUMNS = tuple(Column(f"Cột {n}", share) for n, share in enumerate(SHARES, start=1))
FAMILY = ("Lý Thị", "Hoàng Văn", "Triệu Đức", "Giàng A", "Nguyễn Thị", "Công Tằng Tôn Nữ Thị")
PER_PAGE, TALL, LETTERS = 18, 20.0, 11
BARE = Format(margins=Margins(0, 0, 0, 0))
BIG, SMALL = Style(30, "center", bold=True, family="sans"), Style(14, "center", family="sans")

Rows = Sequence[tuple[str, ...]]


def fresh() -> None:
    """Forget lines and widths, so that no turn finds what the one before it measured."""
    for cached in (text.wrap, text.balanced, text._width_at_one, making.matrix):  # noqa: SLF001
        cached.cache_clear()


def rows(count: int) -> Rows:
    """Lines of a result list; every name and number differs."""
    return [
        (
            str(n),
            f"21BY{n:06d}K",
            f"G210812-{n // 5:03d}",
            f"{FAMILY[n % len(FAMILY)]} {n}",
            str(1940 + n % 60) if n % 2 else "",
            "" if n % 2 else str(1940 + n % 60),
            f"Bản {n}, Kim Sơn",
            "F1",
            f"{n % 24:02d}h{n % 60:02d} 12/08",
            "Âm tính",
            "-",
            "Gộp 5",
        )
        for n in range(1, count + 1)
    ]


def result_list(lines: Rows) -> None:
    """The list as the suite prints it."""
    paper = Paper(io.BytesIO(), "Danh sách", form=Format(A4_LANDSCAPE), foot="Người in: thử")
    paper.running = "Danh sách trả kết quả xét nghiệm (tiếp theo)"
    letterhead(paper, CENTRE, "0312/DS-TTYT", date(2021, 8, 13), size=13)
    title(paper, "DANH SÁCH TRẢ KẾT QUẢ XÉT NGHIỆM SARS-CoV-2")
    total = (f"Tổng cộng: {len(lines)} mẫu", *[""] * (len(COLUMNS) - 1))
    paper.table(COLUMNS, lines, total=total, keep=50)
    signatures(paper, [Signature(("GIÁM ĐỐC",), "Nguyễn Đức Thử", "(Ký tên, đóng dấu)")])
    paper.save()


def bare_list(lines: Rows) -> None:
    """The same strings and boxes at fixed places, without measuring or wrapping."""
    canvas = Canvas(io.BytesIO(), pagesize=A4_LANDSCAPE, pageCompression=1, invariant=1)
    name, left = text.face(), 30 * MM
    scale = (A4_LANDSCAPE[0] - 45 * MM) / sum(SHARES)
    for start in range(0, len(lines), PER_PAGE):
        canvas.setFont(name, LETTERS)
        y = A4_LANDSCAPE[1] - 20 * MM
        for line in lines[start : start + PER_PAGE]:
            x = left
            for letters, share in zip(line, SHARES, strict=True):
                canvas.rect(x, y - TALL, share * scale, TALL)
                canvas.drawString(x + 3, y - 13, letters)
                x += share * scale
            y -= TALL
        canvas.showPage()
    canvas.save()


def payloads(count: int) -> list[str]:
    """What the codes of so many signs say."""
    return [f"BYV1:{n:08d}:1:P2FCNYN5QLWN5ZWZ" for n in range(count)]


def signs(texts: Sequence[str]) -> None:
    """One A4 sign per text: three lines and a code of 150 mm."""
    paper = Paper(io.BytesIO(), "Mã QR", form=BARE)
    paper.numbered = False
    for place, payload in enumerate(texts):
        if place:
            paper.new_page(restart=True)
        for line, style in enumerate((BIG, SMALL, SMALL)):
            spot = text.Spot(0, paper.height - 90 - line * 40, paper.room)
            paper.at(spot, f"Chợ Phố Ràng, cổng số {place}", style)
        square = codes.Square(30 * MM, 60 * MM, 150 * MM, up=True)
        paper.code(making.matrix(payload, "Q"), square)
    paper.save()


def bare_signs(texts: Sequence[str]) -> None:
    """The same page with plain strings."""
    canvas = Canvas(io.BytesIO(), pageCompression=1, invariant=1)
    name = text.face("sans", bold=True)
    for place, payload in enumerate(texts):
        for line in range(3):
            canvas.setFont(name, 30)
            canvas.drawString(30, 700 - line * 40, f"Chợ Phố Ràng, cổng số {place}")
        square = codes.Square(30 * MM, 60 * MM, 150 * MM, up=True)
        codes.draw_matrix(canvas, making.matrix(payload, "Q"), square)
        canvas.showPage()
    canvas.save()


def slip_rows(count: int) -> list[SlipRow]:
    """What stands on so many slips; every name, number and code differs."""
    secret = bytes(range(32))
    key = PublicKey(0, signing.public_key(secret))
    made = []
    for n in range(count):
        name, number = f"{FAMILY[n % len(FAMILY)]} {n}", f"21BY{n:06d}K"
        sample = SampleRow(
            n, number, name, "1985-03-07", Sex.F, "0912345678", "010088001234", "", "Xã Kim Sơn",
            f"Bản {n}", None, None, "2021-08-12T07:15", "", False, Stage.RELEASED,
            Outcome.NEGATIVE, "Trạm Y tế xã Kim Sơn", "", "", n, n, n, "",
        )  # fmt: skip
        what = (number, formats.holder(name, sample.dob), Outcome.NEGATIVE, "2021-08-13", 1)
        code = formats.code(formats.body(what, key), secret)
        report = ("16:30 13/08/2021", 1, Status.FINAL, "", "", code)
        made.append(SlipRow(sample, Outcome.NEGATIVE, Method.PCR, "", *report))
    return made


HEAD = Head(CENTRE, date(2021, 8, 13), Signature(("GIÁM ĐỐC",), "Nguyễn Đức Thử", "(Ký tên)"))


def slips(rows: Sequence[SlipRow]) -> None:
    """Two slips on a sheet as the suite prints them."""
    draw_rows(io.BytesIO(), HEAD, rows)


def bare_slips(rows: Sequence[SlipRow]) -> None:
    """The same strings and codes at fixed places."""
    canvas = Canvas(io.BytesIO(), pageCompression=1, invariant=1)
    name = text.face()
    for place, row in enumerate(rows):
        if place and place % 2 == 0:
            canvas.showPage()
        low = 0 if place % 2 else 420
        lines = (
            CENTRE.parent, CENTRE.name, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc", "Bảo Yên, ngày 13 tháng 8 năm 2021",
            "PHIẾU TRẢ LỜI KẾT QUẢ XÉT NGHIỆM SARS-CoV-2", f"Họ và tên: {row.sample.name}",
            "Ngày sinh: 07/03/1985", "Giới tính: Nữ", "Số CCCD: 010088001234",
            f"Địa chỉ: {row.sample.address}", f"Nơi gửi mẫu: {row.sample.sender}",
            f"Mã số mẫu: {row.sample.accession}", "Lấy mẫu: 07:15 12/08/2021",
            "Kết quả: ÂM TÍNH", f"Phương pháp: Realtime RT-PCR; trả kết quả {row.at}",
            "Quét mã để kiểm tra phiếu này.", "Bản có số lớn nhất là bản có hiệu lực.",
            row.sample.accession, "GIÁM ĐỐC", "(Ký tên)", "Nguyễn Đức Thử",
        )  # fmt: skip
        for at, letters in enumerate(lines):
            canvas.setFont(name, LETTERS)
            canvas.drawString(40, low + 400 - at * 13, letters)
        codes.draw_matrix(canvas, making.matrix(row.code), codes.Square(40, low + 30, 27 * MM))
    canvas.save()


BENCHES = [
    Bench(
        name="papers.slips",
        sizes=(5, 50, 500),
        prepare=slip_rows,
        floor=bare_slips,
        job=slips,
        target=1.5,
        fresh=fresh,
    ),
    Bench(
        name="papers.list",
        sizes=(50, 500, 5000),
        prepare=rows,
        floor=bare_list,
        job=result_list,
        target=1.5,
        fresh=fresh,
    ),
    Bench(
        name="papers.signs",
        sizes=(10, 100, 1000),
        prepare=payloads,
        floor=bare_signs,
        job=signs,
        target=1.3,
        fresh=fresh,
    ),
]
