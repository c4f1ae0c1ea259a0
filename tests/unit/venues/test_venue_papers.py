"""Posters as a camera sees them: every code of a batch is read back from its pixels."""

import io
from datetime import date
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speaking
from admin_suite.db.origin import Origin
from admin_suite.qr.making import matrix
from admin_suite.registry.seeds import add_communes
from modules.venues import documents, queries, service
from modules.venues.codes import Kind
from modules.venues.rules.marks import grouped
from modules.venues.service import NewVenue

NATIONAL = "https://qr.tokhaiyte.vn/d/6966499"
DPI = 100


def a_venue(name, **said):
    return NewVenue(name, Kind.MARKET, "02947", **said)


@pytest.fixture
def district(work):
    """Three venues: three entrances, one entrance, and one that has the national code."""
    venues = [
        a_venue("Chợ Phố Ràng", entrances=3, address="Tổ dân phố 3A"),
        a_venue("Trung tâm Văn hóa, Thể thao và Truyền thông huyện Bảo Yên"),
        a_venue("Chợ Nghĩa Đô", national=NATIONAL),
    ]
    ids = service.register(work, venues).ids
    service.issue(work, ids)
    return ids


def pages(work, **values):
    out = io.BytesIO()
    documents.draw_posters(work, values, out)
    return pypdfium2.PdfDocument(out.getvalue())


def posters(work, **values):
    """The pages behind the index."""
    return [page for page in pages(work, **values) if "INDEX" not in words(page)]


def words(page):
    return page.get_textpage().get_text_bounded()


def codes(page, dpi=DPI):
    found = zxingcpp.read_barcodes(page.render(scale=dpi / 72).to_pil().convert("L"))
    return {one.text: one for one in found}


def height(code):
    return abs(code.position.bottom_left.y - code.position.top_left.y)


def test_every_poster_is_read_back_and_is_the_code_of_its_entrance(work, district):
    made = posters(work)
    doors = queries.entrance_rows(work, district)
    assert len(made) == len(doors) == 5
    read = [codes(page) for page in made]
    texts = {text for page in read for text in page if text != NATIONAL}
    assert texts == set(queries.texts(work, doors))
    assert all(queries.verdict(work, text).valid for text in texts)


def test_the_one_large_code_is_the_national_one_where_the_venue_has_it(work, district):
    [page] = [page for page in map(codes, posters(work)) if NATIONAL in page]
    large, [small] = page.pop(NATIONAL), page.values()
    assert height(large) > 140 / 25.4 * DPI
    assert height(small) < 20 / 25.4 * DPI


def test_the_code_of_a_poster_has_at_least_150_millimetres(work, district):
    [one] = codes(pages(work, name="Chợ Phố Ràng")[0]).values()
    assert height(one) >= 150 / 25.4 * DPI - 1


LONG = (
    "Trường Phổ thông Dân tộc Bán trú Trung học cơ sở số 2 và Trung tâm Giáo dục Nghề nghiệp - "
    "Giáo dục Thường xuyên liên xã Nghĩa Đô, Tân Tiến, Vĩnh Yên (điểm trường bản Nà Đình)"
)


def lines(page):
    """Where the upper and the lower edge of each line of words is, from above."""
    text = page.get_textpage()
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    return sorted(((top, bottom) for _left, bottom, _right, top in boxes), reverse=True)


@pytest.mark.parametrize("name", [LONG, "Trung tâm Văn hóa, Thể thao và Truyền thông " * 2])
def test_a_long_name_stands_whole_above_the_entrance(work, name):
    ids = service.register(work, [a_venue(name, address="Tổ dân phố 3A")]).ids
    service.issue(work, ids)
    [page] = pages(work)
    assert " ".join(name.upper().split()) in " ".join(words(page).split())
    high = [box for box in lines(page) if box[1] > page.get_height() * 0.78]
    assert len(high) > 4
    assert all(upper[1] > lower[0] for upper, lower in pairwise(high[1:]))


@pytest.mark.parametrize(("form", "sheets"), [("a5", 2), ("cards", 1)])
def test_smaller_posters_are_read_back_too(work, district, form, sheets):
    made = pages(work, form=form, name="Chợ Phố Ràng")
    assert len(made) == sheets
    read = {text for page in made for text in codes(page, 200)}
    assert read == set(queries.texts(work, queries.entrance_rows(work, district[:1])))


@pytest.mark.parametrize("name", ["Chợ Phố Ràng", LONG])
def test_a_card_bears_the_name_the_entrance_and_the_number_of_the_place(work, name):
    ids = service.register(work, [a_venue(name)._replace(labels="Cổng chính")]).ids
    service.issue(work, ids)
    [page] = pages(work, form="cards")
    said = " ".join(words(page).split())
    assert name in said
    assert "Cổng chính" in said
    assert set(codes(page, 200)) == set(queries.texts(work, queries.entrance_rows(work, ids)))


