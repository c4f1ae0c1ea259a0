"""Where this user's data lies; needed before anything heavy is imported."""

from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """The folder of this user's data: the embedded database, the log, crash reports."""
    return user_data_path("AdminSuite", appauthor=False, ensure_exists=True)
