"""A file was dropped on the window: what it is, said by the modules, and which page opens it."""

from collections.abc import Collection, Sequence
from pathlib import Path

from msgspec import Struct
from PyQt6.QtCore import QMimeData

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.core.progress import Progress
from admin_suite.module import FileKind
from admin_suite.registry.files import LISTS
from admin_suite.ui.runner import Runner

HEAD = 65_536


class Seen(Struct, frozen=True):
    """A file, and what it surely enough is."""

    path: Path
    kind: FileKind


def file_in(data: QMimeData | None) -> str:
    """The one file that is dragged; several at once are not taken."""
    urls = data.urls() if data is not None else []
    return urls[0].toLocalFile() if len(urls) == 1 else ""


def openable(runner: Runner, pages: Collection[str]) -> list[FileKind]:
    """Every kind of file that some module knows and whoever is signed in may open."""
    found = (kind for module in runner.modules for kind in module.files)
    return [LISTS, *(one for one in found if one.page in pages and runner.may(one.permission))]


def look(_progress: Progress, path: Path, known: Sequence[FileKind]) -> Seen:
    """What a file is; nobody knows it: refused with what may be dropped."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        said = _("“{name}” cannot be opened. Copy it to this computer and drop it again.")
        raise UserError(said.format(name=path.name)) from error
    sure = [(kind.recognise(head, path.name), kind) for kind in known]
    best = max(sure, key=lambda one: one[0])
    if not best[0]:
        titles = "; ".join(dict.fromkeys(_(kind.title) for kind in known))
        said = _("“{name}” is none of the files that can be opened here: {kinds}.")
        raise UserError(said.format(name=path.name, kinds=titles))
    return Seen(path, best[1])
