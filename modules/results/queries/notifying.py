"""Whom to tell what, receiver by receiver, in the order in which to call."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import aliased

from admin_suite.core.clock import moment_shown, shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.registry.codes import Consent
from admin_suite.registry.models import Person
from admin_suite.registry.names import fold, whole_address
from admin_suite.registry.queries import own_unit
from modules.lab.api import Outcome, SampleRow, sample_rows
from modules.results.codes import Status
from modules.results.facts import SitesAsked
from modules.results.models import Notice, Return, Telling, Version
from modules.results.queries.release import DAY, released, specimens_in, start_of
from modules.results.queries.versions import newest, reports
from modules.results.rules import fitted

RECEIVERS = ("commune", "sender", "site")
ANNULLED = N_("Annulled: sample again")
UNRELEASED = 0  # the version of what is not released
VOID = N_("Preliminary notice void: wait")


class NotifyRow(Struct, frozen=True):
    """One person to be told. ``again`` says that he was told something else before.

    ``told`` is when and to whom this was told already, ``sms`` the text for his telephone;
    ``outcome`` is missing of a result that was told and annulled since, ``report_version`` too of
    one that was told before its release and sent back.
    """

    sample: SampleRow
    receiver: str
    consent: Consent | None
    outcome: Outcome | None
    report_version: int
    again: bool
    told: str
    sms: str

    id = property(lambda self: self.sample.id)
    accession = property(lambda self: self.sample.accession)
    name = property(lambda self: self.sample.name)
    dob = property(lambda self: self.sample.dob)
    sex = property(lambda self: self.sample.sex)
    phone = property(lambda self: self.sample.phone)
    address = property(lambda self: whole_address(self.sample.address, self.sample.commune))
    collected_at = property(lambda self: self.sample.collected_at)
    tube_id = property(lambda self: self.sample.tube_id)
    person_id = property(lambda self: self.sample.person_id)

    @property
    def said(self) -> str:
        """The result in words."""
        if self.outcome is not None:
            return self.outcome.word
        return _(ANNULLED) if self.report_version else _(VOID)

    @property
    def urgent(self) -> bool:
        """Whether somebody has to act."""
        return self.outcome is not Outcome.NEGATIVE


class Receiver(Struct, frozen=True):
    """Whoever gets a list: how many people are on it, how many not negative, how many untold."""

    name: str
    people: int
    urgent: int
    untold: int


def notify_rows(work: Work, where: Mapping[str, str], by: str = "sender") -> list[NotifyRow]:
    """Everybody whose results stand, receiver by receiver, in the order in which to call.

    Telephones with somebody not negative come first, and who shares a telephone stands together.
    Who was told a result that was annulled since is among them, and who heard one before its
    release that was sent back. ``by`` site: where people stay, as whoever places them says, and by
    commune who stays at home. ``where`` as of ``released``; with ``since``, what was released
    before that day is there too while it is not negative and not told.
    """
    if by not in RECEIVERS:
        raise UserError(_("Lists are made by: {names}.").format(names=", ".join(RECEIVERS)))
    rows = released(work, where)
    if since := where.get("since", ""):
        others = {name: value for name, value in where.items() if name != "since"}
        rows += released(work, {**others, "untold": since})
    samples = sample_rows(work, [row.id for row in rows])
    told: list[tuple[SampleRow, Outcome | None, int]] = [
        (sample, row.outcome, row.report_version) for sample, row in zip(samples, rows, strict=True)
    ]
    if not where.get("outcome"):
        told += [(sample, None, number) for sample, number in _annulled(work, where)]
        told += [(sample, None, UNRELEASED) for sample in _void(work, where)]
    there = list(dict.fromkeys(one[0].tube_id for one in told))
    people = list(dict.fromkeys(one[0].person_id for one in told))
    asked = _Asked(
        own_unit(work).name,
        by,
        _consents(work, people),
        past_tellings(work, there),
        {one.told.tube_id: one.since for one in reports(work, there)},
        _early(work, there),
        _sites(work, people) if by == "site" else {},
    )
    return _ordered([_notify(asked, *one) for one in told])


def void_notices(work: Work, tubes: Sequence[int] | None = None) -> dict[int, int]:
    """The return that made the last notice of a tube void, of tubes not released since.

    Of these tubes, or of all.
    """
    newer, report = aliased(Notice), aliased(Version)
    later = select(newer.id).where(newer.tube_id == Return.tube_id, newer.id > Return.notice_id)
    out = select(report.id).where(report.tube_id == Return.tube_id)
    query = select(Return.tube_id, Return.id).where(
        Return.notice_id.is_not(None), ~later.exists(), ~out.exists()
    )
    if tubes is not None:
        query = query.where(bulk.among(work, Return.tube_id, tubes))
    return {row[0]: row[1] for row in work.session.execute(query.order_by(Return.id))}


class _Asked(Struct, frozen=True):
    """What the lines of a list share."""

    unit: str
    by: str
    consents: Mapping[int, Consent | None]
    past: Mapping[tuple[int, int], Sequence[Telling]]
    since: Mapping[int, int]
    early: Mapping[int, set[Outcome]]
    sites: Mapping[int, str]


def _notify(asked: _Asked, sample: SampleRow, outcome: Outcome | None, number: int) -> NotifyRow:
    past = asked.past.get((sample.tube_id, sample.person_id), ())
    since = asked.since.get(sample.tube_id, number)
    if number == UNRELEASED:
        now = [one for one in past if one.return_id is not None]
    else:
        now = [one for one in past if one.number is not None and one.number >= since]
    told = f"{moment_shown(now[-1].told_at)}, {now[-1].to_whom}" if now else ""
    otherwise = bool(asked.early.get(sample.tube_id, set()) - {outcome})
    again = not now and (otherwise or any(one.number is not None for one in past))
    consent = asked.consents.get(sample.person_id)
    place = sample.sender if asked.by == "sender" else asked.sites.get(sample.person_id, "")
    place = place or sample.commune or _("(no commune)")
    may = outcome if consent is Consent.YES else None
    sms = message(asked.unit, sample, may, waits=number == UNRELEASED)
    return NotifyRow(sample, place, consent, outcome, number, again, told, sms)


def _early(work: Work, tubes: Sequence[int]) -> dict[int, set[Outcome]]:
    """What was told of these tubes before their release."""
    found: dict[int, set[Outcome]] = {}
    query = select(Notice.tube_id, Notice.outcome).where(bulk.among(work, Notice.tube_id, tubes))
    for tube, outcome in work.session.execute(query):
        found.setdefault(tube, set()).add(outcome)
    return found


def _sites(work: Work, people: Sequence[int]) -> dict[int, str]:
    asked = SitesAsked(tuple(people))
    work.publish(asked)
    return asked.sites


def _void(work: Work, where: Mapping[str, str]) -> list[SampleRow]:
    """Whoever heard of a result before its release that was sent back and is not released since."""
    found = void_notices(work)
    if day := where.get("day", ""):
        start = start_of(day)
        query = select(Return.tube_id).where(Return.returned_at >= start)
        query = query.where(Return.returned_at < start + DAY)
        on = set(work.session.scalars(query.where(Return.id.in_(found.values()))))
        found = {tube: key for tube, key in found.items() if tube in on}
    return _of_tubes(work, list(found), where)


def _of_tubes(work: Work, tubes: Sequence[int], where: Mapping[str, str]) -> list[SampleRow]:
    inside = specimens_in(work, tubes)
    rows = sample_rows(work, [key for some in inside.values() for key in some])
    sender, accession = where.get("sender", ""), where.get("accession", "")
    return [row for row in rows if sender in {"", row.sender} and accession in {"", row.accession}]


def _annulled(work: Work, where: Mapping[str, str]) -> list[tuple[SampleRow, int]]:
    """Whoever was told a result that has been annulled since."""
    query = (
        select(Version.tube_id, Version.number)
        .where(newest(), Version.status == Status.ENTERED_IN_ERROR)
        .where(Version.tube_id.in_(select(Telling.tube_id).where(Telling.number.is_not(None))))
    )
    if day := where.get("day", ""):
        query = query.where(Version.at >= start_of(day), Version.at < start_of(day) + DAY)
    numbers = {row[0]: row[1] for row in work.session.execute(query)}
    return [(row, numbers[row.tube_id]) for row in _of_tubes(work, list(numbers), where)]


def _consents(work: Work, people: Sequence[int]) -> dict[int, Consent | None]:
    found: dict[int, Consent | None] = {}
    for part in bulk.chunks(people):
        rows = work.session.execute(
            select(Person.id, Person.phone_consent).where(Person.id.in_(part))
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def past_tellings(work: Work, tubes: Sequence[int]) -> dict[tuple[int, int], list[Telling]]:
    """What was said to whom about these tubes, the latest last."""
    found: defaultdict[tuple[int, int], list[Telling]] = defaultdict(list)
    for part in bulk.chunks(list(dict.fromkeys(tubes))):
        query = select(Telling).where(Telling.tube_id.in_(part)).order_by(Telling.id)
        for row in work.session.scalars(query):
            found[row.tube_id, row.person_id].append(row)
    return found


def _ordered(rows: Sequence[NotifyRow]) -> list[NotifyRow]:
    """By receiver; in it telephones with somebody not negative first; one telephone together."""
    loud: dict[tuple[str, str], bool] = {}
    for row in rows:
        key = (row.receiver, row.phone or str(row.id))
        loud[key] = loud.get(key, False) or row.urgent
    return sorted(
        rows,
        key=lambda row: (
            fold(row.receiver),
            not loud[row.receiver, row.phone or str(row.id)],
            row.phone or str(row.id),
            not row.urgent,
            row.id,
        ),
    )


def receivers(rows: Iterable[NotifyRow]) -> list[Receiver]:
    """Whoever gets a list, in the order of the rows."""
    groups: dict[str, list[NotifyRow]] = {}
    for row in rows:
        groups.setdefault(row.receiver, []).append(row)
    return [
        Receiver(
            name,
            len(some),
            sum(row.urgent for row in some),
            sum(not row.told for row in some),
        )
        for name, some in groups.items()
    ]


def message(unit: str, sample: SampleRow, outcome: Outcome | None, *, waits: bool = False) -> str:
    """The text for a telephone, without marks; without an outcome it tells none."""
    said = _(
        "{unit}: there is a result of the sample of {day} for {name} {born}. "
        "Please ask at the place of sampling."
    )
    if outcome is not None:
        said = _("{unit}: sample of {day} for {name} {born}: {outcome}.")
    if waits:
        said = _(
            "{unit}: what was said early of the sample of {day} for {name} {born} is void. "
            "The result follows."
        )
    values = {"day": shown(sample.collected_at[:10]), "born": sample.dob[:4], "name": "{name}"}
    word = outcome.word.upper() if outcome is not None else ""
    return fitted(said.format(unit=unit, outcome=word, **values), sample.name)
