"""Home quarantine on the command line: whom to call, what was told, the ways out."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from admin_suite.core.errors import refuse
from admin_suite.core.i18n import N_
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.quarantine.checks.home import unhousable
from modules.quarantine.codes import Channel, Ended, Followed, Phase
from modules.quarantine.commands.deciding import Shift
from modules.quarantine.permissions import PLACE
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.home import HomeRow, home_list
from modules.quarantine.queries.rehousing import OWN, rehousing
from modules.quarantine.service.calls import call
from modules.quarantine.service.home import leave_home, to_facility
from modules.quarantine.service.rehousing import rehouse


class HomeLine(Struct, frozen=True):
    """Somebody at home: whom to call, which day it is, what today has told."""

    id: int
    name: str
    phone: str
    commune: str
    household: int
    phase: Phase
    day: int
    last_day: str
    home_until: str
    state: Followed
    tries: int
    missed: bool
    visit: bool


def at_home(work: Work, values: Mapping[str, Any]) -> list[HomeLine]:
    """Who is at home, in the order of calling."""
    return [_line(row) for row in home_list(work, values["commune"] or "").rows]


def write_call(work: Work, values: Mapping[str, Any]) -> dict[str, Followed]:
    """Write a call or a visit down."""
    channel = Channel.VISIT if values["visit"] else Channel.CALL
    return {"told": call(work, values["quarantine"], channel, values["told"])}


def end(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Let people be at home no more; followed to the end if nothing else is said."""
    how = values["how"] or Ended.DISCHARGED
    return {"ended": leave_home(work, values["quarantine"], how, values["reason"] or "")}


def bring(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Bring people from home to a facility, where they wait for a bed."""
    facility = facility_coded(work, values["facility"])
    return {"waiting": to_facility(work, values["quarantine"], facility.id)}


def other_household(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Whose last day moves if people go to another household; with ``--commit`` they go."""
    work.require(PLACE)
    keys, mistaken = values["quarantine"], values["mistaken"]
    home = values["household"] or OWN
    refuse(unhousable(work, keys, home, mistaken=mistaken))
    seen = rehousing(work, keys, home, mistaken=mistaken)
    shifts = [
        Shift(one.episode_id, one.name, one.old.isoformat(), one.new.isoformat(), one.why)
        for one in seen.moved
    ]
    if values["commit"]:
        rehouse(work, keys, home, mistaken=mistaken, reason=values["reason"] or "")
    return {"moved": shifts, "people": len(shifts), "stored": bool(values["commit"])}


def _line(row: HomeRow) -> HomeLine:
    return HomeLine(
        row.id,
        row.who.name,
        row.phone,
        row.commune,
        row.home.household_id,
        row.phase,
        row.day,
        row.clock.ends_on.isoformat(),
        row.clock.home_until.isoformat(),
        row.state,
        row.tries,
        row.missed,
        row.visit,
    )


PEOPLE = Option("quarantine", N_("The numbers of quarantines"), int, many=True, required=True)
AT_HOME = (
    Command(
        "at-home",
        N_("Who is at home, and who is still to be heard of today"),
        at_home,
        (Option("commune", N_("The code of the commune; every commune if not said")),),
    ),
    Command(
        "call",
        N_("Write down a call or a visit of today"),
        write_call,
        (
            Option("quarantine", N_("The number of the quarantine"), int, required=True),
            Option("told", N_("As on the page: . or 367 98 ho, k, t, v"), required=True),
            Option("visit", N_("Somebody went there"), flag=True),
        ),
        Needs.WRITING,
    ),
    Command(
        "end-home",
        N_("End the follow-up or the quarantine of people at home"),
        end,
        (
            PEOPLE,
            Option("how", N_("DISCHARGED, REFERRED, DIED or REVOKED"), Ended.read),
            Option("reason", N_("Why")),
        ),
        Needs.WRITING,
    ),
    Command(
        "rehouse",
        N_("Whose last day moves if people at home go to another household; move them"),
        other_household,
        (
            PEOPLE,
            Option("household", N_("The number of the household; their own if not said"), int),
            Option("mistaken", N_("They never were in the one before"), flag=True),
            Option("reason", N_("Why")),
            Option("commit", N_("Move them; without this it is only shown"), flag=True),
        ),
        Needs.WRITING,
    ),
    Command(
        "to-facility",
        N_("Bring people from home to a facility, where they wait for a bed"),
        bring,
        (PEOPLE, Option("facility", N_("The code of the facility"), required=True)),
        Needs.WRITING,
    ),
)
