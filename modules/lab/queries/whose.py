"""Whose swab another laboratory's result is about, when its list does not say our number.

Every clue of a row is compared with every swab that it may mean; one that speaks against a swab
puts it out. What is left is taken only if it is one tube and surely it, proposed if it is one tube
and a person must say so, and counted otherwise. Nothing is guessed.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Select, String, func, select, type_coerce

from admin_suite.core.clock import shown
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.models import Person, Unit
from admin_suite.registry.names import fold
from admin_suite.registry.output_models import Export, Sent
from admin_suite.registry.queries import communes
from modules.lab.codes import Stage
from modules.lab.models import SamplingList, Specimen, Tube
from modules.lab.rules import DAY, grouped

SHEETS = ("lab.samples", "results.released")  # a row of either that was sent is a swab
WAITING = (Stage.EXPECTED, Stage.RECEIVED)
TONES = "\u0300\u0301\u0303\u0309\u0323"
YEAR, LONG = 4, 8  # letters: of a year; of a name in which one slip of the hand is likely


class Whose(NamedTuple):
    """What a list says of whose result a row is; every field may be empty.

    ``dob`` and ``collected_on`` are as FHIR writes them; ``code`` is what the sender's list calls
    the tube, ``mark`` a number that may be that or the other laboratory's own; ``row`` the line in
    the list that was sent; ``sender`` who sent it; ``nth`` the mere number of the line, which is
    the sender's if his list came back as it was.
    """

    name: str = ""
    dob: str = ""
    id_no: str = ""
    commune_code: str = ""
    collected_on: str = ""
    code: str = ""
    mark: str = ""
    row: str = ""
    sender: str = ""
    nth: str = ""

    @property
    def bare(self) -> bool:
        """Whether the row names nothing but its number."""
        return not (self.name or self.code or self.mark or self.row)


NOBODY = Whose()
Joined = Mapping[str, tuple[str, str]]
"""What a commune became and since which day, by its code."""


class Says(IntEnum):
    """What one clue says of one swab."""

    AGAINST = 0
    NOTHING = 1
    NEARLY = 2
    FOR = 3


class Swab(Struct, frozen=True):
    """A swab that a row may mean; ``rows`` are its lines in the lists that it stood in."""

    tube_id: int
    accession: str
    stage: Stage
    name: str
    dob: str
    id_no: str
    commune_code: str
    collected_at: str
    code: str
    sender: str
    list_id: int
    id: int
    person_id: int
    rows: frozenset[str] = frozenset()

    @property
    def said(self) -> str:
        """The swab in words: number of the tube, name, birth, day of collection."""
        day = shown(self.collected_at[:DAY])
        told = (grouped(self.accession), self.name, shown(self.dob), day)
        return ", ".join(part for part in told if part)


class Match(Struct, frozen=True):
    """What a row means: one tube, surely or to be confirmed; else how many tubes it may mean."""

    tubes: int
    swab: Swab | None = None
    sure: bool = False


def clues(whose: Whose, swab: Swab, became: Joined) -> dict[str, Says]:
    """What each clue of a row says of a swab; a pure question."""
    return {
        "name": _name(whose.name, swab.name),
        "dob": _partly(whose.dob, swab.dob),
        "number": _equal(whose.id_no, swab.id_no),
        "commune": _commune(whose.commune_code, swab.commune_code, swab.collected_at, became),
        "day": _partly(whose.collected_on[:DAY], swab.collected_at[:DAY]),
        "code": _equal(fold(whose.code), fold(swab.code)),
        "mark": Says.FOR if whose.mark and fold(whose.mark) == fold(swab.code) else Says.NOTHING,
        "row": _row(whose.row, swab.rows),
        "nth": Says.FOR if whose.bare and whose.nth in swab.rows else Says.NOTHING,
        "sender": Says.FOR if _is_sender(whose, swab) else Says.NOTHING,
    }


def told_by(found: Mapping[str, Says]) -> bool | None:
    """Whether the clues surely mean the swab; None if they do not mean it at all."""
    good = {name for name, says in found.items() if says is Says.FOR}
    if Says.AGAINST in found.values():
        return None
    if found["name"] is Says.NOTHING:
        return _told_namelessly(good)
    if found["name"] is Says.NEARLY:
        return False
    surely = bool(good & {"number", "code", "mark"})
    return surely or ("dob" in good and bool(good & {"commune", "day", "row"}))


def _told_namelessly(good: Collection[str]) -> bool | None:
    """The same of a row without a name: by a code of the tube and more, or by its line."""
    if {"code", "mark"}.isdisjoint(good):
        return None if {"row", "nth"}.isdisjoint(good) else False
    return not {"day", "sender", "dob"}.isdisjoint(good)


def chosen(whose: Whose, swabs: Iterable[Swab], became: Joined) -> Match:
    """What a row means among these swabs; a pure question.

    One that waits for its result comes before those that have one; then a person is asked.
    """
    found = [(swab, clues(whose, swab, became)) for swab in swabs]
    found = [one for one in found if told_by(one[1]) is not None]
    found.sort(key=lambda one: one[0].id)  # whichever was found first
    named = max((says["name"] for _swab, says in found), default=Says.NOTHING)
    meant: dict[int, tuple[Swab, bool]] = {}
    for swab, says in found:
        before = meant.get(swab.tube_id)
        if says["name"] is named:  # somebody called just so comes before who is called nearly so
            meant[swab.tube_id] = (swab, bool(told_by(says) or (before and before[1])))
    waiting = {tube: one for tube, one in meant.items() if one[0].stage in WAITING}
    left = _narrowed(whose, waiting or meant)
    if len(left) != 1:
        return Match(len(left))
    [(swab, sure)] = left.values()
    return Match(1, swab, sure and len(meant) == 1)


def _narrowed(
    whose: Whose, meant: Mapping[int, tuple[Swab, bool]]
) -> Mapping[int, tuple[Swab, bool]]:
    """Of several tubes those of the sender, and those on the line that the row has: to be asked."""
    left = meant
    for meets in (_is_sender, _is_on_line):
        if len(left) > 1:
            near = {tube: (one[0], False) for tube, one in left.items() if meets(whose, one[0])}
            left = near or left
    return left


def matches(work: Work, asked: Sequence[Whose]) -> list[Match]:
    """What each of these rows means; the swabs are looked up for all of them together."""
    found = [one for one in asked if one != NOBODY]
    if not found:
        return [Match(0) for _one in asked]
    became = {
        row.code: (row.became, row.valid_to.isoformat())
        for row in communes(work)
        if row.became and row.valid_to
    }
    swabs = _numbered(work, _named(work, found), found)
    by_name, by_code = _by(swabs, lambda one: fold(one.name)), _by(swabs, lambda one: one.code)
    made = []
    for whose in asked:
        coded = by_code.get(fold(whose.code or whose.mark), [])
        near = by_name.get(fold(whose.name), []) if whose.name else [] if coded else swabs
        match = chosen(whose, dict.fromkeys([*near, *coded]), became)
        made.append(match)
    made = _nearly(work, asked, made, became)
    work.saw(Person.__tablename__, sorted({one.swab.person_id for one in made if one.swab}))
    return made


def people_in(work: Work, tubes: Sequence[int]) -> dict[int, list[Swab]]:
    """Whose swabs are in each of these tubes."""
    if not tubes:
        return {}
    query = _swabs().where(bulk.among(work, Specimen.tube_id, tubes))
    swabs = [Swab(*row) for row in work.session.execute(query)]
    work.saw(Person.__tablename__, sorted({swab.person_id for swab in swabs}))
    found: dict[int, list[Swab]] = {}
    for swab in swabs:
        found.setdefault(swab.tube_id, []).append(swab)
    return found


def of_people(whose: Whose, inside: Sequence[Swab]) -> Swab | bool:
    """Whether a tube of a known number holds what a row names; the swab if only nearly so.

    Only the person is compared: the other laboratory may well write another day or place.
    """
    nearly: Swab | bool = False
    for swab in inside:
        found = clues(whose, swab, {})
        person = [found[name] for name in ("name", "dob", "number")]
        if Says.AGAINST not in person:
            if Says.NEARLY not in person:
                return True
            nearly = swab
    return nearly


def _named(work: Work, asked: Sequence[Whose]) -> list[Swab]:
    """Swabs of people of these names, and of tubes of these codes."""
    names = {fold(one.name) for one in asked if one.name}
    codes = {text.lower() for one in asked for text in (one.code, one.mark) if text}
    query, found = _swabs(), dict[Swab, None]()
    if names:
        rows = work.session.execute(query.where(bulk.among(work, Person.folded, names)))
        found |= dict.fromkeys(Swab(*row) for row in rows)
    if codes:
        coded = type_coerce(func.lower(Tube.code), String)
        rows = work.session.execute(query.where(bulk.among(work, coded, codes)))
        found |= dict.fromkeys(Swab(*row) for row in rows)
    if any((one.row or one.nth) and not (one.name or one.code or one.mark) for one in asked):
        rows = work.session.execute(query.where(Tube.stage.in_(WAITING)))
        found |= dict.fromkeys(Swab(*row) for row in rows)
    return list(found)


def _nearly(work: Work, asked: Sequence[Whose], made: list[Match], became: Joined) -> list[Match]:
    """Rows that mean nobody by the name as written: the waiting swabs of people born that year."""
    lost = [at for at, match in enumerate(made) if not match.tubes and asked[at].name]
    years = {asked[at].dob[:YEAR] for at in lost} - {""}
    if not years:
        return made
    query = _swabs().where(Tube.stage.in_(WAITING))
    born = type_coerce(func.substr(Person.dob, 1, YEAR), String)
    query = query.where(bulk.among(work, born, years))
    swabs = [Swab(*row) for row in work.session.execute(query)]
    near = _by(_numbered(work, swabs, asked), lambda one: one.dob[:YEAR])
    for at in lost:
        made[at] = chosen(asked[at], near.get(asked[at].dob[:YEAR], []), became)
    return made


def _numbered(work: Work, swabs: Sequence[Swab], asked: Sequence[Whose]) -> list[Swab]:
    """The swabs with their lines: in the sender's list, and in lists of ours that left."""
    if not any(one.row or one.nth for one in asked):
        return list(swabs)
    rows: dict[int, set[str]] = {swab.id: set() for swab in swabs}
    own = select(Tube.list_id, Specimen.id).join(Tube, Tube.id == Specimen.tube_id)
    own = own.where(bulk.among(work, Tube.list_id, {swab.list_id for swab in swabs}))
    _count(rows, work.session.execute(own.order_by(Tube.list_id, Specimen.row, Specimen.id)))
    within = select(Sent.export_id).where(bulk.among(work, Sent.record_id, rows))
    left = select(Sent.export_id, Sent.record_id).join(Export, Export.id == Sent.export_id)
    left = left.where(Export.sheet.in_(SHEETS), Sent.export_id.in_(within))
    _count(rows, work.session.execute(left.order_by(Sent.export_id, Sent.id)))
    return [replace(swab, rows=frozenset(rows[swab.id])) for swab in swabs]


