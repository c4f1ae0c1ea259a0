"""The life of a tube: what may be done with it, where that leads, and who may do it.

The table is the specification: what does not stand in it is refused.
"""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from admin_suite.core.errors import Forbidden, Refused
from admin_suite.core.permissions import Actor, Role
from admin_suite.registry.service import NewPerson
from modules.lab import queries, service
from modules.lab.codes import Again, Outcome, Stage, State, Unfit
from modules.lab.service import NewResult, NewSample
from modules.results import service as results
from tests.conftest import MODULES

TABLE = """
PLANNED           COLLECT>COLLECTED CANCEL>CANCELLED
COLLECTED         SEND>IN_TRANSIT RECEIVE>RECEIVED CANCEL>CANCELLED LOSE>LOST_BEFORE
IN_TRANSIT        RECEIVE>RECEIVED CANCEL>CANCELLED LOSE>LOST_BEFORE
RECEIVED          UNRECEIVE>COLLECTED REJECT>REJECTED STORE>STORED REFER>AWAY LOSE>LOST
                  MEASURE>MEASURED
MEASURED          STORE>STORED_MEASURED REFER>AWAY_MEASURED LOSE>LOST_MEASURED MEASURE>MEASURED
                  RELEASE>RELEASED
RELEASED          STORE>STORED_RELEASED REFER>AWAY_RELEASED LOSE>LOST_RELEASED MEASURE>RELEASED
                  DISPOSE>DISPOSED
STORED            TAKE_OUT>RECEIVED REJECT>REJECTED LOSE>LOST MEASURE>STORED_MEASURED
STORED_MEASURED   TAKE_OUT>MEASURED LOSE>LOST_MEASURED MEASURE>STORED_MEASURED
                  RELEASE>STORED_RELEASED
STORED_RELEASED   TAKE_OUT>RELEASED LOSE>LOST_RELEASED MEASURE>STORED_RELEASED DISPOSE>DISPOSED
AWAY              RETURN>BACK LOSE>LOST MEASURE>AWAY_MEASURED
AWAY_MEASURED     RETURN>BACK_MEASURED LOSE>LOST_MEASURED MEASURE>AWAY_MEASURED
                  RELEASE>AWAY_RELEASED
AWAY_RELEASED     RETURN>BACK_RELEASED LOSE>LOST_RELEASED MEASURE>AWAY_RELEASED
BACK              STORE>STORED REFER>AWAY REJECT>REJECTED LOSE>LOST MEASURE>BACK_MEASURED
BACK_MEASURED     STORE>STORED_MEASURED REFER>AWAY_MEASURED LOSE>LOST_MEASURED
                  MEASURE>BACK_MEASURED RELEASE>BACK_RELEASED
BACK_RELEASED     STORE>STORED_RELEASED REFER>AWAY_RELEASED LOSE>LOST_RELEASED
                  MEASURE>BACK_RELEASED DISPOSE>DISPOSED
REJECTED          UNREJECT>RECEIVED DISPOSE>THROWN_REJECTED
CANCELLED         REOPEN>COLLECTED
LOST_BEFORE       REOPEN>COLLECTED
LOST              REOPEN>RECEIVED
LOST_MEASURED     REOPEN>MEASURED MEASURE>LOST_MEASURED RELEASE>LOST_RELEASED
LOST_RELEASED     REOPEN>RELEASED MEASURE>LOST_RELEASED
DISPOSED          MEASURE>DISPOSED
THROWN_REJECTED
"""
NAMES = {"AWAY": "REFERRED_OUT", "BACK": "RETURNED", "THROWN": "DISPOSED"}
ODD = {
    "IN_TRANSIT": (Stage.EXPECTED, State.IN_TRANSIT),
    "LOST_BEFORE": (Stage.CANCELLED, State.LOST),
    "LOST": (Stage.CANCELLED, State.LOST),
    "CANCELLED": (Stage.CANCELLED, State.CANCELLED),
    "REJECTED": (Stage.REJECTED, State.REJECTED),
    "DISPOSED": (Stage.RELEASED, State.DISPOSED),
    "MEASURED": (Stage.MEASURED, State.RECEIVED),
    "RELEASED": (Stage.RELEASED, State.RECEIVED),
    "PLANNED": (Stage.EXPECTED, State.PLANNED),
    "COLLECTED": (Stage.EXPECTED, State.COLLECTED),
}
WHO = {  # a result is released by the rules of its own module
    "COLLECT SEND CANCEL": "technician lab_head reception clerk admin",
    "RECEIVE UNRECEIVE REJECT UNREJECT LOSE REOPEN": "technician lab_head reception admin",
    "STORE TAKE_OUT REFER RETURN DISPOSE MEASURE": "technician lab_head admin",
}
ALLOWED = {deed: who.split() for deeds, who in WHO.items() for deed in deeds.split()}
DEEDS = (*ALLOWED, "RELEASE")
RIGHTS = [right for module in MODULES for right in module.permissions]
RACK = "TL1/G03"
NUMBERS = count(1)  # of people whom nobody has entered


