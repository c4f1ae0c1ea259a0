"""Examples of the arguments that rapid tests, kits and results of other laboratories ask for."""

from modules.lab import service
from modules.lab.codes import RapidOutcome
from modules.lab.day.radar import Leg
from modules.lab.queries import Whose
from modules.lab.service import NewRapid

KIT = ("Panbio COVID-19 Ag", "41ADF155A")


def examples(suite, as_actor, known):
    """A positive and a negative rapid test of a lot that nobody has entered."""
    people = known["people"]
    tests = [
        NewRapid(people[0], RapidOutcome.NEGATIVE, "2021-08-12T08:00", *KIT),
        NewRapid(people[3], RapidOutcome.POSITIVE, "2021-08-12T08:05", *KIT),
    ]
    with suite.database.work(as_actor(1)) as work:
        ids = service.enter_rapid(work, tests).ids
    return {
        "asked": [Whose("Lý D", "1985")],
        "measurements": [1],
        "tests": tests,
        "kits": {KIT: ["2021-08-12"]},
        "lot_id": 1,
        "leg": Leg.RAPID,
        "tube_id": known["tube"],
        "rapid_rows.ids": ids,
        "rapid_of.people": [known["person_id"]],
    }
