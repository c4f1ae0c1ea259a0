"""What the modules tell the home page, each only to whoever holds the right."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from admin_suite.core.profiles import Profile
from admin_suite.db import settings
from admin_suite.db.work import Work
from admin_suite.module import Curve, Errand, Module, Step, Waiting
from admin_suite.registry.settings import IDLE, PLACE


class Day(Struct, frozen=True):
    """Everything on the home page."""

    waiting: Sequence[tuple[Waiting, int, int]]
    errands: Sequence[Errand]
    steps: Sequence[tuple[Step, int, int]]


def waiting(work: Work, modules: Sequence[Module]) -> list[tuple[Waiting, int, int]]:
    """How many wait where, and how many of them too long."""
    lines = [
        line for m in modules for line in m.waiting if line.permission.code in work.actor.codes
    ]
    return [(ln, ln.count(work), ln.late(work) if ln.late is not None else 0) for ln in lines]


def day(work: Work, modules: Sequence[Module]) -> Day:
    """The day of whoever asks."""
    codes = work.actor.codes
    errands = [
        errand
        for module in modules
        for source in module.errands
        if source.permission.code in codes
        for errand in source.lines(work)
    ]
    steps = [
        (step, *step.done(work))
        for module in modules
        for step in module.steps
        if step.permission.code in codes
    ]
    errands.sort(key=lambda errand: (errand.tone != "bad", errand.since))
    return Day(waiting(work, modules), errands, steps)


class Rules(Struct, frozen=True):
    """The shared settings that the window itself follows."""

    profile: Profile
    idle_minutes: int


def rules(work: Work) -> Rules:
    """What is set now."""
    return Rules(settings.value(work, PLACE), settings.value(work, IDLE))


def curve(work: Work, line: Curve) -> Sequence[tuple[date, int, int]]:
    """The days of one curve."""
    return line.days(work)
