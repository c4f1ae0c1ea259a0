"""The views of a list: which lines, in which order, which columns; kept by name for each person.

F3 opens them beside the list. How a list was left (columns and order, no filters) comes back by
itself; what has a name comes back with its filters when it is chosen.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QBoxLayout, QListWidgetItem, QWidget

from admin_suite.core.i18n import _
from admin_suite.registry.permissions import OWN
from admin_suite.registry.views import drop_view, keep_view, views
from admin_suite.ui import theme
from admin_suite.ui.keys import Keys
from admin_suite.ui.page import Page
from admin_suite.ui.table import Table
from admin_suite.ui.widgets.buttons import Button, Segments
from admin_suite.ui.widgets.forms import Field
from admin_suite.ui.widgets.layout import Item, row
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick

SOON_MS = 1_000
CLEAR, KEY_AND_ICON = 120, 96  # the room of what stands beside the words of the button
DIGITS = 9


class Views(QObject):
    """What a page does with the views of its list; ``again`` asks for the lines anew."""

    def __init__(
        self,
        page: Page,
        table: Table,
        name: str,
        again: Callable[[], None],
        segments: Segments | None = None,
    ) -> None:
        super().__init__(page)
        self._page, self._table, self._name, self._again = page, table, name, again
        self._segments = segments
        self._known: dict[str, str] = {}
        self._here = ""
        self.button = Button(_("View"), "F3", "columns")
        self._tools = row()
        self._others: Sequence[QWidget] = ()
        self.button.clicked.connect(self.open)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.keep_as_left)
        self._left = json.dumps(self._look(whole=False))
        for moved in (table.headings.sectionResized, table.headings.sectionMoved):
            moved.connect(self._soon.start)
        table.headings.sorted_by.connect(lambda _by, _down: self._soon.start())
        page.installEventFilter(self)
        page.ask(self._begin, views, name).on_refusal(lambda _said: None)

    def eventFilter(self, _watched: object, event: object) -> bool:
        """Where there is little room, the button keeps its key and its icon only."""
        if isinstance(event, QEvent) and event.type() in (
            QEvent.Type.Resize,
            QEvent.Type.LayoutRequest,
        ):
            self._say()
        return False

    def close(self) -> None:
        """The list of these views is shown no more."""
        self._soon.stop()
        self._page.removeEventFilter(self)
        self.deleteLater()

    def beside(self, *others: QWidget) -> QBoxLayout:
        """The tools above the list: the segments at the left, the button last at the right.

        Where there is no room for both, they stand below each other.
        """
        self._others = others
        if self._segments is None:
            self._tools = row(row(1, *others), row(1, self.button))
        else:
            self._tools = row(self._segments, row(1, *others, self.button))
        self._tools.setStretch(0 if self._segments is None else 1, 1)
        return self._tools

    def _say(self) -> None:
        words = _("View: {name}").format(name=self._here) if self._here else _("View")
        drawer, room = self._page.drawer, self._page.width() - 2 * theme.XL
        if drawer is not None and drawer.isVisible() and drawer.width() < self._page.width():
            room -= drawer.width()
        there = (self._segments, *(one for one in self._others if not one.isHidden()))
        left = sum(one.sizeHint().width() + theme.S for one in there if one is not None)
        alone = room - left < KEY_AND_ICON
        long = QFontMetrics(self.button.font()).horizontalAdvance(words) + KEY_AND_ICON + CLEAR
        shown = words if alone or long <= room - left else ""
        if (self.button.words, self.button.accessibleName()) != (shown, words):
            self.button.say(shown, words)
        direction = QBoxLayout.Direction
        self._tools.setDirection(direction.TopToBottom if alone else direction.LeftToRight)

    # -- what is kept -----------------------------------------------------------------------------

    def _look(self, *, whole: bool) -> dict[str, Any]:
        headings = self._table.headings
        made: dict[str, Any] = {"by": headings.by, "down": headings.down}
        made |= self._table.arrangement.kept()
        if self._table.with_titles:
            made["titles"] = True
        if whole:
            made["filters"] = headings.texts()
            made["which"] = self._segments.at() if self._segments is not None else 0
        return made

    def _wear(self, look: Mapping[str, Any]) -> None:
        self._table.arrangement.wear(look)
        self._table.fit_columns()
        self._table.with_titles = bool(look.get("titles"))
        self._table.put_order(str(look.get("by", "")), down=bool(look.get("down")))
        if "filters" in look:
            self._table.put_filters(look["filters"])
            if self._segments is not None:
                self._segments.put(int(look.get("which", 0)))
        self._again()

    def _begin(self, known: Mapping[str, str]) -> None:
        self._known = dict(known)
        if left := self._known.pop("", ""):
            self._left = left
            self._wear(json.loads(left))

    def keep_as_left(self) -> None:
        """Remember how the list is left, if that is something new."""
        now = json.dumps(self._look(whole=False))
        if now != self._left and self._page.runner.may(OWN):
            self._left = now
            self._page.runner.do(keep_view, self._name, "", now).on_refusal(lambda _said: None)

    def choose(self, name: str) -> None:
        """Show the list as a view has it."""
        self._here = name
        self._say()
        self._wear(json.loads(self._known[name]))

    def forget(self) -> None:
        """What is shown is no view of that name any more."""
        if self._here:
            self._here = ""
            self._say()

    def _keep(self, field: Field) -> None:
        name = field.words.strip()
        if not name:
            field.complain(_("Give the view a name, then press Enter."))
            return
        look = json.dumps(self._look(whole=True))

        def kept(_answer: object) -> None:
            before = self._known.get(name)
            self._known[name] = look
            self._here = name
            self._say()
            self.open()
            self._offer(_("The view “{name}” is kept").format(name=name), name, before)

        job = self._page.do(_("Keeping the view"), kept, keep_view, self._name, name, look)
        job.on_refusal(field.complain)

    def _drop(self, at: int) -> None:
        name = self._names()[at] if 0 <= at < len(self._known) else ""
        if name:
            gone = partial(self._dropped, name)
            self._page.do(_("Dropping the view"), gone, drop_view, self._name, name)

    def _dropped(self, name: str, _answer: object) -> None:
        if before := self._known.get(name):
            self._put(name, None)
            self.open()
            self._offer(_("The view “{name}” is dropped").format(name=name), name, before)

    def _offer(self, words: str, name: str, before: str | None) -> None:
        """Say what was done, and offer to have the view of that name as it was before."""
        there = self._known.get(name)

        def undo() -> None:
            if self._known.get(name) != there:
                self._page.refuse(_("There is a view of that name."))
            elif before is None:
                self._page.do(_("Taking back"), done, drop_view, self._name, name)
            else:
                self._page.do(_("Taking back"), done, keep_view, self._name, name, before)

        def done(_answer: object) -> None:
            self._put(name, before)
            drawer = self._page.drawer
            if drawer is not None and drawer.isVisible() and drawer.findChild(Keys) is not None:
                self.open()
            self._page.said.emit(_("Taken back: {words}").format(words=words))

        self._page.said.emit(words)
        self._page.offered.emit(words, undo)

    def _put(self, name: str, look: str | None) -> None:
        if self._here == name:
            self.forget()
        if look is None:
            self._known.pop(name, None)
        else:
            self._known[name] = look

    def _names(self) -> list[str]:
        return sorted(self._known)

    # -- the card beside the list -----------------------------------------------------------------

    def open(self) -> None:
        """Show views and columns beside the list."""
        drawer = self._page.drawer
        if drawer is None:
            return
        about = _("How this list is shown to you; colleagues have their own views.")
        items = [*self._views(), *self._columns()]
        drawer.setFocus()  # the card would follow a focus that goes when its parts are new
        drawer.show_card(_("View of the list"), about, items)
        self._page.show_beside()
        (self._list if self._known else self.columns).setFocus()

    def digit(self, number: int) -> bool:
        """Choose the view of that number while the card is open; tells whether there is one."""
        names, drawer = self._names(), self._page.drawer
        if not 0 < number <= len(names) or drawer is None:
            return False
        if drawer.isHidden() or drawer.findChild(Keys) is None:  # another card lies there
            return False
        self.choose(names[number - 1])
        return True

    def _views(self) -> list[Item]:
        pick: Callable[[int], None] = lambda at: (  # noqa: E731
            self.choose(self._names()[at]) if at >= 0 else None
        )
        self._list = Keys(
            _("Saved views"),
            {
                (Qt.Key.Key_Return, False): pick,
                (Qt.Key.Key_Enter, False): pick,
                (Qt.Key.Key_Delete, False): self._drop,
            },
        )
        for number, name in enumerate(self._names(), start=1):
            self._list.addItem(f"{number}  {name}" if number <= DIGITS else name)
        self._list.setCurrentRow(0)
        self._list.fit()
        self._list.itemClicked.connect(lambda item: pick(self._list.row(item)))
        if not self._known:  # shown here, before it has a place, it would be a window of its own
            self._list.hide()
        said = _("A digit or Enter shows a view, Delete drops it.")
        none = _("No view is kept yet. Filter and sort the list, then give it a name.")
        field = Field(_("Keep what is shown as"), _("For example: Not received today"))
        self.field = field
        field.edit.setText(self._here)
        field.edit.returnPressed.connect(partial(self._keep, field))
        keep = Button(_("Save"), "Enter", "save")
        keep.clicked.connect(partial(self._keep, field))
        return [
            text(_("Saved views"), "caption"),
            self._list,
            text(said if self._known else none, "small", wrap=True),
            field,
            row(1, keep),
        ]

    def _columns(self) -> list[Item]:
        key = Qt.Key
        self.columns = Keys(
            _("Columns"),
            {
                (key.Key_Up, True): lambda at: self._arrange(at, "move", -1),
                (key.Key_Down, True): lambda at: self._arrange(at, "move", 1),
                (key.Key_Left, True): lambda at: self._arrange(at, "widen", -1),
                (key.Key_Right, True): lambda at: self._arrange(at, "widen", 1),
                (key.Key_H, True): lambda at: self._arrange(at, "hold", 0),
                (key.Key_Return, False): self._sort,
                (key.Key_Enter, False): self._sort,
            },
        )
        self._fill(0)
        self.columns.itemChanged.connect(self._ticked)
        said = _(
            "Space shows or hides, Enter sorts, Ctrl ↑ ↓ moves, Ctrl ← → changes the width, "
            "Ctrl H holds the columns still up to here."
        )
        titles = Tick(_("Copy with the headings"))
        titles.setChecked(self._table.with_titles)
        titles.toggled.connect(self._set_titles)
        hint = text(said, "small", wrap=True)
        return [text(_("Columns"), "caption"), self.columns, hint, *self._buttons(), titles]

    def _buttons(self) -> list[Item]:
        deeds = (
            (_("Up"), "Ctrl Up", "move", -1),
            (_("Down"), "Ctrl Down", "move", 1),
            (_("Narrower"), "Ctrl Left", "widen", -1),
            (_("Wider"), "Ctrl Right", "widen", 1),
            (_("Hold still up to here"), "Ctrl H", "hold", 0),
        )
        buttons = []
        for words, keys, deed, step in deeds:
            button = Button(words)
            button.setToolTip(keys)
            button.clicked.connect(partial(self._deed, deed, step))
            buttons.append(button)
        first = Button(_("As at first"), kind="quiet")
        first.clicked.connect(self._as_at_first)
        return [row(*buttons[:2], 1), row(*buttons[2:4], 1), row(buttons[4], 1), row(first, 1)]

    def _as_at_first(self) -> None:
        self._wear({})
        self._fill(0)
        self._soon.start()

    def _deed(self, deed: str, step: int, _on: bool = False) -> None:
        self._arrange(self.columns.currentRow(), deed, step)

    def _fill(self, current: int) -> None:
        arrangement = self._table.arrangement
        self.columns.blockSignals(True)
        self.columns.clear()
        for place, number in enumerate(arrangement.order()):
            title = arrangement.columns[number].title or _("Mark")
            still = place < arrangement.still
            item = QListWidgetItem(
                _("{title} · stands still").format(title=title) if still else title
            )
            shown = arrangement.is_shown(number)
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.columns.addItem(item)
        self.columns.setCurrentRow(current)
        self.columns.blockSignals(False)
        self.columns.fit()

    def _arrange(self, at: int, deed: str, step: int) -> None:
        arrangement = self._table.arrangement
        if at < 0:
            return
        number = arrangement.order()[at]
        if deed == "move":
            arrangement.move(number, step)
        elif deed == "widen":
            arrangement.widen(number, step)
        else:
            arrangement.hold(0 if arrangement.still == at + 1 else at + 1)
        self._table.fit_columns()
        self._fill(arrangement.order().index(number))
        self._soon.start()

    def _ticked(self, item: QListWidgetItem) -> None:
        arrangement = self._table.arrangement
        number = arrangement.order()[self.columns.row(item)]
        arrangement.show(number, on=item.checkState() is Qt.CheckState.Checked)
        self._table.fit_columns()
        self._fill(self.columns.row(item))
        self._soon.start()

    def _sort(self, at: int) -> None:
        arrangement = self._table.arrangement
        if at >= 0:
            self._table.headings.sort(arrangement.columns[arrangement.order()[at]].sort)

    def _set_titles(self, on: bool) -> None:
        self._table.with_titles = on
        self._soon.start()
