"""One example of every argument that the venues ask for."""

from modules.venues import queries, service
from modules.venues.codes import Kind
from modules.venues.service import NewVenue


def examples(suite, as_actor, _known):
    """A market with two entrances and a code for each."""
    market = NewVenue("Chợ Phố Ràng", Kind.MARKET, "02947", entrances=2)
    with suite.database.work(as_actor(1)) as work:
        [key] = service.register(work, [market]).ids
        service.issue(work, [key])
        doors = queries.entrance_rows(work, [key])
        uid = queries.venue_rows(work, [key])[0].uid
    return {
        "venues": [key],
        "wrong_venues.venues": [market],
        "venue_rows.ids": [key],
        "named": [("cho pho rang", "02947")],
        "doors": doors,
        "coded.uids": [uid],
        "venues_known.uids": [uid],
        "row": None,
        "count": 3,
        "venue_of.number": "00001A",
    }
