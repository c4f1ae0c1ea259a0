"""A key of the window means the same on every page: no button of a page takes it.

Qt presses neither of two buttons that share a key, and says nothing.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
WINDOW = {"F7", "F10", "F11", "F12", "Ctrl K"}
ITS_OWN = {"shell.py", "sign_in.py", "search_box.py"}


def buttons():
    """Every key that a button is made with, and where."""
    for folder in ("admin_suite/ui", "modules"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Button":
                    for one in node.args[1:2]:
                        if isinstance(one, ast.Constant) and one.value:
                            yield file.name, one.value


def test_no_page_takes_a_key_of_the_window():
    found = list(buttons())
    assert len(found) > 100
    assert [(file, key) for file, key in found if key in WINDOW and file not in ITS_OWN] == []
