"""The columns of a person that few lists have: older papers, work, household, telephones."""

import re

from admin_suite.core.i18n import N_, _
from admin_suite.excel.grid import plain
from admin_suite.excel.sheet import About, Column, Noted, Table
from admin_suite.excel.words import loose
from admin_suite.registry import phones
from admin_suite.registry.codes import DobKind, Whose
from admin_suite.registry.phones import NewPhone
from admin_suite.registry.reading import numbers
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
    if not there:
        return made
    rows = zip(*(table.column(name, "") for name in there), strict=True)
    return [
        one._replace(**dict(zip(there, row, strict=True))) if one else None
        for one, row in zip(made, rows, strict=True)
    ]