def _count(rows: dict[int, set[str]], lines: Iterable[Any]) -> None:
    for _key, members in groupby(lines, itemgetter(0)):
        for number, (_list, swab) in enumerate(members, start=1):
            if swab in rows:
                rows[swab].add(str(number))


def _swabs() -> Select[Any]:
    return (
        select(
            Tube.id,
            Tube.accession,
            Tube.stage,
            Person.name,
            Person.dob,
            Person.id_no,
            Person.commune_code,
            Specimen.collected_at,
            func.lower(func.coalesce(Tube.code, "")),
            Unit.folded,
            Tube.list_id,
            Specimen.id,
            Person.id,
        )
        .select_from(Specimen)
        .join(Tube, Tube.id == Specimen.tube_id)
        .join(SamplingList, SamplingList.id == Tube.list_id)
        .join(Unit, Unit.id == SamplingList.sender_id)
        .join(Person, Person.id == Specimen.person_id)
    )


def _by(swabs: Iterable[Swab], key: Any) -> dict[str, list[Swab]]:
    found: dict[str, list[Swab]] = {}
    for swab in swabs:
        found.setdefault(fold(key(swab)), []).append(swab)
    return found


def _equal(one: str, other: str) -> Says:
    if not one or not other:
        return Says.NOTHING
    return Says.FOR if one == other else Says.AGAINST


