"""Where this user's data lies; needed before anything heavy is imported."""

from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """The folder of this user's data: the embedded database, the log, crash reports.

    Where it cannot be made, whoever writes into it says so; the program itself needs none.
    """
    try:
        return user_data_path("AdminSuite", appauthor=False, ensure_exists=True)
    except OSError:
        return user_data_path("AdminSuite", appauthor=False)
