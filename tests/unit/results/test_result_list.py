"""The list of released results that a sender receives."""

import io
import re
from datetime import UTC, datetime
from functools import cache

import pytest
from pypdf import PdfReader

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import speak, speaking
from admin_suite.db.origin import Origin
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome, Stage, Subject
from modules.lab.service import NewResult, NewSample
from modules.results import service
from modules.results.documents import draw_list

KIM_SON, BAO_HA = "Trạm Y tế xã Kim Sơn", "Trạm Y tế xã Bảo Hà"
LONG = "Công Tằng Tôn Nữ Thị Ngọc Bích Hoàng Anh"


@pytest.fixture(autouse=True)
def _vietnamese():
    speak("vi")


def sample(name, sex=Sex.F, pool="", **more):
    person = NewPerson(name, "1985-03-07", sex=sex, address="Bản 1, xã Kim Sơn")
    return NewSample(person, "2021-08-12T07:15", pool, Subject.F1, **more)


@pytest.fixture
def release(suite, as_actor):
    """Register samples of a sender, measure them all as told, release them by a second person."""

    def run(sender, samples, outcomes=None):
        with suite.database.work(as_actor(1)) as work:
            done = lab.register(work, samples, Origin(sender=sender, title=sender))
            lab.receive(work, tubes.tubes_at(work, Stage.EXPECTED))
            rows = tubes.sample_rows(work, done.ids)
            said = {row.accession: (outcomes or {}).get(row.name, Outcome.NEGATIVE) for row in rows}
            lab.enter(work, [NewResult(number, word, ct="24.7") for number, word in said.items()])
        with suite.database.work(as_actor(2)) as work:
            service.sign(work, tubes.tubes_at(work, Stage.MEASURED))

    return run


@pytest.fixture
def pages(suite, as_actor):
    """Draw lists of one minute: papers say when they were printed."""

    @cache
    def moment():
        return datetime.now(UTC)

    def read(**values):
        out = io.BytesIO()
        with suite.database.read(as_actor(3)) as work:
            work.clock = moment
            draw_list(work, values, out)
        found = PdfReader(io.BytesIO(out.getvalue())).pages
        return [page.extract_text().replace("\u00a0", " ") for page in found]

    return read


def test_the_list_says_everything_of_each_sample(release, pages):
    samples = [sample(LONG, pool="G1"), sample("Lý Seo Chẩn", Sex.M, "G1"), sample("Bàn Văn Sử")]
    release(KIM_SON, samples, {"Bàn Văn Sử": Outcome.POSITIVE})
    [page] = pages(sender=KIM_SON, number="0312/DS-TTYT")
    for text in ("TRUNG TÂM Y TẾ HUYỆN BẢO YÊN", "Số: 0312/DS-TTYT", f"Kính gửi: {KIM_SON}"):
        assert text in page
    assert LONG in " ".join(page.split())
    assert page.count(Outcome.NEGATIVE.word) == 2
    assert page.count(Outcome.POSITIVE.word) == 1
    for text in ("Tổng cộng: 3 mẫu", "2 âm tính, 1 dương tính", "Gộp 2", "24,7", "07h15"):
        assert text in page
    for text in ("NGƯỜI LẬP BIỂU", "TRƯỞNG KHOA XÉT NGHIỆM", "GIÁM ĐỐC", "Người in: no 3"):
        assert text in page


def test_the_text_is_vietnamese_first_and_english_on_demand(release, pages):
    release(KIM_SON, [sample("Bàn Văn Sử", note="số 2 <b> & 3")])
    assert "DANH SÁCH TRẢ KẾT QUẢ XÉT NGHIỆM SARS-CoV-2" in pages()[0]
    with speaking("en"):
        [page] = pages()
    assert "LIST OF SARS-CoV-2 TEST RESULTS" in page
    assert "1 negative" in page
    assert "<b> & 3" in " ".join(page.split())


def test_a_pool_that_waits_says_so_and_gives_nobody_a_word(release, pages):
    names = [sample("Phùng Mùi Yến", pool="7"), sample("Lý Thanh Đức", Sex.M, "7")]
    release(KIM_SON, names, dict.fromkeys(["Phùng Mùi Yến", "Lý Thanh Đức"], Outcome.POSITIVE))
    page = " ".join(pages()[0].split())
    assert "2 chờ mẫu đơn" in page
    assert "chưa người nào trong mẫu có kết quả" in page
    assert Outcome.POSITIVE.word not in page


def test_each_sender_has_a_list_of_its_own_from_page_one(release, pages):
    release(KIM_SON, [sample(f"Người Kim {n}") for n in range(40)])
    release(BAO_HA, [sample(f"Người Bảo {n}") for n in range(40)])
    found = pages()
    firsts = [n for n, page in enumerate(found) if "Kính gửi" in page]
    assert len(firsts) == 2
    assert BAO_HA in found[0]
    assert "Người Kim" not in "".join(found[: firsts[1]])
    assert found[1].splitlines()[0] == found[firsts[1] + 1].splitlines()[0] == "2"


def test_after_a_jam_the_paper_goes_on_with_the_page_that_was_lost(release, pages):
    release(KIM_SON, [sample(f"Người Kim {n}") for n in range(60)])
    whole = pages()
    assert len(whole) > 2
    for page in range(1, len(whole) + 1):
        assert pages(from_page=str(page)) == whole[page - 1 :]
    with pytest.raises(UserError, match="trang cuối là"):
        pages(from_page=str(len(whole) + 1))
    with pytest.raises(UserError, match="không phải là số trang"):
        pages(from_page="0")


def test_a_thousand_rows_lose_nobody(release, pages):
    release(KIM_SON, [sample(f"Người {n:04d}") for n in range(1000)])
    found = pages(sender=KIM_SON)
    names = [name for page in found for name in re.findall(r"Người \d{4}", page)]
    assert sorted(names) == [f"Người {n:04d}" for n in range(1000)]
    assert all("Năm sinh" in page and "(12)" in page for page in found)
    assert all("(tiếp theo)" in page for page in found[1:])


def test_whoever_has_no_sex_in_the_register_keeps_the_year(release, pages):
    release(KIM_SON, [sample("Sùng A Vảng", None)])
    assert "sinh 1985, không ghi giới tính" in " ".join(pages()[0].split())


def test_nothing_released_is_said_in_a_sentence(release, pages, suite):
    with pytest.raises(UserError, match=r"Chưa trả kết quả nào\."):
        pages()
    release(KIM_SON, [sample("Bàn Văn Sử")])
    with suite.database.read(suite.actor) as work:
        today = work.today().isoformat()
    assert pages(day=today, sender=KIM_SON)
    with pytest.raises(UserError, match=r"Ngày 13/08/2021 chưa trả kết quả nào cho Trạm"):
        pages(day="2021-08-13", sender=KIM_SON)
    with pytest.raises(UserError, match=r"Ngày 13/08/2021 chưa trả kết quả nào\."):
        pages(day="2021-08-13")


@pytest.mark.parametrize("values", [{"day": "13/08/2021"}, {"colour": "red"}, {"sender": "Ai"}])
def test_a_value_that_means_nothing_is_refused(pages, values):
    with pytest.raises(UserError):
        pages(**values)
