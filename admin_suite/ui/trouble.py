"""The last hook of Python: what escapes from a slot is told, and does not end the program."""

import sys
from collections.abc import Callable
from types import TracebackType


def catch_all(tell: Callable[[BaseException], None]) -> None:
    """Tell what nobody has caught."""

    def caught(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        tell(error)

    sys.excepthook = caught
