"""Column types that mean the same on every engine.

``written`` is how a migration spells them: migrations never import the program they migrate.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

from admin_suite.core.codes import Code

C = TypeVar("C", bound=Code)
ORDERLY = String().with_variant(String(collation="C"), "postgresql")  # a server's may skip letters


def as_text(moment: datetime) -> str:
    """A moment as SQLite keeps it: UTC to the microsecond."""
    if moment.tzinfo is None:
        raise TypeError("A moment needs a time zone.")
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware going in, aware and in UTC coming out. A naive one is a bug and raises."""

    impl = DateTime
    cache_ok = True
    written = 'sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")'

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """``timestamptz`` on PostgreSQL; text of one width, so ordered as time, on SQLite."""
        postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(DateTime(timezone=True) if postgres else String(26))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Turn into UTC."""
        if value is None:
            return None
        text = as_text(value)
        return value if dialect.name == "postgresql" else text

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Always aware, always UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return cast("datetime", value).astimezone(UTC)


class Coded(TypeDecorator[C]):
    """A ``Code`` kept as its English capitals: plain text, so a new code needs no migration."""

    impl = String
    cache_ok = True
    written = "sa.String()"

    def __init__(self, kind: type[C]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: C | None, _dialect: Dialect) -> str | None:
        """The capitals."""
        return None if value is None else value.value

    def result_processor(
        self, _dialect: Dialect, _kind: object
    ) -> Callable[[str | None], C | None]:
        """The code, looked up at once: of a long list each line asks. An unknown one raises."""
        known: dict[str | None, C | None] = {None: None, **{code.value: code for code in self.kind}}
        return known.__getitem__
