"""What colleagues at other windows have changed: read from the audit, where every change stands."""

from msgspec import Struct
from sqlalchemy import func, select

from admin_suite.db.audit import Entry
from admin_suite.db.work import Work
from admin_suite.registry.words import CHANGE, CONFIRM, EXPORT, PROVE, SIGN_IN, UNLOCK, VIEW

MOST = 2_000  # entries read at once; what is left is read the next time
NO_CHANGE = {VIEW, EXPORT, PROVE, CONFIRM, SIGN_IN, UNLOCK, CHANGE}  # of what anybody is shown


class Changes(Struct, frozen=True):
    """The tables that entries of the audit changed, by their numbers; ``last`` was read last."""

    last: int
    tables: dict[int, str]


def since(work: Work, last: int | None = None) -> Changes:
    """What was changed after an entry; with none, only where the audit has come to."""
    if last is None:
        return Changes(work.session.scalar(select(func.max(Entry.number))) or 0, {})
    query = select(Entry.number, Entry.verb, Entry.subject).where(Entry.number > last)
    rows = work.session.execute(query.order_by(Entry.number).limit(MOST)).all()
    tables = {number: table for number, verb, table in rows if verb not in NO_CHANGE}
    return Changes(rows[-1][0] if rows else last, tables)
