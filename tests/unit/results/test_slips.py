"""Slips: what stands on them, what their code proves, and what a scanner is told of it."""

import io
import json

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speak, speaking
from admin_suite.db import keys
from admin_suite.qr import signing
from modules.lab.codes import Outcome
from modules.results import day, formats, queries, service
from modules.results.codes import Change, Doubt
from modules.results.documents import draw_preliminary, draw_slips
from modules.results.formats import PublicKey

ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def codes(lives, **where):
    return [row.code for row in lives.ask(queries.slips, where)]


def verdict(lives, code):
    return lives.ask(queries.verify, code)


def paper(lives, draw, **values):
    out = io.BytesIO()
    lives.ask(lambda work: draw(work, values, out))
    return out.getvalue()


def words(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in pages]


def test_a_code_says_the_result_and_names_nobody(lives):
    lives.released("Lý Thanh Đức", outcome=Outcome.POSITIVE)
    [code] = codes(lives)
    assert set(code) <= ALPHANUMERIC
    slip = formats.read(code)
    assert (slip.holder, slip.outcome, slip.version, slip.key) == (
        "LTD1985",
        Outcome.POSITIVE,
        1,
        0,
    )
    assert "THANH" not in code
    assert codes(lives) == [code]  # printed again, it is the same slip


def test_everybody_in_a_tube_has_a_slip_of_his_own(lives):
    lives.released("An", "Bình", pool="G1")
    first, second = codes(lives)
    assert first != second
    assert verdict(lives, first).valid
    assert verdict(lives, second).valid


def test_each_doubt_has_its_word(lives):
    [row] = lives.released("An")
    [first] = codes(lives)
    assert verdict(lives, first).valid
    lives.do(1, service.hold_back, [row.tube_id], "odd")
    assert codes(lives) == []
    assert verdict(lives, first).reason is Doubt.ON_HOLD
    with speaking("vi"):
        assert verdict(lives, first).said == "ĐANG KIỂM TRA LẠI"
    lives.change(row.tube_id, Change.CORRECT, reported=Outcome.POSITIVE)
    told = verdict(lives, first)
    assert (told.valid, told.reason, told.newest) == (False, Doubt.SUPERSEDED, 2)
    with speaking("vi"):
        assert verdict(lives, first).said == "ĐÃ THAY THẾ bởi v2"
    [second] = codes(lives)
    assert verdict(lives, second).valid
    lives.change(row.tube_id, Change.ANNUL)
    assert {verdict(lives, one).reason for one in (first, second)} == {Doubt.ENTERED_IN_ERROR}


def resigned(lives, code, **changes):
    """A code with other words, sealed by our own key: what a thief of the database would make."""
    parts = code.rpartition(":")[0].split(":")
    for place, value in changes.items():
        parts[int(place[1:])] = value
    secret = lives.ask(lambda work: keys.current(work, queries.PURPOSE).secret)
    return formats.code(":".join(parts), secret)


def test_a_slip_that_was_changed_or_never_issued_is_forged(lives):
    lives.released("An")
    [code] = codes(lives)
    for wrong in (
        code.replace(":N:", ":P:"),
        code.replace("A1985", "B1985"),
        code[:-1] + ("A" if code[-1] != "A" else "B"),
        code.replace("KQ1:", "KQ1:X"),
        "KQ1:26BY000001E",
        "KQ1:",
    ):
        assert verdict(lives, wrong).reason is Doubt.FORGED, wrong
    assert verdict(lives, resigned(lives, code, p3="P")).reason is Doubt.FORGED
    assert verdict(lives, resigned(lives, code, p5="7")).reason is Doubt.FORGED
    assert verdict(lives, resigned(lives, code, p1="26BY999999X")).reason is Doubt.FORGED


def test_what_another_unit_signed_or_what_is_no_slip_is_foreign(lives):
    lives.released("An")
    [code] = codes(lives)
    other = bytes(range(32))
    public = PublicKey(0, signing.public_key(other))
    parts = code.rpartition(":")[0].split(":")
    theirs = formats.code(":".join([*parts[:6], f"0{public.mark}"]), other)
    assert verdict(lives, theirs).reason is Doubt.FOREIGN
    for text in ("", "Lý", "26BY000001E", "HC1:NCFOXN", "https://example.org"):
        assert verdict(lives, text).reason is Doubt.FOREIGN


def test_an_older_key_still_verifies(lives):
    lives.released("An")
    [code] = codes(lives)
    assert lives.do(1, service.rotate_key) == 1
    [newer] = codes(lives)
    assert newer != code
    assert formats.read(newer).key == 1
    assert verdict(lives, code).valid
    assert verdict(lives, newer).valid


