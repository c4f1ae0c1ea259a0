"""People known by the code that exports carry."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import func, select

from admin_suite.core.errors import Refusal
from admin_suite.core.i18n import _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry import circumstances
from admin_suite.registry.circumstances import Circumstances
from admin_suite.registry.models import Person
from admin_suite.registry.people import further_phones
from admin_suite.registry.queries import Described, PersonRow

CELLS = (
    "name",
    "dob",
    "sex",
    "phone",
    "id_no",
    "commune_code",
    "address",
    "insurance_no",
    "dob_kind",
    "old_id_no",
    "passport_no",
    "nationality",
    "ethnic",
    "occupation",
    "workplace",
    "household",
)


class Kept(Protocol):
    """Somebody with a record code and all that is known beside the usual fields."""

    @property
    def uid(self) -> str: ...  # noqa: D102
    @property
    def circumstances(self) -> Circumstances: ...  # noqa: D102


def people(work: Work, uids: Sequence[str]) -> dict[str, tuple[int, dict[str, str]]]:
    """Whoever has one of these codes: the id, and the fields that are known, as text."""
    keys = coded(work, uids)
    told: dict[int, dict[str, str]] = {}
    query = select(Person.id, *cells_of(Person))
    further = further_phones(work, list(keys.values()))
    around = circumstances.of_people(work, list(keys.values()))
    for part in bulk.chunks(list(keys.values())):
        for key, *values in work.session.execute(query.where(Person.id.in_(part))):
            more = {"other_phones": further[key]} if key in further else {}
            said = around[key]._asdict().items()
            more |= {name: str(value) for name, value in said if value}
            told[key] = as_cells(values) | more
    work.saw(Person.__tablename__, sorted(told))
    return {uid: (key, told[key]) for uid, key in keys.items() if key in told}


def first_people(work: Work, most: int) -> list[PersonRow]:
    """A few people, for a preview."""
    columns = [getattr(Person, name) for name in PersonRow.__struct_fields__]
    rows = work.session.execute(select(*columns).order_by(Person.id.desc()).limit(most))
    found = [PersonRow(*row) for row in rows]
    work.saw(Person.__tablename__, sorted(row.id for row in found))
    return found


def known(
    work: Work, people: Sequence[Described], alike: Sequence[int | None]
) -> Sequence[int | None]:
    """Who of these is in the register by the code; the others as ``alike`` says."""
    codes = [person.uid for person in people if person.uid]
    if not codes:
        return alike
    there = coded(work, codes)
    return [there.get(one.uid, key) for one, key in zip(people, alike, strict=True)]


def unknown_guardians(work: Work, people: Sequence[Kept]) -> list[Refusal]:
    """Whose guardian is known by no code, neither in the register nor among these people."""
    codes = [one.circumstances.guardian for one in people]
    away = {code for code in codes if code} - {one.uid for one in people}
    if not away:
        return []
    said = _(
        "Nobody has the record code of the guardian; the person is entered without one. "
        "Import whoever looks after this person as well."
    )
    missing = away - coded(work, sorted(away)).keys()
    return [Refusal(at, "guardian", said) for at, code in enumerate(codes) if code in missing]


def coded(work: Work, uids: Sequence[str]) -> dict[str, int]:
    """Whose codes these are; an entry that was made one with another stands for that one."""
    c, found = Person.__table__.c, dict[str, int]()
    query = select(c.uid, func.coalesce(c.merged_into, c.id))
    query = query.where(c.voided_at.is_(None) | c.merged_into.is_not(None))
    for part in bulk.chunks(uids):
        found |= {row[0]: row[1] for row in work.session.execute(query.where(c.uid.in_(part)))}
    return found


def cells_of(model: Any) -> list[Any]:
    """The columns of a person that a list may write."""
    return [getattr(model, name) for name in CELLS]


def as_cells(values: Sequence[Any]) -> dict[str, str]:
    """The values of these columns as a list tells them: by field, without empty ones."""
    pairs = zip(CELLS, values, strict=True)
    return {name: str(value) for name, value in pairs if value not in (None, "")}