def ways():
    """The table, line by line: from where, by what, to where."""
    found, start = {}, ""
    for line in TABLE.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            start = words.pop(0)
            found[start] = {}
        found[start] |= dict(word.split(">") for word in words)
    return found


WAYS = ways()


def standing(name):
    """Stage and state that a name of the table means."""
    if name in ODD:
        return ODD[name]
    place, _bar, stage = name.partition("_")
    return Stage.of(stage or "RECEIVED"), State.of(NAMES.get(place, place))


def path_to(name):
    """The shortest way to a standing, from a tube that is planned."""
    paths, new = {"PLANNED": []}, ["PLANNED"]
    while name not in paths:
        here = new.pop(0)
        for deed, there in WAYS[here].items():
            if there not in paths:
                paths[there] = [*paths[here], deed]
                new.append(there)
    return paths[name]


def do(work, deed, tube):
    """One deed with one tube."""
    verbs = {
        "COLLECT": lambda: service.collect(work, [tube], "2021-08-13T08:00"),
        "RETURN": lambda: service.take_back(work, [tube]),
        "REJECT": lambda: service.reject(work, [tube], Unfit.BROKEN),
        "STORE": lambda: service.store(work, [tube], RACK),
        "REFER": lambda: service.refer(work, [tube], "CDC tỉnh Lào Cai"),
        "RELEASE": lambda: results.sign(work, [tube]),
        "DISPOSE": lambda: thrown_away(work, tube),
        "MEASURE": lambda: measured(work, tube),
    }
    verbs.get(deed, lambda: getattr(service, deed.lower())(work, [tube]))()


def measured(work, tube):
    number = queries.standings(work, [tube])[tube].accession
    service.enter(work, [NewResult(number, Outcome.NEGATIVE)])


def thrown_away(work, tube):
    """A tube is kept for a week first."""
    later = work.now() + timedelta(days=8)
    work.clock = lambda: later
    service.dispose(work, [tube])


def planned(work, name):
    sample = NewSample(NewPerson(name, "1985"), "2021-08-12", planned=True)
    return queries.sample_rows(work, service.register(work, [sample]).ids)[0].tube_id


@pytest.fixture
def act(suite, as_actor):
    """One deed in a unit of work; results are released by the second colleague."""

    def deed(name, tube):
        with suite.database.work(as_actor(2 if name == "RELEASE" else 1)) as work:
            do(work, name, tube)

    return deed


@pytest.fixture
def tubes(suite, as_actor, act):
    """A tube at every standing of the table."""
    made = {}
    with suite.database.work(as_actor(1)) as work:
        for number, name in enumerate(WAYS):
            made[name] = planned(work, f"Người {number}")
    for name, tube in made.items():
        for deed in path_to(name):
            act(deed, tube)
    return made


def as_role(role):
    held = {p.code for p in RIGHTS if role is Role.ADMIN or role in p.roles}
    return Actor(1, "no 1", frozenset(held))


def tried(suite, actor, deed, tube):
    """What comes of a deed that is not kept: stage and state, or which kind of refusal."""
    with suite.database.work(actor) as work:
        try:
            do(work, deed, tube)
            there = queries.standings(work, [tube])[tube]
        except (Forbidden, Refused) as refused:
            return type(refused)
        finally:
            work.session.rollback()
            work.notes.clear()
    return there.stage, there.state


def test_the_table_speaks_of_every_state_and_every_deed():
    assert {standing(name)[1] for name in WAYS} == set(State)
    assert {deed for ways in WAYS.values() for deed in ways} == set(DEEDS)


def test_every_deed_of_every_role_at_every_standing(suite, tubes):
    wrong = {}
    for role in Role:
        actor = as_role(role)
        for deed, who in ALLOWED.items():
            for name, tube in tubes.items():
                there = WAYS[name].get(deed)
                expected = Refused if there is None else standing(there)
                expected = expected if role.value in who else Forbidden
                found = tried(suite, actor, deed, tube)
                if found != expected:
                    wrong[role.value, deed, name] = found
    assert wrong == {}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(st.sampled_from(DEEDS), max_size=14), wander=st.randoms())
