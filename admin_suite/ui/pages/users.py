"""Who works with the program; beside the list one user, or the form for a new one."""

from collections.abc import Callable, Sequence
from functools import partial

from admin_suite.core.clock import moment_shown
from admin_suite.core.i18n import N_, _
from admin_suite.core.numbers import figure
from admin_suite.core.permissions import Role
from admin_suite.registry import pins, roles, users
from admin_suite.registry.permissions import USERS
from admin_suite.registry.users import Colleague
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer, facts
from admin_suite.ui.widgets.chips import Chip, Status
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import Item, row, rule
from admin_suite.ui.widgets.text import text


class UsersPage(Page):
    """Enter opens a user; what a new password or PIN is stands there once."""

    shows = frozenset({"registry_user", "registry_role"})

    def build(self) -> None:
        """Head, table; the side card is closed."""
        self.add = Button(_("Add a user"), "F2", "add", "primary")
        self.add.clicked.connect(self._ask_new)
        self.add.setEnabled(False)  # until the roles are known
        listed = Listed(
            "registry.users", _("Users"), columns(), self._cells, _("{n} users shown"), USERS
        )
        self.list = WholeList(self, listed)
        self.table, self.model = self.list.table, self.list.model
        self._head = Head(_("Users"), self.list.export, self.add)
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._moved)
        self._all: Sequence[Colleague] = ()
        self._titles: dict[str, str] = {}
        self._beside = 0  # whose card is open
        self._resumed = False  # the form of a new one opens once the roles are known
        self.lay_out(self._head, self.list.tools(), self.list.stack, drawer=Drawer())

    def reload(self) -> None:
        """Ask who there is, and which roles."""
        self.ask(self._name_roles, roles.titles)
        self.ask(self._show, users.colleagues)

    def open_at(self, key: int) -> None:
        """Show one user."""
        self._beside = key
        self.reload()

    def _name_roles(self, titles: dict[str, str]) -> None:
        self._titles = titles
        self.add.setEnabled(True)
        if self._resumed:
            self._ask_new()

    def resume(self, which: str) -> None:
        """The form of a new user opens with what was kept of it."""
        del which
        self._resumed = True
        if self._titles:
            self._ask_new()

    def _show(self, found: Sequence[Colleague]) -> None:
        self._all = found
        self.list.show(found)
        active = sum(one.active for one in found)
        self._head.say(_("{n} may sign in").format(n=figure(active)))
        if (user := self._user(self._beside)) is not None:
            self._show_card(user)

    def _user(self, key: int) -> Colleague | None:
        return next((one for one in self._all if one.id == key), None)

    def _cells(self, user: Colleague) -> Sequence[str | Cell]:
        return (
            Cell(user.full_name, role="strong"),
            user.name,
            user.title,
            _("Set") if user.has_pin else Cell(_("None yet"), role="muted"),
            Cell(status=status_of(user)),
        )

    # -- one user ---------------------------------------------------------------------------------

    def _open(self, line: int) -> None:
        user: Colleague | None = self.model.line(line)
        if user is not None:
            self._show_card(user)

    def _moved(self, line: int) -> None:
        if self._beside and self.drawer is not None and self.drawer.isVisible():
            self._open(line)

    def _show_card(self, user: Colleague, *more: Item) -> None:
        status = status_of(user)
        told = facts(
            (
                (_("User name"), user.name),
                (_("Role"), user.title),
                (_("PIN"), _("Set") if user.has_pin else _("None yet")),
            )
        )
        self._beside = user.id
        items: tuple[Item, ...] = (row(Chip(status.tone, status.word), 1), told, *more)
        password = Button(_("New password"), "F6", "lock")
        password.clicked.connect(partial(self._ask_password, user))
        pin = Button(_("New PIN"), "F8", "lock")
        pin.clicked.connect(partial(self._ask_pin, user))
        parts = [*items, rule(), *self._role_form(user), rule(), password, pin]
        if user.id != self.runner.actor.id:
            parts.append(self._switch(user))
        self._beside_list(user.full_name, user.name, parts)

    def _role_form(self, user: Colleague) -> tuple[Item, ...]:
        if user.id == self.runner.actor.id:
            return (text(_("Another administrator changes the own role."), "small", wrap=True),)
        choice = self._role_choice(user.role)
        give = Button(_("Give this role"), "Ctrl Enter", "done")
        give.clicked.connect(lambda: self._give_role(user, str(choice.currentData())))
        return (labelled(_("Another role"), choice), row(give, 1))

    def _role_choice(self, code: str) -> Choice:
        choice = Choice()
        for one, title in self._titles.items():
            choice.addItem(title, one)
        choice.setCurrentIndex(choice.findData(str(code)))
        return choice

    def _switch(self, user: Colleague) -> Button:
        if user.active:
            button = Button(_("Switch off"), "F9", "stop", "danger")
            said = _("{name} can sign in no more.")
            verb, back = users.switch_off, users.switch_on
        else:
            button = Button(_("Switch on"), "F9", "done")
            said = _("{name} can sign in again.")
            verb, back = users.switch_on, users.switch_off
        words = said.format(name=user.full_name)
        done: Callable[[int], None] = lambda left: self.undoable(words, back, user.id, left)  # noqa: E731
        button.clicked.connect(lambda: self.do(_("Storing"), done, verb, user.id))
        return button

    def _give_role(self, user: Colleague, role: str) -> None:
        if role != user.role:
            said = _("{name} is now: {role}").format(
                name=user.full_name, role=self._titles.get(role, role)
            )
            done: Callable[[int], None] = lambda left: self.undoable(  # noqa: E731
                said, users.set_role, user.id, str(user.role), left
            )
            self.do(_("Storing"), done, users.set_role, user.id, role)

    def _beside_list(self, title: str, about: str, items: Sequence[Item]) -> None:
        if self.drawer is not None:
            self.drawer.show_card(title, about, items)
            self.show_beside()

    # -- what is shown once -----------------------------------------------------------------------

    def _ask_password(self, user: Colleague) -> None:
        field = Field(_("New password"), _("Empty: one is made and shown once."))
        self._form(_("New password"), user, field, users.set_password, users.new_password)

    def _ask_pin(self, user: Colleague) -> None:
        field = Field(_("New PIN"), _("Empty: one is made and shown once."))
        self._form(_("New PIN"), user, field, pins.set_pin, users.new_pin)

    def _form(
        self,
        title: str,
        user: Colleague,
        field: Field,
        verb: Callable[..., None],
        make: Callable[[], str],
    ) -> None:
        store = Button(_("Save"), "Ctrl Enter", "save", "primary")

        def send() -> None:
            word = field.words.strip() or make()
            shown = "" if field.words.strip() else word
            done = partial(self._tell_once, user.id, title, shown)
            self.do(_("Storing"), done, verb, user.id, word).on_refusal(field.complain)

        store.clicked.connect(send)
        field.edit.returnPressed.connect(send)
        self._beside = 0
        self._beside_list(title, user.full_name, (field, row(store, 1)))
        field.edit.setFocus()

    def _tell_once(self, key: int, title: str, word: str, _answer: object = None) -> None:
        self.said.emit(_("Stored: {what}").format(what=title))
        user = self._user(key)
        if user is None:
            self._beside = key
        elif not word:
            self._show_card(user)
        if word:
            self._beside = 0
            shown = Field(title, _("Write it down now; it is not shown again."))
            shown.edit.setText(word)
            shown.edit.setReadOnly(True)
            name = user.full_name if user else ""
            self._beside_list(title, name, (shown,))
            shown.edit.setFocus()
            shown.edit.selectAll()

    # -- a new one --------------------------------------------------------------------------------

    def _ask_new(self) -> None:
        self._resumed = False
        full_name = Field(_("Full name"))
        name = Field(_("User name"), _("One word, for example ha.nguyen"))
        role = self._role_choice(Role.TECHNICIAN)
        password = Field(_("Password"), _("Empty: one is made and shown once."))
        store = Button(_("Add"), "Ctrl Enter", "save", "primary")

        def send() -> None:
            word = password.words or users.new_password()
            shown = "" if password.words else word
            title = _("Password of {name}").format(name=name.words.strip())

            def done(key: int) -> None:
                draft.drop()
                self._tell_once(key, title, shown)

            values = (name.words, str(role.currentData()), word, full_name.words)
            self.do(_("Storing"), done, users.add_user, *values).on_refusal(name.complain)

        store.clicked.connect(send)
        self._beside = 0
        items = (full_name, name, labelled(_("Role"), role), password, row(store, 1))
        self._beside_list(_("Add a user"), "", items)
        # no password: it is shown once and kept nowhere
        parts = {"full_name": full_name, "name": name, "role": role}
        draft = FormDraft(self, "registry.users#new", N_("Add a user"), parts)
        draft.goes_with(full_name)
        draft.begin()
        full_name.edit.setFocus()


def columns() -> list[Column]:
    """Name, sign-in name, role, PIN, state."""
    return [
        Column("full_name", _("Full name"), people=True),
        Column("name", _("User name"), 170, room=620),
        Column("role", _("Role"), 230, room=480),
        Column("pin", _("PIN"), 110, room=760),
        Column("state", _("State"), 190),
    ]


def status_of(user: Colleague) -> Status:
    """Whether he may sign in."""
    if not user.active:
        return Status("wait", _("Switched off"))
    if user.rests_until is not None:
        until = moment_shown(user.rests_until)[:5]
        return Status("late", _("Rests until {time}").format(time=until))
    return Status("done", _("May sign in"))
