"""What stands on papers and who signs, from which day; the people are invented."""

import json
from datetime import date

import pytest

from admin_suite.core.errors import UserError
from admin_suite.registry import letters
from admin_suite.registry.codes import Form
from admin_suite.registry.service import unit_id
from admin_suite.registry.units import (
    NewLetterhead,
    NewSignatory,
    face_on,
    set_letterheads,
    set_signatories,
    signer_on,
)

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
NEW = NewLetterhead(AFTER, "", "Sở Y tế tỉnh Lào Cai", "Trung tâm Y tế Bảo Yên", "Bảo Yên")


def test_a_paper_has_the_names_of_its_day(work):
    set_letterheads(work, [NEW])
    assert face_on(work, BEFORE).name == "Trung tâm Y tế huyện Bảo Yên"
    assert face_on(work, AFTER).name == "Trung tâm Y tế Bảo Yên"
    assert letters.agency(work, AFTER).parent == "Sở Y tế tỉnh Lào Cai"
    set_letterheads(work, [NEW._replace(name="Trung tâm Y tế khu vực Bảo Yên")])
    assert face_on(work, AFTER).name == "Trung tâm Y tế khu vực Bảo Yên"


def test_a_unit_is_known_by_each_of_its_names(work):
    own = unit_id(work, "")
    set_letterheads(work, [NEW])
    assert unit_id(work, "TRUNG TÂM Y TẾ BẢO YÊN") == own


def test_who_signs_in_which_form_is_said_by_paper_and_day(work):
    head = NewSignatory(date(2020, 1, 1), "Giám đốc", "Nguyễn Văn An")
    deputy = NewSignatory(
        AFTER, "Phó Giám đốc", "Trần Bình", "", "results.list", Form.KT, "Giám đốc"
    )
    set_signatories(work, [head, deputy])
    assert signer_on(work, "results.list", BEFORE).heads == ("GIÁM ĐỐC",)
    assert signer_on(work, "results.list", AFTER).heads == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert signer_on(work, "results.slips", AFTER).name == "Nguyễn Văn An"
    board = head._replace(
        title="KT. Chủ tịch / Phó Chủ tịch", form=Form.TM, behalf="Ủy ban nhân dân"
    )
    set_signatories(work, [board])
    assert signer_on(work, "lab.labels", AFTER).heads == (
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    )


def test_where_nobody_has_said_who_signs_the_usual_line_stands(work):
    signed = letters.signature(work, "results.list", AFTER, "GIÁM ĐỐC", "(Ký tên, đóng dấu)")
    assert (signed.heads, signed.name) == (("GIÁM ĐỐC",), "")


def test_what_is_not_known_is_refused_in_a_sentence(work):
    with pytest.raises(UserError, match="no unit"):
        set_letterheads(work, [NEW._replace(unit="Trạm nào đó")])
    with pytest.raises(UserError, match="signed"):
        set_signatories(work, [NewSignatory(AFTER, "Phó", form=Form.KT)])
    with pytest.raises(UserError, match="title"):
        set_signatories(work, [NewSignatory(AFTER, " ")])
    with pytest.raises(UserError, match="no unit with the number"):
        face_on(work, AFTER, 999)


LISTS = {
    "registry.units": "Từ ngày;Tên trên văn bản;Địa danh\n01/07/2025;TTYT Bảo Yên;Bảo Yên",
    "registry.signatories": "Áp dụng từ;Hình thức ký;Ký thay cho;Chức vụ\n1/7/2025;KT;Giám đốc;Phó",
}


@pytest.mark.parametrize("sheet", LISTS)
def test_letterheads_and_signatories_come_in_lists_and_go_again(say, tmp_path, sheet):
    file, out = tmp_path / "list.csv", tmp_path / "out.json"
    file.write_text(LISTS[sheet], encoding="utf-8-sig")
    assert say("quan.tri", "template", sheet, str(tmp_path / "empty.xlsx"))[0] == 0
    status, receipt, said = say("quan.tri", "import", sheet, str(file))
    assert (status, receipt and receipt["stored"]) == (0, 1), said
    assert say("quan.tri", "export", sheet, str(out))[0] == 0
    row = json.loads(out.read_text(encoding="utf-8"))[0]
    assert (row["valid_from"], row["unit"]) == ("2025-07-01", "Trung tâm Y tế Bảo Yên")


@pytest.mark.parametrize("written", ["KT.", "kt", "K.T", "K/T", "for the head, by a deputy (KT.)"])
def test_the_form_of_a_signature_is_read_as_papers_write_it(say, tmp_path, written):
    file, out = tmp_path / "list.csv", tmp_path / "out.json"
    file.write_text(
        "Áp dụng từ;Hình thức ký;Ký thay cho;Chức vụ người ký\n"
        f"01/07/2025;{written};Giám đốc;Phó Giám đốc\n",
        encoding="utf-8-sig",
    )
    status, receipt, said = say("quan.tri", "import", "registry.signatories", str(file))
    assert (status, receipt and receipt["stored"]) == (0, 1), said
    say("quan.tri", "export", "registry.signatories", str(out))
    assert json.loads(out.read_text(encoding="utf-8"))[0]["form"] == "KT"
