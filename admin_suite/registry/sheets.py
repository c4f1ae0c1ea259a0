"""The Excel sheets of people and places."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict

from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.excel.identity import COLUMN, FIELD, identified
from admin_suite.excel.sheet import Afterwards, Field, Review, Sheet
from admin_suite.registry import circumstances, identity, queries, service
from admin_suite.registry.codes import Consent, Relation, Sex
from admin_suite.registry.people import further_phones
from admin_suite.registry.permissions import KEEP, SEE
from admin_suite.registry.queries import PersonRow
from admin_suite.registry.reading import same
from admin_suite.registry.reading.again import person_keys
from admin_suite.registry.reading.columns import PERSON_COLUMNS
from admin_suite.registry.reading.details import CIRCUMSTANCES, DETAILS, STILL_OTHERS, whole_people
from admin_suite.registry.reading.people import world


def _review(review: Review[service.NewPerson]) -> None:
    same.look_over(review, lambda one: one, lambda one: one.uid, lambda _item, whole: whole)


class WholePerson(PersonRow, frozen=True):
    """One person as the export of people carries him, with all that the register knows."""

    other_phones: str
    guardian_name: str
    phone_whose: str
    address_on: str
    former_addresses: str
    guardian: str
    guardian_relation: Relation | None
    phone_consent: Consent | None
    consent_on: str


def _rows(work: Work, where: Mapping[str, str]) -> list[WholePerson]:
    """Everybody; guardians first, so that another unit knows them when it reads of the others."""
    rows = whole(work, queries.described(work, where) if where else None)
    keepers = {row.guardian for row in rows}
    return sorted(rows, key=lambda row: row.uid not in keepers)


def _first(work: Work, most: int) -> list[WholePerson]:
    return whole(work, [row.id for row in identity.first_people(work, most)])


def whole(work: Work, ids: Sequence[int] | None) -> list[WholePerson]:
    """These people, or everybody, with all that the register knows of each."""
    rows = queries.people(work) if ids is None else queries.people_of(work, ids)
    more, names = further_phones(work, ids), circumstances.guardians(work, ids)
    around = circumstances.of_people(work, ids)
    return [
        WholePerson(
            **asdict(row),
            other_phones=more.get(row.id, ""),
            guardian_name=names.get(row.id, ""),
            **around[row.id]._asdict(),
        )
        for row in rows
    ]


PERSON_FIELDS = (
    Field("name", N_("Full name"), 24),
    Field("dob", N_("Date of birth"), 12),
    Field("sex", N_("Sex"), 8),
    Field("phone", N_("Telephone"), 13),
    Field("id_no", N_("Citizen number"), 15),
    Field("commune_code", N_("Commune code"), 10),
)

EXAMPLE: Mapping[str, Any] = {
    "name": "Nguyễn Văn An",
    "dob": "05/03/1985",
    "sex": Sex.M,
    "phone": "0912345678",
    "id_no": "010085001234",
    "address": "Thôn Bản Lầu, xã Điện Quan, huyện Bảo Yên",
}
EXAMPLE_DETAILS: Mapping[str, Any] = {
    "ethnic": "Tày",
    "occupation": "Giáo viên",
    "workplace": "Trường THCS Điện Quan",
    "household": "H02",
    "other_phones": "0388123456 (vợ)",
}

PEOPLE = Sheet(
    name=queries.PEOPLE_SHEET,
    title=N_("People"),
    kind=service.NewPerson,
    columns=(*PERSON_COLUMNS, *DETAILS, *CIRCUMSTANCES, COLUMN),
    items=lambda table: identified(table, whole_people(table)),
    review=_review,
    context=world,
    store=service.add_people,
    check=queries.wrong_people,
    advise=identity.unknown_guardians,
    rows=_rows,
    first=_first,
    permission=SEE,
    afterwards=Afterwards(
        permission=KEEP,
        keys=person_keys,
        check=queries.wrong_corrections,
        change=service.correct_people,
        withdraw=service.withdraw_people,
        by_uid=identity.people,
        links=("guardian", "guardian_relation"),
    ),
    fields=(
        *PERSON_FIELDS,
        Field("address", N_("Address"), 36),
        Field("insurance_no", N_("Insurance number"), 17),
        Field("dob_kind", N_("Birth known by"), 12),
        Field("old_id_no", N_("Older identity number"), 13),
        Field("passport_no", N_("Passport"), 12),
        Field("nationality", N_("Nationality"), 9),
        Field("ethnic", N_("Ethnic group"), 10),
        Field("occupation", N_("Occupation"), 16),
        Field("workplace", N_("Workplace"), 22),
        Field("household", N_("Household"), 9),
        Field("other_phones", N_("Further telephones"), 24),
        *(Field(c.field, c.heading, 16) for c in CIRCUMSTANCES[:3]),
        Field("guardian_name", N_("Guardian"), 22),
        *(Field(c.field, c.heading, 16) for c in CIRCUMSTANCES[3:]),
        FIELD,
    ),
    ignored=STILL_OTHERS,
    example={**EXAMPLE, **EXAMPLE_DETAILS},
)
