"""Tubes brought to every state of a report by the ordinary verbs, for the tests of this folder."""

from collections import defaultdict

from msgspec.structs import replace

from admin_suite.registry.service import NewPerson
from modules.lab import queries as tubes
from modules.lab import service as lab
from modules.lab.codes import Outcome, Stage
from modules.lab.service import NewResult, NewSample
from modules.results import facts, queries, service
from modules.results.codes import Change, State
from modules.results.service import Wanted

FACTS = (
    facts.ResultsForewarned,
    facts.ForewarningsWithdrawn,
    facts.ResultsReleased,
    facts.ResultsCorrected,
    facts.ResultsHeld,
    facts.ResultsLifted,
)
MADE_BY = {
    State.CORRECTED: (Change.CORRECT, {"reported": Outcome.POSITIVE}),
    State.AMENDED: (Change.AMEND, {}),
    State.APPENDED: (Change.APPEND, {"remark": "a remark"}),
    State.ENTERED_IN_ERROR: (Change.ANNUL, {}),
}


class Lives:
    """A laboratory of three colleagues: 1 enters, 2 signs, 3 is about; ``heard``: what it told."""

    def __init__(self, suite, as_actor):
        self.heard = defaultdict(list)
        self.database = replace(
            suite.database,
            listeners={kind: [lambda _work, fact: self.hear(fact)] for kind in FACTS},
        )
        self.as_actor = as_actor

    def hear(self, fact):
        self.heard[type(fact)].append(fact)

    def do(self, number, verb, *given):
        with self.database.work(self.as_actor(number)) as work:
            return verb(work, *given)

    def ask(self, question, *given):
        with self.database.read(self.as_actor(3)) as work:
            return question(work, *given)

    def tubes(self, *names, pool=""):
        """Received tubes of new people; the rows of the swabs."""

        def register(work):
            rows = [
                NewSample(NewPerson(name, "1985", phone="0912345678"), "2021-08-12T07:15", pool)
                for name in names
            ]
            done = lab.register(work, rows)
            lab.receive(work, tubes.tubes_at(work, Stage.EXPECTED))
            return tubes.sample_rows(work, done.ids)

        return self.do(1, register)

    def measured(self, *names, outcome=Outcome.NEGATIVE, ct="", pool=""):
        rows = self.tubes(*names, pool=pool)
        numbers = dict.fromkeys(row.accession for row in rows)
        self.do(1, lab.enter, [NewResult(number, outcome, ct=ct) for number in numbers])
        return rows

    def released(self, *names, **more):
        rows = self.measured(*names, **more)
        self.do(2, service.sign, list(dict.fromkeys(row.tube_id for row in rows)))
        return rows

    def change(self, tube, kind, by=(3, 2), **more):
        [key] = self.do(by[0], service.propose, [Wanted(tube, kind, **more)], "reason")
        return self.do(by[1], service.confirm, [key])

    def state(self, tube):
        return self.ask(queries.standings, [tube])[tube].state

    def listed(self):
        """What everybody sees: names and outcomes of what stands."""
        return {row.name: row.outcome for row in self.ask(queries.released)}

    def at(self, state, name="Lý"):
        """The tube of somebody new, of that family name, whose report is in this state."""
        name = f"{name} {state.value.title()}"
        if state is State.NONE:
            return self.tubes(name)[0].tube_id
        if state in {State.REGISTERED, State.CHECKED}:
            [row] = self.measured(name)
            if state is State.CHECKED:
                self.do(2, service.validate, [row.tube_id])
            return row.tube_id
        [row] = self.released(name)
        if state is State.ON_HOLD:
            self.do(1, service.hold_back, [row.tube_id], "odd curve")
        if state in MADE_BY:
            kind, more = MADE_BY[state]
            self.change(row.tube_id, kind, **more)
        return row.tube_id
