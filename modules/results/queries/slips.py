"""Slips: what stands on one person's paper, and whether a scanned one holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from admin_suite.core.clock import moment_shown, shown, stamp
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk, keys
from admin_suite.db.work import Work
from admin_suite.module import Hit
from admin_suite.qr import signing
from admin_suite.registry.queries import own_unit
from modules.lab.api import Method, Outcome, SampleRow, grouped, sample_rows, tubes
from modules.results import formats
from modules.results.codes import Doubt, Status
from modules.results.formats import PublicKey, Slip
from modules.results.models import Hold, Notice, Version
from modules.results.queries.release import lines, released, specimens_in
from modules.results.queries.versions import reports

PURPOSE = "results.slip"
NAMES_NOBODY = N_("Slip of tube {accession}, v{number}")


class SlipRow(Struct, frozen=True):
    """What stands on the slip of one person; ``code`` is empty on a preliminary one."""

    sample: SampleRow
    outcome: Outcome
    method: Method
    ct: str
    at: str
    version: int
    status: Status
    reason: str
    remark: str
    code: str


class Verdict(Struct, frozen=True):
    """Whether a slip holds, and if not, why; ``said`` is the sentence for whoever scanned it."""

    valid: bool
    reason: Doubt | None
    said: str
    accession: str = ""
    holder: str = ""
    outcome: Outcome | None = None
    day: str = ""
    version: int | None = None
    newest: int | None = None


# -- what is printed ------------------------------------------------------------------------------


def slips(work: Work, where: Mapping[str, str]) -> list[SlipRow]:
    """The slips of everybody's results that stand; ``where`` as of ``released``."""
    rows = released(work, where)
    samples = {row.id: row for row in sample_rows(work, [row.id for row in rows])}
    found = {one.told.tube_id: one for one in reports(work, [row.tube_id for row in rows])}
    reasons = _reasons(work, [one.version_id for one in found.values() if one.number > 1])
    key = keys.current(work, PURPOSE)
    public = PublicKey(key.number, signing.public_key(key.secret))
    made = []
    for row in rows:
        what = (
            row.accession,
            formats.holder(row.name, row.dob),
            row.outcome,
            row.released_at[:10],
            row.report_version,
        )
        code = formats.code(formats.body(what, public), key.secret)
        reason = reasons.get(found[row.tube_id].version_id, "")
        report = (row.report_version, row.report_status, reason, row.report_remark, code)
        at = shown(row.released_at)
        made.append(SlipRow(samples[row.id], row.outcome, row.method, row.ct, at, *report))
    return made


def preliminary_slips(work: Work, accession: str = "") -> list[SlipRow]:
    """The slips of preliminary notices whose results are not released yet; they bear no code."""
    noticed = {
        row[0]: row[1]
        for row in work.session.execute(select(Notice.measurement_id, Notice.given_at))
    }
    there = select(Notice.tube_id)
    wanted = [
        line
        for line in lines(work, list(work.session.scalars(there)))
        if line.released_by is None
        and line.measurement_id in noticed
        and accession in {"", line.accession}
    ]
    inside = specimens_in(work, [line.tube_id for line in wanted])
    samples = {
        row.id: row for row in sample_rows(work, [key for some in inside.values() for key in some])
    }
    return [
        SlipRow(
            samples[key],
            line.outcome,
            line.method,
            line.ct,
            moment_shown(noticed[line.measurement_id]),
            0,
            Status.FINAL,
            "",
            "",
            "",
        )
        for line in wanted
        for key in inside.get(line.tube_id, ())
    ]


def _reasons(work: Work, versions: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in bulk.chunks(versions):
        query = select(Version.id, Version.reason).where(Version.id.in_(part))
        found |= {row[0]: row[1] for row in work.session.execute(query)}
    return found


# -- what is verified -----------------------------------------------------------------------------


def public_keys(work: Work) -> list[PublicKey]:
    """The public keys of every secret that ever signed slips here."""
    found = keys.every(work, PURPOSE)
    return [PublicKey(key.number, signing.public_key(key.secret)) for key in found]


def keys_file(work: Work) -> str:
    """The file by which others verify our slips without this database."""
    return formats.keys_written(own_unit(work).name, public_keys(work))


def verify(work: Work, text: str) -> Verdict:
    """Whether a scanned slip is ours, unchanged, and still what holds."""
    slip = formats.read(text)
    if slip is None:
        doubt = Doubt.FORGED if formats.is_slip(text) else Doubt.FOREIGN
        return Verdict(valid=False, reason=doubt, said=doubt.word)
    doubt_of_seal = signed_by(slip, public_keys(work))
    if doubt_of_seal is not None:
        return _verdict(slip, doubt_of_seal)
    there = tubes().subquery()
    query = (
        select(Version)
        .join(there, there.c.id == Version.tube_id)
        .where(there.c.accession == slip.accession)
        .order_by(Version.number)
    )
    known = list(work.session.scalars(query))
    told = next((version for version in known if version.number == slip.version), None)
    if told is None or not _same(slip, told):
        return _verdict(slip, Doubt.FORGED)
    held = select(Hold.id).where(Hold.tube_id == told.tube_id, Hold.lifted_by.is_(None))
    on_hold = work.session.scalar(held) is not None
    return _verdict(slip, _doubt(slip, known[-1], on_hold=on_hold), known[-1].number)


def signed_by(slip: Slip, known: Sequence[PublicKey]) -> Doubt | None:
    """What is wrong with the seal of a slip, by these keys alone; None where nothing is."""
    key = next((one for one in known if (one.number, one.mark) == (slip.key, slip.mark)), None)
    if key is None:
        return Doubt.FOREIGN
    good = signing.verifies(key.raw, slip.signed.encode(), slip.signature)
    return None if good else Doubt.FORGED


def verify_apart(text: str, known: Sequence[PublicKey]) -> Verdict:
    """Whether a slip bears the seal of these keys; that it was replaced since cannot be seen."""
    slip = formats.read(text)
    if slip is None:
        return Verdict(valid=False, reason=Doubt.FOREIGN, said=Doubt.FOREIGN.word)
    return _verdict(slip, signed_by(slip, known))


def find_slip(work: Work, text: str) -> list[Hit]:
    """The verdict on a scanned slip, for the search box."""
    if not formats.is_slip(text):
        return []
    verdict = verify(work, text)
    there = tubes().subquery()
    query = select(there.c.id).where(there.c.accession == verdict.accession)
    tube = work.session.scalar(query) or 0
    said = _(NAMES_NOBODY).format(accession=grouped(verdict.accession), number=verdict.version)
    return [Hit(verdict.said, said if verdict.accession else "", "lab.samples", tube, exact=True)]


def _same(slip: Slip, told: Version) -> bool:
    """Whether a slip says what was released; the holder's name may have been put right since."""
    return (slip.outcome, slip.day) == (told.outcome, _day(told.at))


def _day(moment: datetime) -> str:
    return stamp(moment)[:10]


def _doubt(slip: Slip, newest: Version, *, on_hold: bool) -> Doubt | None:
    if newest.status is Status.ENTERED_IN_ERROR:
        return Doubt.ENTERED_IN_ERROR
    if on_hold:
        return Doubt.ON_HOLD
    return Doubt.SUPERSEDED if newest.number > slip.version else None


def _verdict(slip: Slip, doubt: Doubt | None, newest: int | None = None) -> Verdict:
    said = _("The slip holds") if doubt is None else doubt.word.format(number=newest)
    told = (slip.accession, slip.holder, slip.outcome, slip.day, slip.version, newest)
    return Verdict(doubt is None, doubt, said, *told)
