"""Design tokens, and the palette, the fonts and the style sheet made from them.

Widgets ask ``now()`` and ``ink()`` while they paint, so a change of theme needs no page built anew.
"""

import gc
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from PyQt6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt6.QtWidgets import QApplication

from admin_suite.core.collector import no_collector
from admin_suite.core.shipped import shipped
from admin_suite.ui.contrast import closest_pair, contrast
from admin_suite.ui.style import style_sheet

ARGUMENTS = ("admin-suite", "-style", "Fusion")
FAMILY = "Inter"
FONTS = shipped("resources") / "fonts"
SMALLEST_CONTRAST = 4.5
SMALLEST_SHAPE_CONTRAST = 3.0
SMALLEST_DISTANCE = 12.0


class Tone(NamedTuple):
    """One status: ``ink`` writes on ``soft`` and on cards, ``solid`` fills shapes and tiles."""

    ink: str
    soft: str
    solid: str


class Tokens(NamedTuple):
    """Every colour of one theme. Spaces, sizes and radii are the same in all themes."""

    name: str
    frame: str  # navigation and top bar
    page: str  # behind cards
    card: str  # cards, tables, fields
    sunken: str  # headings of tables, wells, key caps
    hover: str
    line: str
    edge: str  # borders of fields and buttons
    text: str
    text2: str
    text3: str
    accent: str
    accent_ink: str  # accent as text
    accent_soft: str  # selected rows, active page
    on_accent: str
    done: Tone  # negative, finished, valid
    wait: Tone  # neutral: not yet
    busy: Tone  # on its way
    late: Tone  # needs somebody today
    bad: Tone  # positive, refused, fever

    def tones(self) -> dict[str, Tone]:
        """The five statuses by name."""
        return {name: getattr(self, name) for name in ("done", "wait", "busy", "late", "bad")}


GRID = 4
XS, S, M, L, XL, XXL = 4, 8, 12, 16, 24, 32
CAPTION, SMALL, BODY, HEADING, TITLE, DISPLAY = 11, 12, 13, 15, 20, 28
RADIUS_S, RADIUS, RADIUS_L = 4, 6, 10
ROW, CONTROL, NAV_ITEM, TOP_BAR, NAV, DRAWER = 36, 32, 32, 52, 248, 340

LIGHT = Tokens(
    name="light",
    frame="#f1f3f5",
    page="#fafbfc",
    card="#ffffff",
    sunken="#f4f6f8",
    hover="#eceff3",
    line="#e4e8ec",
    edge="#c3cad3",
    text="#17202b",
    text2="#465261",
    text3="#616d7c",
    accent="#1f5fbf",
    accent_ink="#1a54ab",
    accent_soft="#e8f0fc",
    on_accent="#ffffff",
    done=Tone("#0a6350", "#e2f4ee", "#0b7d67"),
    wait=Tone("#4d5866", "#edf0f3", "#8690a0"),
    busy=Tone("#1a54ab", "#e6effc", "#2f74d8"),
    late=Tone("#7a4b00", "#fdf0d2", "#bd7800"),
    bad=Tone("#a3221a", "#fdeae7", "#c9372c"),
)

DARK = Tokens(
    name="dark",
    frame="#14171b",
    page="#181c21",
    card="#1e2329",
    sunken="#242a31",
    hover="#2a3139",
    line="#2c333c",
    edge="#47515d",
    text="#e8ecf1",
    text2="#b9c2cd",
    text3="#97a2af",
    accent="#6ea8fe",
    accent_ink="#8fbaff",
    accent_soft="#203250",
    on_accent="#0b1626",
    done=Tone("#6fd9bd", "#15342e", "#22a084"),
    wait=Tone("#b3bdc9", "#2a3038", "#a0acba"),
    busy=Tone("#9cc3ff", "#1d3050", "#4c8df0"),
    late=Tone("#f3c566", "#3b2f14", "#e3a52c"),
    bad=Tone("#ff9d92", "#45221f", "#e0574b"),
)

_now: list[Tokens] = [LIGHT]


def now() -> Tokens:
    """The tokens in force."""
    return _now[0]


def readings(t: Tokens) -> Iterator[tuple[str, str, str]]:
    """Every pair of writing and ground the program uses."""
    for ground in ("frame", "page", "card", "sunken", "hover", "accent_soft"):
        for ink in ("text", "text2", "text3", "accent_ink"):
            yield f"{ink} on {ground}", getattr(t, ink), getattr(t, ground)
    yield "on_accent on accent", t.on_accent, t.accent
    for name, tone in t.tones().items():
        yield f"{name} chip", tone.ink, tone.soft
        for ground in ("card", "page", "accent_soft", "sunken"):
            yield f"{name} on {ground}", tone.ink, getattr(t, ground)


def weak_spots(t: Tokens) -> list[str]:
    """Writing that does not read, shapes that do not show, statuses that look alike."""
    found = [what for what, ink, ground in readings(t) if contrast(ink, ground) < SMALLEST_CONTRAST]
    tones = t.tones()
    found += [
        name
        for name, tone in tones.items()
        if contrast(tone.solid, t.card) < SMALLEST_SHAPE_CONTRAST
    ]
    distance, pair = closest_pair({name: tone.solid for name, tone in tones.items()})
    return [*found, pair] if distance < SMALLEST_DISTANCE else found


def ink(name: str) -> str:
    """The colour of a token by name: ``text2``, ``on_accent``, ``done.ink``, ``bad.solid``."""
    first, _dot, part = name.partition(".")
    found = getattr(now(), first)
    return str(getattr(found, part) if part else found)


def palette(t: Tokens) -> QPalette:
    """What widgets without a style rule, and other programs' dialogs, are painted with."""
    role = QPalette.ColorRole
    colours = {
        role.Window: t.page,
        role.WindowText: t.text,
        role.Base: t.card,
        role.AlternateBase: t.card,
        role.Text: t.text,
        role.PlaceholderText: t.text3,
        role.Button: t.card,
        role.ButtonText: t.text,
        role.Highlight: t.accent_soft,
        role.HighlightedText: t.text,
        role.ToolTipBase: t.text,
        role.ToolTipText: t.card,
        role.Link: t.accent_ink,
        role.Mid: t.line,
    }
    made = QPalette()
    for which, colour in colours.items():
        made.setColor(which, QColor(colour))
    return made


def font(size: int = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's letters, with figures of one width so that columns stand still."""
    return QFont(_font(size, weight))  # a copy: whoever gets it may change it


@cache
def _font(size: int, weight: QFont.Weight) -> QFont:
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def application() -> QApplication:
    """The program before Qt, in the style that is the same on every system.

    Asked for at the beginning: to set it later hands Python a style, and Qt's binding makes
    hundreds of enumerated values for that.
    """
    return QApplication(list(ARGUMENTS))


def apply(app: QApplication, t: Tokens) -> None:
    """Dress the whole program; what is on screen is painted anew."""
    _now[0] = t
    _bring_fonts()
    colours = {name: value for name, value in t._asdict().items() if isinstance(value, str)}
    for name, tone in t.tones().items():
        colours |= {f"{name}_{part}": value for part, value in tone._asdict().items()}
    if QApplication.topLevelWidgets():
        gc.collect()
    with no_collector():  # Qt walks through all widgets: Python must not throw one away meanwhile
        app.setPalette(palette(t))
        app.setFont(font())
        app.setStyleSheet(style_sheet(colours))


@cache
def _bring_fonts() -> None:
    for path in sorted(FONTS.glob(f"{FAMILY}-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
