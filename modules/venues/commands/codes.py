"""Venues on the command line: the same verbs that buttons call."""

from collections.abc import Mapping
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.venues import queries, service


def issue(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Issue the codes of all venues, or of those chosen; --again replaces codes in force."""
    if not (values["all"] or values["where"]):
        raise UserError(_("Say which venues: --all, or --where FIELD=VALUE."))
    found = queries.venues(work, _chosen(values["where"] or ()))
    ids = [row.id for row in found]
    return {"venues": len(ids), "issued": service.issue(work, ids, again=values["again"])}


def _chosen(given: tuple[str, ...]) -> dict[str, str]:
    where = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise UserError(_("“{text}” is no FIELD=VALUE.").format(text=one))
        where[name.strip()] = value.strip()
    return where


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


COMMANDS = (
    Command(
        "issue",
        N_("Issue the codes of venues"),
        issue,
        (
            Option("all", N_("Every venue of the register"), flag=True),
            Option("where", N_("Venues of this FIELD=VALUE"), many=True),
            Option("again", N_("Replace codes that are in force"), flag=True),
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
)
