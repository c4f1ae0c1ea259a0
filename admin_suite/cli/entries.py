"""The commands about entries of people: one person's card, who may be entered twice, merging."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict

from admin_suite.cli.desk import Desk
from admin_suite.core.clock import shown
from admin_suite.core.codes import Code
from admin_suite.module import Happening
from admin_suite.registry import duplicates, merging, people
from admin_suite.registry.duplicates import Seen
from admin_suite.registry.permissions import SEE


def card(desk: Desk) -> dict[str, Any]:
    """One person's card with the timeline."""
    with desk.suite() as suite:
        with suite.database.read(suite.actor) as work:
            work.require(SEE)
            found = people.person_card(work, desk.options.id)
            timeline = suite.timeline(work, found.person.id)
        suite.database.record_views(suite.actor, work.views)
    rest = {
        name: value for name, value in asdict(found).items() if name not in {"person", "phones"}
    }
    if desk.options.json:
        phones = [phone._asdict() for phone in found.phones]
        return {"person": found.person, "phones": phones, **rest, "timeline": timeline}
    told = {name: _word(value) for name, value in {**asdict(found.person), **rest}.items() if value}
    numbers = [phone._asdict() | {"whose": phone.whose.word} for phone in found.phones]
    return {**told, "phones": numbers, "timeline": timeline}


def trace(desk: Desk) -> Sequence[Happening]:
    """The way of one thing, as far as whoever asks may know it."""
    with desk.suite() as suite, suite.database.read(suite.actor) as work:
        return suite.trace(work, desk.options.subject, desk.options.id)


def _word(value: Any) -> Any:
    return value.word if isinstance(value, Code) else value


def list_alike(desk: Desk) -> Sequence[Mapping[str, Any]]:
    """Who may be in the register twice: all pairs, or who is like one person."""
    with desk.read() as work:
        work.require(SEE)
        if desk.options.id is not None:
            alike = duplicates.alike_to(work, desk.options.id)
            return [{"id": one.seen.id, **_seen(one.seen), "why": one.reasons} for one in alike]
        pairs = duplicates.likely_duplicates(work, desk.options.imported, desk.options.most)
        return [_pair(desk, pair) for pair in pairs]


def _pair(desk: Desk, pair: duplicates.Pair) -> dict[str, Any]:
    if desk.options.json:
        signs = list(pair.signs)
        both = {"one": asdict(pair.one), "other": asdict(pair.other)}
        return both | {"signs": signs, "why": pair.reasons}
    one, other = _seen(pair.one), _seen(pair.other)
    return {
        "one": pair.one.id,
        "other": pair.other.id,
        "name": _both(one["name"], other["name"]),
        "dob": _both(one["dob"], other["dob"]),
        "why": pair.reasons,
    }


def _both(one: str, other: str) -> str:
    return one if one == other else f"{one} / {other}"


def _seen(seen: Seen) -> dict[str, str]:
    return {"name": seen.name, "dob": shown(seen.dob), "phone": seen.phone, "id_no": seen.id_no}


def merge(desk: Desk) -> dict[str, Any]:
    """Make two entries one."""
    options = desk.options
    with desk.work() as work:
        number = merging.merge_people(work, options.keep, options.gone, options.reason)
        row = people.merges(work, options.keep)[0]
        differs = [
            {"field": name, "kept": kept, "other": other}
            for name, (kept, other) in row.differs.items()
        ]
    return {"merge": number, "kept": options.keep, "gone": options.gone, "differs": differs}


def unmerge(desk: Desk) -> dict[str, Any]:
    """Take apart what was made one."""
    with desk.work() as work:
        merging.unmerge_people(work, desk.options.number)
    return {"merge": desk.options.number, "taken_back": True}


def tell_apart(desk: Desk) -> dict[str, Any]:
    """Say that two entries which look alike are two people."""
    with desk.work() as work:
        merging.tell_apart(work, desk.options.one, desk.options.other)
    return {"one": desk.options.one, "other": desk.options.other, "apart": True}


def list_merges(desk: Desk) -> Sequence[people.MergeRow]:
    """The merges in force."""
    with desk.read() as work:
        work.require(SEE)
        return people.merges(work)
