"""The register of venues as whoever reads check-ins needs it."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field

from admin_suite.excel.words import loose
from admin_suite.registry.reading.people import World
from modules.venues.rules.limits import Limits

WHOLE = {
    "ubnd": "uy ban nhan dan",
    "tyt": "tram y te",
    "thcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
}


def called(name: str) -> str:
    """A name as names of venues are compared: no marks or signs, what lists shorten in full."""
    return " ".join(WHOLE.get(word, word) for word in loose(name).split())


class Code(Struct, frozen=True):
    """An issued code: from when on it counts, when it was revoked, whether a newer one is there."""

    valid_from: date
    revoked_at: datetime | None
    newest: bool


class Places(World):
    """The people's world, and every venue by what may stand for it in a list.

    ``codes`` are by venue, entrance and issue; ``doors`` the numbers of the entrances of a venue,
    ``labels`` those that have a name by venue and folded name; ``named`` has names as ``called``.
    """

    site: str = ""
    secrets: Mapping[int, bytes] = field(default_factory=dict)
    doors: Mapping[str, frozenset[int]] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], int] = field(default_factory=dict)
    codes: Mapping[tuple[str, int, int], Code] = field(default_factory=dict)
    national: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Limits | None = None
    now: datetime | None = None