def test_a_slip_is_verified_elsewhere_by_the_public_keys_alone(lives):
    lives.released("An")
    [code] = codes(lives)
    file = lives.ask(queries.keys_file)
    assert json.loads(file)["unit"] == "Trung tâm Y tế huyện Bảo Yên"
    known = formats.keys_read(file)
    assert queries.verify_apart(code, known).valid
    assert queries.verify_apart(code.replace(":N:", ":P:"), known).reason is Doubt.FORGED
    assert queries.verify_apart("26BY000001E", known).reason is Doubt.FOREIGN
    assert queries.verify_apart(code, []).reason is Doubt.FOREIGN
    with pytest.raises(UserError, match="public keys"):
        formats.keys_read('{"keys": [{"number": 0}]}')


def test_the_search_box_finds_a_scanned_slip(lives, suite):
    [row] = lives.released("An")
    [code] = codes(lives)
    [hit] = lives.ask(suite.find, code)
    assert (hit.title, hit.id, hit.exact) == ("The slip holds", row.tube_id, True)
    [hit] = lives.ask(suite.find, code.replace(":N:", ":P:"))
    assert "not issued" in hit.title


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_stumble(text):
    formats.read(text)
    formats.read(f"KQ1:{text}")


@given(st.text(max_size=40), st.sampled_from(["", "1985", "1985-03-07"]))
def test_initials_stay_in_the_alphabet_of_the_code(name, dob):
    assert set(formats.holder(name, dob)) <= ALPHANUMERIC - {":"}


# -- on paper -------------------------------------------------------------------------------------


def test_two_slips_stand_on_a_sheet_with_codes_that_are_read_back(lives):
    lives.released("Lý Thanh Đức", outcome=Outcome.POSITIVE, ct="N 24.1")
    lives.released("Công Tằng Tôn Nữ Thị Ngọc Bích Hoàng Anh")
    lives.released("Bàn Văn Quyết")
    speak("vi")
    pdf = paper(lives, draw_slips)
    pages = words(pdf)
    assert len(pages) == 2
    assert "LÝ THANH ĐỨC" in pages[0]
    assert "CÔNG TẰNG TÔN NỮ" in pages[0]
    assert "BÀN VĂN QUYẾT" in pages[1]
    for text in ("PHIẾU TRẢ LỜI KẾT QUẢ", "Kết quả: DƯƠNG TÍNH", "Ct: N 24,1", "GIÁM ĐỐC"):
        assert text in pages[0]
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=300 / 72).to_pil()
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    assert sorted(found) == sorted(codes(lives))


def test_a_corrected_slip_says_what_it_takes_the_place_of(lives):
    [row] = lives.released("An")
    lives.change(row.tube_id, Change.CORRECT, reported=Outcome.POSITIVE)
    speak("vi")
    [page] = words(paper(lives, draw_slips))
    assert "Bản 2, đính chính, thay thế bản 1 (lý do: reason)" in page


def test_a_preliminary_slip_is_marked_and_has_no_code(lives):
    [row] = lives.measured("An", outcome=Outcome.POSITIVE)
    with pytest.raises(UserError, match="No preliminary notice"):
        paper(lives, draw_preliminary)
    lives.do(1, service.forewarn, [row.tube_id])
    speak("vi")
    pdf = paper(lives, draw_preliminary)
    [page] = words(pdf)
    assert "KẾT QUẢ SƠ BỘ \u2013 CHỜ DUYỆT" in page
    [sheet] = pypdfium2.PdfDocument(pdf)
    assert zxingcpp.read_barcodes(sheet.render(scale=300 / 72).to_pil()) == []
    lives.do(2, service.sign, [row.tube_id])
    with pytest.raises(UserError):
        paper(lives, draw_preliminary)


def test_what_was_printed_is_known_when_it_is_corrected(lives):
    [row] = lives.released("An")
    with lives.database.read(lives.as_actor(3)) as work:
        draw_slips(work, {}, io.BytesIO())
        views = work.views
    lives.database.record_views(lives.as_actor(3), views)
    [printed] = lives.ask(day.built_on, row.tube_id)
    assert (printed.title, printed.detail) == ("Printed, v1", "no 3")


@pytest.mark.parametrize("values", [{"colour": "red"}, {"sender": "Ai"}, {"day": "1"}])
def test_a_value_that_means_nothing_is_refused(lives, values):
    lives.released("An")
    with pytest.raises(UserError):
        paper(lives, draw_slips, **values)


def test_without_a_result_there_is_no_slip(lives):
    with pytest.raises(UserError, match="no released result"):
        paper(lives, draw_slips)
