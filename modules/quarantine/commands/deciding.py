"""Samples that are due, and rules that change, on the command line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.quarantine.codes import Setting
from modules.quarantine.permissions import RULES
from modules.quarantine.queries.beds import facility_coded
from modules.quarantine.queries.policies import Draft, impact_of
from modules.quarantine.queries.testing import AT_HOME, DueRow, due_tests
from modules.quarantine.rules.meals import Kitchen
from modules.quarantine.service.rules import adopt_kitchen, adopt_policy
from modules.quarantine.service.testing import order_tests


class DueLine(Struct, frozen=True):
    """Somebody whose sample is due, and the tube that would be his.

    Whoever is at home has no room and no bed but a household, its number, commune and address.
    """

    id: int
    name: str
    room: str
    bed: str
    since: str
    tube: str
    setting: Setting
    household: int | None
    commune: str
    address: str


class Shift(Struct, frozen=True):
    """Whose last day a rule would move, and the sentence why."""

    id: int
    name: str
    old: str
    new: str
    why: str


def tests_due(work: Work, values: Mapping[str, Any]) -> list[DueLine]:
    """Whose sample is due until a day: of a facility, or household by household of who is home."""
    return [_due_line(row) for row in _due(work, values)]


def order(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Announce all samples that are due to the laboratory."""
    rows = _due(work, values)
    day = values["day"] or work.today()
    return {"people": len(rows), "tubes": order_tests(work, [row.id for row in rows], day)}


def _due(work: Work, values: Mapping[str, Any]) -> Sequence[DueRow]:
    if bool(values["facility"]) == bool(values["at-home"]):
        raise UserError(_("Say whose samples: of a facility, or of who is at home."))
    if values["facility"]:
        facility = facility_coded(work, values["facility"])
        return due_tests(work, facility.id, values["day"]).rows
    rows = due_tests(work, AT_HOME, values["day"]).rows
    wanted = values["commune"] or ""
    return [row for row in rows if row.home and wanted in ("", row.home.commune_code)]


def _due_line(row: DueRow) -> DueLine:
    home = row.home
    return DueLine(
        id=row.id,
        name=row.who.name,
        room="" if home else row.who.room,
        bed="" if home else row.who.bed,
        since=row.since.isoformat(),
        tube=row.tube,
        setting=Setting.HOME if home else Setting.FACILITY,
        household=home.household_id if home else None,
        commune=row.who.commune if home else "",
        address=home.address if home else "",
    )


def policy(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Whose last day a changed rule would move; with ``--adopt`` it is adopted."""
    work.require(RULES)
    found = impact_of(work, _draft(values))
    shifts = [
        Shift(one.episode_id, one.name, one.old.isoformat(), one.new.isoformat(), one.why)
        for one in found.moved
    ]
    told: dict[str, Any] = {"moved": shifts, "people": len(shifts), "adopted": None}
    if values["adopt"]:
        told["adopted"] = adopt_policy(work, found.policy, found.day, values["source"])
    return told


def kitchen(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Say when meals are served from a day on."""
    hours = Kitchen(tuple(values["time"]), values["cut-off"] or Kitchen().cut_off)
    day = values["day"] or work.today()
    return {"adopted": adopt_kitchen(work, hours, day, values["source"])}


def _draft(values: Mapping[str, Any]) -> Draft:
    return Draft(
        values["source"],
        values["day"],
        values["days"],
        values["home-days"],
        tuple(values["test-day"]) if values["test-day"] else None,
        values["running"] or None,
    )


WHOSE = (
    Option("facility", N_("The code of the facility")),
    Option("at-home", N_("Of everybody who is at home"), flag=True),
    Option("commune", N_("The code of the commune; every commune if not said")),
)
DAY = Option("day", N_("The day, such as 2021-08-13; today if not said"), date.fromisoformat)
DECIDING = (
    Command("tests-due", N_("Whose sample is due until a day"), tests_due, (*WHOSE, DAY)),
    Command(
        "order-tests",
        N_("Order all samples that are due, pooled by room or household"),
        order,
        (*WHOSE, DAY),
        Needs.WRITING,
    ),
    Command(
        "policy",
        N_("Whose last day a changed rule would move; adopt it"),
        policy,
        (
            Option("source", N_("The decision it comes from"), required=True),
            Option("days", N_("Days in quarantine"), int),
            Option("home-days", N_("Days at home afterwards"), int),
            Option("test-day", N_("Days on which samples are taken"), int, many=True),
            Option("running", N_("It counts for people who are here already"), flag=True),
            Option("adopt", N_("Adopt it; without this it is only shown"), flag=True),
            DAY,
        ),
        Needs.WRITING,
    ),
    Command(
        "kitchen",
        N_("Say when meals are served and until when they are ordered"),
        kitchen,
        (
            Option("time", N_("The hours of the meals, such as 06:30"), many=True, required=True),
            Option("cut-off", N_("Until when the day before; 16:00 if not said")),
            Option("source", N_("The decision it comes from"), required=True),
            DAY,
        ),
        Needs.WRITING,
    ),
)
