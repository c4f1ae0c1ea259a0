"""What the walk over verbs and questions is given as examples of vaccination."""

from datetime import date

from admin_suite.db.changing import Change
from admin_suite.registry.service import NewPerson
from modules.vaccination import service
from modules.vaccination.codes import Sign, Wrong
from modules.vaccination.queries import doses as given
from modules.vaccination.queries import due, registrations
from modules.vaccination.queries import slips as papers
from modules.vaccination.queries.corrections import WholeDose
from modules.vaccination.queries.due import DueView
from modules.vaccination.queries.registrations import RegistrationView
from modules.vaccination.service import (
    NewDose,
    NewEvent,
    NewInjection,
    NewReceipt,
    NewRegistration,
    NewSession,
)

PEOPLE = [
    NewPerson("Lý Vắc", "1985", phone="0912345601"),
    NewPerson("Lý Xin", "1986", phone="0912345602"),
]
REGISTRATIONS = [
    NewRegistration(PEOPLE[0], 7, product1="Vaxzevria", on1="2021-06-10", lot1="ABV5297"),
    NewRegistration(PEOPLE[1], 9),
]
DOSES = [NewDose(PEOPLE[1], "2021-07-01", "Comirnaty", "FD9234")]
NOT_QUESTIONS = {
    "modules.vaccination.checks.stock:held_lot": "locks a row for a verb",
    "modules.vaccination.checks.stock:openable": "refuses for a verb and answers nothing",
    "modules.vaccination.checks.stock:drawable": "refuses for a verb and answers nothing",
    "modules.vaccination.checks.stock:same_label": "refuses for a verb and answers nothing",
    "modules.vaccination.checks.visits:held_visit": "locks a row for a verb",
    "modules.vaccination.checks.visits:injected_visit": "locks a row for a verb",
    "modules.vaccination.checks.visits:refuse_second": "locks a row for a verb",
    "modules.vaccination.checks.visits:planned": "locks a row for a verb",
    "modules.vaccination.checks.visits:running": "locks a row for a verb",
    "modules.vaccination.checks.visits:cancellable": "locks a row for a verb",
    "modules.vaccination.checks.visits:visit_of": "locks a row for a verb",
}
SHOWS_NOBODY = {
    "modules.vaccination.queries.counting:by_session": "counts; the birth is for the verdicts",
    "modules.vaccination.queries.counting:coverage": "counts; the birth is for the verdicts",
    "modules.vaccination.queries.counting:round_by": "counts; the birth is for verdicts",
    "modules.vaccination.reports:daily": "counts; the birth is for the verdicts",
    "modules.vaccination.reports:round_end": "counts; the birth is for the verdicts",
    "modules.vaccination.reports:covered": "counts; the birth is for the verdicts",
    "modules.vaccination.queries.preview:preview": "counts; the birth is for the verdicts",
    "modules.vaccination.queries.changing:effects": "counts; the birth is for the verdicts",
    "modules.vaccination.queries.sessions:proposed": "answers with ids; the birth is for the age",
}


def examples(suite, as_actor, _known):
    """Somebody is vaccinated; arguments by name, or by question and name."""
    with suite.database.work(as_actor(1)) as work:
        registered = service.register(work, REGISTRATIONS).ids
        service.enter_doses(work, DOSES)
        rows = registrations.registration_rows(work, registered)
        codes = [row.uid for row in given.rows(work)]
        people = [row.person_id for row in rows]
        day = work.today()
        [lot] = service.receive_stock(work, [NewReceipt("Comirnaty", "FD1", 60)])
        plan = NewSession(day, "Trạm Y tế xã Bảo Hà", "Comirnaty", 60)
        session = service.plan(work, plan)
        service.invite(work, session, people)
        vial = service.open_vial(work, session)
        visits = [service.arrive(work, session, person) for person in people]
        dose = service.inject(work, visits[0], NewInjection(vial, "example"))
        slips = service.issue_slips(work, people)
        printed = papers.slip_people(work, slips)
        service.ask_missing(work, people[0], WholeDose("2020-06-01"), "giấy xác nhận")
        asked = service.ask_correction(work, people[0], "name", "Lý Vắc Á", "CCCD")
        event = service.report_event(work, NewEvent(dose, work.now(), (Sign.ANAPHYLAXIS,)))
        overdue = [row.id for row in due.due_page(work, DueView())]
    return {
        "keys": registered,
        "session_id": session,
        "visit_id": visits[1],
        "lot_id": lot,
        "vial_id": vial,
        "slips": slips,
        "numbered_slips.numbers": [number for number, _person in printed],
        "replaced.numbers": [number for number, _person in printed],
        "slips_of.people": people,
        "contents.people": people,
        "value_words.field": Wrong.NAME,
        "value_words.value": "Lý Vắc",
        "asked_for.correction_id": asked,
        "event_known.event_id": event,
        "event_begun.dose_id": dose,
        "reported_doses.doses": [dose],
        "product": "Comirnaty",
        "uid": "example",
        "by": "commune",
        "until": day,
        "preview.code": "vaccination.booster",
        "code": "vaccination.booster",
        "valid_from": date(2021, 9, 1),
        "content": {"most": 1, "months": 6},
        "change": Change("vaccination.booster", date(2021, 9, 1), said={"months": "4"}),
        "registration_page.view": RegistrationView(),
        "registration_places.view": RegistrationView(),
        "registration_rows.keys": registered,
        "due_page.view": DueView(),
        "due_places.view": DueView(),
        "due_keys.view": DueView(),
        "due_rows.keys": overdue,
        "standings_of.people": people,
        "invited.people": people,
        "known_registrations.people": people,
        "known_doses.people": people,
        "lines_of.people": {people[0]: "1985"},
        "registrations_known.uids": [row.uid for row in rows],
        "doses_known.uids": codes,
        "wrong_registrations.wanted": REGISTRATIONS,
        "wrong_doses.wanted": DOSES,
        "uncorrectable_doses.changes": [],
        "needed_registrations.ids": registered,
        "registration_of.person_id": people[0],
        "dose_meant.registration_id": registered[0],
        "dose_meant.n": 1,
        "dose_meant.told": {"lot": ("?", "")},
    }
