"""What the readers of quarantine lists share: the facilities that are known, by code and name."""

import re
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from msgspec import field
from msgspec.structs import replace

from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.excel.counting import Counted
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Column, Table
from admin_suite.excel.words import loose
from admin_suite.registry.names import fold
from admin_suite.registry.reading.people import World, world
from modules.quarantine import formats
from modules.quarantine.queries import beds

NAME = 4  # letters from which on a word in a title is taken for the name of a facility
GROUND = re.compile(r"(?:tang )?(?:tret|g|ground)(?: floor)?")
FACILITIES = Counted(
    N_("{n} facilities"), ("cơ sở", "co so", "khu", "điểm", "diem", "địa điểm", "facilities")
)
ROOMS = Counted(N_("{n} rooms"), ("phòng", "phong", "buồng", "rooms"))


class Sites(World):
    """The people's world, and the codes of facilities; ``named`` by their names too."""

    codes: frozenset[str] = frozenset()
    named: Mapping[str, str] = field(default_factory=dict)


def sites(work: Work) -> Sites:
    """The context of every list that names a facility; a question."""
    known, rows = world(work), beds.facilities(work)
    named = {fold(row.name): row.code for row in rows} | {fold(row.code): row.code for row in rows}
    return Sites(known.communes, known.today, {}, frozenset(row.code for row in rows), named)


def codes(known: Any) -> Collection[str]:
    """The codes of facilities; ``NT`` may be one, and is no ditto then."""
    return known.codes if isinstance(known, Sites) else ()


def facility(cell: object, about: About) -> str:
    """The code of the facility that a cell names by its code or its name."""
    written = plain(cell)
    named = about.world.named if isinstance(about.world, Sites) else {}
    return written if written in codes(about.world) else named.get(fold(written), written)


def facilities_of(table: Table) -> list[str]:
    """The facility of each row: the row's own, or what the line above its part or the title names.

    Refuses the rows of which nothing says it.
    """
    named = table.about.world.named if isinstance(table.about.world, Sites) else {}
    title = _named_in(f"{table.about.title}\n{table.about.place}", named)
    above = table.above(partial(_named_in, named=named))
    pairs = zip(table.column("facility"), above, strict=True)
    found = [code or line or title for code, line in pairs]
    refused = {remark.at for remark in table.refused if remark.field == "facility"}
    said = _("Neither the row nor the title names a facility that is known.")
    for at, code in enumerate(found):
        if not code and at not in refused:
            table.refuse(at, "facility", "NO_FACILITY", said)
    return found


def _named_in(lines: str, named: Mapping[str, str]) -> str:
    """The code of the one facility that lines name; a short code alone names nothing."""
    text = f" {fold(lines)} "
    found = {code for name, code in named.items() if len(name) >= NAME and f" {name} " in text}
    return found.pop() if len(found) == 1 else ""


def floor(cell: object, about: About) -> int:
    """The number of a floor; the one on the ground is 0."""
    return 0 if GROUND.fullmatch(loose(plain(cell))) else formats.whole(cell, about)


FACILITY = Column(
    "facility",
    N_("Facility code"),
    (
        "Mã cơ sở",
        "Cơ sở",
        "Cơ sở cách ly",
        "Khu cách ly",
        "Mã khu",
        "Tên cơ sở",
        "Mã cơ sở cách ly",
    ),
    facility,
    codes=codes,
)
PERHAPS = replace(FACILITY, aliases=("Mã cơ sở cách ly",), offered=False)
