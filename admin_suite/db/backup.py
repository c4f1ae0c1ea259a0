"""A copy of the database that can be trusted: whole and verified, or not there at all.

It is made in one step beside people who work (a stepped one never ends while somebody writes), as
``FILE.part``, and takes the name asked for only when every page, reference and audit entry of it
has been read again and lies on the disk.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from admin_suite.core.clock import moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import audit, dump, engine, manifest
from admin_suite.db.manifest import Contents, Manifest
from admin_suite.db.whole import damage

HEADER = b"SQLite format 3\x00"
Recording = Callable[[Manifest], None]


def write(readers: Engine, file: Path, record: Recording) -> Manifest:
    """Write a verified backup to ``file``; ``record`` is called just before it takes its name."""
    _refuse_place(readers, file)
    part, note = _part(file), _part(manifest.beside(file))
    with all_or_nothing(part, note):
        made = _sqlite(readers, part) if _is_file(readers) else dump.write(readers, part)
        note.write_text(made.written(), encoding="utf-8")
        settle(part)
        settle(note)
        record(made)
        # Never an old manifest beside a new copy, were the power to fail between the two.
        manifest.beside(file).unlink(missing_ok=True)
        part.replace(file)
        note.replace(manifest.beside(file))
        _settle_folder(file.parent)
    return made


def verify(file: Path, known: Manifest | None, name: str) -> Contents:
    """What is in an embedded backup; refused unless it is whole and what its manifest says.

    ``name`` is what people call it: what is read may be a copy of it.
    """
    with file.open("rb") as opened:
        if opened.read(len(HEADER)) != HEADER:
            raise UserError(_("“{name}” is not a backup of this program.").format(name=name))
    if known is not None and manifest.digest_of(file) != known.sha256:
        raise _damaged(name, _("it is not what was written on {day}").format(day=_day(known)))
    looking = engine.open_copy(file)
    try:
        with looking.connect() as connection:
            revision = engine.known(engine.revision_in(connection), name)
            found = damage(connection)
            contents = Contents(revision, audit.head(connection), manifest.counted(connection))
    except DatabaseError as error:
        raise _damaged(name, str(error.orig)) from error
    finally:
        looking.dispose()
    if found:
        raise _damaged(name, "; ".join(found))
    if known is not None and dict(known.contents.counts) != dict(contents.counts):
        raise _damaged(name, _("rows are missing"))
    return contents


def settle(file: Path) -> None:
    """Wait until the file lies on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def replace(part: Path, target: Path) -> Path | None:
    """Put a database in place of another one, which is kept beside it; returns where.

    Refused while any program has the old one open: it would go on writing into a file that
    nobody sees.
    """
    kept = _set_aside(target) if target.exists() else None
    settle(part)
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    part.replace(target)
    _settle_folder(target.parent)
    return kept


@contextmanager
def all_or_nothing(*parts: Path) -> Iterator[None]:
    """Leave no half-written file behind, and say in words that the disk is full."""
    _remove(parts)
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if "full" in str(error) or getattr(error, "errno", None) == errno.ENOSPC:
            said = _("The disk is full; nothing was changed. Make room or choose another disk.")
        elif isinstance(error, sqlite3.Error):
            said = _("The copy could not be made: {why}. Choose another disk, and run “check”.")
            said = said.format(why=error)
        else:
            raise
        raise UserError(said) from error
    finally:
        _remove(parts)


def _sqlite(readers: Engine, part: Path) -> Manifest:
    with readers.connect() as connection, closing(sqlite3.connect(part)) as copy:
        contents = Contents(
            engine.revision_in(connection), audit.head(connection), manifest.counted(connection)
        )
        connection.connection.driver_connection.backup(copy)  # type: ignore[union-attr]
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
    if verify(part, None, part.stem) != contents:
        raise _damaged(part.stem, _("rows are missing"))
    return Manifest(datetime.now(UTC), "sqlite", contents, manifest.digest_of(part))


def _set_aside(target: Path) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    kept = target.with_name(f"{target.stem}-before-restore-{moment}{target.suffix}")
    try:
        with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as alone:
            alone.execute("PRAGMA journal_mode=DELETE")  # locked while anybody has it open
    except sqlite3.OperationalError as error:
        said = _("Somebody has this database open. Close the program everywhere, then restore.")
        raise UserError(said) from error
    except sqlite3.DatabaseError:
        pass  # too damaged to be opened: kept as it lies there
    part = _part(kept)
    with all_or_nothing(part):
        for ending in ("", "-wal"):
            there = target.with_name(target.name + ending)
            if there.exists():
                shutil.copyfile(there, part)
                settle(part)
                part.replace(kept.with_name(kept.name + ending))
    return kept


def _remove(parts: Sequence[Path]) -> None:
    for part in parts:
        for ending in ("", "-wal", "-shm", "-journal"):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _refuse_place(readers: Engine, file: Path) -> None:
    own = readers.url.database if _is_file(readers) else None
    if own and Path(own).absolute() == file.absolute():
        raise UserError(_("This is the database itself. Name another file for the backup."))
    if not file.parent.is_dir():
        raise UserError(_("There is no folder “{name}”.").format(name=file.parent))


def _damaged(name: str, what: str) -> UserError:
    message = _("The backup “{name}” is damaged: {what}. Use another backup.")
    return UserError(message.format(name=name, what=what))


def _day(known: Manifest) -> str:
    return moment_shown(known.at)


def _part(file: Path) -> Path:
    return file.with_name(f"{file.name}.part")


def _settle_folder(folder: Path) -> None:
    """Make the new name last too; only where a folder can be opened (not on Windows)."""
    if hasattr(os, "O_DIRECTORY"):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _is_file(readers: Engine) -> bool:
    return readers.dialect.name == "sqlite"
