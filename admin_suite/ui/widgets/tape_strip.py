"""What a tape chart shows: days, places, and bars in days from the left edge."""

from collections.abc import Callable, Sequence

from msgspec import Struct, field


class Line(Struct, frozen=True):
    """A place, or with ``key`` 0 the heading over some; ``about`` stands beside a heading."""

    key: int
    words: str
    about: str = ""


class Bar(Struct, frozen=True):
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


class Column(Struct, frozen=True):
    """A day: two lines of words; ``free`` ones are Saturdays and Sundays."""

    above: str
    below: str
    free: bool = False


class Strip(Struct, frozen=True):
    """All that a chart shows: ``bars`` by the number of their line, ``now`` in days.

    ``tell`` says all of a bar, by its key, when somebody stops at it.
    """

    columns: Sequence[Column] = ()
    lines: Sequence[Line] = ()
    bars: dict[int, list[Bar]] = field(default_factory=dict)
    now: float = 0.0
    tell: Callable[[int], str] = str
