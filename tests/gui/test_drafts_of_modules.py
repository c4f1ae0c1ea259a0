"""Forms of vaccination and venues that were filled in and not stored survive a power cut."""

from datetime import UTC, datetime

import pytest

from admin_suite.registry.service import NewPerson
from admin_suite.ui.drafts import of_runner
from modules.vaccination import queries, service
from modules.vaccination.codes import Sign
from modules.vaccination.queries import registrations
from modules.vaccination.service import NewEvent, NewRegistration
from modules.venues import service as venues
from modules.venues.codes import Kind
from modules.venues.service import NewVenue


def test_a_registration_is_there_again_with_group_and_dose(shell, qtbot, cut):
    page = shell.open("vaccination.entering")
    qtbot.waitUntil(lambda: not page._awaited)
    page.form.fields["name"].edit.setText("Vàng Thị Mỷ")
    page.group.setCurrentIndex(page.group.findData("9"))
    page.product.setCurrentIndex(page.product.findData("Comirnaty"))
    page.on.edit.setText("20/8/2021")
    again, words = cut(page.draft)
    assert "Register for vaccination" in words
    other = again.pages["vaccination.entering"]
    qtbot.waitUntil(lambda: other.group.currentData() == "9")
    assert other.form.fields["name"].words == "Vàng Thị Mỷ"
    assert (other.product.currentData(), other.on.words) == ("Comirnaty", "20/8/2021")
    other.anew.click()
    assert of_runner(shell.runner).all() == []


def test_a_session_that_was_being_planned_is_there_again(shell, qtbot, cut, suite):
    page = shell.open("vaccination.sessions")
    qtbot.waitUntil(lambda: bool(page._products))
    page.plan.click()
    page._draft._parts["place"].edit.setText("Trạm Y tế xã Bảo Hà")
    page._draft._parts["capacity"].edit.setText("240")
    again, words = cut(page._draft)
    assert "Plan a session" in words
    other = again.pages["vaccination.sessions"]
    qtbot.waitUntil(lambda: other._draft is not None)
    parts = other._draft._parts
    assert (parts["place"].words, parts["capacity"].words) == ("Trạm Y tế xã Bảo Hà", "240")
    other._plan(
        parts["day"], parts["product"], {n: p for n, p in parts.items() if n not in KEPT_APART}
    )
    qtbot.waitUntil(lambda: of_runner(shell.runner).all() == [])
    with suite.database.read(suite.actor) as work:
        assert [one.capacity for one in queries.sessions.sessions(work)] == [240]


KEPT_APART = ("day", "product")


@pytest.fixture
def dose(suite):
    one = NewRegistration(NewPerson("Lý Văn A", "1985"), 7, product1="Comirnaty", on1="2021-08-10")
    with suite.database.work(suite.actor) as work:
        keys = service.register(work, [one]).ids
        [row] = registrations.registration_rows(work, keys)
        [line] = queries.doses.lines_of(work, {row.person_id: row.dob})[row.person_id]
        return line.id


def test_a_report_of_a_reaction_is_there_again_at_its_dose(shell, qtbot, cut, dose, suite):
    page = shell.open("vaccination.reactions", dose)
    qtbot.waitUntil(lambda: page._draft is not None)
    page._draft._parts["sign.ANAPHYLAXIS"].setChecked(True)
    page._draft._parts["history"].edit.setText("hen")
    again, words = cut(page._draft)
    assert "Severe reaction" in words
    other = again.pages["vaccination.reactions"]
    qtbot.waitUntil(lambda: other._draft is not None)
    assert other._draft._parts["sign.ANAPHYLAXIS"].isChecked()
    assert other._draft._parts["history"].words == "hen"


def test_what_more_is_said_of_a_report_is_there_again(shell, qtbot, cut, dose, suite):
    with suite.database.work(suite.actor) as work:
        event = service.report_event(work, NewEvent(dose, datetime.now(UTC), (Sign.ABSCESS,)))
    page = shell.open("vaccination.reactions")
    page._ask_more(event)
    qtbot.waitUntil(lambda: page._draft is not None)
    page._draft._parts["treatment"].edit.setText("adrenalin")
    again, _words = cut(page._draft)
    other = again.pages["vaccination.reactions"]
    qtbot.waitUntil(lambda: other._draft is not None)
    parts = other._draft._parts
    assert (parts["treatment"].words, parts["sign.ABSCESS"].isChecked()) == ("adrenalin", True)


def test_the_form_of_a_venue_is_there_again_new_or_corrected(shell, qtbot, cut, suite):
    with suite.database.work(suite.actor) as work:
        market = NewVenue("Chợ Phố Ràng", Kind.MARKET, "02947")
        [key] = venues.register(work, [market]).ids
    page = shell.open("venues.venues")
    page._write(None)
    qtbot.waitUntil(lambda: page._draft._begun)
    page._draft._parts["name"].edit.setText("Quán Hoa")
    again, words = cut(page._draft)
    assert "New venue" in words
    other = again.pages["venues.venues"]
    qtbot.waitUntil(lambda: other._draft is not None and other._draft._begun)
    assert other._draft._parts["name"].words == "Quán Hoa"
    other._draft.drop()
    page.resume(str(key))
    qtbot.waitUntil(lambda: page._draft._parts["name"].words == "Chợ Phố Ràng")
    qtbot.waitUntil(lambda: page._draft._begun)
    page._draft._parts["keeper"].edit.setText("Lý Thị Hoa")
    third, _words = cut(page._draft)
    last = third.pages["venues.venues"]
    qtbot.waitUntil(lambda: last._draft is not None and last._draft._begun)
    parts = last._draft._parts
    assert (parts["name"].words, parts["keeper"].words) == ("Chợ Phố Ràng", "Lý Thị Hoa")
