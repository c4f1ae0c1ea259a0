"""Which cells of a workbook are struck through: whoever did it took the row out of the list.

calamine tells no fonts, so styles and worksheets are looked at as text, and only in files that
have such a font at all.
"""

import re

FONT = re.compile(rb"<font[\s/>]")
STRIKE = re.compile(rb'<strike(?:/| />|>| val="(?:1|true)")')
OF_FONT = re.compile(rb'<xf [^>]*?fontId="(\d{1,6})"')
STYLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})" s="(\d{1,6})"')
Places = set[tuple[int, int]]


def styles_struck(xml: bytes) -> frozenset[bytes]:
    """The numbers of the cell styles of a workbook whose font is struck through."""
    if b"<strike" not in xml:
        return frozenset()
    fonts = FONT.split(_between(xml, b"<fonts", b"</fonts>"))[1:]
    struck = {b"%d" % at for at, font in enumerate(fonts) if STRIKE.search(font)}
    used = OF_FONT.findall(_between(xml, b"<cellXfs", b"</cellXfs>"))
    return frozenset(b"%d" % at for at, font in enumerate(used) if font in struck)


def cells_struck(chunk: bytes, styles: frozenset[bytes]) -> Places:
    """The places from 0 of the cells in a piece of a worksheet that have one of these styles."""
    found = ((row, letters) for letters, row, style in STYLED.findall(chunk) if style in styles)
    return {(int(row) - 1, column(letters) - 1) for row, letters in found}


def column(letters: bytes) -> int:
    """The number of a column by its letters, from 1."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + letter - 64
    return place


def _between(xml: bytes, begin: bytes, end: bytes) -> bytes:
    start = xml.find(begin)
    return xml[start : xml.find(end, start)] if start >= 0 else b""
