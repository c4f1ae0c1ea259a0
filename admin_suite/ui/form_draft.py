"""A form that survives a power cut: what was typed into it and not stored, put back later.

A page says what its form is made of and has the draft in one line::

    self.draft = FormDraft(self, "lab.order", N_("New order"), self.form.parts())

then ``self.draft.begin(key)`` once the form shows what it begins with, and ``self.draft.drop()``
once it is stored or emptied. Kept is only what differs from the beginning, so a colleague's later
correction of another field is not undone by it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PyQt6.QtCore import QDate, QEvent, QObject, pyqtBoundSignal
from PyQt6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QWidget

from admin_suite.core.i18n import _
from admin_suite.ui.drafts import Keeper, of_runner
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Segments
from admin_suite.ui.widgets.choosing import Picker, Searched
from admin_suite.ui.widgets.forms import Field

FORM, ISO = "form.", "yyyy-MM-dd"


class FormDraft(QObject):
    """Keeps one form of a page; ``name`` is the page's, with ``#`` and a word where it has two.

    ``along`` are parts that say whom it is about: kept with anything else that differs.
    """

    def __init__(
        self,
        page: Page,
        name: str,
        title: str,
        parts: Mapping[str, QWidget],
        along: Sequence[str] = (),
    ) -> None:
        super().__init__(page)
        self._along = along
        self._page, self._name, self._title, self._parts = page, name, title, parts
        self._drafts = of_runner(page.runner)
        self._keeper = Keeper(self._drafts, self._content, self)
        self._key, self._opens, self._begun = 0, 0, False
        self._start: dict[str, Any] = {}
        for part in parts.values():
            way(part).changed(part).connect(self._touched)
        page.installEventFilter(self)

    def begin(self, key: int = 0, opens: int = 0) -> bool:
        """The form shows what it begins with; what was kept of it before is put over that.

        ``key`` tells forms of several things apart, ``opens`` is what the page is opened at; tells
        whether something was put back.
        """
        self._key, self._opens, self._begun = key, opens or key, False
        self._start = {name: way(part).read(part) for name, part in self._parts.items()}
        kept = self._drafts.find(self._kind(key))
        for name, value in (kept.content.get("form", {}) if kept is not None else {}).items():
            if name in self._parts:
                way(self._parts[name]).put(self._parts[name], value)
        self._begun = True
        if kept is not None:
            said = _("This is what was typed at {time}; nothing of it is stored yet.")
            self._page.notice.say("busy", said.format(time=kept.at))
        return kept is not None

    def settle(self, values: Mapping[str, Any]) -> None:
        """The form begins with this now: some of it was stored, or a colleague has changed it."""
        if self._begun:
            self._start |= {name: values[name] for name in self._parts}
            self._keeper.keep()

    @property
    def begun(self) -> bool:
        """Whether the form shows what it begins with, and is kept."""
        return self._begun

    def has(self, key: int = 0) -> bool:
        """Whether something is kept of the form of a thing."""
        return self._drafts.find(self._kind(key)) is not None

    def goes_with(self, part: QWidget) -> None:
        """A form in a side card is there only as long as its parts: keep it when they go."""
        part.installEventFilter(self)
        part.destroyed.connect(self._end)

    def _end(self) -> None:
        """The parts are gone: nothing can be read of them any more."""
        self._begun = False
        self._keeper.rest()

    def leave(self) -> None:
        """The form is put away as it stands; it is there again when it begins again."""
        if self._begun:
            self._keeper.keep()
            self._keeper.keep_now()
        self._begun = False

    def drop(self) -> None:
        """It is stored, or not wanted any more."""
        self._begun = False
        self._keeper.drop(self._kind(self._key))

    def eventFilter(self, _watched: object, event: object) -> bool:
        """Whoever signs out, leaves the page or closes the window finds it again."""
        if isinstance(event, QEvent) and event.type() == QEvent.Type.Hide:
            self._keeper.keep_now()
        return False

    def _kind(self, key: int) -> str:
        return f"{FORM}{self._name}.{key}"

    def _touched(self, *_what: object) -> None:
        if self._begun:
            self._keeper.touch()

    def _content(self) -> tuple[str, str, int, Mapping[str, Any]]:
        now = {name: way(part).read(part) for name, part in self._parts.items()}
        differs = {name: value for name, value in now.items() if value != self._start[name]}
        if differs:
            differs |= {name: now[name] for name in self._along}
        content = {"page": self._name, "at": self._opens, "form": differs}
        return self._kind(self._key), self._title, len(differs), content


class Way(NamedTuple):
    """How one kind of part is read, written to, and heard."""

    kind: type[QWidget]
    read: Callable[[Any], Any]
    put: Callable[[Any, Any], object]
    changed: Callable[[Any], pyqtBoundSignal]


def _choose(part: QComboBox, words: str) -> None:
    at = part.findData(words)
    part.setCurrentIndex(at if at >= 0 else part.findText(words))


def _chosen(part: QComboBox) -> str:
    return str(part.currentText() if part.currentData() is None else part.currentData())


def _set_day(part: QDateEdit, iso: str) -> None:
    part.setDate(QDate.fromString(iso, ISO))


def _set_text(part: QPlainTextEdit, words: str) -> None:
    part.setPlainText(words)


def _search(part: Searched, value: Sequence[str]) -> None:
    code, words = value
    part.put(code, words)
    if not code:  # what was typed and is no choice is there again too
        part.line.setText(words)


WAYS = (
    Way(Picker, lambda p: [p.key, p.words], lambda p, v: p.put(*v), lambda p: p.edit.textChanged),
    Way(Searched, lambda p: [p.code, p.line.text()], _search, lambda p: p.line.textChanged),
    Way(Segments, Segments.at, Segments.put, lambda p: p.chosen),
    Way(QCheckBox, QCheckBox.isChecked, QCheckBox.setChecked, lambda p: p.toggled),
    Way(QDateEdit, lambda p: p.date().toString(ISO), _set_day, lambda p: p.dateChanged),
    Way(QPlainTextEdit, lambda p: p.toPlainText(), _set_text, lambda p: p.textChanged),
    Way(Field, lambda p: p.words, lambda p, v: p.edit.setText(v), lambda p: p.edit.textChanged),
    Way(QLineEdit, QLineEdit.text, QLineEdit.setText, lambda p: p.textChanged),
    Way(QComboBox, _chosen, _choose, lambda p: p.currentIndexChanged),
)


def way(part: QWidget) -> Way:
    """The first way that fits; a part of another kind has no place in a form."""
    return next(one for one in WAYS if isinstance(part, one.kind))
