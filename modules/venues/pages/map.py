"""Venues by commune, a tile for each: the darker the more; a tile opens what kinds there are."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QWidget

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.ui import theme
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, Layered, empty, facts
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed
from admin_suite.ui.widgets.text import text
from modules.venues.queries.coverage import CommuneTile, CoverageRow, tiles

TILE, TALL, BAR, ROUND = 168, 104, 6, 8
FAINT, STRONG = 14, 96  # how strongly a tile is coloured, of 255: words stay readable on it


class Tile(Layered):
    """A commune: its name, how many venues, and a bar of those whose poster is put up."""

    def __init__(self, one: CommuneTile, most: int) -> None:
        said = _("{n} with a poster put up").format(n=figure(one.posted))
        super().__init__("stat", f"{one.name}: {_venues(one.registered)}, {said}")
        self._share = one.posted / one.registered if one.registered else 0.0
        self._depth = one.registered / most if most else 0.0
        parts = (
            text(one.name, "caption", wrap=True),
            text(figure(one.registered), "display"),
            text(said, "small", wrap=True),
        )
        inside = column(*parts, 1, gap=2)
        inside.setContentsMargins(theme.M, theme.S, theme.M, theme.S + BAR)  # above the bar
        self.setLayout(inside)
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumSize(TILE, TALL)

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: N802, D102 - Qt's name
        super().paintEvent(event)
        painter, box = QPainter(self), self.rect().adjusted(3, 3, -3, -3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(theme.ink("busy.solid"))
        ink.setAlpha(round(FAINT + (STRONG - FAINT) * self._depth) if self._depth else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(box, ROUND, ROUND)
        wide = round((box.width() - 2 * ROUND) * self._share)
        low = box.bottom() - BAR - 2
        painter.fillRect(box.left() + ROUND, low, wide, BAR - 2, QColor(theme.ink("done.solid")))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """What is inside decides, and room for the bar."""
        return super().minimumSizeHint().expandedTo(QSize(TILE, TALL)) + QSize(0, BAR)


class MapPage(Page):
    """Tab walks over the tiles, Enter opens one; F6 goes to the report with the same numbers."""

    shows = frozenset({"venues_venue", "venues_entrance", "venues_issue", "venues_stated"})

    def build(self) -> None:
        """The tiles, as many side by side as there is room for."""
        report = Button(_("Report"), "F6", "report")
        report.clicked.connect(lambda: self.go.emit("registry.reports", 0))
        self._head = Head(_("Map of venues"), report)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.M)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.tiles: list[Tile] = []
        about = _(
            "The communes' lists bring the venues; each entrance then gets a code of its own."
        )
        self._nothing = empty("module", _("No venue is registered yet"), about)
        legend = _("The darker the tile, the more venues; the bar is the share with a poster.")
        self._legend = text(legend, "small", wrap=True)
        drawer = Drawer()
        drawer.closed.connect(self._place)
        self.lay_out(self._head, self._legend, framed(self._grid), self._nothing, 1, drawer=drawer)

    def reload(self) -> None:
        """Count again."""
        self.ask(self._show, tiles)

    def entered(self) -> None:
        """Work begins with the first tile."""
        if self.tiles:
            self.tiles[0].setFocus()

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._place()

    def _show(self, found: Sequence[CommuneTile]) -> None:
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        most = max((one.registered for one in found), default=0)
        self.tiles = [Tile(one, most) for one in found]
        for one, tile in zip(found, self.tiles, strict=True):
            tile.clicked.connect(partial(self._open, one))
        self._nothing.setVisible(not most)
        self._legend.setVisible(bool(most))
        whole = sum(one.registered for one in found)
        self._head.say(_venues(whole) if whole else "")
        self._place()

    def show_beside(self) -> None:
        """The tiles keep to what the side card leaves of the page."""
        super().show_beside()
        self._place()

    def _place(self) -> None:
        room = self.width() - 2 * theme.XL
        if self.drawer is not None and not self.drawer.isHidden():
            room -= self.drawer.minimumWidth()
        across = max(1, room // (TILE + theme.M))
        for at, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, at // across, at % across)

    def _open(self, one: CommuneTile, _on: bool = False) -> None:
        if self.drawer is None:
            return
        kinds = [
            (row.kind.word, _of_stated(row)) for row in one.kinds if row.registered or row.stated
        ]
        said: list[QWidget] = [
            facts(
                (
                    (_("Registered"), figure(one.registered)),
                    (_("Put up"), figure(one.posted)),
                    (_("Seen by an inspection"), figure(one.seen)),
                    (_("Stated by the commune"), "" if one.stated is None else figure(one.stated)),
                )
            ),
            *((text(_("Kind of place"), "heading"), facts(kinds, 180)) if kinds else ()),
        ]
        self.drawer.show_card(one.name, _venues(one.registered), said)
        self.show_beside()


def _of_stated(row: CoverageRow) -> str:
    """How many venues of a kind there are, of how many where the commune said so."""
    if row.stated is None:
        return figure(row.registered)
    return _("{n} of {m} stated").format(n=figure(row.registered), m=figure(row.stated))


def _venues(count: int) -> str:
    return _("{n} venues").format(n=figure(count))
