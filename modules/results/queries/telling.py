"""Questions about telling: who is to be told, who was, what to say, and who asked."""

from collections import Counter
from datetime import date, datetime

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.core.clock import moment_shown, shown
from admin_suite.core.i18n import N_, _
from admin_suite.db import bulk
from admin_suite.db.work import Work
from admin_suite.module import Period
from admin_suite.registry.models import User
from admin_suite.registry.queries import own_unit
from modules.lab.api import Outcome, Stage, sample_rows, specimens, tubes
from modules.results.codes import Channel, State, Status
from modules.results.models import Look, Telling, Version
from modules.results.queries.books import DISCLOSURE
from modules.results.queries.notifying import past_tellings, void_notices
from modules.results.queries.release import DAY, released, start_of
from modules.results.queries.versions import Standing, newest, standings, unheld, urgent_untold
from modules.results.rules import Disclosure, disclosed, split, within

COUNTED: dict[Outcome, str] = {
    Outcome.POSITIVE: N_("positive {n}"),
    Outcome.NEGATIVE: N_("negative {n}"),
    Outcome.INCONCLUSIVE: N_("inconclusive {n}"),
    Outcome.INVALID: N_("invalid {n}"),
    Outcome.AWAITING_SINGLES: N_("waiting for single samples {n}"),
}


class AskedRow(Struct, frozen=True):
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


class CallRow(Struct, frozen=True):
    """One call of the day: who asked, about which tube, whether there was something to say."""

    id: int
    at: str
    accession: str
    to_whom: str
    channel: Channel
    had: bool
    by: str


# -- what is said ---------------------------------------------------------------------------------


def day_message(work: Work, day: str = "") -> str:
    """The numbers of a day for a telephone: what was released, commune by commune.

    Groups too small to be split by outcome without telling somebody's result stand together.
    """
    when = day or work.today().isoformat()
    groups: dict[str, Counter[Outcome]] = {}
    for row in released(work, {"day": when}):
        groups.setdefault(row.commune or _("(no commune)"), Counter())[row.outcome] += 1
    whole: Counter[Outcome] = sum(groups.values(), Counter())
    head = _("{unit}, results released on {day}: {n} people").format(
        unit=own_unit(work).name, day=shown(when), n=whole.total()
    )
    rule = DISCLOSURE.at(work, date.fromisoformat(when)).value
    told, others = disclosed(groups, rule)
    lines = [f"{head}{_counts(whole, rule)}"]
    loud = sorted(told, key=lambda name: (told[name][Outcome.NEGATIVE] - told[name].total(), name))
    lines += [f"- {name}: {told[name].total()}{_counts(told[name], rule)}" for name in loud]
    if others and told:
        lines.append(f"- {_('other places')}: {others.total()}{_counts(others, rule)}")
    return within(lines)


def _counts(counts: Counter[Outcome], rule: Disclosure) -> str:
    if not split(counts, rule):
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
    past = past_tellings(work, [row.tube_id for row in rows])
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
    start = start_of(day or work.today().isoformat())
    there = tubes().subquery()
    query = (
        select(Telling, there.c.accession, User.full_name)
        .join(there, there.c.id == Telling.tube_id)
        .join(User, User.id == Telling.told_by)
        .where(Telling.told_at >= start, Telling.told_at < start + DAY)
        .order_by(Telling.id.desc())
    )
    return [
        CallRow(t.id, moment_shown(t.told_at), number, t.to_whom, t.channel, _had(t), by)
        for t, number, by in work.session.execute(query)
    ]


def _had(telling: Telling) -> bool:
    """Whether there was something to tell: a version, or that a preliminary notice is void."""
    return telling.number is not None or telling.return_id is not None


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
    """How many people have not been told what is not negative, or that an early one is void."""
    swabs = specimens().subquery()
    query = (
        select(func.count())
        .select_from(Version)
        .join(swabs, swabs.c.tube_id == Version.tube_id)
        .where(newest(), unheld(), Version.status != Status.ENTERED_IN_ERROR)
        .where(*urgent_untold(swabs.c.person_id))
    )
    return (work.session.scalar(query) or 0) + _void(work)


def _void(work: Work) -> int:
    """How many people have not heard yet that what they were told early is void."""
    void = void_notices(work)
    if not void:
        return 0
    swabs = specimens().subquery()
    heard = select(Telling.id).where(
        Telling.return_id.in_(void.values()),
        Telling.tube_id == swabs.c.tube_id,
        Telling.person_id == swabs.c.person_id,
    )
    query = select(func.count()).select_from(swabs)
    query = query.where(bulk.among(work, swabs.c.tube_id, list(void)), ~heard.exists())
    return work.session.scalar(query) or 0
