"""What is believed of visits, and how long they are kept: dated rows, adopted with their source."""

from functools import cached_property

from msgspec import Struct

from modules.venues.codes import Kind, Source

MINUTE = 60


class Limits(Struct, frozen=True, dict=True):
    """How long people stay where nobody noted the way out, and what is not plausible.

    ``usual`` are minutes by kind, ``longest`` the minutes that are believed at all, ``at_work`` the
    same for the kinds of ``workplaces``; ``travel`` are the minutes between two venues. A check-in
    ``ahead`` minutes after the moment of its entry is refused; ``burst`` are the people at one
    entrance within ``burst_minutes`` that are too many; a poster without a scan for ``quiet`` days
    is to be looked at, and so is a venue of which of at least ``typed_least`` check-ins more than
    ``typed_share`` percent were typed.
    """

    usual: tuple[tuple[str, int], ...]
    longest: int
    at_work: int
    workplaces: tuple[str, ...]
    travel: int
    ahead: int
    burst: int
    burst_minutes: int
    quiet: int
    typed_least: int
    typed_share: int

    @cached_property
    def _usual(self) -> dict[str, int]:
        return dict(self.usual)

    def usual_of(self, kind: Kind) -> int | None:
        """Seconds that people usually stay at a place of this kind; None where nobody said."""
        minutes = self._usual.get(kind.value)
        return None if minutes is None else minutes * MINUTE

    def longest_of(self, kind: Kind) -> int:
        """Seconds that a stay of unknown end is believed to last at most."""
        return (self.at_work if kind.value in self.workplaces else self.longest) * MINUTE


class Keeping(Struct, frozen=True):
    """For how many days check-ins of each source are kept."""

    days: tuple[tuple[str, int], ...] = ()

    def of(self, source: Source) -> int | None:
        """The days of a source; None: kept until somebody says how long."""
        return dict(self.days).get(source.value)


class Tracing(Struct, frozen=True):
    """For how many days before and after a positive swab the tracing of a case needs check-ins."""

    before: int
    after: int
