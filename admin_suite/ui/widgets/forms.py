"""Forms: label above field, hint or reason below it; the eye goes straight down."""

from PyQt6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

from admin_suite.ui import theme
from admin_suite.ui.widgets.layout import column, framed, named
from admin_suite.ui.widgets.text import text, toned


class Field(QFrame):
    """A line to type in with its label; ``complain`` says below it what is wrong."""

    def __init__(self, label: str, hint: str = "", *, secret: bool = False) -> None:
        super().__init__()
        self.edit = named(QLineEdit(), label)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._hint, self._below = hint, text(hint, "small", wrap=True)
        self._below.setVisible(bool(hint))
        self.setLayout(column(text(label, "caption"), self.edit, self._below, gap=theme.XS))
        self.edit.textEdited.connect(lambda: self.complain(""))

    @property
    def words(self) -> str:
        """What was typed."""
        return self.edit.text()

    def complain(self, why: str) -> None:
        """Mark the field and say why; nothing takes the mark away."""
        self.edit.setProperty("wrong", "true" if why else "false")
        style = self.edit.style()
        if style is not None:
            style.unpolish(self.edit)
            style.polish(self.edit)
        self._below.setText(why or self._hint)
        self._below.setVisible(bool(why or self._hint))
        toned(self._below, "bad" if why else "")


def labelled(label: str, control: QWidget, hint: str = "") -> QFrame:
    """A control with its label above and its hint below."""
    above: QLabel = text(label, "caption")
    above.setBuddy(control)
    control.setAccessibleName(label)
    made = column(above, control, gap=theme.XS)
    if hint:
        made.addWidget(text(hint, "small", wrap=True))
    return framed(made)
