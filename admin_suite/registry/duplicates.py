"""Who may be in the register twice: pairs that look alike, with the reasons in words.

Nothing here decides. A number that more people share than a household has tells nobody, and two
citizen numbers that differ in more than one digit are two people whatever else is alike.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, groupby
from operator import ne
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import Select, func, literal_column, select, text
from sqlalchemy.orm import InstrumentedAttribute

from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Sign
from admin_suite.registry.entries import CROWD, crowds
from admin_suite.registry.models import Apart, Person, Phone
from admin_suite.registry.names import fold, sort_key
from admin_suite.registry.service import NewPerson

MOST, MOST_ALIKE = 500, 20
FEW = 20  # of one name and year: each is compared with each
SINGLE = {"number", "passport", "insurance", "phone"}
NUMBERS = (Person.id_no, Person.phone, Person.passport_no, Person.insurance_no)
ORDER = list(Sign)
BY_NAME = text("SELECT folded, dob, id FROM registry_person ORDER BY folded, dob")
COMPARED = "id folded sorted dob commune_code phone id_no old_id_no passport_no insurance_no"
YEAR = 4
MASK = "*"


class Face(NamedTuple):
    """What of an entry is compared; ``given`` is the beginning of the key that names sort by."""

    id: int
    folded: str
    given: str
    year: str
    commune: str
    phone: str
    numbers: tuple[str, str]  # the citizen number and the older one
    passport: str
    insurance: str
    import_id: int | None = None


class Seen(Struct, frozen=True):
    """One of two entries that look alike, as lists show it."""

    id: int
    name: str
    dob: str
    phone: str
    id_no: str
    commune_code: str
    address: str


class Pair(Struct, frozen=True):
    """Two entries that may be one person, and why; the older one first."""

    one: Seen
    other: Seen
    signs: tuple[Sign, ...]

    @property
    def reasons(self) -> str:
        """The reasons in words."""
        return "; ".join(sign.word for sign in self.signs)


class Likeness(Struct, frozen=True):
    """Somebody in the register who may be the person to be entered, and why."""

    seen: Seen
    signs: tuple[Sign, ...]

    @property
    def reasons(self) -> str:
        """The reasons in words."""
        return "; ".join(sign.word for sign in self.signs)


def signs(one: Face, other: Face, crowd: Collection[str] = ()) -> tuple[Sign, ...]:
    """Why two entries may be one person; nothing where a number speaks against it."""
    mine, theirs = set(one.numbers) - {""}, set(other.numbers) - {""}
    same_number = bool((mine & theirs) - set(crowd))
    digit = one.folded == other.folded and one.year == other.year and _one_digit(one, other)
    if _against(one, other) and not (same_number or digit):
        return ()
    home = (one.folded, one.year, one.commune)
    told = {
        Sign.NUMBER: same_number,
        Sign.PASSPORT: _shared(one.passport, other.passport, crowd),
        Sign.INSURANCE: _shared(one.insurance, other.insurance, crowd),
        Sign.DIGIT: digit and not same_number,
        Sign.NAME: all(home) and home == (other.folded, other.year, other.commune),
        Sign.PHONE: one.given == other.given and _shared(one.phone, other.phone, crowd),
    }
    return tuple(sign for sign, told_so in told.items() if told_so)


def _shared(one: str, other: str, crowd: Collection[str]) -> bool:
    return one != "" and one == other and one not in crowd


def _against(one: Face, other: Face) -> bool:
    """Whether both have a citizen number of the same length and these differ."""
    return any(
        a and b and len(a) == len(b) and a != b
        for a, b in zip(one.numbers, other.numbers, strict=True)
    )


def _one_digit(one: Face, other: Face) -> bool:
    return differ_once(one.numbers[0], other.numbers[0]) or differ_once(one.phone, other.phone)


def differ_once(one: str, other: str) -> bool:
    """Whether two numbers of one length differ in one digit."""
    half = len(one) // 2
    if len(one) != len(other) or (one[:half] == other[:half]) == (one[half:] == other[half:]):
        return False
    return list(map(ne, one, other)).count(True) == 1


# -- all pairs ------------------------------------------------------------------------------------


def likely_duplicates(work: Work, import_id: int | None = None, most: int = MOST) -> list[Pair]:
    """The pairs of entries that may be one person, the surest first; at most so many.

    With ``import_id`` only those of which that import brought one.
    """
    crowd, faces = _twice(work)
    known = {(row[0], row[1]) for row in work.session.execute(select(Apart.low, Apart.high))}
    found: list[tuple[tuple[Sign, ...], int, int]] = []
    for low, high in _pairs(list(faces.values())) - known:
        one, other = faces[low], faces[high]
        wanted = import_id is None or import_id in (one.import_id, other.import_id)
        why = signs(one, other, crowd) if wanted else ()
        if why:
            found.append((why, low, high))
    found.sort(key=lambda pair: (_strength(pair[0]), pair[1:]))
    shown = _seen(work, {key for _why, *ids in found[:most] for key in ids})
    return [Pair(shown[low], shown[high], why) for why, low, high in found[:most]]


def _strength(why: Sequence[Sign]) -> list[int]:
    return [ORDER.index(sign) for sign in why]


def _pairs(faces: Sequence[Face]) -> set[tuple[int, int]]:
    """Entries that share anything that could be a reason."""
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    names: defaultdict[tuple[str, str], list[Face]] = defaultdict(list)
    for face in faces:
        names[face.folded, face.year].append(face)
        for key in _numbers(face):
            groups[key].append(face.id)
    for same in names.values():
        if len(same) > FEW:  # a name of many: only those are paired that have more in common
            for face in same:
                for key in _closer(face):
                    groups[key].append(face.id)
        else:
            groups |= {("pair", str(a.id), str(b.id)): [a.id, b.id] for a, b in _near_ones(same)}
    return {
        (min(pair), max(pair))
        for key, ids in groups.items()
        if 1 < len(ids) <= CROWD or key[0] not in SINGLE
        for pair in combinations(set(ids), 2)
    }


def _near_ones(same: Sequence[Face]) -> Iterator[tuple[Face, Face]]:
    """Those of one name and year who have more in common: the commune, or nearly a number."""
    for one, other in combinations(same, 2):
        if (one.commune and one.commune == other.commune) or _one_digit(one, other):
            yield one, other


def _numbers(face: Face) -> Iterator[tuple[str, ...]]:
    """The numbers of an entry, each as a key of its own."""
    yield from (("number", number) for number in set(face.numbers) if number)
    if face.passport:
        yield "passport", face.passport
    if face.insurance:
        yield "insurance", face.insurance
    if face.phone:
        yield "phone", face.phone


def _closer(face: Face) -> Iterator[tuple[str, ...]]:
    """What people of one name and year may have in common besides."""
    yield "home", face.folded, face.year, face.commune
    for kind, number in (("id", face.numbers[0]), ("tel", face.phone)):
        for at in range(len(number)):
            yield kind, face.folded, face.year, number[:at] + MASK + number[at + 1 :]


def _twice(work: Work) -> tuple[set[str], dict[int, Face]]:
    """The numbers of crowds, and who shares a number or a name and year of birth with another."""
    faces = _namesakes(work)
    crowd: set[str] = set()
    for column in NUMBERS:
        query = select(column, func.count()).where(column != "").group_by(column)
        shared = {row[0]: row[1] for row in work.session.execute(query.having(func.count() > 1))}
        crowd |= {number for number, n in shared.items() if n > CROWD}
        faces |= _with(work, column, shared.keys() - crowd)
    further = set(work.session.scalars(select(Phone.number).where(Phone.position > 0)))
    crowd |= crowds(work, further - crowd)
    older = {face.numbers[1] for face in _faces(work, _face().where(Person.old_id_no != ""))}
    for column in (Person.id_no, Person.old_id_no):
        faces |= _with(work, column, older - {""})
    return crowd | _crowded_numbers(faces.values()), faces


def _namesakes(work: Work) -> dict[int, Face]:
    """Everybody who shares name and year of birth with another; a walk along the index of both."""
    rows = work.session.execute(BY_NAME)
    found: list[int] = []
    for _same, group in groupby(rows, lambda row: (row[0], row[1][:YEAR])):
        ids = [row[2] for row in group]
        found += ids if len(ids) > 1 else []
    return {
        face.id: face
        for part in bulk.chunks(found)
        for face in _faces(work, _face().where(Person.id.in_(part)))
    }


def _with(
    work: Work, column: InstrumentedAttribute[str], values: Collection[str]
) -> dict[int, Face]:
    """Who has one of these values in a column."""
    return {
        face.id: face
        for part in bulk.chunks(sorted(values))
        for face in _faces(work, _face().where(column.in_(part), column != literal_column("''")))
    }


def _face() -> Select[Any]:
    return select(*(getattr(Person, name) for name in COMPARED.split()), Person.import_id)


def _faces(work: Work, query: Select[Any]) -> Iterator[Face]:
    return map(_told, work.session.execute(query))


def _told(row: Sequence[Any]) -> Face:
    """The entry that a row of ``COMPARED`` tells of."""
    key, folded, by, dob, commune, phone, number, old, *rest = row
    return Face(key, folded, given(by), dob[:YEAR], commune, phone, (number, old), *rest)


def given(key: str) -> str:
    """The given name in a key that names sort by."""
    return key.partition("|")[0].partition(" ")[0]


# -- one person -----------------------------------------------------------------------------------


def alike(work: Work, person: NewPerson) -> list[Likeness]:
    """Who in the register may be this person, the surest first; asked before one is entered."""
    return alike_people(work, [person]).get(0, [])


def alike_people(work: Work, people: Sequence[NewPerson]) -> dict[int, list[Likeness]]:
    """The same of many, by their places; those whom nobody is like are left out."""
    return _alike(work, [_asked(person) for person in people])


def alike_to(work: Work, person_id: int) -> list[Likeness]:
    """Who may be the same as somebody in the register; not those who were told apart."""
    faces = list(_faces(work, _face().where(Person.id == person_id)))
    low, high = Apart.low == person_id, Apart.high == person_id
    query = select(Apart.low, Apart.high).where(low | high)
    known = {key for row in work.session.execute(query) for key in row}
    found = _alike(work, faces).get(0, [])
    return [one for one in found if one.seen.id not in known]


def _alike(work: Work, asked: Sequence[Face]) -> dict[int, list[Likeness]]:
    faces = _near(work, asked)
    crowd = crowds(work, {face.phone for face in asked} - {""})
    crowd |= _crowded_numbers(faces.values())
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for face in faces.values():
        for key in (*_numbers(face), ("name", face.folded)):
            groups[key].append(face.id)
    found: dict[int, list[tuple[int, tuple[Sign, ...]]]] = {}
    for at, one in enumerate(asked):
        keys = (*_numbers(one), ("name", one.folded))
        near = {key for mark in keys for key in groups.get(mark, ())} - {one.id}
        told = [(key, signs(one, faces[key], crowd)) for key in sorted(near)]
        if why := [(key, reasons) for key, reasons in told if reasons]:
            found[at] = sorted(why, key=lambda pair: _strength(pair[1]))[:MOST_ALIKE]
    shown = _seen(work, {key for rows in found.values() for key, _why in rows})
    return {at: [Likeness(shown[key], why) for key, why in rows] for at, rows in found.items()}


def _crowded_numbers(faces: Iterable[Face]) -> set[str]:
    counted = Counter(n for f in faces for n in {*f.numbers, f.passport, f.insurance})
    return {number for number, n in counted.items() if n > CROWD}


def _asked(person: NewPerson) -> Face:
    return Face(
        0,
        fold(person.name),
        given(sort_key(person.name)),
        person.dob[:YEAR],
        person.commune_code,
        person.phone,
        (person.id_no, person.old_id_no),
        person.passport_no,
        person.insurance_no,
    )


def _near(work: Work, asked: Sequence[Face]) -> dict[int, Face]:
    """The entries that share a name or any number with one of these."""
    own = {number for face in asked for number in face.numbers}
    values = {
        Person.folded: {face.folded for face in asked},
        Person.id_no: own,
        Person.old_id_no: own,
        Person.phone: {face.phone for face in asked},
        Person.passport_no: {face.passport for face in asked},
        Person.insurance_no: {face.insurance for face in asked},
    }
    found: dict[int, Face] = {}
    for column, wanted in values.items():
        found |= _with(work, column, wanted - {""})
    return found


def _seen(work: Work, ids: Collection[int]) -> dict[int, Seen]:
    """What lists show of these entries; recorded as seen."""
    query = select(*(getattr(Person, name) for name in Seen.__struct_fields__))
    found: dict[int, Seen] = {}
    for part in bulk.chunks(sorted(ids)):
        rows = work.session.execute(query.where(Person.id.in_(part)))
        found |= {row[0]: Seen(*row) for row in rows}
    work.saw(Person.__tablename__, sorted(found))
    return found
