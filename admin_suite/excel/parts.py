"""The lines above the parts of a list, one inside the other: a commune, its hamlets, a day, a tube.

A part goes on until a line of its own kind comes; what a line inside it does not say, it says.
"""

import re

from msgspec import Struct, field

from admin_suite.excel.titles import day_alone
from admin_suite.excel.words import loose

NUMBERING = re.compile(r"\s*(?:([IVXLC]+)|(\d{1,3})|([A-ZĐa-zđ]))\s*(?:[.)/:\-]\s*|$)")
COMMUNE, HAMLET, DAY, TUBE = "commune", "hamlet", "day", "tube"
KINDS = (
    (COMMUNE, re.compile(r"(?:xa|thi tran|tt|phuong)\b")),
    (HAMLET, re.compile(r"(?:thon|ban|to dan pho|tdp|to|khu pho|khu|xom|ap|doi|cum)\b")),
    (TUBE, re.compile(r"(?:ma |so )?(?:ong|mau gop|gop|tube|pool)\b")),
)
NAMED = re.compile(
    r"(?:truong|cong ty|co quan|don vi|nhom|lop|benh vien|tram|ho|gia dinh|khoi|phong|doi tuong"
    r"|dien|dot|danh sach)\b"
)
REMARK = re.compile(r"\(.*\)|trang (?:so )?\d+(?: ?/ ?\d+)?", re.IGNORECASE | re.DOTALL)
KEEPS = {  # what goes on although rows stand between it and a line of another kind
    COMMUNE: {DAY},
    HAMLET: {COMMUNE, DAY},
    DAY: {COMMUNE, HAMLET},
}
ANY_YEAR = 2000


class Parts(Struct):
    """The lines that are above the next row, the outermost first, each with its kind."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    begun: bool = False  # whether rows stand below the last of them

    @property
    def section(self) -> str:
        """All that stands above, line by line."""
        return "\n".join(text for _kind, text in self.lines)

    def begin(self, text: str, number: str) -> None:
        """A line begins a part; ``number`` is what its column of numbers says."""
        kind = kind_of(text, number)
        kinds = [known for known, _text in self.lines]
        if kind in kinds:
            del self.lines[kinds.index(kind) :]
        elif self.begun and kind != TUBE:
            kept = KEEPS.get(kind, set())
            self.lines = [line for line in self.lines if line[0] in kept]
        self.lines.append((kind, text))
        self.begun = False


def is_remark(text: str) -> bool:
    """Whether a line between the rows begins no part: it stands in brackets, or counts pages."""
    return REMARK.fullmatch(text.strip()) is not None


def kind_of(text: str, number: str = "") -> str:
    """What a line names: a commune, a hamlet, a day, a tube; else its first word or its number."""
    order = NUMBERING.match(number) or NUMBERING.match(text)
    bare = loose(NUMBERING.sub("", text, count=1) if NUMBERING.match(text) else text)
    if day_alone(text, ANY_YEAR):
        return DAY
    kind = next((kind for kind, pattern in KINDS if pattern.match(bare)), "")
    named = NAMED.match(bare)
    if kind or named:
        return kind or (named[0] if named else "")
    return str(order.lastindex) if order else ""
