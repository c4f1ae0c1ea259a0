"""Every state, event and role of a report; and its whole life, as chance would have it."""

from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from admin_suite.core.errors import Forbidden, UserError
from admin_suite.core.permissions import Actor, Role
from modules.lab.codes import Outcome
from modules.results import facts, queries, service
from modules.results.codes import Change, Channel, State
from modules.results.rules import POSSIBLE, Event, possible
from modules.results.service import Swab, Wanted
from tests.conftest import MODULES

BENCH = {Role.TECHNICIAN, Role.LAB_HEAD, Role.ADMIN}
HEAD = {Role.LAB_HEAD, Role.ADMIN}
DESK = {Role.TECHNICIAN, Role.LAB_HEAD, Role.RECEPTION, Role.CLERK, Role.ADMIN}
LEADERS = {*BENCH, Role.LEADER}
BEFORE = {State.REGISTERED, State.CHECKED}
IN_FORCE = {State.FINAL, State.CORRECTED, State.AMENDED, State.APPENDED}
HELD = {*IN_FORCE, State.ON_HOLD}


def proposing(kind):
    more = {
        Change.CORRECT: {"reported": Outcome.INCONCLUSIVE},
        Change.APPEND: {"remark": "a remark"},
    }.get(kind, {})
    return lambda work, tube: service.propose(work, [Wanted(tube, kind, **more)], "why")


def telling(work, tube):
    [person] = queries.person_results(work, [queries.reports(work, [tube])[0].told])
    return service.tell(work, [Swab(tube, person.person_id)], Channel.PHONE, "mẹ")


# what is done: how, in which states, by whom; as people tell of their work, not as it is coded
DONE = {
    "check": (lambda w, t: service.validate(w, [t]), {State.REGISTERED}, BENCH),
    "release": (lambda w, t: service.release(w, [t]), {State.CHECKED}, HEAD),
    "sign": (lambda w, t: service.sign(w, [t]), BEFORE, HEAD),
    "send back": (lambda w, t: service.send_back(w, [t], "why"), BEFORE, BENCH),
    "tell early": (lambda w, t: service.forewarn(w, [t]), BEFORE, BENCH),
    "look": (lambda w, t: service.look(w, t, "why"), BEFORE, BENCH),
    "hold": (lambda w, t: service.hold_back(w, [t], "why"), IN_FORCE, LEADERS),
    "lift": (proposing(Change.LIFT), {State.ON_HOLD}, BENCH),
    "correct": (proposing(Change.CORRECT), HELD, BENCH),
    "annul": (proposing(Change.ANNUL), HELD, BENCH),
    "amend": (proposing(Change.AMEND), IN_FORCE, BENCH),
    "append": (proposing(Change.APPEND), IN_FORCE, BENCH),
    "tell": (telling, {*IN_FORCE, State.ENTERED_IN_ERROR}, DESK),
}


class Undone(Exception):
    """The attempt went through; it is not kept."""


def attempt(lives, role, deed, tube, number=3):
    """Whether somebody of a role can do it; nothing of it stays."""
    codes = frozenset(p.code for m in MODULES for p in m.permissions if p.held_by(role))
    try:
        with lives.database.work(Actor(number, f"no {number}", codes)) as work:
            deed(work, tube)
            raise Undone  # noqa: TRY301 - so that nothing of it stays
    except Undone:
        return True
    except (Forbidden, UserError, IndexError, ValueError):
        return False


def test_every_state_event_and_role_is_allowed_or_refused_as_it_is_told(lives):
    tubes = {state: lives.at(state) for state in State}
    assert {state: lives.state(tube) for state, tube in tubes.items()} == {s: s for s in State}
    wrong = [
        (state, event, role)
        for state, tube in tubes.items()
        for event, (deed, states, roles) in DONE.items()
        for role in Role
        if attempt(lives, role, deed, tube) is not (state in states and role in roles)
    ]
    assert wrong == []


def test_every_role_confirms_or_declines_or_cannot(lives):
    for kind in Change:
        state = State.ON_HOLD if kind is Change.LIFT else State.FINAL
        tube = lives.at(state, kind.value)
        [key] = lives.do(1, proposing(kind), tube)
        for role in Role:
            confirms = attempt(lives, role, lambda w, _t, k=key: service.confirm(w, [k]), tube)
            declines = attempt(lives, role, lambda w, _t, k=key: service.decline(w, [k]), tube)
            assert (confirms, declines) == (role in HEAD, role in BENCH), (kind, role)
            own = attempt(lives, role, lambda w, _t, k=key: service.confirm(w, [k]), tube, 1)
            assert not own


def test_the_table_of_what_is_possible_says_the_same(lives):
    told = {
        Event.CHECK: "check",
        Event.SEND_BACK: "send back",
        Event.FOREWARN: "tell early",
        Event.HOLD: "hold",
        Event.LIFT: "lift",
        Event.CORRECT: "correct",
        Event.AMEND: "amend",
        Event.APPEND: "append",
        Event.ANNUL: "annul",
        Event.RELEASE: "release",
    }
    assert set(POSSIBLE) == set(State)
    for event, name in told.items():
        assert {state for state in State if possible(state, event)} == DONE[name][1], event
    assert {state for state in State if possible(state, Event.UNCHECK)} == {State.CHECKED}


