"""Qt's own words, in file dialogs and on standard buttons: Qt brings no Vietnamese with it."""

from PyQt6.QtCore import QCoreApplication, QTranslator

from admin_suite.core.i18n import N_, _, language

WORDS = (
    N_("&Look in:"),
    N_("File name:"),
    N_("File &name:"),
    N_("Files of &type:"),
    N_("Save in:"),
    N_("Save As"),
    N_("Open"),
    N_("&Open"),
    N_("Save"),
    N_("&Save"),
    N_("Cancel"),
    N_("&Cancel"),
    N_("Close"),
    N_("OK"),
    N_("&OK"),
    N_("&Yes"),
    N_("&No"),
    N_("Choose"),
    N_("&Choose"),
    N_("Name"),
    N_("Size"),
    N_("Type"),
    N_("Date Modified"),
    N_("Computer"),
    N_("Back"),
    N_("Forward"),
    N_("Parent Directory"),
    N_("Create New Folder"),
    N_("List View"),
    N_("Detail View"),
    N_("All Files (*)"),
    N_("Folder"),
    N_("Drive"),
    N_("&Undo"),
    N_("&Redo"),
    N_("Cu&t"),
    N_("&Copy"),
    N_("&Paste"),
    N_("Delete"),
    N_("Select All"),
    N_("%1 already exists.\nDo you want to replace it?"),
    N_("%1\nFile not found.\nPlease verify the correct file name was given."),
)


class QtWords(QTranslator):
    """Answers Qt from our own catalogues, in the language of the window."""

    def isEmpty(self) -> bool:
        """Qt does not ask a translator that has nothing."""
        return False

    def translate(  # type: ignore[override]
        self,
        _context: str | None,
        words: str | None,
        _meaning: str | None = None,
        _number: int = -1,
    ) -> str | None:
        """The Vietnamese of a word of Qt; None, not "", where Qt's own shall stand."""
        return _(words) if words in WORDS and language() == "vi" else None


def install(app: QCoreApplication) -> QtWords:
    """Let Qt speak the language of the window from now on, whatever it is changed to."""
    words = QtWords(app)
    app.installTranslator(words)
    return words
