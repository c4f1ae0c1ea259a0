"""Whom to tell, one file for each receiver: a workbook to work by and the texts for telephones."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from admin_suite.core.i18n import N_
from admin_suite.db.work import Work, taken_out
from admin_suite.excel import writer
from admin_suite.excel.sheet import Field, Sheet
from admin_suite.module import Command, Needs, Option
from modules.results import queries
from modules.results.permissions import TELL
from modules.results.queries import NotifyRow

UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # in names of files, on Windows too


def _rows(work: Work, where: Mapping[str, str]) -> list[NotifyRow]:
    return queries.notify_rows(work, where)


NOTIFY: Sheet[tuple[object, ...]] = Sheet(
    name="results.notify",
    title=N_("Whom to tell"),
    rows=_rows,
    permission=TELL,
    fields=(
        Field("receiver", N_("For"), 28),
        Field("phone", N_("Telephone"), 13),
        Field("name", N_("Full name"), 26),
        Field("dob", N_("Date of birth"), 13),
        Field("sex", N_("Sex"), 7),
        Field("said", N_("Result"), 20),
        Field("again", N_("Told otherwise before"), 10),
        Field("accession", N_("Accession number"), 15),
        Field("report_version", N_("Version"), 8),
        Field("collected_at", N_("Collected at"), 17),
        Field("address", N_("Address"), 36),
        Field("consent", N_("Consent to be told by phone"), 10),
        Field("told", N_("Told"), 26),
        Field("sms", N_("Text message"), 60),
    ),
)


def write_lists(rows: Sequence[NotifyRow], folder: Path) -> list[Path]:
    """One workbook and one file of text messages for each receiver; answers the workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    groups: dict[str, list[NotifyRow]] = {}
    for row in rows:
        groups.setdefault(row.receiver, []).append(row)
    made = []
    for receiver, some in groups.items():
        file = folder / f"{UNFIT.sub(' ', receiver).strip()}.xlsx"
        writer.export(NOTIFY, some, file)
        texts = [f"{row.phone}\t{row.sms}\n" for row in some if row.phone and not row.told]
        file.with_suffix(".sms.txt").write_text("".join(texts), encoding="ascii")
        made.append(file)
    return made


@taken_out
def _hand_out(work: Work, values: Mapping[str, Any]) -> dict[str, int]:
    """Write the lists of whom to tell into a folder."""
    work.require(TELL)
    where = {"day": values["day"]} if values["day"] else {}
    rows = queries.notify_rows(work, where, values["by"] or "sender")
    wanted = [row for row in rows if values["all"] or not row.told]
    return {"files": len(write_lists(wanted, Path(values["folder"]))), "people": len(wanted)}


NOTIFYING = (
    Command(
        "notify",
        N_("Write the lists of whom to tell, one file for each receiver"),
        _hand_out,
        (
            Option("folder", N_("The folder to write into"), positional=True, required=True),
            Option(
                "by",
                N_(
                    "One file each: sender, commune or site (where people stay); sender if not said"
                ),
            ),
            Option("day", N_("Only what was released on this day, such as 2021-08-13")),
            Option("all", N_("Who has been told already, too"), flag=True),
        ),
        Needs.READING,
    ),
)
