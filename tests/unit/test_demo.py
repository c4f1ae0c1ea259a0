"""The demonstration: what every module adds to it can be played by the people it has."""

import json
import re
from pathlib import Path

import pytest

from admin_suite.cli.demonstration import COLLEAGUES, DEMO_PASSWORD
from admin_suite.cli.run import run
from modules import INSTALLED
from tests.conftest import MODULES

ROOT = Path(__file__).parents[2]
REFUSED, SHEETS_WITH_ROWS = 3, 11
ACTS = re.compile(r'scene\.work\(\s*"(\w+)"')


@pytest.mark.parametrize("module", INSTALLED)
def test_nobody_acts_in_the_demonstration_who_is_no_user_of_it(module):
    folder = ROOT / "modules" / module
    files = [*folder.glob("demo.py"), *folder.glob("demo/*.py")]
    found = {who for file in files for who in ACTS.findall(file.read_text("utf-8"))}
    assert found <= set(COLLEAGUES)


def test_the_people_of_the_demonstration_have_names_and_roles_of_their_own():
    names = [name for name, _full, _role in COLLEAGUES.values()]
    assert len(set(names)) == len(names)
    assert len({role for _name, _full, role in COLLEAGUES.values()}) == len(names)


def test_every_list_of_the_demonstration_comes_back_and_changes_nothing(
    tmp_path, monkeypatch, capsys
):
    """What leaves one office is read by another, and by this one as what it has already."""
    monkeypatch.setenv("ADMIN_SUITE_PASSWORD", DEMO_PASSWORD)
    database = str(tmp_path / "demo.db")

    def say(*words):
        status = run(MODULES, ("--db", database, "--lang", "en", "--json", *words))
        out = capsys.readouterr().out
        return status, json.loads(out) if out else None

    assert say("demo", "--out", str(tmp_path / "out"))[0] == 0
    came_back = set()
    for sheet in (one for module in MODULES for one in module.sheets):
        if not (sheet.fields and sheet.columns):
            continue
        file = str(tmp_path / f"{sheet.name}.xlsx")
        assert say("--as", "quan.tri", "export", sheet.name, file)[0] == 0
        status, told = say("--as", "quan.tri", "import", sheet.name, file)
        if told is None:  # an empty list has nothing to bring
            assert status == REFUSED
            continue
        found = (status, told["stored"], told["changed"], told["refused"])
        assert (sheet.name, found) == (sheet.name, (0, 0, [], []))
        came_back.add(sheet.name)
    assert len(came_back) >= SHEETS_WITH_ROWS
