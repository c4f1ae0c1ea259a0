"""The audit trail as people read it, and what they add to it about backups."""

from admin_suite.db.audit import Anchor, Head
from admin_suite.db.work import Work, use_case
from admin_suite.registry.permissions import BACKUP, RESTORE


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
