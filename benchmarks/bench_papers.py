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
from admin_suite.qr import making
from benchmarks.frame import Bench

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


BENCHES = [
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
