"""One's own PIN: given for the first time, or changed."""

from admin_suite.core.i18n import _
from admin_suite.registry import pins
from admin_suite.ui import theme
from admin_suite.ui.page import Page
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.cards import card
from admin_suite.ui.widgets.forms import Field, Form
from admin_suite.ui.widgets.head import Head
from admin_suite.ui.widgets.layout import column, framed, row
from admin_suite.ui.widgets.messages import hint

WIDTH = 420


class OwnPage(Page):
    """The old PIN, or the password, is asked for before a new one counts."""

    def build(self) -> None:
        """Two fields and what a PIN is for."""
        self._head = Head(_("PIN"))
        said = _("{least} to {most} digits, not all the same")
        digits = said.format(least=pins.SHORTEST, most=pins.LONGEST)
        self.pin = Field(_("New PIN"), digits, secret=True)
        self.again = Field(_("The same PIN again"), secret=True, room=2)
        self.keep = Button(_("Keep this PIN"), "F2", kind="primary")
        self.keep.clicked.connect(self._keep)
        about = hint(
            _(
                "A PIN unlocks the window, changes the user and signs. After five wrong ones only "
                "the password counts."
            )
        )
        made = card(_("New PIN"), Form(self.keep, self.pin, self.again), about, gap=theme.M)
        made.setMaximumWidth(WIDTH)
        self.lay_out(self._head, framed(row(column(made, 1), 1)), 1)

    def reload(self) -> None:
        """Ask whether there is one."""
        self.ask(self._show, pins.standing, self.runner.actor.id)

    def entered(self) -> None:
        """Work begins with the new PIN."""
        self.pin.edit.setFocus()

    def _show(self, standing: pins.Standing) -> None:
        there = standing is pins.Standing.COUNTS
        said = _("{name} has a PIN") if there else _("{name} has no PIN that counts")
        self._head.say(said.format(name=self.runner.actor.name))

    def _keep(self) -> None:
        if not pins.is_pin(self.pin.words):
            said = _("A PIN is {least} to {most} digits, for example 2705.")
            self.pin.complain(said.format(least=pins.SHORTEST, most=pins.LONGEST))
            self.pin.edit.setFocus()
        elif self.pin.words != self.again.words:
            self.again.complain(_("The two PINs differ. Type the second one again."))
            self.again.edit.setFocus()
        else:
            self.confirmed(_("Give oneself a new PIN"), self._store)

    def _store(self) -> None:
        actor = self.runner.actor.id
        self.do(_("Storing"), self._stored, pins.set_pin, actor, self.pin.words)

    def _stored(self, _answer: object) -> None:
        for field in (self.pin, self.again):
            field.edit.clear()
        self.said.emit(_("The new PIN counts from now on"))
        self.reload()
