"""A file dropped anywhere: the program says what it is and opens the page that shows it."""

import pytest
from msgspec.structs import replace
from openpyxl import Workbook
from PyQt6.QtGui import QImage

from admin_suite.core.errors import UserError
from admin_suite.core.progress import Progress
from admin_suite.excel.sheet import Column, Sheet
from admin_suite.module import FileKind
from admin_suite.registry.files import FILES, LISTS, is_backup, is_list, is_picture
from admin_suite.registry.permissions import SEE
from admin_suite.ui import dropped, lists
from admin_suite.ui.lists import Answers, WhichList

HEADINGS = ("Họ và tên", "Năm sinh", "Giới tính")


def book(path, *rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def sheet(name, *headings):
    columns = tuple(Column(f"f{at}", heading) for at, heading in enumerate(headings))
    return Sheet(name=name, title=name, columns=columns, store=lambda *_given: None)


@pytest.mark.parametrize(
    ("name", "head", "page"),
    [
        ("a.xlsx", b"PK\x03\x04...", "import"),
        ("a.XLS", b"\xd0\xcf\x11\xe0", "import"),
        ("a.csv", b"STT;", "import"),
        ("a.jpg", b"\xff\xd8", "registry.typing"),
        ("a.db", b"SQLite format 3\0", "registry.backups"),
        ("a.csv", b"SQLite format 3\0", "registry.backups"),
    ],
)
def test_a_file_is_known_by_its_first_bytes_and_its_name(tmp_path, name, head, page):
    path = tmp_path / name
    path.write_bytes(head)
    assert dropped.look(Progress(), path, [LISTS, *FILES]).kind.page == page


def test_what_nobody_knows_is_refused_with_what_may_be_dropped(tmp_path):
    path = tmp_path / "a.exe"
    path.write_bytes(b"MZ")
    with pytest.raises(UserError, match="Backups"):
        dropped.look(Progress(), path, [LISTS, *FILES])
    with pytest.raises(UserError, match="cannot be opened"):
        dropped.look(Progress(), tmp_path / "no.xlsx", [LISTS])
    assert (is_list(b"", "a.doc"), is_picture(b"", "a.doc"), is_backup(b"", "a.db")) == (0, 0, 0)


def test_the_surest_kind_of_any_module_takes_the_file(shell, qtbot, tmp_path, monkeypatch):
    taken = []
    page = shell.open("lab.reception")
    monkeypatch.setattr(page, "take_file", taken.append, raising=False)
    machine = FileKind("Machine run", SEE, "lab.reception", lambda head, _n: float(b"Well" in head))
    modules = tuple(
        replace(one, files=(machine,)) if one.name == "lab" else one for one in shell.runner.modules
    )
    monkeypatch.setattr(type(shell.runner), "modules", property(lambda _self: modules))
    path = tmp_path / "run.csv"
    path.write_bytes(b"Well,Ct\nA1,24\n")
    shell.open("home")
    shell.take(path)
    qtbot.waitUntil(lambda: taken == [path])
    assert shell.here == "lab.reception"


def test_a_list_opens_its_preview_and_a_photograph_waits_for_its_grid(shell, qtbot, tmp_path):
    row = ("Sùng Thị Mỷ", 1991, "Nữ", "07:30 02/01/2026")
    shell.take(book(tmp_path / "a.xlsx", (*HEADINGS, "Ngày giờ lấy mẫu"), row))
    qtbot.waitUntil(lambda: "import" in shell.pages)
    page = shell.pages["import"]
    qtbot.waitUntil(lambda: page.found is not None, timeout=20_000)
    assert page.found.draft.sheet.name == "lab.samples"
    picture = tmp_path / "paper.png"
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.save(str(picture))
    shell.take(picture)
    qtbot.waitUntil(lambda: "registry.typing" in shell.pages)
    typing = shell.pages["registry.typing"]
    qtbot.waitUntil(lambda: "paper.png" in typing.notice.words)
    typing.digit(1)
    qtbot.waitUntil(lambda: typing.grid is not None and typing.photo.isVisible())
    backup = tmp_path / "b.db"
    backup.write_bytes(b"SQLite format 3\0")
    shell.take(backup)
    qtbot.waitUntil(lambda: "registry.backups" in shell.pages)
    qtbot.waitUntil(lambda: "b.db" in shell.pages["registry.backups"].notice.words)


def test_a_sheet_is_recognised_by_its_headings_alone(tmp_path):
    people, arrivals = sheet("a.people", *HEADINGS), sheet("b.arrivals", *HEADINGS, "Phòng")
    path = book(tmp_path / "a.xlsx", (*HEADINGS, "Phòng"), ("Lý A", 1985, "Nam", "203"))
    assert lists._likely(path, [people, arrivals], Answers())[0] is arrivals
    plain = book(tmp_path / "b.xlsx", HEADINGS, ("Lý A", 1985, "Nam"))
    both = [people, sheet("c.also", *HEADINGS)]
    with pytest.raises(WhichList) as asked:
        lists._likely(plain, both, Answers())
    assert asked.value.choices == ["a.people", "c.also"]
    assert lists._likely(plain, both, Answers(sheet="c.also")) == [both[1]]
    with pytest.raises(UserError):
        lists._likely(book(tmp_path / "c.xlsx", ("x", "y", "z"), (1, 2, 3)), both, Answers())
