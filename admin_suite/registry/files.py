"""The kinds of files that the house itself opens: lists, photographs of lists, backups."""

from pathlib import PurePath

from admin_suite.core.i18n import N_
from admin_suite.module import FileKind
from admin_suite.registry.permissions import BACKUP, KEEP, SEE

IMPORT = "import"  # the preview, which belongs to the window itself
BOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
TEXTS = {".csv", ".tsv", ".txt"}
PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".pdf"}
OLE, ZIP, SQLITE = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"SQLite format 3\0"
SURE, PERHAPS, SCARCELY = 1.0, 0.5, 0.2


def is_list(head: bytes, name: str) -> float:
    """A workbook, or a text file; which list it is, its headings say."""
    suffix = PurePath(name).suffix.lower()
    if suffix in BOOKS and head.startswith((OLE, ZIP)):
        return PERHAPS
    return SCARCELY if suffix in BOOKS | TEXTS else 0.0


def is_picture(_head: bytes, name: str) -> float:
    """A photograph or a scan of a paper, to type from."""
    return PERHAPS if PurePath(name).suffix.lower() in PICTURES else 0.0


def is_backup(head: bytes, _name: str) -> float:
    """A copy of a database."""
    return SURE if head.startswith(SQLITE) else 0.0


LISTS = FileKind(N_("Lists (Excel, OpenDocument, CSV)"), SEE, IMPORT, is_list)
FILES = (
    FileKind(N_("Photographs of a list, to type from"), KEEP, "registry.typing", is_picture),
    FileKind(N_("Backups"), BACKUP, "registry.backups", is_backup),
)
