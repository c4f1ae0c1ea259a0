"""The model of a list of any length: two hundred lines at a time, when they come into sight.

The first page is shown as soon as it is there; how long the list is and where its pages begin
comes later, from a walk in the background, and lets the scroll bar grow.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct
from PyQt6.QtCore import QObject, QTimer

from admin_suite.db.paging import PAGE, Place, Places
from admin_suite.db.work import Work
from admin_suite.ui.cells import ROOT, CellModel, Column, Draw

KEPT_PAGES = 50
WAITING_MOST = 4
Ask = Callable[[Place | None, Callable[[Sequence[Any]], None]], None]


class Asked(Struct, frozen=True):
    """What a list is to show: texts by column, by what it is sorted, which segment."""

    filters: Mapping[str, str]
    by: str = ""
    down: bool = False
    which: int = 0


class Source(Struct, frozen=True):
    """Where the lines of a long list come from.

    ``view`` makes of what is asked the view that ``page`` and ``places`` answer for.
    """

    view: Callable[[Asked], Any]
    page: Callable[[Work, Any, Place | None], Sequence[Any]]
    places: Callable[[Work, Any], Places]


class PagedModel(CellModel):
    """Lines fetched a page at a time by ``ask``, which is given where the page begins."""

    def __init__(self, columns: Sequence[Column], draw: Draw, ask: Ask, parent: QObject) -> None:
        super().__init__(columns, draw, parent)
        self._ask = ask
        self._starts: Sequence[Place | None] = ()
        self._length, self.whole = 0, True
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._old: set[int] = set()
        self._wanted: list[int] = []
        self._under_way: set[int] = set()
        self._age = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch)

    def begin(self, lines: Sequence[Any]) -> bool:
        """Show another list, of which this is the first page; tells whether more may follow."""
        self.beginResetModel()
        self._forget()
        self._pages.clear()
        self._old.clear()
        self._pages[0], self._starts, self._length = lines, (None,), len(lines)
        self.whole = len(lines) < PAGE
        self.endResetModel()
        return not self.whole

    def renew(self, lines: Sequence[Any]) -> bool:
        """The same list after a change: what is in sight is asked for again, and stays in place."""
        before = self._pages.get(0, ())
        if [line.id for line in before] != [line.id for line in lines]:
            return self.begin(lines)
        self._forget()
        self._pages[0] = lines
        self._old = set(self._pages) - {0}
        self.refreshed()
        return len(lines) == PAGE

    def settle(self, places: Places) -> None:
        """Now it is known how long the list is."""
        self._starts = (None, *places.starts[1:])
        self.whole = True
        more = places.total - self._length
        if more > 0:
            self.beginInsertRows(ROOT, self._length, places.total - 1)
            self._length = places.total
            self.endInsertRows()
        elif more < 0:
            self.beginRemoveRows(ROOT, places.total, self._length - 1)
            self._length = places.total
            self.endRemoveRows()

    def line(self, number: int) -> Any | None:
        """What stands behind a line; asks for its page when it is not there."""
        page, place = divmod(number, PAGE)
        lines = self._pages.get(page)
        if lines is None or page in self._old:
            self._old.discard(page)
            if page not in self._wanted and page not in self._under_way:
                self._wanted.append(page)
                self._soon.start()
        return lines[place] if lines is not None and place < len(lines) else None

    def length(self) -> int:
        """How many lines, as far as is known."""
        return self._length

    def when_there(self, numbers: Sequence[int], then: Callable[[], None]) -> None:
        """Fetch the pages of a few lines, then go on."""
        missing = sorted({number // PAGE for number in numbers} - self._pages.keys())
        if missing:
            self._get(missing[0], lambda: self.when_there(numbers, then))
        else:
            then()

    def gather(
        self, numbers: Sequence[int], columns: Sequence[int], then: Callable[[list[str]], None]
    ) -> None:
        """The words of many lines, page after page; the pages in sight stay."""
        found: list[str] = []
        wanted = [(page, list(many)) for page, many in groupby(numbers, lambda n: n // PAGE)]
        age = self._age

        def take(lines: Sequence[Any]) -> None:
            there = (number % PAGE for number in wanted.pop(0)[1])
            found.extend(self.words(lines[n], columns) for n in there if n < len(lines))
            go_on()

        def go_on() -> None:
            if age != self._age:  # another list by now
                return
            if not wanted:
                then(found)
            elif (lines := self._pages.get(wanted[0][0])) is not None:
                take(lines)
            else:
                self._ask(self._starts[wanted[0][0]], take)

        go_on()

    def _forget(self) -> None:
        self._age += 1
        self._drawn = (None, ())
        self._wanted.clear()
        self._under_way.clear()

    def _fetch(self) -> None:
        wanted, self._wanted = self._wanted[-WAITING_MOST:], []
        for page in wanted:
            self._get(page, lambda: None)

    def _get(self, page: int, then: Callable[[], None]) -> None:
        if page >= len(self._starts):
            return
        age = self._age
        self._under_way.add(page)

        def take(lines: Sequence[Any]) -> None:
            if age != self._age:
                return
            self._under_way.discard(page)
            self._pages[page] = lines
            if len(self._pages) > KEPT_PAGES:
                del self._pages[next(kept for kept in self._pages if kept)]
            first = page * PAGE
            last = min(first + PAGE, self.length()) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
            then()

        self._ask(self._starts[page], take)
