"""The pages by module, at the left. Folds to icons in a narrow window."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from admin_suite.core.i18n import _
from admin_suite.core.numbers import figure
from admin_suite.core.profiles import HABITS, Profile
from admin_suite.module import Module, PageSpec, Shelf
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.widgets.brand import Mark
from admin_suite.ui.widgets.cards import Layered
from admin_suite.ui.widgets.chips import Shape
from admin_suite.ui.widgets.layout import column, framed, row, rule, scrolled
from admin_suite.ui.widgets.text import Yielding, text

FOLDED = 56
HOME = "home"


class Place(Struct, frozen=True):
    """One line of the navigation; ``name`` is ``module.page``, ``group`` the module's title."""

    name: str
    title: str
    icon: str
    group: str = ""


class _Entry(Layered):
    """One page: icon, title, what waits there."""

    def __init__(self, place: Place) -> None:
        super().__init__("nav", place.title)
        self.place, self._here, self._urgent = place, False, False
        self.setFixedHeight(theme.NAV_ITEM)
        self.setMinimumWidth(1)
        self.setToolTip(place.title)
        self.picture = Picture(place.icon, 18)
        self._title, self._count = Yielding(place.title), text("", "small")
        self._late = Shape("late", 8)
        self._late.hide()
        self._parts = row(self.picture, self._title, 1, self._late, self._count, gap=6)
        self.setLayout(self._parts)

    def fold(self, *, folded: bool) -> None:
        """Icon alone, as narrow as the scroll bar leaves it, or everything."""
        edge = theme.XS if folded else theme.S
        self._parts.setContentsMargins(edge, 0, edge, 0)
        self._title.setVisible(not folded)
        self._count.setVisible(not folded)
        self._late.setVisible(self._urgent and not folded)

    def wait(self, count: int, *, urgent: bool) -> None:
        """How many wait there."""
        self._count.setText(figure(count) if count else "")
        self._urgent = urgent and bool(count)
        self._late.setVisible(self._urgent and not self._title.isHidden())
        said = _("{title}, {n} waiting").format(title=self.place.title, n=count)
        self.setAccessibleName(said if count else self.place.title)
        self.setToolTip(said if count else self.place.title)

    def mark(self, *, here: bool) -> None:
        """Whether this is the page that is open; only what changes is dressed anew."""
        if here == self._here:
            return
        self._here = here
        self.setProperty("here", "true" if here else "false")
        self.picture.ink = "accent_ink" if here else "text2"
        for part in (self, self._title, self._count):
            style = part.style()
            if style is not None:
                style.unpolish(part)
                style.polish(part)
        self.picture.update()


class Navigation(QFrame):
    """The left edge of the window."""

    chosen = pyqtSignal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.folded = False
        self.entries: dict[str, _Entry] = {}
        self._words: list[QWidget] = []
        self._rules: list[QWidget] = []
        self._unit = text("", "caption", wrap=True)
        names = framed(column(text(_("Epidemic prevention"), "strong"), self._unit, gap=0))
        self._words.append(names)
        head = row(Mark(), names, gap=10)
        head.setStretch(1, 1)
        self._lines = column(gap=2)
        self._fill(places)
        self._inside = QVBoxLayout(self)
        self._inside.addLayout(head)
        self._inside.addSpacing(theme.S)
        lines = scrolled(framed(self._lines, "frame"))
        lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside.addWidget(lines, 1)
        self.fold(folded=False)

    def _fill(self, places: Sequence[Place]) -> None:
        group = ""
        for place in places:
            if place.group != group:
                group = place.group
                self._group(group)
            entry = _Entry(place)
            entry.clicked.connect(lambda _on, name=place.name: self.chosen.emit(name))
            self.entries[place.name] = entry
            self._lines.addWidget(entry)
        self._lines.addStretch()

    def _group(self, title: str) -> None:
        label: QLabel = text(title, "caption")
        label.setContentsMargins(theme.S, theme.S, 0, 2)
        between = rule()
        self._lines.addWidget(label)
        self._lines.addWidget(between)
        self._words.append(label)
        self._rules.append(between)

    def fold(self, *, folded: bool) -> None:
        """Icons alone, or everything."""
        self.folded = folded
        self.setFixedWidth(FOLDED if folded else theme.NAV)
        edge = theme.S if folded else theme.M
        self._inside.setContentsMargins(edge, theme.M, edge, theme.S)
        for part in self._words:
            part.setVisible(not folded)
        for between in self._rules:
            between.setVisible(folded)
        for entry in self.entries.values():
            entry.fold(folded=folded)

    def say_unit(self, name: str) -> None:
        """Whose program this is."""
        self._unit.setText(name)

    def mark(self, name: str) -> None:
        """Show which page is open."""
        for place, entry in self.entries.items():
            entry.mark(here=place == name)

    def wait(self, counts: Mapping[str, tuple[int, bool]]) -> None:
        """How many wait on which page, and whether some of them are late."""
        for name, entry in self.entries.items():
            count, urgent = counts.get(name, (0, False))
            entry.wait(count, urgent=urgent)

    def beside(self, name: str, by: int) -> str:
        """The page above or below another one."""
        names = list(self.entries)
        at = names.index(name) if name in names else 0
        return names[(at + by) % len(names)]


def in_menu(profile: Profile, specs: Mapping[str, tuple[Module, PageSpec]]) -> list[str]:
    """The pages that have a line of the navigation.

    In a small place only the first page of each module has one, and only as many as its people
    can keep in mind; the others stand under F7.
    """
    names = [name for name, (_module, spec) in specs.items() if spec.shelf is Shelf.MENU]
    most = HABITS[profile].lines
    if not most:
        return names
    firsts = {name.partition(".")[0]: name for name in reversed(names)}
    return [name for name in names if name in firsts.values()][: most - 2]  # the day, and F7


def first_page(profile: Profile, specs: Mapping[str, tuple[Module, PageSpec]]) -> str:
    """The page that somebody in such a place begins with."""
    home = HABITS[profile].home
    own = (name for name, (_m, spec) in specs.items() if spec.shelf is Shelf.MENU)
    found = (name for name in own if name.partition(".")[0] == home)
    return home if home in specs else next(found, HOME)
