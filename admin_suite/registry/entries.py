"""What verbs ask of single entries: who is there, who was made one with whom, whose number."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person, Phone
from admin_suite.registry.namesakes import Namesakes
from admin_suite.registry.queries import Described

CROWD = 5  # a number that more people share tells nobody


def crowded(work: Work, people: Sequence[Described], alike: Namesakes) -> set[str]:
    """Which telephones of these people and their namesakes belong to too many to tell anybody."""
    known = {row[4] for rows in alike.values() for row in rows}
    return crowds(work, known & {person.phone for person in people} - {""})


def crowds(work: Work, numbers: Collection[str]) -> set[str]:
    """Which of these telephones more people share than one household has."""
    if not numbers:
        return set()
    found: Counter[str] = Counter()
    further = select(Phone.number, func.count()).where(Phone.position > 0)
    first = select(Person.phone, func.count())
    for part in bulk.chunks(sorted(numbers)):
        for query, column in ((first, Person.phone), (further, Phone.number)):
            rows = work.session.execute(query.where(column.in_(part)).group_by(column))
            found.update({row[0]: row[1] for row in rows})
    return {number for number, n in found.items() if n > CROWD}


def kept_as(work: Work, ids: Sequence[int]) -> dict[int, int]:
    """With whom those of these were made one that were."""
    c, found = Person.__table__.c, dict[int, int]()
    query = select(c.id, c.merged_into).where(c.merged_into.is_not(None))
    for part in bulk.chunks(ids):
        found |= {row[0]: row[1] for row in work.session.execute(query.where(c.id.in_(part)))}
    return found


def live_person(work: Work, person_id: int) -> Person:
    """The row of somebody for a verb; whoever was made one with another is refused."""
    found = work.session.scalars(select(Person).where(Person.id == person_id)).one_or_none()
    if found is None:
        raise UserError(_("Nobody has the number {number}.").format(number=person_id))
    return found


def names_in(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """The names of those of these who are in the register."""
    query, found = select(Person.id, Person.name), dict[int, str]()
    for part in bulk.chunks(ids):
        found |= {row[0]: row[1] for row in work.session.execute(query.where(Person.id.in_(part)))}
    work.saw(Person.__tablename__, sorted(found))
    return found
