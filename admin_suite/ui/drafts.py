"""What is typed and not yet stored, kept on this computer so that a power cut loses nothing.

One file for each person, database and kind of form, in the person's own data folder, which nobody
else may read; it goes as soon as its content is stored or thrown away.
"""

import json
import logging
import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct
from PyQt6.QtCore import QObject, QRunnable, QThreadPool, QTimer

from admin_suite.core.clock import moment_shown
from admin_suite.core.paths import data_folder
from admin_suite.ui.runner import Runner

log = logging.getLogger(__name__)
EVERY_MS = 3_000
OWN_ONLY = 0o600  # Windows goes by the folder's own rights
SUFFIX = ".draft"
TYPING = "registry.typing"


class Kept(Struct, frozen=True):
    """A draft as it was kept: what of, when, how many rows, and its content.

    A list that was typed opens on the page of typed lists, a form on the page that it names.
    """

    kind: str
    title: str
    at: str
    rows: int
    content: Mapping[str, Any]

    @property
    def page(self) -> str:
        """The page that it is taken up on."""
        return str(self.content.get("page", TYPING)).partition("#")[0]

    @property
    def which(self) -> str:
        """Of a page with several forms, which one."""
        return str(self.content.get("page", "")).partition("#")[2]

    @property
    def at_key(self) -> int:
        """What the page is opened at."""
        return int(self.content.get("at", 1))


class Drafts:
    """The drafts of one person in one database."""

    def __init__(self, database: str, person: str, folder: Path | None = None) -> None:
        self._folder = folder or data_folder() / "drafts"
        self._owner = sha256(f"{database}\0{person}".encode()).hexdigest()[:24]

    def keep(self, kind: str, title: str, rows: int, content: Mapping[str, Any]) -> None:
        """Write a draft in place of the one there was; a cut in between leaves the old one."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(kind)
        part = file.with_suffix(".part")
        at = datetime.now(UTC).isoformat()
        said = {"kind": kind, "title": title, "at": at, "rows": rows, "content": content}
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN_ONLY), "wb") as out:
            out.write(json.dumps(said, ensure_ascii=False).encode())
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)

    def drop(self, kind: str) -> None:
        """Throw a draft away."""
        self._file(kind).unlink(missing_ok=True)

    def find(self, kind: str) -> Kept | None:
        """The draft of a kind, if there is one that can be read."""
        return _read(self._file(kind))

    def all(self) -> list[Kept]:
        """Every draft of this person in this database, the latest first."""
        found = map(_read, sorted(self._folder.glob(f"{self._owner}-*{SUFFIX}")))
        return sorted((one for one in found if one is not None), key=lambda one: one.at)[::-1]

    def _file(self, kind: str) -> Path:
        return self._folder / f"{self._owner}-{sha256(kind.encode()).hexdigest()[:16]}{SUFFIX}"


def of_runner(runner: Runner) -> Drafts:
    """The drafts of whoever is signed in."""
    return Drafts(str(runner.suite.database.writer.url), str(runner.actor.id))


def _read(file: Path) -> Kept | None:
    try:
        said = json.loads(file.read_bytes())
        at = moment_shown(datetime.fromisoformat(said["at"]))
        return Kept(said["kind"], said["title"], at, int(said["rows"]), dict(said["content"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class Keeper(QObject):
    """Keeps one form while it is typed: a few seconds after a change, beside the window's thread.

    ``content`` answers with kind, title, rows and content of the form; no rows: nothing to keep.
    """

    def __init__(
        self,
        drafts: Drafts,
        content: Callable[[], tuple[str, str, int, Mapping[str, Any]]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._drafts, self._content = drafts, content
        self._thread = QThreadPool(self)
        self._thread.setMaxThreadCount(1)  # in order: what is thrown away stays away
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(EVERY_MS)
        self._soon.timeout.connect(self.keep)

    def touch(self) -> None:
        """Something was typed."""
        if not self._soon.isActive():
            self._soon.start()

    def keep(self) -> None:
        """Keep what stands there now."""
        self._soon.stop()
        kind, title, rows, content = self._content()
        if not rows:
            self.drop(kind)
            return
        self._run(lambda: self._drafts.keep(kind, title, rows, content))

    def keep_now(self) -> None:
        """Before the form goes out of sight: keep what was not yet kept, and wait for it."""
        if self._soon.isActive():
            self.keep()
        self._thread.waitForDone()

    def rest(self) -> None:
        """There is nothing more to read."""
        self._soon.stop()

    def drop(self, kind: str) -> None:
        """It is stored or not wanted any more."""
        self._soon.stop()
        self._run(lambda: self._drafts.drop(kind))
        self._thread.waitForDone()

    def _run(self, deed: Callable[[], None]) -> None:
        def guarded() -> None:
            try:
                deed()
            except OSError:  # a full disk must not stop whoever types
                log.warning("A draft could not be kept")

        self._thread.start(QRunnable.create(guarded))