def _partly(one: str, other: str) -> Says:
    """Two days, each as precise as it was told."""
    if not one or not other:
        return Says.NOTHING
    return Says.FOR if one.startswith(other) or other.startswith(one) else Says.AGAINST


def _commune(one: str, other: str, day: str, became: Joined) -> Says:
    """A commune that was joined with others by that day may be the one that it became."""
    same = _equal(one, other)
    pairs = ((became.get(one), other), (became.get(other), one))
    may_be = any(found and found[0] == into and found[1] <= day for found, into in pairs)
    return Says.NOTHING if same is Says.AGAINST and may_be else same


def _row(row: str, rows: Collection[str]) -> Says:
    if not row or not rows:
        return Says.NOTHING
    return Says.FOR if row in rows else Says.AGAINST


def _is_on_line(whose: Whose, swab: Swab) -> bool:
    return bool(whose.nth) and whose.nth in swab.rows


def _is_sender(whose: Whose, swab: Swab) -> bool:
    return bool(whose.sender) and fold(whose.sender) == swab.sender


def _name(one: str, other: str) -> Says:
    """The same name; nearly, if a mark or a letter is wrong or a word is missing in the middle.

    A list without any marks is taken at its letters: ``HOA`` may be Hoa and Hòa.
    """
    if not one:
        return Says.NOTHING
    plain, meant = fold(one), fold(other)
    if plain == meant:
        bare = one.isascii() or other.isascii()
        return Says.FOR if bare or _marked(one) == _marked(other) else Says.NEARLY
    return Says.NEARLY if _near(plain, meant) else Says.AGAINST


def _marked(name: str) -> list[tuple[str, str]]:
    """A name word by word, each with its tone, wherever in the word that is written."""
    words = unicodedata.normalize("NFD", name.casefold()).split()
    return [
        (
            "".join(letter for letter in word if letter not in TONES),
            "".join(letter for letter in word if letter in TONES),
        )
        for word in words
    ]


def _near(one: str, other: str) -> bool:
    """Whether a word was left out in the middle or moved, or one letter is another."""
    mine, theirs = one.split(), other.split()
    short, long = sorted((mine, theirs), key=len)
    left_out = len(short) > 1 and set(short) <= set(long) and short[-1] == long[-1]
    near = sorted(mine) == sorted(theirs) or (left_out and short[0] == long[0])
    return near or _one_slip(one, other)


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was changed, left out, put in, or two were exchanged."""
    if min(len(one), len(other)) < LONG or abs(len(one) - len(other)) > 1:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    left, right = one[at:], other[at:]
    exchanged = left[:2] == right[1::-1] and left[2:] == right[2:]
    return exchanged or left[1:] == right[1:] or left[1:] == right or left == right[1:]
