"""Two cafés and three visitors: a case, somebody beside, somebody alone."""

from datetime import UTC, datetime

import pytest

from admin_suite.registry.service import NewPerson
from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.service import NewVenue

NOW = datetime(2021, 8, 20, 3, tzinfo=UTC)
CASE, BESIDE, ALONE = (
    NewPerson(name, phone=f"09123456{n:02d}") for n, name in enumerate(("Ca", "Cạnh", "Xa"))
)


@pytest.fixture
def numbers(work):
    """The short numbers of two cafés, on the day of ``NOW``."""
    work.clock = lambda: NOW
    new = [NewVenue(name, Kind.CAFE, "02947") for name in ("Quán Hoa", "Quán Lá")]
    ids = service.register(work, new).ids
    return [row.number for row in queries.venue_rows(work, ids)]
