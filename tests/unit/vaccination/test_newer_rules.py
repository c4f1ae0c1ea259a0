"""Rules and vaccines that a newer program brings to a database that was there before."""

from datetime import date

import pytest
from sqlalchemy import delete, or_, select

from admin_suite.core.errors import UserError
from admin_suite.db.dated import RuleVersion
from admin_suite.registry.service import NewPerson
from modules.vaccination import queries, service
from modules.vaccination.codes import Standing
from modules.vaccination.queries.regimen import PRODUCTS, products, regimen
from modules.vaccination.rules.regimen import Product
from modules.vaccination.service import NewReceipt, NewRegistration, NewSession
from modules.vaccination.service.rules import begin

NEW = ("Sputnik V", "Janssen", "Hayat-Vax", "Abdala")


def as_before(work):
    """Take out what the earlier program did not ship."""
    later = or_(
        RuleVersion.scope.in_(NEW),
        RuleVersion.code == "vaccination.additional",
        RuleVersion.valid_from == date(2021, 12, 17),
    )
    work.session.execute(delete(RuleVersion).where(later))


def test_an_older_database_gets_them_once_and_keeps_what_was_decided_there(day):
    own = Product("Janssen", ("jj",), 1, 5, "0,5", 6, 0, "2021-07-15")

    def older(work):
        as_before(work)
        PRODUCTS.add(work, date(2021, 9, 17), "CV 12/TTYT", own, "Janssen")
        begin(work)
        begin(work)

    day.do(older)
    assert not set(NEW) & set(day.ask(products))
    day.later(days=30)
    known = day.ask(products)
    assert set(NEW) < set(known)
    assert known["Janssen"] == own
    found = day.ask(lambda work: work.session.scalars(select(RuleVersion.scope)).all())
    assert found.count("Janssen") == 2  # the product as it was decided, and the least age
    assert day.ask(regimen).additional


def test_who_is_due_by_a_rule_that_came_is_forecast_anew(day):
    given = {"product1": "BBIBP-CorV", "on1": "2022-03-01"}
    given |= {"product2": "BBIBP-CorV", "on2": "2022-04-01"}
    day.later(days=260)  # 7 May 2022: five weeks after the second dose
    day.do(as_before)
    day.do(service.register, [NewRegistration(NewPerson("Lý Văn Đủ", "1980"), **given)])
    before = day.ask(queries.due.due_counts)
    day.do(begin)
    after = day.ask(queries.due.due_counts)
    assert after[Standing.DUE] == before.get(Standing.DUE, 0) + 1


def test_a_vial_of_which_no_document_says_the_doses_is_said_with_the_receipt(day):
    day.later(days=40)
    with pytest.raises(UserError, match="How many doses a vial of Abdala holds is not known"):
        day.do(service.receive_stock, [NewReceipt("Abdala", "AB1", 100)])
    day.do(service.receive_stock, [NewReceipt("Abdala", "AB1", 100, None, 10)])
    session = day.do(
        service.plan, NewSession(date(2021, 9, 29), "Trạm Y tế xã Bảo Hà", "Abdala", 40)
    )
    [row] = [one for one in day.ask(queries.sessions.sessions) if one.id == session]
    assert row.product == "Abdala"
    vial = day.do(service.open_vial, session)
    [one] = [v for v in day.ask(queries.stock.vials_of, session) if v.id == vial]
    assert one.doses == 10
    assert one.discard_at == "14:00"
