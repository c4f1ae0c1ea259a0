"""Who made a workbook, when and where: in its properties and at the foot of its pages."""

from datetime import datetime
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct

from admin_suite.core.clock import moment_shown, stamp
from admin_suite.core.i18n import _
from admin_suite.excel.texts import kept

CORE = "docProps/core.xml"
NAMES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


class Author(Struct, frozen=True):
    """The person, the unit and the moment of an export."""

    name: str
    unit: str
    at: datetime

    @property
    def at_home(self) -> str:
        """The moment on the unit's clock, as JSON carries it."""
        return stamp(self.at)

    @property
    def line(self) -> str:
        """The three as one line at the foot of a page."""
        said = _("Exported by {name}, {unit}, {time}")
        return said.format(name=self.name, unit=self.unit, time=moment_shown(self.at))


def sign(path: Path, title: str, author: Author) -> None:
    """Write title and author into the properties of a workbook.

    They stand at the end of the file, so only the end is written anew.
    """
    with ZipFile(path, "a", ZIP_DEFLATED) as book:
        core = book.getinfo(CORE)
        tail = [one for one in book.infolist() if one.header_offset >= core.header_offset]
        parts = {one.filename: book.read(one) for one in tail}
        for one in tail:
            book.filelist.remove(one)
            del book.NameToInfo[one.filename]
        book.start_dir = core.header_offset
        parts[CORE] = _properties(title, author).encode()
        for name, content in parts.items():
            book.writestr(name, content)


def _properties(title: str, author: Author) -> str:
    spaces = " ".join(f'xmlns:{name}="{place}"' for name, place in NAMES.items())
    told = {
        "dc:title": title,
        "dc:creator": f"{author.name}, {author.unit}",
        "dc:description": author.line,
        "cp:lastModifiedBy": author.name,
    }
    lines = [f"<{name}>{escape(kept(text), quote=False)}</{name}>" for name, text in told.items()]
    when = f"{author.at:%Y-%m-%dT%H:%M:%SZ}"
    lines += [
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{when}</dcterms:{name}>'
        for name in ("created", "modified")
    ]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<cp:coreProperties {spaces}>{''.join(lines)}</cp:coreProperties>"
