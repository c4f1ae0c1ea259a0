"""Venues on the command line: the same verbs that buttons call."""

from collections.abc import Mapping
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.venues import queries, service
from modules.venues.commands.visits import VENUES, a_moment, venue_numbered


def issue(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Issue the codes of all venues, or of those chosen; --again replaces codes in force."""
    if not (values["all"] or values["where"]):
        raise UserError(_("Say which venues: --all, or --where FIELD=VALUE."))
    found = queries.venues(work, _chosen(values["where"] or ()))
    ids = [row.id for row in found]
    day = a_moment(values["from"]).date() if values["from"] else None
    return {"venues": len(ids), "issued": service.issue(work, ids, day, again=values["again"])}


def _chosen(given: tuple[str, ...]) -> dict[str, str]:
    where = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise UserError(_("“{text}” is no FIELD=VALUE.").format(text=one))
        where[name.strip()] = value.strip()
    return where


def revoke(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Let the codes of venues count no more, of all their entrances or of those named."""
    ids = [venue_numbered(work, number) for number in values["venue"]]
    doors = queries.entrance_rows(work, ids)
    chosen = set(values["entrance"] or {door.entrance for door in doors})
    issues = [one.issue_id for one in doors if one.entrance in chosen and one.issue_id is not None]
    if not issues:
        raise UserError(_("These entrances have no code that could be revoked."))
    return {"revoked": service.revoke(work, issues, values["reason"])}


def verify(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a scanned text is: valid or not, why not, and which entrance it names."""
    found = queries.verdict(work, values["text"])
    venue = found.venue
    named = None
    if venue is not None:
        named = {
            "number": venue.number,
            "name": venue.name,
            "kind": venue.kind,
            "commune_code": venue.commune_code,
        }
    return {
        "valid": found.valid,
        "reason": found.reason,
        "venue": named,
        "entrance": found.entrance,
        "issue": found.issue,
    }


def new_key(work: Work, _values: Mapping[str, Any]) -> dict[str, int]:
    """Let a new key sign codes from now on."""
    return {"key": service.rotate_key(work)}


COMMANDS = (
    Command(
        "issue",
        N_("Issue the codes of venues"),
        issue,
        (
            Option("all", N_("Every venue of the register"), flag=True),
            Option("where", N_("Venues of this FIELD=VALUE"), many=True),
            Option("again", N_("Replace codes that are in force"), flag=True),
            Option("from", N_("Valid from that day on, as 2021-08-13; none: today")),
        ),
        Needs.WRITING,
    ),
    Command(
        "revoke",
        N_("Let the codes of venues count no more"),
        revoke,
        (
            VENUES,
            Option("entrance", N_("Only these entrances"), int, many=True),
            Option("reason", N_("Why"), required=True),
        ),
        Needs.WRITING,
    ),
    Command(
        "verify",
        N_("Say what a scanned text is worth"),
        verify,
        (Option("text", N_("The text of the code"), positional=True, required=True),),
        Needs.READING,
    ),
    Command(
        "new-key",
        N_("Let a new key sign codes of venues from now on"),
        new_key,
        (),
        Needs.WRITING,
    ),
)
