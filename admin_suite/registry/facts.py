"""What happens to people's entries that modules may hear: whoever keeps what follows from rows."""

from admin_suite.core.events import Event


class PeopleMerged(Event, frozen=True):
    """Two entries were made one: all rows that named ``gone`` name ``kept`` now."""

    kept: int
    gone: int


class PeopleParted(Event, frozen=True):
    """What was made one was taken apart: each entry has its own rows again."""

    kept: int
    gone: int


class HealthDeclared(Event, frozen=True):
    """These declarations were entered; ``declared.declaration_rows`` says what each tells."""

    declarations: tuple[int, ...]
