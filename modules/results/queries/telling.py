"""Questions about telling: who is to be told, who was, what to say, and who asked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from admin_suite.core.clock import here, moment_shown, shown
from admin_suite.core.errors import UserError
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.module import Period
from admin_suite.registry.codes import Consent
from admin_suite.registry.models import Person, User
from admin_suite.registry.names import fold, whole_address
from admin_suite.registry.queries import own_unit
from modules.lab.api import Outcome, SampleRow, Stage, sample_rows, specimens, tubes
from modules.results.codes import Channel, State, Status
from modules.results.models import Hold, Look, Telling, Version
from modules.results.queries.release import DAY, released, specimens_in, start_of
from modules.results.queries.versions import Standing, newest, reports, standings
from modules.results.rules import disclosed, fitted, split, within

RECEIVERS = ("commune", "sender")
ANNULLED = N_("Annulled: sample again")
COUNTED: dict[Outcome, str] = {
    Outcome.POSITIVE: N_("positive {n}"),
    Outcome.NEGATIVE: N_("negative {n}"),
    Outcome.INCONCLUSIVE: N_("inconclusive {n}"),
    Outcome.INVALID: N_("invalid {n}"),
    Outcome.AWAITING_SINGLES: N_("waiting for single samples {n}"),
}
URGENT = (Outcome.POSITIVE, Outcome.AWAITING_SINGLES, Outcome.INCONCLUSIVE, Outcome.INVALID)


@dataclass(frozen=True)
class NotifyRow:
    """One person to be told. ``again`` says that he was told something else before.

    ``told`` is when and to whom this was told already, ``sms`` the text for his telephone;
    ``outcome`` is missing of a result that was told and annulled since.
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
        return self.outcome.word if self.outcome is not None else _(ANNULLED)

    @property
    def urgent(self) -> bool:
        """Whether somebody has to act."""
        return self.outcome is not Outcome.NEGATIVE


@dataclass(frozen=True)
class AskedRow:
    """What is to be said to somebody who asks about a swab: that it waits, or what it says."""

    tube_id: int
    person_id: int
    accession: str
    name: str
    dob: str
    collected_at: str
    sender: str
    had: bool
    said: str
    told: str


@dataclass(frozen=True)
class CallRow:
    """One call of the day: who asked, about which tube, whether there was something to say."""

    id: int
    at: str
    accession: str
    to_whom: str
    channel: Channel
    had: bool
    by: str


@dataclass(frozen=True)
class Receiver:
    """Whoever gets a list: how many people are on it, how many not negative, how many untold."""

    name: str
    people: int
    urgent: int
    untold: int


# -- lists ----------------------------------------------------------------------------------------


def notify_rows(work: Work, where: Mapping[str, str], by: str = "sender") -> list[NotifyRow]:
    """Everybody whose results stand, receiver by receiver, in the order in which to call.

    Telephones with somebody not negative come first, and who shares a telephone stands together.
    Who was told a result that was annulled since is among them. ``where`` as of ``released``.
    """
    if by not in RECEIVERS:
        raise UserError(_("Lists are made by: {names}.").format(names=", ".join(RECEIVERS)))
    rows = released(work, where)
    samples = sample_rows(work, [row.id for row in rows])
    told: list[tuple[SampleRow, Outcome | None, int]] = [
        (sample, row.outcome, row.report_version) for sample, row in zip(samples, rows, strict=True)
    ]
    if not where.get("outcome"):
        told += [(sample, None, number) for sample, number in _annulled(work, where)]
    asked = _Asked(
        own_unit(work).name,
        by,
        _consents(work, [one[0].person_id for one in told]),
        _past(work, [one[0].tube_id for one in told]),
        {one.told.tube_id: one.since for one in reports(work, [one[0].tube_id for one in told])},
    )
    return _ordered([_notify(asked, *one) for one in told])


@dataclass(frozen=True)
class _Asked:
    """What the lines of a list share."""

    unit: str
    by: str
    consents: Mapping[int, Consent | None]
    past: Mapping[tuple[int, int], Sequence[Telling]]
    since: Mapping[int, int]


def _notify(asked: _Asked, sample: SampleRow, outcome: Outcome | None, number: int) -> NotifyRow:
    past = asked.past.get((sample.tube_id, sample.person_id), ())
    since = asked.since.get(sample.tube_id, number)
    now = [one for one in past if one.number is not None and one.number >= since]
    told = f"{moment_shown(now[-1].told_at)}, {now[-1].to_whom}" if now else ""
    again = not now and any(one.number is not None for one in past)
    consent = asked.consents.get(sample.person_id)
    place = sample.commune if asked.by == "commune" else sample.sender
    sms = message(asked.unit, sample, outcome if consent is Consent.YES else None)
    place = place or _("(no commune)")
    return NotifyRow(sample, place, consent, outcome, number, again, told, sms)


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
    inside = specimens_in(work, list(numbers))
    rows = sample_rows(work, [key for some in inside.values() for key in some])
    sender, accession = where.get("sender", ""), where.get("accession", "")
    return [
        (row, numbers[row.tube_id])
        for row in rows
        if sender in {"", row.sender} and accession in {"", row.accession}
    ]


def _consents(work: Work, people: Sequence[int]) -> dict[int, Consent | None]:
    found: dict[int, Consent | None] = {}
    for part in bulk.chunks(people):
        rows = work.session.execute(
            select(Person.id, Person.phone_consent).where(Person.id.in_(part))
        )
        found |= {row[0]: row[1] for row in rows}
    return found


def _past(work: Work, wanted: Sequence[int]) -> dict[tuple[int, int], list[Telling]]:
    """What was said to whom about these tubes, the latest last."""
    found: defaultdict[tuple[int, int], list[Telling]] = defaultdict(list)
    for part in bulk.chunks(list(dict.fromkeys(wanted))):
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


