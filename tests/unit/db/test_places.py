"""Where an embedded database must not lie."""

import pytest
from sqlalchemy.engine import URL

from admin_suite.core.errors import UserError
from admin_suite.db import places

MOUNTED = """\
/dev/sda1 / ext4 rw 0 0
//server/data /mnt/the\\040share cifs rw 0 0
server:/data /srv/nfs nfs4 rw 0 0
/dev/sdb1 /srv/nfs/own ext4 rw 0 0
"""


@pytest.fixture(autouse=True)
def _mounts(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTED, "utf-8")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    monkeypatch.setattr(places.sys, "platform", "linux")


def look(file):
    places.refuse_shared_folder(URL.create("sqlite", database=file))


@pytest.mark.parametrize(
    "file",
    [
        "\\\\server\\data\\suite.db",
        "//server/data/suite.db",
        "C:\\Users\\ha\\OneDrive - So Y te\\suite.db",
        "/home/ha/Dropbox/suite.db",
        "/mnt/the share/suite.db",
        "/srv/nfs/post/suite.db",
    ],
)
def test_a_shared_or_synchronised_folder_is_refused_with_the_way_out(file):
    with pytest.raises(UserError, match="PostgreSQL"):
        look(file)


@pytest.mark.parametrize("file", ["/srv/nfs/own/suite.db", "/home/ha/suite.db", "suite.db", ""])
def test_a_folder_of_this_computer_is_not(file):
    look(file)


def test_a_system_that_does_not_tell_its_mounts_is_trusted(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "MOUNTS", tmp_path / "none")
    look("/mnt/the share/suite.db")
