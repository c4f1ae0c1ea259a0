"""A list of results that came back says whose they are by the sender's own numbers."""

from datetime import date

import pytest
from openpyxl import Workbook

from admin_suite.db.origin import Origin
from admin_suite.excel import importer, mending
from admin_suite.excel.importer import read_file
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Stage
from modules.lab.service import NewSample
from modules.lab.sheets import RESULTS
from tests.unit.lists import a_world

NAMES = ("Lý Thị Hòa", "Vàng A Páo", "Giàng Thị Dở")


@pytest.fixture
def sent(suite, as_actor):
    """A list of three people from this sender; the numbers of the tubes in its order."""

    def bring(sender, names=NAMES, day="2021-08-12"):
        with suite.database.work(as_actor(1)) as work:
            made = [
                NewSample(NewPerson(name, "1985", commune_code="02953"), day, row=row)
                for row, name in enumerate(names, start=7)
            ]
            origin = Origin(sender=sender, day=date.fromisoformat(day))
            keys = service.register(work, made, origin).ids
            service.receive(work, queries.tubes_at(work, Stage.EXPECTED))
            rows = {row.id: row for row in queries.sample_rows(work, keys)}
            return [rows[key].accession for key in keys]

    return bring


def returned(folder, head, *rows, above=()):
    book = Workbook()
    for row in (*above, head, *rows):
        book.active.append(row)
    book.save(folder / "KQ.xlsx")
    return read_file(RESULTS, folder / "KQ.xlsx", a_world())


def looked_at(suite, actor, draft):
    with suite.database.read(actor) as work:
        return importer.preview(work, draft)


def test_the_mere_numbers_of_the_rows_propose_the_tubes_of_the_list(
    suite, as_actor, sent, tmp_path
):
    numbers = sent("Trạm Y tế xã Nghĩa Đô")
    rows = ([1, "Âm tính"], [2, "Dương tính"], [3, "Âm tính"])
    draft = returned(tmp_path, ["STT", "Kết quả"], *rows)
    looked = looked_at(suite, as_actor(1), draft)
    assert [one.offer for one in looked.refused] == numbers
    with suite.database.work(as_actor(1)) as work:
        mended = mending.mended(draft, mending.offers(looked), draft.sender)
        assert importer.store(work, mended).stored == 3


def test_the_sender_that_the_title_names_tells_his_list_from_others(
    suite, as_actor, sent, tmp_path
):
    sent("Trạm Y tế xã Bảo Hà", ("Lù A Một", "Lù A Hai"))
    numbers = sent("Trạm Y tế xã Nghĩa Đô")
    above = (["KẾT QUẢ XÉT NGHIỆM"], ["Đơn vị gửi mẫu: TYT xã Nghĩa Đô"])
    draft = returned(tmp_path, ["TT", "KQ"], [1, "AT"], [2, "AT"], above=above)
    assert [one.offer for one in looked_at(suite, as_actor(1), draft).refused] == numbers[:2]
    nobody = returned(tmp_path, ["TT", "KQ"], [1, "AT"])
    [refused] = looked_at(suite, as_actor(1), nobody).refused
    assert (refused.offer, "2" in refused.message) == ("", True), "of two lists: nothing is guessed"


def test_the_numbers_of_the_other_laboratory_speak_against_nobody(suite, as_actor, sent, tmp_path):
    sent("Trạm Y tế xã Nghĩa Đô")
    head = ["STT", "Họ và tên", "Năm sinh", "Xã", "Kết quả"]
    draft = returned(tmp_path, head, [51, "Vàng A Páo", 1985, "Nghĩa Đô", "Âm tính"])
    assert looked_at(suite, as_actor(1), draft).refused == ()


def test_of_two_namesakes_the_number_proposes_one_and_takes_none(suite, as_actor, sent, tmp_path):
    numbers = sent("Trạm Y tế xã Nghĩa Đô", ("Lý Thị Hòa", "Vàng A Páo"))
    sent("Trạm Y tế xã Bảo Hà", ("Vàng A Páo",), day="2021-08-13")
    head = ["STT", "Họ và tên", "Năm sinh", "Kết quả"]
    draft = returned(tmp_path, head, [2, "Vàng A Páo", 1985, "Âm tính"])
    [refused] = looked_at(suite, as_actor(1), draft).refused
    assert refused.offer == numbers[1]
