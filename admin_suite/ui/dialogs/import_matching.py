"""Which column of the file is which field, chosen by hand where the program did not see it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QFrame, QGridLayout

from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.widgets.buttons import Button
from admin_suite.ui.widgets.forms import Choice
from admin_suite.ui.widgets.layout import column, emptied, framed, named, row
from admin_suite.ui.widgets.text import text

SHORT = 40  # letters of a sample


class Matching(QFrame):
    """A line for each heading of the file, with the fields it may be."""

    matched = pyqtSignal(dict)  # the heading of each field, empty: no column

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._about = text("", "small", wrap=True)
        self._body = column(gap=0)
        self.use = Button(_("Use these columns"), "Ctrl Enter", "done", "primary")
        self.use.clicked.connect(self._use)
        title = text(_("Which column is what"), "heading")
        foot = row(self.use, 1)
        self.setLayout(
            column(title, self._about, self._body, foot, 1, gap=theme.M, pad=(theme.L, theme.M))
        )
        self.choices: dict[str, Choice] = {}
        self._before: frozenset[str] = frozenset()

    def ask(
        self,
        sheet: Any,
        texts: Sequence[str],
        known: Mapping[str, str],
        samples: Mapping[str, str],
        why: str = "",
    ) -> None:
        """Show the headings; ``known`` are those understood, by field, ``samples`` first cells."""
        emptied(self._body)
        self.choices, self._before = {}, frozenset(known)
        self._about.setText(why or _("A heading that is nothing of this list is left out."))
        fields = {heading: name for name, heading in known.items()}
        table = QGridLayout()
        table.setHorizontalSpacing(theme.L)
        for line, heading in enumerate(dict.fromkeys(filter(None, texts))):
            choice = Choice()
            choice.addItem(_("Left out"), "")
            for one in sheet.columns:
                choice.addItem(_(one.heading), one.field)
            choice.setCurrentIndex(max(0, choice.findData(fields.get(heading, ""))))
            named(choice, _("The column “{heading}” is").format(heading=heading))
            self.choices[heading] = choice
            table.addWidget(text(heading, "strong", wrap=True), line, 0)
            table.addWidget(text(samples.get(heading, "")[:SHORT], "small"), line, 1)
            table.addWidget(choice, line, 2)
        table.setColumnStretch(0, 2)
        table.setColumnStretch(1, 2)
        table.setColumnStretch(2, 3)
        table.setContentsMargins(0, 0, 0, 0)
        self._body.addWidget(framed(table))

    def focus_first(self) -> None:
        """Begin with the first heading that is not understood."""
        open_ = [choice for choice in self.choices.values() if not choice.currentData()]
        for choice in open_[:1] or list(self.choices.values())[:1]:
            choice.setFocus()

    def _use(self) -> None:
        chosen = {str(c.currentData()): heading for heading, c in self.choices.items()}
        chosen.pop("", None)
        self.matched.emit(dict.fromkeys(self._before, "") | chosen)
