"""A declaration of health and movement of anybody in the register."""

from functools import partial
from typing import Any

from admin_suite.core.errors import Refused
from admin_suite.core.i18n import N_, _
from admin_suite.registry import declarations, people
from admin_suite.registry.declared import NewDeclaration
from admin_suite.registry.people import PersonCard
from admin_suite.registry.permissions import KEEP
from admin_suite.ui import theme
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.declaration_form import DeclarationForm
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed

ENTRY, PERSON, DECLARING = "registry.entry", "registry.person", "registry.declaring"
WIDEST = 900


class DeclaringPage(Page):
    """What was begun is still there when the page is opened again."""

    def build(self) -> None:
        """One form."""
        self.store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        self.store.clicked.connect(self._store)
        self.anew = Button(_("Empty the form"), "F9", "undo")
        self.anew.clicked.connect(self._begin_anew)
        deeds = [self.anew]
        if self.runner.may(KEEP):
            new = Button(_("New person"), "F2", "add")
            new.clicked.connect(lambda: self.go.emit(ENTRY, 0))
            deeds.insert(0, new)
        self.form = DeclarationForm(self.runner)
        self.draft = FormDraft(
            self, DECLARING, N_("Health declaration"), self.form.parts(), ["who"]
        )
        self._head = Head(_("Health declaration"), *deeds, self.store)
        about = _("Whoever is not in the register is entered first, as a new person.")
        self._head.say(about)
        form = card(_("Declaration"), self.form)
        form.setMaximumWidth(WIDEST)
        self.lay_out(self._head, framed(column(form, 1, gap=theme.L)), 1)
        self.draft.begin()

    def reload(self) -> None:
        """Nothing stands here but what is typed."""

    def entered(self) -> None:
        """Work begins with who it is."""
        self.form.focus()

    def open_at(self, key: int) -> None:
        """Begin a declaration of this person; one that was begun before is not lost by it."""
        if not self.form.is_changed():
            self.ask(self._begin, people.person_card, key)
        elif self.form.who.key != key:
            said = _("A declaration of {name} was begun and not stored. Save it or empty the form.")
            self.notice.say("late", said.format(name=self.form.who.words or "…"))

    def digit(self, number: int) -> None:
        """Tick a symptom."""
        self.form.tick(number)

    def _begin(self, found: PersonCard) -> None:
        self.form.begin(found.person.id, found.person.name)
        self.draft.begin()
        self.form.focus()

    def _begin_anew(self) -> None:
        self.draft.drop()
        self.form.begin()
        self.draft.begin()
        self.notice.hide()
        self.form.focus()

    def _store(self) -> None:
        declared = self.form.ready()
        if declared is not None:
            then = partial(self._stored, declared)
            job = self.do(_("Storing"), then, declarations.declare, [declared])
            job.failed.connect(self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.form.complain({one.field: one.message for one in error.refusals})

    def _stored(self, declared: NewDeclaration, _answer: Any) -> None:
        name = self.form.who.words.partition(" · ")[0]
        self._begin_anew()
        self.said.emit(_("Stored: {what}").format(what=f"{_('Health declaration')}, {name}"))
        self.go.emit(PERSON, declared.person_id or 0)
