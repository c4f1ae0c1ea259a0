"""The ceilings that no linter has: files, functions, and who may import by name."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "admin_suite", ROOT / "modules")
SOURCES = [
    ROOT / "main.py",
    *(file for folder in FOLDERS for file in folder.rglob("*.py")),
]
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
BY_NAME = {"admin_suite/app.py", "admin_suite/db/engine.py", "admin_suite/house.py"}
BY_NAME |= {"admin_suite/qr/signing.py"}
BY_NAME |= {f"admin_suite/excel/{name}.py" for name in ("reader", "child", "writer", "paper")}
UI = ("opening", "shell", "lists", "pictures", "pages/home")
BY_NAME |= {f"admin_suite/ui/{name}.py" for name in UI}
BANNED = {"utils", "helpers", "misc", "common", "manager"}


def test_no_file_is_longer_than_its_ceiling():
    lengths = {f: len(f.read_text(encoding="utf-8").splitlines()) for f in SOURCES}
    assert {str(f): n for f, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_its_ceiling():
    found = {}
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found[f"{file.name}:{node.name}"] = length
    assert found == {}


def test_there_is_no_drawer():
    assert [f for f in SOURCES if f.stem in BANNED] == []


def test_importing_by_name_is_for_a_few_files():
    named = {str(f.relative_to(ROOT)) for f in SOURCES if "import_module(" in f.read_text("utf-8")}
    assert {name.replace("\\", "/") for name in named} <= BY_NAME
