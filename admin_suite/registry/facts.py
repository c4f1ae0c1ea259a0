"""What happens to people's entries that modules may hear: whoever keeps what follows from rows."""

from dataclasses import dataclass

from admin_suite.core.events import Event


@dataclass(frozen=True)
class PeopleMerged(Event):
    """Two entries were made one: all rows that named ``gone`` name ``kept`` now."""

    kept: int
    gone: int


@dataclass(frozen=True)
class PeopleParted(Event):
    """What was made one was taken apart: each entry has its own rows again."""

    kept: int
    gone: int


@dataclass(frozen=True)
class HealthDeclared(Event):
    """These declarations were entered; ``declared.declaration_rows`` says what each tells."""

    declarations: tuple[int, ...]