def test_no_life_of_a_tube_leaves_the_table(suite, as_actor, act, steps, wander):
    with suite.database.work(as_actor(1)) as work:
        tube = planned(work, f"Lý {next(NUMBERS)}")
    here = "PLANNED"
    for step in steps:
        deed = step if wander.random() < 0.3 else wander.choice([*WAYS[here], step])
        if deed in WAYS[here]:
            act(deed, tube)
            here = WAYS[here][deed]
        else:
            with pytest.raises(Refused):
                act(deed, tube)
        with suite.database.read(as_actor(1)) as work:
            there = queries.standings(work, [tube])[tube]
            open_ = {task.accession for task in queries.open_tasks(work)}
        assert (there.stage, there.state) == standing(here)
        assert (there.unfit is not None) == (there.stage is Stage.REJECTED)
        again = there.stage is Stage.REJECTED or here in {"LOST", "LOST_BEFORE"}
        assert (there.accession in open_) == again


# -- what the database keeps, whoever writes ------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("RECEIVED", "stage = 'REJECTED', state = 'REJECTED'"),  # without a reason
        ("COLLECTED", "stage = 'RECEIVED'"),
        ("COLLECTED", "state = 'RECEIVED'"),
        ("RECEIVED", "state = 'DISPOSED'"),
        ("RECEIVED", "unfit = 'BROKEN'"),
        ("REJECTED", "stage = 'MEASURED'"),
        ("REJECTED", "unfit = 'OTHER'"),  # without words
        ("CANCELLED", "stage = 'RECEIVED'"),
    ],
)
def test_the_database_refuses_what_cannot_be(suite, tubes, name, change):
    with (
        pytest.raises(DBAPIError, match=r"lab_tube|CHECK"),
        suite.database.work(suite.actor) as work,
    ):
        written = f"UPDATE lab_tube SET {change} WHERE id = :tube"  # noqa: S608 - said above
        work.session.execute(text(written), {"tube": tubes[name]})


# -- what comes of it -----------------------------------------------------------------------------


def test_a_rejection_needs_a_reason_and_another_reason_needs_words(suite, as_actor, tubes):
    tube = tubes["RECEIVED"]
    for reason, note, why in (
        (None, "", "Choose why"),
        (Unfit.OTHER, " ", "Write down why"),
    ):
        with pytest.raises(Refused, match=why), suite.database.work(as_actor(1)) as work:
            service.reject(work, [tube], reason, note)
    with suite.database.work(as_actor(1)) as work:
        service.reject(work, [tube], Unfit.OTHER, "no lid")
    with (
        pytest.raises(Refused, match=r"was rejected at .* by no 1: no lid"),
        suite.database.work(as_actor(1)) as work,
    ):
        service.store(work, [tube], RACK)


def test_a_new_swab_closes_the_task_and_a_reason_does_too(suite, as_actor):
    people = [NewPerson(name, "1985", id_no=f"01018500000{n}") for n, name in enumerate("AB")]
    with suite.database.work(as_actor(1)) as work:
        done = service.register(work, [NewSample(p, "2021-08-12T07:00", "G1") for p in people])
        tube = queries.sample_rows(work, done.ids)[0].tube_id
        service.receive(work, [tube])
        service.reject(work, [tube], Unfit.VOLUME)
    with suite.database.read(as_actor(1)) as work:
        assert [(task.name, task.why) for task in queries.open_tasks(work)] == [
            ("A", Again.REJECTED),
            ("B", Again.REJECTED),
        ]
        assert [view.subject for view in work.views] == ["registry_person"]
    with suite.database.work(as_actor(1)) as work:
        service.register(work, [NewSample(people[0], "2021-08-11T07:00")])  # an older swab
        assert queries.tasks_open(work) == 2
        service.register(work, [NewSample(people[0], "2021-08-13T07:00")])
        [left] = queries.open_tasks(work)
        assert left.name == "B"
        service.give_up_swabbing(work, [left.id], "moved away")
        assert queries.tasks_open(work) == 0
        with pytest.raises(Refused, match="done already"):
            service.give_up_swabbing(work, [left.id], "moved away")


def test_tubes_lie_in_the_free_positions_and_two_never_in_one(suite, as_actor, act, tubes):
    one, other = tubes["RECEIVED"], tubes["MEASURED"]
    taken = {"STORED": 1, "STORED_MEASURED": 2, "STORED_RELEASED": 3}
    with suite.database.work(as_actor(1)) as work:
        assert service.store(work, [one], RACK) == [4]
        with pytest.raises(Refused, match="At TL1/G03, 4 lies tube"):
            service.store(work, [other], RACK, 4)
    act("TAKE_OUT", tubes["STORED"])
    with suite.database.work(as_actor(1)) as work:
        assert service.store(work, [other], RACK) == [taken["STORED"]]
        assert queries.standings(work, [other])[other].place == "TL1/G03, 1"
