"""The sheets of declarations, of letterheads and of those who sign."""

from collections.abc import Callable
from typing import Any

from admin_suite.core.clock import shown
from admin_suite.core.i18n import N_, _
from admin_suite.excel.grid import plain
from admin_suite.excel.narrowing import narrowed
from admin_suite.excel.sheet import (
    About,
    Afterwards,
    Column,
    Field,
    Review,
    Sheet,
    Table,
    Wrong,
)
from admin_suite.excel.words import loose
from admin_suite.registry import declarations, declared, units
from admin_suite.registry.codes import Form, Sex
from admin_suite.registry.declared import NewDeclaration
from admin_suite.registry.permissions import DECLARE, SEE
from admin_suite.registry.reading import days, same
from admin_suite.registry.reading import declared as reading
from admin_suite.registry.reading.again import keys_within
from admin_suite.registry.reading.columns import OTHERS
from admin_suite.registry.reading.people import world
from admin_suite.registry.sheets import EXAMPLE, PERSON_FIELDS


def _review(review: Review[NewDeclaration]) -> None:
    same.look_over(
        review,
        lambda one: one.person,
        lambda one: one[1:],
        lambda one, whole: one._replace(person=whole),
    )


DECLARATION_FIELDS = (
    *PERSON_FIELDS,
    Field("address", N_("Address"), 36),
    *(
        Field(column.field, column.heading, 18, reading.SHOWN.get(column.field))
        for column in reading.DECLARED
    ),
    Field("uid", N_("Record code"), 38),
)
DECLARATIONS = Sheet(
    name="registry.declarations",
    title=N_("Health declarations"),
    kind=NewDeclaration,
    columns=reading.COLUMNS,
    items=reading.declarations,
    review=_review,
    context=world,
    store=declarations.declare,
    check=declared.wrong_declarations,
    rows=narrowed(declared.declarations, DECLARATION_FIELDS),
    permission=SEE,
    afterwards=Afterwards(
        permission=DECLARE,
        keys=lambda cells: keys_within(cells, ("declared_at",)),
        check=declared.wrong_declared,
        change=declarations.correct_declarations,
        withdraw=declarations.withdraw_declarations,
    ),
    fields=DECLARATION_FIELDS,
    ignored=tuple(name for name in OTHERS if name not in reading.TAKEN),
    example={
        **EXAMPLE,
        "sex": Sex.M,
        "declared_at": "07:30 13/08/2021",
        "symptoms": "sốt, ho",
        "onset": "12/08/2021",
        "places": "Chợ Phố Ràng (07:00 12/08/2021 - 09:00 12/08/2021)",
        "from_place": "Bắc Giang",
        "to_place": "Bảo Yên",
        "plate": "24B-001.23",
        "seat": "12",
    },
)


def _day(cell: object, about: About) -> object:
    found = days.moment(cell, about)
    if found.day is None:
        raise Wrong("NO_DATE", _("“{cell}” is not a day.").format(cell=cell))
    return found.day


def _form(cell: object, _about: About) -> Form:
    """The form of a signature as papers write it: ``KT.``, ``T/M``; else its code or word."""
    letters = loose(plain(cell)).replace(" ", "").upper()
    return Form.of(letters) if letters in set(Form) else Form.read(cell)


UNIT = Column("unit", N_("Unit"), ("Đơn vị",), note=N_("Empty: our own unit."))
SINCE = Column("valid_from", N_("Valid from"), ("Từ ngày", "Áp dụng từ"), _day, required=True)
NAMED = (
    Column("governing", N_("Governing body"), ("Cơ quan chủ quản", "Cấp trên")),
    Column("name", N_("Name on papers"), ("Tên trên văn bản", "Tên đơn vị")),
    Column("place", N_("Place on papers"), ("Địa danh",)),
    Column("head_name", N_("Name of the head"), ("Họ tên thủ trưởng", "Thủ trưởng")),
    Column("head_title", N_("Title of the head"), ("Chức vụ thủ trưởng",)),
    Column("phone", N_("Telephone"), ("Điện thoại", "SĐT")),
)
SIGNED = (
    Column("paper", N_("Which paper"), ("Văn bản",), note=N_("Such as results.list; empty: all.")),
    Column("form", N_("Form of signature"), ("Hình thức ký",), _form, choices=Form),
    Column("behalf", N_("Signed for"), ("Ký thay cho", "Thay mặt")),
    Column("title", N_("Title of the signatory"), ("Chức vụ người ký", "Chức vụ"), required=True),
    Column("name", N_("Name of the signatory"), ("Người ký", "Họ tên người ký")),
)


def _fields(*columns: Column) -> tuple[Field, ...]:
    show = {"valid_from": shown}
    return tuple(Field(c.field, c.heading, 20, show.get(c.field)) for c in columns)


def _made(kind: type[Any], *required: str) -> Callable[[Table], list[Any]]:
    """How the columns of a table become items: what is not written is as the item has it."""

    def items(table: Table) -> list[Any]:
        for name in required:
            for at, value in enumerate(table.column(name)):
                if value is None:
                    table.refuse(at, name, "NO_VALUE", _("A value is required."))
        names = [name for name in kind._fields if table.has(name)]
        rows = zip(*(table.column(name) for name in names), strict=True)
        given = (dict(zip(names, row, strict=True)) for row in rows)
        nothing = dict.fromkeys(required)
        return [
            kind(**nothing | {name: value for name, value in one.items() if value is not None})
            for one in given
        ]

    return items


LETTERHEADS = Sheet(
    name="registry.units",
    title=N_("Letterheads of units"),
    kind=units.NewLetterhead,
    columns=(UNIT, SINCE, *NAMED),
    items=_made(units.NewLetterhead, "valid_from"),
    store=units.set_letterheads,
    check=units.wrong_letterheads,
    rows=narrowed(units.faces, _fields(UNIT, SINCE, *NAMED)),
    permission=SEE,
    fields=_fields(UNIT, SINCE, *NAMED),
    ignored=("STT",),
    example={
        "unit": "",
        "valid_from": "01/07/2025",
        "governing": "Sở Y tế tỉnh Lào Cai",
        "name": "Trung tâm Y tế Bảo Yên",
        "place": "Bảo Yên",
        "head_name": "Nguyễn Văn An",
        "head_title": "Giám đốc",
    },
)
SIGNATORIES = Sheet(
    name="registry.signatories",
    title=N_("Who signs papers"),
    kind=units.NewSignatory,
    columns=(UNIT, SINCE, *SIGNED),
    items=_made(units.NewSignatory, "valid_from", "title"),
    store=units.set_signatories,
    check=units.wrong_signatories,
    rows=narrowed(units.signers, _fields(UNIT, SINCE, *SIGNED)),
    permission=SEE,
    fields=_fields(UNIT, SINCE, *SIGNED),
    ignored=("STT",),
    example={
        "unit": "",
        "valid_from": "01/07/2025",
        "paper": "results.list",
        "form": Form.KT,
        "behalf": "Giám đốc",
        "title": "Phó Giám đốc",
        "name": "Trần Thị Bình",
    },
)
