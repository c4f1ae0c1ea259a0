"""What each role may do: rights as rows, roles as columns, a tick where both meet."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from PyQt6.QtGui import QFont, QFontMetrics

from admin_suite.core.i18n import N_, _
from admin_suite.core.permissions import Permission, Role
from admin_suite.module import Module
from admin_suite.registry import roles
from admin_suite.registry.permissions import ROLES
from admin_suite.registry.roles import KEPT, RoleRow
from admin_suite.ui import theme
from admin_suite.ui.cells import Cell, Column
from admin_suite.ui.form_draft import FormDraft
from admin_suite.ui.listing import Listed, WholeList
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import Drawer
from admin_suite.ui.widgets.forms import Choice, Field, labelled
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, emptied, framed, row
from admin_suite.ui.widgets.messages import hint

RIGHT, PART, ROOM_FOR_PART, ROOM_FOR_ALL = 300, 150, 760, 900
OWN = 2  # columns before those of the roles
MARK = "busy"  # the ground of what differs from the preset


class Line(Struct, frozen=True):
    """A right, and the module that declares it."""

    part: str
    right: Permission


class RolesPage(Page):
    """Space or a click grants and withdraws; the same again takes it back."""

    shows = frozenset({"registry_role", "registry_role_right", "registry_user"})

    def build(self) -> None:
        """Head, the choice of one role, the matrix."""
        self.add = Button(_("Add a role"), "F2", "add", "primary")
        self.add.clicked.connect(self._ask_new)
        self.add.setEnabled(False)  # until the roles are known
        self.remove = Button(_("Remove this role"), "F9", "close")
        self.remove.clicked.connect(self._remove)
        self.remove.hide()
        self._head = Head(_("Roles and rights"), self.remove, self.add)
        self._roles: Sequence[RoleRow] = ()
        self._resumed = False  # the form of a new one opens once the others are known
        self._lines = lines(self.runner.suite.modules)
        self.one = Choice()
        self.one.setMinimumWidth(240)
        self.one.setAccessibleName(_("Which roles"))
        self.one.currentIndexChanged.connect(lambda _n: self._build_list())
        self._box = column(gap=theme.M)
        self.list: WholeList | None = None
        differs = _("Space grants or withdraws. On a coloured ground: other than the program came.")
        tools = row(self.one, hint(differs))
        tools.setStretch(1, 1)
        self.lay_out(self._head, tools, framed(self._box), drawer=Drawer())
        self.stretch_last()

    def entered(self) -> None:
        """Work begins in the matrix."""
        if self.list is not None:
            self.list.table.setFocus()

    def reload(self) -> None:
        """Ask for the roles and their rights."""
        self.ask(self._show, roles.roles, self.runner.suite.modules)

    def _show(self, found: Sequence[RoleRow]) -> None:
        same = [one.role for one in found] == [one.role for one in self._roles]
        self._roles = found
        self.add.setEnabled(True)
        if self._resumed:
            self._ask_new()
        if self.list is not None and same:
            self.list.model.refreshed()
            return
        kept = self.one.currentData()
        self.one.blockSignals(True)
        self.one.clear()
        self.one.addItem(_("All roles"), "")
        for role in found:
            self.one.addItem(role.title, role.role)
        small = self.width() < ROOM_FOR_ALL and kept is None
        self.one.setCurrentIndex(1 if small else max(0, self.one.findData(kept)))
        self.one.blockSignals(False)
        self._build_list()

    def resume(self, which: str) -> None:
        """The form of a new role opens with what was kept of it."""
        del which
        self._resumed = True
        if self._roles:
            self._ask_new()

    def _chosen(self) -> Sequence[RoleRow]:
        wanted = str(self.one.currentData() or "")
        return [role for role in self._roles if wanted in ("", role.role)]

    def _build_list(self) -> None:
        """Anew for other columns; all roles and one of them have views of their own."""
        if self.list is not None:
            self.list.close()
        emptied(self._box)
        chosen = self._chosen()
        alone = chosen[0] if len(chosen) == 1 else None
        name = "registry.role" if alone else "registry.roles"
        count = _("{n} rights shown")
        listed = Listed(name, _("Roles and rights"), self._columns(), self._cells, count, ROLES)
        self.list = made = WholeList(self, listed)
        made.table.ticked.connect(self._tick)
        made.table.moved.connect(lambda _line: self._say_where())
        self._box.addLayout(made.tools(made.export))
        self._box.addWidget(made.stack)
        made.show(self._lines)
        self.remove.setVisible(alone is not None and alone.own)
        self._say_users(alone)

    def _columns(self) -> list[Column]:
        metrics = QFontMetrics(theme.font(theme.SMALL, QFont.Weight.DemiBold))
        roles_shown = self._chosen()
        made = [
            Column("right", _("Right"), 0 if len(roles_shown) == 1 else RIGHT),
            Column("module", _("Module"), PART, room=ROOM_FOR_PART),
        ]
        for role in roles_shown:
            width = metrics.horizontalAdvance(role.title) + theme.M + theme.L
            made.append(Column(role.role, role.title, max(96, width)))
        return made

    def _say_users(self, chosen: RoleRow | None) -> None:
        if chosen is None:
            self._head.say(_("{n} roles").format(n=len(self._roles)))
        else:
            self._head.say(_("{role}: {n} users").format(role=chosen.title, n=chosen.users))

    def _cells(self, line: Line) -> Sequence[str | Cell]:
        ticks = (cell_of(role, line.right) for role in self._chosen())
        return (Cell(_(line.right.title), hint=line.right.code), line.part, *ticks)

    def _at(self) -> tuple[RoleRow, Permission] | None:
        """The role and the right where the cursor stands."""
        index = self.list.table.currentIndex() if self.list is not None else None
        line = self.list.model.line(index.row()) if self.list and index else None
        if index is None or line is None or index.column() < OWN:
            return None
        return self._chosen()[index.column() - OWN], line.right

    def _say_where(self) -> None:
        if (at := self._at()) is not None:
            self.status.emit(f"{at[0].title} · {_(at[1].title)}")

    # -- deeds ------------------------------------------------------------------------------------

    def _tick(self, _line: int) -> None:
        at = self._at()
        if at is None:
            return
        role, right = at
        granted = right.code not in role.rights
        said = _("{role} may now: {right}") if granted else _("{role} may no longer: {right}")
        words = said.format(role=role.title, right=_(right.title))
        which = (self.runner.suite.modules, role.role, right.code)

        def done(changed: bool) -> None:
            if changed:
                self.undoable(words, roles.set_right, *which, granted=not granted, back=True)
            else:  # a colleague was quicker, and it is his to take back
                self.refuse(_("A colleague has changed this meanwhile. It is shown as it is now."))
                self.reload()

        self.do(_("Storing"), done, roles.set_right, *which, granted=granted)

    def _ask_new(self) -> None:
        self._resumed = False
        name = Field(_("Name of the role"), _("For example: population officer"))
        like = Choice()
        for role in self._roles:
            like.addItem(role.title, role.role)
        store = Button(_("Add"), "Ctrl Enter", "save", "primary")

        def send() -> None:
            verb, words = roles.add_role, (name.words, str(like.currentData()))
            self.do(_("Storing"), done, verb, *words).on_refusal(name.complain)

        def done(code: str) -> None:
            draft.drop()
            self._added(code)

        store.clicked.connect(send)
        about = _("It begins with the rights of another role.")
        if self.drawer is not None:
            items = (name, labelled(_("Rights as"), like), row(store, 1))
            self.drawer.show_card(_("Add a role"), about, items)
            self.show_beside()
            draft = FormDraft(
                self, "registry.roles#new", N_("Add a role"), {"name": name, "like": like}
            )
            draft.goes_with(name)
            draft.begin()
            name.edit.setFocus()

    def _added(self, code: str) -> None:
        self.said.emit(_("The role was added. Tick what it may do."))
        self.close_card()
        self.ask(partial(self._choose, code), roles.roles, self.runner.suite.modules)

    def _choose(self, code: str, found: Sequence[RoleRow]) -> None:
        self._show(found)
        self.one.setCurrentIndex(max(0, self.one.findData(code)))
        self.entered()

    def _remove(self) -> None:
        code = str(self.one.currentData() or "")
        words = _("The role “{role}” was removed.").format(role=self.one.currentText())
        if code:
            self.do(_("Storing"), lambda _n: self.said.emit(words), roles.remove_role, code)


def lines(modules: Sequence[Module]) -> list[Line]:
    """Every right, in the order of the modules."""
    return [Line(_(one.title), right) for one in modules for right in one.permissions]


def cell_of(role: RoleRow, right: Permission) -> Cell:
    """A tick; a lock where the administrators cannot lose the right."""
    if role.role == Role.ADMIN and right.code in KEPT:
        return Cell(_("always"), icon="lock", role="muted")
    differs = right.code in role.granted or right.code in role.withdrawn
    held = right.code in role.rights
    return Cell(
        _("Yes") if held else _("No"),
        tick=held,
        mark=MARK if differs else "",
        hint=f"{role.title}: {_(right.title)}",
    )
