"""Layouts, exports and marks on the public command line."""

import json
from pathlib import Path

import openpyxl

from tests.unit.test_cli import PEOPLE, listed, ready, say  # noqa: F401 - fixtures

STATION, LABORATORY = "Trạm Y tế xã Điện Quan", "Viện Vệ sinh dịch tễ"
SENDING = "Danh sách gửi mẫu"


def test_a_sending_list_by_a_layout_is_marked_and_taken_back(ready, listed, tmp_path):  # noqa: F811
    ready("ha", "import", "lab.samples", listed(*PEOPLE), "--sender", STATION)
    out = str(tmp_path / "a.xlsx")
    words = ("export", "lab.samples", out, "--layout", SENDING, "--sent", LABORATORY)
    status, answer, _ = ready("ha", *words)
    assert (status, answer) == (
        0,
        {"sheet": "lab.samples", "rows": 3, "file": out, "sent": LABORATORY},
    )
    sheet = openpyxl.load_workbook(out).active
    assert [cell.value for cell in sheet[4]][:3] == ["STT", "Mã mẫu", "Mã ống gộp"]
    left = ("export", "lab.samples", str(tmp_path / "b.json"), "--where", f"not_sent={LABORATORY}")
    assert ready("ha", *left)[1]["rows"] == 0
    row = ready("ha", "exports", "list")[1][-1]
    assert (row["number"], row["destination"], row["rows"]) == (1, LABORATORY, 3)
    assert ready("ha", "exports", "take-back", "1")[1] == {"export": 1, "rows": 3}
    assert ready("ha", *left)[1]["rows"] == 3
    again = ready("ha", "import", "lab.samples", out)[1]
    assert (again["stored"], again["unchanged"]) == (0, 3)


def test_a_layout_is_shown_saved_and_deleted(ready, tmp_path):  # noqa: F811
    layout = ready("ha", "layouts", "show", SENDING)[1]
    layout["name"] = "Của trạm"
    layout["columns"] = [*layout["columns"][:1], {"heading": "Tỉnh", "constant": "Lào Cai"}]
    file = tmp_path / "layout.json"
    file.write_text(json.dumps(layout), encoding="utf-8")
    assert ready("ha", "layouts", "save", str(file))[1]["replaced"] is False
    assert "Của trạm" in {one["name"] for one in ready("ha", "layouts", "list")[1]}
    assert ready("ha", "layouts", "delete", "Của trạm")[1]["deleted"] is True
    assert ready("ha", "layouts", "restore")[1] == {"added": 0}


def test_what_is_not_a_layout_or_goes_nowhere_is_refused(ready, tmp_path):  # noqa: F811
    file = tmp_path / "layout.json"
    for text in (b"\xff\xfe\x00", b"nothing", b'{"sheet": "no.sheet"}', b"[1]"):
        file.write_bytes(text)
        assert ready("ha", "layouts", "save", str(file))[0] == 3
    out = str(tmp_path / "a.xlsx")
    for more in (("--layout", "none"), ("--sent",), ("--layout", "Kết quả theo nơi gửi")):
        assert ready("ha", "export", "lab.samples", out, *more)[0] == 3
    assert ready("ha", "exports", "take-back", "7")[0] == 3
    assert not list(tmp_path.glob("*.xlsx"))


def test_an_export_of_some_people_has_only_them_and_nobody_else_was_looked_at(ready, tmp_path):  # noqa: F811
    file, out = tmp_path / "people.csv", str(tmp_path / "a.json")
    file.write_text(
        "Họ và tên;Năm sinh;Giới tính;Xã\nLý A Páo;1985;Nam;Bảo Hà\nLý Thị Mẩy;1990;Nữ;Nghĩa Đô\n",
        encoding="utf-8",
    )
    assert ready("ha", "import", "registry.people", str(file))[1]["stored"] == 2
    for asked, wanted in {
        "name=ly thi may": ["Lý Thị Mẩy"],
        "commune_code=02989": ["Lý A Páo"],
        "sex=F": ["Lý Thị Mẩy"],
        "dob=1901": [],
    }.items():
        assert ready("ha", "export", "registry.people", out, "--where", asked)[0] == 0
        assert [row["name"] for row in json.loads(Path(out).read_text("utf-8"))] == wanted
    views = [row for row in ready("quan.tri", "audit")[1] if row["verb"] == "view"]
    assert all(row["first_id"] == row["last_id"] for row in views)
    assert views


def test_no_export_leaves_out_a_filter_that_it_does_not_know(ready, tmp_path):  # noqa: F811
    out = tmp_path / "a.json"
    exported = [one["name"] for one in ready("quan.tri", "sheets")[1] if one["fields"]]
    words = ("--where", "xyzzy=1")
    refused = {name: ready("quan.tri", "export", name, str(out), *words)[0] for name in exported}
    assert set(refused.values()) == {3}
    assert len(refused) > 15
    assert not out.exists()
