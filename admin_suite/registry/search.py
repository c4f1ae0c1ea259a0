"""Finding people while their name is typed: words in any order, each perhaps only begun.

The index is a plain table of the words of all names. The rarest word typed tells where to walk in
it, the others are looked for in the names met there, and the walk ends at the first screenful.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, TextClause, event, inspect, text

from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.cards import Card
from admin_suite.registry.models import WORDS, Person
from admin_suite.registry.names import fold

LAST = "\U0010ffff"  # after every letter
COMMON = 2_000  # a word of so many names is common; more is not counted
NAMES = 60  # a name stands in the index once for each of its words that begins so
FIRST = "ORDER BY word LIMIT"  # or PostgreSQL collects every row before it counts off a few
IN_TEXT = {"sqlite": "instr", "postgresql": "strpos"}
# PostgreSQL finds the names first and then, by the index, people; with IN it may read all people
AMONG = {"sqlite": "IN ({})", "postgresql": "= ANY(ARRAY({}))"}

# Somebody still has this name: not taken back, not corrected. As a value and not with EXISTS, or
# PostgreSQL may join all people before it counts off a few.
BORNE = (
    "(SELECT 1 FROM registry_person AS bearer WHERE bearer.folded = substr(spaced, 2) "
    "AND (bearer.voided_at IS NULL OR bearer.merged_into IS NOT NULL) LIMIT 1) = 1"
)

Row = tuple[int, str, str, int | None]  # id, name, date of birth, with whom made one

SEEN = "(voided_at IS NULL OR merged_into IS NOT NULL)"
PEOPLE = "SELECT id, name, dob, merged_into FROM registry_person"
BEGINNING = text(
    f"{PEOPLE} WHERE folded >= :start AND folded < :end AND {SEEN} ORDER BY folded LIMIT :most"
)
WITHIN = "(dob >= :start AND dob < :end OR dob IN (:month, :year))"
OTHER = "(:number <> '' AND length(id_no) = 12 AND id_no <> :number)"
LIKELY = text(
    f"{PEOPLE} WHERE folded = :folded AND {WITHIN} AND NOT {OTHER} AND {SEEN} LIMIT :most"
)
OWN_NUMBERS = ("id_no", "old_id_no", "passport_no", "insurance_no", "phone")
OTHERS_TOO = "SELECT person_id FROM registry_phone WHERE number = :number AND voided_at IS NULL"
WITH_NUMBER = [f"{name} = :number AND {name} <> ''" for name in OWN_NUMBERS]
EITHER = [f"{PEOPLE} WHERE {one} AND {SEEN}" for one in (*WITH_NUMBER, f"id IN ({OTHERS_TOO})")]
NUMBERED = text(f"{' UNION '.join(EITHER)} ORDER BY 2, 1 LIMIT :most")


def remember(connection: Connection, names: Iterable[str]) -> None:
    """Enter the words of folded names into the index; for whoever adds or corrects many people."""
    rows = {(word, f" {name}") for name in set(names) for word in name.split()}
    bulk.ensure_rows(connection, WORDS, rows)


def named(work: Work, typed: str, most: int) -> list[Row]:
    """People whose name begins as typed, then those whose name has the words in any order."""
    whole = fold(typed)
    found = _rows(work, BEGINNING, {"start": whole, "end": whole + LAST, "most": most})
    if len(found) < most and whole:
        known = {row[0] for row in found}
        found += [row for row in _anywhere(work, whole, most) if row[0] not in known]
    return found[:most]


def numbered(work: Work, numbers: Sequence[str], most: int) -> list[Row]:
    """People to whom one of these numbers belongs: of a card, a passport, a telephone."""
    found: dict[int, Row] = {}
    for number in dict.fromkeys(numbers):
        rows = _rows(work, NUMBERED, {"number": number, "most": most})
        found |= {row[0]: row for row in rows}
    return list(found.values())[:most]


def of_card(work: Work, card: Card, most: int) -> tuple[list[Row], bool]:
    """Whose card it is, by its numbers, and whether that is certain.

    Where no citizen number finds anybody, people of that name and birth are suggested, but nobody
    who has another citizen number.
    """
    numbers = [number for number in (card.id_no, card.old_id_no) if number]
    rows = numbered(work, numbers, most) if card.id_no else []
    if rows:
        return rows, True
    rows = numbered(work, [card.insurance_no], most) if card.insurance_no else []
    return rows + _named_so(work, card, most), False


def _named_so(work: Work, card: Card, most: int) -> list[Row]:
    """People of the name on a card, born when it says, as far as either says it."""
    if card.damaged or not card.dob:
        return []
    start, month, year = card.dob, card.dob[:7], card.dob[:4]
    given = {"start": start, "end": start + LAST, "month": month, "year": year, "most": most}
    return _rows(work, LIKELY, given | {"folded": fold(card.name), "number": card.id_no})


def _anywhere(work: Work, whole: str, most: int) -> list[Row]:
    words = list(dict.fromkeys(whole.split()))
    rarest = _rarest(work, words)
    others = sorted((f" {word}" for word in words if word != rarest), key=len, reverse=True)
    given = _between("", rarest) | {f"other{at}": word for at, word in enumerate(others)}
    dialect = work.session.get_bind().dialect.name
    rows = _rows(work, _walk(len(others), dialect), given | {"most": most})
    return sorted(rows, key=lambda row: fold(row[1]))


def _rarest(work: Work, words: list[str]) -> str:
    """The word that the fewest names have; the longest of those that are common."""
    if len(words) == 1:
        return words[0]
    given = [_between(str(at), word) for at, word in enumerate(words)]
    asked = {name: value for pair in given for name, value in pair.items()}
    counts = work.session.execute(_counting(len(words)), asked).one()
    return min(zip(counts, words, strict=True), key=lambda pair: (pair[0], -len(pair[1])))[1]


def _between(mark: str, word: str) -> dict[str, str]:
    return {f"start{mark}": word, f"end{mark}": word + LAST}


@cache
def _counting(words: int) -> TextClause:
    parts = [
        f"(SELECT count(*) FROM (SELECT 1 FROM registry_word "  # noqa: S608
        f"WHERE word >= :start{at} AND word < :end{at} {FIRST} {COMMON}) AS some{at})"
        for at in range(words)
    ]
    return text(f"SELECT {', '.join(parts)}")


@cache
def _walk(others: int, dialect: str) -> TextClause:
    more = "".join(f" AND {IN_TEXT[dialect]}(spaced, :other{at}) > 0" for at in range(others))
    begun = "word >= :start AND word < :end"
    names = f"SELECT substr(spaced, 2) FROM registry_word WHERE {begun}{more} AND {BORNE}"  # noqa: S608
    people = f"{PEOPLE} WHERE folded {AMONG[dialect].format(f'{names} {FIRST} {NAMES}')}"
    return text(f"{people} AND {SEEN} LIMIT :most")


def _rows(work: Work, query: TextClause, given: dict[str, Any]) -> list[Row]:
    return [(row[0], row[1], row[2], row[3]) for row in work.session.execute(query, given)]


def _keep_up(_mapper: object, connection: Connection, person: Person) -> None:
    """Whoever is added or corrected one at a time cannot forget the index."""
    if inspect(person).attrs.folded.history.has_changes():
        remember(connection, [person.folded])


for moment in ("after_insert", "after_update"):
    event.listen(Person, moment, _keep_up)
