"""The columns of a person that few lists have: older papers, work, household, telephones."""

import re
from collections import Counter
from typing import Any

from admin_suite.core.i18n import N_, _
from admin_suite.excel.grid import plain
from admin_suite.excel.identity import UID
from admin_suite.excel.sheet import About, Column, Noted, Table, Wrong, chosen
from admin_suite.excel.words import loose
from admin_suite.registry import phones
from admin_suite.registry.circumstances import CUT as FORMER_CUT
from admin_suite.registry.circumstances import Circumstances, former_lines
from admin_suite.registry.codes import Consent, DobKind, Relation, Whose
from admin_suite.registry.phones import NewPhone
from admin_suite.registry.reading import days, numbers
from admin_suite.registry.reading.columns import OTHERS, tidied
from admin_suite.registry.reading.people import people
from admin_suite.registry.service import NewPerson

HOME = {"viet nam", "vietnam", "vn", "vnm"}
COUNTRIES = {
    "lao": "LA",
    "trung quoc": "CN",
    "cam pu chia": "KH",
    "campuchia": "KH",
    "thai lan": "TH",
    "han quoc": "KR",
    "nhat ban": "JP",
    "nhat": "JP",
    "dai loan": "TW",
    "an do": "IN",
    "nga": "RU",
    "phap": "FR",
    "duc": "DE",
    "anh": "GB",
    "my": "US",
    "hoa ky": "US",
    "uc": "AU",
}
CODE = re.compile("[A-Za-z]{2}")


def nationality(cell: object, _about: About) -> object:
    """Two letters of ISO 3166; nothing for Viet Nam."""
    written = plain(cell)
    bare = loose(written)
    if bare in HOME:
        return ""
    if bare in COUNTRIES or CODE.fullmatch(written):
        return COUNTRIES.get(bare) or written.upper()
    said = _("“{cell}” is no country known here; write two letters such as LA or CN.")
    return Noted("", "NATIONALITY_UNKNOWN", said.format(cell=written))


def further(cell: object, about: About) -> object:
    """Further telephones as one text, each number as it is today."""
    found, lost = [], ""
    for piece in phones.PIECES.split(plain(cell)):
        number = numbers.phone(piece, about) if piece.strip() else ""
        if isinstance(number, str) and number:
            told = phones.read(f"{number} {phones.NUMBER.sub(' ', piece)}")
            found += told or [NewPhone(number, Whose.OTHER)]
        elif piece.strip():
            lost = piece.strip()
    text = phones.written(found)
    if lost:
        said = _("“{cell}” is not a telephone number and was left out.")
        return Noted(text, "PHONE_BAD", said.format(cell=lost))
    return text


DETAILS = (
    Column(
        "old_id_no",
        N_("Older identity number"),
        ("Số CMND cũ", "CMND cũ", "CMND 9 số", "Số CMND 9 số"),
        numbers.card,
        offered=False,
    ),
    Column(
        "passport_no",
        N_("Passport"),
        ("Số hộ chiếu", "Hộ chiếu số", "Passport No"),
        numbers.card,
        offered=False,
    ),
    Column(
        "nationality",
        N_("Nationality"),
        ("Quốc tịch", "Quốc gia"),
        nationality,
        note=N_("Two letters such as LA or CN; empty for Viet Nam."),
    ),
    Column("ethnic", N_("Ethnic group"), ("Dân tộc",), tidied),
    Column("occupation", N_("Occupation"), ("Nghề nghiệp", "Nghề"), tidied),
    Column(
        "workplace",
        N_("Workplace"),
        ("Đơn vị công tác", "Nơi làm việc", "Nơi công tác", "Cơ quan công tác"),
        tidied,
    ),
    Column(
        "household",
        N_("Household"),
        ("Mã hộ", "Số hộ", "Hộ", "Mã hộ gia đình"),
        tidied,
        note=N_("The same for all of one household; it means nothing outside this list."),
    ),
    Column(
        "other_phones",
        N_("Further telephones"),
        ("SĐT khác", "Số điện thoại khác", "SĐT người thân", "Điện thoại người thân"),
        further,
        note=N_("Several with a semicolon between, each with whose it is in brackets."),
    ),
)


