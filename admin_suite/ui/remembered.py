"""What this computer remembers of the wishes of whoever sits at it."""

from PyQt6.QtCore import QSettings


def remembered_here() -> QSettings:
    """Theme, language, size, who was here last, at which station this seat stands."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "admin-suite", "window")
