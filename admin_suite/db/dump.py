"""Backups of PostgreSQL by its own programs, pg_dump and pg_restore, in their custom format.

The rows are counted in the very snapshot that pg_dump writes. A dump is restored into an empty
database only, in one transaction, so nothing that is there can be lost.
"""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import URL

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import audit, engine, guards, manifest
from admin_suite.db.manifest import Contents, Manifest

FOLDERS = (Path("/usr/lib/postgresql"), Path("C:/Program Files/PostgreSQL"))


def write(readers: Engine, part: Path) -> Manifest:
    """Write a dump of the schema in use."""
    program = _program("pg_dump")
    with readers.connect() as first:
        connection = first.execution_options(isolation_level="REPEATABLE READ")
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        schema = str(connection.scalar(text("SELECT current_schema()")))
        contents = Contents(
            engine.revision_in(connection),
            audit.head(connection),
            manifest.counted(connection),
            schema,
        )
        words = [f"--snapshot={snapshot}", f"--schema={schema}", f"--file={part}"]
        _run(readers.url, [program, "--format=custom", *words])
    _run(None, [_program("pg_restore"), "--list", str(part)])
    return Manifest(datetime.now(UTC), "postgresql", contents, manifest.digest_of(part))


def load(url: URL, file: Path, known: Manifest) -> None:
    """Restore a dump into an empty database; all of it or nothing."""
    program = _program("pg_restore")
    if manifest.digest_of(file) != known.sha256:
        message = _("The backup “{name}” is damaged: {what}. Use another backup.")
        what = _("it is not what was written with its manifest")
        raise UserError(message.format(name=file.name, what=what))
    engine.known(known.contents.revision, file.name)
    refuse_filled(url, known.contents.schema)
    listed = _run(None, [program, "--list", str(file)])
    wanted = "\n".join(line for line in listed.splitlines() if " SCHEMA - " not in line)
    chosen = file.with_name(f"{file.name}.list")
    _extend(url)
    try:
        chosen.write_text(wanted, encoding="utf-8")
        words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        _run(url, [program, *words, f"--use-list={chosen}", str(file)])
    finally:
        chosen.unlink(missing_ok=True)
    opened = engine.open_migrator(url)
    try:
        with opened.begin() as connection:
            if engine.revision_in(connection) == engine.known_revisions()[-1]:
                guards.put_up(connection)  # a dump carries no rights
    finally:
        opened.dispose()


def _extend(url: URL) -> None:
    """What the dump of one schema cannot bring along, and its guards may need."""
    opened = engine.open_migrator(url)
    try:
        with opened.begin() as connection:
            guards.extended(connection)
    finally:
        opened.dispose()


def refuse_filled(url: URL, schema: str) -> None:
    """Refuse a database that holds tables already, or that works in another schema."""
    opened = engine.open_migrator(url)
    try:
        with opened.connect() as connection:
            there = str(connection.scalar(text("SELECT current_schema()")))
            filled = bool(inspect(connection).get_table_names())
    finally:
        opened.dispose()
    if filled:
        raise UserError(
            _("This database holds data. Restore into a new, empty one; nothing is lost that way.")
        )
    if there != schema:
        said = _("The backup is of the schema “{name}”; this database works in “{other}”.")
        raise UserError(said.format(name=schema, other=there))


def empty(url: URL) -> None:
    """Take out again what ``load`` has put into an empty database."""
    opened = engine.open_migrator(url)
    try:
        with opened.begin() as connection:
            quoted = connection.dialect.identifier_preparer.quote
            names = ", ".join(map(quoted, inspect(connection).get_table_names()))
            if names:
                connection.execute(text(f"DROP TABLE {names} CASCADE"))
    finally:
        opened.dispose()


def _program(name: str) -> str:
    """One of PostgreSQL's programs: on the path, else where it is usually installed."""
    found = shutil.which(name)
    if found:
        return found
    places = [
        p for f in FOLDERS for ending in ("", ".exe") for p in f.glob(f"*/bin/{name}{ending}")
    ]
    if not places:
        message = _(
            "The program “{name}” of PostgreSQL is not on this computer. Install PostgreSQL's "
            "client programs, or make the backup on the server."
        )
        raise UserError(message.format(name=name))
    return str(max(places, key=lambda place: int(place.parts[-3].partition(".")[0])))


def _run(url: URL | None, command: list[str]) -> str:
    """Run a program of PostgreSQL; the password goes by its environment, never by an argument."""
    surroundings = dict(os.environ, LC_ALL="C")
    if url is not None:
        bare = url.set(drivername="postgresql", password=None)
        command = [*command, "--no-password", f"--dbname={bare.render_as_string()}"]
        if url.password:
            surroundings["PGPASSWORD"] = str(url.password)
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, its words are ours
        command, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        message = _("PostgreSQL's program refused: {why}")
        raise UserError(message.format(why=said))
    return done.stdout
