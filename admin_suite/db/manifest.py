"""What a backup says of itself, in a small file beside it: ``FILE.json``.

It holds no personal data, so it can be kept elsewhere: its digest shows a copy that was changed,
its head of the audit chain (an anchor) a database whose newest entries were cut off.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, inspect, select, table

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db.audit import Head


class Contents(Struct, frozen=True):
    """What is in a database at one moment: its revision, the head of its chain, rows by table."""

    revision: str
    head: Head | None
    counts: Mapping[str, int]
    schema: str = ""


class Manifest(Struct, frozen=True):
    """A backup: when it was made, of which kind of database, what is in it, its digest."""

    at: datetime
    engine: str
    contents: Contents
    sha256: str

    def written(self) -> str:
        """The text of the file."""
        head = self.contents.head
        plain = {
            "at": self.at.isoformat(),
            "engine": self.engine,
            "revision": self.contents.revision,
            "schema": self.contents.schema,
            "head": head and {"number": head.number, "hash": head.hash, "at": head.at.isoformat()},
            "counts": dict(self.contents.counts),
            "sha256": self.sha256,
        }
        return json.dumps(plain, indent=1) + "\n"


def beside(file: Path) -> Path:
    """Where the manifest of a backup stands."""
    return file.with_name(f"{file.name}.json")


def read(file: Path) -> Manifest:
    """Read a manifest; anything else is refused."""
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
        head = plain["head"]
        contents = Contents(
            str(plain["revision"]),
            Head(int(head["number"]), str(head["hash"]), _moment(head["at"])) if head else None,
            {str(name): int(count) for name, count in plain["counts"].items()},
            str(plain["schema"]),
        )
        return Manifest(_moment(plain["at"]), str(plain["engine"]), contents, str(plain["sha256"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = _("“{name}” is not what this program writes beside a backup.")
        raise UserError(message.format(name=file.name)) from error


def digest_of(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def counted(connection: Connection) -> dict[str, int]:
    """How many rows every table has, whatever revision the tables are of."""
    names = sorted(inspect(connection).get_table_names())
    query = select(func.count())
    return {name: connection.scalar(query.select_from(table(name))) or 0 for name in names}


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
