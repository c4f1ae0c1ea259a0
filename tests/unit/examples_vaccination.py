"""What the walk over verbs and questions is given as examples of vaccination."""

from admin_suite.registry.service import NewPerson
from modules.vaccination import service
from modules.vaccination.queries import doses as given
from modules.vaccination.queries import registrations
from modules.vaccination.queries.due import DueView
from modules.vaccination.queries.registrations import RegistrationView
from modules.vaccination.service import NewDose, NewRegistration

PEOPLE = [
    NewPerson("Lý Vắc", "1985", phone="0912345601"),
    NewPerson("Lý Xin", "1986", phone="0912345602"),
]
REGISTRATIONS = [
    NewRegistration(PEOPLE[0], 7, product1="Vaxzevria", on1="2021-06-10", lot1="ABV5297"),
    NewRegistration(PEOPLE[1], 9),
]
DOSES = [NewDose(PEOPLE[1], "2021-07-01", "Comirnaty", "FD9234")]


def examples(suite, as_actor):
    """A district where somebody is registered; arguments by name, or by question and name."""
    with suite.database.work(as_actor(1)) as work:
        registered = service.register(work, REGISTRATIONS).ids
        doses = service.enter_doses(work, DOSES).ids
        rows = registrations.registration_rows(work, registered)
        codes = [row.uid for row in given.rows(work)]
    people = [row.person_id for row in rows]
    return {
        "keys": registered,
        "registration_page.view": RegistrationView(),
        "registration_places.view": RegistrationView(),
        "registration_rows.keys": registered,
        "due_page.view": DueView(),
        "due_places.view": DueView(),
        "due_keys.view": DueView(),
        "due_rows.keys": [1, 2],
        "standings_of.people": people,
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
        "doses": doses,
    }
