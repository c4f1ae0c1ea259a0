"""Vaccines that not everybody may be given: the greatest age, answers that rule one out."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from admin_suite.db.dated import RuleVersion
from admin_suite.excel.importer import read_file
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, service
from modules.vaccination.codes import Screened
from modules.vaccination.queries.regimen import regimen, unfit
from modules.vaccination.rules.verdicts import Given, judge
from modules.vaccination.service import NewRegistration, NewScreening, NewSession
from modules.vaccination.service.rules import begin
from modules.vaccination.sheets import REGISTRATIONS

BIRTHS = [
    *("1954", "1955", "1956", "1955-09", "1955-10", "1955-11", "1955-09-29", "1955-09-30"),
    *("1955-10-01", "1956-02-29", "1956-02-28", "1956-03-01", "1980", ""),
]


@pytest.mark.parametrize("on", [date(2021, 9, 30), date(2022, 2, 28), date(2021, 12, 31)])
def test_whoever_is_surely_too_old_is_not_asked_and_a_dose_would_say_so(day, on):
    people = {}
    for at, born in enumerate(BIRTHS):
        known = NewPerson(f"Lý Thị {born or 'Không'}", born, phone=f"09120011{at:02d}")
        one = NewRegistration(known, 3)
        [key] = day.do(service.register, [one]).ids
        [row] = day.ask(queries.registrations.registration_rows, [key])
        people[row.person_id] = born
    day.later(days=(on - date(2021, 8, 20)).days)
    plan = NewSession(on, "Trạm Y tế xã Cam Cọn", "Abdala", 60, groups="3")
    asked = set(day.ask(queries.sessions.proposed, day.do(service.plan, plan)))
    rules = day.ask(regimen)
    for person, born in people.items():
        [one] = judge([Given(on, "Abdala")], born, on, rules)
        assert (person in asked) == (not one.doubtful), (born, one)


def test_a_list_says_of_whom_abdala_was_not_for_and_of_others_of_his_age_nothing(day, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(
        "Họ và tên,Năm sinh,Vắc xin mũi 1,Ngày tiêm mũi 1\n"
        "Lý Thị Già,1950,Abdala,02/11/2021\n"
        "Lý Thị Vừa,1970,Abdala,02/11/2021\n"
        "Lý Thị Khác,1950,AZ,02/11/2021\n",
        encoding="utf-8",
    )
    day.later(days=100)
    draft = read_file(REGISTRATIONS, file, day.ask(REGISTRATIONS.context))
    assert [(one.row, one.column) for one in draft.warnings if one.code == "OVER_AGE"] == [
        (2, "Ngày tiêm mũi 1")
    ]


def screened(day, product, *yes):
    plan = NewSession(date(2021, 9, 29), f"Trạm {product}", product, 60)
    session = day.do(service.plan, plan)
    visit = day.do(service.arrive, session, day.people[0], "UBND xã")
    day.do(service.admit, visit, NewScreening(yes))
    [steps] = [day.ask(queries.desk.steps, visit)]
    return steps.proposed


def test_sputnik_is_ruled_out_by_a_pregnancy_and_others_are_not(day):
    day.later(days=40)
    assert screened(day, "Sputnik V", "PREGNANT_LATE") is Screened.CONTRAINDICATED
    assert screened(day, "Comirnaty", "PREGNANT_LATE") is Screened.CAUTION
    assert day.ask(unfit, "Sputnik V", date(2021, 8, 9)) == ()


def test_an_older_database_gets_these_rules_too(day):
    def older(work):
        codes = ("vaccination.upper_age", "vaccination.unfit")
        work.session.execute(delete(RuleVersion).where(RuleVersion.code.in_(codes)))
        begin(work)
        begin(work)
        return work.session.scalars(
            select(RuleVersion.scope).where(RuleVersion.code.in_(codes))
        ).all()

    assert sorted(day.do(older)) == ["Abdala", "Sputnik V"]
