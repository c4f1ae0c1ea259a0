"""The Excel sheets of people and places."""

from admin_suite.core.i18n import N_
from admin_suite.excel.sheet import Column, Sheet
from admin_suite.registry import queries, service

PEOPLE = Sheet(
    name="people",
    title=N_("People"),
    kind=service.NewPerson,
    columns=(
        Column("name", N_("Full name"), ("Họ và tên", "Họ tên"), required=True),
        Column("dob", N_("Date of birth"), ("Ngày sinh", "Năm sinh"), required=True),
        Column("id_no", N_("Citizen number"), ("CCCD", "Số CCCD")),
    ),
    store=service.add_people,
    check=queries.wrong_people,
)
