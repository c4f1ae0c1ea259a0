"""What the tests kill and let race: ``python -m tests.reliability.programs NAME URL [MORE ...]``.

Each is the program at one job, without a window; what it has stored for good it says on a line of
its own.
"""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import make_url

from admin_suite.core.errors import UserError
from admin_suite.core.permissions import Actor
from admin_suite.db import engine
from admin_suite.excel import importer
from admin_suite.house import load
from admin_suite.registry.codes import Sex
from admin_suite.registry.service import NewPerson, add_people
from admin_suite.suite import Suite, open_suite
from modules import INSTALLED
from modules.lab import service
from modules.lab.codes import BlockKind
from modules.lab.queries import labels_of_block, sample_rows
from modules.lab.service import NewBlock, NewSample, register
from modules.lab.sheets import SAMPLES
from modules.quarantine.codes import Flow, Group
from modules.quarantine.service.arrivals import NewArrival, expect
from modules.quarantine.service.stays import Placement, admit
from modules.quarantine.service.supplies import Passing, pass_supplies

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has one way only, and it is sudden
BATCH = 50


def opened(url: str) -> Suite:
    """The suite in the hands of somebody who may do everything."""
    modules = load(INSTALLED)
    every = frozenset(p.code for module in modules for p in module.permissions)
    return open_suite(modules, url, Actor(1, "ha", every))


def say(word: object) -> None:
    """A line that is out before anything else happens."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def write(url: str) -> None:
    """Enter people for ever, fifty at a time."""
    suite, number = opened(url), 0
    while True:
        with suite.database.work(suite.actor) as work:
            add_people(work, [NewPerson(f"P {number} {n}", "1985") for n in range(BATCH)])
        say(number)
        number += 1


def bring(url: str, file: str, last: str) -> None:
    """Import a list, and die at the so manyth statement; without one say how many there were."""
    suite, count = opened(url), 0

    def step(*_given: object) -> None:
        nonlocal count
        count += 1
        if count == int(last):
            os.kill(os.getpid(), KILL)

    event.listen(suite.database.writer, "before_cursor_execute", step)
    event.listen(suite.database.writer, "commit", step)
    with suite.database.work(suite.actor) as work:
        draft = importer.read_file(SAMPLES, Path(file), SAMPLES.context(work))
        importer.store(work, draft)
    say(count)


def number(url: str, who: str, turns: str) -> None:
    """Register one swab after the other once a line comes in, and say each tube's number."""
    suite = opened(url)
    say("ready")
    sys.stdin.readline()
    for turn in range(int(turns)):
        with suite.database.work(suite.actor) as work:
            person = NewPerson(f"P {who} {turn}", "1985")
            done = register(work, [NewSample(person, "2021-08-12T07:15")])
            [row] = sample_rows(work, done.ids)
        say(row.accession)


def reserve(url: str, who: str, turns: str) -> None:
    """Reserve labels, use the first one, take one more number; say what was reserved and used."""
    suite = opened(url)
    say("ready")
    sys.stdin.readline()
    for turn in range(int(turns)):
        with suite.database.work(suite.actor) as work:
            block = service.reserve(work, NewBlock(3, BlockKind.LABELS, f"P {who}"))
            labels = [label.accession for label in labels_of_block(work, block)]
        say(f"reserved {' '.join(labels)}")
        with suite.database.work(suite.actor) as work:
            one, other = (NewPerson(f"P {who} {turn} {n}", "1985") for n in "ab")
            labelled = NewSample(one, "2021-08-12T07:15", number=labels[0])
            done = register(work, [labelled, NewSample(other, "2021-08-12T07:15")])
            rows = sample_rows(work, done.ids)
        say(f"used {' '.join(row.accession for row in rows)}")


def book(url: str, who: str, turns: str) -> None:
    """Once a line comes in, give beds to one's own people until all beds are taken; say each."""
    suite = opened(url)
    say("ready")
    sys.stdin.readline()
    for turn in range(int(turns)):
        bed = 1 + (turn * 7 + int(who)) % int(turns)
        try:
            with suite.database.work(suite.actor) as work:
                person = NewPerson(f"P {who} {turn}", "1985", Sex.F)
                [key] = expect(work, [NewArrival(person, Group.F1, "2021-08-12")]).ids
                admit(work, [Placement(key, bed)])
        except UserError:
            continue
        except Exception as error:  # a refusal by the database itself, or the wait for another
            if suite.explained(error) is error:
                raise
            continue
        say(bed)


def give_out(url: str, _who: str, turns: str) -> None:
    """Once a line comes in, give out one piece of the first supply at a time; say each."""
    suite = opened(url)
    say("ready")
    sys.stdin.readline()
    for _turn in range(int(turns)):
        try:
            with suite.database.work(suite.actor) as work:
                pass_supplies(work, [Passing(1, Flow.OUT, 1)])
        except UserError:
            continue
        say("given")


def migrate(url: str) -> None:
    """Bring the tables up to date, saying each statement, and waiting for a line after it."""

    @event.listens_for(engine.Engine, "before_cursor_execute")
    def step(*_given: object) -> None:
        say("step")
        sys.stdin.readline()

    engine.bring_up_to_date(make_url(url))


if __name__ == "__main__":
    PROGRAMS = {"write": write, "bring": bring, "number": number, "reserve": reserve}
    {**PROGRAMS, "book": book, "give_out": give_out, "migrate": migrate}[sys.argv[1]](*sys.argv[2:])
