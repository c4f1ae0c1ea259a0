"""The books of a facility on the command line: payers, supplies, parcels, staff."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct

from admin_suite.core.clock import stamp
from admin_suite.core.codes import Code
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from admin_suite.registry.names import fold
from modules.quarantine.codes import Duty, Flow, Group, Payer
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.parcels import parcels
from modules.quarantine.queries.staffing import in_words, staffing
from modules.quarantine.queries.supplies import supplies
from modules.quarantine.service.parcels import hand_over
from modules.quarantine.service.payers import adopt_payers, set_payer
from modules.quarantine.service.staffing import adopt_norms, set_staff
from modules.quarantine.service.supplies import NewItem, Passing, keep_items, pass_supplies

V = TypeVar("V")
FLOWS = {"in": Flow.IN, "out": Flow.OUT, "counted": Flow.COUNTED}


class SupplyStock(Struct, frozen=True):
    """A supply and what is left of it."""

    id: int
    name: str
    left: int
    unit: str
    least: int


class ParcelLine(Struct, frozen=True):
    """A parcel of the book."""

    id: int
    person: str
    bed: str
    sender: str
    content: str
    received: str
    handed: str


def payer(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Write who pays for people's meals from a day on."""
    day = values["day"] or work.today()
    who = Payer.read(values["payer"])
    return {"people": set_payer(work, values["quarantine"], who, day, values["note"] or "")}


def payers(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Decide who pays for the meals of which group."""
    told = _pairs(values["payer"], Group.read, Payer.read)
    otherwise = Payer.read(values["otherwise"])
    day = values["day"] or work.today()
    return {"adopted": adopt_payers(work, told, otherwise, day, values["source"])}


def stocks(work: Work, values: Mapping[str, Any]) -> list[SupplyStock]:
    """What a facility has of everything."""
    found = supplies(work, facility_coded(work, values["facility"]).id)
    return [SupplyStock(row.id, row.name, row.left, row.unit, row.least) for row in found.rows]


def supply(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Keep a supply, and write what came in, was given out or was counted."""
    facility = facility_coded(work, values["facility"]).id
    known = {fold(row.name): row for row in supplies(work, facility).rows}
    row = known.get(fold(values["item"]))
    if row is None and not values["unit"]:
        said = _("There is no supply “{name}”. Say what it is counted in to begin with it.")
        raise UserError(said.format(name=values["item"]))
    key = row.id if row is not None else 0
    if row is None or values["unit"] or values["least"] is not None:
        unit = values["unit"] or (row.unit if row is not None else "")
        least = values["least"] if values["least"] is not None else (row.least if row else 0)
        [key] = keep_items(work, facility, [NewItem(values["item"], unit, least)])
    note = values["note"] or ""
    wanted = [
        Passing(key, flow, values[name], note)
        for name, flow in FLOWS.items()
        if values[name] is not None
    ]
    pass_supplies(work, wanted)
    left = next(one.left for one in supplies(work, facility).rows if one.id == key)
    return {"item": key, "left": left}


def parcel_lines(work: Work, values: Mapping[str, Any]) -> list[ParcelLine]:
    """The parcel book of a facility, what lies there first."""
    found = parcels(work, facility_coded(work, values["facility"]).id)
    return [
        ParcelLine(
            row.id,
            row.person,
            row.place,
            row.sender,
            row.content,
            stamp(row.received_at),
            stamp(row.handed_at) if row.handed_at is not None else "",
        )
        for row in found.rows
    ]


def hand(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Say that parcels were handed over."""
    return {"handed": hand_over(work, values["parcel"])}


def capacity(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """How many people the staff of a facility can look after."""
    limit = staffing(work, facility_coded(work, values["facility"]).id).limit
    if limit is None:
        return {"limited": False, "left": None, "why": ""}
    return {"limited": True, "left": limit.left, "why": in_words(limit)}


def staff(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Say how many of each duty a facility has."""
    facility = facility_coded(work, values["facility"]).id
    told = _pairs(values["number"], Duty.read, int)
    day = values["day"] or work.today()
    return {"adopted": set_staff(work, facility, told, day, values["source"])}


def norms(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Decide how many people one of each duty looks after."""
    told = _pairs(values["people"], Duty.read, int)
    day = values["day"] or work.today()
    return {"adopted": adopt_norms(work, told, day, values["source"])}


K = TypeVar("K", bound=Code)


def _pairs(told: Sequence[str], key: Callable[[str], K], value: Callable[[str], V]) -> dict[K, V]:
    """What is written as ``KEY=VALUE``."""
    found = {}
    for one in told:
        name, mark, rest = one.partition("=")
        try:
            if mark:
                found[key(name)] = value(rest)
                continue
        except ValueError:
            pass
        said = _("“{text}” is not a pair such as NURSE=20.")
        raise UserError(said.format(text=one))
    return found


FACILITY = Option("facility", N_("The code of the facility"), required=True)
DAY = Option("day", N_("The day, such as 2021-08-13; today if not said"), date.fromisoformat)
SOURCE = Option("source", N_("The decision it comes from"), required=True)
NOTE = Option("note", N_("What is to be known of it"))
KEEPING = (
    Command(
        "payer",
        N_("Say who pays for people's meals from a day on"),
        payer,
        (
            Option("quarantine", N_("The numbers of quarantines"), int, many=True, required=True),
            Option("payer", N_("SELF, STATE, EMPLOYER or SPONSOR"), required=True),
            NOTE,
            DAY,
        ),
        Needs.WRITING,
    ),
    Command(
        "payers",
        N_("Decide who pays for the meals of which group"),
        payers,
        (
            Option("payer", N_("A group and its payer, such as ENTRANT=SELF"), many=True),
            Option("otherwise", N_("Who pays for all other groups"), required=True),
            SOURCE,
            DAY,
        ),
        Needs.WRITING,
    ),
    Command("supplies", N_("What a facility has of its supplies"), stocks, (FACILITY,)),
    Command(
        "supply",
        N_("Keep a supply; write what came in, was given out or was counted"),
        supply,
        (
            FACILITY,
            Option("item", N_("The name of the supply"), required=True),
            Option("unit", N_("What it is counted in")),
            Option("least", N_("The stock below which home says so"), int),
            Option("in", N_("How much came in"), int),
            Option("out", N_("How much was given out"), int),
            Option("counted", N_("How much was counted"), int),
            NOTE,
        ),
        Needs.WRITING,
    ),
    Command("parcels", N_("The parcel book of a facility"), parcel_lines, (FACILITY,)),
    Command(
        "hand-over",
        N_("Say that parcels were handed over"),
        hand,
        (Option("parcel", N_("The numbers of parcels"), int, many=True, required=True),),
        Needs.WRITING,
    ),
    Command(
        "capacity",
        N_("How many people the staff of a facility can look after"),
        capacity,
        (FACILITY,),
    ),
    Command(
        "staff",
        N_("Say how many of each duty a facility has"),
        staff,
        (
            FACILITY,
            Option("number", N_("A duty and how many, such as NURSE=4"), many=True, required=True),
            SOURCE,
            DAY,
        ),
        Needs.WRITING,
    ),
    Command(
        "norms",
        N_("Decide how many people one of each duty looks after"),
        norms,
        (
            Option(
                "people", N_("A duty and people for one, as NURSE=20"), many=True, required=True
            ),
            SOURCE,
            DAY,
        ),
        Needs.WRITING,
    ),
)
