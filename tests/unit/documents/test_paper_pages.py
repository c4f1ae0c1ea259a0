"""Pages: furniture, tables over many pages, and what stays the same between two printings."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from admin_suite.core.i18n import speak, speaking
from admin_suite.documents.furniture import letterhead, signatures, title
from admin_suite.documents.paper import Paper
from admin_suite.documents.parts import MM, Agency, Column, Format, Look, Margins, Signature, Style
from admin_suite.documents.text import JOINED, Spot

COLUMNS = (
    Column("STT", 1, "center"),
    Column("Họ và tên", 4),
    Column("Nam", 1, "center", "Năm sinh"),
    Column("Nữ", 1, "center", "Năm sinh"),
)


@pytest.fixture(autouse=True)
def _vietnamese():
    speak("vi")


def printed(draw, **options):
    out = io.BytesIO()
    paper = Paper(out, "Thử", **options)
    draw(paper)
    paper.save()
    return out.getvalue()


def pages(data):
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def people(count):
    return [(str(n), f"Người {n:04d}", "1985", "") for n in range(1, count + 1)]


def test_the_head_comes_again_on_every_page_and_no_row_is_lost():
    total = ("Tổng cộng: 1000", "", "1000", "0")
    found = pages(printed(lambda paper: paper.table(COLUMNS, people(1000), total=total)))
    assert len(found) > 15
    assert all("Họ và tên" in page and "(4)" in page for page in found)
    names = [name for page in found for name in re.findall(r"Người \d{4}", page)]
    assert names == [row[1] for row in people(1000)]
    assert found[0].splitlines()[0] != "1"
    assert [page.splitlines()[0] for page in found[1:]] == [
        str(n) for n in range(2, len(found) + 1)
    ]


def test_a_row_longer_than_a_page_goes_on_on_the_next():
    words = [f"từ{n:05d}" for n in range(3000)]
    rows = [*people(3), ("4", " ".join(words), "", "1990"), *people(2)]
    found = "\n".join(pages(printed(lambda paper: paper.table(COLUMNS, rows))))
    assert re.findall(r"từ\d{5}", found) == words


@pytest.mark.parametrize("count", range(20, 60))
def test_signatures_never_stand_alone(count):
    def draw(paper):
        total = ("Tổng cộng", "", str(count), "0")
        paper.table(COLUMNS, people(count), total=total, keep=45)
        signatures(paper, [Signature(("GIÁM ĐỐC",), "Nguyễn Đức Thử", "(Ký tên)")], space=20)

    last = pages(printed(draw))[-1]
    assert f"Người {count:04d}" in last
    assert f"Người {count - 1:04d}" in last
    assert "Nguyễn Đức Thử" in last


def test_a_cell_can_reach_over_several_rows():
    rows = [("1", "Phòng 305", "", ""), ("2", JOINED, "", ""), ("3", "Phòng 306", "", "")]
    [page] = pages(printed(lambda paper: paper.table(COLUMNS, rows, look=Look(least=8))))
    assert page.count("Phòng 305") == 1
    assert JOINED not in page


def test_furniture_says_who_where_and_when():
    agency = Agency("Sở Y tế tỉnh Lào Cai", "Trung tâm Y tế huyện Bảo Yên", "Bảo Yên")

    def draw(paper):
        letterhead(paper, agency, "0312/DS-TTYT", date(2021, 8, 13))
        title(paper, "DANH SÁCH", about="về việc thử", note="(ngày 05)")
        paper.body("Một đoạn văn. " * 40)
        paper.row((0.5, "trái"), (0.5, "phải"))
        heads = (Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nông Quốc Ví Dụ"),)
        signatures(paper, heads, recipients=("Như trên;", "Lưu: VT."))

    [page] = pages(printed(draw, foot="In thử"))
    page = " ".join(page.replace("\u00a0", " ").split())
    for text in ("SỞ Y TẾ TỈNH LÀO CAI", "TRUNG TÂM Y TẾ HUYỆN BẢO YÊN", "Số: 0312/DS-TTYT"):
        assert text in page
    for text in ("Bảo Yên, ngày 13 tháng 8 năm 2021", "Nơi nhận:", "- Lưu: VT.", "In thử"):
        assert text in page
    with speaking("en"):
        [page] = pages(printed(draw))
    assert "Bảo Yên, 13 August 2021" in page.replace("\u00a0", " ")
    assert "Recipients:" in page


def test_a_paper_in_the_same_file_begins_again_at_page_one():
    def draw(paper):
        for place in range(2):
            if place:
                paper.new_page(restart=True)
            paper.bookmark(f"Phần {place}")
            paper.running = f"tiếp {place}"
            paper.table(COLUMNS, people(60))

    data = printed(draw)
    found = pages(data)
    assert [page.count("tiếp") for page in found] == [0, 1] * (len(found) // 2)
    assert [item.title for item in PdfReader(io.BytesIO(data)).outline] == ["Phần 0", "Phần 1"]


def test_the_same_paper_is_the_same_file_to_the_byte():
    def draw(paper):
        paper.table(COLUMNS, people(50))

    assert printed(draw) == printed(draw)


def test_only_our_own_fonts_are_in_the_file_and_all_are_inside():
    def draw(paper):
        paper.at(Spot(50, 500), "<b>đậm</b> <i>nghiêng</i>", Style(12, family="sans"))
        paper.table(COLUMNS, people(100))

    fonts = {}
    for page in PdfReader(io.BytesIO(printed(draw, foot="chân"))).pages:
        for font in page["/Resources"]["/Font"].values():
            whole = font.get_object()
            fonts[whole["/BaseFont"]] = whole["/FontDescriptor"].get_object()
    assert fonts
    assert all(re.match(r"/[A-Z]{6}\+Liberation(Serif|Sans)", name) for name in fonts)
    assert all("/FontFile2" in inside for inside in fonts.values())


def test_the_sheet_can_have_another_size_and_no_margins():
    form = Format((100 * MM, 50 * MM), Margins(0, 0, 0, 0))
    data = printed(lambda paper: paper.at(Spot(5, 5), "nhãn", Style(7)), form=form)
    box = PdfReader(io.BytesIO(data)).pages[0].mediabox
    assert (round(box.width / MM), round(box.height / MM)) == (100, 50)
