"""Computing the stays of people anew after their check-ins have changed."""

from collections.abc import Collection, Sequence
from datetime import date

from admin_suite.db import bulk
from admin_suite.db.work import Work, use_case
from admin_suite.registry.facts import PeopleMerged, PeopleParted
from admin_suite.registry.models import Person
from modules.venues.models import Stay, Venue
from modules.venues.permissions import RULES
from modules.venues.queries import computing
from modules.venues.queries.computing import ALWAYS, STAY, Anew, Lines, Touched


def compute(work: Work, touched: Sequence[Touched], lines: Lines | None = None) -> int:
    """Compute stays anew around check-ins that were touched. Returns how many are others now.

    ``lines`` are the check-ins around, where the caller has held the people and ``noted`` them.
    """
    work.session.flush()
    if lines is None:  # else two colleagues would compute each without what the other has noted
        bulk.hold(work, Person, {person for person, *_span in touched})
    found = computing.differing(work, touched, lines)
    if found.gone:
        bulk.drop_derived(work, Stay, found.gone)
    bulk.put_derived(work, Stay, STAY, found.come)
    work.changed.add(Stay.__tablename__)
    return found.changed


def merged(work: Work, fact: PeopleMerged | PeopleParted) -> None:
    """Two entries were made one, or parted: the stays of each follow from other check-ins now."""
    compute(work, [(person, *ALWAYS) for person in (fact.kept, fact.gone)])


def anew(work: Work, venues: Collection[int]) -> int:
    """Compute the stays of everybody who was at these venues anew. Returns how many changed."""
    work.session.flush()
    return sum(compute(work, touched) for touched in computing.portions(work, venues))


@use_case(RULES)
def recompute(work: Work, venues: Collection[int] = (), since: date | None = None) -> Anew:
    """Compute the stays of these venues, or of all, anew from a day on, by today's rules.

    None that is older than the shortest time of keeping: ``computing.earliest`` says why.
    """
    work.session.flush()
    total = Anew()
    for touched in computing.portions(work, venues, computing.earliest(work, since)):
        total = total.and_of(touched, compute(work, touched))
    detail = {"stays": total.stays, "changed": total.changed, "since": since and since.isoformat()}
    work.note(Venue.__tablename__, sorted(venues), detail)
    return total
