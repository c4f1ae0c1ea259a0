"""Where the embedded database lies, and where it must not lie."""

import ctypes
import sys
from pathlib import Path, PureWindowsPath

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.paths import data_folder

ENGINES = ("sqlite", "postgresql")
MOUNTS = Path("/proc/self/mounts")
NETWORK = ("nfs", "cifs", "smb", "fuse.sshfs", "fuse.rclone", "afs", "ceph", "glusterfs")
REMOTE_DRIVE = 4  # what Windows calls a network drive
SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud")


def database_url(given: str | None) -> URL:
    """The database meant by a URL, by the path of a file, or by nothing (the user's own)."""
    if given and "://" in given:
        return _known(given)
    file = Path(given) if given else data_folder() / "suite.db"
    return URL.create("sqlite", database=str(file.absolute()))


def _known(given: str) -> URL:
    """The URL, if it is of an engine that the program works with."""
    try:
        url = make_url(given)
        if url.get_backend_name() in ENGINES:
            return url
    except ArgumentError:
        pass
    message = _("“{url}” is no database address: use a file, or postgresql+psycopg://...")
    raise UserError(message.format(url=given.partition("://")[0] + "://..."))


def refuse_shared_folder(url: URL) -> None:
    """Refuse an embedded database on a network share or in a synchronised folder.

    SQLite's locks do not hold there and the file breaks; PostgreSQL is for sharing.
    """
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    path = PureWindowsPath(url.database)
    shared = path.drive.startswith("\\\\") or any(
        part.casefold().startswith(SYNCHRONISED) for part in path.parts
    )
    if shared or _on_network(Path(url.database)):
        message = _(
            "“{path}” is on a shared or synchronised folder, where the database would break. "
            "Choose a folder on this computer, or use PostgreSQL to share the data."
        )
        raise UserError(message.format(path=url.database))


def _on_network(file: Path) -> bool:
    """Whether a drive letter or a mounted folder leads to another computer, as far as is told."""
    if sys.platform == "win32":
        drive = file.absolute().drive
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == REMOTE_DRIVE)
    if not MOUNTS.exists():
        return False
    written = MOUNTS.read_text("utf-8", errors="replace")
    lines = (line.split() for line in written.splitlines())
    kinds = {line[1].replace("\\040", " "): line[2] for line in lines if len(line) > 2}  # noqa: PLR2004
    folders = map(str, file.absolute().parents)
    return next((kinds[name] for name in folders if name in kinds), "").startswith(NETWORK)
