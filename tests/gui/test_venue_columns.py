"""What stands in every narrow column of the venues is read whole, in both languages."""

import pytest
from PyQt6.QtGui import QFont, QFontMetricsF

from admin_suite.core.i18n import speak
from admin_suite.ui import theme
from admin_suite.ui.widgets.chips import Status, chip_width
from modules.venues.codes import Doubt, Kind, Standing
from modules.venues.pages import desk, inspection, keeping, lines, roster

BESIDE = theme.M + theme.S  # what a cell leaves free at both sides
LISTS = {
    "register": lines.columns,
    "desk": desk.columns,
    "inspection": inspection.columns,
    "sources": keeping.columns,
    "holds": keeping.hold_columns,
    "roster": roster.columns,
}


def words_of(column):
    """What a column with a closed list may say, in words and in chips."""
    chips = {
        "doubt": [(inspection.TONES.get(one, "late"), one.word) for one in Doubt],
        "codes": [("idle", one.word) for one in Standing],
    }
    words = {"kind": [one.word for one in Kind], "commune": ["Thị trấn Phố Ràng"]}
    return words.get(column.name, ()), [Status(*one) for one in chips.get(column.name, ())]


def wide(words, size, weight=QFont.Weight.Normal):
    return QFontMetricsF(theme.font(size, weight)).horizontalAdvance(words)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("which", sorted(LISTS))
def test_headings_and_closed_lists_fit_their_columns(qapp, language, which):
    speak(language)
    chip = QFontMetricsF(theme.font(theme.SMALL, QFont.Weight.Medium))
    cut = []
    for column in LISTS[which]():
        words, chips = words_of(column)
        wanted = [wide(column.title, theme.SMALL, QFont.Weight.DemiBold)]
        wanted += [wide(one, theme.BODY) for one in words]
        wanted += [chip_width(one, chip) for one in chips]
        if column.width and max(wanted) + BESIDE > column.width:
            cut.append((column.title, column.width, max(wanted) + BESIDE))
    assert cut == []


@pytest.mark.parametrize("which", ["register", "desk", "inspection", "sources", "holds"])
@pytest.mark.parametrize("table", [588, 640, 800, 980, 1060, 1150, 1610])
def test_what_takes_the_rest_has_room_in_every_window(qapp, which, table):
    """At 100, 150 and 200 per cent: the narrow columns leave room for the one that matters."""
    there = [one for one in LISTS[which]() if not one.hidden and one.room <= table]
    assert table - sum(one.width for one in there) >= 170
