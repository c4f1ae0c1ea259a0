"""How long the loops are, and how a program is started to be killed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from admin_suite.setting_up import Beginning, set_up
from tests.conftest import MODULES

ROOT = Path(__file__).parents[2]
TORTURE = "SUITE_TORTURE" in os.environ
MOUNTS = TORTURE and getattr(os, "geteuid", lambda: 1)() == 0 and shutil.which("mount")
BEGINNING = Beginning("Trạm Y tế xã Kim Sơn", "ha", "mot-hai-ba")
collect_ignore = [] if MOUNTS else ["test_full_disk.py"]


def start(name, *words):
    """One of the programs, with a pipe to its mouth and its ear."""
    command = [sys.executable, "-m", "tests.reliability.programs", name, *map(str, words)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=ROOT, **pipes)


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory):
    """A database that is set up and holds nobody."""
    file = tmp_path_factory.mktemp("furnished") / "suite.db"
    set_up(MODULES, make_url(f"sqlite:///{file}"), BEGINNING)
    return file
