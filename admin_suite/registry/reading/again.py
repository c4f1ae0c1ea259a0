"""Whether a row of a corrected list means the same person as a row of the list before.

A name alone tells nobody, and a new name beside a new number is somebody else.
"""

from collections.abc import Hashable, Mapping, Sequence

from admin_suite.registry.names import fold

YEAR, DAY = 4, 10  # letters of a birth of which the year, or the day, is known


def person_keys(cells: Mapping[str, str]) -> list[Hashable | None]:
    """What tells a person within one list, the surest first; ``None`` where it says nothing."""
    name, dob = fold(cells.get("name", "")), cells.get("dob", "")
    phone, id_no = cells.get("phone", ""), cells.get("id_no", "")
    home = (cells.get("sex", ""), cells.get("commune_code", ""))
    telling = bool(phone) or len(dob) == DAY
    return [
        _key(name and id_no, "number", name, id_no),
        _key(name and dob and phone, "all", name, dob, phone),
        _key(name and dob, "birth", name, dob),
        _key(name and phone, "phone", name, phone),
        _key(id_no and dob, "renamed", id_no, dob[:YEAR]),
        _key(telling and dob, "spelled", name.split(" ")[0], dob, phone, id_no, *home),
    ]


def keys_within(cells: Mapping[str, str], matter: Sequence[str]) -> list[Hashable | None]:
    """The keys of a person, each first together with what the list is about (tube and hour)."""
    about = tuple(cells.get(name, "") for name in matter)
    found: list[Hashable | None] = []
    for key in person_keys(cells):
        found += [None if key is None else (key, about), key]
    name = fold(cells.get("name", ""))
    return [*found, _key(name, "matter", name, cells.get("sex", ""), about)]


def _key(says: object, *parts: Hashable) -> Hashable | None:
    return parts if says else None
