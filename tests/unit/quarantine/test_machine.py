"""Whatever clerks do in whatever order: what must never be is not, and the board is the truth."""

from datetime import timedelta
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from admin_suite.core.errors import UserError
from modules.quarantine.codes import Ended, Group, Kind, Setting
from modules.quarantine.models import Claim, Episode, HomeStay
from modules.quarantine.queries.beds import beds as board
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.service import beds as rooms
from modules.quarantine.service import home, stays, undo
from modules.quarantine.service.rehousing import rehouse
from modules.quarantine.service.stays import Placement
from tests.unit.quarantine.conftest import family, person

PEOPLE, BEDS = 8, 12
DEEDS = (
    *("admit", "reserve", "move", "swap", "depart", "undo", "clean", "lock", "unlock", "room"),
    *("home", "confine", "facility", "back", "rehouse"),
)
STEP = st.tuples(
    st.sampled_from(DEEDS),
    st.integers(0, PEOPLE - 1),
    st.integers(0, PEOPLE + BEDS),
)


def act(work, people, there, step):
    """One deed of a clerk; whether it is refused is no matter here."""
    what, one, other = step
    who, bed = people[one], there[other % len(there)]
    deeds = {
        "admit": lambda: stays.admit(work, [Placement(who, bed.id)]),
        "reserve": lambda: stays.reserve(work, [Placement(who, bed.id)], hours=1),
        "move": lambda: stays.transfer(work, [Placement(who, bed.id)]),
        "swap": lambda: stays.swap(work, who, people[other % len(people)]),
        "depart": lambda: stays.depart(work, [who], Ended.ABSCONDED),
        "undo": lambda: undo.take_back(work, who, ""),
        "clean": lambda: rooms.clean(work, [bed.id]),
        "lock": lambda: rooms.lock(work, [bed.room_id], ""),
        "unlock": lambda: rooms.unlock(work, [bed.room_id]),
        "room": lambda: stays.move_room(work, bed.room_id, there[one].room_id),
        "home": lambda: home.go_home(work, [who]),
        "confine": lambda: home.confine(work, [who]),
        "facility": lambda: home.to_facility(work, [who]),
        "back": lambda: home.back_home(work, [who]),
        "rehouse": lambda: rehouse(work, [who], mistaken=bool(other % 2)),
    }
    with work.session.begin_nested():
        deeds[what]()


def collide(one, other):
    """Whether two spans have a moment in common."""
    far = max(one.starts_at, other.starts_at) + timedelta(days=9999)
    return (
        one.starts_at < (other.ends_at or far)
        and other.starts_at < (one.ends_at or far)
        and one.starts_at != one.ends_at
        and other.starts_at != other.ends_at
    )


def misplaced(work):
    """Who is at home and elsewhere at once, or at home while his quarantine says otherwise."""
    homes = list(work.session.scalars(select(HomeStay)))
    stays_ = work.session.scalars(select(Claim).where(Claim.kind == Kind.STAY)).all()
    pairs = [*combinations(homes, 2), *product(homes, stays_)]
    for one, other in pairs:
        if one.person_id == other.person_id and collide(one, other):
            yield "at home and elsewhere"
    for one in homes:
        settled = work.session.get_one(Episode, one.episode_id).setting
        if one.ends_at is None and settled is not Setting.HOME:
            yield "at home and not at home"


def wrongs(work):
    """What must never be, looked for among all pairs of claims of all times."""
    yield from misplaced(work)
    claims = list(work.session.scalars(select(Claim)))
    for one, other in combinations(claims, 2):
        if not collide(one, other):
            continue
        if one.bed_id is not None and one.bed_id == other.bed_id:
            yield "two in a bed"
        if one.person_id is not None and one.person_id == other.person_id:
            yield "two beds for one"
        if one.room_id == other.room_id and one.key and other.key:
            if one.key != other.key:
                yield "a mixed room"
            if one.infected != other.infected:
                yield "F0 with others"


def examples(most):
    """So many sequences of deeds, made anew on every run."""
    return settings(
        max_examples=most,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


STEPS = st.lists(STEP, min_size=10, max_size=30)


@examples(15)
@given(steps=STEPS)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_nothing_that_must_not_be_ever_is(desk, clock, steps):
    live_through(desk, clock, steps)


@examples(8)
@given(steps=STEPS)
@pytest.mark.parametrize("url", ["postgres"], indirect=True)
def test_nor_on_postgresql(desk, clock, steps):
    live_through(desk, clock, steps)


def live_through(desk, clock, steps):
    """Do all these deeds, and look afterwards for what must never be."""
    with desk.session.begin_nested() as whole:
        people = [*family(desk, "M", "F", "M"), *(person(desk, sex) for sex in "FFMM")]
        people.append(person(desk, "F", group=Group.F0))
        facility = facility_coded(desk, "NT").id
        for step in steps:
            clock.pass_(minutes=7)
            try:
                act(desk, people, board(desk, facility), step)
            except UserError:
                desk.session.expire_all()
        there = board(desk, facility)
        assert list(wrongs(desk)) == []
        assert len(there) == len({row.id for row in there}) == BEDS
        now = clock()
        open_stays = [
            c
            for c in desk.session.scalars(select(Claim).where(Claim.kind == Kind.STAY))
            if c.starts_at <= now and (c.ends_at is None or c.ends_at > now)
        ]
        assert sorted(c.bed_id for c in open_stays) == sorted(
            row.id for row in there if row.kind is Kind.STAY
        )
        whole.rollback()
    desk.session.expire_all()
