"""What a chart of spans shows, without the library that draws it."""

from collections.abc import Sequence

from msgspec import Struct


class Spans(Struct, frozen=True):
    """For each word a bar and a mark beyond it, such as done and begun; both of one unit."""

    title: str
    spans: Sequence[tuple[str, float, float]]
    bars_title: str
    marks_title: str
