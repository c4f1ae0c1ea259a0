"""Making backups and bringing them back: what the command line and the window both call."""

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from admin_suite.core.clock import here, moment_shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.core.paths import data_folder
from admin_suite.core.permissions import Actor
from admin_suite.core.progress import Progress
from admin_suite.db import audit, backup, dump, engine, manifest
from admin_suite.db.manifest import Manifest
from admin_suite.db.places import refuse_shared_folder
from admin_suite.db.work import Work
from admin_suite.module import Module
from admin_suite.registry import queries, trail
from admin_suite.registry.permissions import BACKUP, RESTORE
from admin_suite.setting_up import NOBODY, is_set_up, sign_in
from admin_suite.suite import Suite, open_suite


class Backup(Struct, frozen=True):
    """A backup that was made: the file, the rows in it, the head of its audit trail."""

    file: Path
    rows: int
    head: audit.Head | None
    sha256: str


class Restored(Struct, frozen=True):
    """A backup that was brought back; ``kept`` is where the replaced database lies now."""

    file: Path
    rows: int
    kept: Path | None
    taken_at: datetime | None


class Copy(Struct, frozen=True):
    """A backup that lies in the folder; ``whole`` when it is what was written then."""

    file: Path
    at: datetime | None
    rows: int
    size: int
    whole: bool


MOST = 12
ELSEWHERE = N_(
    "A PostgreSQL database is brought back with the command “restore”, into an empty database."
)


def back_up(suite: Suite, file: Path) -> Backup:
    """Write a verified copy of the open database to ``file``, with its manifest beside it."""
    with suite.database.read(suite.actor) as work:
        work.require(BACKUP)

    def record(made: Manifest) -> None:
        with suite.database.work(suite.actor) as work:
            trail.note_backup(work, made.contents.head)

    made = backup.write(suite.database.readers, file, record)
    return Backup(file, sum(made.contents.counts.values()), made.contents.head, made.sha256)


def restore(modules: Sequence[Module], url: URL, file: Path, name: str, password: str) -> Restored:
    """Put a backup in place of the database that ``url`` names, in the hands of this user.

    The rights are those he has in the database that is there; where there is none that can be
    opened, those in the backup. What is there is kept beside it. Nothing may have it open.
    """
    refuse_shared_folder(url)
    if url.get_backend_name() != "sqlite":
        return _load(modules, url, file, _known(file), (name, password))
    user, replaced = _user_of(modules, url, name, password)

    def hands(copy: URL) -> Actor | None:
        return user or _user_of(modules, copy, name, password)[0]

    return _replace(modules, url, file, (name, hands), replaced)


def restore_as(
    modules: Sequence[Module], url: URL, file: Path, actor: Actor, name: str
) -> Restored:
    """The same in the hands of somebody who has just shown in the window who he is."""
    refuse_shared_folder(url)
    if url.get_backend_name() != "sqlite":
        raise UserError(_(ELSEWHERE))
    suite = open_suite(modules, url, actor).watched()
    try:
        with suite.database.read(actor) as work:
            work.require(RESTORE)
            replaced = audit.head(work.session.connection())
    finally:
        suite.close()
    return _replace(modules, url, file, (name, lambda _copy: actor), replaced)


def _known(file: Path) -> Manifest | None:
    note = manifest.beside(file)
    return manifest.read(note) if note.is_file() else None


