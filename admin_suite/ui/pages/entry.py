"""A new person: the form, and beside it whoever may be the same."""

from collections.abc import Sequence
from functools import partial

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout

from admin_suite.core.errors import Refused
from admin_suite.core.i18n import N_, _
from admin_suite.registry import duplicates, typed
from admin_suite.registry.duplicates import Likeness
from admin_suite.registry.typed import Entered, Form
from admin_suite.ui import theme
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import framed, row
from admin_suite.ui.widgets.likeness import Candidates
from admin_suite.ui.widgets.person_form import PersonForm

TWO = 800
PERSON, ENTRY = "registry.person", "registry.entry"


class EntryPage(Page):
    """What was typed and not stored is still there when the page is opened again."""

    def build(self) -> None:
        """The form at the left, who may be the same at the right."""
        self.store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        self.store.clicked.connect(self._store)
        self.anew = Button(_("Empty the form"), "F9", "undo")
        self.anew.clicked.connect(self._begin_anew)
        self.anew.hide()
        self.look = Button(_("Who may be the same"), "F6", "person")
        self.look.clicked.connect(self._look)
        self.look.hide()
        self._head = Head(_("New person"), self.look, self.anew, self.store)
        self.form = PersonForm(self.runner)
        self.form.changed.connect(self._typed)
        self.form.begin()
        self.draft = FormDraft(self, ENTRY, N_("New person"), self.form.parts())
        self.candidates = Candidates()
        self.candidates.wanted.connect(self._open)
        self._both = row(card(_("Who it is"), self.form), gap=theme.L)
        self._both.addWidget(card(_("In the register already?"), self.candidates, 1))
        self._both.setStretch(0, 3)
        self._both.setStretch(1, 2)
        self.lay_out(self._head, framed(self._both), 1)
        if self.draft.begin():
            self._typed()

    def reload(self) -> None:
        """Nothing stands here but what is typed."""

    def entered(self) -> None:
        """Work begins with the name."""
        self.form.focus()
        self._mark()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Below each other where there is little room."""
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if self.width() >= TWO else down)

    def _begin_anew(self) -> None:
        self.draft.drop()
        self.notice.hide()
        self.form.begin()
        self.draft.begin()
        self._show_candidates(())
        self.entered()

    def _mark(self) -> None:
        changed = self.form.is_changed()
        self.anew.setVisible(changed)
        self._head.say(_("Begun and not stored yet") if changed else "")

    # -- who may be the same ----------------------------------------------------------------------

    def _typed(self) -> None:
        self._mark()
        self.ask(self._show_candidates, duplicates.alike, self.form.reading().form.person)

    def _show_candidates(self, found: Sequence[Likeness]) -> None:
        self.candidates.show_found(found)
        self.look.setVisible(bool(found))

    def _look(self) -> None:
        if self.candidates.lines:
            self.candidates.lines[0].setFocus()

    def _open(self, key: int) -> None:
        self.go.emit(PERSON, key)

    # -- storing ----------------------------------------------------------------------------------

    def _store(self) -> None:
        form = self.form.ready()
        if form is not None:
            job = self.do(_("Storing"), partial(self._stored, form), typed.enter, form)
            job.failed.connect(self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.form.complain({one.field: one.message for one in error.refusals})

    def _stored(self, form: Form, entered: Entered) -> None:
        name = form.person.name
        if entered.new:
            self._begin_anew()
            self.said.emit(_("Stored: {what}").format(what=name))
        else:
            said = _("{name} is in the register already. Nothing was stored; compare the two.")
            self.said.emit(said.format(name=name))
        self.go.emit(PERSON, entered.id)
