"""A disk that is really full, where one can be mounted: only in the long run, only as root."""

import shutil
import subprocess

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from admin_suite.core.errors import UserError
from admin_suite.core.permissions import Actor
from admin_suite.db.complaints import explain
from admin_suite.db.whole import examine
from admin_suite.registry.models import Person
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.safekeeping import back_up
from admin_suite.setting_up import set_up
from admin_suite.suite import open_suite
from tests.conftest import EVERYTHING, MODULES
from tests.reliability.conftest import BEGINNING


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], check=True)  # noqa: S607
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)  # noqa: S607


def test_a_disk_without_room_loses_nothing_that_was_acknowledged(small_disk, tmp_path):
    url = make_url(f"sqlite:///{small_disk / 'suite.db'}")
    set_up(MODULES, url, BEGINNING)
    suite, stored = open_suite(MODULES, url, Actor(1, "ha", EVERYTHING)), 0
    with pytest.raises(UserError, match="disk is full"):
        for batch in range(1_000):
            people = [NewPerson(f"P {batch} {n}", "1985", address="x" * 200) for n in range(50)]
            try:
                with suite.database.work(suite.actor) as work:
                    add_people(work, people)
            except OperationalError as error:
                raise explain(error, {}) from error
            stored += 50
    assert stored
    with pytest.raises(UserError, match="disk is full"):
        back_up(suite, small_disk / "backup.db")
    assert sorted(f.name for f in small_disk.iterdir() if "backup" in f.name) == []
    with suite.database.read(suite.actor) as work:
        assert work.session.query(Person).count() == stored
    assert examine(suite.database.readers).whole
    suite.close()
    shutil.copytree(small_disk, tmp_path / "moved")  # with its journal: it had no room to end
    moved = open_suite(MODULES, f"sqlite:///{tmp_path / 'moved' / 'suite.db'}", suite.actor)
    assert examine(moved.database.readers).whole
    moved.close()
