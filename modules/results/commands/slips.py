"""Slips on the command line: verified here or elsewhere, and the keys that sign them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db.work import Work
from admin_suite.module import Command, Needs, Option
from modules.results import formats, queries, service
from modules.results.permissions import SEE
from modules.results.queries import Verdict

MOST_BYTES = 1_000_000


def verify(work: Work, values: Mapping[str, Any]) -> Verdict:
    """Whether a scanned slip is ours and still holds."""
    work.require(SEE)
    return queries.verify(work, values["text"])


def verify_apart(_work: None, values: Mapping[str, Any]) -> Verdict:
    """Whether a scanned slip bears the seal of these keys, without a database."""
    file = Path(values["keys"])
    if not file.is_file() or file.stat().st_size > MOST_BYTES:
        raise UserError(_("There is no file “{name}”.").format(name=file))
    known = formats.keys_read(file.read_text(encoding="utf-8-sig"))
    return queries.verify_apart(values["text"], known)


def write_keys(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write the public keys for others."""
    work.require(SEE)
    file = Path(values["file"])
    file.write_text(queries.keys_file(work), encoding="utf-8")
    return {"file": str(file), "keys": len(queries.public_keys(work))}


def new_key(work: Work, _values: Mapping[str, Any]) -> dict[str, int]:
    """Let a new key sign slips from now on."""
    return {"key": service.rotate_key(work)}


TEXT = Option("text", N_("What the scanner reads"), positional=True, required=True)
VERIFYING = (
    Command("verify", N_("Whether a slip holds"), verify, (TEXT,), Needs.READING),
    Command(
        "verify-apart",
        N_("Whether a slip is sealed by these keys, without a database"),
        verify_apart,
        (TEXT, Option("keys", N_("The file of public keys"), required=True)),
        Needs.NOTHING,
    ),
    Command(
        "keys",
        N_("Write the public keys by which others verify slips"),
        write_keys,
        (Option("file", N_("The file to write"), positional=True, required=True),),
        Needs.READING,
    ),
    Command("new-key", N_("Let a new key sign slips from now on"), new_key, (), Needs.WRITING),
)