def whose(cell: object, _about: About) -> str:
    """Whose the first telephone is, in the words of the language spoken."""
    return phones.about(NewPhone("", *phones.told_about(plain(cell))))


def day(cell: object, about: About) -> object:
    """A day as FHIR writes it."""
    found = days.moment(cell, about).day
    return found.isoformat() if found else None


def former(cell: object, _about: About) -> object:
    """Former addresses as an export writes them: ``2019-01-01/2021-08-12: Bản 1 (02959); …``."""
    written = plain(cell)
    if len(former_lines(written)) == len([one for one in FORMER_CUT.split(written) if one.strip()]):
        return written
    said = _("“{cell}” are not addresses with their days, as an export of people writes them.")
    raise Wrong("BAD_ADDRESSES", said.format(cell=written))


CIRCUMSTANCES = (
    Column("phone_whose", N_("Whose telephone"), (), whose, offered=False),
    Column("address_on", N_("Address as of"), (), day, offered=False),
    Column("former_addresses", N_("Former addresses"), (), former, offered=False),
    Column("guardian", N_("Record code of the guardian"), (), tidied, offered=False),
    Column(
        "guardian_relation",
        N_("Guardian is"),
        (),
        chosen(Relation),
        choices=Relation,
        offered=False,
    ),
    Column(
        "phone_consent",
        N_("Wants to be told by telephone"),
        (),
        chosen(Consent),
        choices=Consent,
        offered=False,
    ),
    Column("consent_on", N_("Said on"), (), day, offered=False),
)
FIELDS = tuple(column.field for column in DETAILS)
_READ = {loose(name) for column in DETAILS for name in column.aliases}
STILL_OTHERS = tuple(name for name in OTHERS if loose(name) not in _READ)


def whole_people(table: Table) -> list[NewPerson | None]:
    """The persons of a table with all that a list of people may say of them."""
    made, there = people(table), [name for name in FIELDS if table.has(name)]
    if table.has("age"):
        told = zip(table.column("dob", ""), table.column("age", ""), strict=True)
        counted = [DobKind.AGE if age and not dob else None for dob, age in told]
        made = [
            one._replace(dob_kind=kind) if one and kind else one
            for one, kind in zip(made, counted, strict=True)
        ]
    made = _with_circumstances(table, made)
    if not there:
        return made
    _say_unfilled(table)
    rows = zip(*(table.column(name, "") for name in there), strict=True)
    return [
        one._replace(**_joined(one, dict(zip(there, row, strict=True)))) if one else None
        for one, row in zip(made, rows, strict=True)
    ]


def _say_unfilled(table: Table) -> None:
    """Say which people stand below a household that is written only once, without one.

    Merged cells are filled in by the reader. Empty cells may mean the household above, or nobody's:
    only whoever made the list knows, so nothing is guessed.
    """
    if table.has(UID):  # an export: its empty cells are what was known
        return
    written = table.column("household", "")
    times, above, empty = Counter(written), "", 0
    for household in written:
        above = household or above
        empty += not household and bool(above) and times[above] == 1
    if empty:
        said = _(
            "{n} people without a household stand below one that is written only once. They are"
            " kept without; if they belong to it, write it in every row and bring the list in"
            " again."
        )
        table.say("HOUSEHOLD_EMPTY", said.format(n=empty))


def _joined(one: NewPerson, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a row; the telephones of relatives stand before the further ones."""
    if one.other_phones and "other_phones" in values:
        both = filter(None, (one.other_phones, values["other_phones"]))
        values["other_phones"] = "; ".join(both)
    return values


def _with_circumstances(table: Table, made: list[NewPerson | None]) -> list[NewPerson | None]:
    """The persons with what only an export of the register says."""
    there = [name for name in Circumstances._fields if table.has(name)]
    if not there:
        return made
    rows = zip(*(table.column(name) for name in there), strict=True)
    told = ({n: value for n, value in zip(there, row, strict=True) if value} for row in rows)
    return [
        one._replace(circumstances=one.circumstances._replace(**around)) if one else None
        for one, around in zip(made, told, strict=True)
    ]