# -- the whole life -------------------------------------------------------------------------------

COLLEAGUES = st.sampled_from((1, 2, 3))
WORDS = st.sampled_from((Outcome.NEGATIVE, Outcome.POSITIVE, Outcome.INCONCLUSIVE))
TUBES = st.integers(0, 1)
PEOPLE = count()  # nobody of one example is met in another


class Life(RuleBasedStateMachine):
    """Two released tubes in the hands of three colleagues; what is refused must change nothing."""

    lives = None

    def __init__(self):
        super().__init__()
        self.lives.heard.clear()
        names = (f"{name} {next(PEOPLE)}" for name in ("An", "Bình"))
        rows = [self.lives.released(name)[0] for name in names]
        self.tubes = [row.tube_id for row in rows]
        self.names = [row.name for row in rows]
        self.says = dict.fromkeys(self.tubes, Outcome.NEGATIVE)  # what stands, by our own count
        self.held, self.gone = set(), set()
        self.open = {}
        self.corrected = 0
        self.lives.heard.clear()

    def refused(self, number, verb, *given):
        with pytest.raises(UserError):
            self.lives.do(number, verb, *given)

    @rule(number=COLLEAGUES, at=TUBES)
    def hold(self, number, at):
        tube = self.tubes[at]
        if tube in self.held | self.gone:
            self.refused(number, service.hold_back, [tube], "why")
            return
        self.lives.do(number, service.hold_back, [tube], "why")
        self.held.add(tube)

    @rule(number=COLLEAGUES, at=TUBES, word=WORDS)
    def correct(self, number, at, word):
        self.propose(number, self.tubes[at], Change.CORRECT, word)

    @rule(number=COLLEAGUES, at=TUBES, kind=st.sampled_from((Change.LIFT, Change.ANNUL)))
    def change(self, number, at, kind):
        self.propose(number, self.tubes[at], kind, None)

    def propose(self, number, tube, kind, word):
        impossible = tube in self.gone or (kind is Change.LIFT and tube not in self.held)
        same = kind is Change.CORRECT and word is self.says[tube]
        if impossible or same or tube in self.open:
            self.refused(number, service.propose, [Wanted(tube, kind, word)], "why")
            return
        [key] = self.lives.do(number, service.propose, [Wanted(tube, kind, word)], "why")
        self.open[tube] = (key, number, kind, word)

    @precondition(lambda self: len(set(self.tubes) & self.open.keys()) == 0)
    @rule(number=COLLEAGUES)
    def swap(self, number):
        if self.gone & set(self.tubes):
            self.refused(number, service.propose_swap, *self.tubes, "why")
            return
        keys = self.lives.do(number, service.propose_swap, *self.tubes, "why")
        for tube, other, key in zip(self.tubes, self.tubes[::-1], keys, strict=True):
            self.open[tube] = (key, number, Change.CORRECT, (self.says[other], keys))

    @precondition(lambda self: self.open)
    @rule(number=COLLEAGUES, first=st.booleans(), yes=st.booleans())
    def decide(self, number, first, yes):
        tube = sorted(self.open)[0 if first else -1]
        key, author, _kind, word = self.open[tube]
        together = word[1] if isinstance(word, tuple) else [key]
        if yes and number == author:
            self.refused(number, service.confirm, [key])
            return
        self.lives.do(number, service.confirm if yes else service.decline, [key])
        for one in [t for t, entry in self.open.items() if entry[0] in together]:
            _key, _author, kind, said = self.open.pop(one)
            if yes:
                self.came_true(one, kind, said[0] if isinstance(said, tuple) else said)
        self.corrected += yes and kind is not Change.LIFT

    def came_true(self, tube, kind, said):
        self.held.discard(tube)
        if kind is Change.ANNUL:
            self.gone.add(tube)
        if kind is Change.CORRECT:
            self.says[tube] = said

    @invariant()
    def lists_show_what_stands(self):
        shown = self.lives.listed()
        stands = [t for t in self.tubes if t not in self.held | self.gone]
        found = {
            row.tube_id: row.outcome
            for row in self.lives.ask(queries.released)
            if row.tube_id in self.tubes
        }
        assert found == {tube: self.says[tube] for tube in stands}, shown

    @invariant()
    def every_correction_was_told_once(self):
        assert len(self.lives.heard[facts.ResultsCorrected]) == self.corrected

    @invariant()
    def versions_follow_each_other(self):
        for tube in self.tubes:
            numbers = [one.number for one in self.lives.ask(queries.versions, tube)]
            assert numbers == list(range(1, len(numbers) + 1))


def test_no_life_of_a_result_goes_astray(lives):
    ours = type("Ours", (Life,), {"lives": lives})
    told = settings(
        max_examples=12,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(ours, settings=told)
