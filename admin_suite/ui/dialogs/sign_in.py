"""Who you are, nothing else; or, in front of an empty database, whose it shall be.

Imports nothing of the database: this window is on screen while the house is still loading.
"""

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from admin_suite.core.i18n import _, language
from admin_suite.core.profiles import Profile
from admin_suite.ui import theme
from admin_suite.ui.icons import Picture
from admin_suite.ui.widgets.brand import Mark
from admin_suite.ui.widgets.buttons import Button, icon_button
from admin_suite.ui.widgets.forms import Choice, Field, Form, labelled
from admin_suite.ui.widgets.layout import CENTRE, column, framed, row, scrolled
from admin_suite.ui.widgets.text import text

LEAST_PASSWORD = 8
CARD = 380


class SignIn(QWidget):
    """The first page of the window."""

    wanted = pyqtSignal(str, str)  # name, password
    founded = pyqtSignal(str, str, str, str, object)  # unit, name, password, full name, profile
    theme_wanted = pyqtSignal()
    language_wanted = pyqtSignal()

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place, self._database = text("", "muted", wrap=True), text("", "small")
        self._place.setAlignment(CENTRE)
        self._founding = False
        self._forms = [self._entrance(name)]
        title = text(_("Epidemic prevention"), "title")
        title.setAlignment(CENTRE)
        self._inside = column(
            row(1, Mark(44), 1),
            column(title, self._place, gap=2),
            *self._forms,
            gap=theme.L,
            pad=(theme.XXL, theme.XL),
        )
        box = framed(self._inside, "card", width=CARD)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)  # never crushed
        middle = framed(column(2, row(1, box, 1), 3, pad=(theme.M, theme.M)), "pagebody")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(middle)
        inside.addWidget(self._scroll, 1)
        inside.addLayout(self._foot())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self.show_form(founding=False)

    def _entrance(self, name: str) -> Form:
        self.name = Field(_("User name"))
        self.password = Field(_("Password"), secret=True, room=2)
        self.name.edit.setText(name)
        self.enter = Button(_("Sign in"), "Enter", kind="primary")
        self.enter.clicked.connect(self._send)
        return Form(self.enter, self.name, self.password)

    def _foundation(self) -> Form:
        self.unit = Field(_("Name of the health centre"), room=1)
        self.kind = Choice()
        for profile in Profile:
            self.kind.addItem(profile.word, profile)
        self.kind.setCurrentIndex(self.kind.findData(Profile.FULL))
        kind = labelled(_("What kind of place is it?"), self.kind)
        self.full_name = Field(_("Full name of the administrator"))
        self.admin = Field(
            _("User name of the administrator"), _("One word, for example ha.nguyen")
        )
        hint = _("At least {n} characters").format(n=LEAST_PASSWORD)
        self.new_password = Field(_("Password"), hint, secret=True)
        self.again = Field(_("The same password again"), secret=True, room=2)
        self.begin = Button(_("Start"), "Enter", kind="primary")
        self.begin.clicked.connect(self._found)
        fields = (self.unit, kind, self.full_name, self.admin, self.new_password, self.again)
        return Form(self.begin, *fields, gap=theme.M)

    def _foot(self) -> QVBoxLayout:
        spoken = _("Language: English") if language() == "vi" else _("Language: Vietnamese")
        tongue = icon_button("language", spoken, "F11")
        tongue.clicked.connect(self.language_wanted)
        look = icon_button("palette", _("Light or dark"), "F10")
        look.clicked.connect(self.theme_wanted)
        tongue.say("English" if language() == "vi" else "Tiếng Việt", spoken)
        line = row(
            Picture("database", 14), self._database, 1, look, tongue, pad=(theme.XL, theme.S)
        )
        return column(line)

    def show_form(self, *, founding: bool, unit: str = "", database: str = "") -> None:
        """Say which database this is, and ask for what it needs."""
        self._founding = founding
        if founding and len(self._forms) == 1:  # once in the life of a database
            self._forms.append(self._foundation())
            self._inside.addWidget(self._forms[1])
        for number, form in enumerate(self._forms):
            form.setVisible(number == int(founding))
        self._place.setText(_("This database is empty. Whose shall it be?") if founding else unit)
        self._place.setVisible(bool(self._place.text()))
        self._database.setText(_("Data: {name}").format(name=database) if database else "")
        first = self.unit if founding else self.password if self.name.words else self.name
        first.edit.setFocus()

    def _follow(self, _old: QWidget | None, _new: QWidget | None) -> None:
        """Enter leads to a field that may be out of sight; it is shown once it has its place."""
        QTimer.singleShot(0, self._show_focus)

    def _show_focus(self) -> None:
        if (field := self.focusWidget()) is not None and self._scroll.isAncestorOf(field):
            self._scroll.ensureWidgetVisible(field, 0, theme.XXL)

    def tell(self, words: str) -> None:
        """Say what has happened before somebody signs in."""
        self._place.setText(words)
        self._place.show()

    def refuse(self, words: str) -> None:
        """Say why nobody came in; the password is to be typed again."""
        self.wait(busy=False)
        field = self.again if self._founding else self.password
        field.complain(words)
        field.edit.setFocus()
        field.edit.selectAll()

    def wait(self, *, busy: bool) -> None:
        """While the answer is on its way."""
        button, word = self.enter, _("Sign in")
        if self._founding:
            button, word = self.begin, _("Start")
        button.setEnabled(not busy)
        button.say(_("One moment…") if busy else word)

    def _send(self) -> None:
        if self.name.words.strip() and self.password.words:
            self.password.complain("")
            self.wait(busy=True)
            self.wanted.emit(self.name.words.strip(), self.password.words)

    def _found(self) -> None:
        for field, wrong, why in (
            (self.unit, not self.unit.words.strip(), _("Every paper is headed by this name.")),
            (self.admin, len(self.admin.words.split()) != 1, _("A user name is one word.")),
            (
                self.new_password,
                len(self.new_password.words) < LEAST_PASSWORD,
                _("At least {n} characters").format(n=LEAST_PASSWORD),
            ),
            (
                self.again,
                self.again.words != self.new_password.words,
                _("The two passwords differ. Type the second one again."),
            ),
        ):
            if wrong:
                field.complain(why)
                field.edit.setFocus()
                return
        self.wait(busy=True)
        self.founded.emit(
            self.unit.words.strip(),
            self.admin.words.strip(),
            self.new_password.words,
            self.full_name.words.strip(),
            self.kind.currentData(),
        )