# -- what is said ---------------------------------------------------------------------------------


def message(unit: str, sample: SampleRow, outcome: Outcome | None) -> str:
    """The text for a telephone, without marks; without an outcome it tells none."""
    said = _(
        "{unit}: there is a result of the sample of {day} for {name} {born}. "
        "Please ask at the place of sampling."
    )
    if outcome is not None:
        said = _("{unit}: sample of {day} for {name} {born}: {outcome}.")
    values = {"day": shown(sample.collected_at[:10]), "born": sample.dob[:4], "name": "{name}"}
    word = outcome.word.upper() if outcome is not None else ""
    return fitted(said.format(unit=unit, outcome=word, **values), sample.name)


def day_message(work: Work, day: str = "") -> str:
    """The numbers of a day for a telephone: what was released, commune by commune.

    Groups too small to be split by outcome without telling somebody's result stand together.
    """
    when = day or here(work.now()).date().isoformat()
    groups: dict[str, Counter[Outcome]] = {}
    for row in released(work, {"day": when}):
        groups.setdefault(row.commune or _("(no commune)"), Counter())[row.outcome] += 1
    whole: Counter[Outcome] = sum(groups.values(), Counter())
    head = _("{unit}, results released on {day}: {n} people").format(
        unit=own_unit(work).name, day=shown(when), n=whole.total()
    )
    told, others = disclosed(groups)
    lines = [f"{head}{_counts(whole)}"]
    loud = sorted(told, key=lambda name: (told[name][Outcome.NEGATIVE] - told[name].total(), name))
    lines += [f"- {name}: {told[name].total()}{_counts(told[name])}" for name in loud]
    if others and told:
        lines.append(f"- {_('other places')}: {others.total()}{_counts(others)}")
    return within(lines)


def _counts(counts: Counter[Outcome]) -> str:
    if not split(counts):
        return ""
    parts = [_(said).format(n=counts[one]) for one, said in COUNTED.items() if counts[one]]
    return f" ({', '.join(parts)})"


# -- the call desk --------------------------------------------------------------------------------


def asked_about(work: Work, person_id: int) -> list[AskedRow]:
    """What may be said to somebody who asks about a person: the newest swab first."""
    swabs = specimens().subquery()
    query = select(swabs.c.id).where(swabs.c.person_id == person_id).order_by(swabs.c.id.desc())
    rows = sample_rows(work, list(work.session.scalars(query)))
    there = standings(work, [row.tube_id for row in rows])
    past = _past(work, [row.tube_id for row in rows])
    made = []
    for row in rows:
        standing = there[row.tube_id]
        told = past.get((row.tube_id, row.person_id), [])
        last = told[-1] if told else None
        made.append(
            AskedRow(
                row.tube_id,
                row.person_id,
                row.accession,
                row.name,
                row.dob,
                shown(row.collected_at),
                row.sender,
                sayable(standing),
                _sayable_word(standing),
                f"{moment_shown(last.told_at)}, {last.to_whom}" if last else "",
            )
        )
    return made


def sayable(standing: Standing) -> bool:
    """Whether there is a result that may be said: released, not on hold, not annulled."""
    silent = {State.NONE, State.REGISTERED, State.CHECKED, State.ON_HOLD, State.ENTERED_IN_ERROR}
    return standing.state not in silent


def _sayable_word(standing: Standing) -> str:
    """A result in words, or the one word for everything before its release."""
    if sayable(standing) and standing.report is not None:
        return standing.report.told.outcome.word
    if standing.state in {State.ON_HOLD, State.ENTERED_IN_ERROR}:
        return standing.state.word
    return Stage.RECEIVED.word


def calls(work: Work, day: str = "") -> list[CallRow]:
    """Who asked or was told on a day, the latest first."""
    start = start_of(day or here(work.now()).date().isoformat())
    there = tubes().subquery()
    query = (
        select(Telling, there.c.accession, User.full_name)
        .join(there, there.c.id == Telling.tube_id)
        .join(User, User.id == Telling.told_by)
        .where(Telling.told_at >= start, Telling.told_at < start + DAY)
        .order_by(Telling.id.desc())
    )
    return [
        CallRow(
            t.id, moment_shown(t.told_at), number, t.to_whom, t.channel, t.number is not None, by
        )
        for t, number, by in work.session.execute(query)
    ]


def looks(work: Work, period: Period) -> list[tuple[datetime, str, str, str]]:
    """Who looked at a result before its release, out of turn: when, who, which tube, why."""
    there = tubes().subquery()
    query = (
        select(Look.looked_at, User.full_name, there.c.accession, Look.reason)
        .join(there, there.c.id == Look.tube_id)
        .join(User, User.id == Look.looked_by)
        .where(Look.looked_at >= period.start, Look.looked_at < period.end)
        .order_by(Look.id)
    )
    return [(at, by, number, why) for at, by, number, why in work.session.execute(query)]


def untold(work: Work) -> int:
    """How many people with a result that is not negative have not been told it."""
    swabs = specimens().subquery()
    there = select(Telling.id).where(
        Telling.tube_id == Version.tube_id,
        Telling.person_id == swabs.c.person_id,
        Telling.number >= Version.since,
    )
    held = select(Hold.id).where(Hold.tube_id == Version.tube_id, Hold.lifted_by.is_(None))
    query = (
        select(func.count())
        .select_from(Version)
        .join(swabs, swabs.c.tube_id == Version.tube_id)
        .where(newest(), Version.outcome.in_(URGENT), ~there.exists(), ~held.exists())
        .where(Version.status != Status.ENTERED_IN_ERROR)
    )
    return work.session.scalar(query) or 0
