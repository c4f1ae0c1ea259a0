"""The audit trail as people read it, and what they add to it about backups."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from admin_suite.core.clock import midnight_of, moment_shown
from admin_suite.core.i18n import _
from admin_suite.db.audit import Anchor, Entry, Head
from admin_suite.db.work import Work, use_case
from admin_suite.registry.models import User
from admin_suite.registry.permissions import BACKUP, RESTORE
from admin_suite.registry.queries import user_named

PAGE = 500
LATELY = 1_000  # entries: what was written with a wrong clock does not hide the right ones
A_DAY = timedelta(days=1)


class EntryRow(Struct, frozen=True):
    """One entry: who did what, to the rows ``first_id`` to ``last_id`` of which table."""

    number: int
    at: datetime
    user: str
    verb: str
    subject: str
    first_id: int | None
    last_id: int | None
    detail: Mapping[str, Any]


class Wanted(Struct, frozen=True):
    """Which entries are asked for; what is empty does not matter."""

    subjects: Sequence[str] = ()
    id: int | None = None
    user: str = ""
    day: date | None = None
    most: int = PAGE


def entries(work: Work, wanted: Wanted) -> list[EntryRow]:
    """The newest entries that are wanted, the newest first."""
    found: list[EntryRow] = []
    rows = work.session.execute(_ALL.where(*_clauses(work, wanted)))
    for number, at, user, verb, subject, first, last, detail in rows:
        known = json.loads(detail)
        if wanted.id is None or wanted.id in known.get("ids", (wanted.id,)):
            found.append(EntryRow(number, at, user or "", verb, subject, first, last, known))
        if len(found) == wanted.most:
            break
    return found


def clock_warning(work: Work) -> str:
    """What is to say of a clock that is more than a day behind the trail; nothing of another."""
    lately = select(Entry.at).order_by(Entry.number.desc()).limit(LATELY).subquery()
    newest, now = work.session.scalar(select(func.max(lately.c.at))), work.now()
    if newest is None or newest - now <= A_DAY:
        return ""
    said = _(
        "The clock of this computer says {now}, but work was stored on {newest}. "
        "Put the clock right; what is stored now gets a wrong date."
    )
    return said.format(now=moment_shown(now), newest=moment_shown(newest))


_ALL = (
    select(
        Entry.number,
        Entry.at,
        User.name,
        Entry.verb,
        Entry.subject,
        Entry.first_id,
        Entry.last_id,
        Entry.detail,
    )
    .outerjoin(User, User.id == Entry.actor)
    .order_by(Entry.number.desc())
)


def _clauses(work: Work, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.subjects:
        yield Entry.subject.in_(wanted.subjects)
    if wanted.id is not None:
        yield (Entry.first_id <= wanted.id) & (Entry.last_id >= wanted.id)
    if wanted.user:
        yield Entry.actor == user_named(work, wanted.user).id
    if wanted.day is not None:
        start = midnight_of(wanted.day)
        yield (Entry.at >= start) & (Entry.at < start + timedelta(days=1))


@use_case(BACKUP)
def note_backup(work: Work, head: Head | None) -> None:
    """Say that a backup was made, and remember how far the audit trail had come in it."""
    _anchor(work, head, "backup")


@use_case(RESTORE)
def note_restore(work: Work, replaced: Head | None, user: str) -> None:
    """Say in a restored database who restored it, and where the trail of the replaced one ended."""
    ended = replaced and {"number": replaced.number, "hash": replaced.hash, "at": replaced.at}
    work.note(Anchor.__tablename__, [], {"replaced": ended, "user": user})


def _anchor(work: Work, head: Head | None, purpose: str) -> None:
    if head is not None:
        row = Anchor(number=head.number, hash=head.hash, at=head.at, purpose=purpose)
        row.noted_at, row.noted_by = work.now(), work.actor.id
        work.session.add(row)
