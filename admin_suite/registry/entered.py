"""Whom a list has entered already: its rows are compared with each other, not with the register.

A list may name somebody in several rows, a dose or a visit in each, and not tell the same of him in
all of them. It may also be stored in portions: the next must find whom the last has entered, and
must not take two of its rows for one where only their commune is the same, as is done with somebody
of another list.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from admin_suite.db.origin import Origin
from admin_suite.db.work import Work
from admin_suite.registry.entries import CROWD
from admin_suite.registry.names import fold, sort_key
from admin_suite.registry.namesakes import Namesakes
from admin_suite.registry.queries import Described

D = TypeVar("D", bound=Described)
BY_PHONE = 3  # parts of a sign with birth and telephone


class Entered(Struct, Generic[D]):
    """The people whom a list has entered, by what tells that another row means one of them.

    ``people`` are in the order in which they were entered, and so are ``ids``, once they are known.
    """

    people: list[D] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    exact: dict[D, int] = field(default_factory=dict)
    signs: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    shared: Counter[str] = field(default_factory=Counter)

    def place(self, person: D) -> int:
        """The place of somebody among those who are entered; whoever is not yet is put there."""
        at = self.exact.get(person)
        if at is not None:
            return at
        signs = _signs(person)
        for sign in signs:
            for at in self.signs.get(sign, ()):
                if self._is_again(at, person, sign):
                    return at
        at = len(self.people)
        self.people.append(person)
        self.exact[person] = at
        self.shared[person.phone] += 1
        for sign in signs:
            self.signs.setdefault(sign, []).append(at)
        return at

    def _is_again(self, at: int, person: D, sign: tuple[str, ...]) -> bool:
        """Whether a row with a sign in common with somebody means him.

        A telephone is the whole family's: the name must be alike with its marks, for twins' sake.
        """
        one = self.people[at]
        by_phone = len(sign) == BY_PHONE
        if by_phone and self.shared[person.phone] > CROWD:
            return False
        return _same(one, person) and not (by_phone and sort_key(one.name) != sort_key(person.name))

    def others(self, alike: Namesakes) -> Namesakes:
        """Namesakes without the entries that this list has made."""
        mine = set(self.ids)
        if not mine:
            return alike
        return {name: [r for r in rows if r[0] not in mine] for name, rows in alike.items()}


def entered_by(work: Work, origin: Origin) -> Entered[Any]:
    """Whom the list of this unit of work has entered so far; without a list nobody."""
    if origin.import_id is None:
        return Entered()
    found: Entered[Any] = work.session.info.setdefault((Entered, origin.import_id), Entered())
    return found


def _signs(person: Described) -> Sequence[tuple[str, ...]]:
    """What may tell who somebody is: the name with a number, or with birth and telephone."""
    name = fold(person.name)
    signs: list[tuple[str, ...]] = [(name, person.id_no)] if person.id_no else []
    if person.dob and person.phone:
        signs.append((name, person.dob, person.phone))
    return signs


def _same(one: Described, other: Described) -> bool:
    """Whether nothing is against it that two rows with a sign in common are of one person."""
    if one.id_no and other.id_no and one.id_no != other.id_no:
        return False
    return one.dob[:4] == other.dob[:4] or not (one.dob and other.dob)
