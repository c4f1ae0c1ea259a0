"""The card of one person: who it is, what every module knows of him, and the deeds on it."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from PyQt6.QtWidgets import QBoxLayout, QWidget

from admin_suite.core.clock import moment_shown, shown
from admin_suite.core.errors import Refused
from admin_suite.core.i18n import N_, _
from admin_suite.excel.sheet import Change
from admin_suite.module import Happening
from admin_suite.registry import declarations, declared, duplicates, people, typed
from admin_suite.registry.declared import DeclarationRow
from admin_suite.registry.duplicates import Likeness
from admin_suite.registry.people import FormerAddress, MergeRow, PersonCard
from admin_suite.registry.permissions import DECLARE, KEEP, MERGE
from admin_suite.ui import theme
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.pages.comparing import WIDE, Comparing
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, Moment, card, empty, facts, timeline
from admin_suite.ui.widgets.declaration_form import DeclarationForm
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row
from admin_suite.ui.widgets.likeness import Line, seen_line, told
from admin_suite.ui.widgets.person_form import PersonForm

TWO = 800
VIEW, EDIT, DECLARING = range(3)
CORRECTIONS, DECLARED = "corrections", "declared"
PERSON, DECLARE_PAGE = "registry.person", "registry.declaring"


class PersonPage(Comparing):
    """Opened by the search box and by lists; Esc goes back to where one came from."""

    shows = frozenset(
        {"registry_person", "registry_declaration", "registry_merge", "registry_apart"}
    )

    def build(self) -> None:
        """Head, the card, and the two forms that take its place."""
        self._person, self._at, self._sure = 0, VIEW, False
        self._resumes = ""  # which form opens once its person is here
        self._card: PersonCard | None = None
        self._declared: Sequence[DeclarationRow] = ()
        self._twins: Sequence[Likeness] = ()
        self.hints: list[Line] = []
        self.declared_lines: list[Line] = []
        self._buttons()
        deeds = (self.back, self.alike, self.declare, self.withdraw, self.edit, self.store)
        self._head = Head(_("Person"), *deeds)
        self.form, self.declaration = PersonForm(self.runner), DeclarationForm(self.runner)
        self.form.begin()
        corrections, declaration = N_("Corrections of a person"), N_("Correction of a declaration")
        self.draft = FormDraft(self, PERSON, corrections, self.form.parts())
        self.other_draft = FormDraft(
            self, f"{PERSON}#{DECLARED}", declaration, self.declaration.parts()
        )
        self._facts, self._story = column(gap=0), column(gap=0)
        self._beside = column(gap=theme.L)
        self._both = row(framed(self._facts), gap=theme.L)
        right = column(self._beside, self._story, 1, gap=theme.L)
        self._both.addWidget(framed(right), 1)
        self._both.setStretch(0, 2)
        self._both.setStretch(1, 3)
        forms = (card(_("Who it is"), self.form), card(_("Declaration"), self.declaration))
        self._parts = (framed(self._both), *forms)
        self.lay_out(self._head, *self._parts, 1, drawer=Drawer(WIDE))
        self._turn(VIEW)

    def _buttons(self) -> None:
        self.back = Button(_("Back"), "Esc", "back")
        self.back.clicked.connect(self._back)
        self.edit = Button(_("Correct"), "F2", "note", "primary")
        self.edit.clicked.connect(self._edit)
        self.declare = Button(_("Declare"), "F8", "paper")
        self.declare.clicked.connect(lambda: self.go.emit(DECLARE_PAGE, self._person))
        self.alike = Button(_("Entered twice?"), "F6", "person")
        self.alike.clicked.connect(self._look_alike)
        self.withdraw = Button(_("Withdraw the declaration"), "F9", "undo", "danger")
        self.withdraw.clicked.connect(self._withdraw)
        self.store = Button(_("Save"), "Ctrl Enter", "save", "primary")
        self.store.clicked.connect(self._store)

    def _turn(self, number: int) -> None:
        """Show the card or a form; the deeds follow."""
        self._at, self._sure, may = number, False, self.runner.may
        free = number == VIEW and (self.drawer is None or not self.drawer.isVisible())
        self.edit.setVisible(free and may(KEEP))
        self.declare.setVisible(free and may(DECLARE))
        self.alike.setVisible(free and bool(self.hints) and may(MERGE))
        self.withdraw.setVisible(number == DECLARING)
        self.store.setVisible(number != VIEW)
        for at, part in enumerate(self._parts):
            part.setVisible(at == number)

    def open_at(self, key: int) -> None:
        """Show somebody; a form with something unsaved in it waits for its person."""
        if key != self._person:
            self._keep_draft()
            self._person, self._card, self._twins, self._declared = key, None, (), ()
            for part in (self._facts, self._story):  # nobody is shown under another's name
                emptied(part)
            self._head.say("", _("Person"))
            self._show_beside()
            self._turn(VIEW)
            self.close_card()
        self.reload()

    def reload(self) -> None:
        """Ask the register and every module again."""
        if self._person:
            self.ask(self._show, people.person_card, self._person)
            self.ask(self._show_alike, duplicates.alike_to, self._person)
            self.ask(self._tell, self.runner.suite.timeline, self._person)
            self.ask(self._list, declared.declarations_of, self._person)

    def _fit(self) -> None:
        """Below each other where there is little room; beside a comparison only it has deeds."""
        super()._fit()
        beside = self.drawer if self.drawer is not None and self.drawer.isVisible() else None
        room = self.width() - (beside.width() if beside else 0)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if room >= TWO else down)
        self._turn(self._at)

    def digit(self, number: int) -> None:
        """Which entry is kept, or which symptom is ticked."""
        if self._at == DECLARING:
            self.declaration.tick(number)
        else:
            super().digit(number)

    def escape(self) -> bool:
        """Out of a form to the card; what was changed is there again when the form is opened."""
        if super().escape():
            return True
        if self._at != VIEW:
            self._keep_draft()
            self._turn(VIEW)
            self.setFocus()
            self._mark()
            return True
        return False

    def _keep_draft(self) -> None:
        """What was changed and not stored waits for its person."""
        self.draft.leave()
        self.other_draft.leave()

    def resume(self, which: str) -> None:
        """Open the form whose draft was kept, as soon as the person is here."""
        self._resumes = which or CORRECTIONS

    def _back(self) -> None:
        if not self.escape():
            self.left.emit()

    # -- the card ---------------------------------------------------------------------------------

    def _show(self, found: PersonCard) -> None:
        self._card, self._person = found, found.person.id
        emptied(self._facts)
        self._facts.addWidget(card(_("Who it is"), facts(told(found), width=120)))
        for part in self._around(found):
            self._facts.addSpacing(theme.L)
            self._facts.addWidget(part)
        self._facts.addStretch(1)
        self._mark()
        if self._resumes == CORRECTIONS:
            self._resumes = ""
            self._edit()

    def _around(self, found: PersonCard) -> Iterator[QWidget]:
        """Where he lived, whom he looks after, with whom he lives, which entries were his."""
        if found.former_addresses:
            yield card(_("Lived before"), timeline([_lived(one) for one in found.former_addresses]))
        for title, others in ((_("Looks after"), found.wards), (_("Household"), found.household)):
            if others:
                yield card(title, *(self._door(key, name) for key, name in others))
        if found.merges:
            yield card(_("Entries made one"), *map(self._merge_line, found.merges))

    def _mark(self) -> None:
        if self._card is None:
            return
        begun = self._at == VIEW and self.draft.has(self._person)
        said = _("Corrections begun and not stored yet (F2)") if begun else ""
        self._head.say(said or shown(self._card.person.dob), self._card.person.name)

    def _door(self, key: int, name: str) -> Line:
        line = Line(name)
        line.clicked.connect(lambda: self.go.emit(PERSON, key))
        return line

    def _merge_line(self, merge: MergeRow) -> Line:
        line = Line(merge.gone, merge.reason, f"{shown(merge.at)} · {merge.by}")
        line.clicked.connect(lambda: self.show_merge(merge))
        line.setEnabled(self.runner.may(MERGE))
        return line

    def _tell(self, happenings: Sequence[Happening]) -> None:
        emptied(self._story)
        if not happenings:
            about = _("Swabs, results, stays and doses will stand here, the newest first.")
            self._story.addWidget(empty("person", _("Nothing is known of this person yet"), about))
            return
        moments = [Moment("done", h.title, h.detail, moment_shown(h.at)) for h in happenings]
        self._story.addWidget(card(_("What happened"), timeline(moments)))

    # -- beside the story -------------------------------------------------------------------------

    def _show_alike(self, found: Sequence[Likeness]) -> None:
        self._twins = found
        self._show_beside()

    def _list(self, rows: Sequence[DeclarationRow]) -> None:
        self._declared = rows
        self._show_beside()
        if self._resumes == DECLARED:
            self._resumes = ""
            begun = next((one for one in rows if self.other_draft.has(one.id)), None)
            if begun is not None:
                self._correct(begun)

    def _show_beside(self) -> None:
        emptied(self._beside)
        self.hints = [seen_line(one.seen, one.reasons) for one in self._twins]
        for line, twin in zip(self.hints, self._twins, strict=True):
            line.clicked.connect(partial(self._compare, twin))
        if self.hints:
            self._beside.addWidget(card(_("Perhaps entered twice"), *self.hints))
        self.declared_lines = [
            Line(shown(one.declared_at), declared.told(one)) for one in self._declared
        ]
        for line, declaration in zip(self.declared_lines, self._declared, strict=True):
            line.clicked.connect(partial(self._correct, declaration))
            line.setEnabled(self.runner.may(DECLARE))
        if self.declared_lines:
            self._beside.addWidget(card(_("Declarations"), *self.declared_lines))
        self._turn(self._at)

    def _look_alike(self) -> None:
        if self.hints:
            self.hints[0].click()

    def _compare(self, twin: Likeness, *_on: bool) -> None:
        if self.runner.may(MERGE):
            self.compare(self._person, twin.seen.id, twin.reasons)
        else:
            self.go.emit(PERSON, twin.seen.id)

    def merged(self, kept: int) -> None:
        """Show the entry that was kept."""
        self._person = kept
        self.reload()

    # -- corrections ------------------------------------------------------------------------------

    def _edit(self) -> None:
        if self._card is None:
            return
        self.form.begin(self._card)
        self.close_comparison()
        self.draft.begin(self._person)
        self._turn(EDIT)
        self.form.focus()

    def _correct(self, row_: DeclarationRow, *_on: bool) -> None:
        self.other_draft.leave()
        self.declaration.begin(row_.person_id, row_.name, row_)
        self.close_comparison()
        self.other_draft.begin(row_.id, row_.person_id)
        self._turn(DECLARING)
        self.declaration.focus()

    def _store(self) -> None:
        if self._at == EDIT:
            self._store_person()
        else:
            self._store_declaration()

    def _store_person(self) -> None:
        form = self.form.ready()
        if form is not None:
            given = (self._person, self.form.before, form)
            job = self.do(_("Storing"), self._stored, typed.amend, *given)
            job.failed.connect(partial(_mark_wrong, self.form))
            job.failed.connect(lambda _error: self.reload())  # a colleague may have been quicker

    def _store_declaration(self) -> None:
        new, row_ = self.declaration.ready(), self.declaration.row
        if new is not None and row_ is not None:
            change = Change(row_.id, self.declaration.changes(new))
            verb = declarations.correct_declarations
            job = self.do(_("Storing"), self._stored, verb, [change])
            job.failed.connect(partial(_mark_wrong, self.declaration))

    def _withdraw(self) -> None:
        if not self._sure:
            self._sure = True
            said = _("The declaration will stand nowhere any more. Press F9 again to withdraw it.")
            self.notice.say("late", said)
        elif self.declaration.row is not None:
            key, verb = self.declaration.row.id, declarations.withdraw_declarations
            self.do(_("Storing"), self._withdrawn, verb, [key])

    def _withdrawn(self, _answer: Any) -> None:
        self._end_form(_("The declaration is withdrawn"))

    def _stored(self, _answer: Any) -> None:
        name = self._card.person.name if self._card else ""
        self._end_form(_("Stored: {what}").format(what=name))

    def _end_form(self, words: str) -> None:
        (self.draft if self._at == EDIT else self.other_draft).drop()
        self._turn(VIEW)
        self.setFocus()
        self.said.emit(words)
        self.reload()


def _lived(one: FormerAddress) -> Moment:
    where = ", ".join(part for part in (one.address, one.commune) if part)
    return Moment("wait", where, "", f"{shown(one.since)} - {shown(one.until)}")


def _mark_wrong(form: PersonForm | DeclarationForm, error: Exception) -> None:
    if isinstance(error, Refused):
        form.complain({one.field: one.message for one in error.refusals})
