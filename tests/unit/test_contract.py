import io
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint

from admin_suite import house
from admin_suite.core.errors import UserError
from admin_suite.db.base import Base
from admin_suite.house import HOUSE, drawing, part
from modules import INSTALLED
from tests.conftest import MODULES

ROOT = Path(__file__).parents[2]


def test_every_page_opens(qapp):
    for module in MODULES:
        for page in module.pages:
            file, name = page.view.split(":")
            room = "admin_suite.ui.pages" if module is HOUSE else f"modules.{module.name}"
            assert getattr(import_module(f"{room}.{file}"), name)


@pytest.mark.parametrize(
    ("told", "drawn"), [("no", {}), ("Không", {}), ("YES", {"outline": "yes"}), ("", {})]
)
def test_a_value_of_a_paper_that_says_no_means_no(work, monkeypatch, told, drawn):
    seen = []
    monkeypatch.setattr(
        house, "part", lambda *_names: lambda _work, values, _out: seen.append(values)
    )
    for module, paper in ((m, p) for m in MODULES for p in m.papers):
        if any(blank.name == "outline" for blank in paper.blanks):
            drawing(module, paper)(work, {"outline": told, "form": "a4"}, io.BytesIO())
            with pytest.raises(UserError, match="maybe"):
                drawing(module, paper)(work, {"outline": "maybe"}, io.BytesIO())
    assert seen == [{"form": "a4", **drawn}] * 2


def test_every_paper_has_its_drawing():
    papers = [(module, paper) for module in MODULES for paper in module.papers]
    assert papers
    assert all(callable(drawing(module, paper)) for module, paper in papers)
    assert all(p.permission in m.permissions for m, p in papers)


def test_every_report_has_its_maker():
    reports = [(module, report) for module in MODULES for report in module.reports]
    assert reports
    assert all(callable(part(module, report.make)) for module, report in reports)
    assert all(r.permission in m.permissions for m, r in reports)


@pytest.mark.parametrize(
    ("library", "room"),
    [
        ("reportlab", "admin_suite/documents"),
        ("qrcode", "admin_suite/qr"),
        ("cryptography", "admin_suite/qr"),
        ("argon2", "admin_suite/registry"),
    ],
)
def test_a_heavy_library_has_one_room(library, room):
    line = re.compile(rf"^\s*(import|from) {library}\b", re.MULTILINE)
    files = [f for top in ("admin_suite", "modules") for f in (ROOT / top).rglob("*.py")]
    users = {
        f.parent.relative_to(ROOT).as_posix() for f in files if line.search(f.read_text("utf-8"))
    }
    assert users == {room}


def test_names_agree_with_folders():
    assert tuple(m.name for m in MODULES) == ("registry", *INSTALLED)
    prefixes = (*INSTALLED, "registry", "house")
    assert all(t.split("_")[0] in prefixes for t in Base.metadata.tables)
    assert all(p.code.startswith(f"{m.name}.") for m in MODULES for p in m.permissions)


def test_every_folder_is_installed():
    assert {p.parent.name for p in (ROOT / "modules").glob("*/module.py")} == set(INSTALLED)


def test_every_guard_has_a_sentence():
    said = {name for module in MODULES for name in module.complaints}
    ours = [t for t in Base.metadata.sorted_tables if not t.name.startswith("house_")]
    rules = {c for t in ours for c in t.constraints}
    named = {c.name for c in rules if isinstance(c, UniqueConstraint | CheckConstraint)}
    assert named <= said


def test_the_house_opens_without_qt_and_without_heavy_libraries():
    heavy = {"PyQt6", "openpyxl", "matplotlib", "psycopg", "alembic", "reportlab", "cryptography"}
    code = (
        "import sys; from admin_suite.house import load; from modules import INSTALLED;"
        f"load(INSTALLED); print({heavy} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "set()\n", done.stderr
