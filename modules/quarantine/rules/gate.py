"""What is missing before somebody may go home: a pure function of what is known of him."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from modules.quarantine.codes import Group, Lack
from modules.quarantine.rules.clock import Clock


class Standing(Struct, frozen=True):
    """What the gate asks of one person beside the clock.

    ``negative_on`` is the day of the last swab that was released as negative, ``unwell_at`` when
    fever or symptoms were last written down.
    """

    group: Group
    commune_code: str
    phone: str
    negative_on: date | None = None
    pending: bool = False
    unwell_at: datetime | None = None
    alert: bool = False
    undecided: bool = False


def lacking(who: Standing, found: Clock, now: datetime) -> tuple[Lack, ...]:
    """Everything that keeps somebody here, the clock first."""
    policy = found.rule.value
    quiet = timedelta(hours=policy.quiet_hours)
    wanted = found.ends_on - timedelta(days=policy.last_test)
    untested = policy.last_test > 0 and (who.negative_on is None or who.negative_on < wanted)
    checks = (
        (Lack.CLOCK, found.release_at > now),
        (Lack.INFECTED, who.group is Group.F0),
        (Lack.UNDECIDED, who.undecided),
        (Lack.NO_TEST, untested),
        (Lack.PENDING, who.pending),
        (Lack.UNWELL, who.unwell_at is not None and who.unwell_at + quiet > now),
        (Lack.ALERT, who.alert),
        (Lack.COMMUNE, not who.commune_code),
        (Lack.PHONE, not who.phone),
    )
    return tuple(lack for lack, holds in checks if holds)
