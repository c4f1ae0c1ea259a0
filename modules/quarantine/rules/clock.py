"""The clock of a quarantine: a pure function of exposures, stays and dated policy.

Nothing here is stored as "days left": whoever asks computes it anew from what happened, so a
result that is corrected or a policy that changes moves every date by itself, and every date can
say why. A day is counted from the day of the last exposure, which is day 0 unless the policy says
otherwise (14 days from 12/8 end on 26/8).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct
from msgspec.structs import replace

from admin_suite.core.clock import ZONE, day_shown, here
from admin_suite.core.i18n import N_, _
from admin_suite.db.dated import Dated
from modules.quarantine.codes import Anchor, Group, Phase, Setting

INSTANT = timedelta(microseconds=1)


class Policy(Struct, frozen=True):
    """How long, from what on, tested when: one dated row with its source.

    ``anchors`` says for which group the days count from the last contact (all others: from the
    arrival); ``first_day`` is the number of the day of the exposure itself; ``release_hour`` the
    hour of the last day at which people may go; ``infectious_days`` how long before the swab a
    positive person counts as infectious. ``running`` policies count for people who had come before
    them too. ``exceptions`` are (group, doses, days, days at home) for the vaccinated. Whoever goes
    home has a negative sample taken at most ``last_test`` days before the last day (0: none is
    asked for) and has been well for ``quiet_hours``.
    """

    days: int
    home_days: int = 0
    test_days: tuple[int, ...] = ()
    home_test_days: tuple[int, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ((Group.F1.value, Anchor.CONTACT.value),)
    first_day: int = 0
    release_hour: int = 0
    infectious_days: int = 2
    running: bool = False
    exceptions: tuple[tuple[str, int, int, int], ...] = ()
    last_test: int = 2
    quiet_hours: int = 48

    def length(self, group: Group, doses: int) -> tuple[int, int]:
        """The days in quarantine and those at home afterwards, of somebody of the group."""
        for name, least, days, home in self.exceptions:
            if name == group.value and doses >= least:
                return days, home
        return self.days, self.home_days


class Quarantined(Struct, frozen=True):
    """Whose clock it is, and what is known of the time before the bed."""

    person: int
    group: Group
    arrived: date
    last_contact: date | None = None
    doses: int = 0


class Span(Struct, frozen=True):
    """A stay of a person in a room, or at home in a household; one without an end goes on."""

    person: int
    room: int
    start: datetime
    end: datetime | None = None
    setting: Setting = Setting.FACILITY

    def shared(self, other: "Span") -> bool:
        """Whether both are in the same room or household."""
        return self.room == other.room and self.setting is other.setting


class Positive(Struct, frozen=True):
    """A positive person: when the swab was taken, and when the room was left, if it was."""

    case: int
    person: int
    sampled_at: datetime
    removed_at: datetime | None = None


class Exposure(Struct, frozen=True):
    """A day that a quarantine can be counted from, and why."""

    cause: Anchor
    on: date
    case: int | None = None


class Clock(Struct, frozen=True):
    """What the clock says of one person at one moment."""

    exposure: Exposure
    ends_on: date
    release_at: datetime
    days: int
    home_until: date
    tests: tuple[date, ...]
    rule: Dated[Policy]
    unknown_contact: bool = False

    @property
    def home_tests(self) -> tuple[date, ...]:
        """The days of the follow-up at home on which a sample is due."""
        wanted = (self.ends_on + timedelta(days=n) for n in self.rule.value.home_test_days)
        return tuple(day for day in wanted if day <= self.home_until)

    def phase(self, today: date) -> Phase:
        """What somebody is at home for: quarantine, the follow-up after it, or nothing more."""
        if today <= self.ends_on:
            return Phase.QUARANTINE
        return Phase.FOLLOW_UP if today <= self.home_until else Phase.OVER

    def day(self, today: date) -> int:
        """Which day it is today, as the board counts: ``day n of days``, never beyond."""
        passed = (today - self.exposure.on).days + self.rule.value.first_day
        return max(0, min(passed, self.days))


def policy_of(
    who: Quarantined, versions: Sequence[Dated[Policy]], today: date
) -> Dated[Policy] | None:
    """The policy in force when somebody came, or a later one that counts for everybody there."""
    counting = [
        rule
        for rule in versions
        if rule.valid_from <= who.arrived or (rule.value.running and rule.valid_from <= today)
    ]
    by_day = sorted(versions, key=lambda rule: rule.valid_from)
    return max(counting, key=lambda rule: rule.valid_from) if counting else next(iter(by_day), None)


def shared_room(
    who: Quarantined, policy: Policy, spans: Iterable[Span], positives: Iterable[Positive]
) -> list[Exposure]:
    """The last day with each positive person in one room while that person was infectious.

    A household is a room: who lives together shares the air as room-mates do. The half-open
    interval that both stays and the infectious time have in common ends at the exposure; ending at
    midnight it belongs to the day before.
    """
    all_spans = list(spans)
    own = [span for span in all_spans if span.person == who.person]
    found = []
    for case in positives:
        if case.person == who.person:
            continue
        since = case.sampled_at - timedelta(days=policy.infectious_days)
        theirs = [span for span in all_spans if span.person == case.person]
        ends = [
            (end, mine.setting is Setting.HOME)
            for mine in own
            for other in theirs
            if mine.shared(other)
            and (end := _until(since, case.removed_at, mine, other)) is not None
        ]
        if ends:
            end, at_home = max(ends)
            cause = Anchor.HOUSEHOLD if at_home else Anchor.ROOM
            found.append(Exposure(cause, here(end - INSTANT).date(), case.case))
    return found


def _until(since: datetime, removed: datetime | None, mine: Span, other: Span) -> datetime | None:
    """Where the time that both spend in the room of an infectious one ends."""
    start = max(since, mine.start, other.start)
    ends = [end for end in (removed, mine.end, other.end) if end is not None]
    end = min(ends) if ends else None
    if end is None:
        return None  # still together: the caller closes spans at the moment it asks
    return end if start < end else None


def clock(
    who: Quarantined,
    versions: Sequence[Dated[Policy]],
    spans: Sequence[Span],
    positives: Sequence[Positive],
    now: datetime,
) -> Clock | None:
    """When the quarantine of somebody ends, and why; None without any policy."""
    rule = policy_of(who, versions, here(now).date())
    if rule is None:
        return None
    policy = rule.value
    wanted = dict(policy.anchors).get(who.group.value) == Anchor.CONTACT.value
    known = who.last_contact is not None and wanted
    begins = who.last_contact if known and who.last_contact else who.arrived
    first = Exposure(Anchor.CONTACT if known else Anchor.ARRIVAL, begins)
    closed = [replace(s, end=min(s.end or now, now)) for s in spans] if positives else []
    rooms = shared_room(who, policy, closed, positives)
    last = max([first, *rooms], key=lambda exposure: exposure.on)
    days, home = policy.length(who.group, who.doses)
    ends_on = last.on + timedelta(days=days - policy.first_day)
    return Clock(
        exposure=last,
        ends_on=ends_on,
        release_at=datetime.combine(ends_on, time(policy.release_hour), ZONE),
        days=days,
        home_until=ends_on + timedelta(days=home),
        tests=_tests(who, policy, last.on, days),
        rule=rule,
        unknown_contact=wanted and not known,
    )


def _tests(who: Quarantined, policy: Policy, day0: date, days: int) -> tuple[date, ...]:
    """The days on which a sample is due; one before the arrival is made up for on that day."""
    wanted = [day0 + timedelta(days=n - policy.first_day) for n in policy.test_days if n <= days]
    return tuple(sorted({max(day, who.arrived) for day in wanted}))


SENTENCES = {
    Anchor.ROOM: N_(
        "Ends on {end}: {days} days after {day}, the last day in one room with somebody "
        "positive ({source}, in force since {since})."
    ),
    Anchor.HOUSEHOLD: N_(
        "Ends on {end}: {days} days after {day}, the last day in one household with somebody "
        "positive ({source}, in force since {since})."
    ),
    Anchor.CONTACT: N_(
        "Ends on {end}: {days} days after the last contact on {day} "
        "({source}, in force since {since})."
    ),
    Anchor.ARRIVAL: N_(
        "Ends on {end}: {days} days after the arrival on {day} ({source}, in force since {since})."
    ),
}
UNKNOWN_CONTACT = N_(
    "Ends on {end}: {days} days after the arrival on {day}, for the day of the last "
    "contact is not known ({source}, in force since {since})."
)


def why(found: Clock) -> str:
    """The answer to "why 26/7?", in one sentence of the language spoken."""
    cause = found.exposure.cause
    unknown = found.unknown_contact and cause is Anchor.ARRIVAL
    said = _(UNKNOWN_CONTACT if unknown else SENTENCES[cause])
    return said.format(
        end=day_shown(found.ends_on),
        days=found.days,
        day=day_shown(found.exposure.on),
        source=found.rule.source,
        since=day_shown(found.rule.valid_from),
    )
