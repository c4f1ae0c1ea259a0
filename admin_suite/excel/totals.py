"""What a line of totals states: ``Tổng cộng: 35 người``, ``Cộng``, ``Danh sách này có 12 mẫu``."""

import re
from collections.abc import Sequence
from typing import Any

from admin_suite.excel.sheet import Sheet
from admin_suite.excel.words import marked

TOTAL = re.compile(
    r"[\W\d]*(?:tổng|cộng|tc|total|tong (?:cong|so)|cong(?= *:| thon| ban | to | xa| khu|$)"
    r"|(?:danh sách )?ấn định(?: danh sách)?|danh sách (?:này )?(?:gồm|có)|số lượng)(?!\w)"
)
NUMBER = re.compile(r"\d+(?:[.,]\d{3})*(?!\d)")
COUNTED = re.compile(
    r"(\d+)\s*(?:người|nguoi|mẫu(?! gộp)|mau(?! gop)|trường hợp|truong hop|đối tượng|công dân|ca\b"
    r"|cơ sở|co so|địa điểm|dia diem|lượt|học sinh|nhân khẩu|bệnh nhân|people|persons)"
)
ELSE_COUNTED = re.compile(
    r"\d+\s*(?:ống|ong|hộ|ho|mẫu gộp|mau gop|thôn|bản|xã|tổ|gia đình|phiếu)\b"
)


def counted(sheet: Sheet[Any], text: str) -> list[str]:
    """The numbers of what the rows of the sheet are: of its own word first, then of any other."""
    return sheet.counted.pattern.findall(text) or COUNTED.findall(text)


def stated(sheet: Sheet[Any], cells: Sequence[str]) -> tuple[int, ...]:
    """The numbers a total says, those of rows first; tubes and households are not counted."""
    text = " ; ".join(marked(cell).rsplit(":", 1)[-1] for cell in cells)
    whole = " ; ".join(map(marked, cells))
    if rows := counted(sheet, text) or counted(sheet, whole):
        return (int(rows[0]),)
    left = ELSE_COUNTED.sub(" ", text)
    return tuple(int(re.sub(r"\D", "", found)) for found in NUMBER.findall(left))