@pytest.mark.parametrize("name", [LONG, "NHÀHÀNGKHÁCHSẠNKARAOKEĐÊMMÀUHỒNGPHỐRÀNGBẢOYÊNLÀOCAI"])
def test_long_names_on_a_card_are_still_read(work, name):
    label = "Cổng chính phía đường Nguyễn Tất Thành đối diện Ủy ban nhân dân"
    ids = service.register(work, [a_venue(name)._replace(labels=label)]).ids
    service.issue(work, ids)
    [page] = pages(work, form="cards")
    said = page.get_textpage()
    sizes = [pypdfium2.raw.FPDFText_GetFontSize(said, n) for n in range(said.count_chars())]
    assert min(size for size in sizes if size > 1) >= 4  # 1: line ends that are not written
    assert all(upper[1] > lower[0] for upper, lower in pairwise(lines(page)))


def test_outlines_have_no_code_and_a_jam_is_gone_on_from(work, district):
    assert [codes(page) for page in pages(work, outline="1")] == [{}] * 5
    assert len(pages(work, from_page="4")) == 2


def test_the_index_says_on_which_page_a_poster_is_and_a_jam_is_gone_on_from_there(work, district):
    [index, *made] = pages(work)
    assert codes(index) == {}
    doors = queries.entrance_rows(work, district)
    assert len(made) == len(doors)
    listed = words(index)
    for place, (door, page) in enumerate(zip(doors, made, strict=True), start=1):
        assert grouped(door.number) in listed
        assert f"{grouped(door.number)} - {door.entrance:02d}" in words(page)
        if place > 1:
            assert words(pages(work, from_page=str(place))[0]) == words(page)


@pytest.mark.parametrize(("form", "on"), [("a4", 1), ("a5", 2), ("cards", 20)])
def test_the_index_counts_the_pages_of_each_size(work, form, on):
    ids = service.register(work, [a_venue(f"Quán số {n}", entrances=3) for n in range(7)]).ids
    service.issue(work, ids)
    [index, *made] = pages(work, form=form)
    last = [line for line in words(index).splitlines() if "Entrance 3" in line][-1]
    assert int(last.split()[-1]) == -(-21 // on) == len(made)


def test_the_posters_of_one_venue_have_no_index(work, district):
    assert len(pages(work, name="Chợ Phố Ràng")) == 3


def test_a_poster_says_name_entrance_issue_and_steps_in_vietnamese(work, district):
    with speaking("vi"):
        said = pages(work, name="Chợ Phố Ràng")[1].get_textpage().get_text_bounded()
    assert "CHỢ PHỐ RÀNG" in said
    assert "Lối vào 2" in said
    assert "Phát hành lần 1" in said
    assert "người trực" in said


def test_a_venue_is_chosen_by_its_number_as_it_is_read_out(work, district):
    number = queries.venue_rows(work, district[:1])[0].number
    assert grouped(number) != number
    for written in (number, grouped(number), grouped(number).lower()):
        assert len(pages(work, number=written)) == 3


def test_a_text_too_long_for_a_code_is_none(work):
    ids = service.register(work, [a_venue("Chợ Dài", national="x" * 3000)]).ids
    service.issue(work, ids)
    [page] = pages(work)
    assert len(codes(page)) == 1


def test_without_codes_there_is_no_poster(work):
    service.register(work, [a_venue("Chợ Phố Ràng")])
    with pytest.raises(UserError, match="issue them first"):
        pages(work)
    with pytest.raises(UserError, match="Posters are printed as"):
        pages(work, form="a3")


def test_the_list_to_sign_counts_the_posters_of_each_commune(work, district):
    out = io.BytesIO()
    documents.draw_handing(work, {}, out)
    [page] = pypdfium2.PdfDocument(out.getvalue())
    assert "Total: 5 posters" in page.get_textpage().get_text_bounded()


def test_each_commune_has_one_list_to_sign_though_its_code_was_anothers_before(work):
    add_communes(work)
    for day, names in ((date(2021, 8, 1), ("Chợ A", "Chợ C")), (date(2026, 8, 1), ("Chợ B",))):
        ids = service.register(work, [a_venue(one) for one in names], Origin(day=day)).ids
        service.issue(work, ids)
    out = io.BytesIO()
    documents.draw_handing(work, {}, out)
    said = [words(page) for page in pypdfium2.PdfDocument(out.getvalue())]
    assert [("Chợ A" in one, "Chợ B" in one, "Chợ C" in one) for one in said] == [
        (True, False, True),
        (False, True, False),
    ]


@pytest.mark.parametrize("letters", [30, 120, 300, 500])
def test_a_long_national_code_is_coarse_enough_on_a_card(work, letters):
    long = NATIONAL + "/" + "aB3" * 170
    ids = service.register(work, [a_venue("Chợ Nghĩa Đô", national=long[:letters])]).ids
    service.issue(work, ids)
    [page] = posters(work, form="cards")
    [one] = codes(page, 300).values()
    assert one.text == long[:letters]
    modules = min(len(matrix(one.text, level)) for level in ("L", "Q"))
    assert height(one) / 300 * 25.4 / modules > 0.37, "millimetres"
    assert len(codes(posters(work)[0])) == 2
