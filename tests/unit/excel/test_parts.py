"""Lines above parts stand one inside the other; what the inner one does not say, the outer says."""

import pytest

from admin_suite.excel.parts import Parts, kind_of
from modules.lab.codes import Subject
from tests.unit.excel.test_layout import HEADS, TITLE, read, row

COMMUNES = {"02989": "Bảo Hà", "02971": "Kim Sơn"}


def walked(*lines):
    """What stands above each row, a row being told as a number."""
    parts, found = Parts(), {}
    for line in lines:
        if isinstance(line, int):
            found[line], parts.begun = parts.section.split("\n"), True
        else:
            parts.begin(line, "")
    return found


def test_hamlets_lie_in_the_commune_above_them():
    found = walked("I. XÃ BẢO HÀ", "1. Thôn A", 1, "2. Thôn B", 2, "II. XÃ KIM SƠN", "1. Bản C", 3)
    assert found[1] == ["I. XÃ BẢO HÀ", "1. Thôn A"]
    assert found[2] == ["I. XÃ BẢO HÀ", "2. Thôn B"]
    assert found[3] == ["II. XÃ KIM SƠN", "1. Bản C"]


def test_a_day_goes_on_over_hamlets_and_a_commune_over_days():
    assert walked("Ngày 12/8/2021", "Thôn A", 1, "Thôn B", 2, "Ngày 13/8/2021", 3) == {
        1: ["Ngày 12/8/2021", "Thôn A"],
        2: ["Ngày 12/8/2021", "Thôn B"],
        3: ["Ngày 13/8/2021"],
    }
    assert walked("XÃ BẢO HÀ", 1, "Ngày 13/8", 2)[2] == ["XÃ BẢO HÀ", "Ngày 13/8"]


def test_another_group_ends_what_stood_above_it():
    assert walked("XÃ BẢO HÀ", 1, "Công ty May", 2)[2] == ["Công ty May"]
    assert walked("Trường số 1", "Lớp 6A", 1, "Lớp 6B", 2, "Trường số 2", 3) == {
        1: ["Trường số 1", "Lớp 6A"],
        2: ["Trường số 1", "Lớp 6B"],
        3: ["Trường số 2"],
    }
    assert walked("I. Đợt một", "1. Sáng", 1, "2. Chiều", 2, "II. Bổ sung", 3)[3] == ["II. Bổ sung"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("TT Phố Ràng", "commune"),
        ("3. Tổ dân phố 2", "hamlet"),
        ("Sáng ngày 13/8", "day"),
        ("Ống số 01", "tube"),
        ("B) Nhóm nguy cơ", "nhom"),
    ],
)
def test_what_a_line_names(line, kind):
    assert kind_of(line) == kind


def test_people_below_hamlets_are_of_the_commune_above_them(tmp_path):
    rows, n = [TITLE, HEADS], 0
    for name in COMMUNES.values():
        rows.append([f"XÃ {name.upper()}"])
        for hamlet in ("Thôn 1", "Thôn 2"):
            n += 1
            rows += [[hamlet], row(n, f"Lý Văn {chr(64 + n)}", address=""), ["", "Trang 1"]]
            rows += [row(n + 9, f"Lý Thị {chr(64 + n)}", address=""), ["", "Cộng: 2 người"]]
    draft = read(tmp_path, [*rows, ["", "Tổng cộng: 8 người"]])
    told = [(item.person.commune_code, item.person.address) for item in draft.items]
    assert told == [(c, h) for c in COMMUNES for h in ("Thôn 1", "Thôn 1", "Thôn 2", "Thôn 2")]
    assert "TOTAL_DIFFERS" not in {warning.code for warning in draft.warnings}


def test_a_line_may_name_the_tube_and_the_reason_of_the_people_below_it(tmp_path):
    rows = [
        ["I. ĐỐI TƯỢNG F1"],
        ["Ống số 01"],
        row(1),
        row(2, "Lý Ba"),
        ["Mã ống: BH-02 (1 người)"],
    ]
    rows += [row(3, "Lý Chi"), ["II. NHÂN VIÊN Y TẾ"], row(4, "Lý Dung")]
    draft = read(tmp_path, [TITLE, HEADS, *rows])
    told = [(item.subject, item.pool) for item in draft.items]
    f1, staff = Subject.F1, Subject.HEALTH_WORKER
    assert told == [(f1, "01"), (f1, "01"), (f1, "BH-02"), (staff, "")]
    assert not {w.code for w in draft.warnings} & {"LINES_BETWEEN", "LEFT_BELOW"}
