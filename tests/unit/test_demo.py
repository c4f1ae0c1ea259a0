"""The demonstration: what every module adds to it can be played by the people it has."""

import re
from pathlib import Path

import pytest

from admin_suite.cli.demonstration import COLLEAGUES
from modules import INSTALLED

ROOT = Path(__file__).parents[2]
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
