from PyQt6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel

from admin_suite.core.i18n import speak
from admin_suite.ui import qt_words


def test_qt_speaks_the_language_of_the_window(qapp, qtbot):
    words = qt_words.install(qapp)
    for spoken, said in (("vi", "Hủy"), ("en", "Cancel")):
        speak(spoken)
        dialog = QFileDialog()
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        qtbot.addWidget(dialog)
        box = dialog.findChild(QDialogButtonBox)
        button = box.button(QDialogButtonBox.StandardButton.Cancel)
        assert button.text().replace("&", "") == said
        texts = {label.text() for label in dialog.findChildren(QLabel)}
        assert ("Tê&n tệp:" if spoken == "vi" else "File &name:") in texts
    qapp.removeTranslator(words)
