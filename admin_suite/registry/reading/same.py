"""What only shows between rows: one person twice, one number for two, one telephone for all."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from admin_suite.core.i18n import _
from admin_suite.excel.sheet import Review
from admin_suite.registry.names import fold, sort_key
from admin_suite.registry.service import NewPerson

H = TypeVar("H", bound=Hashable)
T = TypeVar("T")
FIRST_OF_JANUARY = "-01-01"
MANY, SHARE, CROWD = 5, 10, 5
YEAR = 4  # letters of a birth of which only the year is known


def first_of(first: T, _again: T) -> T:
    """What stands first, where the row that says it again has no more to tell."""
    return first


def look_over(
    review: Review[Any],
    person: Callable[[Any], NewPerson],
    matter: Callable[[Any], Hashable],
    replaced: Callable[[Any, NewPerson], Any],
    joined: Callable[[Any, Any], Any] = first_of,
) -> None:
    """Merge who stands in a list twice and say what several rows share.

    Two items are one only if ``matter`` (what the list is about: tube and hour, say) is the same;
    ``joined`` makes the two one, or none if they contradict each other.
    """
    people = [person(item) for item in review.items]
    _merge(review, people, matter, replaced, joined)
    if review.merged:
        left = [at for at in range(len(people)) if at not in review.merged]
    else:
        left = list(range(len(people)))
    _shared_cards(review, people, left)
    _shared_phones(review, people, left)
    _january(review, people, left)


def _merge(
    review: Review[Any],
    people: list[NewPerson],
    matter: Callable[[Any], Hashable],
    replaced: Callable[[Any, NewPerson], Any],
    joined: Callable[[Any, Any], Any],
) -> None:
    """Make one of the rows that say the same; ``people`` know then what any of them told."""
    spelled: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at in _told_twice(people):
        spelled[fold(people[at].name), people[at].dob[:YEAR]].append(at)
    for rows in _of_one_name(people, spelled.values()):
        kept: list[int] = []
        for at in rows:
            item = review.items[at]
            told = (
                (k, joined(review.items[k], item))
                for k in kept
                if _is_same(people[k], people[at]) and matter(review.items[k]) == matter(item)
            )
            first, whole = next((pair for pair in told if pair[1] is not None), (at, None))
            if whole is None:
                kept.append(at)
                continue
            people[first] = _together(people[first], people[at])
            review.merge(at, first, replaced(whole, people[first]))


def _of_one_name(
    people: Sequence[NewPerson], alike: Iterable[Sequence[int]]
) -> Iterator[Sequence[int]]:
    """Of rows alike but for their marks those of one name, wherever its tones are written."""
    for rows in alike:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at in rows if len(rows) > 1 else ():
            found[sort_key(people[at].name)].append(at)
        yield from (several for several in found.values() if len(several) > 1)


def _told_twice(people: Sequence[NewPerson]) -> list[int]:
    """The rows of which another has the number, the telephone, or birth and address."""
    homes = [(one.dob, one.address) if len(one.dob) > YEAR else () for one in people]
    signs: tuple[Sequence[Hashable], ...] = (
        [one.id_no for one in people],
        [one.phone for one in people],
        homes,
    )
    found: set[int] = set()
    for values in signs:
        if again := _several(values):
            found.update(at for at, value in enumerate(values) if value in again)
    return sorted(found)


def _several(values: Sequence[H]) -> Mapping[H, int]:
    """How often the values stand there that say something and stand there more than once."""
    if len(set(values)) == len(values):
        return {}
    return {value: n for value, n in Counter(values).items() if n > 1 and value}


def _together(first: NewPerson, again: NewPerson) -> NewPerson:
    """The first as written, with the fuller birth and what only the other knows."""
    return first._replace(
        dob=max(first.dob, again.dob, key=len),
        id_no=first.id_no or again.id_no,
        phone=first.phone or again.phone,
        sex=first.sex or again.sex,
    )


def _is_same(one: NewPerson, other: NewPerson) -> bool:
    """Whether two rows of equal names are one person: nothing against it, and something for it."""
    if one.dob[:4] != other.dob[:4] or not (
        one.dob.startswith(other.dob) or other.dob.startswith(one.dob)
    ):
        return False
    against = any(
        a and b and a != b
        for a, b in ((one.id_no, other.id_no), (one.phone, other.phone), (one.sex, other.sex))
    )
    known = (one.id_no and one.id_no == other.id_no) or (one.phone and one.phone == other.phone)
    alike = one.dob == other.dob and one.address == other.address and len(one.dob) > YEAR
    return not against and bool(known or alike)


def _shared_cards(review: Review[Any], people: Sequence[NewPerson], left: Sequence[int]) -> None:
    shared = _several([people[at].id_no for at in left])
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for at in left if shared else ():
        if people[at].id_no in shared:
            rows[people[at].id_no].append(at)
    for places in rows.values():
        if _are_one([people[at] for at in places]):
            continue  # one person in several rows, a dose or a visit in each
        for at in places:
            review.warn(at, "id_no", "SAME_ID", _("Another row has the same citizen number."))


def _are_one(rows: Sequence[NewPerson]) -> bool:
    """Whether rows of one citizen number are plainly of one person."""
    return len({(fold(one.name), one.dob, one.sex) for one in rows}) == 1


def _shared_phones(review: Review[Any], people: Sequence[NewPerson], left: Sequence[int]) -> None:
    for phone, n in _several([people[at].phone for at in left]).items():
        if n > CROWD:
            said = _("{n} rows have the same telephone {phone}.")
            review.say("PHONE_SHARED", said.format(n=n, phone=phone))


def _january(review: Review[Any], people: Sequence[NewPerson], left: Sequence[int]) -> None:
    n = sum(people[at].dob.endswith(FIRST_OF_JANUARY) for at in left)
    if n >= MANY and n * SHARE >= len(left):
        said = _("{n} people are born on 1 January; perhaps only the year is known.")
        review.say("MANY_JAN_1", said.format(n=n))
