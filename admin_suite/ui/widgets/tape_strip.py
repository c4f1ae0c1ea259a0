"""What a tape chart shows: days, places, and bars in days from the left edge."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """A place, or with ``key`` 0 the heading over some; ``about`` stands beside a heading."""

    key: int
    words: str
    about: str = ""


@dataclass(frozen=True)
class Bar:
    """What a place is used for between two moments, counted in days from the left edge.

    From ``firm`` on the end is only expected; ``marks`` are days on which something is due, each
    with its tone; ``taken`` ones can be put down at another place.
    """

    key: int
    start: float
    end: float
    words: str
    tone: str = ""
    firm: float = 0.0
    marks: Sequence[tuple[int, str]] = ()
    taken: bool = False


@dataclass(frozen=True)
class Column:
    """A day: two lines of words; ``free`` ones are Saturdays and Sundays."""

    above: str
    below: str
    free: bool = False


@dataclass(frozen=True)
class Strip:
    """All that a chart shows: ``bars`` by the number of their line, ``now`` in days.

    ``tell`` says all of a bar, by its key, when somebody stops at it.
    """

    columns: Sequence[Column] = ()
    lines: Sequence[Line] = ()
    bars: dict[int, list[Bar]] = field(default_factory=dict)
    now: float = 0.0
    tell: Callable[[int], str] = str
