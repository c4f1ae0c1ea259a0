"""What a unit decides for itself: a card for each module, made from the manifests."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PyQt6.QtWidgets import QComboBox, QFrame

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.settings import Answer, OneOf, Setting, YesNo
from admin_suite.house import HOUSE
from admin_suite.module import Module
from admin_suite.registry import settings
from admin_suite.registry.settings import SettingRow
from admin_suite.ui import theme
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row

FIELD = 420


class SettingsPage(Page):
    """Nothing is stored before Ctrl+Enter; what is wrong is said below its field."""

    shows = frozenset({"house_setting"})

    def build(self) -> None:
        """A card for each module that has settings."""
        self.store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        self.store.clicked.connect(self._store)
        self.fields: dict[str, Field | Choice] = {}
        self._settings: dict[str, Setting[Any]] = {}
        self._known: dict[str, str] = {}
        cards = [self._card(module) for module in self.runner.modules if module.settings]
        mine = {key: control for key, control in self.fields.items() if control.isEnabled()}
        self.draft = FormDraft(self, "registry.settings", N_("Settings"), mine)
        self._head = Head(_("Settings"), self.store)
        self._head.say(_("They hold for everybody who works with this database."))
        self.store.setEnabled(False)
        self.lay_out(self._head, framed(column(*cards, 1, gap=theme.L)), 1)

    def entered(self) -> None:
        """Work begins in the first field that may be changed."""
        first = next((one for one in self.fields.values() if one.isEnabled()), None)
        if first is not None:
            (first.edit if isinstance(first, Field) else first).setFocus()

    def reload(self) -> None:
        """Ask what is set."""
        self.ask(self._show, settings.rows, self.runner.modules)

    def escape(self) -> bool:
        """What was typed and not stored goes first."""
        if super().escape():
            return True
        if self.changed():
            self._put(self._known)
            return True
        return False

    def changed(self) -> dict[str, str]:
        """What was typed or chosen and differs from what is set."""
        typed = {key: _typed(control) for key, control in self.fields.items()}
        return {key: words for key, words in typed.items() if words != self._known.get(key, words)}

    def _card(self, module: Module) -> QFrame:
        title = _("The whole unit") if module is HOUSE else _(module.title)
        return card(title, *(row(self._line(s), 1) for s in module.settings), gap=theme.M)

    def _line(self, setting: Setting[Any]) -> QFrame:
        control: Field | Choice
        if isinstance(setting.kind, OneOf | YesNo):
            control = Choice()
            codes = setting.kind.codes if isinstance(setting.kind, OneOf) else Answer
            for code in codes:
                control.addItem(code.word, str(code))
            control.setMinimumHeight(theme.CONTROL)
            control.currentIndexChanged.connect(self._moved)
            inside: QFrame = labelled(_(setting.title), control, _(setting.about))
        else:
            control = Field(_(setting.title), _(setting.about))
            control.edit.textChanged.connect(self._moved)
            inside = control
        inside.setFixedWidth(FIELD)
        control.setEnabled(self.runner.may(setting.permission))
        if not control.isEnabled():
            inside.setToolTip(
                _("It takes this right: {title}").format(title=_(setting.permission.title))
            )
        self.fields[setting.key], self._settings[setting.key] = control, setting
        return inside

    def _show(self, rows: Sequence[SettingRow]) -> None:
        typed = self.changed()
        self._known = {row.key: row.value for row in rows}
        self._put(self._known | typed)
        if self.draft.begun:
            self.draft.settle(self._known)
        else:
            self.draft.begin()

    def _put(self, values: dict[str, str]) -> None:
        for key, words in values.items():
            control = self.fields.get(key)
            if isinstance(control, QComboBox):
                control.setCurrentIndex(control.findData(words))
            elif control is not None:
                control.edit.setText(words)
                control.complain("")
        self._moved()

    def _moved(self, *_more: object) -> None:
        self.store.setEnabled(bool(self.changed()))

    def _store(self) -> None:
        typed = self.changed()
        for key, words in typed.items():
            try:
                self._settings[key].kind.read(words)
            except UserError as error:
                self._complain(key, str(error))
                return
        if typed:
            before = {key: self._known[key] for key in typed}
            then = partial(self._stored, before, typed)
            verb = partial(settings.change, seen=before)
            job = self.do(_("Storing"), then, verb, self.runner.modules, typed)
            job.failed.connect(lambda _error: self.reload())  # what was typed stays

    def _complain(self, key: str, why: str) -> None:
        control = self.fields[key]
        if isinstance(control, Field):
            control.complain(why)
            control.edit.setFocus()
            control.edit.selectAll()

    def _stored(self, before: dict[str, str], typed: dict[str, str], keys: Sequence[str]) -> None:
        self._known |= typed
        self.draft.settle(self._known)
        titles = ", ".join(_(self._settings[key].title) for key in keys)
        words = _("Stored: {what}").format(what=titles)
        self.undoable(words, settings.change, self.runner.modules, before, typed)


def _typed(control: Field | Choice) -> str:
    return control.words.strip() if isinstance(control, Field) else str(control.currentData())
