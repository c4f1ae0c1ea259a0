"""What a register of people knows beside what lists ask: whose telephone, since when, guardian.

Exports carry it as text, field by field, and it comes back from them as it was.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Consent, Relation, Whose
from admin_suite.registry.models import Address, Person, Phone
from admin_suite.registry.phones import NewPhone, about, told_about

FORMER = re.compile(r"([\d\-]*)/([\d\-]*): ?(.*?)(?: \((\d{5})\))?")
CUT = re.compile(r"[;\n]+")


class Circumstances(NamedTuple):
    """What is known beside the usual fields; days are FHIR dates.

    ``phone_whose`` says whose the first telephone is; ``address_on`` the day of the address,
    ``former_addresses`` those before it, each with its span as ISO 8601 writes it; ``guardian`` is
    the record code of whoever looks after the person.
    """

    phone_whose: str = ""
    address_on: str = ""
    former_addresses: str = ""
    guardian: str = ""
    guardian_relation: Relation | None = None
    phone_consent: Consent | None = None
    consent_on: str = ""


USUAL = Circumstances()


def of_people(work: Work, ids: Sequence[int] | None) -> dict[int, Circumstances]:
    """The circumstances of these people, or of everybody."""
    keeper = aliased(Person)
    columns = (Person.address_on, keeper.uid, Person.guardian_relation)
    query = select(Person.id, *columns, Person.phone_consent, Person.consent_on)
    query = query.outerjoin(keeper, keeper.id == Person.guardian_id)
    if ids is not None:
        query = query.where(bulk.among(work, Person.id, ids))
    phones, former = _first_phones(work, ids), _former(work, ids)
    return {
        key: Circumstances(
            phones.get(key, ""),
            since,
            former.get(key, ""),
            guardian or "",
            relation,
            consent,
            day.isoformat() if day else "",
        )
        for key, since, guardian, relation, consent, day in work.session.execute(query)
    }


def guardians(work: Work, ids: Sequence[int] | None) -> dict[int, str]:
    """The names of those who look after these people, or after anybody."""
    keeper = aliased(Person)
    query = select(Person.id, keeper.name, keeper.id).join(keeper, keeper.id == Person.guardian_id)
    if ids is not None:
        query = query.where(bulk.among(work, Person.id, ids))
    rows = work.session.execute(query).all()
    work.saw(Person.__tablename__, sorted({row[2] for row in rows}))
    return {row[0]: row[1] for row in rows}


def _first_phones(work: Work, ids: Sequence[int] | None) -> dict[int, str]:
    query = select(Phone.person_id, Phone.number, Phone.whose, Phone.note)
    query = query.where(Phone.position == 0)
    if ids is not None:
        query = query.where(bulk.among(work, Phone.person_id, ids))
    return {row[0]: about(NewPhone(*row[1:])) for row in work.session.execute(query)}


def _former(work: Work, ids: Sequence[int] | None) -> dict[int, str]:
    query = select(Address).order_by(Address.person_id, Address.id)
    if ids is not None:
        query = query.where(bulk.among(work, Address.person_id, ids))
    found: dict[int, list[str]] = {}
    for one in work.session.scalars(query):
        where = " ".join(CUT.split(one.address))
        code = f" ({one.commune_code})" if one.commune_code else ""
        found.setdefault(one.person_id, []).append(f"{one.since}/{one.until}: {where}{code}")
    return {key: "; ".join(lines) for key, lines in found.items()}


def former_lines(text: str) -> list[tuple[str, str, str, str]]:
    """The addresses of a text: since, until, address, commune; what is none is left out."""
    lines = (FORMER.fullmatch(line.strip()) for line in CUT.split(text))
    return [(one[1], one[2], one[3], one[4] or "") for one in lines if one]


def first_phone(number: str, whose: str) -> NewPhone:
    """The first telephone with what is said of whose it is."""
    return NewPhone(number, *told_about(whose)) if whose else NewPhone(number, Whose.SELF)