def _replace(
    modules: Sequence[Module],
    url: URL,
    file: Path,
    who: tuple[str, Callable[[URL], Actor | None]],
    replaced: audit.Head | None,
) -> Restored:
    known = _known(file)
    target = Path(url.database or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with backup.all_or_nothing(part):
        shutil.copyfile(file, part)
        contents = backup.verify(part, known, file.name)
        copy = url.set(database=str(part))
        engine.bring_up_to_date(copy, keep=False)
        _note(modules, copy, who[1](copy), who[0], replaced)
        kept = backup.replace(part, target)
    return Restored(target, sum(contents.counts.values()), kept, known.at if known else None)


def _user_of(
    modules: Sequence[Module], url: URL, name: str, password: str
) -> tuple[Actor | None, audit.Head | None]:
    """Who restores, by the database that is there, and where its trail ends; None without one."""
    try:
        if not is_set_up(url):
            return None, None
        suite = sign_in(modules, url, name, password)
    except OperationalError:
        raise
    except DatabaseError:  # damaged: the reason to restore
        return None, None
    try:
        with suite.database.read(suite.actor) as work:
            work.require(RESTORE)
            return suite.actor, audit.head(work.session.connection())
    finally:
        suite.close()


def _note(
    modules: Sequence[Module], url: URL, user: Actor | None, name: str, replaced: audit.Head | None
) -> None:
    """Write down in the restored database who restored it; he may have another number there."""
    if user is None:
        raise UserError(_("Nobody can sign in to this backup. Use another backup."))
    suite = open_suite(modules, url, user)
    try:
        with suite.database.read(user) as work:
            number = _number(work, name)
        with suite.database.work(Actor(number, user.name, user.codes)) as work:
            trail.note_restore(work, replaced, name)
    finally:
        suite.close()


def _number(work: Work, name: str) -> int:
    there = (row.id for row in queries.users(work) if row.name == name.strip())
    return next(there, NOBODY)


def _load(
    modules: Sequence[Module], url: URL, file: Path, known: Manifest | None, who: tuple[str, str]
) -> Restored:
    """Restore a dump into an empty PostgreSQL database; emptied again if the user may not."""
    if known is None or known.engine != "postgresql":
        said = _("Beside “{name}” there must be “{note}”, written when the backup was made.")
        raise UserError(said.format(name=file.name, note=manifest.beside(file).name))
    dump.load(url, file, known)
    try:
        engine.bring_up_to_date(url)
        user, _head = _user_of(modules, url, *who)
        _note(modules, url, user, who[0], None)
    except BaseException:
        dump.empty(url)
        raise
    return Restored(file, sum(known.contents.counts.values()), None, known.at)


def said_of(done: Restored) -> str:
    """What to say of a backup that was brought back."""
    if done.taken_at is None:
        return _("The backup is back. Sign in again.")
    said = _("The data of {time} are back. Sign in again.")
    return said.format(time=moment_shown(done.taken_at))


def folder_of(suite: Suite) -> Path:
    """Where the backups made in the window lie: beside an embedded database."""
    own = suite.database.readers.url
    beside = Path(own.database or "").parent if is_embedded(suite) else data_folder()
    return beside / "backups"


def is_embedded(suite: Suite) -> bool:
    """Whether the database is a file of this computer, which a window can replace."""
    return suite.database.readers.dialect.name == "sqlite"


def back_up_here(_progress: Progress, suite: Suite) -> Backup:
    """Make a backup where the others lie, named by the moment."""
    folder = folder_of(suite)
    folder.mkdir(parents=True, exist_ok=True)
    ending = ".db" if is_embedded(suite) else ".dump"
    moment = here(datetime.now(UTC)).strftime("%Y-%m-%d-%H%M%S")
    return back_up(suite, folder / f"suite-{moment}{ending}")


def looked_over(progress: Progress, folder: Path) -> list[Copy]:
    """The newest backups of a folder, each read again and compared with what it says of itself."""
    notes = sorted(folder.glob("*.json"), reverse=True) if folder.is_dir() else []
    found = []
    for done, note in enumerate(notes[:MOST], start=1):
        found.append(_copy(note))
        progress.report(done, len(notes[:MOST]))
    return found


def _copy(note: Path) -> Copy:
    file = note.with_suffix("")
    try:
        known = manifest.read(note)
        whole = file.is_file() and manifest.digest_of(file) == known.sha256
    except (UserError, OSError):
        return Copy(file, None, 0, 0, whole=False)
    rows = sum(known.contents.counts.values())
    return Copy(file, known.at, rows, file.stat().st_size if file.is_file() else 0, whole=whole)


def last_restored(work: Work) -> trail.EntryRow | None:
    """When this database was last brought back from a backup, and by whom; None if it never was."""
    work.require(BACKUP)
    told = trail.entries(work, trail.Wanted((audit.Anchor.__tablename__,)))
    return next((entry for entry in told if "replaced" in entry.detail), None)


def anchor_of(file: Path) -> audit.Head | None:
    """The head of the audit trail that a backup, or its manifest, carries."""
    beside = manifest.beside(file)
    return manifest.read(beside if beside.is_file() else file).contents.head
