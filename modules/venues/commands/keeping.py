"""Holds and the deletion of check-ins on the command line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.venues import service
from modules.venues.commands.visits import venue_numbered
from modules.venues.permissions import KEEP
from modules.venues.queries import keeping


def retention(work: Work, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Delete the check-ins whose time is over; --dry-run only counts them."""
    work.require(KEEP)
    counting = values["dry-run"]
    found = keeping.expiring(work) if counting else service.delete_expired(work).rows
    return [
        {
            "source": one.source,
            "days": one.days,
            "last_day": one.last.isoformat() if one.last else None,
            **({"due": one.due} if counting else {"deleted": one.due}),
            "held": one.held,
        }
        for one in found
    ]


def hold(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Keep the check-ins of a person or a venue for a case."""
    since = _day(values["from"]) or date(2020, 1, 1)
    until = _day(values["to"])
    if bool(values["person"]) is bool(values["venue"]):
        raise UserError(_("Say either --person NUMBER or --venue NUMBER."))
    if values["person"]:
        key = service.hold_person(work, values["person"], values["reason"], since, until)
    else:
        venue = venue_numbered(work, values["venue"])
        key = service.hold_venue(work, venue, values["reason"], since, until)
    return {"hold": key}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        said = _("“{text}” is no day; write it as 2021-08-13.")
        raise UserError(said.format(text=text)) from None


def lift(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Hold no longer; with --take-back hold again."""
    if values["take-back"]:
        service.hold_again(work, [values["hold"]])
    else:
        service.lift_hold(work, values["hold"])
    return {"hold": values["hold"]}


def holds(work: Work, _values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is held."""
    work.require(KEEP)
    return [
        {
            "hold": one.id,
            "person": one.person_id,
            "venue": one.venue_id,
            "from": one.since.isoformat(),
            "to": one.until.isoformat() if one.until else None,
            "reason": one.reason,
            "lifted": one.lifted_at is not None,
        }
        for one in keeping.holds(work)
    ]


COMMANDS = (
    Command(
        "retention",
        N_("Delete the check-ins whose time is over"),
        retention,
        (Option("dry-run", N_("Count them and delete nothing"), flag=True),),
        Needs.WRITING,
    ),
    Command(
        "hold",
        N_("Keep check-ins for a case"),
        hold,
        (
            Option("person", N_("The number of a person"), int),
            Option("venue", N_("The number of a venue")),
            Option("reason", N_("The case, and who decided"), required=True),
            Option("from", N_("The first day, as 2021-08-13")),
            Option("to", N_("The last day; none: from then on")),
        ),
        Needs.WRITING,
    ),
    Command(
        "lift",
        N_("Hold check-ins no longer"),
        lift,
        (
            Option("hold", N_("The number of the hold"), int, positional=True, required=True),
            Option("take-back", N_("It was lifted by mistake: hold again"), flag=True),
        ),
        Needs.WRITING,
    ),
    Command("holds", N_("What is held for cases"), holds, (), Needs.READING),
)
